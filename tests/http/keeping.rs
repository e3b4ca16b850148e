//! What a client may keep: tags of answers, and answers that are squeezed on their way.

use crate::support::Afield;
use crate::support::http::{Answer, Server, untimed};
use std::thread;
use std::time::{Duration, Instant};

const ASKED: &str = "/v1/search?q=empty+seats";

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let server = Server::start(&Afield::new(), &[]);
    let first = server.get(ASKED);
    let tag = tag(&first);
    assert!(tag.starts_with("W/\""), "{tag}");
    assert_eq!(first.header("cache-control"), Some("private, no-cache"));
    let strong = tag.trim_start_matches("W/");
    let other = server.get("/v1/search?q=empty+rooms");
    let other = other.header("etag").unwrap();
    assert_ne!(other, tag);
    for (known, status) in [
        (tag.as_str(), 304),
        (strong, 304),
        ("*", 304),
        (&format!("\"fern\", {tag}"), 304),
        (&format!("{tag},W/\"fern\""), 304),
        (other, 200),
        ("W/\"fern\"", 200),
        ("", 200),
        ("nonsense, \"", 200),
    ] {
        let answer = server.get_with(ASKED, &[("if-none-match", known)]);
        assert_eq!(answer.status, status, "{known}: {answer}");
        assert_eq!(answer.header("etag"), Some(tag.as_str()), "{known}");
        assert_eq!(answer.body.is_empty(), status == 304, "{known}");
    }
}

#[test]
fn what_is_wrong_or_not_there_is_told_whatever_is_known() {
    let server = Server::start(&Afield::new(), &[]);
    for (path, status) in [
        ("/v1/cases/zzz", 404),
        ("/v1/search?q=", 400),
        ("/v1/search?q=a&sector=zzz", 400),
    ] {
        let answer = server.get_with(path, &[("if-none-match", "*")]);
        assert_eq!(
            (answer.status, answer.header("etag")),
            (status, None),
            "{answer}"
        );
    }
}

#[test]
fn every_view_has_a_tag_and_a_search_with_a_body_has_none() {
    let server = Server::start(&Afield::new(), &[]);
    let mut tags = Vec::new();
    for path in [
        "/v1/cases/zebra-air-standby",
        "/v1/cases/zebra-air-standby/related",
        "/v1/why?id=zebra-air-standby&q=seats",
        "/v1/sectors",
        "/v1/sectors/inns",
        "/v1/signals",
        "/v1/signals/footfall-decline",
        "/v1/mechanisms",
        "/v1/facets",
        "/v1/suggest?q=foot",
    ] {
        let known = tag(&server.get(path));
        let again = server.get_with(path, &[("if-none-match", &known)]);
        assert_eq!(again.status, 304, "{path}: {again}");
        tags.push(known);
    }
    let count = tags.len();
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), count, "two requests share a tag");
    let posted = server.post("/v1/search", &serde_json::json!({"q": "empty seats"}));
    assert_eq!(
        (posted.header("etag"), posted.header("cache-control")),
        (None, Some("no-store"))
    );
}

#[test]
fn a_tag_outlives_a_restart_but_not_a_change_of_the_corpus() {
    let afield = Afield::new();
    let started = || Server::start(&afield, &[]);
    let known = tag(&started().get(ASKED));
    assert_eq!(tag(&started().get(ASKED)), known);
    let case =
        "---\ntitle: Seats for songs\nsector: inns\n---\n\nEmpty seats for those who sing.\n";
    afield.write("corpus/cases/inns/songs.md", case);
    let server = started();
    let answer = server.get_with(ASKED, &[("if-none-match", &known)]);
    assert_eq!(answer.status, 200, "{answer}");
    assert_ne!(tag(&answer), known);
    assert!(answer.text().contains("Seats for songs"), "{answer}");
}

/// A server answers by words until it has encoded what the cases mean, and then by meaning, under another tag.
#[test]
fn cases_are_encoded_while_the_server_answers() {
    let case = "# Umbrellas on loan\n\nLend parasols when the weather turns wet.\n";
    let afield = Afield::with(&[("cases/one.md", case)]);
    let asked = "/v1/search?q=umbrellas+for+a+rainy+day";
    let off = Server::start(&afield, &["--semantic", "off"]);
    let by_words = off.get(asked);
    assert_eq!(by_words.json()["query"]["read_as"]["by_meaning"], false);
    let server = Server::start(&afield, &[]);
    let deadline = Instant::now() + Duration::from_secs(60);
    let by_meaning = loop {
        let answer = server.get(asked);
        if answer.json()["query"]["read_as"]["by_meaning"] == true {
            break answer;
        }
        assert!(Instant::now() < deadline, "{answer}");
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(by_meaning.json()["hits"][0]["id"], "one");
    assert_ne!(tag(&by_meaning), tag(&by_words));
    assert_eq!(tag(&off.get(asked)), tag(&by_words));
}

#[test]
fn answers_are_squeezed_for_those_who_can_unsqueeze_them() {
    let server = Server::start(&Afield::new(), &[]);
    let plain = server.get(ASKED);
    for (accepted, coding) in [
        ("gzip", Some("gzip")),
        ("br", Some("br")),
        ("gzip, deflate, br", Some("br")),
        ("br;q=0, gzip;q=0.5", Some("gzip")),
        ("zzz", None),
        ("identity", None),
    ] {
        let answer = server.get_with(ASKED, &[("accept-encoding", accepted)]);
        assert_eq!(answer.status, 200, "{answer}");
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        let vary = answer
            .header("vary")
            .unwrap_or_default()
            .to_ascii_lowercase();
        assert!(vary.contains("accept-encoding"), "{accepted}: {vary}");
        assert_eq!(answer.header("etag"), plain.header("etag"), "{accepted}");
        match coding {
            Some(_) => assert!(answer.body.len() < plain.body.len(), "{accepted}"),
            None => assert_eq!(untimed(&answer.text()), untimed(&plain.text())),
        }
    }
}

#[test]
fn a_known_answer_is_known_however_it_is_squeezed() {
    let server = Server::start(&Afield::new(), &[]);
    let squeezed = server.get_with(ASKED, &[("accept-encoding", "gzip")]);
    let known = tag(&squeezed);
    let again = server.get_with(
        ASKED,
        &[("accept-encoding", "br"), ("if-none-match", &known)],
    );
    assert_eq!((again.status, again.body.len()), (304, 0), "{again}");
}

fn tag(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{answer}");
    answer.header("etag").unwrap().to_owned()
}

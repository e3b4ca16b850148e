//! Who may ask: keys, names of the server, pages, and how often.

use crate::support::Afield;
use crate::support::http::{Answer, Server};
use insta::assert_snapshot;
use std::time::{Duration, Instant};

/// Keys and their hashes, made by `printf afield_reader | sha256sum`.
const READER: (&str, &str) = (
    "afield_reader",
    "cbe249aea35564f73964672e2cd9d2497da540e941dafdc5853a140baf08e225",
);
const WATCHER: (&str, &str) = (
    "afield_watcher",
    "37598539a7ba8fba623969b1944bed1ab29beda567dcf46084ffb004ed2bd7d9",
);
const OLD: (&str, &str) = (
    "afield_old",
    "94f36e6894c877bf6fa4bd8b90525651dd437ccbedf8d603cba2a272809251c4",
);

const ASKED: &str = "/v1/search?q=empty+seats";

#[test]
fn without_keys_only_this_machine_can_ask() {
    let afield = Afield::new();
    for host in ["0.0.0.0", "::", "192.0.2.7"] {
        let run = afield.run(&["serve", "--port", "0", "--host", host]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run}");
    }
    assert_snapshot!(afield.run(&["serve", "--port", "0", "--host", "0.0.0.0"]), @"
    exit 2
    --- stdout
    --- stderr
    error: refused to listen on 0.0.0.0 without API keys: anybody who reaches this machine could ask
    hint: make a key with `afield keys new NAME`, or listen on 127.0.0.1
    ");
    assert_snapshot!(afield.run(&["serve", "--port", "0", "--keys", "nowhere.toml"]), @"
    exit 2
    --- stdout
    --- stderr
    error: there is no key file `nowhere.toml`
    hint: make a first key with `afield keys new NAME`, or name another file with `--keys FILE`
    ");
    afield.write("keys.toml", "[[key]]\nname = \"one\"\n");
    assert_snapshot!(afield.run(&["serve", "--port", "0", "--keys", "keys.toml"]), @"
    exit 2
    --- stdout
    --- stderr
    error: keys.toml:1:1: `hash` is missing
    hint: set that line right by hand; nothing was changed
    ");
}

#[test]
fn with_keys_other_machines_can_ask() {
    let afield = keyed();
    let server = Server::start(&afield, &["--host", "0.0.0.0", "--keys", "keys.toml"]);
    let host = format!("127.0.0.1:{}", server.address.port());
    let headers = [("host", host.as_str()), bearer("Bearer afield_reader")];
    assert_eq!(server.get_with(ASKED, &headers).status, 200);
    assert_eq!(
        code(&server.get_with(ASKED, &headers[..1])),
        "401 missing_key"
    );
}

#[test]
fn a_key_is_needed_known_in_time_and_made_for_it() {
    let afield = keyed();
    let server = Server::start(&afield, &["--keys", "keys.toml"]);
    let asked = |path: &str, given: &str| code(&server.get_with(path, &[bearer(given)]));
    for (path, given, expected) in [
        (ASKED, "Bearer afield_reader", "200"),
        (ASKED, "bearer  afield_reader ", "200"),
        (ASKED, "Basic afield_reader", "401 missing_key"),
        (ASKED, "Bearer", "401 missing_key"),
        (ASKED, "afield_reader", "401 missing_key"),
        (ASKED, "Bearer afield_readers", "401 invalid_key"),
        (ASKED, READER.1, "401 missing_key"),
        (ASKED, "Bearer afield_old", "401 expired_key"),
        (ASKED, "Bearer afield_watcher", "403 missing_scope"),
        ("/metrics", "Bearer afield_watcher", "200"),
        ("/metrics", "Bearer afield_reader", "403 missing_scope"),
        ("/metrics", "", "401 missing_key"),
        ("/nowhere", "", "401 missing_key"),
        ("/mcp", "", "401 missing_key"),
        ("/v1/cases/zzz", "", "401 missing_key"),
        ("/v1/search", "", "401 missing_key"),
    ] {
        assert_eq!(asked(path, given), expected, "{path} {given}");
    }
    for open in ["/healthz", "/readyz", "/openapi.json", "/docs"] {
        assert_eq!(server.get(open).status, 200, "{open}");
        assert_eq!(asked(open, "Bearer afield_old"), "200", "{open}");
    }
    let refused = server.get(ASKED);
    assert_eq!(
        refused.header("www-authenticate"),
        Some("Bearer"),
        "{refused}"
    );
    // A key that was known is not in the log.
    let log = std::fs::read_to_string(afield.path("serve.log")).unwrap();
    assert!(!log.contains("afield_reader"), "{log}");
}

#[test]
fn a_key_that_is_revoked_or_added_holds_within_seconds() {
    let afield = keyed();
    let server = Server::start(&afield, &["--keys", "keys.toml"]);
    let asked = |given: &str| server.get_with(ASKED, &[bearer(given)]).status;
    assert_eq!(
        (
            asked("Bearer afield_reader"),
            asked("Bearer afield_watcher")
        ),
        (200, 403)
    );
    afield.write("keys.toml", key("watcher", WATCHER, "[\"read\"]", ""));
    let start = Instant::now();
    while asked("Bearer afield_reader") == 200 {
        assert!(
            start.elapsed() < Duration::from_secs(3),
            "the key still holds"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(
        (
            asked("Bearer afield_reader"),
            asked("Bearer afield_watcher")
        ),
        (401, 200)
    );
    // A file that cannot be read lets nobody in that was not in before, and nobody out.
    afield.write("keys.toml", "[[key");
    std::thread::sleep(Duration::from_millis(1_200));
    assert_eq!(
        (
            asked("Bearer afield_reader"),
            asked("Bearer afield_watcher")
        ),
        (401, 200)
    );
}

#[test]
fn a_name_that_is_not_its_own_is_not_answered() {
    let server = Server::start(&Afield::new(), &["--allow-host", "Ideas.example"]);
    let port = server.address.port();
    for (host, expected) in [
        ("localhost", "200"),
        (&format!("LOCALHOST:{port}"), "200"),
        ("[::1]:7330", "200"),
        ("ideas.example:8443", "200"),
        ("rebound.example", "403 forbidden_host"),
        (&format!("rebound.example:{port}"), "403 forbidden_host"),
        ("localhost.rebound.example", "403 forbidden_host"),
        ("localhost@rebound.example", "403 forbidden_host"),
    ] {
        for path in [ASKED, "/healthz", "/docs"] {
            let answer = server.get_with(path, &[("host", host)]);
            assert_eq!(code(&answer), expected, "{host} {path}");
        }
    }
    let whole = format!("GET http://rebound.example{ASKED} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    assert_eq!(code(&server.request(whole)), "403 forbidden_host");
}

#[test]
fn pages_of_elsewhere_may_not_ask() {
    let server = Server::start(&Afield::new(), &[]);
    let own = format!("http://{}", server.address);
    for (origin, expected) in [
        (own.as_str(), "200"),
        ("http://127.0.0.1:1", "403 forbidden_origin"),
        ("https://ideas.example", "403 forbidden_origin"),
        ("null", "403 forbidden_origin"),
    ] {
        let answer = server.get_with(ASKED, &[("origin", origin)]);
        assert_eq!(code(&answer), expected, "{origin}");
        assert_eq!(
            answer.header("access-control-allow-origin"),
            None,
            "{answer}"
        );
    }
    let preflight = preflight(&server, "https://ideas.example");
    assert_eq!(preflight.header("access-control-allow-origin"), None);
    assert!(preflight.status >= 400, "{preflight}");
}

#[test]
fn pages_that_were_allowed_may_ask() {
    let args = [
        "--keys",
        "keys.toml",
        "--cors-origin",
        "https://Ideas.example",
        "--cors-origin",
        "http://localhost:3000",
    ];
    let server = Server::start(&keyed(), &args);
    let origin = ("origin", "https://ideas.example");
    let preflight = preflight(&server, origin.1);
    assert_eq!(
        preflight.status, 200,
        "a preflight carries no key: {preflight}"
    );
    let allowed = |name: &str| {
        preflight
            .header(name)
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    assert_eq!(
        allowed("access-control-allow-origin"),
        "https://ideas.example"
    );
    assert!(
        allowed("access-control-allow-methods").contains("post"),
        "{preflight}"
    );
    for header in ["authorization", "content-type", "if-none-match"] {
        assert!(
            allowed("access-control-allow-headers").contains(header),
            "{preflight}"
        );
    }
}

#[test]
fn pages_that_were_allowed_can_read_every_answer() {
    let args = [
        "--keys",
        "keys.toml",
        "--cors-origin",
        "https://ideas.example",
    ];
    let server = Server::start(&keyed(), &args);
    let origin = ("origin", "https://ideas.example");
    let asked = server.get_with(ASKED, &[origin, bearer("Bearer afield_reader")]);
    assert_eq!(asked.status, 200, "{asked}");
    assert_eq!(
        asked.header("access-control-allow-origin"),
        Some("https://ideas.example")
    );
    let exposed = asked
        .header("access-control-expose-headers")
        .unwrap()
        .to_ascii_lowercase();
    assert!(
        exposed.contains("etag") && exposed.contains("x-request-id"),
        "{exposed}"
    );
    assert!(asked.header("vary").is_some(), "{asked}");
    // A page has to be able to read why it was refused.
    let refused = server.get_with(ASKED, &[origin]);
    assert_eq!(code(&refused), "401 missing_key");
    assert_eq!(
        refused.header("access-control-allow-origin"),
        Some("https://ideas.example")
    );
    let other = server.get_with(
        ASKED,
        &[
            ("origin", "https://other.example"),
            bearer("Bearer afield_reader"),
        ],
    );
    assert_eq!(code(&other), "403 forbidden_origin");
    assert_eq!(other.header("access-control-allow-origin"), None);
}

#[test]
fn an_origin_has_to_be_one() {
    let afield = Afield::new();
    for origin in [
        "ideas.example",
        "https://",
        "https://ideas.example/",
        "ftp://ideas.example",
        "https://*.example",
    ] {
        let run = afield.run(&["serve", "--port", "0", "--cors-origin", origin]);
        assert_eq!(run.code, 2, "{origin}: {run}");
    }
}

#[test]
fn one_who_asks_too_often_waits_and_others_do_not() {
    let afield = Afield::new();
    let keys = key("reader", READER, "[\"read\"]", "") + &key("other", WATCHER, "[\"read\"]", "");
    afield.write("keys.toml", keys);
    let server = Server::start(&afield, &["--keys", "keys.toml", "--rate", "2"]);
    let asked = |given: &str| server.get_with(ASKED, &[bearer(given)]);
    let answers: Vec<Answer> = (0..12).map(|_| asked("Bearer afield_reader")).collect();
    assert_eq!(answers[0].status, 200);
    let refused = answers.iter().find(|answer| answer.status == 429).unwrap();
    assert_eq!(code(refused), "429 rate_limited");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=2).contains(&wait), "{refused}");
    assert_eq!(
        asked("Bearer afield_watcher").status,
        200,
        "another key is not affected"
    );
    assert_eq!(server.get("/healthz").status, 200);
    std::thread::sleep(Duration::from_secs(wait));
    assert_eq!(asked("Bearer afield_reader").status, 200);
}

#[test]
fn without_keys_an_address_is_limited() {
    let server = Server::start(&Afield::new(), &["--rate", "1"]);
    let statuses: Vec<u16> = (0..6).map(|_| server.get(ASKED).status).collect();
    assert!(
        statuses.contains(&200) && statuses.contains(&429),
        "{statuses:?}"
    );
    assert_eq!(server.get("/healthz").status, 200);
    let free = Server::start(&Afield::new(), &[]);
    assert!((0..60).all(|_| free.get("/v1/signals").status == 200));
}

fn preflight(server: &Server, origin: &str) -> Answer {
    let headers = [
        ("origin", origin),
        ("access-control-request-method", "POST"),
        (
            "access-control-request-headers",
            "authorization,content-type",
        ),
    ];
    server.ask("OPTIONS", "/v1/search", &headers, b"")
}

fn bearer(value: &str) -> (&str, &str) {
    ("authorization", value)
}

/// A folder with a file of keys.
fn keyed() -> Afield {
    let afield = Afield::new();
    afield.write("keys.toml", keys());
    afield
}

fn keys() -> String {
    key("reader", READER, "[\"read\"]", "")
        + &key("watcher", WATCHER, "[\"metrics\"]", "")
        + &key(
            "old",
            OLD,
            "[\"read\", \"metrics\"]",
            "expires = \"2020-01-01\"\n",
        )
}

fn key(name: &str, (_, hash): (&str, &str), scopes: &str, expires: &str) -> String {
    format!(
        "[[key]]\nname = \"{name}\"\nhash = \"sha256:{hash}\"\nscopes = {scopes}\ncreated = \"2020-01-01\"\n{expires}"
    )
}

/// The status of an answer, and what kind of problem it is.
fn code(answer: &Answer) -> String {
    if answer.status < 400 {
        return answer.status.to_string();
    }
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{answer}"
    );
    format!(
        "{} {}",
        answer.status,
        answer.json()["code"].as_str().unwrap()
    )
}

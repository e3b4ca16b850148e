//! `/v1/search` and the other routes that read the corpus: what the terminal says, over HTTP.

use crate::support::Afield;
use crate::support::http::{Server, escaped, query, untimed};
use serde_json::{Map, Value, json};

const BRIEF: &str = "our branches are losing footfall";

/// Requests, as names and values.
const ASKED: [&[(&str, &str)]; 16] = [
    &[("q", BRIEF)],
    &[("q", BRIEF), ("for", "banking"), ("as_of", "2016")],
    &[("q", BRIEF), ("for", "travel"), ("distance", "far")],
    &[
        ("q", BRIEF),
        ("for", "inns"),
        ("distance", "near"),
        ("as_of", "2016-06-15"),
    ],
    &[
        ("q", "empty seats & empty rooms"),
        ("plain", "true"),
        ("limit", "2"),
    ],
    &[("q", "empty seats"), ("limit", "1"), ("offset", "1")],
    &[("q", "empty seats"), ("offset", "1000")],
    &[
        ("q", "empty"),
        ("sector", "travel"),
        ("not_sector", "inns"),
        ("limit", "100"),
    ],
    &[
        ("q", "empty"),
        ("sector", "inns"),
        ("sector", "Airships"),
        ("outcome", "worked"),
    ],
    &[
        ("q", "visitors"),
        ("signal", "fewer visitors"),
        ("until", "2012"),
    ],
    &[
        ("q", "people commit"),
        ("mechanism", "insure the fear"),
        ("since", "2015"),
    ],
    &[
        ("q", "people"),
        ("region", "savannah"),
        ("outcome", "unknown"),
        ("evidence", "d"),
    ],
    &[
        ("q", "the hall"),
        ("channel", "store"),
        ("role", "front-line"),
        ("function", "store operations"),
        ("journey", "consider"),
    ],
    &[(
        "q",
        "\"second reason\" -rooms sector:bazaars year:2010..2020",
    )],
    &[("q", "zyzzyva"), ("for", "bazaars")],
    &[("q", "Läden ohne Besucher 🏬 \t<b>%00</b>\u{301}")],
];

#[test]
fn a_search_is_that_of_the_terminal_byte_for_byte() {
    let afield = Afield::new();
    let server = Server::start(&afield, &[]);
    for asked in ASKED {
        let told = terminal(&afield, &arguments(asked));
        let got = server.get(&format!("/v1/search?{}", query(asked)));
        assert_eq!(got.status, 200, "{got}");
        assert_eq!(got.header("content-type"), Some("application/json"));
        assert_eq!(untimed(&got.text()), told, "GET {asked:?}");
        let posted = server.post("/v1/search", &body(asked));
        assert_eq!(posted.status, 200, "{posted}");
        assert_eq!(posted.header("content-type"), Some("application/json"));
        assert_eq!(untimed(&posted.text()), told, "POST {asked:?}");
    }
}

#[test]
fn blanks_around_a_brief_are_the_same_to_both() {
    let afield = Afield::new();
    let server = Server::start(&afield, &[]);
    let asked = [("q", "  empty seats \n")];
    let got = server.get(&format!("/v1/search?{}", query(&asked)));
    assert_eq!(untimed(&got.text()), terminal(&afield, &arguments(&asked)));
}

#[test]
fn every_other_view_is_that_of_the_terminal() {
    let afield = Afield::new();
    let server = Server::start(&afield, &[]);
    let id = "quillmart-tea-counter";
    let why = query(&[
        ("id", id),
        ("q", BRIEF),
        ("for", "banks"),
        ("as_of", "2016"),
    ]);
    let filtered = query(&[
        ("id", id),
        ("q", BRIEF),
        ("sector", "inns"),
        ("plain", "true"),
    ]);
    let spaced = escaped("Counting houses");
    let same: [(&str, &[&str]); 14] = [
        ("cases/quillmart-tea-counter", &["show", id]),
        ("cases/quillmart-tea-counter/related", &["related", id]),
        (
            "cases/zebra-air-standby/related?limit=1",
            &["related", "zebra-air-standby", "-n", "1"],
        ),
        (
            &format!("why?{why}"),
            &["why", id, BRIEF, "--for", "banks", "--as-of", "2016"],
        ),
        (
            &format!("why?{filtered}"),
            &["why", id, BRIEF, "--sector", "inns", "--plain"],
        ),
        ("sectors", &["sectors"]),
        ("sectors?as_of=2014", &["sectors", "--as-of", "2014"]),
        (
            "sectors/bazaars?as_of=2014-06",
            &["sectors", "bazaars", "--as-of", "2014-06"],
        ),
        ("sectors/markets", &["sectors", "markets"]),
        (
            &format!("sectors/{spaced}"),
            &["sectors", "Counting houses"],
        ),
        ("signals", &["signals"]),
        ("signals/footfall-decline", &["signals", "footfall-decline"]),
        ("signals/fewer%20visitors", &["signals", "fewer visitors"]),
        (
            "signals/perishable-capacity",
            &["signals", "perishable-capacity"],
        ),
    ];
    for (path, args) in same {
        let got = server.get(&format!("/v1/{path}"));
        assert_eq!(got.status, 200, "{path}\n{got}");
        assert_eq!(untimed(&got.text()), terminal(&afield, args), "{path}");
    }
}

#[test]
fn a_corpus_without_vocabularies_is_answered_too() {
    let text =
        "---\ntitle: Umbrellas on loan\nsector: parasols\n---\n\nLend umbrellas when it rains.\n";
    let afield = Afield::with(&[("cases/one.md", text)]);
    // Encoded beforehand: a server would answer by words until it has done so.
    assert_eq!(afield.run(&["index"]).code, 0);
    let server = Server::start(&afield, &[]);
    let asked = [("q", "what to do when it rains"), ("for", "weather")];
    let got = server.get(&format!("/v1/search?{}", query(&asked)));
    assert_eq!(untimed(&got.text()), terminal(&afield, &arguments(&asked)));
    for (path, args) in [
        ("sectors", &["sectors"][..]),
        ("sectors/parasols", &["sectors", "parasols"]),
        ("signals", &["signals"]),
        ("cases/one", &["show", "one"]),
    ] {
        let got = server.get(&format!("/v1/{path}"));
        assert_eq!(got.status, 200, "{path}\n{got}");
        assert_eq!(got.text(), terminal(&afield, args), "{path}");
    }
}

#[test]
fn vocabularies_and_counts_are_told() {
    let server = Server::start(&Afield::new(), &[]);
    let mechanisms = server.get("/v1/mechanisms").json();
    assert_eq!(mechanisms["mechanisms"][0]["id"], "second-use-of-space");
    let facets = server.get("/v1/facets");
    assert_eq!(facets.status, 200, "{facets}");
    assert!(facets.text().contains("\"counting-houses\""), "{facets}");
    let suggested = server.get("/v1/suggest?q=foot").json();
    assert_eq!(suggested["query"], "foot");
    assert_eq!(
        suggested["suggestions"][0]["id"], "footfall-decline",
        "{suggested:#}"
    );
    let few = server.get("/v1/suggest?q=a&limit=1").json();
    assert_eq!(few["suggestions"].as_array().unwrap().len(), 1);
}

#[test]
fn several_requests_go_over_one_connection() {
    let server = Server::start(&Afield::new(), &[]);
    let mut connection = server.connect();
    let paths = [
        "/v1/search?q=empty+seats",
        "/nothing",
        "/v1/cases/zebra-air-standby",
    ];
    for path in paths {
        connection.send("GET", path, &[], b"");
    }
    let statuses = paths.map(|_| connection.answer("GET").status);
    assert_eq!(statuses, [200, 404, 200]);
}

#[test]
fn head_is_get_without_a_body() {
    let server = Server::start(&Afield::new(), &[]);
    for (path, status) in [
        ("/v1/search?q=empty+seats", 200),
        ("/v1/cases/zzz", 404),
        ("/healthz", 200),
    ] {
        let mut connection = server.connect();
        connection.send("HEAD", path, &[], b"");
        let head = connection.answer("HEAD");
        assert_eq!(head.status, status, "{head}");
        // What follows on the connection is the next answer, so no body was sent.
        connection.send("GET", path, &[], b"");
        let get = connection.answer("GET");
        assert_eq!(
            (get.status, get.header("content-type")),
            (status, head.header("content-type")),
            "{get}"
        );
        assert_eq!(get.header("etag"), head.header("etag"));
    }
}

/// What the terminal prints as JSON.
fn terminal(afield: &Afield, args: &[&str]) -> String {
    let args = [args, &["--format", "json"]].concat();
    let output = afield.command(&args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {output:?}");
    untimed(&String::from_utf8(output.stdout).unwrap())
}

/// A request as arguments of `afield search`.
fn arguments<'a>(asked: &[(&'a str, &'a str)]) -> Vec<&'a str> {
    let mut arguments = vec!["search"];
    for &(name, value) in asked {
        match name {
            "q" => arguments.push(value),
            "plain" => arguments.push("--plain"),
            "as_of" => arguments.extend(["--as-of", value]),
            "not_sector" => arguments.extend(["--not-sector", value]),
            _ => arguments.extend([flag(name), value]),
        }
    }
    arguments
}

/// The flag of a name that is one word.
fn flag(name: &str) -> &'static str {
    const FLAGS: [&str; 15] = [
        "--for",
        "--distance",
        "--limit",
        "--offset",
        "--sector",
        "--signal",
        "--mechanism",
        "--function",
        "--role",
        "--journey",
        "--channel",
        "--region",
        "--outcome",
        "--evidence",
        "--since",
    ];
    let found = FLAGS.into_iter().find(|flag| &flag[2..] == name);
    found.unwrap_or("--until")
}

/// A request as a JSON object.
fn body(asked: &[(&str, &str)]) -> Value {
    let mut body = Map::new();
    for &(name, value) in asked {
        match name {
            "q" | "for" | "distance" | "as_of" => _ = body.insert(name.to_owned(), value.into()),
            "plain" => _ = body.insert(name.to_owned(), true.into()),
            "limit" | "offset" | "since" | "until" => {
                body.insert(name.to_owned(), value.parse::<i64>().unwrap().into());
            }
            _ => match body.entry(name).or_insert_with(|| json!([])) {
                Value::Array(values) => values.push(value.into()),
                other => panic!("{other}"),
            },
        }
    }
    body.into()
}

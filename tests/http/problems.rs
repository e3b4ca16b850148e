//! Everything that can be wrong with a request, and how a client is told.

use crate::support::Afield;
use crate::support::http::{Answer, Server, query};
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The fields of every problem, by the alphabet.
const NAMES: [&str; 9] = [
    "code",
    "detail",
    "did_you_mean",
    "errors",
    "instance",
    "request_id",
    "status",
    "title",
    "type",
];

#[test]
fn a_problem_has_the_fields_that_were_promised() {
    let server = Server::start(&Afield::new(), &[]);
    let headers = [("x-request-id", "fern-7")];
    let answer = server.get_with("/v1/search?q=empty+seats&sectr=inns", &headers);
    assert_eq!(answer.header("x-request-id"), Some("fern-7"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_snapshot!(answer.text(), @r##"
    {
      "type": "/docs#invalid_request",
      "title": "The request has values that cannot be used",
      "status": 400,
      "detail": "there is no parameter `sectr`; did you mean `sector`?",
      "instance": "/v1/search",
      "code": "invalid_request",
      "errors": [
        {
          "in": "query",
          "pointer": "#/sectr",
          "detail": "there is no parameter `sectr`; did you mean `sector`?",
          "did_you_mean": "sector"
        }
      ],
      "did_you_mean": "sector",
      "request_id": "fern-7"
    }
    "##);
}

#[test]
fn parameters_that_cannot_be() {
    let server = Server::start(&Afield::new(), &[]);
    let get = |values: &[(&str, &str)]| told(&server.get(&format!("/v1/search?{}", query(values))));
    assert_snapshot!(get(&[("q", "seats"), ("sectr", "inns")]), @"
    400 invalid_request at /v1/search
    there is no parameter `sectr`; did you mean `sector`?
    near: sector
    - query #/sectr: there is no parameter `sectr`; did you mean `sector`? (near: sector)
    ");
    assert_snapshot!(get(&[]), @"
    400 invalid_request at /v1/search
    `q` is missing
    - query #/q: `q` is missing
    ");
    assert_snapshot!(get(&[("q", "  ")]), @"
    400 invalid_request at /v1/search
    `q` is empty
    - query #/q: `q` is empty
    ");
    assert_snapshot!(get(&[("q", "seats"), ("q", "rooms"), ("limit", "1"), ("limit", "2")]), @"
    400 invalid_request at /v1/search
    2 values cannot be used; see `errors`
    - query #/q: `q` is given 2 times, once is enough
    - query #/limit: `limit` is given 2 times, once is enough
    ");
}

#[test]
fn several_parameters_that_cannot_be() {
    let server = Server::start(&Afield::new(), &[]);
    let get = |values: &[(&str, &str)]| told(&server.get(&format!("/v1/search?{}", query(values))));
    assert_snapshot!(get(&[
        ("limit", "0"), ("offset", "x"), ("distance", "nearr"), ("as_of", "2020-13"), ("plain", "yes"), ("since", "20"),
        ("until", "3000"), ("nonsense", "1"),
    ]), @"
    400 invalid_request at /v1/search
    9 values cannot be used; see `errors`
    near: near
    - query #/q: `q` is missing
    - query #/distance: `distance` is `nearr`, expected `near`, `mid`, `far`, `mix` (near: near)
    - query #/as_of: `as_of` is `2020-13`, expected a date such as 2020, 2020-06 or 2020-06-15
    - query #/plain: `plain` is `yes`, expected `true` or `false`
    - query #/since: `since` is `20`, expected a whole number from 1000 to 2999
    - query #/until: `until` is `3000`, expected a whole number from 1000 to 2999
    - query #/limit: `limit` is `0`, expected a whole number from 1 to 100
    - query #/offset: `offset` is `x`, expected a whole number from 0 to 1000
    - query #/nonsense: there is no parameter `nonsense`; known: `q`, `for`, `distance`, `as_of`, `plain`, `sector`, `not_sector`, `signal`, `mechanism`, `function`, `role`, `journey`, `channel`, `region`, `outcome`, `evidence`, `since`, `until`, `limit`, `offset`
    ");
    assert_snapshot!(get(&[
        ("q", "seats"), ("for", "counting house"), ("sector", "inns"), ("sector", "bazars"), ("not_sector", "hotel"),
        ("signal", "footfal decline"), ("outcome", "fine"), ("evidence", "E"), ("region", "savana"),
    ]), @"
    400 invalid_request at /v1/search
    7 values cannot be used; see `errors`
    near: counting-houses
    - query #/for: unknown sector `counting house`; did you mean `counting-houses`? (near: counting-houses)
    - query #/sector/1: unknown sector `bazars`; did you mean `bazaars`? (near: bazaars)
    - query #/signal/0: unknown signal `footfal decline`; did you mean `footfall-decline`? (near: footfall-decline)
    - query #/region/0: unknown region `savana`; did you mean `savannah`? (near: savannah)
    - query #/outcome/0: unknown outcome `fine`: choose `worked`, `mixed`, `failed` or `unknown`
    - query #/evidence/0: unknown evidence grade `E`; did you mean `A`? (near: A)
    - query #/not_sector/0: unknown sector `hotel`; did you mean `inns`? (near: inns)
    ");
}

#[test]
fn parameters_that_do_not_fit() {
    let server = Server::start(&Afield::new(), &[]);
    let get = |values: &[(&str, &str)]| told(&server.get(&format!("/v1/search?{}", query(values))));
    assert_snapshot!(get(&[("q", "seats"), ("since", "2020"), ("until", "2010")]), @"
    400 invalid_request at /v1/search
    `since` is 2020, later than `until`, which is 2010
    - query #/since: `since` is 2020, later than `until`, which is 2010
    ");
    assert_snapshot!(get(&[("q", &"long ".repeat(1_000))]), @"
    400 invalid_request at /v1/search
    `q` has 5000 characters, at most 4000 are taken
    - query #/q: `q` has 5000 characters, at most 4000 are taken
    ");
    assert_snapshot!(get(&[[("sector", "inns"); 101].as_slice(), &[("q", "seats")]].concat()), @"
    400 invalid_request at /v1/search
    `sector` has 101 values, at most 100 are taken
    - query #/sector: `sector` has 101 values, at most 100 are taken
    ");
    assert_snapshot!(told(&server.get("/v1/signals?as_of=2020")), @"
    400 invalid_request at /v1/signals
    there is no parameter `as_of`: none are taken
    - query #/as_of: there is no parameter `as_of`: none are taken
    ");
    assert_snapshot!(told(&server.get("/healthz?verbose=1")), @"
    400 invalid_request at /healthz
    there is no parameter `verbose`: none are taken
    - query #/verbose: there is no parameter `verbose`: none are taken
    ");
}

#[test]
fn bodies_that_cannot_be() {
    let server = Server::start(&Afield::new(), &[]);
    let post = |body: Value| told(&server.post("/v1/search", &body));
    assert_snapshot!(post(json!({"q": "seats", "limt": 3, "odd/na~me": 1})), @"
    400 invalid_request at /v1/search
    2 values cannot be used; see `errors`
    near: limit
    - body #/limt: there is no field `limt`; did you mean `limit`? (near: limit)
    - body #/odd~1na~0me: there is no field `odd/na~me`; known: `q`, `for`, `distance`, `as_of`, `plain`, `sector`, `not_sector`, `signal`, `mechanism`, `function`, `role`, `journey`, `channel`, `region`, `outcome`, `evidence`, `since`, `until`, `limit`, `offset`
    ");
    assert_snapshot!(post(json!({
        "q": 5, "for": ["banks"], "sector": "inns", "signal": ["a", 1, null, ["b"], {}], "limit": "5", "offset": 1.5,
        "plain": "true", "since": {}, "distance": "fra", "as_of": 2020,
    })), @r#"
    400 invalid_request at /v1/search
    14 values cannot be used; see `errors`
    near: far
    - body #/q: `q` is `5`, expected a text
    - body #/for: `for` is a list, expected a text
    - body #/distance: `distance` is `fra`, expected `near`, `mid`, `far`, `mix` (near: far)
    - body #/as_of: `as_of` is `2020`, expected a text
    - body #/plain: `plain` is `"true"`, expected `true` or `false`
    - body #/sector: `sector` is `inns`, expected a list of texts, such as ["a"]
    - body #/signal/1: `signal` is `1`, expected a text
    - body #/signal/2: `signal` is `null`, expected a text
    - body #/signal/3: `signal` is a list, expected a text
    - body #/signal/4: `signal` is an object, expected a text
    - body #/since: `since` is an object, expected a whole number from 1000 to 2999
    - body #/limit: `limit` is `"5"`, expected a whole number from 1 to 100
    - body #/offset: `offset` is `1.5`, expected a whole number from 0 to 1000
    - body #/signal/0: unknown signal `a`
    "#);
    assert_snapshot!(post(json!({"q": "seats", "sector": ["inns", "bazars"], "limit": 101})), @"
    400 invalid_request at /v1/search
    2 values cannot be used; see `errors`
    near: bazaars
    - body #/limit: `limit` is `101`, expected a whole number from 1 to 100
    - body #/sector/1: unknown sector `bazars`; did you mean `bazaars`? (near: bazaars)
    ");
    assert_snapshot!(post(json!({"q": "seats", "sector": ["inns", "bazars"], "limit": 5.0, "for": null})), @"
    400 invalid_request at /v1/search
    unknown sector `bazars`; did you mean `bazaars`?
    near: bazaars
    - body #/sector/1: unknown sector `bazars`; did you mean `bazaars`? (near: bazaars)
    ");
}

#[test]
fn bodies_that_are_no_object() {
    let server = Server::start(&Afield::new(), &[]);
    let post = |body: Value| told(&server.post("/v1/search", &body));
    assert_snapshot!(post(json!(["seats"])), @r#"
    400 invalid_json at /v1/search
    the body is JSON, but not an object such as {"q": "…"}
    "#);
    assert_snapshot!(post(json!(null)), @r#"
    400 invalid_json at /v1/search
    the body is JSON, but not an object such as {"q": "…"}
    "#);
    let raw = |body: &[u8]| {
        told(&server.ask(
            "POST",
            "/v1/search",
            &[("content-type", "application/json")],
            body,
        ))
    };
    assert_snapshot!(raw(b"{\"q\": \"seats\",}"), @"
    400 invalid_json at /v1/search
    the body is not JSON: trailing comma at line 1 column 15
    ");
    assert_snapshot!(raw(b""), @"
    400 invalid_json at /v1/search
    the body is not JSON: EOF while parsing a value at line 1 column 0
    ");
    assert_snapshot!(raw(b"{\"q\": \"\xff\"}"), @"
    400 invalid_json at /v1/search
    the body is not JSON: invalid unicode code point at line 1 column 8
    ");
    assert_snapshot!(raw("[".repeat(500).as_bytes()), @"
    400 invalid_json at /v1/search
    the body is not JSON: recursion limit exceeded at line 1 column 128
    ");
}

#[test]
fn bodies_that_are_not_said_to_be_json() {
    let server = Server::start(&Afield::new(), &[]);
    let with = |headers: &[(&str, &str)]| {
        told(&server.ask("POST", "/v1/search", headers, b"{\"q\": \"seats\"}"))
    };
    assert_snapshot!(with(&[]), @"
    415 unsupported_media_type at /v1/search
    send the body with `Content-Type: application/json`
    ");
    assert_snapshot!(with(&[("content-type", "text/plain")]), @"
    415 unsupported_media_type at /v1/search
    send the body with `Content-Type: application/json`
    ");
    assert_snapshot!(told(&server.post("/v1/search?q=seats&limit=2", &json!({"q": "seats"}))), @"
    400 invalid_request at /v1/search
    2 values cannot be used; see `errors`
    - query #/limit: there is no parameter `limit`: none are taken
    - query #/q: there is no parameter `q`: none are taken
    ");
    let fine = server.ask(
        "POST",
        "/v1/search",
        &[("content-type", "Application/JSON; charset=utf-8")],
        b"{\"q\": \"seats\"}",
    );
    assert_eq!(fine.status, 200, "{fine}");
}

#[test]
fn a_field_given_twice_is_refused() {
    let server = Server::start(&Afield::new(), &[]);
    let headers = [("content-type", "application/json")];
    let answer = server.ask(
        "POST",
        "/v1/search",
        &headers,
        b"{\"q\": \"seats\", \"q\": \"rooms\"}",
    );
    assert_eq!(answer.status, 400, "{answer}");
}

#[test]
fn a_value_that_is_no_text_is_refused() {
    let server = Server::start(&Afield::new(), &[]);
    let answer = server.get("/v1/search?q=seats%ff");
    assert_eq!(answer.status, 400, "{answer}");
}

#[test]
fn a_number_in_quotes_is_told_from_a_number() {
    let server = Server::start(&Afield::new(), &[]);
    let answer = server.post("/v1/search", &json!({"q": "seats", "limit": "5"}));
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(
        !detail.contains("is `5`, expected a whole number"),
        "{detail}"
    );
}

#[test]
fn requests_that_are_too_large() {
    let server = Server::start(&Afield::new(), &["--max-body", "1024"]);
    let json = ("content-type", "application/json");
    let body = json!({"q": "a ".repeat(1_000)}).to_string();
    assert_snapshot!(told(&server.ask("POST", "/v1/search", &[json], body.as_bytes())), @"
    413 body_too_large at /v1/search
    a body may have up to 1024 bytes
    ");
    // Told before the body has come.
    let declared = [json, ("content-length", "1000000")];
    assert_snapshot!(told(&server.ask("POST", "/v1/search", &declared, b"{")), @"
    413 body_too_large at /v1/search
    a body may have up to 1024 bytes
    ");
    let chunk = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let chunked = [json, ("transfer-encoding", "chunked")];
    assert_snapshot!(told(&server.ask("POST", "/v1/search", &chunked, chunk.as_bytes())), @"
    413 body_too_large at /v1/search
    a body may have up to 1024 bytes
    ");
    let small = b"6\r\n{\"q\": \r\n8\r\n\"seats\"}\r\n0\r\n\r\n";
    let small = server.ask("POST", "/v1/search", &chunked, small);
    assert_eq!(small.status, 200, "{small}");
    let long = format!("/v1/search?q={}", "a".repeat(17_000));
    assert_snapshot!(told(&server.get(&long)), @"
    414 uri_too_long at /v1/search
    17013 bytes, at most 16384 are read; send `POST /v1/search` with a body instead
    ");
}

#[test]
fn things_that_are_not_there() {
    let server = Server::start(&Afield::new(), &[]);
    let get = |path: &str| told(&server.get(path));
    assert_snapshot!(get("/v1/serach?q=a"), @"
    404 unknown_path at /v1/serach
    there is nothing here; did you mean `/v1/search`?
    near: /v1/search
    ");
    assert_snapshot!(get("/v1/search/"), @"
    404 unknown_path at /v1/search/
    there is nothing here; did you mean `/v1/search`?
    near: /v1/search
    ");
    assert_snapshot!(get("/somewhere/else/entirely"), @"
    404 unknown_path at /somewhere/else/entirely
    there is nothing here; `/docs` lists the paths
    ");
    assert_snapshot!(get("/v1/cases/quilmart-tea"), @"
    404 unknown_case at /v1/cases/quilmart-tea
    unknown case `quilmart-tea`; nearest: `quillmart-tea-counter`
    near: quillmart-tea-counter
    ");
    assert_snapshot!(get("/v1/cases/zzz"), @"
    404 unknown_case at /v1/cases/zzz
    unknown case `zzz`; find ids with /v1/search
    ");
    assert_snapshot!(get("/v1/cases/..%2F..%2Fsectors.toml/related"), @"
    404 unknown_case at /v1/cases/..%2F..%2Fsectors.toml/related
    unknown case `../../sectors.toml`; find ids with /v1/search
    ");
    assert_snapshot!(get("/v1/why?id=zebra&q=empty+seats"), @"
    404 unknown_case at /v1/why
    unknown case `zebra`; nearest: `zebra-air-standby`
    near: zebra-air-standby
    ");
    assert_snapshot!(get("/v1/sectors/bazar"), @"
    404 unknown_sector at /v1/sectors/bazar
    unknown sector `bazar`; did you mean `bazaars`?
    near: bazaars
    ");
    assert_snapshot!(get("/v1/sectors/travel"), @"
    404 unknown_sector at /v1/sectors/travel
    `travel` is a group of sectors; choose one: `inns`, `airships`
    near: inns
    ");
    assert_snapshot!(get("/v1/signals/footfal-decline"), @"
    404 unknown_signal at /v1/signals/footfal-decline
    unknown signal `footfal-decline`; did you mean `footfall-decline`?
    near: footfall-decline
    ");
}

#[test]
fn methods_that_are_not_answered() {
    let server = Server::start(&Afield::new(), &[]);
    let ask = |method: &str, path: &str| told(&server.ask(method, path, &[], b""));
    assert_snapshot!(ask("DELETE", "/v1/search"), @"
    405 method_not_allowed at /v1/search
    this path does not answer to DELETE; see the header `Allow`
    allow: GET,HEAD,POST
    ");
    assert_snapshot!(ask("POST", "/v1/cases/zebra-air-standby"), @"
    405 method_not_allowed at /v1/cases/zebra-air-standby
    this path does not answer to POST; see the header `Allow`
    allow: GET,HEAD
    ");
    assert_snapshot!(ask("POST", "/"), @"
    405 method_not_allowed at /
    this path does not answer to POST; see the header `Allow`
    allow: GET,HEAD
    ");
    assert_snapshot!(ask("BREW", "/healthz"), @"
    405 method_not_allowed at /healthz
    this path does not answer to BREW; see the header `Allow`
    allow: GET,HEAD
    ");
}

#[test]
fn requests_that_are_hardly_http() {
    let server = Server::start(&Afield::new(), &[]);
    assert_snapshot!(told(&server.get("/v1/cases/%ff")), @"
    400 bad_request at /v1/cases/%ff
    the request cannot be read
    ");
    assert_snapshot!(told(&server.request("GET /healthz HTTP/1.1\r\n\r\n")), @"
    400 bad_request at /healthz
    the request has to have one `Host`
    ");
    assert_snapshot!(told(&server.request("GET /healthz HTTP/1.1\r\nhost:\r\n\r\n")), @"
    400 bad_request at /healthz
    the request has to have one `Host`
    ");
}

/// A problem in short, after what holds for all of them.
fn told(answer: &Answer) -> String {
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json"),
        "{answer}"
    );
    let problem = answer.json();
    let names: Vec<&str> = problem
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(names, NAMES);
    assert_eq!(problem["status"], answer.status, "{answer}");
    assert_eq!(
        problem["request_id"].as_str(),
        answer.header("x-request-id"),
        "{answer}"
    );
    let text = |name: &str| problem[name].as_str().unwrap();
    assert_eq!(text("type"), format!("/docs#{}", text("code")));
    let mut told = format!(
        "{} {} at {}\n{}\n",
        answer.status,
        text("code"),
        text("instance"),
        text("detail")
    );
    if let Some(allowed) = answer.header("allow") {
        writeln!(told, "allow: {allowed}").unwrap();
    }
    if let Some(near) = problem["did_you_mean"].as_str() {
        writeln!(told, "near: {near}").unwrap();
    }
    for fault in problem["errors"].as_array().unwrap() {
        let text = |name: &str| fault[name].as_str().unwrap();
        let near = fault["did_you_mean"]
            .as_str()
            .map(|near| format!(" (near: {near})"));
        writeln!(
            told,
            "- {} {}: {}{}",
            text("in"),
            text("pointer"),
            text("detail"),
            near.unwrap_or_default()
        )
        .unwrap();
    }
    told
}

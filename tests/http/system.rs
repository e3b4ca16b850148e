//! The server itself: is it well, what does it count, what does it say of itself, and does it keep to that.

use crate::support::http::{Answer, Server, escaped};
use crate::support::{Afield, shipped_corpus};
use serde_json::{Map, Value, json};
use std::{env, fs};

#[test]
fn a_server_tells_that_it_is_well() {
    let server = Server::start(&Afield::new(), &[]);
    let generation = server.get("/v1/search?q=seats").json()["index"]["generation"].clone();
    for path in ["/healthz", "/readyz"] {
        let answer = server.get(path);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let version = env!("CARGO_PKG_VERSION");
        let expected =
            json!({"status": "ok", "version": version, "cases": 6, "generation": generation});
        assert_eq!(answer.json(), expected, "{path}");
    }
}

#[test]
fn the_front_door_leads_to_the_reference() {
    let server = Server::start(&Afield::new(), &[]);
    let home = server.get("/");
    assert_eq!(
        (home.status, home.header("location")),
        (307, Some("/docs")),
        "{home}"
    );
}

#[test]
fn the_id_of_a_request_is_sound() {
    let server = Server::start(&Afield::new(), &[]);
    let id = |given: &str| {
        let answer = server.get_with("/healthz", &[("x-request-id", given)]);
        answer.header("x-request-id").unwrap().to_owned()
    };
    assert_eq!(id("Fern.7_b-c"), "Fern.7_b-c");
    for unsound in ["", "a b", "<b>", "läden", &"a".repeat(65)] {
        assert_ne!(id(unsound), unsound);
    }
    assert_ne!(id(""), id(""));
}

#[test]
fn what_is_answered_is_counted() {
    let server = Server::start(&Afield::new(), &[]);
    let count = |labels: &str| counted(&server, &format!("afield_http_requests_total{{{labels}}}"));
    let searches = "route=\"/v1/search\",method=\"GET\",status=\"200\"";
    let misses = "route=\"/v1/cases/{id}\",method=\"GET\",status=\"404\"";
    let others = "route=\"other\",method=\"GET\",status=\"404\"";
    assert_eq!((count(searches), count(misses), count(others)), (0, 0, 0));
    for path in [
        "/v1/search?q=seats",
        "/v1/search?q=rooms",
        "/v1/cases/a",
        "/v1/cases/b",
        "/a",
        "/b",
    ] {
        assert!(server.get(path).status > 0);
    }
    assert_eq!((count(searches), count(misses), count(others)), (2, 2, 2));
    let took = "afield_http_request_duration_seconds_count{route=\"/v1/search\"}";
    assert_eq!(counted(&server, took), 2);
    assert_eq!(
        (
            counted(&server, "afield_index_cases"),
            counted(&server, "afield_index_generations_total")
        ),
        (6, 1)
    );
    let metrics = server.get("/metrics");
    let media_type = metrics.header("content-type").unwrap();
    assert!(
        media_type.starts_with("application/openmetrics-text; version=1.0.0"),
        "{media_type}"
    );
    assert!(metrics.text().ends_with("# EOF\n"), "{metrics}");
}

#[test]
fn methods_that_nobody_knows_are_counted_as_one() {
    let server = Server::start(&Afield::new(), &[]);
    for method in ["BREW", "POUR", "STIR"] {
        assert_eq!(server.ask(method, "/healthz", &[], b"").status, 405);
    }
    let metrics = server.get("/metrics").text();
    let series = metrics
        .lines()
        .filter(|line| line.contains("status=\"405\""));
    assert_eq!(series.count(), 1, "{metrics}");
}

/// Compares the document with the one in `docs`; with `AFIELD_ACCEPT=1` writes it anew.
#[test]
fn the_contract_is_the_one_that_was_promised() {
    let server = Server::start(&Afield::new(), &[]);
    let document =
        serde_json::to_string_pretty(&server.get("/openapi.json").json()).unwrap() + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/openapi.json");
    if env::var_os("AFIELD_ACCEPT").is_some() {
        fs::write(path, &document).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == document,
        "docs/openapi.json is not what the routes say; run `AFIELD_ACCEPT=1 cargo test contract`"
    );
}

#[test]
fn the_document_is_whole() {
    let server = Server::start(&Afield::new(), &[]);
    let document = server.get("/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let text = document.to_string();
    assert!(!text.contains(":null"), "a key without a value");
    for part in text.split("\"$ref\":\"#").skip(1) {
        let pointer = part.split('"').next().unwrap();
        assert!(
            document.pointer(pointer).is_some(),
            "{pointer} leads nowhere"
        );
    }
    let mut ids = Vec::new();
    for operation in operations(&document) {
        let told = format!("{} {}", operation.method, operation.path);
        ids.push(operation.is["operationId"].as_str().unwrap());
        assert!(
            !operation.is["summary"]
                .as_str()
                .unwrap_or_default()
                .is_empty(),
            "{told}"
        );
        let parameters = operation.is.get("parameters");
        assert!(
            parameters.is_none_or(Value::is_array),
            "{told}: {parameters:?}"
        );
        for status in ["200", "400", "500"] {
            assert!(
                operation.is["responses"][status]["content"].is_object(),
                "{told}: {status}"
            );
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), count), (count, 17));
}

#[test]
fn the_examples_of_the_document_are_answered() {
    let corpus = shipped_corpus();
    let server = Server::start(&Afield::empty(), &["--corpus", &corpus, "--timeout", "20"]);
    let document = server.get("/openapi.json").json();
    for operation in operations(&document) {
        let answer = if operation.method == "post" {
            server.post(
                operation.path,
                &operation.is["requestBody"]["content"]["application/json"]["example"],
            )
        } else {
            let example = |parameter: &Value| parameter["example"].as_str().map(str::to_owned);
            let mut values: Vec<(String, String)> = Vec::new();
            for parameter in operation.parameters("query") {
                let known = if name(parameter) == "id" {
                    Some("argos-fast-track".to_owned())
                } else {
                    example(parameter)
                };
                values.extend(known.map(|value| (name(parameter).to_owned(), value)));
            }
            server.get(&operation.address(|parameter| example(parameter).unwrap(), &values))
        };
        assert_eq!(
            answer.status, 200,
            "{} {}: {answer}",
            operation.method, operation.path
        );
    }
}

#[test]
fn the_document_has_the_parameters_that_are_taken() {
    let server = Server::start(&Afield::new(), &[]);
    let document = server.get("/openapi.json").json();
    let facets = server.get("/v1/facets").json()["facets"].clone();
    for operation in operations(&document) {
        if operation.method != "get" {
            continue;
        }
        let get = |values: &[(String, String)]| {
            server.get(&operation.address(|parameter| id(operation.path, parameter), values))
        };
        let known = |parameter: &Value| (name(parameter).to_owned(), known(parameter, &facets));
        let needed = operation
            .parameters("query")
            .filter(|parameter| parameter["required"] == true);
        let needed: Vec<(String, String)> = needed.map(known).collect();
        let with = |extra: (String, String)| {
            let mut values = needed.clone();
            values.retain(|(name, _)| *name != extra.0);
            values.push(extra);
            get(&values)
        };
        assert_eq!(get(&needed).status, 200, "{}", operation.path);
        for missing in 0..needed.len() {
            let mut values = needed.clone();
            values.remove(missing);
            refused(
                &get(&values),
                &format!("{} without {}", operation.path, needed[missing].0),
            );
        }
        for parameter in operation.parameters("query") {
            let answer = with(known(parameter));
            assert_eq!(
                answer.status,
                200,
                "{} {}: {answer}",
                operation.path,
                name(parameter)
            );
            for wrong in wrong(&parameter["schema"]) {
                let told = format!(
                    "{} {}={}",
                    operation.path,
                    name(parameter),
                    &wrong[..wrong.len().min(20)]
                );
                refused(&with((name(parameter).to_owned(), wrong)), &told);
            }
        }
        refused(
            &with(("zebra".to_owned(), "1".to_owned())),
            &format!("{} zebra", operation.path),
        );
    }
}

#[test]
fn the_document_has_the_fields_that_are_taken() {
    let server = Server::start(&Afield::new(), &[]);
    let document = server.get("/openapi.json").json();
    let facets = server.get("/v1/facets").json()["facets"].clone();
    let schema = &document["components"]["schemas"]["SearchRequest"];
    assert_eq!(
        (&schema["required"], &schema["additionalProperties"]),
        (&json!(["q"]), &json!(false))
    );
    let post = |name: &str, value: Value| {
        let mut body = Map::from_iter([("q".to_owned(), json!("empty seats"))]);
        body.insert(name.to_owned(), value);
        server.post("/v1/search", &body.into())
    };
    for (name, schema) in schema["properties"].as_object().unwrap() {
        let text = known(
            &json!({"name": name, "schema": schema, "example": schema["examples"][0]}),
            &facets,
        );
        let value = match schema["type"][0]
            .as_str()
            .or(schema["type"].as_str())
            .unwrap()
        {
            "array" => json!([text]),
            "string" => json!(text),
            _ => serde_json::from_str(&text).unwrap(),
        };
        let answer = post(name, value);
        assert_eq!(answer.status, 200, "{name}: {answer}");
        for wrong in wrong(schema) {
            refused(
                &post(name, serde_json::from_str(&wrong).unwrap_or(json!(wrong))),
                name,
            );
        }
        refused(&post(name, json!({"a": 1})), name);
    }
    refused(&post("zebra", json!(1)), "zebra");
}

#[test]
fn problems_are_what_the_document_says() {
    let server = Server::start(&Afield::new(), &[]);
    let document = server.get("/openapi.json").json();
    let schemas = &document["components"]["schemas"];
    let problem = server.get("/v1/search?q=seats&limt=2").json();
    for (found, schema) in [
        (&problem, &schemas["Problem"]),
        (&problem["errors"][0], &schemas["Fault"]),
    ] {
        let names: Vec<&String> = found.as_object().unwrap().keys().collect();
        let properties: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        assert_eq!(names, properties);
        assert_eq!(schema["required"].as_array().unwrap().len(), names.len());
    }
    let page = server.get("/docs").text();
    let anchor = problem["type"]
        .as_str()
        .unwrap()
        .trim_start_matches("/docs#");
    assert!(
        page.contains(&format!("id=\"{anchor}\"")),
        "{anchor} is not explained"
    );
}

#[test]
fn the_reference_page_is_whole_and_loads_nothing() {
    let server = Server::start(&Afield::new(), &[]);
    let document = server.get("/openapi.json").json();
    let answer = server.get("/docs");
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    let page = answer.text().replace("&#x2f;", "/");
    for operation in operations(&document) {
        assert!(page.contains(operation.path), "{}", operation.path);
        for parameter in operation.parameters("query") {
            assert!(page.contains(&format!("<code>{}</code>", name(parameter))));
        }
    }
    for schema in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        assert!(
            page.contains(&format!("id=\"schema-{schema}\"")),
            "{schema}"
        );
    }
    for loading in [
        "<script", "<link", "<img", "<iframe", "@import", "url(", "src=",
    ] {
        assert!(!page.contains(loading), "{loading}");
    }
    for link in page.split("href=\"").skip(1) {
        let link = link.split('"').next().unwrap();
        let is_there = match link.strip_prefix('#') {
            Some(anchor) => page.contains(&format!("id=\"{anchor}\"")),
            None => server.get(link).status == 200,
        };
        assert!(is_there, "{link} leads nowhere");
    }
    assert!(
        !page.contains("undefined"),
        "a value of the template is missing"
    );
}

/// One operation of the document.
struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    is: &'a Value,
}

impl<'a> Operation<'a> {
    fn parameters(&self, place: &'static str) -> impl Iterator<Item = &'a Value> + use<'a> {
        let all = self.is["parameters"].as_array().into_iter().flatten();
        all.filter(move |parameter| parameter["in"] == place)
    }

    fn address(
        &self,
        path_value: impl Fn(&Value) -> String,
        values: &[(String, String)],
    ) -> String {
        let mut address = self.path.to_owned();
        for parameter in self.parameters("path") {
            address = address.replace(
                &format!("{{{}}}", name(parameter)),
                &escaped(&path_value(parameter)),
            );
        }
        let pairs = values
            .iter()
            .map(|(name, value)| format!("{name}={}", escaped(value)));
        let pairs: Vec<String> = pairs.collect();
        if pairs.is_empty() {
            address
        } else {
            format!("{address}?{}", pairs.join("&"))
        }
    }
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, is)| Operation { path, method, is })
    });
    operations.collect()
}

fn name(parameter: &Value) -> &str {
    parameter["name"].as_str().unwrap()
}

/// What a path of the small corpus can be about.
fn id(path: &str, _: &Value) -> String {
    let id = match path.split('/').nth(2) {
        Some("cases") => "zebra-air-standby",
        Some("sectors") => "bazaars",
        _ => "footfall-decline",
    };
    id.to_owned()
}

/// A value that the small corpus knows.
fn known(parameter: &Value, facets: &Value) -> String {
    let schema = &parameter["schema"];
    let facet = &facets[name(parameter).trim_start_matches("not_")][0]["id"];
    let choices = [
        &parameter["example"],
        facet,
        &schema["enum"][0],
        &schema["default"],
        &schema["minimum"],
    ];
    match (
        name(parameter),
        choices.into_iter().find(|choice| !choice.is_null()),
    ) {
        ("id", _) => "zebra-air-standby".to_owned(),
        (_, Some(Value::String(text))) => text.clone(),
        (_, Some(other)) => other.to_string(),
        (name, None) => panic!("no value for {name}"),
    }
}

/// Values that a schema rules out, as they stand in a query.
fn wrong(schema: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let number = |name: &str| schema[name].as_i64();
    wrong.extend(number("minimum").map(|least| (least - 1).to_string()));
    wrong.extend(number("maximum").map(|most| (most + 1).to_string()));
    wrong.extend(number("maxLength").map(|most| "a".repeat(usize::try_from(most + 1).unwrap())));
    wrong.extend(number("minLength").map(|_| String::new()));
    let has = |name: &str| schema.get(name).is_some();
    if schema["pattern"] == "\\S" {
        wrong.push(" ".to_owned());
    } else if has("enum") || has("pattern") || has("minimum") || schema["type"] == "boolean" {
        wrong.extend([
            "zebra".to_owned(),
            "".to_owned(),
            "2020-13".to_owned(),
            "1.5".to_owned(),
        ]);
    }
    wrong
}

fn refused(answer: &Answer, told: &str) {
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (400, Some("application/problem+json")),
        "{told}: {answer}"
    );
    assert_eq!(answer.json()["code"], "invalid_request", "{told}: {answer}");
}

/// A count among the metrics; nought when it is not there yet.
fn counted(server: &Server, series: &str) -> u64 {
    let metrics = server.get("/metrics").text();
    let line = metrics.lines().find_map(|line| line.strip_prefix(series));
    line.map_or(0, |count| count.trim().parse().unwrap())
}

#[test]
fn a_log_that_cannot_be_is_refused() {
    let afield = Afield::new().variable("AFIELD_LOG", "afield=loudly");
    let run = afield.run(&["serve", "--port", "0"]);
    assert_eq!(run.code, 2, "{run}");
    assert!(
        run.stderr.contains("`AFIELD_LOG` is `afield=loudly`"),
        "{run}"
    );
    assert!(run.stderr.contains("hint: use a level"), "{run}");
}

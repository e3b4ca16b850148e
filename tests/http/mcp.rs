//! The door for agents, by hand: JSON-RPC over `POST /mcp` and over standard input and output.

use crate::support::Afield;
use crate::support::http::{Answer, Server};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

const BRIEF: &str = "our branches are losing footfall";
const TOOLS: [&str; 5] = ["inspire", "search", "fetch", "case", "sectors"];

#[test]
fn agents_are_told_what_there_is() {
    for (door, mut agent) in both(&Afield::new()) {
        let told = agent.ask("initialize", hello());
        let result = &told["result"];
        assert_eq!(result["serverInfo"]["name"], "afield", "{door}: {told:#}");
        assert_eq!(
            result["protocolVersion"],
            hello()["protocolVersion"],
            "{door}"
        );
        assert!(
            result["capabilities"]["tools"].is_object(),
            "{door}: {told:#}"
        );
        let instructions = result["instructions"].as_str().unwrap();
        for part in [
            "in 6 sourced case studies",
            "bazaars, counting-houses, inns, airships",
            "footfall-decline, perishable-capacity",
        ] {
            assert!(instructions.contains(part), "{door}: {instructions}");
        }
    }
}

#[test]
fn the_tools_say_what_they_take_and_answer() {
    let afield = Afield::new();
    let document = Server::start(&afield, &[]).get("/openapi.json").json();
    for (door, mut agent) in both(&afield) {
        let listed = agent.ask("tools/list", json!({}));
        let tools = listed["result"]["tools"].as_array().unwrap();
        let names: Vec<&str> = tools
            .iter()
            .map(|tool| tool["name"].as_str().unwrap())
            .collect();
        assert_eq!(names, TOOLS, "{door}");
        for tool in tools {
            let hints = &tool["annotations"];
            assert_eq!(
                (&hints["readOnlyHint"], &hints["destructiveHint"]),
                (&json!(true), &json!(false)),
                "{tool:#}"
            );
            assert_eq!(
                (&tool["inputSchema"]["type"], &tool["outputSchema"]["type"]),
                (&json!("object"), &json!("object"))
            );
            assert_eq!(tool["inputSchema"]["additionalProperties"], false);
            assert!(
                tool["description"].as_str().unwrap().len() > 40 && tool["title"].is_string(),
                "{tool:#}"
            );
            for schema in ["inputSchema", "outputSchema"] {
                for part in tool[schema].to_string().split("\"$ref\":\"#").skip(1) {
                    let pointer = part.split('"').next().unwrap();
                    assert!(
                        tool[schema].pointer(pointer).is_some(),
                        "{pointer} leads nowhere"
                    );
                }
            }
        }
        assert_eq!(
            tools[0]["inputSchema"], document["components"]["schemas"]["SearchRequest"],
            "{door}"
        );
    }
}

#[test]
fn inspire_answers_what_the_search_answers() {
    let afield = Afield::new();
    let server = Server::start(&afield, &[]);
    for (door, mut agent) in both(&afield) {
        for asked in [
            json!({"q": BRIEF}),
            json!({"q": BRIEF, "for": "banks", "as_of": "2016", "limit": 2}),
            json!({"q": "empty seats", "sector": ["travel"], "not_sector": ["inns"], "plain": true, "offset": 1}),
        ] {
            let mut expected = server.post("/v1/search", &asked).json();
            let result = agent.call("inspire", asked.clone());
            let mut found = result["structuredContent"].clone();
            (expected["took_ms"], found["took_ms"]) = (json!(0), json!(0));
            assert_eq!(found, expected, "{door}: {asked}");
            // For agents that do not read structured content.
            let mut text: Value =
                serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
            text["took_ms"] = json!(0);
            assert_eq!(text, expected, "{door}: {asked}");
        }
    }
}

#[test]
fn a_case_and_sectors_are_those_of_the_other_door() {
    let afield = Afield::new();
    let server = Server::start(&afield, &[]);
    for (door, mut agent) in both(&afield) {
        for (tool, asked, path) in [
            (
                "case",
                json!({"id": "zebra-air-standby"}),
                "/v1/cases/zebra-air-standby",
            ),
            ("sectors", json!({}), "/v1/sectors"),
            (
                "sectors",
                json!({"as_of": "2014", "id": null}),
                "/v1/sectors?as_of=2014",
            ),
            (
                "sectors",
                json!({"id": "markets", "as_of": "2014-06"}),
                "/v1/sectors/bazaars?as_of=2014-06",
            ),
        ] {
            let result = agent.call(tool, asked.clone());
            assert_eq!(
                result["structuredContent"],
                server.get(path).json(),
                "{door}: {tool} {asked}"
            );
        }
    }
}

#[test]
fn search_and_fetch_have_the_shape_of_chat_connectors() {
    for (door, mut agent) in both(&Afield::new()) {
        let found = agent.call("search", json!({"query": BRIEF}))["structuredContent"].clone();
        let expected = json!({
            "id": "quillmart-tea-counter",
            "title": "Lend the quiet half of the hall to a tea house (Quillmart)",
            "url": "https://gazette.example/tea",
        });
        let results = found["results"].as_array().unwrap();
        assert!(results.contains(&expected), "{door}: {found:#}");
        let fetched =
            agent.call("fetch", json!({"id": expected["id"]}))["structuredContent"].clone();
        for name in ["id", "title", "url"] {
            assert_eq!(fetched[name], expected[name], "{door}");
        }
        let text = fetched["text"].as_str().unwrap();
        for part in [
            "Challenge",
            "fell by a fifth in two years",
            "owned by a cousin",
            "https://weekly.example/hall",
        ] {
            assert!(text.contains(part), "{door}: {part} is not in\n{text}");
        }
        let metadata = json!({
            "organisation": "Quillmart", "sector": "Bazaars", "region": "Quillshire", "years": "2013-2015",
            "outcome": "worked", "evidence": "B",
        });
        assert_eq!(fetched["metadata"], metadata, "{door}");
    }
}

#[test]
fn what_is_wrong_with_a_call_is_told_so_that_an_agent_can_mend_it() {
    for (door, mut agent) in both(&Afield::new()) {
        for (tool, asked, expected) in [
            (
                "inspire",
                json!({"q": "seats", "limt": 3}),
                "there is no field `limt`; did you mean `limit`?",
            ),
            ("inspire", json!({}), "`q` is missing"),
            (
                "inspire",
                json!({"q": "seats", "sector": ["bazars"]}),
                "unknown sector `bazars`; did you mean `bazaars`?",
            ),
            (
                "inspire",
                json!({"q": 5, "limit": 0}),
                "limit: `limit` is `0`, expected a whole number from 1 to 100",
            ),
            ("search", json!({"q": "seats"}), "there is no field `q`"),
            ("search", json!({"query": " "}), "`query` is empty"),
            (
                "fetch",
                json!({"id": "zebra-air"}),
                "nearest: `zebra-air-standby`",
            ),
            (
                "case",
                json!({"id": "zebra-air"}),
                "nearest: `zebra-air-standby`",
            ),
            (
                "sectors",
                json!({"id": "travel"}),
                "`travel` is a group of sectors; choose one: `inns`, `airships`",
            ),
            ("sectors", json!({"as_of": "soon"}), "expected a date"),
        ] {
            let told = agent.ask("tools/call", json!({"name": tool, "arguments": asked}));
            assert_eq!(
                told["result"]["isError"], true,
                "{door}: {tool} {asked}: {told:#}"
            );
            let text = told["result"]["content"][0]["text"].as_str().unwrap();
            assert!(text.contains(expected), "{door}: {tool} {asked}: {text}");
            assert!(
                told["result"].get("structuredContent").is_none(),
                "{door}: {told:#}"
            );
        }
    }
}

#[test]
fn what_there_is_not_is_told_and_the_next_call_is_answered() {
    for (door, mut agent) in both(&Afield::new()) {
        let told = agent.ask("tools/call", json!({"name": "inspre", "arguments": {}}));
        assert_eq!(told["error"]["code"], -32602, "{door}: {told:#}");
        let text = told["error"]["message"].as_str().unwrap();
        assert!(
            text.contains("there is no tool `inspre`") && text.contains("`inspire`"),
            "{door}: {text}"
        );
        assert_eq!(
            agent.ask("tools/brew", json!({}))["error"]["code"],
            -32601,
            "{door}"
        );
        assert!(agent.call("sectors", json!({}))["structuredContent"].is_object());
    }
}

#[test]
fn over_http_every_call_stands_alone() {
    let server = Server::start(&Afield::new(), &[]);
    let call =
        json!({"jsonrpc": "2.0", "id": "a", "method": "tools/call", "params": {"name": "sectors"}});
    let answer = post(&server, &call.to_string());
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/json")),
        "{answer}"
    );
    assert_eq!(
        (answer.header("mcp-session-id"), &answer.json()["id"]),
        (None, &json!("a")),
        "{answer}"
    );
    let notified = post(
        &server,
        "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}",
    );
    assert_eq!(
        (notified.status, notified.body.len()),
        (202, 0),
        "{notified}"
    );
    for method in ["GET", "DELETE"] {
        let answer = server.ask(method, "/mcp", &[("accept", "text/event-stream")], b"");
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("POST")),
            "{answer}"
        );
    }
    let large = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "a".repeat(70_000)}});
    assert_eq!(post(&server, &large.to_string()).status, 413);
}

#[test]
fn over_http_everything_wrong_with_a_request_is_a_problem() {
    let server = Server::start(&Afield::new(), &[]);
    let json = ("content-type", "application/json");
    for answer in [
        server.ask("GET", "/mcp", &[], b""),
        server.ask("POST", "/mcp", &[json], b"{}"),
        server.ask(
            "POST",
            "/mcp",
            &[("accept", "application/json, text/event-stream")],
            b"{}",
        ),
        post(&server, "{a}"),
    ] {
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{answer}"
        );
    }
}

#[test]
fn standard_output_is_for_the_protocol_alone() {
    let mut agent = Piped::start(&Afield::new());
    agent.write("this is not JSON\n\n[1, 2]\n");
    let told = agent.ask("ping", json!({}));
    assert_eq!(told["result"], json!({}), "{told}");
    drop(agent.input.take());
    let mut rest = String::new();
    while agent.output.read_line(&mut rest).unwrap() > 0 {}
    for line in rest.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok(), "{line}");
    }
    assert_eq!(
        agent.child.wait().unwrap().code(),
        Some(0),
        "the end of the input is the end"
    );
}

/// Someone who asks, by one of the two doors.
trait Agent {
    /// Sends a request and gives its response, whole.
    fn ask(&mut self, method: &str, params: Value) -> Value;

    /// The result of a tool that must not fail.
    fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let told = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        assert_ne!(told["result"]["isError"], true, "{told:#}");
        assert!(told["result"].is_object(), "{told:#}");
        told["result"].clone()
    }
}

/// An agent for each door.
fn both(afield: &Afield) -> [(&'static str, Box<dyn Agent>); 2] {
    let http = Server::start(afield, &[]);
    [
        ("http", Box::new(http)),
        ("stdio", Box::new(Piped::start(afield))),
    ]
}

impl Agent for Server {
    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = post(self, &request(1, method, &params));
        answer.json()
    }
}

/// `afield mcp`, greeted.
struct Piped {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    asked: u32,
}

impl Piped {
    fn start(afield: &Afield) -> Self {
        let log = fs::File::create(afield.path("mcp.log")).unwrap();
        let mut child = afield
            .command(&["mcp"])
            .stdin(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let (input, output) = (
            child.stdin.take(),
            BufReader::new(child.stdout.take().unwrap()),
        );
        let mut agent = Self {
            child,
            input,
            output,
            asked: 0,
        };
        agent.write(&(request(0, "initialize", &hello()) + "\n"));
        agent.read();
        agent.write("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}\n");
        agent
    }

    fn write(&mut self, text: &str) {
        self.input
            .as_mut()
            .unwrap()
            .write_all(text.as_bytes())
            .unwrap();
    }

    fn read(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

impl Agent for Piped {
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let id = self.asked;
        self.write(&(request(id, method, &params) + "\n"));
        // Complaints about what was no request have no id.
        loop {
            let told = self.read();
            if told["id"] == id {
                return told;
            }
        }
    }
}

impl Drop for Piped {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn request(id: u32, method: &str, params: &Value) -> String {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}).to_string()
}

fn post(server: &Server, body: &str) -> Answer {
    let headers = [
        ("content-type", "application/json"),
        ("accept", "application/json, text/event-stream"),
    ];
    server.ask("POST", "/mcp", &headers, body.as_bytes())
}

fn hello() -> Value {
    json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "fern", "version": "1"}})
}

//! `afield lsp`.

use crate::support::{Afield, corpus};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

const CASE: &str = "corpus/cases/inns/marlow-empty-rooms.md";

/// An editor at the pipes of a running server.
struct Editor {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Editor {
    fn start(afield: &Afield, args: &[&str]) -> Self {
        let mut command = afield.command(&[&["lsp"], args].concat());
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        Self {
            input: child.stdin.take().unwrap(),
            output: BufReader::new(child.stdout.take().unwrap()),
            child,
        }
    }

    fn send(&mut self, text: &str) {
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}).to_string());
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        let request = json!({"jsonrpc": "2.0", "id": "a", "method": method, "params": params});
        self.send(&request.to_string());
        loop {
            let message = self.hear();
            if message["id"] == "a" {
                return message["result"].clone();
            }
        }
    }

    fn hear(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "it is gone");
            match line.trim().split_once(": ") {
                Some((_, value)) => length = value.parse().unwrap(),
                None => break,
            }
        }
        let mut bytes = vec![0; length];
        self.output.read_exact(&mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    /// The exit code, and what was said on standard error.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.input);
        let mut told = String::new();
        let mut errors = self.child.stderr.take().unwrap();
        errors.read_to_string(&mut told).unwrap();
        (self.child.wait().unwrap().code(), told)
    }
}

#[test]
fn a_case_is_written_in_an_editor() {
    let afield = Afield::with(&corpus::FILES);
    let mut editor = Editor::start(&afield, &["--stdio"]);
    let told = editor.ask("initialize", &json!({"capabilities": {}}));
    assert_eq!(told["serverInfo"]["name"], "afield");
    assert_eq!(told["capabilities"]["positionEncoding"], "utf-16");
    editor.tell("initialized", &json!({}));
    // What is no message at all is passed over.
    editor.send("{ this is no JSON");

    let uri = format!("file://{}", afield.path(CASE).display());
    let text = fs::read_to_string(afield.path(CASE)).unwrap();
    let text = text.replace("sector: inns", "sector: ins");
    let item = json!({"uri": uri, "languageId": "markdown", "version": 7, "text": text});
    editor.tell("textDocument/didOpen", &json!({"textDocument": item}));
    let told = editor.hear();
    assert_eq!(told["method"], "textDocument/publishDiagnostics");
    assert_eq!(
        (&told["params"]["uri"], &told["params"]["version"]),
        (&json!(uri), &json!(7))
    );
    let findings = told["params"]["diagnostics"].as_array().unwrap();
    let finding = findings
        .iter()
        .find(|finding| finding["code"] == "unknown-sector")
        .unwrap();
    let range = json!({"start": {"line": 3, "character": 8}, "end": {"line": 3, "character": 11}});
    assert_eq!(finding["range"], range, "{told:#}");

    let at = |line: u32, character: u32| json!({"textDocument": {"uri": uri}, "position": {"line": line, "character": character}});
    let items = editor.ask("textDocument/completion", &at(3, 11));
    let labels: Vec<&Value> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["label"])
        .collect();
    assert_eq!(labels, ["bazaars", "counting-houses", "inns", "airships"]);
    let told = editor.ask("textDocument/hover", &at(6, 12));
    let told = told["contents"]["value"].as_str().unwrap();
    assert!(told.contains("Unsold perishable capacity"), "{told}");

    assert_eq!(editor.ask("shutdown", &Value::Null), Value::Null);
    editor.tell("exit", &Value::Null);
    let (code, told) = editor.end();
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("a message that cannot be read"), "{told}");
}

#[test]
fn an_editor_that_goes_away_ends_it() {
    let afield = Afield::with(&corpus::FILES);
    let mut editor = Editor::start(&afield, &[]);
    editor.ask("initialize", &json!({"capabilities": {}}));
    assert_eq!(editor.end(), (Some(1), String::new()));
}

#[test]
fn the_corpus_may_be_where_the_editor_works() {
    let afield = Afield::with(&corpus::FILES);
    let uri = format!("file://{}", afield.path("").display());
    for (params, is_found) in [
        (
            json!({"workspaceFolders": [{"uri": uri, "name": "a"}]}),
            true,
        ),
        (json!({"rootUri": format!("{uri}corpus/cases")}), true),
        (json!({"rootUri": null}), false),
        (json!([]), false),
    ] {
        // Another folder to start in, so that nothing is found from there.
        let elsewhere = Afield::empty();
        let mut editor = Editor::start(&elsewhere, &[]);
        let told = editor.ask("initialize", &params);
        assert_eq!(told["serverInfo"]["name"] == "afield", is_found, "{params}");
    }
}

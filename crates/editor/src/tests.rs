//! An editor and a server in one process: what is told, and what is answered.

use crate::EditorError;
use crate::completion::completion;
use crate::diagnostics::diagnostic;
use crate::hover::hover;
use crate::mend::actions;
use crate::position::{Encoding, lines};
use crate::server::Server;
use afield_corpus::{Corpus, Month, Surroundings, Vocabulary, fix, lint, parse};
use lsp_server::{Connection, Message, Notification, Request, RequestId};
use lsp_types::{CompletionItemTextEdit, Position, Range, Uri};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tempfile::TempDir;

const CASE: &str = "cases/airships/zebra.md";

const SECTORS: &str = r#"
[[group]]
id = "travel"
label = "Travel"
[[sector]]
id = "inns"
label = "Inns"
group = "travel"
definition = "Beds for a night."
aliases = ["hostels"]
[[sector]]
id = "airships"
label = "Airships"
group = "travel"
"#;

const SIGNALS: &str = r#"
[[signal]]
id = "footfall-decline"
label = "Footfall decline"
definition = "Fewer people come to the place."
indicators = ["visits", "bookings"]
[signal.scale]
half = 15.0
half_points = 5.0
half_life_months = 24.0
"#;

const ZEBRA: &str = "---
title: Zebra naps 🦓 ü
organisation: Zebra Air
sector: airships
signals: [footfall-decline]
outcome: mixed
---
## Idea

Rent out the cabins by the hour.
";

/// An editor that has greeted the server of a small corpus.
struct Editor {
    folder: TempDir,
    connection: Option<Connection>,
    server: Option<JoinHandle<Result<(), EditorError>>>,
    asked: i32,
}

impl Editor {
    fn new() -> Self {
        Self::offering(&["utf-16"])
    }

    /// An editor that can count columns in these ways.
    fn offering(encodings: &[&str]) -> Self {
        let mut editor = Self::silent();
        let encodings = json!({"general": {"positionEncodings": encodings}});
        editor.ask("initialize", json!({"capabilities": encodings}));
        editor.tell("initialized", json!({}));
        editor
    }

    /// An editor that has not said a word yet.
    fn silent() -> Self {
        let folder = folder();
        let mut server = server(folder.path());
        let (near, far) = Connection::memory();
        Self {
            folder,
            connection: Some(near),
            server: Some(thread::spawn(move || server.run(&far))),
            asked: 0,
        }
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}", self.folder.path().join(path).display())
    }

    fn connection(&self) -> &Connection {
        self.connection.as_ref().unwrap()
    }

    fn tell(&self, method: &str, params: Value) {
        let note = Notification::new(method.to_owned(), params);
        self.connection().sender.send(note.into()).unwrap();
    }

    /// The answer to a request, `result` or `error`; notifications on the way are passed over.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.asked += 1;
        let request = Request::new(RequestId::from(self.asked), method.to_owned(), params);
        self.connection().sender.send(request.into()).unwrap();
        loop {
            if let Message::Response(response) = self.hear() {
                return serde_json::to_value(response).unwrap();
            }
        }
    }

    fn hear(&self) -> Message {
        let heard = self
            .connection()
            .receiver
            .recv_timeout(Duration::from_secs(30));
        heard.unwrap()
    }

    /// Opens a file as it stands in the editor, and gives its findings.
    fn open(&self, path: &str, text: &str) -> Vec<Value> {
        let item =
            json!({"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": item}));
        self.findings(path)
    }

    fn change(&self, path: &str, text: &str) -> Vec<Value> {
        let id = json!({"uri": self.uri(path), "version": 2});
        let changes = json!([{"text": text}]);
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": id, "contentChanges": changes}),
        );
        self.findings(path)
    }

    /// The findings that are told next for a file.
    fn findings(&self, path: &str) -> Vec<Value> {
        loop {
            let Message::Notification(note) = self.hear() else {
                continue;
            };
            assert_eq!(note.method, "textDocument/publishDiagnostics");
            if note.params["uri"] == self.uri(path) {
                return note.params["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    fn at(&self, path: &str, line: u32, character: u32) -> Value {
        json!({
            "textDocument": {"uri": self.uri(path)},
            "position": {"line": line, "character": character},
        })
    }

    /// How the server ended after all that was said.
    fn end(mut self) -> Result<(), EditorError> {
        self.connection = None;
        self.server.take().unwrap().join().unwrap()
    }
}

/// The small corpus.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [
        ("sectors.toml", SECTORS),
        ("signals.toml", SIGNALS),
        (CASE, ZEBRA),
    ] {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    folder
}

fn server(root: &Path) -> Server {
    Server::new(Some(root), || Month::new(2024, 6)).unwrap()
}

fn with_code<'a>(findings: &'a [Value], code: &str) -> Option<&'a Value> {
    findings.iter().find(|finding| finding["code"] == code)
}

#[test]
fn findings_stand_where_they_belong() {
    let check = |encoding: &str, columns: (u32, u32)| {
        let editor = Editor::offering(&["utf-8", encoding]);
        let text = ZEBRA.replace(
            "outcome: mixed",
            "metrics: [{ name: \"🦓ü\", colour: grey }]",
        );
        let findings = editor.open(CASE, &text);
        let finding = with_code(&findings, "unknown-key").unwrap();
        let range = json!({
            "start": {"line": 5, "character": columns.0},
            "end": {"line": 5, "character": columns.1},
        });
        assert_eq!(finding["range"], range, "{encoding}: {finding:#}");
        assert_eq!(finding["source"], "afield");
    };
    check("utf-16", (25, 31));
    check("utf-32", (24, 30));
}

#[test]
fn findings_go_when_the_text_is_set_right() {
    let editor = Editor::new();
    let findings = editor.open(CASE, &ZEBRA.replace("airships\n", "airshps\n"));
    let finding = with_code(&findings, "unknown-sector").unwrap();
    assert_eq!(
        finding["range"],
        json!({"start": {"line": 3, "character": 8}, "end": {"line": 3, "character": 15}})
    );
    assert_eq!(finding["severity"], 1);
    let message = finding["message"].as_str().unwrap();
    assert!(message.contains("\ndid you mean"), "{message}");
    assert!(with_code(&editor.change(CASE, ZEBRA), "unknown-sector").is_none());
    editor.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": editor.uri(CASE)}}),
    );
    assert!(editor.findings(CASE).is_empty());
}

#[test]
fn what_is_not_saved_counts_no_more_once_it_is_closed() {
    let editor = Editor::new();
    editor.open(CASE, "no front matter");
    editor.tell(
        "textDocument/didClose",
        json!({"textDocument": {"uri": editor.uri(CASE)}}),
    );
    editor.findings(CASE);
    let findings = editor.open(CASE, ZEBRA);
    assert!(with_code(&findings, "missing-key").is_some());
    assert!(with_code(&findings, "no-front-matter").is_none());
}

#[test]
fn vocabularies_are_checked_as_they_are_saved() {
    let editor = Editor::new();
    assert_eq!(
        editor.open("signals.toml", SIGNALS),
        Vec::<Value>::new(),
        "as shipped"
    );
    let broken = SIGNALS.replace("half = 15.0", "half = -1.0");
    fs::write(editor.folder.path().join("signals.toml"), &broken).unwrap();
    editor.change("signals.toml", &broken);
    editor.tell(
        "textDocument/didSave",
        json!({"textDocument": {"uri": editor.uri("signals.toml")}}),
    );
    let findings = editor.findings("signals.toml");
    assert_eq!(findings[0]["code"], "bad-number", "{findings:#?}");
}

#[test]
fn files_of_other_tools_are_read_when_the_editor_tells_of_them() {
    let editor = Editor::new();
    editor.open(CASE, ZEBRA);
    let second = "cases/inns/zebra.md";
    let file = editor.folder.path().join(second);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, ZEBRA).unwrap();
    let changes = json!({"changes": [{"uri": editor.uri(second), "type": 1}]});
    editor.tell("workspace/didChangeWatchedFiles", changes);
    editor.findings(CASE);
    let findings = editor.open(second, ZEBRA);
    assert!(
        with_code(&findings, "duplicate-id").is_some(),
        "{findings:#?}"
    );
}

/// The labels and texts that are offered at the `|` of a text.
fn offered(editor: &mut Editor, text: &str) -> Vec<(String, String)> {
    let mut marked = text.split('\n').enumerate();
    let (line, column) = marked
        .find_map(|(line, text)| Some((line, text.find('|')?)))
        .unwrap();
    editor.open(CASE, &text.replace('|', ""));
    let at = editor.at(CASE, line as u32, column as u32);
    let answer = editor.ask("textDocument/completion", at);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = answer["result"].as_array().unwrap().iter();
    let offer = items.map(|item| (text(&item["label"]), text(&item["textEdit"]["newText"])));
    offer.collect()
}

#[test]
fn words_are_offered_wherever_they_may_stand() {
    let check = |text: &str, expected: &[&str]| {
        let offers = offered(&mut Editor::new(), text);
        let labels: Vec<&str> = offers.iter().map(|(label, _)| label.as_str()).collect();
        assert_eq!(labels, expected, "{text}");
    };
    check("---\ntitle: A\nsector: in|\n---\n", &["inns", "airships"]);
    check("---\nsignals: [f|]\n---\n", &["footfall-decline"]);
    check("---\nsignals: [a, |\n---\n", &["footfall-decline"]);
    check("---\nsignals:\n  - foot|\n---\n", &["footfall-decline"]);
    check(
        "---\nthis is: [broken\noutcome: |\n---\n",
        &["worked", "mixed", "failed", "unknown"],
    );
    check("---\nevidence: |", &["A", "B", "C", "D"]);
    check(
        "---\nborrowed_basis: |\n---\n",
        &["stated-in-source", "comparison-by-commentator"],
    );
    check("---\nborrowed_from: [|]\n---\n", &["inns", "airships"]);
    check("---\ntitle: |\n---\n", &[]);
    check("---\ntitle: A\n---\nsector: |\n", &[]);
    check("sec|\n", &[]);
}

#[test]
fn keys_are_offered_that_are_not_there_the_required_first() {
    let offers = offered(
        &mut Editor::new(),
        "---\ntitle: A\nsec|\nyears: 2012\n---\n",
    );
    let labels: Vec<&str> = offers.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels[..3], ["organisation", "sector", "signals"]);
    assert!(labels.contains(&"caveat") && !labels.contains(&"years"));
    assert_eq!(offers[1].1, "sector: ");
    let offers = offered(&mut Editor::new(), "---\nsec|: inns\n---\n");
    assert_eq!(offers[2], ("sector".to_owned(), "sector".to_owned()));
    let offers = offered(&mut Editor::new(), "+++\nsec|\n+++\n");
    assert_eq!(offers[2].1, "sector = ");
    let offers = offered(&mut Editor::new(), "+++\nsector = |\n+++\n");
    assert_eq!(offers[0].1, "\"inns\"");
}

#[test]
fn offers_say_what_they_mean_and_replace_what_is_written() {
    let mut editor = Editor::new();
    editor.open(CASE, "---\nsector: \"in\"\n---\n");
    let at = editor.at(CASE, 1, 11);
    let answer = editor.ask("textDocument/completion", at);
    let item = &answer["result"][0];
    assert_eq!(item["detail"], "Inns");
    let told = item["documentation"]["value"].as_str().unwrap();
    assert!(told.contains("Beds for a night."), "{told}");
    assert_eq!(
        item["textEdit"]["range"],
        json!({"start": {"line": 1, "character": 9}, "end": {"line": 1, "character": 11}})
    );
}

#[test]
fn a_word_is_explained() {
    let mut editor = Editor::new();
    let text = ZEBRA.replace("sector: airships", "sector: inns");
    editor.open(CASE, &text);
    let mut check = |line: u32, column: u32, parts: &[&str]| {
        let at = editor.at(CASE, line, column);
        let answer = editor.ask("textDocument/hover", at);
        let told = answer["result"]["contents"]["value"].as_str();
        for part in parts {
            assert!(told.is_some_and(|told| told.contains(part)), "{answer:#}");
        }
        assert_eq!(told.is_some(), !parts.is_empty(), "{answer:#}");
    };
    check(
        3,
        9,
        &[
            "**Inns** (`inns`)",
            "Beds for a night.",
            "hostels",
            "Group: Travel",
        ],
    );
    check(4, 12, &["Footfall decline", "Indicators: visits, bookings"]);
    check(4, 3, &["`signals` (required)"]);
    check(5, 10, &["`mixed`"]);
    check(1, 10, &[]);
    check(9, 3, &[]);
    check(99, 99, &[]);
}

#[test]
fn what_is_safe_to_mend_is_offered_as_an_edit() {
    let mut editor = Editor::new();
    let text = "---\ntitle: A\nsignals: Footfall decline\noutcome: mixed\n---\nBody.\n";
    editor.open(CASE, text);
    let mut check = |only: Option<&str>, kinds: &[&str]| {
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let mut params = editor.at(CASE, 0, 0);
        let start = params["position"].take();
        params["range"] = json!({"start": start, "end": start});
        params["context"] = context;
        let answer = editor.ask("textDocument/codeAction", params);
        let actions = answer["result"].as_array().unwrap();
        let found: Vec<&Value> = actions.iter().map(|action| &action["kind"]).collect();
        assert_eq!(found, kinds, "{answer:#}");
        for action in actions {
            let edits = &action["edit"]["changes"][editor.uri(CASE)];
            assert_eq!(edits[0]["newText"], "signals: [footfall-decline]\n");
            let range =
                json!({"start": {"line": 2, "character": 0}, "end": {"line": 3, "character": 0}});
            assert_eq!(edits[0]["range"], range);
        }
    };
    check(None, &["quickfix", "source.fixAll"]);
    check(Some("source"), &["source.fixAll"]);
    check(Some("source.fixAll"), &["source.fixAll"]);
    check(Some("refactor"), &[]);
}

#[test]
fn what_is_not_understood_is_refused_and_nothing_ends() {
    let mut editor = Editor::new();
    let mut refused = |method: &str, params: Value, code: i32| {
        let answer = editor.ask(method, params);
        assert_eq!(answer["error"]["code"], code, "{method}: {answer:#}");
    };
    refused("textDocument/rename", json!({}), -32601);
    refused("textDocument/hover", json!({"position": "here"}), -32602);
    refused("textDocument/completion", json!(null), -32602);
    refused("textDocument/codeAction", json!([[[]]]), -32602);
    refused("initialize", json!({}), -32600);
    for params in [json!(null), json!({"textDocument": 7}), json!([1])] {
        for method in ["didOpen", "didChange", "didClose", "didSave"] {
            editor.tell(&format!("textDocument/{method}"), params.clone());
        }
        editor.tell("$/setTrace", params);
    }
    // A file elsewhere has no findings, and a part of a text no place.
    let item = json!({"uri": "untitled:A", "languageId": "markdown", "version": 1, "text": "---"});
    editor.tell("textDocument/didOpen", json!({"textDocument": item}));
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}});
    editor.tell(
        "textDocument/didChange",
        json!({
            "textDocument": {"uri": editor.uri(CASE), "version": 9},
            "contentChanges": [{"range": range, "text": "x"}],
        }),
    );
    assert!(!editor.open(CASE, ZEBRA).is_empty());
}

#[test]
fn an_end_is_orderly_only_after_shutdown() {
    let mut editor = Editor::new();
    assert_eq!(editor.ask("shutdown", json!(null))["result"], json!(null));
    let late = editor.ask("textDocument/hover", json!({}));
    assert_eq!(late["error"]["code"], -32600);
    editor.tell("exit", json!(null));
    assert!(editor.end().is_ok());

    let editor = Editor::new();
    editor.tell("exit", json!(null));
    assert!(matches!(editor.end(), Err(EditorError::Abandoned)));
    assert!(matches!(Editor::new().end(), Err(EditorError::Abandoned)));

    let mut early = Editor::silent();
    early.tell("textDocument/didOpen", json!({}));
    let refused = early.ask("textDocument/hover", json!({}));
    assert_eq!(refused["error"]["code"], -32002);
}

/// Texts as they stand in an editor at any moment: pieces of cases, and anything else.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "---",
        "+++",
        "\n",
        "\r\n",
        "\r",
        ": ",
        "=",
        "[",
        "]",
        ",",
        "- ",
        "\"",
        "'",
        "#",
        "sector",
        "signals",
        "footfall-decline",
        "inns",
        " ",
        "🦓",
        "ü",
        "\u{feff}",
        "{",
        "(",
        "|",
        "&a",
        "*a",
        "\n---\n",
        "\nsignals: Footfall decline\n",
        "sector: inns \n",
        "title: a: b\r\n",
    ]);
    let pieces = prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces.prop_map(|text| format!("---\n{text}")), 1 => ".{0,60}"]
}

/// The small corpus, and its words.
static FOLDER: LazyLock<TempDir> = LazyLock::new(folder);
static WORDS: LazyLock<Vocabulary> =
    LazyLock::new(|| Corpus::read(FOLDER.path()).unwrap().vocabulary);

/// A message as no editor should send it, and as every editor does.
fn message() -> impl Strategy<Value = Message> {
    let uri = format!("file://{}", FOLDER.path().join(CASE).display());
    let methods = prop::sample::select(vec![
        "initialize",
        "shutdown",
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "textDocument/didSave",
        "textDocument/completion",
        "textDocument/hover",
        "textDocument/codeAction",
        "workspace/didChangeWatchedFiles",
        "$/cancelRequest",
        "",
    ]);
    let place = || (0..9_u32, 0..30_u32);
    let params = (text(), place(), place()).prop_map(move |(text, start, end)| {
        let [start, end] = [start, end].map(|(line, at)| json!({"line": line, "character": at}));
        json!({
            "textDocument": {"uri": uri, "languageId": "", "version": 1, "text": text},
            "contentChanges": [{"text": text}],
            "position": start,
            "range": {"start": start, "end": end},
            "context": {"diagnostics": [], "only": ["quickfix"]},
        })
    });
    let broken = prop_oneof![
        Just(json!(null)),
        Just(json!([1, "a"])),
        Just(json!({"textDocument": {"uri": 7}})),
        Just(json!({"textDocument": {"uri": "file://%%%"}, "position": {"line": -1}})),
    ];
    let params = prop_oneof![4 => params, 1 => broken];
    (methods, params, any::<bool>()).prop_map(|(method, params, asks)| {
        let method = method.to_owned();
        if asks {
            Request::new(RequestId::from(1), method, params).into()
        } else {
            Notification::new(method, params).into()
        }
    })
}

proptest! {
    #[test]
    fn no_message_ends_it(messages in prop::collection::vec(message(), 0..12)) {
        let (near, far) = Connection::memory();
        let asked = messages.iter().filter(|message| matches!(message, Message::Request(_)));
        let asked = asked.count() + 1;
        near.sender.send(Request::new(RequestId::from(0), "initialize".to_owned(), json!({})).into()).unwrap();
        for message in messages {
            near.sender.send(message).unwrap();
        }
        near.sender.send(Notification::new("exit".to_owned(), json!(null)).into()).unwrap();
        // Whether that was orderly is up to a `shutdown` among them.
        server(FOLDER.path()).run(&far).ok();
        drop(far);
        let answers = near.receiver.iter().filter(|heard| matches!(heard, Message::Response(_)));
        prop_assert_eq!(answers.count(), asked);
    }

    #[test]
    fn no_text_at_any_place_brings_it_down(
        text in text(),
        line in prop_oneof![0..12_u32, Just(u32::MAX)],
        character in prop_oneof![0..30_u32, Just(u32::MAX)],
    ) {
        let position = Position::new(line, character);
        let around = Surroundings {
            root: None,
            vocabulary: &WORDS,
            files: &BTreeSet::new(),
            today: Month::new(2024, 6),
        };
        let findings = lint(&[parse("cases/a.md", "a", &text)], around);
        for encoding in [Encoding::Utf16, Encoding::Utf32] {
            let lines = lines(&text);
            for item in completion(&lines, position, &WORDS, encoding) {
                let Some(CompletionItemTextEdit::TextEdit(edit)) = item.text_edit else {
                    panic!("no edit: {item:?}");
                };
                // What the protocol asks of it: it is on the line, and holds the place.
                let Range { start, end } = edit.range;
                prop_assert!(start.line == line && end.line == line && start <= end);
                prop_assert!(start.character <= character);
            }
            hover(&lines, position, &WORDS, encoding);
            for finding in &findings {
                let range = diagnostic(finding, &lines, encoding).range;
                prop_assert!(range.start <= range.end && (range.end.line as usize) < lines.len());
            }
        }
    }

    #[test]
    fn a_mend_in_the_editor_is_what_check_mends(text in text()) {
        let fixed = fix(&text, &WORDS).text;
        for encoding in [Encoding::Utf16, Encoding::Utf32] {
            let actions = actions(&Uri(String::new()), &text, None, &WORDS, encoding);
            prop_assert_eq!(actions.is_empty(), fixed == text);
            let Some(edit) = actions.into_iter().next().and_then(|action| action.edit) else {
                continue;
            };
            let edit = edit.changes.unwrap().remove(&Uri(String::new())).unwrap().remove(0);
            let byte = |position: Position| {
                let lines = lines(&text);
                let line = lines[position.line as usize];
                let start = line.as_ptr().addr() - text.as_ptr().addr();
                start + encoding.byte(line, position.character)
            };
            let (start, end) = (byte(edit.range.start), byte(edit.range.end));
            prop_assert_eq!(format!("{}{}{}", &text[..start], edit.new_text, &text[end..]), fixed.clone());
        }
    }
}

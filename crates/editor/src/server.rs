//! The loop: messages in, answers and findings out.

use crate::EditorError;
use crate::completion::completion;
use crate::diagnostics::diagnostic;
use crate::document::{Document, below, file};
use crate::hover::hover;
use crate::mend;
use crate::position::{Encoding, lines};
use afield_corpus::{Corpus, Month, Vocabulary, nearest_corpus, parse};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeAction, CodeActionParams, CompletionParams, Diagnostic, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, HoverParams, Position,
    PublishDiagnosticsParams, TextDocumentContentChangeEvent as Change, TextDocumentPositionParams,
    TextDocumentSyncKind, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Findings wait until no message has come for so long, so that typing does not queue work.
const QUIET: Duration = Duration::from_millis(150);

/// What is answered to a request.
type Answer = Result<Value, (ErrorCode, String)>;

/// How far the conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    New,
    Ready,
    Down,
}

/// A corpus, and the files of it that an editor has open.
#[derive(Debug)]
pub(crate) struct Server {
    /// Unknown until the editor says where it works.
    root: Option<PathBuf>,
    today: fn() -> Month,
    corpus: Corpus,
    /// By the address that the editor gave them.
    documents: BTreeMap<String, Document>,
    encoding: Encoding,
    stage: Stage,
    /// Whether findings may be others than those that were told.
    unchecked: bool,
    /// Whether files may be others than those that were read.
    unread: bool,
}

impl Server {
    /// Reads the corpus, if it is known yet.
    pub(crate) fn new(root: Option<&Path>, today: fn() -> Month) -> Result<Self, EditorError> {
        Ok(Self {
            root: root.map(Path::to_owned),
            today,
            corpus: root.map(Corpus::read).transpose()?.unwrap_or_default(),
            documents: BTreeMap::new(),
            encoding: Encoding::Utf16,
            stage: Stage::New,
            unchecked: false,
            unread: false,
        })
    }

    /// Answers until the editor leaves.
    pub(crate) fn run(&mut self, connection: &Connection) -> Result<(), EditorError> {
        // Where nobody listens any more, the next message is the end of them.
        let send = |message: Message| connection.sender.send(message).unwrap_or_default();
        loop {
            let message = if self.unchecked {
                match connection.receiver.recv_timeout(QUIET) {
                    Err(error) if error.is_timeout() => {
                        self.check().into_iter().for_each(send);
                        continue;
                    }
                    message => message.ok(),
                }
            } else {
                connection.receiver.recv().ok()
            };
            match message {
                Some(Message::Request(request)) => send(self.answer(request).into()),
                Some(Message::Notification(note)) if note.method != "exit" => {
                    self.note(note).into_iter().for_each(send);
                }
                Some(Message::Response(_)) => {}
                _ if self.stage == Stage::Down => return Ok(()),
                _ => return Err(EditorError::Abandoned),
            }
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        let refused = |code, told: &str| Err((code, format!("`{method}` {told}")));
        let answer = match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => self.initialize(&params),
            (Stage::New, _) => refused(ErrorCode::ServerNotInitialized, "before `initialize`"),
            (Stage::Down, _) => refused(ErrorCode::InvalidRequest, "after `shutdown`"),
            (Stage::Ready, "initialize") => refused(ErrorCode::InvalidRequest, "twice"),
            (Stage::Ready, "shutdown") => {
                self.stage = Stage::Down;
                Ok(Value::Null)
            }
            (Stage::Ready, "textDocument/completion") => {
                asked(params, |asked: CompletionParams| {
                    let found = self.at(&asked.text_document_position_params, completion);
                    found.unwrap_or_default()
                })
            }
            (Stage::Ready, "textDocument/hover") => asked(params, |asked: HoverParams| {
                self.at(&asked.text_document_position_params, hover)
                    .flatten()
            }),
            (Stage::Ready, "textDocument/codeAction") => {
                asked(params, |asked: CodeActionParams| self.actions(&asked))
            }
            _ => refused(ErrorCode::MethodNotFound, "is not known"),
        };
        match answer {
            Ok(value) => Response::new_ok(id, value),
            Err((code, told)) => Response::new_err(id, code as i32, told),
        }
    }

    fn initialize(&mut self, params: &Value) -> Answer {
        if self.root.is_none() {
            let root = workspace(params).ok_or_else(|| {
                let told = "no corpus here to write in: open the folder that holds `corpus/`, \
                            or start `afield lsp --corpus DIR`";
                (ErrorCode::RequestFailed, told.to_owned())
            })?;
            let read = Corpus::read(&root);
            self.corpus = read.map_err(|error| (ErrorCode::RequestFailed, error.to_string()))?;
            self.root = Some(root);
        }
        self.encoding = Encoding::negotiated(params);
        self.stage = Stage::Ready;
        Ok(json!({
            "capabilities": {
                "positionEncoding": self.encoding.kind(),
                "textDocumentSync": { "openClose": true, "change": TextDocumentSyncKind::Full, "save": true },
                "completionProvider": { "triggerCharacters": [" ", "[", ","] },
                "hoverProvider": true,
                "codeActionProvider": { "codeActionKinds": mend::KINDS },
            },
            "serverInfo": { "name": "afield", "version": env!("CARGO_PKG_VERSION") },
        }))
    }

    /// What is to be said of a place of an open case.
    fn at<T>(
        &self,
        at: &TextDocumentPositionParams,
        say: impl FnOnce(&[&str], Position, &Vocabulary, Encoding) -> T,
    ) -> Option<T> {
        let document = self.case(&at.text_document.uri)?;
        let lines = lines(&document.text);
        let told = say(&lines, at.position, &self.corpus.vocabulary, self.encoding);
        Some(told)
    }

    fn actions(&self, params: &CodeActionParams) -> Vec<CodeAction> {
        let uri = &params.text_document.uri;
        let only = params.context.only.as_deref();
        let vocabulary = &self.corpus.vocabulary;
        let actions = self
            .case(uri)
            .map(|case| mend::actions(uri, &case.text, only, vocabulary, self.encoding));
        actions.unwrap_or_default()
    }

    /// An open file that is written in markdown, as cases are.
    fn case(&self, uri: &Uri) -> Option<&Document> {
        let document = self.documents.get(&uri.0)?;
        document.is_markdown().then_some(document)
    }

    /// Takes note of what the editor tells; findings that are to go are the answer.
    fn note(&mut self, note: Notification) -> Option<Message> {
        let Notification { method, params } = note;
        if self.stage != Stage::Ready {
            return None;
        }
        match method.as_str() {
            "textDocument/didOpen" => {
                let opened: DidOpenTextDocumentParams = read(&method, params)?;
                let item = opened.text_document;
                // A file elsewhere is none of ours.
                let document = Document {
                    path: below(self.root.as_deref()?, &item.uri.0)?,
                    text: item.text,
                    version: item.version,
                };
                self.documents.insert(item.uri.0, document);
                (self.unchecked, self.unread) = (true, true);
                None
            }
            "textDocument/didChange" => {
                let changed: DidChangeTextDocumentParams = read(&method, params)?;
                let id = changed.text_document;
                let uri = &id.text_document_identifier.uri.0;
                let document = self.documents.get_mut(uri)?;
                document.version = id.version;
                for change in changed.content_changes {
                    match change {
                        Change::TextDocumentContentChangeWholeDocument(whole) => {
                            document.text = whole.text;
                        }
                        // What was asked for are whole texts.
                        Change::TextDocumentContentChangePartial(_) => {
                            tracing::warn!("a part of a text is passed over: `{uri}`");
                        }
                    }
                }
                self.unchecked = true;
                None
            }
            "textDocument/didClose" => {
                let closed: DidCloseTextDocumentParams = read(&method, params)?;
                let uri = closed.text_document.uri;
                self.documents.remove(&uri.0)?;
                // What was not saved counts no more.
                (self.unchecked, self.unread) = (true, true);
                Some(publish(uri, None, Vec::new()))
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                (self.unchecked, self.unread) = (true, true);
                None
            }
            _ => None,
        }
    }

    /// The findings of every open file, as the files stand in the editor.
    fn check(&mut self) -> Vec<Message> {
        let unread = self.unread;
        (self.unchecked, self.unread) = (false, false);
        let Some(root) = &self.root else {
            return Vec::new();
        };
        if unread {
            match Corpus::read(root) {
                Ok(corpus) => self.corpus = corpus,
                Err(error) => tracing::warn!("the corpus cannot be read: {error}"),
            }
        }
        for document in self.documents.values() {
            let mut cases = self.corpus.cases.iter_mut();
            if let Some(parsed) = cases.find(|parsed| parsed.case.path == document.path) {
                *parsed = parse(&document.path, &parsed.case.id, &document.text);
            }
        }
        let findings = self.corpus.lint(root, (self.today)());
        let told = self.documents.iter().map(|(uri, document)| {
            let lines = lines(&document.text);
            let own = findings
                .iter()
                .filter(|finding| finding.path == document.path);
            let own = own.map(|finding| diagnostic(finding, &lines, self.encoding));
            publish(Uri(uri.clone()), Some(document.version), own.collect())
        });
        told.collect()
    }
}

/// The corpus of the folders that an editor works in, from the parameters of `initialize`.
fn workspace(params: &Value) -> Option<PathBuf> {
    let folders = params["workspaceFolders"].as_array().into_iter().flatten();
    let addresses = folders
        .map(|folder| &folder["uri"])
        .chain([&params["rootUri"]]);
    let mut folders = addresses.filter_map(|address| file(address.as_str()?));
    folders.find_map(|folder| nearest_corpus(&folder))
}

fn publish(uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) -> Message {
    let params = PublishDiagnosticsParams {
        uri,
        version,
        diagnostics,
    };
    Notification::new("textDocument/publishDiagnostics".to_owned(), params).into()
}

/// Reads the parameters of a request and writes its answer.
fn asked<P: DeserializeOwned, R: Serialize>(params: Value, answer: impl FnOnce(P) -> R) -> Answer {
    let params = serde_json::from_value(params);
    let params = params.map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
    let answer = serde_json::to_value(answer(params));
    answer.map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// Reads the parameters of a notification.
fn read<P: DeserializeOwned>(method: &str, params: Value) -> Option<P> {
    let read = serde_json::from_value(params);
    read.inspect_err(|error| tracing::warn!("`{method}` cannot be read: {error}"))
        .ok()
}

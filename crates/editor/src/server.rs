//! The loop: messages in, answers and findings out.

use crate::EditorError;
use crate::completion::completion;
use crate::diagnostics::diagnostic;
use crate::document::{Document, below, file};
use crate::hover::hover;
use crate::mend;
use crate::position::{Encoding, lines};
use afield_corpus::{Corpus, Month, nearest_corpus, parse};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CompletionOptions, CompletionParams,
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    HoverParams, InitializeResult, PublishDiagnosticsParams, SaveOptions, ServerCapabilities,
    ServerInfo, TextDocumentContentChangeEvent, TextDocumentPositionParams, TextDocumentSyncKind,
    TextDocumentSyncOptions, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
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
        let answer = match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => self.initialize(&params),
            (Stage::New, _) => {
                let told = "`initialize` comes first".to_owned();
                Err((ErrorCode::ServerNotInitialized, told))
            }
            (Stage::Down, _) | (_, "initialize") => {
                let told = format!("`{method}` comes too late");
                Err((ErrorCode::InvalidRequest, told))
            }
            (Stage::Ready, "shutdown") => {
                self.stage = Stage::Down;
                Ok(Value::Null)
            }
            (Stage::Ready, "textDocument/completion") => {
                asked(params, |params: CompletionParams| {
                    let at = params.text_document_position_params;
                    let items = self.at(&at, |lines| {
                        let vocabulary = &self.corpus.vocabulary;
                        completion(lines, at.position, vocabulary, self.encoding)
                    });
                    items.unwrap_or_default()
                })
            }
            (Stage::Ready, "textDocument/hover") => asked(params, |params: HoverParams| {
                let at = params.text_document_position_params;
                let vocabulary = &self.corpus.vocabulary;
                let told = |lines: &[&str]| hover(lines, at.position, vocabulary, self.encoding);
                self.at(&at, told).flatten()
            }),
            (Stage::Ready, "textDocument/codeAction") => {
                asked(params, |params: CodeActionParams| self.actions(&params))
            }
            _ => {
                let told = format!("`{method}` is not known");
                Err((ErrorCode::MethodNotFound, told))
            }
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
        let capabilities = ServerCapabilities {
            position_encoding: Some(self.encoding.kind()),
            text_document_sync: Some(
                TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(TextDocumentSyncKind::Full),
                    save: Some(SaveOptions::default().into()),
                    ..TextDocumentSyncOptions::default()
                }
                .into(),
            ),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some([" ", "[", ","].map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            hover_provider: Some(true.into()),
            code_action_provider: Some(
                CodeActionOptions {
                    code_action_kinds: Some(vec![
                        CodeActionKind::QuickFix,
                        CodeActionKind::SourceFixAll,
                    ]),
                    ..CodeActionOptions::default()
                }
                .into(),
            ),
            ..ServerCapabilities::default()
        };
        let version = env!("CARGO_PKG_VERSION").to_owned();
        written(&InitializeResult {
            capabilities,
            server_info: Some(ServerInfo::new("afield".to_owned(), Some(version))),
        })
    }

    /// Looks at the lines of an open case.
    fn at<T>(&self, at: &TextDocumentPositionParams, look: impl FnOnce(&[&str]) -> T) -> Option<T> {
        let document = self.documents.get(&at.text_document.uri.0)?;
        document.is_markdown().then(|| look(&lines(&document.text)))
    }

    fn actions(&self, params: &CodeActionParams) -> Vec<lsp_types::CodeAction> {
        let uri = &params.text_document.uri;
        let document = self.documents.get(&uri.0);
        let Some(document) = document.filter(|document| document.is_markdown()) else {
            return Vec::new();
        };
        let only = params.context.only.as_deref();
        let vocabulary = &self.corpus.vocabulary;
        mend::actions(uri, &document.text, only, vocabulary, self.encoding)
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
                        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(
                            whole,
                        ) => document.text = whole.text,
                        // What was asked for are whole texts.
                        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(_) => {
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

fn publish(uri: Uri, version: Option<i32>, diagnostics: Vec<lsp_types::Diagnostic>) -> Message {
    let params = PublishDiagnosticsParams {
        uri,
        version,
        diagnostics,
    };
    Notification::new("textDocument/publishDiagnostics".to_owned(), params).into()
}

/// Reads the parameters of a request and writes its answer.
fn asked<P: DeserializeOwned, R: Serialize>(params: Value, answer: impl FnOnce(P) -> R) -> Answer {
    match serde_json::from_value(params) {
        Ok(params) => written(&answer(params)),
        Err(error) => Err((ErrorCode::InvalidParams, error.to_string())),
    }
}

fn written(answer: &impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}

/// Reads the parameters of a notification.
fn read<P: DeserializeOwned>(method: &str, params: Value) -> Option<P> {
    let read = serde_json::from_value(params);
    read.inspect_err(|error| tracing::warn!("`{method}` cannot be read: {error}"))
        .ok()
}

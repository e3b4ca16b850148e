//! What went wrong, what to do about it, and the exit code: the one place that maps errors of the libraries.

use crate::output::Talk;
use afield_corpus::LoadError;
use afield_index::IndexError;
use afield_server::ServeError;
use afield_server::keys::KeysError;
use std::error::Error;
use std::fmt::Display;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// Exit code of a usage or tool error.
pub(crate) const MISUSE: u8 = 2;
/// Exit code when the corpus or the index is missing or unusable.
pub(crate) const UNUSABLE: u8 = 3;

/// A failure as a user meets it.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Each told on its own line; empty when the reader of our output has gone away.
    messages: Vec<String>,
    hint: Option<String>,
    code: u8,
}

impl Failure {
    /// Something typed wrongly, or a file that could not be used.
    pub(crate) fn misuse(message: impl Into<String>) -> Self {
        Self::all(vec![message.into()])
    }

    /// Several things typed wrongly.
    pub(crate) fn all(messages: Vec<String>) -> Self {
        Self {
            messages,
            hint: None,
            code: MISUSE,
        }
    }

    /// A corpus or an index that cannot be used.
    pub(crate) fn unusable(message: impl Into<String>) -> Self {
        Self {
            code: UNUSABLE,
            ..Self::misuse(message)
        }
    }

    /// A file that could not be read or written.
    pub(crate) fn file(action: &str, path: &Path, error: &io::Error) -> Self {
        Self::misuse(format!("failed to {action} `{}`: {error}", path.display()))
    }

    /// The same with advice.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The advice that goes with it, if any.
    pub(crate) fn advice(&self) -> &str {
        self.hint.as_deref().unwrap_or_default()
    }

    /// Tells it on stderr and gives the exit code.
    pub(crate) fn report(&self, talk: &Talk) -> ExitCode {
        for message in &self.messages {
            talk.error(message);
        }
        if let Some(hint) = &self.hint {
            talk.hint(hint);
        }
        ExitCode::from(if self.messages.is_empty() {
            0
        } else {
            self.code
        })
    }
}

/// One line, without the hint.
impl Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.messages.join("; "))
    }
}

/// An error while the answer is written. A closed pipe is no failure: whoever read it has seen enough.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self {
                messages: Vec::new(),
                hint: None,
                code: 0,
            },
            _ => Self::misuse(format!("failed to write the answer: {error}")),
        }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::unusable(chain(&error))
            .hint("name a folder of case studies with `--corpus DIR` or `AFIELD_CORPUS`")
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        let told = chain(&error);
        match error {
            ServeError::Index(error) => error.into(),
            ServeError::Keys(error) => error.into(),
            ServeError::Open { .. } => Self::misuse(told)
                .hint("make a key with `afield keys new NAME`, or listen on 127.0.0.1"),
            ServeError::Bind { .. } => {
                Self::misuse(told).hint("choose another port with `--port`; 0 takes a free one")
            }
            _ => Self::misuse(told),
        }
    }
}

impl From<IndexError> for Failure {
    fn from(error: IndexError) -> Self {
        let told = chain(&error);
        let hint = match &error {
            _ if is_full(&told) => {
                "free some space, or choose a folder on another disk with `--index DIR`; an index that was there still answers"
            }
            IndexError::Corpus(_) => {
                "name a folder of case studies with `--corpus DIR` or `AFIELD_CORPUS`"
            }
            IndexError::Foreign { .. } => {
                "choose another folder with `--index DIR`, or delete this one if it is an old index"
            }
            IndexError::Busy { .. } => "wait until it is done, then run this again",
            IndexError::Io { .. } => {
                "choose a folder that can be written with `--index DIR` or `AFIELD_INDEX`"
            }
            // The engine does not always say why its writer ended.
            IndexError::Engine(_) => {
                "see that the disk of the index has room, then rebuild it with `afield index --rebuild`"
            }
            _ => "rebuild it with `afield index --rebuild`",
        };
        Self::unusable(told).hint(hint)
    }
}

impl From<KeysError> for Failure {
    fn from(error: KeysError) -> Self {
        let failure = Self::misuse(chain(&error));
        match &error {
            KeysError::Missing { .. } => failure.hint(
                "make a first key with `afield keys new NAME`, or name another file with `--keys FILE`",
            ),
            KeysError::Io { .. } => failure
                .hint("run this as the owner of the file, or name another with `--keys FILE` or `AFIELD_KEYS`"),
            KeysError::Broken { .. } => {
                failure.hint("set that line right by hand; nothing was changed")
            }
            KeysError::Taken { .. } => {
                failure.hint("choose another name, or revoke that key first: `afield keys revoke NAME`")
            }
            KeysError::Unknown { nearest: None, .. } => {
                failure.hint("`afield keys list` names them all")
            }
            _ => failure,
        }
    }
}

/// Whether an error comes from a full disk. The engine passes some errors on as text only.
fn is_full(told: &str) -> bool {
    told.contains("No space left on device") || told.contains("not enough space on the disk")
}

/// An error with its causes; a cause that is told already is not told again.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}

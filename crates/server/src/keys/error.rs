//! What can go wrong with keys.

use super::Date;
use std::path::{Path, PathBuf};

/// Why keys could not be read, changed or kept. No text of it holds a key or a hash.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeysError {
    /// There is no key file.
    #[error("there is no key file `{}`", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The system refused a file operation.
    #[error("failed to {action} `{}`", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text of the key file is at fault.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A text is no name for a key.
    #[error("`{name}` cannot be the name of a key: use 1 to 64 of `a` to `z`, `0` to `9` and `-`")]
    Name {
        /// The text.
        name: String,
    },
    /// Another key has the name.
    #[error("there is a key `{name}` already")]
    Taken {
        /// The name.
        name: String,
    },
    /// No key has the name.
    #[error("unknown key `{name}`{}", meant(nearest.as_deref()))]
    Unknown {
        /// The name as written.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// A text is no scope.
    #[error("unknown scope `{text}`{}", meant(*nearest))]
    UnknownScope {
        /// The text as written.
        text: String,
        /// The scope that was probably meant.
        nearest: Option<&'static str>,
    },
    /// A key that is good for nothing.
    #[error("a key needs a scope: `read` or `metrics`")]
    NoScope,
    /// A new key that would have expired already.
    #[error("a key that expires on {expires} could not be used: that day is past")]
    Past {
        /// The day.
        expires: Date,
    },
    /// The system has no random bytes to make a key of.
    #[error("the system gave no random bytes")]
    Random(#[source] getrandom::Error),
}

impl KeysError {
    /// Maps an I/O error, naming what was tried and where.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }
}

/// The end of a sentence about something unknown.
pub(super) fn meant(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| {
        format!("; did you mean `{nearest}`?")
    })
}

//! What can go wrong with an index.

use std::path::PathBuf;

/// Why an index could not be made, kept or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The corpus folder cannot be read.
    #[error(transparent)]
    Corpus(#[from] afield_corpus::LoadError),
    /// The folder holds something that afield did not make; it is left alone.
    #[error("`{}` is not empty and was not made by afield", path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// There is no index, or it is not sound, and it was not to be made.
    #[error("no usable index at `{}`", path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// Another process is writing, and this one was not to wait.
    #[error("another process is writing the index at `{}`", path.display())]
    Busy {
        /// The folder.
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
    /// The engine refused.
    #[error("the index engine failed")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A sidecar file does not hold what it should.
    #[error("`{}` is damaged", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
    },
}

impl IndexError {
    /// Maps an I/O error, naming what was tried and where.
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}

/// The engine's own errors stay inside: what leaves is only their message.
impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self::Engine(Box::new(error))
    }
}

/// An error with all its causes, on one line.
pub fn in_full(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        told += &format!(": {error}");
        cause = error.source();
    }
    told
}

//! From a folder to texts: the one place that reads files.

mod read;
mod walk;

pub use read::{Text, read, read_case};
pub use walk::{Failed, Found, Skipped, Walk, walk};

use std::io;
use std::path::PathBuf;

/// Why a folder cannot be a corpus.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is nothing at the path.
    #[error("no folder at `{}`", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
    },
    /// There is something else at the path.
    #[error("`{}` is not a folder", path.display())]
    NotAFolder {
        /// The path as given.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot read the folder `{}`", path.display())]
    Unreadable {
        /// The path as given.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

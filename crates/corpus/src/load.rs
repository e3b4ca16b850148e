//! From a folder to texts: the one place that reads files.

mod read;
mod walk;

pub use read::{Text, read, read_case};
pub use walk::{Failed, Found, Skipped, Walk, walk};

use std::io;
use std::path::{Path, PathBuf};

/// The nearest `corpus/` at or above a folder. It has `cases/` or `sectors.toml`: a folder that is merely called so is not
/// taken for one.
pub fn nearest_corpus(from: &Path) -> Option<PathBuf> {
    let is_corpus =
        |folder: &PathBuf| folder.join("cases").is_dir() || folder.join("sectors.toml").is_file();
    let mut folders = from.ancestors().map(|folder| folder.join("corpus"));
    folders.find(is_corpus)
}

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

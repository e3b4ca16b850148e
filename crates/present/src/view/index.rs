//! What became of every file that a run of the indexer found.

use serde::Serialize;

/// The account of a run: `found = indexed + skipped + failed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexingView {
    /// Files found under the corpus.
    pub found: usize,
    /// Files that are in the index now, changed or not.
    pub indexed: usize,
    /// Of those, files that had not changed.
    pub unchanged: usize,
    /// Of those, files that were new or had changed.
    pub written: usize,
    /// Cases that left the index because their file is gone.
    pub removed: usize,
    /// Indexed files in which something is wrong; `check` names it.
    pub problems: usize,
    /// Files that are not cases, each with its reason.
    pub skipped: Vec<RefusedView>,
    /// Files that could not be read, each with its reason.
    pub failed: Vec<RefusedView>,
    /// The generation that the index now is at.
    pub generation: String,
    /// Whether this run changed the index.
    pub changed: bool,
    /// Passages of all cases, and phrases of the vocabulary, that are searched by meaning.
    pub passages: usize,
    /// Of those, texts that were encoded in this run.
    pub encoded: usize,
    /// Of those, texts that are not encoded.
    pub not_encoded: usize,
}

/// A file that is not in the index, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedView {
    /// The file, relative to the corpus.
    pub path: String,
    /// Why.
    pub reason: String,
}

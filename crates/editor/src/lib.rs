//! afield in editors: a language server over standard input and output.
//!
//! [`serve`] reads a corpus once and then answers an editor: findings of the files that are open, as they stand in the
//! editor; what may be written at a place of the front matter; what an id means. Nothing here writes a file.

mod completion;
mod diagnostics;
mod document;
mod front;
mod hover;
mod mend;
mod position;
mod server;
mod stdio;
#[cfg(test)]
mod tests;
mod words;

use afield_corpus::{LoadError, Month};
use server::Server;
use std::path::Path;

/// Why a language server ended otherwise than it should.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditorError {
    /// The corpus cannot be read.
    #[error(transparent)]
    Corpus(#[from] LoadError),
    /// The editor left without saying so first.
    #[error("the editor went away without `shutdown`")]
    Abandoned,
}

/// Serves the editor at standard input and output until it leaves. Without a `root` the corpus is looked for in and above
/// the folders that the editor works in; `today` is asked at every check.
///
/// # Errors
///
/// If the corpus cannot be read, or the editor leaves without `shutdown`.
pub fn serve(root: Option<&Path>, today: fn() -> Month) -> Result<(), EditorError> {
    let mut server = Server::new(root, today)?;
    stdio::with(|connection| server.run(connection))
}

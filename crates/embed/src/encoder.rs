//! The encoder: text in, vector out.

use crate::weights::Weights;
use crate::wordpiece::WordPiece;
use crate::{Vector, forward};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::sync::{Mutex, OnceLock, PoisonError};

/// How many briefs are remembered: about two megabytes.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(1_024).expect("above 0");

/// The sentence encoder. Holds no more than its vocabulary's index and a few norms, since the matrices are read where they
/// are compiled in; many threads may use it at once.
#[derive(Debug)]
pub struct Encoder {
    pieces: WordPiece,
    weights: Weights,
    remembered: Mutex<LruCache<String, Vector>>,
}

impl Encoder {
    /// The one encoder of this process, made when it is first asked for: some milliseconds.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Encoder> = OnceLock::new();
        SHARED.get_or_init(|| Self {
            pieces: WordPiece::read(),
            weights: Weights::read(),
            remembered: Mutex::new(LruCache::new(REMEMBERED)),
        })
    }

    /// The vector of a text. What goes beyond 256 word pieces, some 200 words, is not read. Any text has a vector,
    /// also an empty one.
    pub fn encode(&self, text: &str) -> Vector {
        forward::encode(&self.weights, &self.pieces.encode(text))
    }

    /// The same, remembered: asking again for one of the last thousand texts costs a look.
    pub fn recall(&self, text: &str) -> Vector {
        let remembered = || {
            self.remembered
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(vector) = remembered().get(text) {
            return vector.clone();
        }
        // Not while the lock is held: others may ask meanwhile.
        let vector = self.encode(text);
        remembered().put(text.to_owned(), vector.clone());
        vector
    }

    /// The word pieces of a text, by their numbers in the vocabulary: at most 256, the first and the last being marks.
    pub fn pieces(&self, text: &str) -> Vec<u32> {
        self.pieces.encode(text)
    }
}

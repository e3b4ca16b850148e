//! Text to vector.
//!
//! The sentence encoder all-MiniLM-L6-v2 (Reimers and Gurevych, *Sentence-BERT*, 2019; Wang et al., *Deep self-attention distillation*, 2020) is compiled
//! in with its vocabulary and run here: no network, no other runtime, nothing to install. Texts that mean
//! much the same get vectors that point much the same way, whatever their words. What a case is, is not known here.
//!
//! ```
//! let encoder = afield_embed::Encoder::shared();
//! let [a, b, c] = ["fewer people visit our shops", "footfall is falling", "a recipe for pancakes"]
//!     .map(|text| encoder.encode(text));
//! assert!(a.cosine(&b) > a.cosine(&c));
//! ```
//!
//! The products of matrices are sums of whole numbers, and what is left of floating point is added in a fixed order without
//! fused operations, so a text has the same vector, to the last bit, on every machine.

mod encoder;
mod forward;
mod kernel;
mod math;
mod rows;
mod vector;
mod weights;
mod wordpiece;

pub use encoder::Encoder;
pub use rows::Rows;
pub use vector::{Packed, Probe, Vector};

/// Numbers in a vector.
pub const DIMENSIONS: usize = 384;

/// What made a vector: two vectors can be compared only if this is the same for both.
pub const MODEL: &str = "all-MiniLM-L6-v2/int8/1";

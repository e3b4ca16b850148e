//! What each fuzz target does with its input, and what must hold whatever that is.
//!
//! `tests/fuzz.rs` takes the same functions to the inputs that are kept, without a fuzzer. Bytes that are not UTF-8 are
//! replaced first, as they are when a corpus is read. A function that returns has found nothing wrong.

mod case;
mod places;
mod query;
mod vocabulary;

pub use case::{front_matter, markdown};
pub use query::Index;
pub use vocabulary::vocabulary;

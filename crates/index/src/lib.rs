//! Which cases could answer.
mod candidate;
mod query;
pub use candidate::{Candidate, Field, PerField, Statistics, TermStatistics};
pub use query::{Facet, FacetCounts, Filters, Query, QueryWord, Recall, SignalReading};

/// At most this many candidates are handed to ordering.
pub const RECALL_LIMIT: usize = 1_000;

/// What is known of an index as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexInfo {
    /// Cases in it.
    pub cases: u64,
    /// Changes with every commit.
    pub generation: String,
    /// Version of the index format.
    pub format: u32,
}
/// A reader's view of one generation of an index.
#[derive(Debug)]
pub struct Snapshot {}

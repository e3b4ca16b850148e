//! Which cases could answer.
//!
//! A folder of case studies becomes an embedded index that is kept in step with it ([`refresh()`], [`open_fresh`]);
//! a [`Snapshot`] of it reads a brief ([`Snapshot::read`]) and recalls candidates ([`Snapshot::recall`]) as ids and
//! plain numbers. In what order they answer is not known here: see `afield-rank`.
//!
//! The only crate that knows of tantivy, and no type of it leaves. The markdown is the source of truth, and the
//! index a cache: safe to delete, rebuilt by itself when its format changes.

mod analyze;
mod candidate;
mod columns;
mod directory;
mod document;
mod error;
mod fingerprint;
mod fusion;
mod manifest;
mod meaning;
mod narrow;
mod propose;
mod query;
mod read;
mod recall;
mod refresh;
mod schema;
mod signals;
mod snapshot;
mod store;
mod suggest;
mod syntax;
mod terms;
#[cfg(test)]
mod tests;
mod watch;
mod write;

pub use candidate::{Candidate, Field, PerField, Statistics, TermStatistics};
pub use document::facet_values;
pub use error::{IndexError, in_full};
pub use meaning::cache::FILE as VECTORS;
pub use meaning::encode::{ENCODED_UNASKED, EncodeOptions, EncodeReport, bundle, encode};
pub use meaning::{Encoded, Meaning};
pub use narrow::{Refusal, Wanted};
pub use propose::propose;
pub use query::{
    Facet, FacetCounts, Filters, IndexInfo, Query, QueryWord, Semantic, SignalReading,
};
pub use read::resolve;
pub use recall::Recall;
pub use refresh::{Progress, RefreshOptions, Report, refresh};
pub use snapshot::{Freshness, Snapshot, open, open_fresh};
pub use store::Location;
pub use suggest::{Suggestion, SuggestionKind};
pub use watch::{Watch, WatchEvent};

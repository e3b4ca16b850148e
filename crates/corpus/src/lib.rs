//! What a case study is.
//!
//! A corpus is a folder: case studies as markdown, one file, one idea; and, beside them, vocabularies and
//! observations as TOML. This crate turns such files into plain values and diagnostics. It knows nothing of
//! indexes, queries or output, and only [`load`] touches the disk.

mod case;
mod catalogue;
mod date;
mod diagnostic;
mod draft;
mod fence;
mod fields;
mod fix;
mod front_matter;
mod header;
mod html;
mod lines;
pub mod lint;
pub mod load;
mod markdown;
mod nearest;
mod observation;
mod parse;
mod rescue;
mod resolve;
pub mod schema;
mod slug;
mod value;
mod vocabulary;
mod write;
mod years;

pub use case::{Block, Case, Grade, Metric, Outcome, Section, SectionKind, Source, Years};
pub use catalogue::{Catalogue, load_catalogue};
pub use date::{Month, Period};
pub use diagnostic::{Diagnostic, Place, Severity};
pub use draft::{Draft, Slot};
pub use fix::{Fixed, Mended, fix};
pub use header::Header;
pub use lint::{CheckReport, Corpus, Surroundings, check, lint};
pub use load::{
    Failed, Found, LoadError, Skipped, Text, Walk, nearest_corpus, read, read_case, walk,
};
pub use markdown::Link;
pub use nearest::nearest;
pub use observation::{Baseline, Direction, Figure, FigureSource, Series, SeriesKind};
pub use parse::{Parsed, parse};
pub use resolve::{Resolved, Unknown};
pub use vocabulary::{Entry, Role, Scale, Sector, Signal, Vocabulary};

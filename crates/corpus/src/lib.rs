//! What a case study is.
//!
//! A corpus is a folder: case studies as markdown, one file, one idea; and, beside them, vocabularies and
//! observations as TOML. This crate turns such files into plain values and diagnostics. It knows nothing of
//! indexes, queries or output, and only [`load`] touches the disk.

mod case;
mod date;
mod diagnostic;
mod observation;
mod vocabulary;

pub use case::{Block, Case, Grade, Metric, Outcome, Section, SectionKind, Source, Years};
pub use date::{Month, Period};
pub use diagnostic::{Diagnostic, Place, Severity};
pub use observation::{Baseline, Direction, Figure, FigureSource, Series, SeriesKind};
pub use vocabulary::{Entry, Role, Scale, Sector, Signal, Vocabulary};

//! The only values that are serialised: what the terminal prints as JSON and the API answers.
//!
//! Names are snake case; a value that is not known is `null` or an empty list, and its key is always there.
//!
//! The views that the API answers say their own JSON schema, under the name of the view without `View`. The comments on
//! their fields are its descriptions, and speak of JSON.

mod case;
mod check;
mod coverage;
mod doctor;
mod eval;
mod facet;
mod index;
mod mechanism;
mod related;
mod schema;
mod search;
mod sector;
mod signal;
mod suggestion;
mod why;

pub use case::{CaseView, MetricView, SectionView};
pub use check::{CheckSummary, CheckView, DiagnosticView};
pub use coverage::{Cell, CoverageView, CoveredSector, CoveredWord, Hole, SourceAges};
pub use doctor::{DoctorView, Finding};
pub use eval::{
    AblationView, CellsView, CrossValidationView, DifferenceView, EvalView, MeasuresView,
    PairsView, TopicView,
};
pub use facet::{FacetListView, FacetValue};
pub use index::{IndexingView, RefusedView};
pub use mechanism::{MechanismEntry, MechanismsView};
pub use related::{RelatedHit, RelatedView};
pub use search::{
    CaseName, DistanceView, FacetsView, Highlight, HitView, IndexView, PartsView, QueryView,
    ReadAs, SearchView, SimilarityView, SnippetView, SourceView,
};
pub use sector::{
    CurvePoint, FigureSourceView, ObservationView, ObservedView, SectorEntry, SectorView,
    SectorsView, SignalStressView, StressView,
};
pub use signal::{ScaleView, SignalEntry, SignalView, SignalsView};
pub use suggestion::{SuggestionEntry, SuggestionsView};
pub use why::{ObstacleView, ScoreView, WhyView};

use afield_corpus::Vocabulary;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// An id with its label: JSON has the id alone, text shows the label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Stable id.
    pub id: String,
    /// What users read; the id where the vocabulary does not have it.
    pub label: String,
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}

impl Tag {
    fn new(id: &str, label: String) -> Self {
        Self {
            id: id.to_owned(),
            label,
        }
    }

    fn list(ids: &[String], label: impl Fn(&str) -> String) -> Vec<Self> {
        ids.iter()
            .map(|id| Self {
                id: id.clone(),
                label: label(id),
            })
            .collect()
    }
}

/// A sector's id and label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SectorName {
    /// Stable id.
    pub id: String,
    /// What users read; the id where the vocabulary does not have it.
    pub label: String,
}

impl SectorName {
    pub(crate) fn new(vocabulary: &Vocabulary, id: &str) -> Self {
        Self {
            id: id.to_owned(),
            label: crate::words::sector(vocabulary, id),
        }
    }
}

/// First and last year; the last is [`None`] while it goes on.
pub type YearsView = (i32, Option<i32>);

/// An empty text as not known.
fn known(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

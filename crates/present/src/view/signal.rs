//! The vocabulary of stress signals, with what the corpus has for each.

use super::Tag;
use crate::words;
use afield_corpus::{Signal, Vocabulary};
use afield_index::{Facet, FacetCounts};
use serde::Serialize;
use utoipa::ToSchema;

/// All signals, in the order of the vocabulary.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Signals)]
pub struct SignalsView {
    /// The signals.
    pub signals: Vec<SignalEntry>,
}

impl SignalsView {
    /// The view of a vocabulary, with counts over the whole index. Without a vocabulary: the ids that cases use.
    pub fn new(vocabulary: &Vocabulary, counts: &FacetCounts) -> Self {
        let used = counts.get(&Facet::Signal);
        let count = |id: &str| used.and_then(|used| used.get(id)).copied().unwrap_or(0);
        let listed = vocabulary.signals.iter().map(|signal| SignalEntry {
            id: signal.id.clone(),
            label: signal.label.clone(),
            definition: signal.definition.clone(),
            cases: count(&signal.id),
        });
        let known = |id: &str| vocabulary.signals.iter().any(|signal| signal.id == id);
        let unlisted =
            used.into_iter()
                .flatten()
                .filter(|(id, _)| !known(id))
                .map(|(id, &cases)| SignalEntry {
                    id: id.clone(),
                    label: id.clone(),
                    definition: String::new(),
                    cases,
                });
        Self {
            signals: listed.chain(unlisted).collect(),
        }
    }
}

/// One signal in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct SignalEntry {
    /// Stable id.
    pub id: String,
    /// What users read.
    pub label: String,
    /// What it means; may be empty.
    pub definition: String,
    /// Cases that acted under it.
    pub cases: u64,
}

/// One signal, whole.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Signal)]
pub struct SignalView {
    /// Stable id.
    pub id: String,
    /// What users read.
    pub label: String,
    /// What it means; may be empty.
    pub definition: String,
    /// Other words for it: all of them are understood in a brief.
    pub aliases: Vec<String>,
    /// What one would measure to see it.
    pub indicators: Vec<String>,
    /// Domain-free phrases that often go with it.
    pub patterns: Vec<String>,
    /// How its severity is read off a figure.
    pub scale: ScaleView,
    /// Cases that acted under it.
    pub cases: u64,
    /// Sectors with a series that shows it.
    pub observed_in: Vec<Tag>,
}

/// How a signal's severity is read off a figure: half-pressed at `half`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Scale)]
pub struct ScaleView {
    /// Percent change that counts as half-pressed.
    #[schema(exclusive_minimum = 0)]
    pub half: f64,
    /// Change in percentage points that counts as half-pressed.
    #[schema(exclusive_minimum = 0)]
    pub half_points: f64,
    /// Months after the last figure in which the severity halves.
    #[schema(exclusive_minimum = 0)]
    pub half_life_months: f64,
    /// Why these numbers; may be empty.
    pub note: String,
}

impl SignalView {
    /// The view of a signal; `observed_in` are the ids of the sectors with a series that shows it.
    pub fn new(
        signal: &Signal,
        vocabulary: &Vocabulary,
        counts: &FacetCounts,
        observed_in: &[String],
    ) -> Self {
        let cases = counts
            .get(&Facet::Signal)
            .and_then(|used| used.get(&signal.id))
            .copied()
            .unwrap_or(0);
        let scale = &signal.scale;
        Self {
            id: signal.id.clone(),
            label: signal.label.clone(),
            definition: signal.definition.clone(),
            aliases: signal.aliases.clone(),
            indicators: signal.indicators.clone(),
            patterns: signal.patterns.clone(),
            scale: ScaleView {
                half: scale.half,
                half_points: scale.half_points,
                half_life_months: scale.half_life_months,
                note: scale.note.clone(),
            },
            cases,
            observed_in: Tag::list(observed_in, |id| words::sector(vocabulary, id)),
        }
    }
}

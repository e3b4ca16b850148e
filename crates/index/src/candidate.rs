//! What recall hands to ordering: ids and plain numbers.

use crate::Meaning;
use afield_corpus::{Grade, Outcome, Years};

/// The fields of a case that words are counted in, in the order they are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The problem in the words of other sectors.
    Asks,
    /// The problem the organisation had.
    Challenge,
    /// The problem in domain-free phrases.
    Pattern,
    /// The title.
    Title,
    /// Organisation, and the labels of sector, signals and mechanisms.
    Tags,
    /// How the idea works.
    Idea,
    /// What came of it.
    Outcome,
    /// Everything else.
    Body,
}

impl Field {
    /// Number of fields.
    pub const COUNT: usize = 8;
    /// All fields, in layout order: `ALL[field as usize] == field`.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Asks,
        Self::Challenge,
        Self::Pattern,
        Self::Title,
        Self::Tags,
        Self::Idea,
        Self::Outcome,
        Self::Body,
    ];

    /// The name that explanations use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Asks => "asks",
            Self::Challenge => "challenge",
            Self::Pattern => "pattern",
            Self::Title => "title",
            Self::Tags => "tags",
            Self::Idea => "idea",
            Self::Outcome => "outcome",
            Self::Body => "body",
        }
    }
}

/// One number for each [`Field`], indexed by `field as usize`.
pub type PerField<T> = [T; Field::COUNT];

/// A case that could answer.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Candidate {
    /// The case's id.
    pub id: String,
    /// Where the index keeps it; only good within the snapshot that gave it.
    pub address: u64,
    /// How often each query term occurs in each field: one entry for each of [`Statistics::terms`], in that order.
    pub frequencies: Vec<PerField<u32>>,
    /// Words in each field, stop words included.
    pub lengths: PerField<u32>,
    /// Sector id.
    pub sector: Option<String>,
    /// Who acted.
    pub organisation: String,
    /// Signal ids.
    pub signals: Vec<String>,
    /// Mechanism ids.
    pub mechanism: Vec<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// Evidence grade.
    pub evidence: Option<Grade>,
    /// When it acted.
    pub years: Option<Years>,
    /// Number of sources.
    pub sources: u32,
    /// Sector ids, or free words, of where it has been taken up.
    pub adopted_in: Vec<String>,
    /// Tells nearly equal texts: the fewer bits two fingerprints differ in, the more alike the words.
    pub fingerprint: u64,
    /// How much it means what the brief means; [`None`] where meaning was not asked for, or is not known yet.
    pub meaning: Option<Meaning>,
}

/// What recall knows of the query's words and of the whole index.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Statistics {
    /// Cases in the index.
    pub cases: u64,
    /// Mean number of words in each field, over all cases.
    pub mean_lengths: PerField<f64>,
    /// The query's terms.
    pub terms: Vec<TermStatistics>,
    /// Whether candidates were compared by meaning.
    pub by_meaning: bool,
    /// How surely the brief means each signal, whatever its words: ids with a strength above 0, up to 1.
    pub meant_signals: Vec<(String, f64)>,
}

/// One term of the query.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct TermStatistics {
    /// The term as the index has it: folded and stemmed.
    pub stem: String,
    /// The word as it was typed.
    pub word: String,
    /// Cases that have it.
    pub document_frequency: u64,
}

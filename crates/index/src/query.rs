//! What was asked, as plain values.

use std::collections::{BTreeMap, BTreeSet};

/// A brief as afield read it. Made by [`crate::Snapshot::read`], which cannot fail.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Query {
    /// The brief as it was typed.
    pub text: String,
    /// The part of it that describes the problem, to be searched by its meaning; [`None`] for words alone.
    pub meaning: Option<String>,
    /// The words that are searched, in order, each stem once.
    pub words: Vec<QueryWord>,
    /// Phrases that must occur, as stems; stop words are gaps (`None`).
    pub phrases: Vec<Vec<Option<String>>>,
    /// Words and phrases that must not occur, as stems; stop words are gaps (`None`).
    pub excluded: Vec<Vec<Option<String>>>,
    /// Facets that narrow the answer, those written in the brief (`sector:retail`) included.
    pub filters: Filters,
    /// Stress signals that the brief speaks of.
    pub signals: Vec<SignalReading>,
    /// Stop words that were left out, as typed, each once.
    pub ignored: Vec<String>,
    /// Words that the index does not have and what was searched instead: as typed, then as corrected.
    pub corrected: Vec<(String, String)>,
    /// What a user should know about how the brief was read, as sentences.
    pub notes: Vec<String>,
}

/// Whether briefs are searched by what they mean, beside their words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Semantic {
    /// Always: what has no vector yet is encoded first, however much it is.
    On,
    /// Never: by words alone.
    Off,
    /// As far as there are vectors.
    #[default]
    Auto,
}

/// A word of the brief.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct QueryWord {
    /// As typed, in lower case.
    pub word: String,
    /// As the index has it.
    pub stem: String,
}

/// A stress signal found in the brief.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct SignalReading {
    /// The signal's id.
    pub id: String,
    /// The label or alias that was recognised.
    pub phrase: String,
    /// How surely the brief means it, 0 to 1.
    pub strength: f64,
}

/// A property of cases that can be filtered by and counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Sector; a group covers its leaves.
    Sector,
    /// Stress signal.
    Signal,
    /// Mechanism.
    Mechanism,
    /// Business function.
    Function,
    /// Role; a role group covers its roles.
    Role,
    /// Journey stage.
    Journey,
    /// Channel.
    Channel,
    /// Region.
    Region,
    /// Outcome.
    Outcome,
    /// Evidence grade.
    Evidence,
}

impl Facet {
    /// All facets.
    pub const ALL: [Self; 10] = [
        Self::Sector,
        Self::Signal,
        Self::Mechanism,
        Self::Function,
        Self::Role,
        Self::Journey,
        Self::Channel,
        Self::Region,
        Self::Outcome,
        Self::Evidence,
    ];

    /// The name that flags, parameters, query syntax and answers use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sector => "sector",
            Self::Signal => "signal",
            Self::Mechanism => "mechanism",
            Self::Function => "function",
            Self::Role => "role",
            Self::Journey => "journey",
            Self::Channel => "channel",
            Self::Region => "region",
            Self::Outcome => "outcome",
            Self::Evidence => "evidence",
        }
    }
}

/// What narrows an answer: one of the values within a facet, all facets together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Filters {
    /// Values of which a case must have one, for each facet; groups are already spread over their leaves.
    pub any: BTreeMap<Facet, BTreeSet<String>>,
    /// Values of which a case must have none.
    pub none: BTreeMap<Facet, BTreeSet<String>>,
    /// First year: the case still acted then or later.
    pub since: Option<i32>,
    /// Last year: the case had begun by then.
    pub until: Option<i32>,
    /// Case ids that are left out.
    pub not_ids: BTreeSet<String>,
}

/// How many cases have each value of each facet.
pub type FacetCounts = BTreeMap<Facet, BTreeMap<String, u64>>;

/// What is known of an index as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexInfo {
    /// Cases in it.
    pub cases: u64,
    /// Tells its content: the same corpus has the same generation on any machine.
    pub generation: String,
    /// Version of the index format.
    pub format: u32,
}

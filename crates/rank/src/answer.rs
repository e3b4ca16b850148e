//! What a search answers, as plain values. How it looks is the business of `afield-present`.

use crate::Explanation;
use crate::signal::problem::MEANT;
use afield_corpus::{Case, Month};
use afield_index::{FacetCounts, IndexInfo, Query, Statistics};

/// How the asker wants the list ordered.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// The asker's own sector, as a sector or group id; its cases are left out and named apart.
    pub home: Option<String>,
    /// How far from home ideas may come from.
    pub dial: Dial,
    /// The date as of which stress is read.
    pub as_of: Month,
    /// Relevance only: no shaping by stress, distance, evidence or novelty, no diversity, home cases stay.
    pub plain: bool,
    /// How many hits to answer, at least 1.
    pub limit: usize,
    /// How many hits to pass over.
    pub offset: usize,
}

impl Request {
    /// The first five ideas, any distance, without a home sector.
    pub fn new(as_of: Month) -> Self {
        Self {
            home: None,
            dial: Dial::Mix,
            as_of,
            plain: false,
            limit: 5,
            offset: 0,
        }
    }
}

/// The distance dial.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dial {
    /// Sectors built much like home.
    Near,
    /// Sectors with some likeness.
    Mid,
    /// Sectors built unlike home.
    Far,
    /// Wherever the same problem is; the default.
    #[default]
    Mix,
}

impl Dial {
    /// All positions.
    pub const ALL: [Self; 4] = [Self::Near, Self::Mid, Self::Far, Self::Mix];

    /// The word that flags and answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Mid => "mid",
            Self::Far => "far",
            Self::Mix => "mix",
        }
    }
}

/// How good the answer is as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing is about the problem.
    None,
    /// What there is shares words with the problem and little more.
    Weak,
    /// Some ideas are about part of the problem.
    Partial,
    /// Ideas are about the problem.
    Strong,
}

impl Verdict {
    /// All verdicts, worst first.
    pub const ALL: [Self; 4] = [Self::None, Self::Weak, Self::Partial, Self::Strong];

    /// The word that answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Weak => "weak",
            Self::Partial => "partial",
            Self::Strong => "strong",
        }
    }
}

/// The answer to a brief.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Answer {
    /// The brief as it was read.
    pub query: Query,
    /// What was made of it.
    pub reading: Reading,
    /// How the asker wanted it ordered.
    pub request: Request,
    /// How good the answer is as a whole.
    pub verdict: Verdict,
    /// The page of hits, best first.
    pub hits: Vec<Hit>,
    /// Up to three cases of the home sector about the same problem, best first.
    pub already_at_home: Vec<Case>,
    /// Signals nearest to the brief, best first: what to try when the verdict is weak or none.
    pub nearest_signals: Vec<String>,
    /// Hits over all pages.
    pub total: usize,
    /// How many hits, over all pages, are of each sector, signal, mechanism, outcome and evidence grade.
    pub facets: FacetCounts,
    /// What the asker should know, as sentences.
    pub warnings: Vec<String>,
    /// The index that answered.
    pub index: IndexInfo,
}

impl Answer {
    /// An answer without hits.
    pub fn new(query: Query, request: Request) -> Self {
        Self {
            query,
            reading: Reading::default(),
            request,
            verdict: Verdict::None,
            hits: Vec::new(),
            already_at_home: Vec::new(),
            nearest_signals: Vec::new(),
            total: 0,
            facets: FacetCounts::new(),
            warnings: Vec::new(),
            index: IndexInfo::default(),
        }
    }
}

/// What was made of a brief, beside its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reading {
    /// Whether cases were compared by meaning, and not by words alone.
    pub by_meaning: bool,
    /// Signals that it speaks of, surest first, then those that it surely means.
    pub signals: Vec<String>,
}

impl Reading {
    /// What a query and the statistics of its recall tell.
    pub(crate) fn new(query: &Query, statistics: &Statistics) -> Self {
        let mut signals: Vec<String> = query.signals.iter().map(|read| read.id.clone()).collect();
        let mut meant: Vec<&(String, f64)> = statistics.meant_signals.iter().collect();
        meant.retain(|(id, strength)| *strength >= MEANT && !signals.contains(id));
        meant.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        signals.extend(meant.into_iter().map(|(id, _)| id.clone()));
        Self {
            by_meaning: statistics.by_meaning,
            signals,
        }
    }
}

/// One idea.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Hit {
    /// The case.
    pub case: Case,
    /// Its place in the whole list, from 1.
    pub rank: usize,
    /// The score and its parts.
    pub explanation: Explanation,
    /// Ids of cases that tell the same idea and are not listed themselves.
    pub also: Vec<String>,
}

impl Hit {
    /// A case at its place, from 1, in the whole list.
    pub fn new(case: Case, rank: usize, explanation: Explanation) -> Self {
        Self {
            case,
            rank,
            explanation,
            also: Vec::new(),
        }
    }
}

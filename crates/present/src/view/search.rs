//! The answer to a brief.

use super::{SectorName, Tag, YearsView, known};
use crate::{snippet, why, words};
use afield_corpus::{Case, Source, Vocabulary};
use afield_index::{Facet, FacetCounts, IndexInfo, Query};
use afield_rank::{Answer, Band, Distance, Explanation, Hit};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// Finds the words of a text that match the brief: spans of characters, end excluded, in order.
pub type Highlight<'a> = &'a dyn Fn(&str) -> Vec<(usize, usize)>;

/// The answer to a brief.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchView {
    /// What was asked and how it was read.
    pub query: QueryView,
    /// How good the answer is: `strong`, `partial`, `weak` or `none`.
    pub verdict: String,
    /// The page of hits, best first.
    pub hits: Vec<HitView>,
    /// Up to three cases of the home sector about the same problem.
    pub already_at_home: Vec<CaseName>,
    /// Signals nearest to the brief; only there when the verdict is `weak` or `none`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub nearest_signals: Vec<Tag>,
    /// Hits over all pages.
    pub total: usize,
    /// Most hits on a page.
    pub limit: usize,
    /// Hits passed over.
    pub offset: usize,
    /// How many matching cases have each value.
    pub facets: FacetsView,
    /// What the asker should know, as sentences.
    pub warnings: Vec<String>,
    /// How long the answer took.
    pub took_ms: u64,
    /// The index that answered.
    pub index: IndexView,
}

impl SearchView {
    /// The view of an answer. `highlight` marks the brief's words in a text.
    pub fn new(
        answer: &Answer,
        vocabulary: &Vocabulary,
        highlight: Highlight<'_>,
        took: Duration,
    ) -> Self {
        let nearest: &[String] = match answer.verdict {
            afield_rank::Verdict::Weak | afield_rank::Verdict::None => &answer.nearest_signals,
            _ => &[],
        };
        Self {
            query: QueryView::new(&answer.query, answer.request.home.as_deref(), vocabulary),
            verdict: answer.verdict.id().to_owned(),
            hits: answer
                .hits
                .iter()
                .map(|hit| HitView::new(hit, vocabulary, highlight))
                .collect(),
            already_at_home: answer.already_at_home.iter().map(CaseName::new).collect(),
            nearest_signals: Tag::list(nearest, |id| words::signal(vocabulary, id)),
            total: answer.total,
            limit: answer.request.limit,
            offset: answer.request.offset,
            facets: FacetsView::new(&answer.facets),
            warnings: answer.warnings.clone(),
            took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
            index: IndexView::new(&answer.index),
        }
    }
}

/// What was asked and how it was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueryView {
    /// The brief as it was typed.
    pub text: String,
    /// The asker's own sector.
    #[serde(rename = "for")]
    pub home: Option<Tag>,
    /// How the brief was read.
    pub read_as: ReadAs,
}

impl QueryView {
    pub(crate) fn new(query: &Query, home: Option<&str>, vocabulary: &Vocabulary) -> Self {
        let signals: Vec<String> = query
            .signals
            .iter()
            .map(|signal| signal.id.clone())
            .collect();
        Self {
            text: query.text.clone(),
            home: home.map(|id| Tag {
                id: id.to_owned(),
                label: words::sector(vocabulary, id),
            }),
            read_as: ReadAs {
                signals: Tag::list(&signals, |id| words::signal(vocabulary, id)),
                terms: query.words.iter().map(|word| word.word.clone()).collect(),
                ignored: query.ignored.clone(),
                corrected: query.corrected.iter().cloned().collect(),
            },
        }
    }
}

/// How a brief was read.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadAs {
    /// Stress signals it speaks of.
    pub signals: Vec<Tag>,
    /// Words that were searched.
    pub terms: Vec<String>,
    /// Words that were left out.
    pub ignored: Vec<String>,
    /// Words that the corpus does not have, and what was searched instead.
    pub corrected: BTreeMap<String, String>,
}

/// One idea.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HitView {
    /// Its place in the whole list, from 1; its place in JSON is its place in the array.
    #[serde(skip)]
    pub rank: usize,
    /// The case's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who acted; may be empty.
    pub organisation: String,
    /// Where it happened.
    pub sector: Option<SectorName>,
    /// When.
    pub years: Option<YearsView>,
    /// Where in the world.
    pub region: Option<String>,
    /// Stress signals it acted under.
    pub signals: Vec<Tag>,
    /// How it works.
    pub mechanism: Vec<Tag>,
    /// `worked`, `mixed`, `failed` or `unknown`.
    pub outcome: String,
    /// `A`, `B`, `C` or `D`.
    pub evidence: Option<String>,
    /// How far from home; [`None`] without a home or a known sector.
    pub distance: Option<DistanceView>,
    /// The product of its parts, not rounded.
    pub score: f64,
    /// What the score is made of.
    pub score_parts: PartsView,
    /// Why it is here, in a sentence.
    pub why: String,
    /// The passage that speaks most of the brief; [`None`] for a case without text.
    pub snippet: Option<SnippetView>,
    /// Where the facts come from.
    pub sources: Vec<SourceView>,
    /// The file, relative to the corpus.
    pub path: String,
}

impl HitView {
    pub(crate) fn new(hit: &Hit, vocabulary: &Vocabulary, highlight: Highlight<'_>) -> Self {
        let case = &hit.case;
        Self {
            rank: hit.rank,
            id: case.id.clone(),
            title: case.title.clone(),
            organisation: case.organisation.clone(),
            sector: case
                .sector
                .as_deref()
                .map(|id| SectorName::new(vocabulary, id)),
            years: case.years.map(|years| (years.from, years.to)),
            region: case.region.clone(),
            signals: Tag::list(&case.signals, |id| words::signal(vocabulary, id)),
            mechanism: Tag::list(&case.mechanism, |id| words::mechanism(vocabulary, id)),
            outcome: case.outcome.id().to_owned(),
            evidence: case.evidence.map(|grade| grade.id().to_owned()),
            distance: hit.explanation.distance.map(DistanceView::new),
            score: hit.explanation.score,
            score_parts: PartsView::new(&hit.explanation),
            why: why::sentence(case, &hit.explanation, vocabulary),
            snippet: snippet::best(case, highlight),
            sources: case.sources.iter().map(SourceView::undated).collect(),
            path: case.path.clone(),
        }
    }

    /// Who, where and when, in words; what is not known is left out.
    pub(crate) fn place(&self) -> Vec<String> {
        words::place(
            &self.organisation,
            self.sector.as_ref(),
            self.years,
            self.region.as_deref(),
        )
    }
}

/// How far a sector is from home.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistanceView {
    /// 0 home, 1 unrelated.
    pub value: f64,
    /// `near`, `mid` or `far`.
    pub band: String,
}

impl DistanceView {
    pub(crate) fn new(distance: Distance) -> Self {
        Self {
            value: distance.value,
            band: band(distance.band).to_owned(),
        }
    }
}

/// The word for a band.
fn band(band: Band) -> &'static str {
    match band {
        Band::Near => "near",
        Band::Mid => "mid",
        Band::Far => "far",
    }
}

/// What a score is made of: `min(problem + text, 1) × stress × distance × evidence × novelty`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartsView {
    /// Is it the same problem?
    pub problem: f64,
    /// Do the words match elsewhere?
    pub text: f64,
    /// Was it born under pressure, and is its sector pressed now?
    pub stress: f64,
    /// How well its distance suits.
    pub distance: f64,
    /// How well it is evidenced.
    pub evidence: f64,
    /// Is it new at home?
    pub novelty: f64,
}

impl PartsView {
    pub(crate) fn new(explanation: &Explanation) -> Self {
        let parts = &explanation.parts;
        Self {
            problem: parts.problem,
            text: parts.text,
            stress: parts.stress,
            distance: parts.distance,
            evidence: parts.evidence,
            novelty: parts.novelty,
        }
    }
}

/// A passage of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SnippetView {
    /// The passage, on one line; `…` where it was cut.
    pub text: String,
    /// Words of the brief: offsets in characters into `text`, end excluded, in order.
    pub highlights: Vec<[usize; 2]>,
    /// `challenge`, `idea`, `outcome`, `carry-over` or `body`.
    pub section: String,
    /// Where its paragraph begins in the file, from 1.
    pub line: u32,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceView {
    /// Title of the page or paper.
    pub title: String,
    /// Who published it; may be empty.
    pub publisher: String,
    /// Where it is; may be empty.
    pub url: String,
    /// When it was published, as written; only told with the whole case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

impl SourceView {
    fn undated(source: &Source) -> Self {
        Self {
            date: None,
            ..Self::dated(source)
        }
    }

    pub(crate) fn dated(source: &Source) -> Self {
        Self {
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            url: source.url.clone(),
            date: known(&source.date),
        }
    }
}

/// A case by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseName {
    /// The case's id.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl CaseName {
    pub(crate) fn new(case: &Case) -> Self {
        Self {
            id: case.id.clone(),
            title: case.title.clone(),
        }
    }
}

/// How many matching cases have each value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FacetsView {
    /// By sector.
    pub sector: BTreeMap<String, u64>,
    /// By stress signal.
    pub signal: BTreeMap<String, u64>,
    /// By mechanism.
    pub mechanism: BTreeMap<String, u64>,
    /// By outcome.
    pub outcome: BTreeMap<String, u64>,
    /// By evidence grade.
    pub evidence: BTreeMap<String, u64>,
}

impl FacetsView {
    pub(crate) fn new(counts: &FacetCounts) -> Self {
        let of = |facet| counts.get(&facet).cloned().unwrap_or_default();
        Self {
            sector: of(Facet::Sector),
            signal: of(Facet::Signal),
            mechanism: of(Facet::Mechanism),
            outcome: of(Facet::Outcome),
            evidence: of(Facet::Evidence),
        }
    }
}

/// The index that answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IndexView {
    /// Cases in it.
    pub cases: u64,
    /// Changes with every update.
    pub generation: String,
    /// Version of the index format.
    pub format: u32,
}

impl IndexView {
    pub(crate) fn new(info: &IndexInfo) -> Self {
        Self {
            cases: info.cases,
            generation: info.generation.clone(),
            format: info.format,
        }
    }
}

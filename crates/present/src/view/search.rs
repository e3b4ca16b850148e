//! The answer to a brief.

use super::{SectorName, Tag, YearsView, known, schema};
use crate::{snippet, why, words};
use afield_corpus::{Case, Source, Vocabulary};
use afield_index::{Facet, FacetCounts, IndexInfo, Query};
use afield_rank::{Answer, Band, Distance, Explanation, Hit, Reading};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;
use utoipa::ToSchema;

/// Finds the words of a text that match the brief: spans of characters, end excluded, in order.
pub type Highlight<'a> = &'a dyn Fn(&str) -> Vec<(usize, usize)>;

/// The answer to a brief.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Search)]
pub struct SearchView {
    /// What was asked and how it was read.
    pub query: QueryView,
    /// How good the answer is: `strong`, `partial`, `weak` or `none`.
    #[schema(value_type = schema::Verdict)]
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
    /// How many matching cases have each value, by its id.
    pub facets: FacetsView,
    /// What the asker should know, as sentences.
    pub warnings: Vec<String>,
    /// How long the answer took, in milliseconds.
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
            query: QueryView::new(
                &answer.query,
                &answer.reading,
                answer.request.home.as_deref(),
                vocabulary,
            ),
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
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Query)]
pub struct QueryView {
    /// The brief as it was typed.
    pub text: String,
    /// The asker's own sector; null without one.
    #[serde(rename = "for")]
    #[schema(required)]
    pub home: Option<Tag>,
    /// How the brief was read.
    pub read_as: ReadAs,
}

impl QueryView {
    pub(crate) fn new(
        query: &Query,
        reading: &Reading,
        home: Option<&str>,
        vocabulary: &Vocabulary,
    ) -> Self {
        Self {
            text: query.text.clone(),
            home: home.map(|id| Tag {
                id: id.to_owned(),
                label: words::sector(vocabulary, id),
            }),
            read_as: ReadAs {
                signals: Tag::list(&reading.signals, |id| words::signal(vocabulary, id)),
                terms: query.words.iter().map(|word| word.word.clone()).collect(),
                ignored: query.ignored.clone(),
                corrected: query.corrected.iter().cloned().collect(),
                by_meaning: reading.by_meaning,
            },
        }
    }
}

/// How a brief was read.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReadAs {
    /// Stress signals it speaks of, or surely means.
    pub signals: Vec<Tag>,
    /// Words that were searched.
    pub terms: Vec<String>,
    /// Words that were left out.
    pub ignored: Vec<String>,
    /// Words that the corpus does not have, and what was searched instead.
    pub corrected: BTreeMap<String, String>,
    /// Whether cases were compared by what they mean, and not by words alone.
    pub by_meaning: bool,
}

/// One idea: a case that answers the brief.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Hit)]
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
    /// The sector it happened in; null where that is not known.
    #[schema(required)]
    pub sector: Option<SectorName>,
    /// When; null where that is not known.
    #[schema(value_type = Option<schema::Years>, required)]
    pub years: Option<YearsView>,
    /// Where in the world; null where that is not known.
    #[schema(required)]
    pub region: Option<String>,
    /// Stress signals it acted under.
    pub signals: Vec<Tag>,
    /// How it works.
    pub mechanism: Vec<Tag>,
    /// What came of it: `worked`, `mixed`, `failed` or `unknown`.
    #[schema(value_type = schema::Outcome)]
    pub outcome: String,
    /// How well that is evidenced, `A` best to `D`; null where it is not graded.
    #[schema(value_type = Option<schema::Evidence>, required)]
    pub evidence: Option<String>,
    /// How far from home; null without a home or a known sector.
    #[schema(required)]
    pub distance: Option<DistanceView>,
    /// The product of its parts, not rounded.
    #[schema(minimum = 0)]
    pub score: f64,
    /// What the score is made of.
    pub score_parts: PartsView,
    /// How much its passages mean what the brief means; null where that is not known.
    #[schema(required)]
    pub similarity: Option<SimilarityView>,
    /// Why it is here, in a sentence.
    pub why: String,
    /// The passage that speaks most of the brief; null for a case without text.
    #[schema(required)]
    pub snippet: Option<SnippetView>,
    /// Where the facts come from.
    pub sources: Vec<SourceView>,
    /// The file, relative to the corpus.
    pub path: String,
    /// Cases that tell the same idea of the same organisation, and are not listed themselves.
    pub also: Vec<String>,
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
            similarity: SimilarityView::new(&hit.explanation),
            why: why::sentence(case, &hit.explanation, vocabulary),
            snippet: snippet::best(case, highlight),
            sources: case.sources.iter().map(SourceView::undated).collect(),
            path: case.path.clone(),
            also: hit.also.clone(),
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
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Distance)]
pub struct DistanceView {
    /// 0 home, 1 unrelated.
    #[schema(minimum = 0, maximum = 1)]
    pub value: f64,
    /// The same in a word: `near`, `mid` or `far`.
    #[schema(value_type = schema::Band)]
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
pub(super) fn band(band: Band) -> &'static str {
    match band {
        Band::Near => "near",
        Band::Mid => "mid",
        Band::Far => "far",
    }
}

/// What a score is made of: `min(problem + text, 1) × stress × distance × evidence × novelty`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = ScoreParts)]
pub struct PartsView {
    /// Is it the same problem? 0 to 1.
    #[schema(minimum = 0, maximum = 1)]
    pub problem: f64,
    /// Do the words match elsewhere? 0 to 1.
    #[schema(minimum = 0, maximum = 1)]
    pub text: f64,
    /// Was it born under pressure, and is its sector pressed now?
    #[schema(minimum = 0)]
    pub stress: f64,
    /// How well its distance suits.
    #[schema(minimum = 0)]
    pub distance: f64,
    /// How well it is evidenced.
    #[schema(minimum = 0)]
    pub evidence: f64,
    /// Is it new at home?
    #[schema(minimum = 0)]
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

/// How much passages of a case mean what the brief means: cosines, -1 to 1; null for a passage that the case does not have.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Similarity)]
pub struct SimilarityView {
    /// Its two nearest asks, as their mean.
    #[schema(required, minimum = -1, maximum = 1)]
    pub asks: Option<f64>,
    /// Its challenge.
    #[schema(required, minimum = -1, maximum = 1)]
    pub challenge: Option<f64>,
    /// Its pattern.
    #[schema(required, minimum = -1, maximum = 1)]
    pub pattern: Option<f64>,
    /// Its idea.
    #[schema(required, minimum = -1, maximum = 1)]
    pub idea: Option<f64>,
    /// Its outcome.
    #[schema(required, minimum = -1, maximum = 1)]
    pub outcome: Option<f64>,
    /// The nearest passage of its whole text, for a case that does not state its problem apart.
    #[schema(required, minimum = -1, maximum = 1)]
    pub whole: Option<f64>,
}

impl SimilarityView {
    pub(crate) fn new(explanation: &Explanation) -> Option<Self> {
        let meaning = explanation.meaning.as_ref()?;
        // As many decimals as packed vectors are good for.
        let rounded = |cosine: Option<f32>| cosine.map(|x| (f64::from(x) * 1e4).round() / 1e4);
        Some(Self {
            asks: rounded(meaning.asks),
            challenge: rounded(meaning.challenge),
            pattern: rounded(meaning.pattern),
            idea: rounded(meaning.idea),
            outcome: rounded(meaning.outcome),
            whole: rounded(meaning.whole),
        })
    }
}

/// A passage of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Snippet)]
pub struct SnippetView {
    /// The passage, on one line; `…` where it was cut.
    pub text: String,
    /// Words of the brief in `text`, in order: offsets in characters, end excluded.
    #[schema(value_type = Vec<schema::Span>)]
    pub highlights: Vec<[usize; 2]>,
    /// The section it is from: `challenge`, `idea`, `outcome`, `carry-over` or `body`.
    #[schema(value_type = schema::SectionKind)]
    pub section: String,
    /// The line of the file where its paragraph begins, from 1.
    #[schema(minimum = 1)]
    pub line: u32,
}

/// Where a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Source)]
pub struct SourceView {
    /// Title of the page or paper.
    pub title: String,
    /// Who published it; may be empty.
    pub publisher: String,
    /// Where it is; may be empty.
    pub url: String,
    /// When it was published, as written; only told with the whole case.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
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

/// How many matching cases have each value, by its id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Facets)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Index)]
pub struct IndexView {
    /// Cases in it.
    pub cases: u64,
    /// Changes with every update.
    pub generation: String,
    /// Version of the index format.
    pub format: u32,
}

impl IndexView {
    /// The view of what is known of an index.
    pub fn new(info: &IndexInfo) -> Self {
        Self {
            cases: info.cases,
            generation: info.generation.clone(),
            format: info.format,
        }
    }
}

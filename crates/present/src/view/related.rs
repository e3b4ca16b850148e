//! Cases that are like a case.

use super::{CaseName, DistanceView, SectorName, Tag, YearsView, schema};
use crate::words;
use afield_corpus::{Case, Vocabulary};
use afield_rank::Related;
use serde::Serialize;
use utoipa::ToSchema;

/// The cases most like a case, from other sectors, closest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Related)]
pub struct RelatedView {
    /// The case itself.
    pub case: CaseName,
    /// The cases like it.
    pub hits: Vec<RelatedHit>,
}

impl RelatedView {
    /// The view of what is related to a case.
    pub fn new(case: &Case, related: &[Related], vocabulary: &Vocabulary) -> Self {
        Self {
            case: CaseName::new(case),
            hits: related
                .iter()
                .map(|related| RelatedHit::new(related, vocabulary))
                .collect(),
        }
    }
}

/// A case like another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RelatedHit {
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
    /// What came of it: `worked`, `mixed`, `failed` or `unknown`.
    #[schema(value_type = schema::Outcome)]
    pub outcome: String,
    /// How well that is evidenced, `A` best to `D`; null where it is not graded.
    #[schema(value_type = Option<schema::Evidence>, required)]
    pub evidence: Option<String>,
    /// How far apart the sectors are; null where one is not known.
    #[schema(required)]
    pub distance: Option<DistanceView>,
    /// How close the cases are: 0 for strangers, 1 for the same problem, a little more with the same mechanism.
    #[schema(minimum = 0)]
    pub closeness: f64,
    /// Signals that both have.
    pub shared_signals: Vec<Tag>,
    /// Mechanisms that both have.
    pub shared_mechanisms: Vec<Tag>,
    /// What they have in common, in a sentence.
    pub why: String,
    /// The file, relative to the corpus.
    pub path: String,
}

impl RelatedHit {
    fn new(related: &Related, vocabulary: &Vocabulary) -> Self {
        let case = &related.case;
        let shared_signals = Tag::list(&related.shared_signals, |id| words::signal(vocabulary, id));
        let shared_mechanisms = Tag::list(&related.shared_mechanisms, |id| {
            words::mechanism(vocabulary, id)
        });
        Self {
            id: case.id.clone(),
            title: case.title.clone(),
            organisation: case.organisation.clone(),
            sector: case
                .sector
                .as_deref()
                .map(|id| SectorName::new(vocabulary, id)),
            years: case.years.map(|years| (years.from, years.to)),
            region: case.region.clone(),
            outcome: case.outcome.id().to_owned(),
            evidence: case.evidence.map(|grade| grade.id().to_owned()),
            distance: related.distance.map(DistanceView::new),
            closeness: related.closeness,
            why: in_common(&shared_signals, &shared_mechanisms, &related.matched_words),
            shared_signals,
            shared_mechanisms,
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

/// `Same mechanism (second use of space); same pressure (footfall decline); both speak of “visits”.`
fn in_common(signals: &[Tag], mechanisms: &[Tag], matched: &[String]) -> String {
    let named = |what: &str, tags: &[Tag]| {
        let labels: Vec<String> = tags
            .iter()
            .map(|tag| words::within_sentence(&tag.label))
            .collect();
        (!labels.is_empty()).then(|| format!("same {what} ({})", labels.join(", ")))
    };
    let quoted: Vec<String> = matched
        .iter()
        .take(4)
        .map(|word| format!("“{word}”"))
        .collect();
    let both = (!quoted.is_empty()).then(|| format!("both speak of {}", quoted.join(", ")));
    words::sentence([
        named("mechanism", mechanisms),
        named("pressure", signals),
        both,
    ])
}

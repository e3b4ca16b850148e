//! Why a case stands where it stands for a brief, or is not there.

use super::{CaseName, DistanceView, PartsView, QueryView, SimilarityView};
use crate::{why, words};
use afield_corpus::{Vocabulary, Years};
use afield_index::{Facet, Query};
use afield_rank::{Explanation, Obstacle, Why};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a case stands, and why.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Why)]
pub struct WhyView {
    /// What was asked and how it was read.
    pub query: QueryView,
    /// The case.
    pub case: CaseName,
    /// Its place in the whole list, from 1; null if it is not listed.
    #[schema(required, minimum = 1)]
    pub place: Option<usize>,
    /// Hits in the whole list.
    pub total: usize,
    /// Why, in a sentence; what keeps it out, if it is not listed, is told by the obstacles.
    pub why: String,
    /// What keeps it out of the list; empty if it is listed.
    pub obstacles: Vec<ObstacleView>,
    /// How far from home; null without a home or a known sector.
    #[schema(required)]
    pub distance: Option<DistanceView>,
    /// Its score, also where it is not listed.
    #[serde(flatten)]
    pub score: ScoreView,
    /// The score of the first hit, to compare with; null if there are no hits.
    #[schema(required)]
    pub best: Option<ScoreView>,
}

impl WhyView {
    /// The view of an explanation of a brief that was asked for a home sector.
    pub fn new(found: &Why, query: &Query, home: Option<&str>, vocabulary: &Vocabulary) -> Self {
        Self {
            query: QueryView::new(query, &found.reading, home, vocabulary),
            case: CaseName::new(&found.case),
            place: found.place,
            total: found.total,
            why: why::in_full(&found.case, &found.explanation, vocabulary),
            obstacles: found.obstacles.iter().map(ObstacleView::new).collect(),
            distance: found.explanation.distance.map(DistanceView::new),
            score: ScoreView::new(&found.explanation),
            best: found.best.as_ref().map(ScoreView::new),
        }
    }
}

/// A score and what it is made of.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Score)]
pub struct ScoreView {
    /// The product of its parts, not rounded.
    #[schema(minimum = 0)]
    pub score: f64,
    /// The parts.
    pub score_parts: PartsView,
    /// How much its passages mean what the brief means; null where that is not known.
    #[schema(required)]
    pub similarity: Option<SimilarityView>,
}

impl ScoreView {
    fn new(explanation: &Explanation) -> Self {
        Self {
            score: explanation.score,
            score_parts: PartsView::new(explanation),
            similarity: SimilarityView::new(explanation),
        }
    }
}

/// Something that keeps a case out of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Obstacle)]
pub struct ObstacleView {
    /// A stable name, such as `own-sector` or `below-floor`; there may be more with time.
    pub code: String,
    /// What it is, in words.
    pub message: String,
    /// What to do about it; may be empty.
    pub help: String,
}

impl ObstacleView {
    fn new(obstacle: &Obstacle) -> Self {
        let (code, message, help) = match obstacle {
            Obstacle::OwnSector { named } => own_sector(*named),
            Obstacle::Facet {
                facet,
                wanted,
                unwanted,
                has,
            } => {
                let (wanted, unwanted) = (joined(wanted), joined(unwanted));
                filtered(*facet, &wanted, &unwanted, &joined(has))
            }
            Obstacle::Years { since, until, has } => outside(*since, *until, *has),
            Obstacle::LeftOut => ("left-out", "its id is among those left out".to_owned(), ""),
            Obstacle::ExcludedWord => (
                "excluded-word",
                "it has a word or phrase that the brief excludes".to_owned(),
                "drop the `-word`",
            ),
            Obstacle::MissingPhrase => (
                "missing-phrase",
                "it lacks a phrase that the brief has in quotes".to_owned(),
                "drop the quotes",
            ),
            Obstacle::NothingShared => (
                "nothing-shared",
                "it shares neither words nor signals with the brief".to_owned(),
                "use words of its asks or its challenge: `afield show` has them",
            ),
            Obstacle::BelowFloor { relevance, floor } => (
                "below-floor",
                format!(
                    "its relevance, {relevance:.3}, is below what is listed at all, {floor:.3}"
                ),
                "`--plain` shows the tail of the list",
            ),
            Obstacle::NothingListed => (
                "nothing-listed",
                "nothing is about this problem, so nothing is listed".to_owned(),
                "`--plain` lists what is nearest",
            ),
            Obstacle::Folded { under } => (
                "folded",
                format!("it tells the same idea as `{under}`, which is listed"),
                "`--plain` lists both",
            ),
            Obstacle::BeyondRecall { limit } => (
                "beyond-recall",
                format!("it is not among the best {limit} that were ordered"),
                "narrow the brief",
            ),
            _ => ("other", "it is kept out for another reason".to_owned(), ""),
        };
        Self {
            code: code.to_owned(),
            message,
            help: help.to_owned(),
        }
    }
}

fn own_sector(named: bool) -> (&'static str, String, &'static str) {
    let named = if named {
        ", and is named among what was already tried there"
    } else {
        ""
    };
    (
        "own-sector",
        format!("it is of the home sector{named}"),
        "leave out `for`, or ask with `plain`",
    )
}

fn filtered(
    facet: Facet,
    wanted: &str,
    unwanted: &str,
    has: &str,
) -> (&'static str, String, &'static str) {
    let name = facet.name();
    let has = if has.is_empty() { "none" } else { has };
    let message = if unwanted.is_empty() {
        format!("its {name} is {has}, asked for is {wanted}")
    } else {
        format!("its {name} is {has}, asked for is not {unwanted}")
    };
    ("filter", message, "widen or drop the filter")
}

fn outside(
    since: Option<i32>,
    until: Option<i32>,
    has: Option<Years>,
) -> (&'static str, String, &'static str) {
    let asked = [
        since.map(|year| format!("since {year}")),
        until.map(|year| format!("until {year}")),
    ];
    let asked: Vec<String> = asked.into_iter().flatten().collect();
    let has = has.map_or("at an unknown time".to_owned(), |years| {
        words::years((years.from, years.to))
    });
    let message = format!("it acted {has}, asked for is {}", asked.join(", "));
    ("years", message, "widen `--since` or `--until`")
}

fn joined<'a>(values: impl IntoIterator<Item = &'a String>) -> String {
    values
        .into_iter()
        .map(|value| format!("`{value}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

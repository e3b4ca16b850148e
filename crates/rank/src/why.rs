//! Why a case is where it is in an answer, or why it is not there.

use crate::context::CANDIDATES;
use crate::order::{Ranked, Ranking, explain_one, floor, order};
use crate::signal::Scene;
use crate::{Context, Explanation, Input, Reading, Request};
use afield_corpus::{Case, Years};
use afield_index::{Candidate, Facet, Filters, IndexError, Query, Recall, Snapshot, facet_values};
use std::collections::BTreeSet;

/// Why a case stands where it stands, or does not stand in the list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Why {
    /// The case.
    pub case: Case,
    /// Its place in the whole list, from 1; [`None`] if it is not listed.
    pub place: Option<usize>,
    /// Hits in the whole list.
    pub total: usize,
    /// Its score and the parts, also where it is not listed.
    pub explanation: Explanation,
    /// The score of the first hit and its parts, to compare with; [`None`] if there are no hits.
    pub best: Option<Explanation>,
    /// What keeps it out of the list, the most telling first; empty if it is listed.
    pub obstacles: Vec<Obstacle>,
    /// What was made of the brief.
    pub reading: Reading,
}

/// Something that keeps a case out of the list.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Obstacle {
    /// It is of the home sector: leave out `--for`, or ask plainly.
    OwnSector {
        /// Whether it is named among the cases already tried at home.
        named: bool,
    },
    /// It does not pass a filter: widen or drop the filter.
    Facet {
        /// The facet.
        facet: Facet,
        /// What is asked for; empty if only `unwanted` is at fault.
        wanted: BTreeSet<String>,
        /// Which of its values are asked not to be there.
        unwanted: BTreeSet<String>,
        /// What the case has.
        has: Vec<String>,
    },
    /// It acted before or after the years asked for: widen `--since` or `--until`.
    Years {
        /// First year asked for.
        since: Option<i32>,
        /// Last year asked for.
        until: Option<i32>,
        /// When it acted.
        has: Option<Years>,
    },
    /// Its id is among those left out.
    LeftOut,
    /// It has a word or phrase that the brief excludes: drop the `-word`.
    ExcludedWord,
    /// It lacks a phrase that the brief asks for in quotes: drop the quotes.
    MissingPhrase,
    /// It shares neither words nor signals with the brief: use words of its asks or its challenge.
    NothingShared,
    /// It is less relevant than what is listed at all: ask plainly to see the tail of the list.
    BelowFloor {
        /// Its relevance, 0 to 1.
        relevance: f64,
        /// The relevance that it takes, 0 to 1.
        floor: f64,
    },
    /// It tells the same idea as a case that is listed.
    Folded {
        /// That case.
        under: String,
    },
    /// Nothing is about the problem, so nothing is listed.
    NothingListed,
    /// More cases match than are ordered, and it is not among the best of them: narrow the brief.
    BeyondRecall {
        /// How many are ordered.
        limit: usize,
    },
}

/// Explains where a case is in the answer to a brief; [`None`] if the corpus has no case of that id.
///
/// # Errors
///
/// Fails if the index cannot be read.
pub fn why(
    snapshot: &Snapshot,
    context: &Context,
    id: &str,
    query: &Query,
    request: &Request,
) -> Result<Option<Why>, IndexError> {
    let (Some(case), Some(candidate)) = (snapshot.find(id)?, snapshot.recall_only(query, id)?)
    else {
        return Ok(None);
    };
    let recall = snapshot.recall(query, CANDIDATES)?;
    let input = Input::new(context, query, &recall, request);
    let ranking = order(&input);
    let place = ranking.place(id);
    let mut obstacles = if place.is_some() {
        Vec::new()
    } else {
        obstacles(&input, &ranking, &case, &candidate)
    };
    if place.is_none() && !holds(&recall, id) {
        obstacles.extend(unmet_words(snapshot, query, id)?);
    }
    let folds = |hit: &&Ranked<'_>| hit.folded.iter().any(|folded| folded.id == id);
    if let Some(hit) = ranking.hits.iter().find(folds) {
        let under = hit.candidate.id.clone();
        obstacles.push(Obstacle::Folded { under });
    }
    if ranking.hits.is_empty() && obstacles.is_empty() && holds(&recall, id) {
        obstacles.push(Obstacle::NothingListed);
    }
    if place.is_none() && obstacles.is_empty() {
        obstacles.push(Obstacle::BeyondRecall { limit: CANDIDATES });
    }
    let listed = ranking.hits.iter().find(|hit| hit.candidate.id == id);
    let candidate = listed.map_or(&candidate, |hit| hit.candidate);
    let explanation = Explanation {
        diversity: listed.map_or(1.0, |hit| hit.explanation.diversity),
        ..explain_one(&input, candidate).explanation
    };
    let best = ranking.hits.first().map(|hit| hit.explanation.clone());
    Ok(Some(Why {
        case,
        place,
        total: ranking.hits.len(),
        reading: Reading::new(query, &recall.statistics),
        explanation,
        best,
        obstacles,
    }))
}

fn holds(recall: &Recall, id: &str) -> bool {
    recall.candidates.iter().any(|candidate| candidate.id == id)
}

/// What the case itself tells about its absence.
fn obstacles(
    input: &Input<'_>,
    ranking: &Ranking<'_>,
    case: &Case,
    candidate: &Candidate,
) -> Vec<Obstacle> {
    let Input {
        context,
        query,
        recall,
        request,
    } = *input;
    let scene = Scene::new(
        context,
        query,
        request,
        &recall.statistics,
        std::slice::from_ref(candidate),
    );
    let mut obstacles = Vec::new();
    if !request.plain && scene.is_home(candidate) {
        let named = ranking
            .at_home
            .iter()
            .any(|ranked| ranked.candidate.id == candidate.id);
        obstacles.push(Obstacle::OwnSector { named });
    }
    obstacles.extend(unmet_filters(&query.filters, case));
    let Ranked { explanation, .. } = explain_one(input, candidate);
    let relevance = explanation.parts.relevance();
    let floor = floor(&context.weights, request, candidate);
    if explanation.matched_words.is_empty()
        && explanation.shared_signals.is_empty()
        && relevance <= 0.0
    {
        obstacles.push(Obstacle::NothingShared);
    } else if relevance < floor {
        obstacles.push(Obstacle::BelowFloor { relevance, floor });
    }
    obstacles
}

/// Exclusions and phrases that the case does not meet, found by asking again without them.
fn unmet_words(snapshot: &Snapshot, query: &Query, id: &str) -> Result<Vec<Obstacle>, IndexError> {
    let mut free = query.clone();
    free.filters = Filters::default();
    let mut unmet = Vec::new();
    if query.excluded.is_empty() && query.phrases.is_empty()
        || holds(&snapshot.recall(&free, CANDIDATES)?, id)
    {
        return Ok(unmet);
    }
    let mut without_exclusions = free.clone();
    without_exclusions.excluded.clear();
    let mut without_phrases = free.clone();
    without_phrases.phrases.clear();
    let mut without_both = without_exclusions.clone();
    without_both.phrases.clear();
    let [exclusions, phrases, both] = [
        holds(&snapshot.recall(&without_exclusions, CANDIDATES)?, id),
        holds(&snapshot.recall(&without_phrases, CANDIDATES)?, id),
        holds(&snapshot.recall(&without_both, CANDIDATES)?, id),
    ];
    if exclusions || both && !phrases {
        unmet.push(Obstacle::ExcludedWord);
    }
    if phrases || both && !exclusions {
        unmet.push(Obstacle::MissingPhrase);
    }
    Ok(unmet)
}

/// The filters that a case does not pass, in the order of the facets.
fn unmet_filters(filters: &Filters, case: &Case) -> Vec<Obstacle> {
    let mut unmet = Vec::new();
    for facet in Facet::ALL {
        let has = facet_values(case, facet);
        let among = |asked: &&String| {
            has.iter()
                .any(|value| value.to_lowercase() == asked.to_lowercase())
        };
        let any = filters
            .any
            .get(&facet)
            .filter(|wanted| !wanted.is_empty() && !wanted.iter().any(|value| among(&value)));
        let wanted = any.cloned().unwrap_or_default();
        let unwanted: BTreeSet<String> = filters
            .none
            .get(&facet)
            .into_iter()
            .flatten()
            .filter(among)
            .cloned()
            .collect();
        if !wanted.is_empty() || !unwanted.is_empty() {
            unmet.push(Obstacle::Facet {
                facet,
                wanted,
                unwanted,
                has,
            });
        }
    }
    let (since, until, has) = (filters.since, filters.until, case.years);
    let too_early =
        since.is_some_and(|since| has.is_none_or(|years| years.to.is_some_and(|to| to < since)));
    let too_late = until.is_some_and(|until| has.is_none_or(|years| years.from > until));
    if too_early || too_late {
        unmet.push(Obstacle::Years { since, until, has });
    }
    if filters.not_ids.contains(&case.id) {
        unmet.push(Obstacle::LeftOut);
    }
    unmet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Stage, candidate};
    use afield_index::Field;

    fn case() -> Case {
        let mut case = Case::default();
        case.id = "fernbank".to_owned();
        case.sector = Some("inns".to_owned());
        case.region = Some("Fernland".to_owned());
        case.signals = vec!["churn".to_owned()];
        case.years = Some(Years::new(2010, Some(2014)));
        case
    }

    fn set(values: &[&str]) -> BTreeSet<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn a_filter_is_named_with_what_the_case_has() {
        let mut filters = Filters::default();
        filters.any.insert(Facet::Sector, set(&["inns", "tailors"]));
        filters.any.insert(Facet::Region, set(&["fernland"]));
        assert_eq!(unmet_filters(&filters, &case()), []);
        filters.any.insert(Facet::Signal, set(&["trust-loss"]));
        filters.none.insert(Facet::Outcome, set(&["unknown"]));
        let facet = |facet, wanted: &[&str], unwanted: &[&str], has: &str| Obstacle::Facet {
            facet,
            wanted: set(wanted),
            unwanted: set(unwanted),
            has: vec![has.to_owned()],
        };
        let expected = [
            facet(Facet::Signal, &["trust-loss"], &[], "churn"),
            facet(Facet::Outcome, &[], &["unknown"], "unknown"),
        ];
        assert_eq!(unmet_filters(&filters, &case()), expected);
    }

    #[test]
    fn years_overlap_or_not() {
        let check = |since, until, passes: bool| {
            let mut filters = Filters::default();
            (filters.since, filters.until) = (since, until);
            assert_eq!(
                unmet_filters(&filters, &case()).is_empty(),
                passes,
                "{since:?} {until:?}"
            );
        };
        check(Some(2014), None, true);
        check(Some(2015), None, false);
        check(None, Some(2010), true);
        check(None, Some(2009), false);
        check(Some(2012), Some(2012), true);
    }

    /// What keeps one case out of a list with a better one.
    fn check(change: impl Fn(&mut Stage, &mut Candidate), expected: &[Obstacle]) {
        let mut stage = Stage::new(&[("queue", 1)]);
        stage.recall.candidates = vec![candidate("better", &[(Field::Asks, &[9])])];
        let mut low = candidate("fernbank", &[(Field::Asks, &[0])]);
        low.sector = Some("inns".to_owned());
        change(&mut stage, &mut low);
        let input = stage.input();
        assert_eq!(obstacles(&input, &order(&input), &case(), &low), expected);
    }

    #[test]
    fn own_sector_nothing_shared_or_below_the_floor() {
        check(|_, _| (), &[Obstacle::NothingShared]);
        let home = |stage: &mut Stage, low: &mut Candidate| {
            stage.request.home = Some("inns".to_owned());
            low.frequencies[0][Field::Asks as usize] = 3;
            stage.recall.candidates.push(low.clone());
        };
        check(home, &[Obstacle::OwnSector { named: true }]);
        let mut stage = Stage::new(&[("queue", 1)]);
        stage.recall.candidates = vec![candidate("better", &[(Field::Asks, &[9])])];
        let mut low = candidate("fernbank", &[(Field::Body, &[1])]);
        low.lengths = [4_000; Field::COUNT];
        stage.recall.candidates.push(low.clone());
        let input = stage.input();
        let found = obstacles(&input, &order(&input), &case(), &low);
        assert!(
            matches!(found[..], [Obstacle::BelowFloor { relevance, floor }] if relevance > 0.0 && relevance < floor)
        );
    }
}

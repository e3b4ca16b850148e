//! Cases that are like a case: the same problem or the same mechanism, elsewhere.
//!
//! ```text
//! closeness = problem + 0.15 · shared mechanisms / all mechanisms of both
//! ```
//!
//! `problem` is the ranking signal of that name for a brief made of the case's own pattern (else its asks, else its
//! title) and its signals, so that what is related is told by the problem in domain-free words. Cases of the same sector
//! are left out: what is done next door is known there.

use crate::context::CANDIDATES;
use crate::distance::Distance;
use crate::order::explain_one;
use crate::{Context, Explanation, Input, Request};
use afield_corpus::{Case, Month};
use afield_index::{Candidate, Facet, Filters, IndexError, Query, Recall, SignalReading, Snapshot};
use std::collections::{BTreeMap, BTreeSet};

/// How much the same mechanism counts beside the same problem.
const MECHANISM: f64 = 0.15;

/// A case that is like another.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Related {
    /// The case.
    pub case: Case,
    /// How close it is, 0 to 1.15.
    pub closeness: f64,
    /// Signals that both have.
    pub shared_signals: Vec<String>,
    /// Mechanisms that both have.
    pub shared_mechanisms: Vec<String>,
    /// Words of the one's problem that the other has, most telling first.
    pub matched_words: Vec<String>,
    /// How far apart their sectors are, where both are known.
    pub distance: Option<Distance>,
}

/// The cases most like a case, closest first, ties by id; [`None`] if the corpus has no case of that id.
///
/// # Errors
///
/// Fails if the index cannot be read.
pub fn related(
    snapshot: &Snapshot,
    context: &Context,
    id: &str,
    limit: usize,
) -> Result<Option<Vec<Related>>, IndexError> {
    let Some(case) = snapshot.find(id)? else {
        return Ok(None);
    };
    let query = same_problem(snapshot, &case);
    let recall = snapshot.recall(&query, CANDIDATES)?;
    let elsewhere = elsewhere(snapshot, &case, &recall)?;
    let mut close: Vec<(Candidate, Explanation, f64)> = elsewhere
        .into_iter()
        .map(|candidate| {
            let explanation = explain(context, &query, &recall, &case, &candidate);
            let closeness = explanation.parts.problem
                + MECHANISM * overlap(&case.mechanism, &candidate.mechanism);
            (candidate, explanation, closeness)
        })
        .filter(|(candidate, explanation, closeness)| {
            is_close(context, candidate, explanation, *closeness)
        })
        .collect();
    close.sort_by(|left, right| {
        right
            .2
            .total_cmp(&left.2)
            .then_with(|| left.0.id.cmp(&right.0.id))
    });
    let close = close
        .into_iter()
        .take(limit)
        .map(|(candidate, explanation, closeness)| {
            let shared = candidate
                .mechanism
                .iter()
                .filter(|mechanism| case.mechanism.contains(mechanism));
            Ok(Related {
                closeness,
                shared_mechanisms: shared.cloned().collect(),
                case: snapshot.case(&candidate)?,
                shared_signals: explanation.shared_signals,
                matched_words: explanation.matched_words,
                distance: explanation.distance,
            })
        });
    close.collect::<Result<_, IndexError>>().map(Some)
}

/// The cases of other sectors that were recalled or share a mechanism, each once, by id.
fn elsewhere(
    snapshot: &Snapshot,
    case: &Case,
    recall: &Recall,
) -> Result<Vec<Candidate>, IndexError> {
    let mut candidates: BTreeMap<String, Candidate> = BTreeMap::new();
    let same_mechanism = same_mechanism(snapshot, case)
        .map(|query| snapshot.recall(&query, CANDIDATES))
        .transpose()?;
    // Counted for other words, so only what is not known yet, and without its counts.
    for mut candidate in same_mechanism
        .into_iter()
        .flat_map(|recall| recall.candidates)
    {
        candidate.frequencies.clear();
        candidates.insert(candidate.id.clone(), candidate);
    }
    candidates.extend(
        recall
            .candidates
            .iter()
            .map(|candidate| (candidate.id.clone(), candidate.clone())),
    );
    candidates.retain(|_, candidate| candidate.sector != case.sector || case.sector.is_none());
    Ok(candidates.into_values().collect())
}

/// Whether a case is close enough to be named. By words any likeness tells; any two texts are a little alike in meaning.
fn is_close(
    context: &Context,
    candidate: &Candidate,
    explanation: &Explanation,
    closeness: f64,
) -> bool {
    let problem = explanation.parts.problem;
    match candidate.meaning {
        None => closeness > 0.0,
        Some(_) => problem >= context.weights.floor_by_meaning || closeness > problem,
    }
}

/// The case's own problem as a brief.
fn same_problem(snapshot: &Snapshot, case: &Case) -> Query {
    let mut filters = Filters::default();
    filters.not_ids.insert(case.id.clone());
    let mut query = snapshot.read(&problem_text(case), filters);
    query.signals = case
        .signals
        .iter()
        .map(|id| {
            let mut reading = SignalReading::default();
            (reading.id, reading.phrase, reading.strength) = (id.clone(), id.clone(), 1.0);
            reading
        })
        .collect();
    query
}

/// A brief that only asks for one of the case's mechanisms; [`None`] if it has none.
fn same_mechanism(snapshot: &Snapshot, case: &Case) -> Option<Query> {
    let mut filters = Filters::default();
    filters.not_ids.insert(case.id.clone());
    filters
        .any
        .insert(Facet::Mechanism, case.mechanism.iter().cloned().collect());
    (!case.mechanism.is_empty()).then(|| snapshot.read("", filters))
}

/// The problem in domain-free words, without anything that could be read as query syntax.
fn problem_text(case: &Case) -> String {
    let lists = [&case.pattern, &case.asks];
    let text = lists
        .into_iter()
        .find(|list| !list.is_empty())
        .map_or(case.title.clone(), |list| list.join(" "));
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '\'' || letter == '’';
    text.split(|letter| !is_word(letter))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A candidate scored for the case's problem, as seen from the case's sector, without shaping.
fn explain(
    context: &Context,
    query: &Query,
    recall: &Recall,
    case: &Case,
    candidate: &Candidate,
) -> Explanation {
    // Plain, so the date plays no part.
    let mut request = Request::new(Month::new(2000, 1));
    (request.home, request.plain) = (case.sector.clone(), true);
    explain_one(&Input::new(context, query, recall, &request), candidate).explanation
}

/// Shared out of all, 0 to 1 (Jaccard).
fn overlap(left: &[String], right: &[String]) -> f64 {
    let left: BTreeSet<&String> = left.iter().collect();
    let right: BTreeSet<&String> = right.iter().collect();
    left.intersection(&right).count() as f64 / left.union(&right).count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_problem_is_the_pattern_else_the_asks_else_the_title() {
        let mut case = Case::default();
        case.title = "Sell the queue".to_owned();
        assert_eq!(problem_text(&case), "Sell the queue");
        case.asks = vec![
            "people -leave".to_owned(),
            "they don't \"wait\" sector:inns".to_owned(),
        ];
        assert_eq!(
            problem_text(&case),
            "people leave they don't wait sector inns"
        );
        case.pattern = vec!["waiting puts people off".to_owned(), "peaks".to_owned()];
        assert_eq!(problem_text(&case), "waiting puts people off peaks");
    }

    #[test]
    fn mechanisms_overlap() {
        let list = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(overlap(&list(&["a", "b"]), &list(&["b", "c"])), 1.0 / 3.0);
        assert_eq!(overlap(&list(&["a"]), &list(&["a"])), 1.0);
        assert_eq!(overlap(&[], &[]), 0.0);
    }
}

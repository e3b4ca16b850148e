//! In what order: a pure function of query, candidates, vocabulary, stress and weights.
//!
//! 1. Each candidate is scored: relevance times the factors of [`crate::signal`].
//! 2. Cases of the home sector are taken out and kept apart. What is below the floor is taken out: a list is never filled up with
//!    weak hits; where nothing at all is about the problem, told by meaning, it is empty. The floor is a fixed relevance, so that narrowing a list by a filter leaves what the facets counted.
//! 3. The rest is ordered by score, ties by id, and the same idea told twice is folded under the better one (`fold`). Then the best fifty are diversified (see [`diversify`]), before any paging,
//!    so that pages never overlap and a case has one place whatever the page.
//!
//! A plain request has neither factors nor floor nor diversity, and home cases stay in the list.

pub mod diversify;
mod fold;
pub mod verdict;

use crate::signal::{Scene, distance, evidence, novelty, problem, stress, text};
use crate::{Context, Explanation, Parts, Request, Verdict, Weights};
use afield_index::{Candidate, Field, PerField, Query, Recall};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The fields that state the problem: what coverage, and so the verdict, is read from, whatever the weights.
const PROBLEM: PerField<f64> = {
    let mut fields = [0.0; Field::COUNT];
    fields[Field::Asks as usize] = 1.0;
    fields[Field::Challenge as usize] = 1.0;
    fields[Field::Pattern as usize] = 1.0;
    fields
};

/// How many home cases, and how many nearest signals, are named.
const NAMED: usize = 3;

/// What an order is made from.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Input<'a> {
    /// Vocabulary, stress and weights.
    pub context: &'a Context,
    /// The brief as it was read.
    pub query: &'a Query,
    /// The cases that could answer.
    pub recall: &'a Recall,
    /// How the asker wants them ordered.
    pub request: &'a Request,
}

impl<'a> Input<'a> {
    /// An input of these four.
    pub fn new(
        context: &'a Context,
        query: &'a Query,
        recall: &'a Recall,
        request: &'a Request,
    ) -> Self {
        Self {
            context,
            query,
            recall,
            request,
        }
    }
}

/// The order of all candidates.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranking<'a> {
    /// The whole list, best first.
    pub hits: Vec<Ranked<'a>>,
    /// Up to three cases of the home sector about the same problem, most relevant first.
    pub at_home: Vec<Ranked<'a>>,
    /// Cases from elsewhere that are not relevant enough, best first.
    pub below: Vec<Ranked<'a>>,
    /// How good the list is as a whole.
    pub verdict: Verdict,
    /// Up to three signals nearest to the brief, best first.
    pub nearest_signals: Vec<String>,
}

impl<'a> Ranking<'a> {
    /// A page of the list, each hit with its place in the whole list, from 1.
    pub fn page(&self, offset: usize, limit: usize) -> impl Iterator<Item = (usize, &Ranked<'a>)> {
        self.hits
            .iter()
            .enumerate()
            .skip(offset)
            .take(limit)
            .map(|(index, hit)| (index + 1, hit))
    }

    /// The place of a case in the whole list, from 1.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.hits
            .iter()
            .position(|hit| hit.candidate.id == id)
            .map(|index| index + 1)
    }
}

/// A candidate with its score.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranked<'a> {
    /// The candidate.
    pub candidate: &'a Candidate,
    /// Its score and what it is made of. Words, fields and signals that were found are only told of hits on the page
    /// that was asked for.
    pub explanation: Explanation,
    /// Cases that tell the same idea and are not listed themselves.
    pub folded: Vec<&'a Candidate>,
}

impl<'a> Ranked<'a> {
    pub(crate) fn new(candidate: &'a Candidate, explanation: Explanation) -> Self {
        Self {
            candidate,
            explanation,
            folded: Vec::new(),
        }
    }

    /// Best score first, then by id: a total order.
    fn by_score(&self, other: &Self) -> Ordering {
        let scores = other.explanation.score.total_cmp(&self.explanation.score);
        scores.then_with(|| self.candidate.id.cmp(&other.candidate.id))
    }

    fn by_relevance(&self, other: &Self) -> Ordering {
        let relevance = |ranked: &Self| ranked.explanation.parts.relevance();
        relevance(other)
            .total_cmp(&relevance(self))
            .then_with(|| self.by_score(other))
    }
}

/// Orders the candidates of a brief. A brief that asks for nothing, neither by words nor by signals nor by filters, gets nothing.
pub fn order<'a>(input: &Input<'a>) -> Ranking<'a> {
    let Input {
        context,
        query,
        recall,
        request,
    } = *input;
    let weights = &context.weights;
    let candidates: &[Candidate] = if asks_for_something(input) {
        &recall.candidates
    } else {
        &[]
    };
    let scene = Scene::new(context, query, request, &recall.statistics, candidates);
    let ranked = candidates.iter().map(|candidate| score(&scene, candidate));
    let (mut at_home, mut hits): (Vec<Ranked<'_>>, Vec<Ranked<'_>>) =
        ranked.partition(|ranked| !request.plain && scene.is_home(ranked.candidate));

    let is_low = |ranked: &Ranked<'_>| {
        ranked.explanation.parts.relevance() < floor(weights, request, ranked.candidate)
    };
    at_home.retain(|ranked| !is_low(ranked));
    at_home.sort_by(Ranked::by_relevance);
    at_home.truncate(NAMED);
    hits.sort_by(Ranked::by_score);
    let (mut below, mut hits): (Vec<Ranked<'_>>, Vec<Ranked<'_>>) =
        hits.into_iter().partition(is_low);
    if !request.plain {
        fold::fold(&mut hits);
    }
    let nearest_signals = nearest_signals(&scene, hits.iter().chain(&below));
    let verdict = verdict::verdict(&scene, &hits);
    let all_meant = || hits.iter().all(|hit| hit.candidate.meaning.is_some());
    if verdict == Verdict::None && !request.plain && all_meant() {
        // Nothing is about the problem, and a list would say that something is.
        hits.append(&mut below);
        below = std::mem::take(&mut hits);
    }
    if !request.plain {
        diversify::diversify(weights, &mut hits);
    }
    let page = hits.iter_mut().skip(request.offset).take(request.limit);
    page.for_each(|hit| tell(&scene, hit));
    Ranking {
        hits,
        at_home,
        below,
        verdict,
        nearest_signals,
    }
}

/// The relevance below which a case is not shown.
pub(crate) fn floor(weights: &Weights, request: &Request, candidate: &Candidate) -> f64 {
    match (request.plain, &candidate.meaning) {
        (true, _) => 0.0,
        (false, None) => weights.floor,
        (false, Some(_)) => weights.floor_by_meaning,
    }
}

/// The score of one candidate, whether or not it would be listed.
pub fn explain_one<'a>(input: &Input<'a>, candidate: &'a Candidate) -> Ranked<'a> {
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
    let mut ranked = score(&scene, candidate);
    tell(&scene, &mut ranked);
    ranked
}

/// Whether anything is asked for, be it only that a filter is met.
pub(crate) fn asks_for_something(input: &Input<'_>) -> bool {
    let query = input.query;
    !input.recall.statistics.terms.is_empty()
        || !query.signals.is_empty()
        || !query.phrases.is_empty()
        || query.filters != afield_index::Filters::default()
}

/// Scores a candidate. The explanation is built here, where the score is; what it has in words, only a reader wants.
fn score<'a>(scene: &Scene<'_>, candidate: &'a Candidate) -> Ranked<'a> {
    let plain = Parts::plain(
        problem::part(scene, candidate),
        text::part(scene, candidate),
    );
    let parts = if scene.request.plain {
        plain
    } else {
        Parts {
            stress: stress::part(scene, candidate),
            distance: distance::part(scene, candidate),
            evidence: evidence::part(scene, candidate),
            novelty: novelty::part(scene, candidate),
            ..plain
        }
    };
    let explanation = Explanation {
        distance: scene.distance(candidate),
        coverage: match candidate.meaning {
            Some(_) => plain.relevance(),
            None => coverage(scene, candidate),
        },
        stress_then: scene.stress_then(candidate),
        stress_now: scene.stress_now(candidate),
        years: candidate.years,
        meaning: candidate.meaning.clone(),
        ..Explanation::new(parts)
    };
    Ranked::new(candidate, explanation)
}

/// Adds the words, fields and signals to an explanation.
fn tell(scene: &Scene<'_>, ranked: &mut Ranked<'_>) {
    let (candidate, weights) = (ranked.candidate, &scene.context.weights);
    let fields = Field::ALL
        .map(|field| weights.problem_fields[field as usize] + weights.text_fields[field as usize]);
    let shared = |signal: &&String| problem::is_shared(scene, signal);
    let explanation = &mut ranked.explanation;
    explanation.shared_signals = candidate.signals.iter().filter(shared).cloned().collect();
    explanation.matched_words = scene.lexicon.matched_words(candidate, &fields);
    explanation.matched_fields = scene.lexicon.matched_fields(candidate, &fields, weights);
}

/// How much of the brief the case's problem covers, 0 to 1, told by words: the share of the brief's words, weighted by idf, that
/// occur there, and half of what is left as far as it shares the brief's signals. A case that does not state its problem
/// apart, as in a folder of plain markdown, is read as a whole.
fn coverage(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    if scene.lexicon.is_empty() {
        return problem::part(scene, candidate);
    }
    let states_problem = Field::ALL
        .iter()
        .any(|&field| PROBLEM[field as usize] > 0.0 && candidate.lengths[field as usize] > 0);
    let fields = if states_problem {
        PROBLEM
    } else {
        [1.0; Field::COUNT]
    };
    let words = scene.lexicon.coverage(candidate, &fields);
    words + (1.0 - words) * 0.5 * problem::shared(scene, candidate)
}

/// The signals that the brief speaks of, surest first, then those that it means most, then those of the most relevant cases.
fn nearest_signals<'r>(
    scene: &Scene<'_>,
    ranked: impl Iterator<Item = &'r Ranked<'r>>,
) -> Vec<String> {
    let readings = scene.query.signals.iter();
    let mut read: Vec<(f64, &str)> = readings
        .map(|reading| (reading.strength, reading.id.as_str()))
        .collect();
    let meant = scene.meant_signals.iter();
    let mut meant: Vec<(f64, &str)> = meant
        .map(|(id, strength)| (*strength, id.as_str()))
        .collect();
    let mut found: BTreeMap<&str, f64> = BTreeMap::new();
    for ranked in ranked.take(10) {
        for signal in &ranked.candidate.signals {
            *found.entry(signal).or_default() += ranked.explanation.parts.relevance();
        }
    }
    let mut found: Vec<(f64, &str)> = found
        .into_iter()
        .map(|(signal, sum)| (sum, signal))
        .collect();
    for list in [&mut read, &mut meant, &mut found] {
        list.sort_by(|left, right| right.0.total_cmp(&left.0).then_with(|| left.1.cmp(right.1)));
    }
    let mut nearest: Vec<String> = Vec::new();
    for (strength, signal) in read.into_iter().chain(meant).chain(found) {
        if strength > 0.0 && nearest.len() < NAMED && !nearest.iter().any(|known| known == signal) {
            nearest.push(signal.to_owned());
        }
    }
    nearest
}

#[cfg(test)]
mod tests;

//! Not the same idea three times: a gentle decay over the best of a list.
//!
//! ```text
//! decay(d) = (1 - m)^min(same mechanism, 3) · (1 - o)^min(same organisation, 3) · (1 - s)^min(same sector, 3)
//! ```
//!
//! Greedily, place after place, the case is taken for which `score · max(decay, repeat_floor)` is highest, counting the
//! cases above it; where a case has several mechanisms, the one that was seen most. Repeats are demoted and never cut:
//! a hard cut drops good hits. Each decay is slight, because they were measured to cost: all three off gain 0.005 of far-nDCG@10
//! on the development topics (`docs/ranking.md`). Only a fixed window of the best is reordered, so the order does not depend on the
//! page that is asked for.

use super::Ranked;
use crate::Weights;
use std::collections::BTreeMap;

/// Repeats beyond this many count no further.
const REPEATS: usize = 3;

/// Reorders the window of a list that is ordered by score, and notes in each explanation how much it was demoted.
pub(super) fn diversify(weights: &Weights, hits: &mut [Ranked<'_>]) {
    let window = weights.window.min(hits.len());
    let hits = &mut hits[..window];
    let decays = Decays::new(weights);
    let mut seen = Seen::default();
    let mut traits: Vec<Traits> = hits.iter().map(|hit| seen.traits(hit)).collect();
    for place in 0..window {
        let (mut best, mut best_value) = (place, f64::NEG_INFINITY);
        for index in place..window {
            let value = hits[index].explanation.score * seen.decay(&decays, &traits[index]);
            // Strictly more: what comes first by score, then by id, stays first.
            if value > best_value {
                (best, best_value) = (index, value);
            }
        }
        hits[best].explanation.diversity = seen.decay(&decays, &traits[best]);
        // Rotated and not swapped, so that what is left keeps its order.
        hits[place..=best].rotate_right(1);
        traits[place..=best].rotate_right(1);
        seen.note(&traits[place]);
    }
}

/// What is left of a score after 0 to [`REPEATS`] repeats of each kind.
struct Decays {
    mechanism: [f64; REPEATS + 1],
    organisation: [f64; REPEATS + 1],
    sector: [f64; REPEATS + 1],
    floor: f64,
}

impl Decays {
    fn new(weights: &Weights) -> Self {
        let powers = |lost: f64| std::array::from_fn(|repeats| (1.0 - lost).powi(repeats as i32));
        Self {
            mechanism: powers(weights.repeat_mechanism),
            organisation: powers(weights.repeat_organisation),
            sector: powers(weights.repeat_sector),
            floor: weights.repeat_floor,
        }
    }
}

/// What may repeat, by number: the list is gone over so often that names would be compared a thousand times.
struct Traits {
    mechanisms: Vec<usize>,
    organisation: Option<usize>,
    sector: Option<usize>,
}

/// How often each thing was seen above a place, by its number.
#[derive(Debug, Default)]
struct Seen<'a> {
    numbers: BTreeMap<(Kind, &'a str), usize>,
    counts: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Mechanism,
    Organisation,
    Sector,
}

impl<'a> Seen<'a> {
    fn traits(&mut self, hit: &Ranked<'a>) -> Traits {
        let candidate = hit.candidate;
        let organisation = candidate.organisation.as_str();
        let mechanisms = candidate.mechanism.iter();
        Traits {
            mechanisms: mechanisms
                .map(|id| self.number(Kind::Mechanism, id))
                .collect(),
            organisation: (!organisation.is_empty())
                .then(|| self.number(Kind::Organisation, organisation)),
            sector: candidate
                .sector
                .as_deref()
                .map(|id| self.number(Kind::Sector, id)),
        }
    }

    fn number(&mut self, kind: Kind, name: &'a str) -> usize {
        let next = self.counts.len();
        let number = *self.numbers.entry((kind, name)).or_insert(next);
        if number == next {
            self.counts.push(0);
        }
        number
    }

    fn note(&mut self, traits: &Traits) {
        let others = traits.organisation.into_iter().chain(traits.sector);
        for number in traits.mechanisms.iter().copied().chain(others) {
            self.counts[number] += 1;
        }
    }

    /// What is left of a score after repeats, `repeat_floor` to 1.
    fn decay(&self, decays: &Decays, traits: &Traits) -> f64 {
        let count = |number: usize| self.counts[number].min(REPEATS);
        let mechanisms = traits.mechanisms.iter().map(|number| count(*number));
        let kept = decays.mechanism[mechanisms.max().unwrap_or(0)]
            * decays.organisation[traits.organisation.map_or(0, count)]
            * decays.sector[traits.sector.map_or(0, count)];
        kept.max(decays.floor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Explanation, Parts};
    use afield_index::Candidate;

    /// Ids after diversification of cases given as `id score mechanism organisation sector`, best first.
    fn check(cases: &[&str], expected: &[&str]) {
        let candidates: Vec<(Candidate, f64)> = cases.iter().map(|text| case(text)).collect();
        let explanation = |score: f64| Explanation::new(Parts::plain(score, 0.0));
        let mut hits: Vec<Ranked<'_>> = candidates
            .iter()
            .map(|(candidate, score)| Ranked::new(candidate, explanation(*score)))
            .collect();
        diversify(&Weights::default(), &mut hits);
        let ids: Vec<&str> = hits.iter().map(|hit| hit.candidate.id.as_str()).collect();
        assert_eq!(ids, expected, "{cases:?}");
        assert!(
            hits.iter()
                .all(|hit| (0.6..=1.0).contains(&hit.explanation.diversity))
        );
    }

    fn case(text: &str) -> (Candidate, f64) {
        let words: Vec<&str> = text.split(' ').collect();
        let mut candidate = Candidate::default();
        candidate.id = words[0].to_owned();
        candidate.mechanism = vec![words[2].to_owned()];
        candidate.organisation = words[3].to_owned();
        candidate.sector = Some(words[4].to_owned());
        (candidate, words[1].parse().expect("a score"))
    }

    #[test]
    fn a_repeated_mechanism_yields_to_a_close_second() {
        check(
            &[
                "a 0.50 queue x s1",
                "b 0.49 queue y s2",
                "c 0.488 guarantee z s3",
            ],
            &["a", "c", "b"],
        );
        check(
            &[
                "a 0.50 queue x s1",
                "b 0.49 queue y s2",
                "c 0.46 guarantee z s3",
            ],
            &["a", "b", "c"],
        );
    }

    #[test]
    fn an_organisation_weighs_more_and_a_sector_less() {
        check(
            &["a 0.50 m1 x s1", "b 0.49 m2 x s2", "c 0.42 m3 z s3"],
            &["a", "c", "b"],
        );
        check(
            &["a 0.50 m1 x s1", "b 0.49 m2 y s1", "c 0.485 m3 z s3"],
            &["a", "c", "b"],
        );
        check(
            &["a 0.50 m1 x s1", "b 0.49 m2 y s1", "c 0.46 m3 z s3"],
            &["a", "b", "c"],
        );
    }

    #[test]
    fn demoted_and_never_cut_below_the_floor() {
        let same = [
            "a 0.5 m x s",
            "b 0.5 m x s",
            "c 0.5 m x s",
            "d 0.5 m x s",
            "e 0.5 m x s",
        ];
        check(&same, &["a", "b", "c", "d", "e"]);
        check(
            &["a 0.5 m x s", "b 0.5 m x s", "c 0.2 n y t"],
            &["a", "b", "c"],
        );
    }
}

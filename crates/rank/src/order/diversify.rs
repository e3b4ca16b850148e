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
const REPEATS: i32 = 3;

/// How often things were seen above a place.
#[derive(Debug, Default)]
struct Seen<'a> {
    mechanisms: BTreeMap<&'a str, i32>,
    organisations: BTreeMap<&'a str, i32>,
    sectors: BTreeMap<&'a str, i32>,
}

/// Reorders the window of a list that is ordered by score, and notes in each explanation how much it was demoted.
pub(super) fn diversify(weights: &Weights, hits: &mut [Ranked<'_>]) {
    let window = weights.window.min(hits.len());
    let mut seen = Seen::default();
    for place in 0..window {
        let (mut best, mut best_value) = (place, f64::NEG_INFINITY);
        for (index, hit) in hits.iter().enumerate().take(window).skip(place) {
            let value = hit.explanation.score * seen.decay(weights, hit);
            // Strictly more: what comes first by score, then by id, stays first.
            if value > best_value {
                (best, best_value) = (index, value);
            }
        }
        hits[best].explanation.diversity = seen.decay(weights, &hits[best]);
        // Rotated and not swapped, so that what is left keeps its order.
        hits[place..=best].rotate_right(1);
        seen.note(&hits[place]);
    }
}

impl<'a> Seen<'a> {
    fn note(&mut self, hit: &Ranked<'a>) {
        let candidate = hit.candidate;
        for mechanism in &candidate.mechanism {
            *self.mechanisms.entry(mechanism).or_default() += 1;
        }
        if !candidate.organisation.is_empty() {
            *self
                .organisations
                .entry(&candidate.organisation)
                .or_default() += 1;
        }
        if let Some(sector) = &candidate.sector {
            *self.sectors.entry(sector).or_default() += 1;
        }
    }

    /// What is left of a score after repeats, `repeat_floor` to 1.
    fn decay(&self, weights: &Weights, hit: &Ranked<'_>) -> f64 {
        let count = |seen: &BTreeMap<&str, i32>, key: &str| {
            f64::from(seen.get(key).copied().unwrap_or(0).min(REPEATS))
        };
        let candidate = hit.candidate;
        let mechanisms = candidate
            .mechanism
            .iter()
            .map(|mechanism| count(&self.mechanisms, mechanism));
        let sector = candidate
            .sector
            .as_ref()
            .map_or(0.0, |sector| count(&self.sectors, sector));
        let kept = (1.0 - weights.repeat_mechanism).powf(mechanisms.fold(0.0, f64::max))
            * (1.0 - weights.repeat_organisation)
                .powf(count(&self.organisations, &candidate.organisation))
            * (1.0 - weights.repeat_sector).powf(sector);
        kept.max(weights.repeat_floor)
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
                "c 0.485 guarantee z s3",
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

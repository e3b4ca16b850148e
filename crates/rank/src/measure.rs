//! How good a list is, against judgments. Pure functions: a list of ids, best first, and what a reader said of them.
//!
//! Every measure of a topic is [`None`] where the topic cannot tell anything (nothing relevant was judged), and such topics
//! are left out of a [`mean`]. Ids that were not judged count as not relevant.

mod bootstrap;
mod novelty;

pub use bootstrap::{Difference, paired_bootstrap};
pub use novelty::{Nuggets, alpha_ndcg, dissimilarity, err_ia};

use std::collections::{BTreeMap, BTreeSet};

/// Grades of a topic: how much a case helps, 0 for not at all. Linear gains: a grade of 3 is worth three of 1.
pub type Gains<'a> = BTreeMap<&'a str, f64>;

/// nDCG at a cutoff, 0 to 1: discounted gain over that of the best possible list.
///
/// `DCG = Σ gain(i) / log2(i + 1)` with i from 1, gains linear in the grade (Järvelin and Kekäläinen 2002).
pub fn ndcg(ranked: &[&str], gains: &Gains<'_>, cutoff: usize) -> Option<f64> {
    let mut ideal: Vec<f64> = gains.values().copied().filter(|gain| *gain > 0.0).collect();
    ideal.sort_by(|left, right| right.total_cmp(left));
    let found = ranked
        .iter()
        .map(|id| gains.get(id).copied().unwrap_or(0.0).max(0.0));
    let best = discounted(ideal.into_iter(), cutoff);
    (best > 0.0).then(|| discounted(found, cutoff) / best)
}

/// nDCG with the gain of home cases set to 0, in the ideal list as well: the primary measure of afield.
pub fn far_ndcg(
    ranked: &[&str],
    gains: &Gains<'_>,
    is_home: impl Fn(&str) -> bool,
    cutoff: usize,
) -> Option<f64> {
    let away: Gains<'_> = gains
        .iter()
        .filter(|(id, _)| !is_home(id))
        .map(|(id, gain)| (*id, *gain))
        .collect();
    ndcg(ranked, &away, cutoff)
}

/// The share of the relevant cases (grade above 0) that a list has within a cutoff, 0 to 1.
pub fn recall(ranked: &[&str], gains: &Gains<'_>, cutoff: usize) -> Option<f64> {
    let relevant: BTreeSet<&str> = gains
        .iter()
        .filter(|(_, gain)| **gain > 0.0)
        .map(|(id, _)| *id)
        .collect();
    let found: BTreeSet<&str> = ranked
        .iter()
        .take(cutoff)
        .copied()
        .filter(|id| relevant.contains(id))
        .collect();
    (!relevant.is_empty()).then(|| found.len() as f64 / relevant.len() as f64)
}

/// How many different sectors a list shows within a cutoff; `sectors` are those of its cases, best first.
pub fn sectors(sectors: &[Option<&str>], cutoff: usize) -> usize {
    sectors
        .iter()
        .take(cutoff)
        .flatten()
        .collect::<BTreeSet<_>>()
        .len()
}

/// The share of a list within a cutoff that is of the home sector, 0 to 1; 0 for an empty list.
pub fn own_sector_share(
    sectors: &[Option<&str>],
    is_home: impl Fn(&str) -> bool,
    cutoff: usize,
) -> f64 {
    let shown = sectors.len().min(cutoff).max(1);
    sectors
        .iter()
        .take(cutoff)
        .flatten()
        .filter(|sector| is_home(sector))
        .count() as f64
        / shown as f64
}

/// The share of topics whose list is empty, 0 to 1; `lengths` are those of the lists.
pub fn zero_results(lengths: &[usize]) -> f64 {
    lengths.iter().filter(|length| **length == 0).count() as f64 / lengths.len().max(1) as f64
}

/// The mean over the topics that can tell; [`None`] if none can.
pub fn mean(values: impl IntoIterator<Item = Option<f64>>) -> Option<f64> {
    let values: Vec<f64> = values.into_iter().flatten().collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The share of pairs in which the analogy has the higher score, ties half, 0 to 1; each pair is the score of the analogy,
/// then that of the distractor. Guessing gets 0.5; [`None`] without pairs. The question is that of the analogy tests of cognitive science (Gentner, Rattermann and
/// Forbus 1993): the same problem elsewhere, or a story that only looks alike?
pub fn pair_accuracy(pairs: &[(f64, f64)]) -> Option<f64> {
    mean(pairs.iter().map(|(analogy, distractor)| {
        Some(match analogy - distractor {
            ahead if ahead > 0.0 => 1.0,
            0.0 => 0.5,
            _ => 0.0,
        })
    }))
}

fn discounted(gains: impl Iterator<Item = f64>, cutoff: usize) -> f64 {
    // The logarithm's base cancels out against the ideal list.
    gains
        .take(cutoff)
        .enumerate()
        .map(|(index, gain)| gain / ((index + 2) as f64).ln())
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: Option<f64>, expected: f64) {
        assert!(
            got.is_some_and(|got| (got - expected).abs() < 1e-6),
            "{got:?}, expected {expected}"
        );
    }

    #[test]
    fn ndcg_by_hand() {
        let gains = Gains::from([("a", 3.0), ("b", 2.0), ("c", 0.0)]);
        close(ndcg(&["a", "b", "c"], &gains, 10), 1.0);
        // (2 / log2 2 + 3 / log2 3) / (3 / log2 2 + 2 / log2 3) = 3.892789 / 4.261860
        close(ndcg(&["b", "a"], &gains, 10), 0.913_402);
        close(ndcg(&["x", "y", "a"], &gains, 10), 1.5 / 4.261_860);
        close(ndcg(&["x", "a"], &gains, 1), 0.0);
        close(ndcg(&[], &gains, 10), 0.0);
        assert_eq!(ndcg(&["c"], &Gains::from([("c", 0.0)]), 10), None);
    }

    #[test]
    fn far_ndcg_does_not_count_home_here_or_in_the_ideal_list() {
        let gains = Gains::from([("home", 3.0), ("away", 1.0)]);
        let far = |ranked: &[&str]| far_ndcg(ranked, &gains, |id| id == "home", 10);
        close(far(&["away"]), 1.0);
        close(far(&["home", "away"]), 0.630_930);
        assert_eq!(
            far_ndcg(&["home"], &Gains::from([("home", 3.0)]), |_| true, 10),
            None
        );
    }

    #[test]
    fn recall_counts_relevant_cases_once() {
        let gains = Gains::from([("a", 3.0), ("b", 1.0), ("c", 0.0)]);
        close(recall(&["a", "a", "c"], &gains, 10), 0.5);
        close(recall(&["c", "a", "b"], &gains, 2), 0.5);
        assert_eq!(recall(&["c"], &Gains::from([("c", 0.0)]), 10), None);
    }

    #[test]
    fn sectors_own_share_and_empty_lists() {
        let list = [Some("inns"), Some("banks"), Some("inns"), None];
        assert_eq!(sectors(&list, 10), 2);
        assert_eq!(sectors(&list, 1), 1);
        assert_eq!(own_sector_share(&list, |sector| sector == "inns", 10), 0.5);
        assert_eq!(own_sector_share(&list, |sector| sector == "inns", 1), 1.0);
        assert_eq!(own_sector_share(&[], |_| true, 10), 0.0);
        assert_eq!(zero_results(&[0, 3, 0, 1]), 0.5);
        assert_eq!(zero_results(&[]), 0.0);
        assert_eq!(mean([Some(1.0), None, Some(0.0)]), Some(0.5));
        assert_eq!(mean([None]), None);
    }

    #[test]
    fn a_tie_is_half_a_right_answer() {
        let pairs = [(0.4, 0.1), (0.1, 0.4), (0.2, 0.2), (0.9, 0.0)];
        close(pair_accuracy(&pairs), 0.625);
        assert_eq!(pair_accuracy(&[]), None);
    }
}

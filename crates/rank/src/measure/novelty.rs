//! Lists that show something new: α-nDCG, ERR-IA, and how unlike their cases are.

use super::discounted;
use std::collections::{BTreeMap, BTreeSet};

/// The things a case shows, such as its sector and its mechanisms, for the cases that are relevant to a topic.
pub type Nuggets<'a> = BTreeMap<&'a str, BTreeSet<String>>;

/// α-nDCG at a cutoff, 0 to 1: each nugget is worth `(1 - α)^seen`, seen being how often it was shown above (Clarke et al.,
/// SIGIR 2008; α is 0.5 there and here). The best list is built greedily, as there, ties by id.
pub fn alpha_ndcg(
    ranked: &[&str],
    nuggets: &Nuggets<'_>,
    alpha: f64,
    cutoff: usize,
) -> Option<f64> {
    let found = novelty_gains(ranked.iter().copied(), nuggets, alpha);
    let best = discounted(
        ideal_novelty_gains(nuggets, alpha, cutoff).into_iter(),
        cutoff,
    );
    (best > 0.0).then(|| discounted(found.into_iter(), cutoff) / best)
}

/// ERR-IA at a cutoff, 0 to below 1: how soon readers who each look for one nugget have seen it (Chapelle et al., *Intent-based
/// diversification of web search results*, Information Retrieval 2011).
///
/// `Σ 1/r · mean over nuggets of R(r) · Π (1 - R(k)), k < r`, with R ½ for a case that shows the nugget, as there for a
/// single grade, and 0 for others. Not divided by that of the best list, so topics with many nuggets have low values.
pub fn err_ia(ranked: &[&str], nuggets: &Nuggets<'_>, cutoff: usize) -> Option<f64> {
    const SATISFIED: f64 = 0.5;
    let wanted: BTreeSet<&String> = nuggets.values().flatten().collect();
    let gains = novelty_gains(ranked.iter().copied(), nuggets, SATISFIED);
    let ranks = (1..=cutoff).zip(gains);
    let found: f64 = ranks
        .map(|(rank, gain)| SATISFIED * gain / rank as f64)
        .sum();
    (!wanted.is_empty()).then(|| found / wanted.len() as f64)
}

/// How unlike the cases of a list are, 0 to 1: the mean over all pairs of 1 minus the share of their nuggets that they have in
/// common (Jaccard), the diversity of *Similarity vs. Diversity* (ICCBR 2001).
///
/// Pairs of which nothing is known are left out; [`None`] if there is no other. A list of anything at all is diverse, so this
/// is only to be read beside a measure of relevance.
pub fn dissimilarity(shown: &[BTreeSet<String>]) -> Option<f64> {
    let pairs = shown
        .iter()
        .enumerate()
        .flat_map(|(index, left)| shown[index + 1..].iter().map(move |right| (left, right)));
    super::mean(pairs.map(|(left, right)| {
        let union = left.union(right).count();
        let common = left.intersection(right).count();
        (union > 0).then(|| 1.0 - common as f64 / union as f64)
    }))
}

/// What each case of a list adds, given what was shown above it.
fn novelty_gains<'a>(
    ranked: impl Iterator<Item = &'a str>,
    nuggets: &Nuggets<'_>,
    alpha: f64,
) -> Vec<f64> {
    let mut seen: BTreeMap<&String, f64> = BTreeMap::new();
    ranked
        .map(|id| {
            nuggets
                .get(id)
                .map_or(0.0, |shown| show(&mut seen, shown, alpha))
        })
        .collect()
}

/// What a case is worth now; notes that its nuggets have been shown.
fn show<'n>(
    seen: &mut BTreeMap<&'n String, f64>,
    nuggets: &'n BTreeSet<String>,
    alpha: f64,
) -> f64 {
    let worth = worth(seen, nuggets, alpha);
    for nugget in nuggets {
        *seen.entry(nugget).or_default() += 1.0;
    }
    worth
}

fn worth(seen: &BTreeMap<&String, f64>, nuggets: &BTreeSet<String>, alpha: f64) -> f64 {
    nuggets
        .iter()
        .map(|nugget| (1.0 - alpha).powf(seen.get(nugget).copied().unwrap_or(0.0)))
        .sum()
}

fn ideal_novelty_gains(nuggets: &Nuggets<'_>, alpha: f64, cutoff: usize) -> Vec<f64> {
    let mut left: Vec<&BTreeSet<String>> = nuggets.values().collect();
    let mut seen: BTreeMap<&String, f64> = BTreeMap::new();
    let mut gains = Vec::new();
    while gains.len() < cutoff && !left.is_empty() {
        let worths = left
            .iter()
            .map(|nuggets| worth(&seen, nuggets, alpha))
            .enumerate();
        // The first of the best, in the order of ids.
        let best = worths
            .fold((0, f64::NEG_INFINITY), |best, next| {
                if next.1 > best.1 { next } else { best }
            })
            .0;
        let shown = left.remove(best);
        gains.push(show(&mut seen, shown, alpha));
    }
    gains
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

    fn set(nuggets: &[&str]) -> BTreeSet<String> {
        nuggets.iter().map(|nugget| (*nugget).to_owned()).collect()
    }

    #[test]
    fn alpha_ndcg_by_hand() {
        let nuggets = Nuggets::from([
            ("a", set(&["banks", "queue"])),
            ("b", set(&["banks", "queue"])),
            ("c", set(&["inns"])),
        ]);
        // Best: a 2, then b and c are worth 1 each.
        let best = 2.0 + 1.0 / 3.0_f64.log2() + 0.5;
        close(alpha_ndcg(&["a", "b", "c"], &nuggets, 0.5, 10), 1.0);
        close(alpha_ndcg(&["a", "c", "b"], &nuggets, 0.5, 10), 1.0);
        close(
            alpha_ndcg(&["c", "a", "b"], &nuggets, 0.5, 10),
            (1.0 + 2.0 / 3.0_f64.log2() + 0.5) / best,
        );
        assert_eq!(alpha_ndcg(&["a"], &Nuggets::new(), 0.5, 10), None);
        // Two the same at a cutoff of two: the other sector is worth more.
        let nuggets = Nuggets::from([
            ("a", set(&["banks"])),
            ("b", set(&["banks"])),
            ("c", set(&["inns"])),
        ]);
        let second = 1.0 / 3.0_f64.log2();
        close(
            alpha_ndcg(&["a", "b"], &nuggets, 0.5, 2),
            (1.0 + 0.5 * second) / (1.0 + second),
        );
    }

    #[test]
    fn err_ia_by_hand() {
        let nuggets = Nuggets::from([
            ("a", set(&["banks", "queue"])),
            ("b", set(&["banks", "queue"])),
            ("c", set(&["inns"])),
        ]);
        let check = |ranked: &[&str], cutoff, expected: f64| {
            close(err_ia(ranked, &nuggets, cutoff), expected);
        };
        // Three nuggets; a new one is worth ½ over its rank, one seen once ¼.
        check(&["a", "b", "c"], 10, (1.0 + 0.25 + 0.5 / 3.0) / 3.0);
        check(&["c", "a", "b"], 10, (0.5 + 0.5 + 0.5 / 3.0) / 3.0);
        check(&["x", "a"], 10, 0.5 / 3.0);
        check(&["a", "b", "c"], 1, 1.0 / 3.0);
        check(&[], 10, 0.0);
        assert_eq!(err_ia(&["a"], &Nuggets::new(), 10), None);
    }

    #[test]
    fn dissimilarity_by_hand() {
        let check = |shown: &[&[&str]], expected| {
            let shown: Vec<BTreeSet<String>> = shown.iter().map(|nuggets| set(nuggets)).collect();
            let got = dissimilarity(&shown);
            match expected {
                Some(expected) => close(got, expected),
                None => assert_eq!(got, None, "{shown:?}"),
            }
        };
        check(&[&["inns", "queue"], &["inns", "queue"]], Some(0.0));
        check(&[&["inns"], &["banks"]], Some(1.0));
        // 1 - ⅓, 1 and 1.
        check(
            &[&["inns", "queue"], &["inns", "guarantee"], &["banks"]],
            Some((2.0 / 3.0 + 2.0) / 3.0),
        );
        check(&[&["inns"], &[], &[]], Some(1.0));
        check(&[&[], &[]], None);
        check(&[&["inns"]], None);
    }
}

//! How good an answer is as a whole, told from how much of the brief its best hits cover.
//!
//! ```text
//! confidence = mean coverage of the three hits that cover most                              by meaning
//! confidence = mean coverage of the three hits that cover most · words^(1/3) · √known       by words alone
//! ```
//!
//! `coverage` is that of [`crate::Explanation`]; `words` is the number of the brief's words, because the longer a brief
//! is, the smaller the part of it that any one case can cover; `known` is the share of its words, weighted by idf, that the
//! corpus has at all. The answer is strong, partial or weak from the thresholds of [`crate::Weights::verdicts_by_meaning`] or
//! [`crate::Weights::verdicts`] on, and strong only with three hits or more.
//!
//! `docs/ranking.md` says how often this is right over topics and off-topic briefs. By meaning the two hardly overlap; by words
//! alone a question of one common word (`football`) is answered by the cases that have it.
//!
//! A brief that only filters is answered strongly by whatever passes, since nothing else was asked.

use super::Ranked;
use crate::Verdict;
use crate::signal::Scene;

/// How many hits are looked at.
const BEST: usize = 3;

pub(super) fn verdict(scene: &Scene<'_>, hits: &[Ranked<'_>]) -> Verdict {
    if hits.is_empty() {
        return Verdict::None;
    }
    let by_meaning = hits.iter().any(|hit| hit.candidate.meaning.is_some());
    let weights = &scene.context.weights;
    let ([strong, partial, weak], confidence) = if by_meaning {
        let meant = hits.iter().filter(|hit| hit.candidate.meaning.is_some());
        (weights.verdicts_by_meaning, best_coverage(meant))
    } else {
        (weights.verdicts, by_words(scene, hits))
    };
    if confidence >= strong && (hits.len() >= BEST || scene.lexicon.is_empty()) {
        Verdict::Strong
    } else if confidence >= partial {
        Verdict::Partial
    } else if confidence >= weak {
        Verdict::Weak
    } else {
        Verdict::None
    }
}

fn by_words(scene: &Scene<'_>, hits: &[Ranked<'_>]) -> f64 {
    let mean = best_coverage(hits.iter());
    if scene.lexicon.is_empty() {
        return mean;
    }
    mean * (scene.lexicon.len() as f64).powf(1.0 / 3.0) * scene.lexicon.known().sqrt()
}

/// The mean coverage of the hits that cover most.
fn best_coverage<'r, 'c: 'r>(hits: impl Iterator<Item = &'r Ranked<'c>>) -> f64 {
    let mut coverage: Vec<f64> = hits.map(|hit| hit.explanation.coverage).collect();
    coverage.sort_by(|left, right| right.total_cmp(left));
    coverage.truncate(BEST);
    coverage.iter().sum::<f64>() / coverage.len().max(1) as f64
}

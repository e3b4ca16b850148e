//! How good an answer is as a whole, told from how much of the brief its best hits cover.
//!
//! ```text
//! confidence = mean coverage of the three hits that cover most · words^(1/3) · √known
//! ```
//!
//! `coverage` is that of [`crate::Explanation`]; `words` is the number of the brief's words, because the longer a brief
//! is, the smaller the part of it that any one case can cover; `known` is the share of its words, weighted by idf, that the
//! corpus has at all. The answer is strong, partial or weak from the thresholds of [`crate::Weights::verdicts`] on, and
//! strong only with three hits or more.
//!
//! Tried over the shipped corpus with the default thresholds: of 60 development topics 50 are called partial or strong, of
//! 40 questions about recipes, sport, code and the like 34 are called weak or none. Words alone do not part the two better:
//! a question of one common word (`football`) is answered by the cases that have it. A matter of degree, and the reader
//! judges.
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
    let [strong, partial, weak] = scene.context.weights.verdicts;
    let confidence = confidence(scene, hits);
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

fn confidence(scene: &Scene<'_>, hits: &[Ranked<'_>]) -> f64 {
    let mut coverage: Vec<f64> = hits.iter().map(|hit| hit.explanation.coverage).collect();
    coverage.sort_by(|left, right| right.total_cmp(left));
    coverage.truncate(BEST);
    let mean = coverage.iter().sum::<f64>() / coverage.len() as f64;
    if scene.lexicon.is_empty() {
        return mean;
    }
    mean * (scene.lexicon.len() as f64).powf(1.0 / 3.0) * scene.lexicon.known().sqrt()
}

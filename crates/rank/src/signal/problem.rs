//! Is it the same problem?
//!
//! ```text
//! problem = words · W + signals · shared                                                  what is said
//!         + asks · a + challenge · c + pattern · p + idea · i + whole · w - surface · max(0, i - a)   what is meant
//! W       = min(1, BM25F(brief, asks + challenge + pattern) · n^growth)                      n words in the brief
//! shared  = the greater of  Σ strength of the brief's signals that the case has / max(1, Σ strength of all of them)
//!           and the strength of the likeliest of the case's signals, told by meaning
//! ```
//!
//! `a`, `c`, `p`, `i` and `w` are cosines, none below 0: of the best two asks, the challenge, the pattern, the idea, and the best
//! passage of a case that does not state its problem apart. Where meaning is not known `growth` is 0 and the second line is
//! left out. Range: 0 to 1.
//!
//! Every published success at finding far analogies splits the problem from the solution and matches on the problem (Hope et al.,
//! KDD 2017); here the split is the fields that curators wrote. `asks`, the problem in the words of other sectors, carry most of
//! it. Cosines are taken as they are and not scaled to the best of the brief: so a score means the same in every list, and a
//! filter changes no score (`docs/decisions/0016-scores-that-mean-the-same-everywhere.md`).
//!
//! The last term is against the surface trap: where the idea is nearer to the brief than the asks are, the likeness is of
//! objects, channels and customers, and not of the problem.
//!
//! A brief without words is judged by its signals alone, `problem = shared`, and one without either (filters only) asks
//! for whatever passes the filters: `problem = 1` for every case.

use super::Scene;
use crate::Weights;
use afield_index::Candidate;
use std::ops::RangeInclusive;

/// The least and the most that it can be.
pub fn range(_weights: &Weights) -> RangeInclusive<f64> {
    0.0..=1.0
}

pub(crate) fn part(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    match (scene.lexicon.is_empty(), scene.query.signals.is_empty()) {
        (true, true) => 1.0,
        (true, false) => shared(scene, candidate),
        (false, _) => stated(scene, candidate),
    }
}

/// How much the problem that the case states is that of the brief: its words, its signals and its meaning.
fn stated(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    let weights = &scene.context.weights;
    let mix = scene.mix(candidate);
    let by_words = mix.words * scene.words(candidate, &weights.problem_fields)
        + mix.signals * shared(scene, candidate);
    let Some(meaning) = &candidate.meaning else {
        return by_words;
    };
    let alike = |cosine: Option<f32>| f64::from(cosine.unwrap_or(0.0).max(0.0));
    let surface = alike(meaning.idea) - alike(meaning.asks);
    let by_meaning = mix.asks * alike(meaning.asks)
        + mix.challenge * alike(meaning.challenge)
        + mix.pattern * alike(meaning.pattern)
        + mix.idea * alike(meaning.idea)
        + mix.whole * alike(meaning.whole)
        - mix.surface * surface.max(0.0);
    (by_words + by_meaning).max(0.0)
}

/// How much of the brief's signals the case shares, 0 to 1.
pub(crate) fn shared(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    let readings = || {
        scene
            .query
            .signals
            .iter()
            .map(|reading| (&reading.id, reading.strength.clamp(0.0, 1.0)))
    };
    let all: f64 = readings().map(|(_, strength)| strength).sum();
    let common: f64 = readings()
        .filter(|(id, _)| candidate.signals.contains(id))
        .map(|(_, strength)| strength)
        .sum();
    (common / all.max(1.0)).max(meant(scene, candidate))
}

/// Strength from which on a brief is said to mean a signal: two standard deviations.
pub(crate) const MEANT: f64 = 2.0 / 3.0;

/// Whether the brief speaks of a signal, or surely means it.
pub(crate) fn is_shared(scene: &Scene<'_>, signal: &str) -> bool {
    let read = scene
        .query
        .signals
        .iter()
        .any(|reading| reading.id == signal);
    let mut meant = scene.meant_signals.iter();
    read || meant.any(|(id, strength)| id == signal && *strength >= MEANT)
}

/// How surely the brief means the likeliest of the case's signals, 0 to 1; 0 where meaning is not known.
fn meant(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    let strengths = scene.meant_signals.iter();
    strengths
        .filter(|(id, _)| candidate.signals.contains(id))
        .fold(0.0, |most, (_, strength)| strength.max(most))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Stage;
    use afield_index::Field;

    #[test]
    fn problem_fields_and_signals_add_up() {
        let stage = Stage::new(&[("queue", 1)]).signal("churn", 1.0);
        let ask = stage.part(part, "a", |case| {
            case.frequencies[0][Field::Asks as usize] = 1;
        });
        let signal = stage.part(part, "a", |case| case.signals = vec!["churn".into()]);
        let both = stage.part(part, "a", |case| {
            case.frequencies[0][Field::Asks as usize] = 1;
            case.signals = vec!["churn".into()];
        });
        assert!((ask - 0.60 * (3.0 / 4.2)).abs() < 1e-12);
        assert!((signal - 0.15).abs() < 1e-12);
        assert!((both - ask - signal).abs() < 1e-12);
        assert_eq!(
            stage.part(part, "a", |case| case.frequencies[0]
                [Field::Body as usize] = 9),
            0.0
        );
    }

    #[test]
    fn each_signal_of_the_brief_counts_once() {
        let churn =
            |stage: &Stage| stage.part(shared, "a", |case| case.signals = vec!["churn".into()]);
        assert_eq!(churn(&Stage::new(&[]).signal("churn", 0.4)), 0.4);
        assert_eq!(churn(&Stage::new(&[]).signal("churn", 1.0)), 1.0);
        assert_eq!(
            churn(
                &Stage::new(&[])
                    .signal("churn", 1.0)
                    .signal("trust-loss", 1.0)
            ),
            0.5
        );
        assert_eq!(churn(&Stage::new(&[]).signal("trust-loss", 1.0)), 0.0);
    }

    #[test]
    fn without_words_signals_decide_and_without_both_filters() {
        let share =
            |stage: &Stage| stage.part(part, "a", |case| case.signals = vec!["churn".into()]);
        assert_eq!(share(&Stage::new(&[]).signal("churn", 0.8)), 0.8);
        assert_eq!(share(&Stage::new(&[])), 1.0);
    }
}

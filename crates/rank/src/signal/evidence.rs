//! How well is it evidenced?
//!
//! ```text
//! evidence = 1 + grade · g + outcome · o + sources · min(n, 4) / 4
//! g: A 1 · B ½ · C 0 · D -1 · not graded -½        o: worked 1 · mixed ¾ · failed ½ · unknown 0
//! ```
//!
//! Range: `1 - grade` to `1 + grade + outcome + sources`. The grades are simplified from Nesta's standards of evidence
//! and GRADE. A documented failure is knowledge: it stands a hair behind a success (0.75 % with the default weights) and
//! before an outcome of which nothing is known.

use super::Scene;
use crate::Weights;
use afield_corpus::{Grade, Outcome};
use afield_index::Candidate;
use std::ops::RangeInclusive;

/// The least and the most that it can be.
pub fn range(weights: &Weights) -> RangeInclusive<f64> {
    1.0 - weights.grade..=1.0 + weights.grade + weights.outcome + weights.sources
}

pub(crate) fn part(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    let weights = &scene.context.weights;
    let grade = match candidate.evidence {
        Some(Grade::A) => 1.0,
        Some(Grade::B) => 0.5,
        Some(Grade::C) => 0.0,
        Some(Grade::D) => -1.0,
        None => -0.5,
    };
    let outcome = match candidate.outcome {
        Outcome::Worked => 1.0,
        Outcome::Mixed => 0.75,
        Outcome::Failed => 0.5,
        Outcome::Unknown => 0.0,
    };
    let sources = f64::from(candidate.sources.min(4)) / 4.0;
    1.0 + weights.grade * grade + weights.outcome * outcome + weights.sources * sources
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Stage;

    fn of(evidence: Option<Grade>, outcome: Outcome, sources: u32) -> f64 {
        Stage::new(&[("queue", 1)]).part(part, "a", |case| {
            case.evidence = evidence;
            case.outcome = outcome;
            case.sources = sources;
        })
    }

    #[test]
    fn from_legend_to_trial() {
        let close = |got: f64, expected: f64| {
            assert!((got - expected).abs() < 1e-12, "{got}, expected {expected}");
        };
        close(of(Some(Grade::D), Outcome::Unknown, 0), 0.97);
        close(of(Some(Grade::C), Outcome::Worked, 1), 1.0175);
        close(of(Some(Grade::A), Outcome::Worked, 9), 1.055);
        close(of(None, Outcome::Unknown, 0), 0.985);
    }

    #[test]
    fn a_documented_failure_is_knowledge() {
        let of = |outcome| of(Some(Grade::B), outcome, 2);
        assert!(
            of(Outcome::Worked) > of(Outcome::Failed) && of(Outcome::Failed) > of(Outcome::Unknown)
        );
        assert!(of(Outcome::Worked) - of(Outcome::Failed) < 0.01, "a hair");
    }
}

//! Why a case stands where it stands.

use crate::Distance;
use afield_corpus::Years;
use afield_index::Field;

/// A score taken apart: `score = min(problem + text, 1) × stress × distance × evidence × novelty`, exactly.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// The score, at least 0.
    pub score: f64,
    /// What it is made of.
    pub parts: Parts,
    /// How far the case's sector is from home; [`None`] without a home sector or without a known sector.
    pub distance: Option<Distance>,
    /// Signals that brief and case share.
    pub shared_signals: Vec<String>,
    /// Words of the brief that the case has, as typed, most telling first.
    pub matched_words: Vec<String>,
    /// The fields in which they were found, strongest first.
    pub matched_fields: Vec<Field>,
    /// Stress of the case's sector when it acted, 0 to 1, where observed.
    pub stress_then: Option<f64>,
    /// Stress of the case's sector on the date asked for, 0 to 1, where observed.
    pub stress_now: Option<f64>,
    /// When it acted.
    pub years: Option<Years>,
    /// How much diversity demoted it in the list, 0 < x ≤ 1; it orders the list and is not part of the score.
    pub diversity: f64,
}

/// The parts of a score. `problem` and `text` add up to relevance; the others are factors near 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Parts {
    /// Is it the same problem? 0 to 1.
    pub problem: f64,
    /// Do the words match elsewhere? 0 to 1.
    pub text: f64,
    /// Was it born under pressure, and is its sector pressed now?
    pub stress: f64,
    /// How well its distance suits the dial.
    pub distance: f64,
    /// How well it is evidenced.
    pub evidence: f64,
    /// Is it new at home?
    pub novelty: f64,
}

//! Why a case stands where it stands.

use crate::Distance;
use afield_corpus::Years;
use afield_index::{Field, Meaning};

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
    /// Signals that brief and case share, in the case's order.
    pub shared_signals: Vec<String>,
    /// Words of the brief that the case has, as typed, most telling first.
    pub matched_words: Vec<String>,
    /// The fields in which they were found, strongest first.
    pub matched_fields: Vec<Field>,
    /// How much it means what the brief means, where that is known.
    pub meaning: Option<Meaning>,
    /// How surely it is about the problem, 0 to 1, which is what the verdict rests on: its relevance, where its meaning is known,
    /// else how much of the brief its problem covers.
    pub coverage: f64,
    /// Stress of the case's sector when it acted, 0 to 1, where observed.
    pub stress_then: Option<f64>,
    /// Stress of the case's sector on the date asked for, 0 to 1, where observed.
    pub stress_now: Option<f64>,
    /// When it acted.
    pub years: Option<Years>,
    /// How much diversity demoted it in the list, 0 < x ≤ 1; it orders the list and is not part of the score.
    pub diversity: f64,
}

impl Explanation {
    /// The explanation of a score by its parts alone.
    pub fn new(parts: Parts) -> Self {
        Self {
            score: parts.score(),
            parts,
            distance: None,
            shared_signals: Vec::new(),
            matched_words: Vec::new(),
            matched_fields: Vec::new(),
            meaning: None,
            coverage: 0.0,
            stress_then: None,
            stress_now: None,
            years: None,
            diversity: 1.0,
        }
    }

    /// The score made again from its parts: [`Explanation::score`], bit for bit.
    pub fn recompute(&self) -> f64 {
        self.parts.score()
    }
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

impl Parts {
    /// Relevance alone: all factors are 1.
    pub fn plain(problem: f64, text: f64) -> Self {
        Self {
            problem,
            text,
            stress: 1.0,
            distance: 1.0,
            evidence: 1.0,
            novelty: 1.0,
        }
    }

    /// Relevance, 0 to 1: `min(problem + text, 1)`.
    pub fn relevance(&self) -> f64 {
        (self.problem + self.text).min(1.0)
    }

    /// The score: relevance times the factors, multiplied from left to right in the order of the fields.
    pub fn score(&self) -> f64 {
        self.relevance() * self.stress * self.distance * self.evidence * self.novelty
    }
}

//! What cases mean: vectors of their passages, beside the words of the index.
//!
//! The passages of a case follow from its text, so the column of their keys in the index says which vectors belong to it
//! ([`passage`]). The vectors themselves are a cache by content and model ([`cache`]): an unchanged passage is never encoded
//! twice, and a search takes what is there ([`matrix`]) while the rest is being encoded ([`encode`]).

pub(crate) mod cache;
pub(crate) mod encode;
pub(crate) mod matrix;
pub(crate) mod passage;
pub(crate) mod signal;

/// How much of a case means what the brief means: cosines, from -1 to 1.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Meaning {
    /// The best two asks, as their mean; the one, if there is but one.
    pub asks: Option<f32>,
    /// Which ask is nearest, from 0.
    pub nearest_ask: Option<usize>,
    /// The best passage of the challenge.
    pub challenge: Option<f32>,
    /// The pattern as a whole.
    pub pattern: Option<f32>,
    /// The best passage of the idea.
    pub idea: Option<f32>,
    /// The best passage of the outcome.
    pub outcome: Option<f32>,
    /// The best passage of all its text, for a case that does not state its problem apart.
    pub whole: Option<f32>,
}

/// How much of the cases is known by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoded {
    /// Briefs are read for their words alone, so it does not matter.
    Unasked,
    /// All there is.
    All,
    /// Some passages of cases, or phrases of the vocabulary's signals, have no vector yet.
    Some {
        /// Passages and phrases.
        passages: usize,
        /// Those without a vector.
        missing: usize,
    },
    /// No case has all its vectors, so all are found by words.
    Nothing,
}

//! What ordering rests on and no brief changes.

use crate::{StressModel, Weights};
use afield_corpus::{Catalogue, Vocabulary};

/// How many candidates are ordered for one brief.
pub const CANDIDATES: usize = 1_000;

/// Vocabulary, stress and weights: built once for a corpus, shared by all searches.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Context {
    /// Sectors with their traits, signals with their scales.
    pub vocabulary: Vocabulary,
    /// The stress of all sectors.
    pub stress: StressModel,
    /// The weights of ranking.
    pub weights: Weights,
}

impl Context {
    /// The context of a corpus.
    pub fn new(catalogue: &Catalogue, weights: Weights) -> Self {
        let stress = StressModel::new(&catalogue.vocabulary, &catalogue.series);
        Self {
            vocabulary: catalogue.vocabulary.clone(),
            stress,
            weights,
        }
    }
}

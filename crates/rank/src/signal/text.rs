//! Do the words match elsewhere?
//!
//! ```text
//! text = text · W,  and no less than `named` for a case that the brief names
//! W    = BM25F(brief, title + tags + idea + outcome + body), longer briefs made up for as in [`super::problem`]
//! ```
//!
//! A brief names a case if all its words stand in the case's title and tags, such as its organisation. Range: 0 to 0.5.
//!
//! Title, tags and idea count twice as much as running text. A case found by its solution or its name alone is a look-alike more
//! often than an analogy, so this is the smaller part of relevance.

use super::Scene;
use crate::Weights;
use afield_index::{Candidate, Field, PerField};
use std::ops::RangeInclusive;

/// The fields that name a case.
const NAMES: PerField<f64> = {
    let mut fields = [0.0; Field::COUNT];
    fields[Field::Title as usize] = 1.0;
    fields[Field::Tags as usize] = 1.0;
    fields
};

/// The least and the most that it can be.
pub fn range(weights: &Weights) -> RangeInclusive<f64> {
    let mixes = [&weights.by_words, &weights.by_meaning, &weights.as_a_whole];
    0.0..=mixes
        .into_iter()
        .fold(weights.named, |most, mix| mix.text.max(most))
}

pub(crate) fn part(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    let weights = &scene.context.weights;
    let text = scene.mix(candidate).text * scene.words(candidate, &weights.text_fields);
    if is_named(scene, candidate) {
        text.max(weights.named)
    } else {
        text
    }
}

/// Whether all words of the brief stand in the title and the names of the case: then it asks for this case.
pub(crate) fn is_named(scene: &Scene<'_>, candidate: &Candidate) -> bool {
    scene.lexicon.coverage(candidate, &NAMES) >= 1.0 - 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Stage;

    #[test]
    fn a_title_says_more_than_a_body_and_asks_say_nothing() {
        let stage = Stage::new(&[("queue", 1), ("bread", 0)]);
        let share = 1.992_430 / 5.083_472;
        let found =
            |field: Field| stage.part(part, "a", |case| case.frequencies[0][field as usize] = 1);
        assert!((found(Field::Title) - 0.25 * (2.0 / 3.2) * share).abs() < 1e-6);
        assert!((found(Field::Body) - 0.25 * (1.0 / 2.2) * share).abs() < 1e-6);
        assert_eq!(found(Field::Asks), 0.0);
    }

    #[test]
    fn a_brief_that_is_a_name_finds_what_it_names() {
        let stage = Stage::new(&[("zebra", 1), ("air", 1)]);
        let named = |fields: [Field; 2]| {
            stage.part(part, "a", |case| {
                for (counts, field) in case.frequencies.iter_mut().zip(fields) {
                    counts[field as usize] = 1;
                }
            })
        };
        assert_eq!(named([Field::Tags, Field::Title]), 0.5);
        assert!(named([Field::Tags, Field::Body]) < 0.25);
    }
}

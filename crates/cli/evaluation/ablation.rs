//! Each signal off in turn: what is it worth?
//!
//! A signal that is off gives nothing, and the others stay as they are. Those of relevance are off in every mix.

use super::lists::difference;
use super::{Asked, AskedPair, Evaluation, pairs};
use afield_present::view::AblationView;
use afield_rank::{Mix, Weights, measure};

/// A part of relevance: its name, and where its weight is.
pub(super) type Part = (&'static str, fn(&mut Mix) -> &mut f64);

/// The parts of relevance for a case that states its problem.
pub(super) const PARTS: [Part; 8] = [
    ("words", |mix| &mut mix.words),
    ("signals", |mix| &mut mix.signals),
    ("text", |mix| &mut mix.text),
    ("asks", |mix| &mut mix.asks),
    ("challenge", |mix| &mut mix.challenge),
    ("pattern", |mix| &mut mix.pattern),
    ("idea", |mix| &mut mix.idea),
    ("surface", |mix| &mut mix.surface),
];

/// What shapes a list beyond relevance: its name, and how it is taken out.
type Shaping = (&'static str, fn(&mut Weights));

/// All that shapes a list.
const SHAPING: [Shaping; 5] = [
    ("stress", |weights| weights.stress = 0.0),
    ("distance", |weights| {
        (weights.distance, weights.distance_mix) = (0.0, 0.0);
    }),
    ("evidence", |weights| {
        (weights.grade, weights.outcome, weights.sources) = (0.0, 0.0, 0.0);
    }),
    ("novelty", |weights| weights.adopted = 0.0),
    ("diversity", |weights| {
        weights.repeat_mechanism = 0.0;
        weights.repeat_organisation = 0.0;
        weights.repeat_sector = 0.0;
    }),
];

/// What is left without each signal, on the topics and on the pairs.
pub(crate) fn ablate(
    evaluation: &Evaluation<'_>,
    asked: &[Asked<'_>],
    pairs: &[AskedPair],
) -> Vec<AblationView> {
    let full: Vec<Option<f64>> = asked
        .iter()
        .map(|asked| asked.far_ndcg(&evaluation.context))
        .collect();
    let mut context = evaluation.context.clone();
    variants(&evaluation.context.weights)
        .map(|(off, weights)| {
            context.weights = weights;
            let without: Vec<Option<f64>> =
                asked.iter().map(|asked| asked.far_ndcg(&context)).collect();
            AblationView {
                off,
                difference: difference(&without, &full),
                far_ndcg: measure::mean(without),
                pair_accuracy: pairs::accuracy(pairs, &context).mean,
            }
        })
        .collect()
}

/// The weights with each signal off in turn.
fn variants(weights: &Weights) -> impl Iterator<Item = (&'static str, Weights)> {
    let parts = PARTS.iter().map(|(name, part)| {
        let mut weights = weights.clone();
        for mix in [
            &mut weights.by_words,
            &mut weights.by_meaning,
            &mut weights.as_a_whole,
        ] {
            *part(mix) = 0.0;
        }
        (*name, weights)
    });
    let shaping = SHAPING.iter().map(|(name, take_out)| {
        let mut weights = weights.clone();
        take_out(&mut weights);
        (*name, weights)
    });
    parts.chain(shaping)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_signal_is_off_once_and_was_on() {
        let shipped = Weights::default();
        let names: Vec<&str> = variants(&shipped)
            .map(|(name, weights)| {
                assert_ne!(weights, shipped, "{name}");
                name
            })
            .collect();
        assert_eq!(names.len(), PARTS.len() + SHAPING.len());
        let (_, without) = variants(&shipped).next().expect("the first");
        assert_eq!(
            (without.by_words.words, without.by_meaning.words),
            (0.0, 0.0)
        );
    }
}

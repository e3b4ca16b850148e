//! What tuning the weights would bring on topics that it has not seen.
//!
//! A coordinate search: one part of relevance after the other is multiplied by a few factors, all but the surface are
//! made to add up to 1 again, and what is best stays; twice round. Cross-validation tunes on four fifths of the topics and measures the fifth, so
//! that each topic is measured with weights that never saw it.

use super::ablation::PARTS;
use super::lists::difference;
use super::{Asked, Evaluation};
use crate::error::Failure;
use afield_present::view::CrossValidationView;
use afield_rank::{Context, Mix, measure};
use std::thread;

/// Into how many parts the topics are divided: topic `i` belongs to part `i mod 5`.
const FOLDS: usize = 5;
/// What a weight is multiplied by, besides 1.
const FACTORS: [f64; 5] = [0.0, 0.5, 0.75, 1.33, 2.0];
/// How often the search goes round all weights.
const ROUNDS: usize = 2;

/// Tunes and measures: the mix by meaning, or that by words where no case is known by its meaning.
///
/// # Errors
/// When there are fewer topics than parts.
pub(crate) fn cross_validate(
    evaluation: &Evaluation<'_>,
    asked: &[Asked<'_>],
) -> Result<CrossValidationView, Failure> {
    if asked.len() < FOLDS {
        return Err(Failure::misuse(format!(
            "cross-validation needs {FOLDS} topics with judgments, and there are {}",
            asked.len()
        )));
    }
    let shipped = &evaluation.context;
    let by_meaning = asked.iter().any(Asked::by_meaning);
    let tuned: Vec<Context> = thread::scope(|scope| {
        // One fold more, in which no topic is held out.
        let workers: Vec<_> = (0..=FOLDS)
            .map(|fold| {
                let topics = asked.iter().enumerate();
                let seen = topics.filter(|(index, _)| index % FOLDS != fold);
                let seen: Vec<&Asked<'_>> = seen.map(|(_, asked)| asked).collect();
                scope.spawn(move || tune(shipped, by_meaning, &seen))
            })
            .collect();
        let tuned = workers.into_iter();
        tuned
            .map(|worker| worker.join().expect("ordering does not panic"))
            .collect()
    });
    let on_all = &tuned[FOLDS];
    let as_shipped = far_ndcg(asked, |_| shipped);
    let held_out = far_ndcg(asked, |index| &tuned[index % FOLDS]);
    let before = *mix(&mut shipped.clone(), by_meaning);
    let after = *mix(&mut on_all.clone(), by_meaning);
    Ok(CrossValidationView {
        folds: FOLDS,
        difference: difference(&held_out, &as_shipped),
        shipped: measure::mean(as_shipped),
        held_out: measure::mean(held_out),
        tuned: measure::mean(far_ndcg(asked, |_| on_all)),
        weights: PARTS
            .iter()
            .filter(|(_, part)| *part(&mut before.clone()) > 0.0)
            .map(|(name, part)| (*name, *part(&mut after.clone())))
            .collect(),
    })
}

/// The measure of each topic with the weights for its place.
fn far_ndcg<'c>(asked: &[Asked<'_>], context: impl Fn(usize) -> &'c Context) -> Vec<Option<f64>> {
    let topics = asked.iter().enumerate();
    topics
        .map(|(index, asked)| asked.far_ndcg(context(index)))
        .collect()
}

/// The mix that orders cases whose meaning is known, or is not.
fn mix(context: &mut Context, by_meaning: bool) -> &mut Mix {
    if by_meaning {
        &mut context.weights.by_meaning
    } else {
        &mut context.weights.by_words
    }
}

/// The weights that are best for some topics, as far as the search finds them.
fn tune(shipped: &Context, by_meaning: bool, asked: &[&Asked<'_>]) -> Context {
    let mut context = shipped.clone();
    let start = *mix(&mut context, by_meaning);
    let best = search(start, |tried| {
        *mix(&mut context, by_meaning) = *tried;
        let topics = asked.iter().map(|asked| asked.far_ndcg(&context));
        measure::mean(topics).unwrap_or(0.0)
    });
    *mix(&mut context, by_meaning) = best;
    context
}

/// The best mix from a start; the start itself if nothing is better.
fn search(start: Mix, mut worth: impl FnMut(&Mix) -> f64) -> Mix {
    let mut best = start;
    let mut most = worth(&best);
    for (_, part) in (0..ROUNDS).flat_map(|_| PARTS) {
        let from = best;
        for factor in FACTORS {
            let mut tried = from;
            *part(&mut tried) *= factor;
            if tried == from || !share_out(&mut tried) {
                continue;
            }
            let worth = worth(&tried);
            if worth > most {
                (best, most) = (tried, worth);
            }
        }
    }
    best
}

/// Makes all but the surface add up to 1; not possible where nothing is left.
fn share_out(mix: &mut Mix) -> bool {
    let all = mix.most();
    if all <= 0.0 {
        return false;
    }
    let surface = mix.surface;
    for (_, part) in PARTS {
        *part(mix) /= all;
    }
    mix.surface = surface;
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use afield_rank::Weights;

    #[test]
    fn the_search_goes_uphill_and_keeps_the_sum() {
        let start = Weights::default().by_meaning;
        let found = search(start, |mix| mix.asks - (mix.surface - 0.2).abs());
        assert!(found.asks > 0.6, "{found:?}");
        assert!((found.surface - 0.2).abs() < 0.05, "{found:?}");
        assert!((found.most() - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!(search(start, |_| 0.5), start);
    }
}

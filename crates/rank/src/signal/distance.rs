//! How well does its distance suit the dial?
//!
//! ```text
//! distance = 1 + reach · (2 · exp(-((d - μ) / width)²) - 1)
//! ```
//!
//! | dial | μ | width | reach |
//! | --- | --- | --- | --- |
//! | near | 0.40 | 0.20 | `distance` |
//! | mid | 0.65 | 0.20 | `distance` |
//! | far | 0.90 | 0.20 | `distance` |
//! | mix | 0.65 | 0.35 | `distance_mix` |
//!
//! A bell curve and never a ramp: farther is not better (Chan, Dow, Schunn 2015), and with the own sector left out a reward
//! for distance does not make lists better (measured: 0.515 to at most 0.522 in far-nDCG@10). So the default, mix, is all but flat,
//! and breaks ties towards the middle. A dial that is set is an explicit wish: from the top of its curve to its foot a score changes
//! by half (0.8 to 1.2 with the default weights), enough to see, and too little to carry an idea past one that is half as
//! relevant again. The curve's middles are the middles of the bands that [`crate::distance()`] speaks of. Range: `1 ± reach`;
//! 1 without a home sector, or where one of the two sectors is not known.

use super::Scene;
use crate::{Dial, Weights};
use afield_index::Candidate;
use std::ops::RangeInclusive;

/// The least and the most that it can be.
pub fn range(weights: &Weights) -> RangeInclusive<f64> {
    let reach = weights.distance.max(weights.distance_mix);
    1.0 - reach..=1.0 + reach
}

pub(crate) fn part(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    let distance = scene.distance(candidate);
    distance.map_or(1.0, |distance| {
        factor(&scene.context.weights, scene.request.dial, distance.value)
    })
}

fn factor(weights: &Weights, dial: Dial, distance: f64) -> f64 {
    let (middle, width, reach) = match dial {
        Dial::Near => (0.40, 0.20, weights.distance),
        Dial::Mid => (0.65, 0.20, weights.distance),
        Dial::Far => (0.90, 0.20, weights.distance),
        Dial::Mix => (0.65, 0.35, weights.distance_mix),
    };
    let off: f64 = (distance - middle) / width;
    1.0 + reach * (2.0 * (-off * off).exp() - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Stage;

    #[test]
    fn the_dial_is_noticed_and_the_mix_hardly() {
        let at = |dial, distance| factor(&Weights::default(), dial, distance);
        assert_eq!(at(Dial::Near, 0.40), 1.2);
        assert_eq!(at(Dial::Far, 0.90), 1.2);
        assert!(at(Dial::Near, 0.90) < 0.81);
        assert!(at(Dial::Far, 0.30) < 0.81);
        assert!(
            at(Dial::Mid, 0.60) > at(Dial::Mid, 0.30) && at(Dial::Mid, 0.60) > at(Dial::Mid, 0.95)
        );
        let mix: Vec<f64> = [0.2, 0.4, 0.6, 0.8, 1.0]
            .map(|distance| at(Dial::Mix, distance))
            .into();
        assert!(
            mix.iter().all(|factor| (0.98..=1.02).contains(factor)),
            "{mix:?}"
        );
    }

    #[test]
    fn what_is_not_known_is_neutral() {
        let far = |stage: &Stage, sector: &str| {
            stage.part(part, "a", |case| case.sector = Some(sector.into()))
        };
        let mut stage = Stage::new(&[("queue", 1)]);
        stage.request.dial = Dial::Far;
        assert_eq!(far(&stage, "tailors"), 1.0, "no home sector");
        stage.request.home = Some("airships".into());
        assert!(far(&stage, "tailors") > 1.1);
        assert_eq!(far(&stage, "moon"), 1.0, "unknown sector");
    }
}

//! Was it born under pressure, and is its sector pressed now?
//!
//! ```text
//! stress = 1 + reach · (2 · m - 1),   m = 0.6 · then + 0.4 · now
//! ```
//!
//! `then` is the mean stress of the case's sector over the years in which it acted, `now` its stress on the date asked
//! for; where one is not observed the other stands alone, and where neither is, the factor is 1. Range: `1 ± reach`. An idea
//! that worked for someone with their back to the wall had to be quick and cheap; that the sector is pressed now says
//! that others there are looking for answers too. Our own reading of the field, kept small: it has not been measured to
//! make lists better.

use super::Scene;
use crate::Weights;
use afield_index::Candidate;
use std::ops::RangeInclusive;

/// The least and the most that it can be.
pub fn range(weights: &Weights) -> RangeInclusive<f64> {
    1.0 - weights.stress..=1.0 + weights.stress
}

pub(crate) fn part(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    factor(
        &scene.context.weights,
        scene.stress_then(candidate),
        scene.stress_now(candidate),
    )
}

fn factor(weights: &Weights, then: Option<f64>, now: Option<f64>) -> f64 {
    let pressed = match (then, now) {
        (Some(then), Some(now)) => weights.stress_then * then + (1.0 - weights.stress_then) * now,
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => 0.5,
    };
    1.0 + weights.stress * (2.0 * pressed - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Stage;
    use afield_corpus::Years;

    #[test]
    fn pressed_above_unknown_above_calm() {
        let check = |then, now, expected: f64| {
            let got = factor(&Weights::default(), then, now);
            assert!((got - expected).abs() < 1e-12, "{then:?} {now:?}: {got}");
        };
        check(Some(1.0), Some(1.0), 1.05);
        check(Some(1.0), Some(0.0), 1.01);
        check(Some(0.8), None, 1.03);
        check(None, Some(0.2), 0.97);
        check(None, None, 1.0);
        check(Some(0.0), Some(0.0), 0.95);
    }

    #[test]
    fn read_off_the_figures_of_the_sector() {
        let stage = Stage::new(&[("queue", 1)]).figures(
            "airships",
            "demand-collapse",
            "change fall; 2020 -45; 2024 2",
        );
        let of = |sector: &str, year| {
            stage.part(part, "a", |case| {
                case.sector = Some(sector.into());
                case.years = Some(Years::new(year, Some(year)));
            })
        };
        // 0.75 when it acted, 0 now.
        assert!((of("airships", 2020) - (1.0 + 0.05 * (2.0 * 0.45 - 1.0))).abs() < 1e-12);
        assert!(of("airships", 2020) > of("airships", 2024));
        assert_eq!(of("inns", 2020), 1.0);
    }
}

//! Is it new at home?
//!
//! ```text
//! novelty = 1 - adopted   if the case says that the idea has been taken up at home, else 1
//! ```
//!
//! Range: `1 - adopted` to 1; 1 without a home sector. Home is named by the id, label or an alias of the sector, of its
//! group, or of one of its leaves; a note in brackets behind it says who. Such an idea is proven at home and so less of a find; it stays in the list, because one
//! taker is not everyone.

use super::Scene;
use crate::Weights;
use afield_index::Candidate;
use std::ops::RangeInclusive;

/// The least and the most that it can be.
pub fn range(weights: &Weights) -> RangeInclusive<f64> {
    1.0 - weights.adopted..=1.0
}

pub(crate) fn part(scene: &Scene<'_>, candidate: &Candidate) -> f64 {
    let known = |home: &crate::home::Home<'_>| {
        candidate
            .adopted_in
            .iter()
            .any(|words| home.is_named(words.split(" (").next().unwrap_or(words)))
    };
    if scene.home.as_ref().is_some_and(known) {
        1.0 - scene.context.weights.adopted
    } else {
        1.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Stage;

    #[test]
    fn taken_up_at_home_is_less_of_a_find() {
        let check = |home: Option<&str>, adopted: &str, expected: f64| {
            let mut stage = Stage::new(&[("queue", 1)]);
            stage.request.home = home.map(str::to_owned);
            let got = stage.part(part, "a", |case| {
                case.adopted_in = vec!["the moon".into(), adopted.into()];
            });
            assert_eq!(got, expected, "{home:?} {adopted}");
        };
        check(Some("counting-houses"), "Banks", 0.9);
        check(Some("counting-houses"), "money", 0.9);
        check(Some("counting-houses"), "counting-houses (Oldcoin)", 0.9);
        check(Some("counting-houses"), "inns", 1.0);
        check(None, "Banks", 1.0);
    }
}

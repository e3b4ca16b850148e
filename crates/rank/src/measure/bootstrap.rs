//! Is one order better than another, or was it the topics?

/// How often topics are drawn anew.
const RESAMPLES: usize = 10_000;

/// Resamples beyond either end of the interval: 2.5 %.
const BEYOND: usize = RESAMPLES / 40;

/// A mean difference, and where 95 % of its resamples lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The mean over the topics.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The paired bootstrap over topics (Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993; Sakai, SIGIR 2006).
///
/// As many topics as there are, are drawn with replacement, 10,000 times; the middle 95 % of their mean differences are the
/// interval. Where it holds 0, other topics could have turned the difference round. `differences` has one value a topic, in
/// the measure's unit; [`None`] without any. The same differences give the same interval, on any machine.
pub fn paired_bootstrap(differences: &[f64]) -> Option<Difference> {
    if differences.is_empty() {
        return None;
    }
    let count = differences.len() as f64;
    let mut random = SplitMix64(0);
    let mut means: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let drawn = differences
                .iter()
                .map(|_| differences[random.below(differences.len())]);
            drawn.sum::<f64>() / count
        })
        .collect();
    means.sort_by(f64::total_cmp);
    Some(Difference {
        mean: differences.iter().sum::<f64>() / count,
        low: means[BEYOND],
        high: means[RESAMPLES - 1 - BEYOND],
    })
}

/// A small generator of numbers that pass for random: Steele, Lea and Flood, *Fast Splittable Pseudorandom Number
/// Generators* (OOPSLA 2014).
#[derive(Debug)]
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below `end`.
    fn below(&mut self, end: usize) -> usize {
        // The upper half of the product falls evenly, but for a part in 2^64 / end.
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_sequence() {
        let mut random = SplitMix64(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            drawn,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn a_steady_difference_has_no_width_and_none_has_no_interval() {
        let same = paired_bootstrap(&[0.25; 8]).expect("a difference");
        assert_eq!((same.mean, same.low, same.high), (0.25, 0.25, 0.25));
        assert_eq!(paired_bootstrap(&[]), None);
    }

    #[test]
    fn as_wide_as_a_coin_is_uncertain() {
        // The mean of 100 throws of 0 or 1: 0.5, give or take 1.96 times 0.05.
        let throws: Vec<f64> = (0..100).map(|throw| f64::from(throw % 2)).collect();
        let found = paired_bootstrap(&throws).expect("a difference");
        assert_eq!(found.mean, 0.5);
        assert!((found.low - 0.402).abs() < 0.011, "{found:?}");
        assert!((found.high - 0.598).abs() < 0.011, "{found:?}");
        assert_eq!(paired_bootstrap(&throws), Some(found), "the same each time");
    }
}

//! The functions between the products, on plain `f32`.
//!
//! Nothing here calls the mathematics of the system or lets sums be added in another order, so that every machine gets the
//! same bits; loops have no branches, so that the compiler can do several numbers at a time.

use crate::weights::Norm;

/// Sums that are kept side by side, and added up in this order at the end.
const LANES: usize = 16;

/// 1.5 · 2²³: adding it leaves no place for a fraction, which rounds without a call.
const ROUND: f32 = 12_582_912.0;

/// The nearest whole number, halves to even, for magnitudes up to 2²².
#[inline(always)]
pub(crate) fn whole(x: f32) -> i32 {
    // The lowest bits are the number itself, those of the sum's start taken away.
    (x + ROUND).to_bits().cast_signed() - ROUND.to_bits().cast_signed()
}

/// `e^x` for `x` in -87..=88, beyond which it stays at the ends; relative error below 1e-6.
///
/// `e^x = 2^n · e^r` with n whole and |r| ≤ ln 2 / 2, and e^r by its series (Cephes, `expf`).
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 88.0);
    let n = (x * std::f32::consts::LOG2_E + ROUND) - ROUND;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let series = 1.987_569_1e-4;
    let series = series * r + 1.398_2e-3;
    let series = series * r + 8.333_452e-3;
    let series = series * r + 4.166_579_6e-2;
    let series = series * r + 0.166_666_65;
    let series = series * r + 0.5;
    let power = f32::from_bits(((whole(n) + 127) as u32) << 23);
    (series * r * r + r + 1.0) * power
}

/// The Gaussian error function, to 1.5e-7 (Abramowitz and Stegun, *Handbook of Mathematical Functions*, 7.1.26).
#[inline(always)]
fn erf(x: f32) -> f32 {
    let size = x.abs();
    let t = 1.0 / (1.0 + 0.327_591_1 * size);
    let series = 1.061_405_4 * t - 1.453_152_1;
    let series = series * t + 1.421_413_8;
    let series = series * t - 0.284_496_74;
    let series = (series * t + 0.254_829_6) * t;
    (1.0 - series * exp(-size * size)).copysign(x)
}

/// Gaussian error linear units, `x · Φ(x)` (Hendrycks and Gimpel 2016).
#[inline(always)]
pub(crate) fn gelu(numbers: &mut [f32]) {
    for x in numbers {
        *x = 0.5 * *x * (1.0 + erf(*x * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// Turns numbers into shares of 1 by their exponentials.
#[inline(always)]
pub(crate) fn softmax(numbers: &mut [f32]) {
    let most = numbers.iter().copied().fold(f32::MIN, f32::max);
    for x in &mut *numbers {
        *x = exp(*x - most);
    }
    let whole = sum(numbers, |x| x);
    for x in numbers {
        *x /= whole;
    }
}

/// Brings numbers to mean 0 and variance 1, then scales and moves each (Ba, Kiros and Hinton 2016).
#[inline(always)]
pub(crate) fn normalise(numbers: &mut [f32], norm: &Norm) {
    let count = numbers.len() as f32;
    let mean = sum(numbers, |x| x) / count;
    let variance = sum(numbers, |x| (x - mean) * (x - mean)) / count;
    let deviation = (variance + 1e-12).sqrt();
    let places = norm.weight.iter().zip(&norm.bias);
    for (x, (weight, bias)) in numbers.iter_mut().zip(places) {
        *x = (*x - mean) / deviation * weight + bias;
    }
}

/// The sum of what a function makes of each number, in [`LANES`] sums and then in order.
#[inline(always)]
pub(crate) fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    let lanes: f32 = lanes.into_iter().sum();
    lanes + rest.iter().map(|x| of(*x)).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_the_nearest() {
        for step in -40_000..=40_000 {
            let x = step as f32 / 4.0;
            assert_eq!(whole(x), x.round_ties_even() as i32, "{x}");
        }
    }

    #[test]
    fn exp_and_erf_are_close_to_the_truth() {
        for step in -870..=880 {
            let x = step as f32 / 10.0;
            let truth = f64::from(x).exp();
            assert!(
                (f64::from(exp(x)) / truth - 1.0).abs() < 1e-6,
                "exp({x}) is {}",
                exp(x)
            );
        }
        // Abramowitz and Stegun, table 7.1.
        for (x, truth) in [
            (0.0, 0.0),
            (0.5, 0.520_5),
            (1.0, 0.842_700_8),
            (2.0, 0.995_322_3),
            (9.0, 1.0),
        ] {
            assert!((erf(x) - truth).abs() < 4e-7, "erf({x}) is {}", erf(x));
            assert!((erf(-x) + truth).abs() < 4e-7, "erf(-{x}) is {}", erf(-x));
        }
    }

    #[test]
    fn softmax_shares_out_one() {
        let mut numbers: Vec<f32> = (0..37).map(|x| x as f32 * 10.0 - 100.0).collect();
        softmax(&mut numbers);
        assert!((sum(&numbers, |x| x) - 1.0).abs() < 1e-6);
        assert!(numbers.is_sorted() && numbers[36] > 0.999);
    }

    #[test]
    fn normalised_numbers_have_mean_0_and_variance_1() {
        let count = 384;
        let norm = Norm {
            weight: vec![1.0; count],
            bias: vec![0.0; count],
        };
        let mut numbers: Vec<f32> = (0..count).map(|x| (x * x % 97) as f32).collect();
        normalise(&mut numbers, &norm);
        assert!(sum(&numbers, |x| x).abs() < 1e-3);
        assert!((sum(&numbers, |x| x * x) / count as f32 - 1.0).abs() < 1e-4);
    }
}

//! Many vectors in one piece of memory, to be compared with one.

use crate::kernel::{Hot, Multiply, hot, products};
use crate::{DIMENSIONS, Packed, Probe};

/// Vectors one after the other. Comparing all of them with a probe reads each number once: exact, and for a few hundred
/// thousand vectors a matter of milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    codes: Vec<i8>,
    scales: Vec<f32>,
}

impl Rows {
    /// Room for a number of vectors.
    pub fn with_capacity(count: usize) -> Self {
        Self {
            codes: Vec::with_capacity(count * DIMENSIONS),
            scales: Vec::with_capacity(count),
        }
    }

    /// Adds a vector at the end.
    pub fn push(&mut self, packed: &Packed) {
        self.codes.extend_from_slice(&packed.codes);
        self.scales.push(packed.scale);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.scales.is_empty()
    }

    /// The cosine of each with a probe, in the order they were added.
    pub fn cosines(&self, probe: &Probe) -> Vec<f32> {
        hot(Cosines { rows: self, probe })
    }
}

struct Cosines<'a> {
    rows: &'a Rows,
    probe: &'a Probe,
}

impl Hot for Cosines<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<M: Multiply>(self, by: M) -> Vec<f32> {
        let Rows { codes, scales } = self.rows;
        let mut sums = vec![0; scales.len()];
        products(
            by,
            codes,
            self.probe.codes.as_slice(),
            DIMENSIONS,
            &mut sums,
        );
        let sums = sums.into_iter().zip(scales);
        sums.map(|(sum, scale)| sum as f32 * (scale * self.probe.scale))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Vector;

    #[test]
    fn cosines_are_those_of_the_vectors() {
        let vectors: Vec<Vector> = (1..=20)
            .map(|seed| Vector::unit(std::array::from_fn(|k| ((k * seed) as f32 * 0.31).sin())))
            .collect();
        let mut rows = Rows::with_capacity(vectors.len());
        vectors.iter().for_each(|vector| rows.push(&vector.pack()));
        for probe in &vectors {
            let found = rows.cosines(&probe.probe());
            assert_eq!(found.len(), vectors.len());
            for (found, vector) in found.iter().zip(&vectors) {
                let truth = probe.cosine(vector);
                assert!((found - truth).abs() < 0.005, "{found}, exactly {truth}");
            }
        }
    }

    #[test]
    fn nothing_is_like_nothing() {
        let probe = Vector::unit([1.0; DIMENSIONS]).probe();
        assert!(Rows::default().cosines(&probe).is_empty() && Rows::default().is_empty());
    }
}

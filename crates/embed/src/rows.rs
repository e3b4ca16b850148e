//! Many vectors in one piece of memory, to be compared with one.

use crate::kernel::{Hot, Multiply, hot, products};
use crate::{DIMENSIONS, Packed, Probe};
use std::thread;

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

    /// The cosine of each with a probe, in the order they were added. Many are compared on several threads, as one alone waits
    /// for memory.
    pub fn cosines(&self, probe: &Probe) -> Vec<f32> {
        let threads = thread::available_parallelism().map_or(1, usize::from);
        let share = self.len().div_ceil(threads).max(WORTH_A_THREAD);
        let mut cosines = vec![0.0; self.len()];
        let shares = self
            .codes
            .chunks(share * DIMENSIONS)
            .zip(self.scales.chunks(share));
        let work = shares.zip(cosines.chunks_mut(share));
        let mut work = work.map(|((codes, scales), cosines)| Cosines {
            codes,
            scales,
            probe,
            cosines,
        });
        thread::scope(|scope| {
            // The first share is this thread's own.
            let first = work.next();
            work.for_each(|share| {
                scope.spawn(|| hot(share));
            });
            first.map(hot);
        });
        cosines
    }
}

/// Vectors below which a thread costs more than it brings: some tenths of a millisecond of comparing.
const WORTH_A_THREAD: usize = 16_384;

/// A share of the comparing.
struct Cosines<'a> {
    codes: &'a [i8],
    scales: &'a [f32],
    probe: &'a Probe,
    cosines: &'a mut [f32],
}

impl Hot for Cosines<'_> {
    type Output = ();

    #[inline(always)]
    fn run<M: Multiply>(self, by: M) {
        let mut sums = vec![0; self.scales.len()];
        products(
            by,
            self.codes,
            self.probe.codes.as_slice(),
            DIMENSIONS,
            &mut sums,
        );
        let places = sums.into_iter().zip(self.scales);
        for (cosine, (sum, scale)) in self.cosines.iter_mut().zip(places) {
            *cosine = sum as f32 * (scale * self.probe.scale);
        }
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
    fn many_are_compared_in_their_order() {
        let vector =
            |seed: usize| Vector::unit(std::array::from_fn(|k| ((k * seed) as f32 * 0.17).cos()));
        let packed: Vec<Packed> = (1..=9).map(|seed| vector(seed).pack()).collect();
        let probe = vector(3).probe();
        let mut few = Rows::default();
        packed.iter().for_each(|packed| few.push(packed));
        let mut many = Rows::default();
        let count = 3 * WORTH_A_THREAD + 5;
        packed
            .iter()
            .cycle()
            .take(count)
            .for_each(|packed| many.push(packed));
        let expected: Vec<f32> = few
            .cosines(&probe)
            .into_iter()
            .cycle()
            .take(count)
            .collect();
        assert_eq!(many.cosines(&probe), expected);
    }

    #[test]
    fn nothing_is_like_nothing() {
        let probe = Vector::unit([1.0; DIMENSIONS]).probe();
        assert!(Rows::default().cosines(&probe).is_empty() && Rows::default().is_empty());
    }
}

//! Products of whole numbers: the one hot loop of encoding and of scanning.
//!
//! Rows of weights (-127 to 127) meet inputs of at most [`MOST`] in magnitude, and their sums are kept in 32 bits, which
//! a row of up to 2,048 columns cannot overflow. Sums of whole numbers are the same in any order, so every processor
//! gets the same. With AVX2 sixteen products are made at a time; elsewhere the compiler does what it can.

/// Numbers that are multiplied at a time; rows are a multiple of it.
const CHUNK: usize = 16;

/// The largest magnitude of an input: 127 · 8,191 · 2,048 is below 2³¹.
pub(crate) const MOST: i16 = 8_191;

/// Rows and inputs that are multiplied in one go, so that what was read is used several times: twelve sums and three
/// rows fit the sixteen registers of AVX2.
const ROWS: usize = 3;
const INPUTS: usize = 4;

/// A calculation that is to use the best instructions of the processor it runs on. All that it calls has to be inlined, since
/// only what is compiled into [`Hot::run`] is compiled for those instructions.
pub(crate) trait Hot {
    /// What comes of it.
    type Output;

    /// The calculation, with a way to multiply.
    fn run<M: Multiply>(self, by: M) -> Self::Output;
}

/// Runs a calculation with the best instructions there are.
pub(crate) fn hot<H: Hot>(calculation: H) -> H::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return simd.vectorize(With(simd, calculation));
    }
    calculation.run(Plain)
}

#[cfg(target_arch = "x86_64")]
struct With<H>(pulp::x86::V3, H);

#[cfg(target_arch = "x86_64")]
impl<H: Hot> pulp::NullaryFnOnce for With<H> {
    type Output = H::Output;

    #[inline(always)]
    fn call(self) -> H::Output {
        self.1.run(self.0)
    }
}

/// Multiplies all rows of a tile with all its inputs.
pub(crate) trait Multiply: Copy {
    /// `Σ_k rows[r][k] · inputs[i][k]`; all of one length, a multiple of 16.
    fn tile<const R: usize, const I: usize>(
        self,
        rows: [&[i8]; R],
        inputs: [&[i16]; I],
    ) -> [[i32; I]; R];
}

/// Multiplies each row with each input: `sums[input · rows + row] = Σ_k row[k] · input[k]`. `weights` holds rows, and
/// `inputs` inputs, of `columns` numbers each, a multiple of 16.
#[inline(always)]
pub(crate) fn products<M: Multiply>(
    by: M,
    weights: &[i8],
    inputs: &[i16],
    columns: usize,
    sums: &mut [i32],
) {
    debug_assert!(columns <= 2_048 && columns.is_multiple_of(CHUNK));
    let rows = weights.len() / columns;
    let mut row = 0;
    while row + ROWS <= rows {
        band::<M, ROWS>(by, weights, inputs, columns, row, sums);
        row += ROWS;
    }
    for row in row..rows {
        band::<M, 1>(by, weights, inputs, columns, row, sums);
    }
}

/// A few rows with every input.
#[inline(always)]
fn band<M: Multiply, const R: usize>(
    by: M,
    weights: &[i8],
    inputs: &[i16],
    columns: usize,
    row: usize,
    sums: &mut [i32],
) {
    let mut rows: [&[i8]; R] = [&[]; R];
    for (r, each) in rows.iter_mut().enumerate() {
        *each = &weights[(row + r) * columns..][..columns];
    }
    let stride = weights.len() / columns;
    let count = inputs.len() / columns;
    let mut input = 0;
    while input + INPUTS <= count {
        let mut met: [&[i16]; INPUTS] = [&[]; INPUTS];
        for (i, each) in met.iter_mut().enumerate() {
            *each = &inputs[(input + i) * columns..][..columns];
        }
        let tile: [[i32; INPUTS]; R] = by.tile(rows, met);
        put(&tile, &mut sums[input * stride + row..], stride);
        input += INPUTS;
    }
    for input in input..count {
        let tile: [[i32; 1]; R] = by.tile(rows, [&inputs[input * columns..][..columns]]);
        put(&tile, &mut sums[input * stride + row..], stride);
    }
}

#[inline(always)]
fn put<const R: usize, const I: usize>(tile: &[[i32; I]; R], sums: &mut [i32], stride: usize) {
    for i in 0..I {
        for r in 0..R {
            sums[i * stride + r] = tile[r][i];
        }
    }
}

/// No instructions in particular.
#[derive(Clone, Copy)]
pub(crate) struct Plain;

impl Multiply for Plain {
    #[inline(always)]
    fn tile<const R: usize, const I: usize>(
        self,
        rows: [&[i8]; R],
        inputs: [&[i16]; I],
    ) -> [[i32; I]; R] {
        rows.map(|row| inputs.map(|input| dot(row, input)))
    }
}

#[inline(always)]
fn dot(row: &[i8], input: &[i16]) -> i32 {
    let pairs = row.iter().zip(input);
    pairs.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

#[cfg(target_arch = "x86_64")]
impl Multiply for pulp::x86::V3 {
    #[inline(always)]
    fn tile<const R: usize, const I: usize>(
        self,
        rows: [&[i8]; R],
        inputs: [&[i16]; I],
    ) -> [[i32; I]; R] {
        use std::arch::x86_64::__m256i;
        // Loops, not `map`: a closure that is not inlined would not be compiled for these instructions.
        let chunks = rows[0].len() / CHUNK;
        let mut sums: [[__m256i; I]; R] = [[pulp::cast([0_i32; 8]); I]; R];
        let mut row_chunks: [&[[i8; CHUNK]]; R] = [&[]; R];
        for r in 0..R {
            row_chunks[r] = &rows[r].as_chunks().0[..chunks];
        }
        let mut input_chunks: [&[[i16; CHUNK]]; I] = [&[]; I];
        for i in 0..I {
            input_chunks[i] = &inputs[i].as_chunks().0[..chunks];
        }
        for chunk in 0..chunks {
            let mut wide: [__m256i; R] = [pulp::cast([0_i32; 8]); R];
            for r in 0..R {
                wide[r] = self
                    .avx2
                    ._mm256_cvtepi8_epi16(pulp::cast(row_chunks[r][chunk]));
            }
            for i in 0..I {
                let input: __m256i = pulp::cast(input_chunks[i][chunk]);
                for r in 0..R {
                    // Sixteen products, added in pairs to eight sums.
                    let products = self.avx2._mm256_madd_epi16(wide[r], input);
                    sums[r][i] = self.avx2._mm256_add_epi32(sums[r][i], products);
                }
            }
        }
        let mut totals = [[0; I]; R];
        for r in 0..R {
            for i in 0..I {
                let lanes: [i32; 8] = pulp::cast(sums[r][i]);
                for lane in lanes {
                    totals[r][i] += lane;
                }
            }
        }
        totals
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Products<'a>(&'a [i8], &'a [i16], usize);

    impl Hot for Products<'_> {
        type Output = Vec<i32>;

        #[inline(always)]
        fn run<M: Multiply>(self, by: M) -> Vec<i32> {
            let Self(weights, inputs, columns) = self;
            let mut sums = vec![0; weights.len() / columns * (inputs.len() / columns)];
            products(by, weights, inputs, columns, &mut sums);
            sums
        }
    }

    fn one_by_one(weights: &[i8], inputs: &[i16], columns: usize) -> Vec<i32> {
        let met = inputs.chunks_exact(columns);
        let sums = met.flat_map(move |input| {
            weights.chunks_exact(columns).map(move |row| {
                let products = row.iter().zip(input);
                products
                    .map(|(a, b)| i64::from(*a) * i64::from(*b))
                    .sum::<i64>()
            })
        });
        sums.map(|sum| i32::try_from(sum).expect("no overflow"))
            .collect()
    }

    proptest! {
        #[test]
        fn any_instructions_give_the_same(
            columns in (1_usize..6).prop_map(|chunks| chunks * CHUNK),
            rows in 0_usize..8,
            inputs in 0_usize..9,
            seed in any::<u64>(),
        ) {
            let mut state = seed | 1;
            let mut next = |most: u64| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state % (2 * most + 1)) as i64 - most as i64
            };
            let weights: Vec<i8> = (0..rows * columns).map(|_| next(127) as i8).collect();
            let met: Vec<i16> = (0..inputs * columns).map(|_| next(8_191) as i16).collect();
            let expected = one_by_one(&weights, &met, columns);
            prop_assert_eq!(&Products(&weights, &met, columns).run(Plain), &expected);
            prop_assert_eq!(&hot(Products(&weights, &met, columns)), &expected);
        }
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let (weights, inputs) = (vec![-127; 2_048], vec![MOST; 2_048]);
        let expected = [-127 * i32::from(MOST) * 2_048];
        assert_eq!(hot(Products(&weights, &inputs, 2_048)), expected);
    }
}

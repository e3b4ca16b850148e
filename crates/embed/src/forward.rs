//! The forward pass: from word pieces to a vector.
//!
//! BERT (Devlin et al., NAACL 2019): embeddings, then six layers of attention and a feed-forward network, each followed
//! by layer normalisation; the mean over all pieces, made a unit vector, stands for the text (Reimers and Gurevych,
//! 2019). Numbers lie row by row, one row a piece. Inputs of a product are brought to whole numbers of 14 bits, one scale
//! a row.

use crate::kernel::{Hot, MOST, Multiply, hot, products};
use crate::math::{gelu, normalise, softmax, whole};
use crate::weights::{Dense, Layer, Norm, Weights};
use crate::{DIMENSIONS, Vector};

const HEADS: usize = 12;
/// Numbers of a head.
const HEAD: usize = DIMENSIONS / HEADS;

/// The vector of a text of 1 to 256 pieces.
pub(crate) fn encode(weights: &Weights, pieces: &[u32]) -> Vector {
    Vector::unit(hot(Pass { weights, pieces }))
}

struct Pass<'a> {
    weights: &'a Weights,
    pieces: &'a [u32],
}

impl Hot for Pass<'_> {
    type Output = [f32; DIMENSIONS];

    #[inline(always)]
    fn run<M: Multiply>(self, by: M) -> [f32; DIMENSIONS] {
        let Self { weights, pieces } = self;
        let mut state = vec![0.0; pieces.len() * DIMENSIONS];
        let rows = state.chunks_exact_mut(DIMENSIONS);
        for ((at, piece), row) in pieces.iter().enumerate().zip(rows) {
            weights.words.add_row(*piece as usize, row);
            weights.positions.add_row(at, row);
            normalise(row, &weights.norm);
        }
        for layer in &weights.layers {
            attend(by, layer, &mut state);
            feed_forward(by, layer, &mut state);
        }
        let mut mean = [0.0; DIMENSIONS];
        for row in state.chunks_exact(DIMENSIONS) {
            add(&mut mean, row);
        }
        mean
    }
}

/// Every piece looks at every piece: `softmax(Q·Kᵀ / √32)·V` in twelve heads (Vaswani et al., *Attention is all you need*, 2017).
#[inline(always)]
fn attend<M: Multiply>(by: M, layer: &Layer, state: &mut [f32]) {
    let inputs = Inputs::new(state, DIMENSIONS);
    let query = apply(by, &layer.query, &inputs);
    let key = apply(by, &layer.key, &inputs);
    let value = apply(by, &layer.value, &inputs);
    let mut met = vec![0.0; state.len()];
    for head in 0..HEADS {
        attend_by_head(head * HEAD, &query, &key, &value, &mut met);
    }
    let met = apply(by, &layer.attended, &Inputs::new(&met, DIMENSIONS));
    add_and_normalise(state, &met, &layer.attended_norm);
}

/// One head; its numbers begin at `start` in each row.
#[inline(always)]
fn attend_by_head(start: usize, query: &[f32], key: &[f32], value: &[f32], met: &mut [f32]) {
    let pieces = query.len() / DIMENSIONS;
    // One row a number of the head, so that the inner loop runs over pieces.
    let mut turned = vec![0.0; HEAD * pieces];
    for piece in 0..pieces {
        for (k, x) in of_head(key, piece, start).iter().enumerate() {
            turned[k * pieces + piece] = *x;
        }
    }
    let scale = 1.0 / (HEAD as f32).sqrt();
    let mut shares = vec![0.0; pieces];
    for piece in 0..pieces {
        shares.fill(0.0);
        let query = of_head(query, piece, start);
        for (q, row) in query.iter().zip(turned.chunks_exact(pieces)) {
            let q = q * scale;
            shares
                .iter_mut()
                .zip(row)
                .for_each(|(sum, k)| *sum += q * k);
        }
        softmax(&mut shares);
        let mut sum = [0.0; HEAD];
        for (other, share) in shares.iter().enumerate() {
            let value = of_head(value, other, start);
            sum.iter_mut()
                .zip(value)
                .for_each(|(sum, v)| *sum += share * v);
        }
        met[piece * DIMENSIONS + start..][..HEAD].copy_from_slice(&sum);
    }
}

#[inline(always)]
fn of_head(numbers: &[f32], piece: usize, start: usize) -> &[f32] {
    &numbers[piece * DIMENSIONS + start..][..HEAD]
}

#[inline(always)]
fn feed_forward<M: Multiply>(by: M, layer: &Layer, state: &mut [f32]) {
    let mut wide = apply(by, &layer.widen, &Inputs::new(state, DIMENSIONS));
    let columns = layer.narrow_column.len();
    gelu(&mut wide);
    for row in wide.chunks_exact_mut(columns) {
        row.iter_mut()
            .zip(&layer.narrow_column)
            .for_each(|(x, column)| *x *= column);
    }
    let narrow = apply(by, &layer.narrow, &Inputs::new(&wide, columns));
    add_and_normalise(state, &narrow, &layer.narrow_norm);
}

#[inline(always)]
fn add_and_normalise(state: &mut [f32], change: &[f32], norm: &Norm) {
    add(state, change);
    state
        .chunks_exact_mut(DIMENSIONS)
        .for_each(|row| normalise(row, norm));
}

#[inline(always)]
fn add(state: &mut [f32], change: &[f32]) {
    state
        .iter_mut()
        .zip(change)
        .for_each(|(x, change)| *x += change);
}

/// Rows of inputs as whole numbers with a scale each.
struct Inputs {
    codes: Vec<i16>,
    scales: Vec<f32>,
    columns: usize,
}

impl Inputs {
    #[inline(always)]
    fn new(numbers: &[f32], columns: usize) -> Self {
        let mut codes = vec![0; numbers.len()];
        let mut scales = Vec::with_capacity(numbers.len() / columns);
        for (row, codes) in numbers
            .chunks_exact(columns)
            .zip(codes.chunks_exact_mut(columns))
        {
            scales.push(quantise(row, codes, f32::from(MOST), |x| x as i16));
        }
        Self {
            codes,
            scales,
            columns,
        }
    }
}

/// Brings numbers to whole ones of at most `most` in magnitude; the scale that brings them back.
#[inline(always)]
pub(crate) fn quantise<T>(
    numbers: &[f32],
    codes: &mut [T],
    most: f32,
    as_code: impl Fn(i32) -> T,
) -> f32 {
    let largest = numbers
        .iter()
        .fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
    let factor = most / largest;
    for (code, x) in codes.iter_mut().zip(numbers) {
        *code = as_code(whole(x * factor));
    }
    largest / most
}

/// `y = W·x + b` for every row of inputs.
#[inline(always)]
fn apply<M: Multiply>(by: M, dense: &Dense, inputs: &Inputs) -> Vec<f32> {
    let Dense { matrix, bias } = dense;
    let mut sums = vec![0; inputs.scales.len() * bias.len()];
    products(by, matrix.codes, &inputs.codes, inputs.columns, &mut sums);
    let mut outputs = vec![0.0; sums.len()];
    let rows = outputs
        .chunks_exact_mut(bias.len())
        .zip(sums.chunks_exact(bias.len()));
    for ((outputs, sums), scale) in rows.zip(&inputs.scales) {
        let places = sums.iter().zip(&matrix.scales).zip(bias);
        for (output, ((sum, row), bias)) in outputs.iter_mut().zip(places) {
            *output = *sum as f32 * (scale * row) + bias;
        }
    }
    outputs
}

//! The weights of the encoder, as the asset has them: matrices of whole numbers from -127 to 127 with a scale a row.

use pulp::bytemuck;
use safetensors::{Dtype, SafeTensors};

/// Made by `assets/export.py`.
pub(crate) static MODEL: &[u8] = include_bytes!("../assets/model.safetensors");

/// A row-major matrix, `value[r][c] = codes[r · columns + c] · scales[r]`.
#[derive(Debug)]
pub(crate) struct Matrix {
    pub(crate) codes: &'static [i8],
    pub(crate) scales: Vec<f32>,
    pub(crate) columns: usize,
}

impl Matrix {
    /// Adds a row to a vector of as many numbers.
    pub(crate) fn add_row(&self, row: usize, to: &mut [f32]) {
        let codes = &self.codes[row * self.columns..][..self.columns];
        for (sum, code) in to.iter_mut().zip(codes) {
            *sum += f32::from(*code) * self.scales[row];
        }
    }
}

/// `y = W·x + b`.
#[derive(Debug)]
pub(crate) struct Dense {
    pub(crate) matrix: Matrix,
    pub(crate) bias: Vec<f32>,
}

/// Layer normalisation: what the normalised numbers are multiplied by, and what is added.
#[derive(Debug)]
pub(crate) struct Norm {
    pub(crate) weight: Vec<f32>,
    pub(crate) bias: Vec<f32>,
}

/// One layer of the encoder.
#[derive(Debug)]
pub(crate) struct Layer {
    pub(crate) query: Dense,
    pub(crate) key: Dense,
    pub(crate) value: Dense,
    pub(crate) attended: Dense,
    pub(crate) attended_norm: Norm,
    pub(crate) widen: Dense,
    /// What the inputs of `narrow` are multiplied by.
    pub(crate) narrow_column: Vec<f32>,
    pub(crate) narrow: Dense,
    pub(crate) narrow_norm: Norm,
}

/// The whole encoder.
#[derive(Debug)]
pub(crate) struct Weights {
    pub(crate) words: Matrix,
    pub(crate) positions: Matrix,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
}

impl Weights {
    /// Number of layers.
    const LAYERS: usize = 6;

    /// Reads the asset that is compiled in. The matrices stay where they are.
    pub(crate) fn read() -> Self {
        let asset = Asset(
            SafeTensors::deserialize(MODEL).expect("the asset is held to its checksum by a test"),
        );
        Self {
            words: asset.matrix("embeddings.word"),
            positions: asset.matrix("embeddings.position"),
            norm: asset.norm("embeddings.norm"),
            layers: (0..Self::LAYERS).map(|layer| asset.layer(layer)).collect(),
        }
    }
}

struct Asset(SafeTensors<'static>);

impl Asset {
    /// The bytes of a tensor, and how many numbers its rows have.
    fn tensor(&self, name: &str, dtype: Dtype) -> (&'static [u8], usize) {
        let tensor = self
            .0
            .tensor(name)
            .expect("the asset has every tensor: a test reads it");
        assert_eq!(tensor.dtype(), dtype, "{name}");
        (
            tensor.data(),
            tensor.shape().last().copied().unwrap_or_default(),
        )
    }

    fn floats(&self, name: &str) -> Vec<f32> {
        let (bytes, _) = self.tensor(name, Dtype::F32);
        let (numbers, _) = bytes.as_chunks();
        numbers.iter().copied().map(f32::from_le_bytes).collect()
    }

    fn matrix(&self, name: &str) -> Matrix {
        let (bytes, columns) = self.tensor(&format!("{name}.weight"), Dtype::I8);
        Matrix {
            codes: bytemuck::cast_slice(bytes),
            scales: self.floats(&format!("{name}.scale")),
            columns,
        }
    }

    fn dense(&self, name: &str) -> Dense {
        Dense {
            matrix: self.matrix(name),
            bias: self.floats(&format!("{name}.bias")),
        }
    }

    fn norm(&self, name: &str) -> Norm {
        Norm {
            weight: self.floats(&format!("{name}.weight")),
            bias: self.floats(&format!("{name}.bias")),
        }
    }

    fn layer(&self, number: usize) -> Layer {
        let dense = |name: &str| self.dense(&format!("layer.{number}.{name}"));
        let norm = |name: &str| self.norm(&format!("layer.{number}.{name}.norm"));
        Layer {
            query: dense("query"),
            key: dense("key"),
            value: dense("value"),
            attended: dense("attended"),
            attended_norm: norm("attended"),
            widen: dense("widen"),
            narrow_column: self.floats(&format!("layer.{number}.narrow.column")),
            narrow: dense("narrow"),
            narrow_norm: norm("narrow"),
        }
    }
}

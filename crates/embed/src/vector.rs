//! Vectors: as they are made, as they are kept, and as they ask.

use crate::DIMENSIONS;
use crate::forward::quantise;
use crate::kernel::MOST;

/// A text as a direction: 384 numbers of length 1 together.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector(Box<[f32; DIMENSIONS]>);

impl Vector {
    /// The direction of some numbers; all zeros stay zeros.
    pub fn unit(numbers: [f32; DIMENSIONS]) -> Self {
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        let length = length.max(f32::MIN_POSITIVE);
        Self(Box::new(numbers.map(|x| x / length)))
    }

    /// Its numbers.
    pub fn numbers(&self) -> &[f32; DIMENSIONS] {
        &self.0
    }

    /// How much two texts mean the same: the cosine of the angle between them, -1 to 1.
    pub fn cosine(&self, other: &Self) -> f32 {
        self.0.iter().zip(other.0.iter()).map(|(a, b)| a * b).sum()
    }

    /// As it is kept, at a quarter of the size; cosines move by less than 0.005.
    pub fn pack(&self) -> Packed {
        let mut codes = [0; DIMENSIONS];
        let scale = quantise(self.0.as_slice(), &mut codes, 127.0, |x| x as i8);
        Packed { codes, scale }
    }

    /// As it asks.
    pub fn probe(&self) -> Probe {
        let mut codes = Box::new([0; DIMENSIONS]);
        let scale = quantise(
            self.0.as_slice(),
            codes.as_mut_slice(),
            f32::from(MOST),
            |x| x as i16,
        );
        Probe { codes, scale }
    }
}

/// A vector in 388 bytes: whole numbers from -127 to 127, and what they are multiplied by.
#[derive(Debug, Clone, PartialEq)]
pub struct Packed {
    /// The numbers.
    pub codes: [i8; DIMENSIONS],
    /// What each is multiplied by.
    pub scale: f32,
}

impl Packed {
    /// Size as bytes.
    pub const BYTES: usize = DIMENSIONS + 4;

    /// As bytes: the numbers, then the scale, little-endian.
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let (codes, scale) = bytes.split_at_mut(DIMENSIONS);
        codes.copy_from_slice(pulp::bytemuck::cast_slice(&self.codes));
        scale.copy_from_slice(&self.scale.to_le_bytes());
        bytes
    }

    /// Back from bytes.
    pub fn from_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        let (codes, scale) = bytes.split_at(DIMENSIONS);
        let mut packed = Self {
            codes: [0; DIMENSIONS],
            scale: 0.0,
        };
        packed
            .codes
            .copy_from_slice(pulp::bytemuck::cast_slice(codes));
        if let Some(scale) = scale.first_chunk() {
            packed.scale = f32::from_le_bytes(*scale);
        }
        packed
    }
}

/// A vector as it asks: whole numbers of 14 bits.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    pub(crate) codes: Box<[i16; DIMENSIONS]>,
    pub(crate) scale: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_vector_survives_its_bytes() {
        let vector = Vector::unit(std::array::from_fn(|k| (k as f32 * 0.7).sin()));
        let packed = vector.pack();
        assert_eq!(Packed::from_bytes(&packed.to_bytes()), packed);
    }

    #[test]
    fn nothing_points_nowhere() {
        let nothing = Vector::unit([0.0; DIMENSIONS]);
        assert_eq!(nothing.cosine(&nothing), 0.0);
        assert!(nothing.pack().codes.iter().all(|code| *code == 0));
    }
}

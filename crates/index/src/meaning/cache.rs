//! Vectors on disk, by what was encoded: a cache that can be lost without loss.
//!
//! A file of vectors is a line that names the model, then records of one size: the hash of the text, its vector, and a
//! checksum. Vectors are added at the end, and a record that was cut off by a crash ends the file. A file of another model is
//! taken for an empty one.

use crate::IndexError;
use afield_embed::{MODEL, Packed};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use xxhash_rust::xxh3::xxh3_64;

/// A corpus may bring its vectors in a file of this name; an index keeps its own under the same.
pub const FILE: &str = "vectors.bin";

const HASH: usize = 8;
const SUM: usize = 4;
const RECORD: usize = HASH + Packed::BYTES + SUM;

/// The line that a file begins with.
fn heading() -> String {
    format!("afield vectors 1 {MODEL}\n")
}

/// The vectors of one or several files, by the hash of what was encoded.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    files: Vec<Vec<u8>>,
    /// In which file, and where in it.
    places: HashMap<u64, (u32, u32)>,
}

impl Vectors {
    /// Reads files; those that are missing or of another model hold nothing.
    pub(crate) fn read(paths: &[PathBuf]) -> Self {
        let mut vectors = Self::default();
        for path in paths {
            let Ok(bytes) = fs::read(path) else { continue };
            if let Some(end) = sound(&bytes) {
                vectors.add(bytes, end);
            }
        }
        vectors
    }

    fn add(&mut self, bytes: Vec<u8>, end: usize) {
        let file = self.files.len() as u32;
        let start = heading().len();
        self.places.reserve((end - start) / RECORD);
        for (number, record) in (0..).zip(bytes[start..end].chunks_exact(RECORD)) {
            if let Some(hash) = record.first_chunk() {
                self.places
                    .insert(u64::from_le_bytes(*hash), (file, number));
            }
        }
        self.files.push(bytes);
    }

    /// Whether nothing has been encoded.
    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether a text has been encoded.
    pub(crate) fn has(&self, hash: u64) -> bool {
        self.places.contains_key(&hash)
    }

    /// The vector of a text, if it has been encoded.
    pub(crate) fn get(&self, hash: u64) -> Option<Packed> {
        let (file, number) = *self.places.get(&hash)?;
        let start = heading().len() + number as usize * RECORD + HASH;
        let bytes = self.files[file as usize].get(start..start + Packed::BYTES)?;
        Some(Packed::from_bytes(bytes.first_chunk()?))
    }
}

/// Where the sound records of a file end; [`None`] if it is not a file of this model.
fn sound(bytes: &[u8]) -> Option<usize> {
    let heading = heading();
    let records = bytes.strip_prefix(heading.as_bytes())?;
    let whole = records.chunks_exact(RECORD).take_while(|record| {
        let (content, sum) = record.split_at(RECORD - SUM);
        checksum(content) == *sum
    });
    Some(heading.len() + whole.count() * RECORD)
}

fn checksum(content: &[u8]) -> [u8; SUM] {
    (xxh3_64(content) as u32).to_le_bytes()
}

fn record(hash: u64, vector: &Packed) -> [u8; RECORD] {
    let mut record = [0; RECORD];
    record[..HASH].copy_from_slice(&hash.to_le_bytes());
    record[HASH..HASH + Packed::BYTES].copy_from_slice(&vector.to_bytes());
    let sum = checksum(&record[..RECORD - SUM]);
    record[RECORD - SUM..].copy_from_slice(&sum);
    record
}

/// A file of vectors that is being added to. Only one process at a time may have one.
#[derive(Debug)]
pub(crate) struct Appending {
    path: PathBuf,
    file: File,
}

impl Appending {
    /// Opens a file, or begins it; what was cut off at its end, or is of another model, goes.
    pub(crate) fn open(path: &Path) -> Result<Self, IndexError> {
        let end = fs::read(path).ok().and_then(|bytes| sound(&bytes));
        let file = File::options().create(true).append(true).open(path);
        let mut file = file.map_err(IndexError::io("open", path))?;
        let kept = file.set_len(end.unwrap_or_default() as u64);
        kept.map_err(IndexError::io("shorten", path))?;
        if end.is_none() {
            file.write_all(heading().as_bytes())
                .map_err(IndexError::io("write", path))?;
        }
        Ok(Self {
            path: path.to_owned(),
            file,
        })
    }

    /// Adds vectors; they are on disk when this returns.
    pub(crate) fn add(&mut self, vectors: &[(u64, Packed)]) -> Result<(), IndexError> {
        let records: Vec<u8> = vectors
            .iter()
            .flat_map(|(hash, vector)| record(*hash, vector))
            .collect();
        let written = self.file.write_all(&records);
        written
            .and_then(|()| self.file.sync_data())
            .map_err(IndexError::io("write", &self.path))
    }
}

/// A file of vectors as bytes, in the order of their hashes: the same vectors give the same bytes.
pub(crate) fn bundle(vectors: impl IntoIterator<Item = (u64, Packed)>) -> Vec<u8> {
    let sorted: BTreeMap<u64, Packed> = vectors.into_iter().collect();
    let mut bytes = heading().into_bytes();
    for (hash, vector) in &sorted {
        bytes.extend(record(*hash, vector));
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use afield_embed::Vector;

    fn vector(seed: usize) -> Packed {
        Vector::unit(std::array::from_fn(|k| ((k + 1) * seed) as f32 % 7.0 - 3.0)).pack()
    }

    #[test]
    fn vectors_come_back_as_they_went() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let mut file = Appending::open(&path).unwrap();
        file.add(&[(1, vector(1)), (2, vector(2))]).unwrap();
        drop(file);
        Appending::open(&path)
            .unwrap()
            .add(&[(3, vector(3))])
            .unwrap();
        let read = Vectors::read(&[folder.path().join("missing"), path]);
        for seed in 1..=3 {
            assert_eq!(read.get(seed as u64), Some(vector(seed)));
        }
        assert!(!read.has(4) && read.get(4).is_none());
    }

    #[test]
    fn what_was_cut_off_is_encoded_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let whole = bundle([(1, vector(1)), (2, vector(2))]);
        for end in 0..whole.len() {
            fs::write(&path, &whole[..end]).unwrap();
            let read = Vectors::read(std::slice::from_ref(&path));
            let first = heading().len() + RECORD;
            assert_eq!(
                (read.has(1), read.has(2)),
                (end >= first, false),
                "cut at {end}"
            );
            Appending::open(&path)
                .unwrap()
                .add(&[(2, vector(2))])
                .unwrap();
            let mended = Vectors::read(std::slice::from_ref(&path));
            assert_eq!(
                (mended.has(1), mended.get(2)),
                (end >= first, Some(vector(2)))
            );
        }
    }

    #[test]
    fn a_spoiled_record_or_another_model_is_not_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let whole = bundle([(1, vector(1))]);
        for at in 0..whole.len() {
            let mut spoiled = whole.clone();
            spoiled[at] ^= 0x10;
            fs::write(&path, &spoiled).unwrap();
            let read = Vectors::read(std::slice::from_ref(&path));
            assert!(read.places.is_empty(), "byte {at}");
        }
    }
}

//! What an index knows of the files it was made from.

use crate::{Field, PerField};
use afield_corpus::{Catalogue, Found};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Every file of the corpus as it was met.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Case files.
    pub(crate) files: Files,
    /// Vocabulary and observation files, by path.
    pub(crate) data: BTreeMap<String, Stamp>,
}

/// Case files in the order of their paths, as a walk has them: the two are compared side by side, and a list of fifty
/// thousand is read and dropped in a fraction of the time of a map.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Files(Vec<(String, Entry)>);

impl Files {
    /// The entry of a path.
    pub(crate) fn get(&self, path: &str) -> Option<&Entry> {
        let place = self
            .0
            .binary_search_by(|(other, _)| other.as_str().cmp(path));
        place.ok().map(|place| &self.0[place].1)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.0.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// Takes out the files of some paths.
    pub(crate) fn remove(&mut self, gone: &BTreeSet<String>) {
        if !gone.is_empty() {
            self.0.retain(|(path, _)| !gone.contains(path));
        }
    }

    /// Puts entries in, in the place of those with the same path.
    pub(crate) fn put(&mut self, entries: BTreeMap<String, Entry>) {
        let mut new = Vec::new();
        for (path, entry) in entries {
            match self.0.binary_search_by(|(other, _)| other.cmp(&path)) {
                Ok(place) => self.0[place].1 = entry,
                Err(_) => new.push((path, entry)),
            }
        }
        if !new.is_empty() {
            self.0.extend(new);
            self.0.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
    }
}

/// A case file as it was met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) stamp: Stamp,
    /// Hash of the content; 0 when it could not be read.
    pub(crate) hash: u64,
    pub(crate) state: State,
}

/// What the file system says of a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    pub(crate) size: u64,
    /// Nanoseconds since 1970; [`Stamp::UNSURE`] when it was changed too lately to be told from a further change.
    pub(crate) modified: i64,
}

impl Stamp {
    /// Never equals what the file system says.
    pub(crate) const UNSURE: i64 = i64::MIN;

    /// The stamp of a file that was met by a walk that began at `walked_at`. A file changed within the grain of the
    /// clock before that may change again without a new time, so it is looked at again the next time.
    pub(crate) fn new(found: &Found, walked_at: i64) -> Self {
        const CLOCK_GRAIN: i64 = 20_000_000;
        let fresh = found.modified > walked_at - CLOCK_GRAIN;
        Self {
            size: found.size,
            modified: if fresh { Self::UNSURE } else { found.modified },
        }
    }

    /// Whether the file is as it was.
    pub(crate) fn holds(self, found: &Found) -> bool {
        self.size == found.size && self.modified == found.modified
    }
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum State {
    /// It is in the index.
    Indexed {
        /// Words in each field.
        lengths: PerField<u32>,
        /// Problems that were met in it.
        problems: u32,
    },
    /// It could not be read.
    Failed {
        /// Why.
        reason: String,
    },
}

/// What a reader needs beside the engine's own files.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Generation {
    /// Vocabularies and observations.
    pub(crate) catalogue: Catalogue,
    /// Cases in the index.
    pub(crate) cases: u64,
    /// Words in each field, over all cases.
    pub(crate) words: PerField<u64>,
    /// Markdown files that were met, read or not.
    pub(crate) files: u64,
}

impl Generation {
    /// Totals a manifest.
    pub(crate) fn new(catalogue: Catalogue, manifest: &Manifest) -> Self {
        let mut generation = Self {
            catalogue,
            files: manifest.files.len() as u64,
            ..Self::default()
        };
        for (_, entry) in manifest.files.iter() {
            let State::Indexed { lengths, .. } = &entry.state else {
                continue;
            };
            generation.cases += 1;
            for (total, &length) in generation.words.iter_mut().zip(lengths) {
                *total += u64::from(length);
            }
        }
        generation
    }

    /// Mean number of words in each field.
    pub(crate) fn mean_lengths(&self) -> PerField<f64> {
        let cases = self.cases.max(1) as f64;
        Field::ALL.map(|field| self.words[field as usize] as f64 / cases)
    }
}

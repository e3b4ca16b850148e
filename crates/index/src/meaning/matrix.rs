//! The vectors of one generation in memory, and what a brief means to each case.

use super::Meaning;
use super::cache::Vectors;
use super::passage::{self, Kind};
use crate::IndexError;
use afield_embed::{Probe, Rows};
use std::ops::Range;
use tantivy::{DocAddress, Searcher};

/// The vectors of all cases that have all of theirs.
#[derive(Debug, Default)]
pub(crate) struct Matrix {
    rows: Rows,
    kinds: Vec<Kind>,
    /// Cases by address, each with its rows; an empty range for a case without vectors.
    cases: Vec<(DocAddress, Range<u32>)>,
    /// Passages of all cases; not counted where nothing is encoded.
    pub(crate) passages: usize,
    /// Those that are not encoded.
    pub(crate) missing: usize,
}

impl Matrix {
    /// Gathers the vectors of all cases of a searcher.
    pub(crate) fn new(searcher: &Searcher, vectors: &Vectors) -> Result<Self, IndexError> {
        let mut matrix = Self::default();
        if vectors.is_empty() {
            // Going through the cases of a large corpus would cost more than a search by words.
            return Ok(matrix);
        }
        let mut found = Vec::new();
        each_case(searcher, |address, keys| {
            found.clear();
            for key in keys {
                matrix.passages += 1;
                match passage::parts(*key).and_then(|(hash, kind)| Some((kind, vectors.get(hash)?)))
                {
                    Some(vector) => found.push(vector),
                    None => matrix.missing += 1,
                }
            }
            let start = matrix.kinds.len() as u32;
            // Half of a case would compare badly with another's whole.
            if found.len() == keys.len() {
                for (kind, vector) in &found {
                    matrix.kinds.push(*kind);
                    matrix.rows.push(vector);
                }
            }
            matrix
                .cases
                .push((address, start..matrix.kinds.len() as u32));
        })?;
        Ok(matrix)
    }

    /// Whether no case has vectors.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What a brief means to every passage.
    pub(crate) fn compare(&self, probe: &Probe) -> Compared<'_> {
        Compared {
            matrix: self,
            cosines: self.rows.cosines(probe),
        }
    }
}

/// A brief beside every passage.
#[derive(Debug)]
pub(crate) struct Compared<'a> {
    matrix: &'a Matrix,
    cosines: Vec<f32>,
}

impl Compared<'_> {
    /// The best passage of each case, cases without vectors left out.
    pub(crate) fn best(&self) -> impl Iterator<Item = (f32, DocAddress)> {
        let cases = self
            .matrix
            .cases
            .iter()
            .filter(|(_, rows)| !rows.is_empty());
        cases.map(|(address, rows)| {
            let cosines = &self.cosines[rows.start as usize..rows.end as usize];
            (cosines.iter().copied().fold(f32::MIN, f32::max), *address)
        })
    }

    /// What the brief means to a case; [`None`] if it has no vectors.
    pub(crate) fn meaning(&self, address: DocAddress) -> Option<Meaning> {
        let at = self
            .matrix
            .cases
            .binary_search_by_key(&address, |(address, _)| *address)
            .ok()?;
        let (_, rows) = &self.matrix.cases[at];
        if rows.is_empty() {
            return None;
        }
        let mut meaning = Meaning::default();
        let mut asks: Vec<f32> = Vec::new();
        for row in rows.start as usize..rows.end as usize {
            let cosine = self.cosines[row];
            let part = match self.matrix.kinds[row] {
                Kind::Ask => {
                    if asks.iter().all(|ask| *ask < cosine) {
                        meaning.nearest_ask = Some(asks.len());
                    }
                    asks.push(cosine);
                    continue;
                }
                Kind::Challenge => &mut meaning.challenge,
                Kind::Pattern => &mut meaning.pattern,
                Kind::Idea => &mut meaning.idea,
                Kind::Outcome => &mut meaning.outcome,
                Kind::Whole => &mut meaning.whole,
            };
            *part = Some(part.map_or(cosine, |best: f32| best.max(cosine)));
        }
        asks.sort_by(|a, b| b.total_cmp(a));
        asks.truncate(2);
        if !asks.is_empty() {
            meaning.asks = Some(asks.iter().sum::<f32>() / asks.len() as f32);
        }
        Some(meaning)
    }
}

/// Calls a function with the address and the passage keys of every case, in the order of addresses.
pub(crate) fn each_case(
    searcher: &Searcher,
    mut each: impl FnMut(DocAddress, &[u64]),
) -> Result<(), IndexError> {
    let mut keys = Vec::new();
    for (segment, reader) in (0..).zip(searcher.segment_readers()) {
        let column = reader.fast_fields().u64("passages")?;
        for document in reader.doc_ids_alive() {
            keys.clear();
            keys.extend(column.values_for_doc(document));
            each(DocAddress::new(segment, document), &keys);
        }
    }
    Ok(())
}

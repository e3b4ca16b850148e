//! Encoding what has no vector yet.

use super::cache::{self, Appending, Vectors};
use super::{matrix, passage, signal};
use crate::store::WriterLock;
use crate::{IndexError, Location, Snapshot};
use afield_embed::{Encoder, Packed};
use std::collections::BTreeSet;
use std::num::NonZero;
use std::path::PathBuf;
use std::thread;
use tantivy::DocAddress;

/// Above this many passages, encoding waits to be asked for: some ten minutes of one processor.
pub const ENCODED_UNASKED: usize = 20_000;

/// Texts that are encoded before they are put on disk, for each thread.
const BATCH: usize = 32;

/// How to encode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncodeOptions {
    /// Encode however much there is.
    pub asked: bool,
    /// Threads to encode on.
    pub threads: NonZero<usize>,
}

impl Default for EncodeOptions {
    fn default() -> Self {
        Self {
            asked: false,
            threads: thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN),
        }
    }
}

/// The account of an encoding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncodeReport {
    /// Passages of all cases, and phrases of the vocabulary's signals.
    pub passages: usize,
    /// Texts that were encoded in this run.
    pub encoded: usize,
    /// Texts that are left.
    pub left: usize,
    /// Whether they are left because another process is encoding, and not because they are many.
    pub busy: bool,
}

/// Encodes what has no vector yet. Searches go on meanwhile; each batch is of use as soon as it is on disk, and what was
/// done before an interruption need not be done again. `progress` gets the texts that are done and all there are to
/// do, and says whether to go on.
///
/// # Errors
/// When the disk refuses, or the engine cannot read its files.
pub fn encode(
    location: &Location,
    snapshot: &Snapshot,
    options: EncodeOptions,
    progress: &mut dyn FnMut(usize, usize) -> bool,
) -> Result<EncodeReport, IndexError> {
    let mut report = EncodeReport::default();
    let known = Vectors::read(&paths(location));
    let work = Work::new(snapshot, &known, &mut report)?;
    let total = work.hashes.len();
    if total == 0 || (total > ENCODED_UNASKED && !options.asked) {
        report.left = total;
        return Ok(report);
    }
    let lock = WriterLock::take(&location.index.join("encoding"), false, &mut || ())?;
    let Some(_lock) = lock else {
        (report.left, report.busy) = (total, true);
        return Ok(report);
    };
    let mut file = Appending::open(&location.index.join(cache::FILE))?;
    let mut wanted: BTreeSet<u64> = work.hashes.iter().copied().collect();
    let mut texts: Vec<(u64, String)> = Vec::new();
    let mut go_on = progress(0, total);
    let mut sources = work.sources(snapshot);
    while go_on {
        while texts.len() < BATCH * options.threads.get() {
            let Some(source) = sources.next() else { break };
            texts.extend(source?.into_iter().filter(|(hash, _)| wanted.remove(hash)));
        }
        if texts.is_empty() {
            break;
        }
        file.add(&encode_all(&texts, options.threads))?;
        report.encoded += texts.len();
        texts.clear();
        go_on = progress(report.encoded, total);
    }
    report.left = total - report.encoded;
    Ok(report)
}

/// Where the vectors of a corpus may be: those that it brings, and those of its index.
pub(crate) fn paths(location: &Location) -> [PathBuf; 2] {
    [&location.corpus, &location.index].map(|folder| folder.join(cache::FILE))
}

/// What is to be encoded.
struct Work {
    /// Of the texts, each once.
    hashes: Vec<u64>,
    phrases: Vec<(u64, String)>,
    cases: Vec<DocAddress>,
}

impl Work {
    fn new(
        snapshot: &Snapshot,
        known: &Vectors,
        report: &mut EncodeReport,
    ) -> Result<Self, IndexError> {
        let phrases: Vec<(u64, String)> = signal::phrases(&snapshot.catalogue().vocabulary)
            .map(|(_, text)| (passage::hash(&text), text))
            .collect();
        report.passages += phrases.len();
        let missing = |hash: &u64| !known.has(*hash);
        let of_phrases = phrases.iter().map(|(hash, _)| *hash);
        let mut hashes: Vec<u64> = of_phrases.filter(missing).collect();
        let mut cases = Vec::new();
        matrix::each_case(&snapshot.searcher, |address, keys| {
            report.passages += keys.len();
            let before = hashes.len();
            let parts = keys.iter().filter_map(|key| passage::parts(*key));
            hashes.extend(parts.map(|(hash, _)| hash).filter(missing));
            if hashes.len() > before {
                cases.push(address);
            }
        })?;
        hashes.sort_unstable();
        hashes.dedup();
        Ok(Self {
            hashes,
            phrases,
            cases,
        })
    }

    /// The texts, phrases first, then case by case.
    fn sources<'a>(
        &'a self,
        snapshot: &'a Snapshot,
    ) -> impl Iterator<Item = Result<Vec<(u64, String)>, IndexError>> + 'a {
        let cases = self.cases.iter().map(|address| {
            let passages = passage::passages(&snapshot.stored(*address)?).into_iter();
            Ok(passages
                .map(|(_, text)| (passage::hash(&text), text))
                .collect())
        });
        std::iter::once_with(|| Ok(self.phrases.clone())).chain(cases)
    }
}

/// Encodes texts on several threads, in the order they come.
fn encode_all(texts: &[(u64, String)], threads: NonZero<usize>) -> Vec<(u64, Packed)> {
    let encoder = Encoder::shared();
    let share = texts.len().div_ceil(threads.get()).max(1);
    thread::scope(|scope| {
        let encode = |texts: &'_ [(u64, String)]| -> Vec<(u64, Packed)> {
            let vectors = texts.iter();
            vectors
                .map(|(hash, text)| (*hash, encoder.encode(text).pack()))
                .collect()
        };
        let shares = texts.chunks(share);
        let workers: Vec<_> = shares
            .map(|share| scope.spawn(move || encode(share)))
            .collect();
        let encoded = workers
            .into_iter()
            .map(|worker| worker.join().expect("encoding does not panic"));
        encoded.flatten().collect()
    })
}

/// The vectors of a generation as one file, for a corpus to bring along; [`None`] unless all are there. The same corpus gives
/// the same bytes on any machine.
///
/// # Errors
/// When the engine cannot read its files.
pub fn bundle(location: &Location, snapshot: &Snapshot) -> Result<Option<Vec<u8>>, IndexError> {
    let known = Vectors::read(&paths(location));
    let vocabulary = &snapshot.catalogue().vocabulary;
    let mut hashes: BTreeSet<u64> = signal::phrases(vocabulary)
        .map(|(_, text)| passage::hash(&text))
        .collect();
    matrix::each_case(&snapshot.searcher, |_, keys| {
        let parts = keys.iter().filter_map(|key| passage::parts(*key));
        hashes.extend(parts.map(|(hash, _)| hash));
    })?;
    let vectors: Option<Vec<(u64, Packed)>> = hashes
        .into_iter()
        .map(|hash| Some((hash, known.get(hash)?)))
        .collect();
    Ok(vectors.map(cache::bundle))
}

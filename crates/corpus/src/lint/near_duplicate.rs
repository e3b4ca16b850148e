//! # near-duplicate
//!
//! ## What it does
//! Finds cases that say nearly the same: two thirds of the runs of three words in challenge, idea and outcome in common.
//!
//! ## Why
//! A list of ideas that says one of them twice is a shorter list.
//!
//! ## Example
//! `seat-auction.md` copied to `seat-sale.md` with another title.
//!
//! ## Instead
//! One file with all sources; or, where they are two ideas, what is different about the second.

use super::words::words;
use super::{Check, Context, Rule};
use crate::{Case, Diagnostic, Parsed, Place, Section, SectionKind};
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

const CODE: &str = "near-duplicate";

/// The share of common runs from which two cases say the same.
const SAME: f64 = 0.66;

/// Words in a run.
const RUN: usize = 3;

/// Hash functions, in bands of [`ROWS`]: at a likeness of two thirds a pair misses every band once in thirty times.
const BANDS: usize = 16;
const ROWS: usize = 4;

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no two cases say the same",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let path = parsed.case.path.as_str();
    let report = |twin: &&str| {
        let message = format!("says nearly the same as `{twin}`");
        Diagnostic::warning(path, Place::START, CODE, message)
            .help("merge the two, or say what is different")
    };
    context.twins.get(path).map(report).into_iter().collect()
}

/// The first case that says nearly the same, by the path of each later one: min-wise hashing in bands (Broder 1997; Leskovec,
/// Rajaraman and Ullman, *Mining of Massive Datasets*, section 3.4), each pair that falls together compared exactly.
pub(super) fn twins(cases: &[Parsed]) -> BTreeMap<&str, &str> {
    let runs: Vec<Vec<u64>> = cases.iter().map(|parsed| runs(&parsed.case)).collect();
    let mut buckets: BTreeMap<(usize, u64), usize> = BTreeMap::new();
    let mut twins = BTreeMap::new();
    for (index, own) in runs.iter().enumerate() {
        let mut compared = BTreeSet::new();
        for bucket in bands(own) {
            let first = *buckets.entry(bucket).or_insert(index);
            if first == index || !compared.insert(first) || likeness(own, &runs[first]) < SAME {
                continue;
            }
            let (case, twin) = (&cases[index].case, &cases[first].case);
            twins
                .entry(case.path.as_str())
                .or_insert(twin.path.as_str());
        }
    }
    twins
}

/// The different runs of words of what a case tells, as numbers in their order.
fn runs(case: &Case) -> Vec<u64> {
    let told = case
        .sections
        .iter()
        .filter(|section| section.kind != SectionKind::Other);
    let text: Vec<String> = told.map(Section::text).collect();
    let words = words(&text.join("\n"));
    let mut runs: Vec<u64> = words.windows(RUN).map(hash).collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Runs in common, as a share of all (Jaccard 1901); 0 to 1.
fn likeness(one: &[u64], other: &[u64]) -> f64 {
    let in_other = |run: &&u64| other.binary_search(run).is_ok();
    let shared = one.iter().filter(in_other).count();
    let all = one.len() + other.len() - shared;
    shared as f64 / all.max(1) as f64
}

/// Where a case falls: a hash of the smallest hashes of each band; nowhere without words.
fn bands(runs: &[u64]) -> impl Iterator<Item = (usize, u64)> {
    let smallest = |function: usize| {
        // The runs are hashes already, so a linear permutation of them is enough.
        let factor = mix(function as u64) | 1;
        let mixed = runs.iter().map(|run| run.wrapping_mul(factor));
        mixed.min().unwrap_or_default()
    };
    let count = if runs.is_empty() { 0 } else { BANDS };
    (0..count).map(move |band| {
        let rows: [u64; ROWS] = std::array::from_fn(|row| smallest(band * ROWS + row));
        (band, hash(&rows))
    })
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// One number to another that looks nothing like it: the end of `SplitMix64` (Steele, Lea and Flood 2014).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

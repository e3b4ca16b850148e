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

use super::words::{likeness, words};
use super::{Check, Context, Rule};
use crate::{Case, Diagnostic, Parsed, Place, SectionKind};
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
    let runs: Vec<Vec<String>> = cases.iter().map(|parsed| runs(&parsed.case)).collect();
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

/// The different runs of words of what a case tells, sorted.
fn runs(case: &Case) -> Vec<String> {
    let told = case
        .sections
        .iter()
        .filter(|section| section.kind != SectionKind::Other);
    let text: Vec<String> = told.map(|section| section.text()).collect();
    let words = words(&text.join("\n"));
    let runs: BTreeSet<String> = words.windows(RUN).map(|run| run.join(" ")).collect();
    runs.into_iter().collect()
}

/// Where a case falls: a hash of the smallest hashes of each band; nowhere without words.
fn bands(runs: &[String]) -> impl Iterator<Item = (usize, u64)> {
    let smallest = |function: usize| runs.iter().map(|run| hash((function, run))).min();
    let known = !runs.is_empty();
    let bands = (0..BANDS).filter(move |_| known);
    bands.map(move |band| {
        let rows: Vec<Option<u64>> = (0..ROWS).map(|row| smallest(band * ROWS + row)).collect();
        (band, hash(rows))
    })
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

//! The same idea told twice is one hit.
//!
//! Two cases tell the same idea when they have an organisation and a mechanism in common and nearly the same words: fingerprints
//! that differ in at most ten of 64 bits, which is about one word in ten (Charikar, *Similarity Estimation Techniques from
//! Rounding Algorithms*, STOC 2002: bits differ as often as the angle between two bags of words is a part of 180°). The better one
//! stays in the list and names the other.

use super::Ranked;
use afield_index::Candidate;
use std::collections::BTreeMap;

/// Bits in which the fingerprints of one idea may differ.
const BITS: u32 = 10;

/// Folds each case of a list, best first, into the first that tells the same idea.
pub(super) fn fold(hits: &mut Vec<Ranked<'_>>) {
    let mut kept: Vec<Ranked<'_>> = Vec::with_capacity(hits.len());
    let mut by_organisation: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for hit in hits.drain(..) {
        let organisation = hit.candidate.organisation.as_str();
        if organisation.is_empty() {
            kept.push(hit);
            continue;
        }
        let others = by_organisation.entry(organisation).or_default();
        let same = others
            .iter()
            .find(|&&other| is_same(kept[other].candidate, hit.candidate));
        match same {
            Some(&other) => kept[other].folded.push(hit.candidate),
            None => {
                others.push(kept.len());
                kept.push(hit);
            }
        }
    }
    *hits = kept;
}

fn is_same(one: &Candidate, other: &Candidate) -> bool {
    let mut mechanisms = one.mechanism.iter();
    mechanisms.any(|mechanism| other.mechanism.contains(mechanism))
        && (one.fingerprint ^ other.fingerprint).count_ones() <= BITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::candidate;
    use crate::{Explanation, Parts};

    /// Ids that are left of `id organisation mechanism fingerprint`, and what was folded under each.
    fn check(cases: &[(&str, &str, &str, u64)], expected: &[(&str, &[&str])]) {
        let made = cases
            .iter()
            .map(|(id, organisation, mechanism, fingerprint)| {
                let mut case = candidate(id, &[]);
                case.organisation = (*organisation).to_owned();
                case.mechanism = vec![(*mechanism).to_owned()];
                case.fingerprint = *fingerprint;
                case
            });
        let made: Vec<Candidate> = made.collect();
        let mut hits: Vec<Ranked<'_>> = made
            .iter()
            .map(|case| Ranked::new(case, Explanation::new(Parts::plain(0.5, 0.0))))
            .collect();
        fold(&mut hits);
        let left: Vec<(&str, Vec<&str>)> = hits
            .iter()
            .map(|hit| {
                (
                    hit.candidate.id.as_str(),
                    hit.folded.iter().map(|case| case.id.as_str()).collect(),
                )
            })
            .collect();
        let expected: Vec<(&str, Vec<&str>)> = expected
            .iter()
            .map(|(id, folded)| (*id, folded.to_vec()))
            .collect();
        assert_eq!(left, expected);
    }

    #[test]
    fn the_same_idea_is_told_once() {
        check(
            &[
                ("a", "Fernbank", "lockers", 0),
                ("other-text", "Fernbank", "lockers", u64::MAX),
                ("again", "Fernbank", "lockers", 0x3ff),
                ("other-mechanism", "Fernbank", "kiosks", 0),
                ("other-organisation", "Zebra Air", "lockers", 0),
                ("once-more", "Fernbank", "lockers", 1),
            ],
            &[
                ("a", &["again", "once-more"]),
                ("other-text", &[]),
                ("other-mechanism", &[]),
                ("other-organisation", &[]),
            ],
        );
        check(
            &[("a", "", "lockers", 0), ("b", "", "lockers", 0)],
            &[("a", &[]), ("b", &[])],
        );
    }
}

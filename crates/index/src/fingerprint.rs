//! A number that nearly equal texts nearly share.

use crate::analyze::{self, Stems};
use crate::{Field, PerField};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// The fingerprint of a case's words, tags left out, since two cases of one organisation have those in common (Charikar, STOC
/// 2002): each bit is the sign of a sum over all words, each adding or taking away how often it occurs by that bit of its hash.
pub(crate) fn of(parts: &PerField<String>) -> u64 {
    let mut stems = Stems::default();
    let mut counts: BTreeMap<String, i64> = BTreeMap::new();
    for field in Field::ALL.into_iter().filter(|field| *field != Field::Tags) {
        for word in analyze::words(&parts[field as usize]) {
            if let Some(stem) = stems.stem(word.text) {
                *counts.entry(stem.to_owned()).or_default() += 1;
            }
        }
    }
    let mut sums = [0_i64; u64::BITS as usize];
    for (stem, count) in &counts {
        let hash = xxh3_64(stem.as_bytes());
        for (bit, sum) in sums.iter_mut().enumerate() {
            *sum += if hash >> bit & 1 == 1 { *count } else { -count };
        }
    }
    let bits = sums.iter().enumerate();
    bits.fold(0, |fingerprint, (bit, sum)| {
        fingerprint | u64::from(*sum > 0) << bit
    })
}

#[cfg(test)]
mod tests {
    use super::of as fingerprint;
    use super::*;

    fn distance(one: &str, other: &str) -> u32 {
        let of = |text: &str| {
            let mut parts = PerField::<String>::default();
            parts[Field::Idea as usize] = text.to_owned();
            fingerprint(&parts)
        };
        (of(one) ^ of(other)).count_ones()
    }

    #[test]
    fn a_changed_word_changes_few_bits() {
        let text = "Fernbank lets callers hold their place in the queue by text message, so that nobody stands in line; \
            the clerk sees who comes next, walks over to the sofa and brings the form along, already filled in with \
            what was told before. Complaints about waiting fell, and more visits end with a sale.";
        let edited = text
            .replace("sofa", "bench")
            .replace("Complaints", "Letters");
        let other = "Zebra Air sells the empty middle seat to the neighbour a day before the flight, at a price that \
            falls by the hour, and tells the crew, who greet the buyer by name. Half of all seats that would have \
            flown empty are paid for, and families no longer fight over armrests.";
        assert_eq!(distance(text, text), 0);
        assert!(distance(text, &edited) <= 10, "{}", distance(text, &edited));
        assert!(distance(text, other) > 20, "{}", distance(text, other));
    }
}

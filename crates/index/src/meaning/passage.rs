//! The passages of a case: what gets a vector each.

use afield_corpus::{Case, SectionKind};
use xxhash_rust::xxh3::xxh3_64;

/// Words of a passage at most; longer texts are cut into several.
const WORDS: usize = 200;
/// Passages of one text at most; what goes beyond is found by its words.
const PIECES: usize = 32;

/// What a passage is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// One ask.
    Ask,
    /// The challenge.
    Challenge,
    /// All phrases of the pattern.
    Pattern,
    /// The idea.
    Idea,
    /// The outcome.
    Outcome,
    /// Title and text of a case that does not state its problem apart.
    Whole,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Ask,
        Self::Challenge,
        Self::Pattern,
        Self::Idea,
        Self::Outcome,
        Self::Whole,
    ];
}

/// Bits of a key that tell the kind.
const KIND_BITS: u32 = 3;

/// Tells a text from others: 61 bits of its hash.
pub(crate) fn hash(text: &str) -> u64 {
    xxh3_64(text.as_bytes()) >> KIND_BITS
}

/// A passage as a number: the hash of its text, and its kind in the lowest bits.
pub(crate) fn key(kind: Kind, text: &str) -> u64 {
    hash(text) << KIND_BITS | kind as u64
}

/// The hash and the kind of a key; [`None`] if it is no key of ours.
pub(crate) fn parts(key: u64) -> Option<(u64, Kind)> {
    let kind = key & ((1 << KIND_BITS) - 1);
    Some((key >> KIND_BITS, *Kind::ALL.get(kind as usize)?))
}

/// The passages of a case, those of a kind together, in the order of the file.
pub(crate) fn passages(case: &Case) -> Vec<(Kind, String)> {
    let mut passages: Vec<(Kind, String)> = Vec::new();
    let mut add = |kind, text: &str| {
        passages.extend(pieces(text).map(|piece| (kind, piece)));
    };
    for ask in &case.asks {
        add(Kind::Ask, ask);
    }
    add(Kind::Challenge, &section(case, SectionKind::Challenge));
    add(Kind::Pattern, &case.pattern.join("; "));
    let states_its_problem = !passages.is_empty();
    let mut add = |kind, text: &str| {
        passages.extend(pieces(text).map(|piece| (kind, piece)));
    };
    if states_its_problem {
        add(Kind::Idea, &section(case, SectionKind::Idea));
        add(Kind::Outcome, &section(case, SectionKind::Outcome));
    } else {
        let sections = case.sections.iter();
        let text: Vec<String> = sections.map(|section| section.text()).collect();
        let before = passages.len();
        passages.extend(pieces(&text.join("\n")).map(|piece| {
            // A piece out of the middle says more under the title that it stands under.
            (Kind::Whole, format!("{}. {piece}", case.title))
        }));
        if passages.len() == before && !case.title.is_empty() {
            passages.push((Kind::Whole, case.title.clone()));
        }
    }
    passages
}

fn section(case: &Case, kind: SectionKind) -> String {
    let sections = case.sections.iter().filter(|section| section.kind == kind);
    let texts: Vec<String> = sections.map(|section| section.text()).collect();
    texts.join("\n")
}

/// A text in pieces of at most [`WORDS`] words, spaces evened out.
fn pieces(text: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pieces: Vec<String> = words
        .chunks(WORDS)
        .take(PIECES)
        .map(|words| words.join(" "))
        .collect();
    pieces.into_iter()
}

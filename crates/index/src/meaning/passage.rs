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
    let asks = case.asks.iter().map(|ask| (Kind::Ask, ask.clone()));
    let problem = asks.chain([
        (Kind::Challenge, section(case, SectionKind::Challenge)),
        (Kind::Pattern, case.pattern.join("; ")),
    ]);
    let mut passages = in_pieces(problem);
    if passages.is_empty() {
        return whole(case);
    }
    passages.extend(in_pieces([
        (Kind::Idea, section(case, SectionKind::Idea)),
        (Kind::Outcome, section(case, SectionKind::Outcome)),
    ]));
    passages
}

fn in_pieces(texts: impl IntoIterator<Item = (Kind, String)>) -> Vec<(Kind, String)> {
    let texts = texts.into_iter();
    texts
        .flat_map(|(kind, text)| pieces(&text).into_iter().map(move |piece| (kind, piece)))
        .collect()
}

/// All of a case that does not state its problem apart, the title before each piece: a piece out of the middle says more
/// under what it stands under.
fn whole(case: &Case) -> Vec<(Kind, String)> {
    let sections: Vec<String> = case.sections.iter().map(|section| section.text()).collect();
    let mut pieces = pieces(&sections.join("\n"));
    if pieces.is_empty() {
        pieces.push(String::new());
    }
    let under = |piece: String| format!("{}. {piece}", case.title);
    pieces
        .into_iter()
        .map(|piece| (Kind::Whole, under(piece)))
        .collect()
}

fn section(case: &Case, kind: SectionKind) -> String {
    let sections = case.sections.iter().filter(|section| section.kind == kind);
    let texts: Vec<String> = sections.map(|section| section.text()).collect();
    texts.join("\n")
}

/// A text in pieces of at most [`WORDS`] words, spaces evened out.
fn pieces(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pieces = words.chunks(WORDS).take(PIECES);
    pieces.map(|words| words.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use afield_corpus::{read_case, walk};
    use std::fs;

    fn case(text: &str) -> Case {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("case.md"), text).expect("a file");
        let walk = walk(folder.path()).expect("a folder");
        read_case(folder.path(), &walk.cases[0])
            .expect("a case")
            .case
    }

    fn check(text: &str, expected: &[(Kind, &str)]) {
        let passages = passages(&case(text));
        let passages: Vec<(Kind, &str)> = passages
            .iter()
            .map(|(kind, text)| (*kind, text.as_str()))
            .collect();
        assert_eq!(passages, expected);
    }

    #[test]
    fn the_parts_of_a_case_each_have_their_own() {
        check(
            "---\ntitle: Hold the place\nasks:\n  - people  queue\n  - callers wait\npattern: [waiting unseen, time is lost]\n---\n\n\
             ## Challenge\n\nQueues\ngrew.\n\n## Idea\n\nText them.\n\n## Outcome\n\nFewer left.\n\n## Carry it over\n\nAnywhere.\n",
            &[
                (Kind::Ask, "people queue"),
                (Kind::Ask, "callers wait"),
                (Kind::Challenge, "Queues grew."),
                (Kind::Pattern, "waiting unseen; time is lost"),
                (Kind::Idea, "Text them."),
                (Kind::Outcome, "Fewer left."),
            ],
        );
    }

    #[test]
    fn plain_markdown_is_read_as_a_whole() {
        check(
            "# Umbrellas\n\nLend them.\n",
            &[(Kind::Whole, "Umbrellas. Lend them.")],
        );
        check("# Umbrellas\n", &[(Kind::Whole, "Umbrellas. ")]);
    }

    #[test]
    fn long_texts_are_cut_and_very_long_ones_cut_off() {
        let count = |words: usize| {
            let text = format!("# Rain\n\n{}\n", "wet ".repeat(words));
            passages(&case(&text)).len()
        };
        assert_eq!([count(200), count(201), count(100_000)], [1, 2, PIECES]);
    }

    #[test]
    fn a_key_tells_hash_and_kind() {
        for kind in Kind::ALL {
            assert_eq!(parts(key(kind, "text")), Some((hash("text"), kind)));
        }
        assert_eq!(parts(7), None);
    }
}

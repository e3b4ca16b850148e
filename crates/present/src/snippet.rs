//! Which passage of a case to show, where to cut it, what to mark.

use crate::view::{Highlight, SnippetView};
use afield_corpus::{Block, Case, Section, SectionKind};
use std::collections::BTreeSet;

/// Most characters of a snippet: two lines of a terminal.
const LENGTH: usize = 150;
/// How far before the first match a snippet may begin.
const LEAD: usize = 50;
/// Most characters of a case that are looked through.
const READ: usize = 100_000;

/// A span of characters, end excluded.
type Span = (usize, usize);

/// The passage that speaks most of the brief: the most different matched words, the challenge and the idea before
/// other sections, earlier before later. Without any match, how the challenge begins. [`None`] for an empty case.
pub(crate) fn best(case: &Case, highlight: Highlight<'_>) -> Option<SnippetView> {
    let mut best: Option<(usize, SnippetView)> = None;
    let mut read = 0;
    for (section, block) in blocks(case) {
        if read > READ {
            break;
        }
        read += block.text.len();
        let letters: Vec<char> = block.text.chars().collect();
        let spans = highlight(&block.text);
        let (start, distinct) = densest(&letters, &spans);
        let value = worth(section.kind, distinct);
        if best.as_ref().is_none_or(|(most, _)| value > *most) {
            best = Some((value, cut(&letters, &spans, start, section, block)));
        }
    }
    best.map(|(_, snippet)| snippet)
}

fn blocks(case: &Case) -> impl Iterator<Item = (&Section, &Block)> {
    let all = case
        .sections
        .iter()
        .flat_map(|section| section.blocks.iter().map(move |block| (section, block)));
    all.filter(|(_, block)| !block.text.is_empty())
}

/// Matched words count most; among as many, the sections that tell problem and idea.
fn worth(kind: SectionKind, distinct: usize) -> usize {
    let section = match kind {
        SectionKind::Challenge => 3,
        SectionKind::Idea => 2,
        SectionKind::CarryOver | SectionKind::Outcome => 1,
        SectionKind::Other => 0,
    };
    distinct * 2 + section
}

/// Where the window with the most different matched words has its first match, and how many they are.
fn densest(letters: &[char], spans: &[Span]) -> (usize, usize) {
    let mut best = (0, 0);
    for (number, &(start, _)) in spans.iter().enumerate() {
        let within = spans[number..]
            .iter()
            .take_while(|&&(_, end)| end <= start + LENGTH - LEAD);
        let words: BTreeSet<String> = within.filter_map(|&span| word(letters, span)).collect();
        if words.len() > best.1 {
            best = (start, words.len());
        }
    }
    best
}

fn word(letters: &[char], (start, end): Span) -> Option<String> {
    letters.get(start..end).map(|word| {
        word.iter()
            .flat_map(|letter| letter.to_lowercase())
            .collect()
    })
}

/// Cuts a block around the match at `first`, at words, and moves the spans along.
fn cut(
    letters: &[char],
    spans: &[Span],
    first: usize,
    section: &Section,
    block: &Block,
) -> SnippetView {
    let (start, end) = window(letters, first);
    let (before, after) = (
        if start > 0 { "…" } else { "" },
        if end < letters.len() { "…" } else { "" },
    );
    let text: String = letters[start..end].iter().collect();
    let shift = before.chars().count();
    let inside = spans
        .iter()
        .filter(|&&(from, to)| from >= start && to <= end);
    SnippetView {
        text: format!("{before}{text}{after}"),
        highlights: inside
            .map(|&(from, to)| [from - start + shift, to - start + shift])
            .collect(),
        section: section.kind.id().to_owned(),
        line: block.line,
    }
}

/// The characters to show: whole words, a sentence's beginning where one is near.
fn window(letters: &[char], first: usize) -> Span {
    if letters.len() <= LENGTH {
        return (0, letters.len());
    }
    let earliest = first.saturating_sub(LEAD).min(letters.len() - LENGTH);
    let begins = |position: usize| position == 0 || letters[position - 1] == ' ';
    let opens = |position: usize| {
        position < 2 || (begins(position) && ".!?".contains(letters[position - 2]))
    };
    let lead = || earliest..=first.min(letters.len() - 1);
    let start = lead()
        .find(|&at| opens(at))
        .or_else(|| lead().find(|&at| begins(at)))
        .unwrap_or(earliest);
    let latest = (start + LENGTH).min(letters.len());
    let ends = |position: usize| position == letters.len() || letters[position] == ' ';
    let end = (start + LENGTH / 2..=latest)
        .rev()
        .find(|&at| ends(at))
        .unwrap_or(latest);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks every occurrence of the words, as the index would.
    fn marking(words: &'static [&'static str]) -> impl Fn(&str) -> Vec<Span> {
        move |text| {
            let mut spans: Vec<Span> = words
                .iter()
                .flat_map(|word| text.match_indices(word))
                .map(|(at, word)| {
                    (
                        text[..at].chars().count(),
                        text[..at].chars().count() + word.chars().count(),
                    )
                })
                .collect();
            spans.sort_unstable();
            spans
        }
    }

    fn window_of(text: &str, words: &'static [&'static str]) -> (String, Vec<String>) {
        let letters: Vec<char> = text.chars().collect();
        let spans = marking(words)(text);
        let (first, _) = densest(&letters, &spans);
        let (start, end) = window(&letters, first);
        let shown = letters[start..end].iter().collect();
        let inside = spans
            .into_iter()
            .filter(|&(from, to)| from >= start && to <= end);
        (
            shown,
            inside
                .map(|(from, to)| letters[from..to].iter().collect())
                .collect(),
        )
    }

    #[test]
    fn a_short_block_is_shown_whole() {
        let (shown, marked) = window_of("Empty seats on Tuesdays.", &["seats", "Empty"]);
        assert_eq!(shown, "Empty seats on Tuesdays.");
        assert_eq!(marked, ["Empty", "seats"]);
    }

    #[test]
    fn a_long_block_is_cut_at_words_around_the_matches() {
        let filler = "Nothing of note was ever written here about anything at all. ".repeat(6);
        let text = format!("{filler}Commuters left, footfall fell and branches emptied. {filler}");
        let (shown, marked) = window_of(&text, &["footfall", "branches"]);
        assert!(shown.starts_with("Commuters left"), "{shown}");
        assert!(shown.chars().count() <= LENGTH);
        assert_eq!(marked, ["footfall", "branches"]);
        assert!(
            text.contains(&format!("{shown} ")),
            "cut within a word: {shown}"
        );
    }

    #[test]
    fn different_words_beat_the_same_word_often() {
        let text = format!("till till till till {} footfall till", "x ".repeat(200));
        let (shown, marked) = window_of(&text, &["till", "footfall"]);
        assert_eq!(marked, ["footfall", "till"], "{shown}");
    }

    #[test]
    fn never_panics_on_odd_text() {
        for text in [
            "",
            "é",
            &"x".repeat(1_000),
            &"空席 ".repeat(300),
            &" ".repeat(400),
        ] {
            window_of(text, &["x", "空", "é"]);
        }
    }
}

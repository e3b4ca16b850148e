//! From text to word pieces, as BERT's uncased vocabulary wants them (Wu et al., *Google's Neural Machine Translation System*,
//! 2016, section 4.1).
//!
//! Text is cleaned, Chinese characters stand alone, accents and capitals go; then each word is cut, greedily from the left,
//! into the longest pieces that the vocabulary has. Equal to what the original's tokenizer makes of text, but for one
//! thing: the names of its marks, such as `[SEP]`, are ordinary text here.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// One piece a line; its line, from 0, is its number.
pub(crate) static VOCABULARY: &str = include_str!("../assets/vocab.txt");

/// The marks around a text, and what stands for a word that cannot be cut.
const UNKNOWN: u32 = 100;
const START: u32 = 101;
const END: u32 = 102;

/// Most pieces of a text, marks included; the model was trained for that many.
const MOST: usize = 256;
/// From this many characters on a word is not looked up.
const TOO_LONG: usize = 101;

/// The vocabulary, to be looked up in.
#[derive(Debug)]
pub(crate) struct WordPiece {
    starting: HashMap<&'static str, u32>,
    /// Pieces that go on with a word, without their `##`.
    going_on: HashMap<&'static str, u32>,
}

impl WordPiece {
    pub(crate) fn read() -> Self {
        let mut starting = HashMap::with_capacity(25_000);
        let mut going_on = HashMap::with_capacity(6_000);
        for (number, piece) in (0..).zip(VOCABULARY.lines()) {
            match piece.strip_prefix("##") {
                Some(piece) => going_on.insert(piece, number),
                None => starting.insert(piece, number),
            };
        }
        Self { starting, going_on }
    }

    /// The pieces of a text, between marks.
    pub(crate) fn encode(&self, text: &str) -> Vec<u32> {
        let mut pieces = vec![START];
        for word in words(&fold(text)) {
            if pieces.len() >= MOST {
                break;
            }
            self.cut(word, &mut pieces);
        }
        pieces.truncate(MOST - 1);
        pieces.push(END);
        pieces
    }

    /// Cuts a word into pieces; into one that says so if it cannot be cut.
    fn cut(&self, word: &str, pieces: &mut Vec<u32>) {
        let before = pieces.len();
        if word.chars().count() >= TOO_LONG {
            return pieces.push(UNKNOWN);
        }
        let mut rest = word;
        while !rest.is_empty() {
            let known = if rest.len() == word.len() {
                &self.starting
            } else {
                &self.going_on
            };
            let ends = rest
                .char_indices()
                .map(|(at, character)| at + character.len_utf8());
            let longest = ends
                .rev()
                .find_map(|end| Some((end, *known.get(&rest[..end])?)));
            let Some((end, piece)) = longest else {
                pieces.truncate(before);
                return pieces.push(UNKNOWN);
            };
            pieces.push(piece);
            rest = &rest[end..];
        }
    }
}

/// Text without control characters, accents and capitals, and with spaces around Chinese characters.
fn fold(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_dropped(*character)) {
        if is_chinese(character) {
            spaced.extend([' ', character, ' ']);
        } else if character.is_whitespace() {
            spaced.push(' ');
        } else {
            spaced.push(character);
        }
    }
    let bare = spaced
        .nfd()
        .filter(|character| character.general_category() != GeneralCategory::NonspacingMark);
    bare.flat_map(char::to_lowercase).collect()
}

/// Words and marks of punctuation, each mark for itself.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|run| {
        let mut rest = run;
        std::iter::from_fn(move || {
            let first = rest.chars().next()?;
            let end = if is_punctuation(first) {
                first.len_utf8()
            } else {
                rest.find(is_punctuation).unwrap_or(rest.len())
            };
            let (word, after) = rest.split_at(end);
            rest = after;
            Some(word)
        })
    })
}

/// Control and format characters, private ones, and what stands for a character that was lost.
fn is_dropped(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\0' | '\u{fffd}' => true,
        _ => matches!(
            character.general_category(),
            GeneralCategory::Control
                | GeneralCategory::Format
                | GeneralCategory::PrivateUse
                | GeneralCategory::Surrogate
        ),
    }
}

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation()
        || character.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks of Chinese characters that the vocabulary was made with, among them one that begins late.
fn is_chinese(character: char) -> bool {
    matches!(u32::from(character),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F
        | 0x2B740..=0x2B81F | 0x2B920..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let vocabulary: Vec<&str> = VOCABULARY.lines().collect();
        let pieces = WordPiece::read().encode(text);
        let pieces: Vec<&str> = pieces
            .iter()
            .map(|piece| vocabulary[*piece as usize])
            .collect();
        let (first, rest) = pieces.split_first().expect("a mark");
        let (last, rest) = rest.split_last().expect("another mark");
        assert_eq!(
            (*first, *last, rest),
            ("[CLS]", "[SEP]", expected),
            "{text:?}"
        );
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces() {
        check("", &[]);
        check(
            "Footfall is falling!",
            &["foot", "##fall", "is", "falling", "!"],
        );
        check("déjà-vu", &["de", "##ja", "-", "vu"]);
        check("don't", &["don", "'", "t"]);
        check("東京 x", &["東", "京", "x"]);
        check("a\u{0}b\u{200b}c\u{fffd}d", &["abc", "##d"]);
        check("\u{1f600}", &["[UNK]"]);
        check("[SEP]", &["[", "sep", "]"]);
        check(&"a".repeat(101), &["[UNK]"]);
    }

    #[test]
    fn long_texts_are_cut_off() {
        let pieces = WordPiece::read().encode(&"shop ".repeat(1_000));
        assert_eq!((pieces.len(), pieces.last()), (MOST, Some(&END)));
    }
}

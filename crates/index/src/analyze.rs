//! How text is cut into words, folded and stemmed: the same for cases, briefs and highlights.
//!
//! A word is a run of letters and digits; apostrophes inside it are dropped (`don't` is `dont`, `Acme's` is
//! `acme`). Each character of the scripts that write without spaces is a word of its own. Words are folded to
//! lower case without accents and stemmed with Snowball's English stemmer, whose rules a user does not notice.
//! Stop words keep their place but are not indexed, so phrases still measure distance as it was written.

use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;
use std::collections::HashMap;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Stands between the fields of a case in the one text that is indexed; a phrase cannot cross it.
pub(crate) const FIELD_BREAK: char = '\u{1f}';
/// Stands between the blocks of a field; a phrase cannot cross it.
pub(crate) const BLOCK_BREAK: char = '\u{1e}';
/// Longer words are noise (base64, hashes) and are passed over; in characters' bytes.
const LONGEST_WORD: usize = 64;
/// A stemmer's memory is emptied beyond this many words, so that it stays bounded.
const MEMORY_LIMIT: usize = 100_000;

/// Words that say nothing of what a text is about: Lucene's English list, and the pronouns, auxiliaries and
/// question words with which people phrase a problem. Sorted.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "arent",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "being",
    "but",
    "by",
    "can",
    "cannot",
    "cant",
    "could",
    "did",
    "didnt",
    "do",
    "does",
    "doesnt",
    "doing",
    "dont",
    "each",
    "for",
    "from",
    "had",
    "has",
    "hasnt",
    "have",
    "havent",
    "having",
    "he",
    "her",
    "here",
    "him",
    "his",
    "how",
    "i",
    "if",
    "im",
    "in",
    "into",
    "is",
    "isnt",
    "it",
    "its",
    "itself",
    "ive",
    "just",
    "me",
    "might",
    "must",
    "my",
    "no",
    "nor",
    "not",
    "of",
    "on",
    "or",
    "our",
    "ours",
    "ourselves",
    "s",
    "she",
    "should",
    "so",
    "some",
    "such",
    "t",
    "than",
    "that",
    "the",
    "their",
    "theirs",
    "them",
    "themselves",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "to",
    "too",
    "us",
    "very",
    "was",
    "wasnt",
    "we",
    "were",
    "weve",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "wont",
    "would",
    "you",
    "your",
    "yours",
];

/// Whether a folded word is a stop word.
pub(crate) fn is_stop_word(folded: &str) -> bool {
    STOP_WORDS.binary_search(&folded).is_ok()
}

/// A word in its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// Byte offset of its first character.
    pub(crate) start: usize,
    /// Byte offset behind its last character.
    pub(crate) end: usize,
    /// As written.
    pub(crate) text: &'a str,
}

/// What stands in a text: words, and the breaks between fields and blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A word.
    Word(Word<'a>),
    /// A break that no phrase crosses.
    Break,
}

/// The words and breaks of a text, in order.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0 }
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    pieces(text).filter_map(|piece| match piece {
        Piece::Word(word) => Some(word),
        Piece::Break => None,
    })
}

/// How many places a text takes up: one for each word and each break.
pub(crate) fn places(text: &str) -> u32 {
    u32::try_from(pieces(text).count()).unwrap_or(u32::MAX)
}

/// Iterator behind [`pieces`].
pub(crate) struct Pieces<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let bytes = self.text.as_bytes();
        let (start, first) = loop {
            let byte = *bytes.get(self.at)?;
            if byte.is_ascii_alphanumeric() {
                break (self.at, byte as char);
            }
            if byte == FIELD_BREAK as u8 || byte == BLOCK_BREAK as u8 {
                self.at += 1;
                return Some(Piece::Break);
            }
            if byte.is_ascii() {
                self.at += 1;
                continue;
            }
            let character = self.text[self.at..].chars().next()?;
            if character.is_alphanumeric() {
                break (self.at, character);
            }
            self.at += character.len_utf8();
        };
        let end = if writes_without_spaces(first) {
            start + first.len_utf8()
        } else {
            self.end_of_word(start)
        };
        self.at = end;
        Some(Piece::Word(Word {
            start,
            end,
            text: &self.text[start..end],
        }))
    }
}

impl Pieces<'_> {
    fn end_of_word(&self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            if byte.is_ascii_alphanumeric() {
                end += 1;
                continue;
            }
            let Some(character) = self.text[end..].chars().next() else {
                break;
            };
            let inside = match character {
                '\'' | '\u{2019}' => self.letter_follows(end + character.len_utf8()),
                _ => {
                    (character.is_alphanumeric() && !writes_without_spaces(character))
                        || is_combining_mark(character)
                }
            };
            if !inside {
                break;
            }
            end += character.len_utf8();
        }
        end
    }

    fn letter_follows(&self, at: usize) -> bool {
        self.text[at..]
            .chars()
            .next()
            .is_some_and(char::is_alphabetic)
    }
}

fn writes_without_spaces(character: char) -> bool {
    matches!(u32::from(character),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// A word in lower case, without accents and apostrophes, and without a possessive ending.
pub(crate) fn fold(word: &str) -> Cow<'_, str> {
    if word
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase())
    {
        return Cow::Borrowed(word);
    }
    let word = word
        .strip_suffix("'s")
        .or_else(|| word.strip_suffix("\u{2019}s"))
        .unwrap_or(word);
    if word.is_ascii() {
        return Cow::Owned(
            word.bytes()
                .filter(|&byte| byte != b'\'')
                .map(|byte| byte.to_ascii_lowercase() as char)
                .collect(),
        );
    }
    let folded = word
        .nfkd()
        .filter(|&character| {
            !is_combining_mark(character) && !matches!(character, '\'' | '\u{2019}')
        })
        .flat_map(char::to_lowercase)
        .collect();
    Cow::Owned(folded)
}

/// Folds and stems words, and remembers what it has seen: text repeats its words.
#[derive(Clone, Default)]
pub(crate) struct Stems {
    memory: HashMap<String, Option<String>>,
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Stems")
            .field("words", &self.memory.len())
            .finish()
    }
}

impl Stems {
    /// The stem of a word as written; [`None`] for stop words and noise.
    pub(crate) fn stem(&mut self, word: &str) -> Option<&str> {
        if self.memory.len() > MEMORY_LIMIT {
            self.memory.clear();
        }
        if !self.memory.contains_key(word) {
            self.memory
                .insert(word.to_owned(), stem_folded(&fold(word)));
        }
        self.memory.get(word)?.as_deref()
    }
}

fn stem_folded(folded: &str) -> Option<String> {
    if folded.is_empty() || folded.len() > LONGEST_WORD || is_stop_word(folded) {
        return None;
    }
    Some(Stemmer::new(Algorithm::English).stem(folded).into_owned())
}

/// The analyzer as tantivy wants it: one token for each word that is not a stop word, at the word's place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Analyzer {
    stems: Stems,
    token: Token,
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        self.token.reset();
        Tokens {
            pieces: pieces(text),
            stems: &mut self.stems,
            token: &mut self.token,
            place: 0,
        }
    }
}

/// Token stream of [`Analyzer`].
pub(crate) struct Tokens<'a> {
    pieces: Pieces<'a>,
    stems: &'a mut Stems,
    token: &'a mut Token,
    place: usize,
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        for piece in self.pieces.by_ref() {
            let place = self.place;
            self.place += 1;
            let Piece::Word(word) = piece else { continue };
            let Some(stem) = self.stems.stem(word.text) else {
                continue;
            };
            self.token.text.clear();
            self.token.text.push_str(stem);
            self.token.offset_from = word.start;
            self.token.offset_to = word.end;
            self.token.position = place;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut stems = Stems::default();
        let found: Vec<String> = words(text)
            .filter_map(|word| stems.stem(word.text).map(str::to_owned))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn stop_words_are_sorted() {
        assert!(STOP_WORDS.is_sorted());
    }

    #[test]
    fn words_are_cut_folded_and_stemmed() {
        check(
            "Our branches are losing footfall",
            &["branch", "lose", "footfal"],
        );
        check("click-and-collect", &["click", "collect"]);
        check(
            "don't can't Acme's customers’ shops",
            &["acm", "custom", "shop"],
        );
        check("CAFÉ café cafe\u{301}", &["cafe", "cafe", "cafe"]);
        check("20% in 2012–2017", &["20", "2012", "2017"]);
        check("'quoted'", &["quot"]);
        check("", &[]);
        check("🙂 … \u{0}", &[]);
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        check("客户流失", &["客", "户", "流", "失"]);
        check("عملاء أقل", &["عملاء", "اقل"]);
    }

    #[test]
    fn noise_is_passed_over() {
        check(&"x".repeat(100), &[]);
    }

    #[test]
    fn stop_words_and_breaks_keep_their_place() {
        let mut analyzer = Analyzer::default();
        let mut stream = analyzer.token_stream("lost in the post\u{1e}office");
        let mut found = Vec::new();
        while let Some(token) = stream.next() {
            found.push((token.position, token.text.clone()));
        }
        assert_eq!(
            found,
            [
                (0, "lost".to_owned()),
                (3, "post".to_owned()),
                (5, "offic".to_owned())
            ]
        );
    }
}

//! Mends in the text of a case what can be mended without a person's judgement; every other byte stays as it is.
//!
//! A mend is a few replaced bytes and the change of meaning that is wanted of them. It is kept only if the text, read
//! anew, says exactly what it said before with that change.

mod addresses;
mod colons;
mod lists;
mod meaning;
mod order;
mod page;
mod quotes;
mod spaces;
mod words;

use crate::Vocabulary;
use meaning::Change;
use page::Page;
use std::ops::Range;

/// Mends of one kind: later kinds need what earlier ones have made readable.
const KINDS: [fn(&Page<'_>, &Vocabulary) -> Vec<Mend>; 7] = [
    colons::mends,
    quotes::mends,
    lists::mends,
    words::mends,
    addresses::mends,
    spaces::mends,
    order::mends,
];

/// How often all kinds are tried; a round that mends nothing ends it, which real headers reach in the second.
const ROUNDS: usize = 8;

/// How often mends of one kind are tried together before the rest of them is given up.
const TRIES: usize = 64;

/// A text after mending.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fixed {
    /// The text; the same as before where nothing was mended.
    pub text: String,
    /// What was mended, by line.
    pub mended: Vec<Mended>,
}

/// Something that was mended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Mended {
    /// The line on which it stood, from 1.
    pub line: u32,
    /// What was done, in the past tense: lower case, no full stop, literals in backticks.
    pub what: String,
}

/// A mend that is not made yet.
struct Mend {
    line: u32,
    what: String,
    edits: Vec<Edit>,
    change: Change,
}

impl Mend {
    fn new(line: u32, what: impl Into<String>, edit: Edit, change: Change) -> Self {
        Self {
            line,
            what: what.into(),
            edits: vec![edit],
            change,
        }
    }
}

/// Bytes of a text, and what is written instead.
struct Edit {
    range: Range<usize>,
    by: String,
}

/// Mends the front matter of a case: colons that want a space, texts that want quotes, single words where a list belongs, ids in
/// other letters or by their label, tracking parameters of addresses, spaces at line ends, the order of keys.
///
/// The body, comments, line breaks and everything that is not mended keep their bytes. Mending again changes nothing.
/// Front matter in TOML is left alone.
///
/// ```
/// use afield_corpus::{Vocabulary, fix};
/// let fixed = fix("---\ntitle: Sold out: a story\nchannels: web # and more\n---\n", &Vocabulary::default());
/// assert_eq!(fixed.text, "---\ntitle: \"Sold out: a story\"\nchannels: [web] # and more\n---\n");
/// assert_eq!(fixed.mended[1].what, "made `channels` a list");
/// ```
pub fn fix(text: &str, vocabulary: &Vocabulary) -> Fixed {
    let mut fixed = Fixed {
        text: text.to_owned(),
        mended: Vec::new(),
    };
    for _ in 0..ROUNDS {
        let before = fixed.mended.len();
        for kind in KINDS {
            let Some(page) = Page::read(&fixed.text) else {
                return fixed;
            };
            let kept = settle(&page, kind(&page, vocabulary));
            if !kept.is_empty() {
                fixed.text = written(page.text, &kept.iter().collect::<Vec<_>>());
                let mended = kept
                    .into_iter()
                    .map(|Mend { line, what, .. }| Mended { line, what });
                fixed.mended.extend(mended);
            }
        }
        if fixed.mended.len() == before {
            break;
        }
    }
    fixed.mended.sort();
    fixed
}

/// The mends that do what they say, as many as can be made together.
fn settle(page: &Page<'_>, mends: Vec<Mend>) -> Vec<Mend> {
    let mut kept: Vec<Mend> = Vec::new();
    let mut waiting = vec![mends];
    waiting.retain(|mends| !mends.is_empty());
    for _ in 0..TRIES {
        let Some(mut group) = waiting.pop() else {
            break;
        };
        if holds(page, &kept.iter().chain(&group).collect::<Vec<_>>()) {
            kept.extend(group);
        } else if group.len() > 1 {
            waiting.push(group.split_off(group.len() / 2));
            waiting.push(group);
        }
    }
    kept
}

/// Whether a text, mended, says what it should.
///
/// A case is made of its front matter, its body and the line where that begins, so nothing else has to be compared.
fn holds(page: &Page<'_>, mends: &[&Mend]) -> bool {
    let text = written(page.text, mends);
    let wanted = mends
        .iter()
        .fold(page.meaning(), |meaning, mend| meaning.with(&mend.change));
    Page::read(&text).is_some_and(|after| {
        after.meaning() == wanted
            && after.body() == page.body()
            && after.troubles() <= page.troubles()
    })
}

/// A text with its edits made; of two that overlap, the first.
fn written(text: &str, mends: &[&Mend]) -> String {
    let mut edits: Vec<&Edit> = mends.iter().flat_map(|mend| &mend.edits).collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut written = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        if let Some(between) = text.get(at..edit.range.start) {
            written.push_str(between);
            written.push_str(&edit.by);
            at = edit.range.end;
        }
    }
    written + text.get(at..).unwrap_or_default()
}

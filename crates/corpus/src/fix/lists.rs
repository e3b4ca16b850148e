//! A single text where a list of words belongs: `channels: web` becomes `channels: [web]`, and `signals: churn, price-war`
//! a list of two, as each part is a word of the vocabulary.

use super::meaning::Change;
use super::page::Page;
use super::{Edit, Mend};
use crate::Vocabulary;

/// The keys that hold lists of words.
const KEYS: [&str; 6] = [
    "signals",
    "mechanism",
    "functions",
    "roles",
    "journey",
    "channels",
];

pub(super) fn mends(page: &Page<'_>, vocabulary: &Vocabulary) -> Vec<Mend> {
    let mends = KEYS.into_iter();
    mends
        .filter_map(|key| mend(page, vocabulary, key))
        .collect()
}

fn mend(page: &Page<'_>, vocabulary: &Vocabulary, key: &'static str) -> Option<Mend> {
    let value = page
        .header
        .value(&[key])
        .filter(|value| !value.is_blank())?;
    let written = page.written(value)?;
    let parts = parts(vocabulary, key, &page.text[written.inner.clone()]);
    let inside = if parts.len() > 1 {
        written.inner
    } else {
        written.whole.clone()
    };
    let edit = Edit {
        by: format!("[{}]", &page.text[inside]),
        range: written.whole,
    };
    let what = format!("made `{key}` a list");
    let change = Change::List(key, parts);
    Some(Mend::new(value.place.line, what, edit, change))
}

/// The words of a text between commas, if each is surely one of the vocabulary; else none.
fn parts(vocabulary: &Vocabulary, key: &str, text: &str) -> Vec<String> {
    let parts = text.split(',').map(str::trim);
    let known = |part: &str| vocabulary.only_id(key, part).map(|_| part.to_owned());
    parts.map(known).collect::<Option<_>>().unwrap_or_default()
}

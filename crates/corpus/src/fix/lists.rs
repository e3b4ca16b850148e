//! A single text where a list of words belongs: `channels: web` becomes `channels: [web]`.

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

pub(super) fn mends(page: &Page<'_>, _: &Vocabulary) -> Vec<Mend> {
    KEYS.into_iter().filter_map(|key| mend(page, key)).collect()
}

fn mend(page: &Page<'_>, key: &'static str) -> Option<Mend> {
    let value = page
        .header
        .value(&[key])
        .filter(|value| !value.is_blank())?;
    let whole = page.written(value)?.whole;
    let by = format!("[{}]", &page.text[whole.clone()]);
    let edit = Edit { range: whole, by };
    let what = format!("made `{key}` a list");
    Some(Mend::new(value.place.line, what, edit, Change::List(key)))
}

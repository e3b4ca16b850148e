//! Ids in other letters, or by label or alias: `Churn` becomes `churn`, `Planes` becomes `air`.

use super::meaning::{Change, Spot};
use super::page::Page;
use super::{Edit, Mend};
use crate::Vocabulary;

/// The keys that hold ids of a vocabulary.
const KEYS: [&str; 6] = [
    "sector",
    "signals",
    "mechanism",
    "functions",
    "roles",
    "journey",
];

/// Further words of a key are not looked up: no case needs as many.
const MOST: usize = 100;

pub(super) fn mends(page: &Page<'_>, vocabulary: &Vocabulary) -> Vec<Mend> {
    KEYS.into_iter()
        .flat_map(|key| of_key(page, vocabulary, key))
        .collect()
}

fn of_key(page: &Page<'_>, vocabulary: &Vocabulary, key: &'static str) -> Vec<Mend> {
    let items = page
        .header
        .value(&[key])
        .map_or(&[][..], |value| value.items());
    let mend = |(index, item): (usize, _)| {
        let written = page.written(item)?;
        let word = &page.text[written.inner.clone()];
        let id = vocabulary
            .only_id(key, word)
            .filter(|id| *id != word.trim())?;
        let edit = Edit {
            range: written.inner,
            by: id.to_owned(),
        };
        let change = Change::Text(Spot::item(key, index), id.to_owned());
        Some(Mend::new(
            item.place.line,
            format!("wrote `{id}` for `{word}` in `{key}`"),
            edit,
            change,
        ))
    };
    items
        .iter()
        .enumerate()
        .take(MOST)
        .filter_map(mend)
        .collect()
}

//! Ids in other letters, or by label or alias: `Churn` becomes `churn`, `Planes` becomes `air`, `evidence: b` becomes `B`.

use super::meaning::{Change, Spot};
use super::page::Page;
use super::{Edit, Mend};
use crate::{Grade, Outcome, Vocabulary};

/// The keys that hold ids of a vocabulary or of a scale.
const KEYS: [&str; 8] = [
    "sector",
    "signals",
    "mechanism",
    "functions",
    "roles",
    "journey",
    "outcome",
    "evidence",
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
        let id = meant(vocabulary, key, word).filter(|id| *id != word.trim())?;
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

/// The id that a word under a key surely means.
fn meant<'a>(vocabulary: &'a Vocabulary, key: &str, word: &str) -> Option<&'a str> {
    match key {
        "outcome" => Outcome::resolve(word).ok().map(Outcome::id),
        "evidence" => Grade::resolve(word).ok().map(Grade::id),
        _ => vocabulary.only_id(key, word),
    }
}

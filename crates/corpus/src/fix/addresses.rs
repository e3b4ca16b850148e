//! Tracking parameters in the addresses of sources.

use super::meaning::{Change, Spot};
use super::page::Page;
use super::{Edit, Mend};
use crate::Vocabulary;
use crate::lint::untracked;
use crate::value::{Value, entry};

const KEY: &str = "sources";

pub(super) fn mends(page: &Page<'_>, _: &Vocabulary) -> Vec<Mend> {
    let items = page.header.value(&[KEY]).map_or(&[][..], Value::items);
    let mends = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| mend(page, index, item));
    mends.collect()
}

fn mend(page: &Page<'_>, item: usize, source: &Value) -> Option<Mend> {
    let (value, field) = match source.map() {
        Some(map) => (&entry(map, "url")?.1, Some("url")),
        // A source may be a bare address.
        None => (source, None),
    };
    let (clean, trackers) = untracked(value.text()?)?;
    let range = page.written(value)?.inner;
    let what = format!(
        "left `{}` out of the address of a source",
        trackers.join("`, `")
    );
    let change = Change::Text(
        Spot {
            key: KEY,
            item,
            field,
        },
        clean.clone(),
    );
    Some(Mend::new(
        value.place.line,
        what,
        Edit { range, by: clean },
        change,
    ))
}

//! Plain texts that YAML wants in quotes: `title: Sold out: a story`, `- they say: no`.

use super::meaning::{Change, Spot};
use super::page::Page;
use super::{Edit, Mend};
use crate::fence::Language;
use crate::header::{KEYS, Shape};
use crate::rescue::{self, Chunk};
use crate::value::yaml::{self, Budget};
use crate::value::{Kind, Value};
use crate::{Place, Vocabulary};

pub(super) fn mends(page: &Page<'_>, _: &Vocabulary) -> Vec<Mend> {
    let maps = KEYS.iter().filter(|(_, shape)| *shape != Shape::Maps);
    let mut mends: Vec<Mend> = maps
        .flat_map(|(key, _)| taken_for_maps(page, key))
        .collect();
    if !page.is_sound() {
        let mut budget = Budget::default();
        let chunks = rescue::chunks(&page.yaml, page.lines.start, Language::Yaml);
        mends.extend(
            chunks
                .iter()
                .filter_map(|chunk| broken(page, chunk, &mut budget)),
        );
    }
    mends
}

/// Texts with a colon that YAML takes for a map of one key.
fn taken_for_maps(page: &Page<'_>, key: &'static str) -> Vec<Mend> {
    let items = page.header.value(&[key]).map_or(&[][..], Value::items);
    let mend = |(index, item): (usize, &Value)| {
        let [(first, last)] = item.map()?.as_slice() else {
            return None;
        };
        let text = item.as_text()?;
        let range = page.offset(first.place)?..page.written(last)?.whole.end;
        if page.text.get(range.clone()) != Some(text.as_str()) {
            return None;
        }
        let edit = Edit {
            range,
            by: quoted(&text),
        };
        let change = Change::Text(Spot::item(key, index), text);
        Some(Mend::new(first.place.line, what(key), edit, change))
    };
    items.iter().enumerate().filter_map(mend).collect()
}

/// A key that cannot be read, if quotes are all it lacks.
fn broken(page: &Page<'_>, chunk: &Chunk<'_>, budget: &mut Budget) -> Option<Mend> {
    let key = chunk.key?;
    if chunk.read(Language::Yaml, budget).is_ok() {
        return None;
    }
    let line = chunk.line;
    if chunk.text.contains('\n') {
        let (edits, items) = listed(page, chunk, budget)?;
        let change = Change::Read(key.to_owned(), Kind::List(items));
        let line = page.line_of(edits.first()?.range.start);
        return Some(Mend {
            line,
            what: what(key),
            edits,
            change,
        });
    }
    let words = wanting(chunk.text.split_once(':')?.1.trim())?;
    // Words that open with a letter are kept as they stand even while they are not quoted.
    let change = if words.starts_with(char::is_alphanumeric) {
        Change::None
    } else {
        Change::Read(key.to_owned(), Kind::Scalar(words.to_owned()))
    };
    Some(Mend::new(line, what(key), edit(page, line, words)?, change))
}

/// The edits to a list of one-line items, and the items after them.
fn listed(
    page: &Page<'_>,
    chunk: &Chunk<'_>,
    budget: &mut Budget,
) -> Option<(Vec<Edit>, Vec<Value>)> {
    let (mut edits, mut items) = (Vec::new(), Vec::new());
    let mut rows = chunk.text.split('\n').zip(chunk.line..);
    let opening = rows.next()?.0.split_once(':')?.1.trim();
    if !opening.is_empty() && !opening.starts_with('#') {
        return None;
    }
    for (row, line) in rows {
        let row = row.trim();
        if row.is_empty() || row.starts_with('#') {
            continue;
        }
        let item = row.strip_prefix("- ")?.trim_start();
        items.push(match yaml::read(item, line, budget) {
            Ok(value) => value,
            Err(_) => {
                let words = wanting(item)?;
                edits.push(edit(page, line, words)?);
                Value {
                    place: Place::START,
                    kind: Kind::Scalar(words.to_owned()),
                }
            }
        });
    }
    Some((edits, items))
}

/// Words that are surely meant as they stand: they open with a letter, a figure or a sign that YAML keeps for itself,
/// and no comment follows.
fn wanting(words: &str) -> Option<&str> {
    let opens = |letter: char| letter.is_alphanumeric() || "@`%".contains(letter);
    (words.starts_with(opens) && !words.contains(" #") && !words.contains("\t#")).then_some(words)
}

/// Quotes around the words that end a line.
fn edit(page: &Page<'_>, line: u32, words: &str) -> Option<Edit> {
    let row = page.row(line)?;
    let text = page.text[row.clone()].trim_end();
    let start = row.start + text.strip_suffix(words)?.len();
    Some(Edit {
        range: start..start + words.len(),
        by: quoted(words),
    })
}

fn quoted(words: &str) -> String {
    if words.contains(['"', '\\']) {
        format!("'{}'", words.replace('\'', "''"))
    } else {
        format!("\"{words}\"")
    }
}

fn what(key: &str) -> String {
    format!("put text of `{key}` into quotes")
}

//! What can still be read of a header that is broken as a whole: its top-level keys, each alone.

use crate::Place;
use crate::fence::{self, Language};
use crate::lines::Lines;
use crate::value::yaml::Budget;
use crate::value::{Key, Kind, Map, Trouble, Value, toml, yaml};

/// A broken header, key by key.
#[derive(Debug, Default)]
pub(crate) struct Rescued {
    /// The keys that can be read.
    pub(crate) map: Map,
    /// The keys that cannot.
    pub(crate) unread: Vec<Key>,
    /// What is wrong with them.
    pub(crate) troubles: Vec<Trouble>,
}

/// Reads each top-level key of a header alone, all on one budget.
///
/// A line of plain words that the language would want quoted, such as `title: Sold out: a story`, is kept as it
/// stands, and reported.
pub(crate) fn read(header: &str, first: u32, language: Language) -> Rescued {
    let mut rescued = Rescued::default();
    let mut budget = Budget::default();
    for chunk in chunks(header, first, language) {
        match chunk.read(language, &mut budget) {
            Ok(map) => map
                .into_iter()
                .for_each(|(key, value)| rescued.add(key, value)),
            Err(trouble) => {
                let trouble = within(trouble, chunk.text, chunk.line);
                rescued.troubles.push(trouble);
                rescued.keep_words(&chunk, language);
            }
        }
    }
    rescued
}

/// The same trouble, not beyond the end of its line or the last word of its text: a parser may point to a line that is
/// not there, or count the bytes of a line instead of its characters.
pub(crate) fn within(trouble: Trouble, text: &str, first: u32) -> Trouble {
    let (text, line) = (text.trim_end(), trouble.place.line);
    let end = match text.split('\n').nth(line.saturating_sub(first) as usize) {
        Some(words) => Place::new(line, words.chars().count() as u32 + 1),
        None => Lines::new(text, first).place(text.len()),
    };
    Trouble {
        place: trouble.place.min(end),
        ..trouble
    }
}

impl Rescued {
    /// Adds a key; the tables of a TOML list stand in chunks of their own and become one list again.
    fn add(&mut self, key: Key, value: Value) {
        match (self.map.last_mut(), value) {
            (Some((last, list)), value) if last.text == key.text && both_tables(list, &value) => {
                if let (Kind::List(items), Kind::List(more)) = (&mut list.kind, value.kind) {
                    items.extend(more);
                }
            }
            (_, value) => self.map.push((key, value)),
        }
    }

    /// Keeps a broken key by its words or at least by its name.
    fn keep_words(&mut self, chunk: &Chunk<'_>, language: Language) {
        let Some(key) = chunk.key else { return };
        let key = Key {
            text: key.to_owned(),
            place: Place::new(chunk.line, 1),
        };
        match chunk.as_written(language) {
            Some(value) => self.map.push((key, value)),
            None => self.unread.push(key),
        }
    }
}

/// Whether both are lists of maps, as far as their first items tell.
fn both_tables(one: &Value, other: &Value) -> bool {
    let tables = |value: &Value| matches!(&value.kind, Kind::List(items) if items.iter().take(1).any(|item| item.map().is_some()));
    tables(one) && tables(other)
}

/// A top-level key with all lines of its value, so that what is missing at its end is missed there; or lines that
/// belong to no key.
pub(crate) struct Chunk<'a> {
    /// The key, without quotes.
    pub(crate) key: Option<&'a str>,
    /// The lines, without white space at their end.
    pub(crate) text: &'a str,
    /// The first line.
    pub(crate) line: u32,
}

impl Chunk<'_> {
    /// What the lines say alone.
    pub(crate) fn read(&self, language: Language, budget: &mut Budget) -> Result<Map, Trouble> {
        let value = match language {
            Language::Toml => return toml::read(self.text, self.line),
            Language::Yaml => yaml::read(self.text, self.line, budget)?,
        };
        let place = value.place;
        let message = match (value.kind, self.key) {
            (Kind::Map(map), _) => return Ok(map),
            (_, Some(key)) => format!("`{key}` needs a space after its colon"),
            (_, None) => "expected `key: value`".to_owned(),
        };
        Err(Trouble {
            place,
            code: "broken-front-matter",
            message,
            help: self.key.map(|_| "write `key: value`"),
        })
    }

    /// The value as it stands, if it is one line of plain words.
    fn as_written(&self, language: Language) -> Option<Value> {
        let (key, value) = self.text.split_once(language.sign())?;
        let words = value.trim_start();
        let column = key.chars().count() + 2 + value.chars().count() - words.chars().count();
        let plain = !self.text.contains('\n') && words.starts_with(char::is_alphanumeric);
        let kind = Kind::Scalar(words.to_owned());
        plain.then(|| Value {
            place: Place::new(self.line, column as u32),
            kind,
        })
    }
}

/// A header cut at its top-level keys.
pub(crate) fn chunks(header: &str, first: u32, language: Language) -> Vec<Chunk<'_>> {
    let mut starts = Vec::new();
    let (mut at, mut in_table) = (0, false);
    for (line, number) in header.split_inclusive('\n').zip(first..) {
        // The keys below a TOML table belong to it.
        let table = language == Language::Toml && line.starts_with('[');
        let key = fence::key(line, language).filter(|_| table || !in_table);
        let stray = !in_table && fence::is_stray(line);
        if key.is_some() || stray {
            starts.push((at, number, key));
            in_table = table;
        }
        at += line.len();
    }
    let ends = starts
        .iter()
        .skip(1)
        .map(|(at, ..)| *at)
        .chain([header.len()]);
    let chunk = |(start, end): (&(usize, u32, _), usize)| {
        let (at, line, key) = *start;
        Chunk {
            key,
            text: header[at..end].trim_end(),
            line,
        }
    };
    starts.iter().zip(ends).map(chunk).collect()
}

//! TOML text to a map of [`Value`]s.

use super::{Key, Kind, Map, Trouble, Value};
use crate::lines::Lines;
use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};

/// Reads a TOML text whose first line is the line `first` of its file.
///
/// Numbers, truth values and dates stay as written.
pub(crate) fn read(text: &str, first: u32) -> Result<Map, Trouble> {
    let lines = Lines::new(text, first);
    match DeTable::parse(text) {
        Ok(table) => Ok(Reader { text, lines }.map(table.get_ref())),
        Err(error) => Err(trouble(&error, &lines)),
    }
}

/// A parser's error at its place.
pub(crate) fn trouble(error: &::toml::de::Error, lines: &Lines<'_>) -> Trouble {
    let message = error.message().trim().replace('\n', ", ");
    let duplicate = message.starts_with("duplicate key");
    let code = if duplicate {
        "duplicate-key"
    } else {
        "broken-front-matter"
    };
    Trouble {
        place: lines.span(&error.span().unwrap_or(0..0)),
        code,
        message,
        help: None,
    }
}

struct Reader<'a> {
    text: &'a str,
    lines: Lines<'a>,
}

impl Reader<'_> {
    fn map(&self, table: &DeTable<'_>) -> Map {
        let mut entries: Vec<_> = table.iter().collect();
        // The parser sorts by key; a reader thinks in file order.
        entries.sort_by_key(|(key, _)| key.span().start);
        let key = |key: &Spanned<_>, text: &str| Key {
            text: text.to_owned(),
            place: self.lines.span(&key.span()),
        };
        entries
            .into_iter()
            .map(|(name, value)| (key(name, name.get_ref()), self.value(value)))
            .collect()
    }

    // As deep as the parser goes, which is 80.
    fn value(&self, value: &Spanned<DeValue<'_>>) -> Value {
        let kind = match value.get_ref() {
            DeValue::String(text) => Kind::Scalar(text.to_string()),
            DeValue::Array(items) => {
                Kind::List(items.iter().map(|item| self.value(item)).collect())
            }
            DeValue::Table(table) => Kind::Map(self.map(table)),
            _ => Kind::Scalar(self.text.get(value.span()).unwrap_or_default().to_owned()),
        };
        Value {
            place: self.lines.span(&value.span()),
            kind,
        }
    }
}

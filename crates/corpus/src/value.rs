//! The tree that YAML and TOML headers are read into: text, lists and maps, each with its place.

pub(crate) mod toml;
pub(crate) mod yaml;

use crate::Place;

/// A value of a header.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Value {
    /// Where it starts.
    pub(crate) place: Place,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// Text, a number, a truth value or a date, as written.
    Scalar(String),
    /// A list.
    List(Vec<Value>),
    /// Keys with their values, in file order; a key may occur twice.
    Map(Map),
}

/// Keys with their values, in file order.
pub(crate) type Map = Vec<(Key, Value)>;

/// A key of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Key {
    /// The key as written.
    pub(crate) text: String,
    /// Where it starts.
    pub(crate) place: Place,
}

impl Value {
    /// A word for messages.
    pub(crate) fn kind_word(&self) -> &'static str {
        match self.kind {
            Kind::Null => "nothing",
            Kind::Scalar(_) => "text",
            Kind::List(_) => "a list",
            Kind::Map(_) => "a map",
        }
    }

    /// The text of a scalar, trimmed.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text) => Some(text.trim()),
            _ => None,
        }
    }

    /// The value where one text is wanted: a scalar, or a map of one text, which is what YAML makes of an unquoted
    /// `they say: no`.
    pub(crate) fn as_text(&self) -> Option<String> {
        match &self.kind {
            Kind::Map(map) => match map.as_slice() {
                [(key, value)] => value.text().map(|text| format!("{}: {text}", key.text)),
                _ => None,
            },
            _ => self.text().map(str::to_owned),
        }
    }

    /// Whether nothing is said: null, blank text, an empty list or map, or a list of such.
    pub(crate) fn is_blank(&self) -> bool {
        match &self.kind {
            Kind::Null => true,
            Kind::Scalar(text) => text.trim().is_empty(),
            Kind::List(items) => items.iter().all(Self::is_blank),
            Kind::Map(map) => map.is_empty(),
        }
    }

    /// The items of a list; anything else but null counts as a list of one.
    pub(crate) fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::Null => &[],
            Kind::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The map, if it is one.
    pub(crate) fn map(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Map(map) => Some(map),
            _ => None,
        }
    }
}

/// The first entry of a key.
pub(crate) fn entry<'a>(map: &'a Map, key: &str) -> Option<&'a (Key, Value)> {
    map.iter().find(|(name, _)| name.text == key)
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trouble {
    /// Where.
    pub(crate) place: Place,
    /// The diagnostic's code.
    pub(crate) code: &'static str,
    /// The diagnostic's message.
    pub(crate) message: String,
    /// What to do, where it is not the same for all troubles of the code.
    pub(crate) help: Option<&'static str>,
}

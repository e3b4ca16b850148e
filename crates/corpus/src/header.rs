//! The front matter of a case: which keys it has, and where.

use crate::Place;
use crate::value::{Key, Map, Value, entry};

/// How the value of a key is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Free text; the items of a list are joined.
    Text,
    /// One word of a vocabulary; the first item of a list counts.
    Word,
    /// A list of texts; a single text is a list of one.
    Texts,
    /// Years.
    Years,
    /// A list of maps.
    Maps,
}

/// Every key that afield reads, in the order of the format.
pub(crate) const KEYS: [(&str, Shape); 27] = [
    ("title", Shape::Text),
    ("organisation", Shape::Text),
    ("sector", Shape::Word),
    ("subsector", Shape::Text),
    ("years", Shape::Years),
    ("region", Shape::Text),
    ("signals", Shape::Texts),
    ("pattern", Shape::Texts),
    ("asks", Shape::Texts),
    ("mechanism", Shape::Texts),
    ("functions", Shape::Texts),
    ("roles", Shape::Texts),
    ("journey", Shape::Texts),
    ("channels", Shape::Texts),
    ("outcome", Shape::Word),
    ("evidence", Shape::Word),
    ("metrics", Shape::Maps),
    ("needs", Shape::Texts),
    ("works_when", Shape::Texts),
    ("breaks_when", Shape::Texts),
    ("borrowed_from", Shape::Texts),
    ("borrowed_basis", Shape::Word),
    ("adopted_in", Shape::Texts),
    ("could_inspire", Shape::Texts),
    ("inspired_by", Shape::Texts),
    ("caveat", Shape::Text),
    ("sources", Shape::Maps),
];

/// The keys that every case needs, in the order of the format, each with what may stand behind it.
pub(crate) const REQUIRED: [(&str, &str); 11] = [
    ("title", "the idea in a line"),
    ("organisation", "who acted"),
    ("sector", "an id of `sectors.toml`"),
    ("years", "when it acted, such as `2012-2017`"),
    ("signals", "ids of `signals.toml`, such as `[churn]`"),
    (
        "pattern",
        "two to six phrases for the problem, without a word of the sector",
    ),
    (
        "asks",
        "three to eight sentences in which other sectors would type the problem",
    ),
    (
        "mechanism",
        "ids of `mechanisms.toml`, such as `[charge-by-use]`",
    ),
    ("outcome", "`worked`, `mixed`, `failed` or `unknown`"),
    ("evidence", "`A`, `B`, `C` or `D`"),
    (
        "sources",
        "a list of pages that were read, each `- { title: …, publisher: …, url: …, date: … }`",
    ),
];

/// The fields of a metric.
pub(crate) const METRIC_FIELDS: [&str; 5] = ["name", "value", "unit", "period", "source"];
/// The fields of a source.
pub(crate) const SOURCE_FIELDS: [&str; 4] = ["title", "publisher", "url", "date"];

/// Whether afield reads a key.
pub(crate) fn is_known(key: &str) -> bool {
    KEYS.iter().any(|(name, _)| *name == key)
}

/// The front matter of a case, with the places of its keys and values.
///
/// Places are lines and columns of the file. What is not there has the place of the front matter, which is the
/// start of the file if there is none.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Header {
    pub(crate) map: Map,
    pub(crate) unread: Vec<Key>,
    pub(crate) place: Place,
    pub(crate) exists: bool,
}

impl Default for Header {
    fn default() -> Self {
        Self {
            map: Map::new(),
            unread: Vec::new(),
            place: Place::START,
            exists: false,
        }
    }
}

impl Header {
    /// Whether the file has front matter at all, however broken.
    pub fn exists(&self) -> bool {
        self.exists
    }

    /// The keys that could be read, in file order, each once.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.map.iter().map(|(key, _)| key.text.as_str())
    }

    /// Whether a key is there with something in it.
    pub fn has(&self, key: &str) -> bool {
        self.value(&[key]).is_some_and(|value| !value.is_blank())
    }

    /// Whether a key is there but could not be read.
    pub fn is_unread(&self, key: &str) -> bool {
        self.unread.iter().any(|unread| unread.text == key)
    }

    /// The required keys that are not there or empty, in the order of the format, each with what may stand behind it. A
    /// key that could not be read is not missing.
    pub fn missing(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let given = |key: &str| self.has(key) || self.is_unread(key);
        REQUIRED.into_iter().filter(move |(key, _)| !given(key))
    }

    /// The keys that afield does not know, with their places, in file order.
    pub fn unknown_keys(&self) -> impl Iterator<Item = (&str, Place)> {
        self.map
            .iter()
            .filter(|(key, _)| !is_known(&key.text))
            .map(|(key, _)| (key.text.as_str(), key.place))
    }

    /// The fields of metrics and sources that afield does not know, with their places, in file order.
    pub fn unknown_fields(&self) -> impl Iterator<Item = (&str, Place)> {
        let lists = [
            ("metrics", &METRIC_FIELDS[..]),
            ("sources", &SOURCE_FIELDS[..]),
        ];
        lists.into_iter().flat_map(|(key, known)| {
            let items = self.value(&[key]).map_or(&[][..], Value::items);
            let fields = items
                .iter()
                .filter_map(Value::map)
                .flatten()
                .map(|(field, _)| field);
            let unknown = fields.filter(move |field| !known.contains(&field.text.as_str()));
            unknown.map(|field| (field.text.as_str(), field.place))
        })
    }

    /// Where a key stands; a longer path goes down through maps.
    pub fn place(&self, path: &[&str]) -> Place {
        self.find(path).map_or(self.place, |(key, _)| key.place)
    }

    /// Where the value of a key starts.
    pub fn value_place(&self, path: &[&str]) -> Place {
        self.value(path).map_or(self.place, |value| value.place)
    }

    /// Where the nth item of a list starts, from 0 and counting only items that a [`crate::Case`] keeps; beyond the
    /// list, where the key stands.
    pub fn item_place(&self, key: &str, index: usize) -> Place {
        self.item(key, index)
            .map_or_else(|| self.place(&[key]), |item| item.place)
    }

    /// Where a field of the nth map of a list stands, from 0; without it, where the item starts.
    pub fn field_place(&self, key: &str, index: usize, field: &str) -> Place {
        let item = self.item(key, index).and_then(Value::map);
        item.and_then(|map| entry(map, field))
            .map_or_else(|| self.item_place(key, index), |(_, value)| value.place)
    }

    /// The value of a key.
    pub(crate) fn value(&self, path: &[&str]) -> Option<&Value> {
        self.find(path).map(|(_, value)| value)
    }

    fn item(&self, key: &str, index: usize) -> Option<&Value> {
        let maps = KEYS.contains(&(key, Shape::Maps));
        let kept = |item: &&Value| {
            !item.is_blank() && (item.as_text().is_some() || (maps && item.map().is_some()))
        };
        self.value(&[key])?.items().iter().filter(kept).nth(index)
    }

    fn find(&self, path: &[&str]) -> Option<&(Key, Value)> {
        let (first, rest) = path.split_first()?;
        rest.iter()
            .try_fold(entry(&self.map, first)?, |(_, value), key| {
                entry(value.map()?, key)
            })
    }
}

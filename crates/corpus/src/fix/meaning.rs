//! What a header says, apart from where it says it.

use crate::value::{Key, Kind, Map, Value};
use crate::{Header, Place, front_matter};

/// Keys with their values, and keys that cannot be read. The order of top-level keys means nothing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Meaning {
    map: Map,
    unread: Vec<String>,
}

/// What a mend does to the meaning of a header.
pub(super) enum Change {
    /// Nothing.
    None,
    /// A value becomes a text.
    Text(Spot, String),
    /// The value of a key becomes a list of these texts; without any, the one item of a list.
    List(&'static str, Vec<String>),
    /// A key that could not be read can be.
    Read(String, Kind),
}

/// A value of a header: that of a key, or an item of it, or a field of that.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The key.
    pub(super) key: &'static str,
    /// The item of its list, from 0; a single value counts as a list of one.
    pub(super) item: usize,
    /// The field of the item, if that is a map.
    pub(super) field: Option<&'static str>,
}

impl Spot {
    /// An item of a key, or its single value.
    pub(super) fn item(key: &'static str, item: usize) -> Self {
        Self {
            key,
            item,
            field: None,
        }
    }
}

impl Meaning {
    /// What a header says.
    pub(super) fn of(header: &Header) -> Self {
        let mut unread: Vec<String> = header.unread.iter().map(|key| key.text.clone()).collect();
        unread.sort();
        Self {
            map: sorted(bare(&header.map)),
            unread,
        }
    }

    /// The same after a change; without what it changes, unchanged.
    pub(super) fn with(mut self, change: &Change) -> Self {
        match change {
            Change::None => {}
            Change::Text(spot, text) => {
                if let Some(value) = self.value(*spot) {
                    value.kind = Kind::Scalar(text.clone());
                }
            }
            Change::List(key, texts) => {
                if let Some((_, value)) = self.map.iter_mut().find(|(name, _)| name.text == *key) {
                    let item = |text: &String| Value {
                        place: Place::START,
                        kind: Kind::Scalar(text.clone()),
                    };
                    value.kind = Kind::List(match texts.as_slice() {
                        [] => vec![value.clone()],
                        texts => texts.iter().map(item).collect(),
                    });
                }
            }
            Change::Read(key, kind) => {
                self.unread.retain(|unread| unread != key);
                let key = Key {
                    text: key.clone(),
                    place: Place::START,
                };
                let value = Value {
                    place: Place::START,
                    kind: kind.clone(),
                };
                self.map.push((key, bare_value(&value)));
                front_matter::rename(&mut self.map);
                self.map = sorted(self.map);
            }
        }
        self
    }

    fn value(&mut self, spot: Spot) -> Option<&mut Value> {
        let (_, value) = self.map.iter_mut().find(|(key, _)| key.text == spot.key)?;
        let item = match value.kind {
            Kind::List(ref mut items) => items.get_mut(spot.item)?,
            _ => value,
        };
        let Some(field) = spot.field else {
            return Some(item);
        };
        let Kind::Map(map) = &mut item.kind else {
            return None;
        };
        let field = map.iter_mut().find(|(key, _)| key.text == field);
        field.map(|(_, value)| value)
    }
}

fn sorted(mut map: Map) -> Map {
    map.sort_by(|(one, _), (other, _)| one.text.cmp(&other.text));
    map
}

/// A map without places. As deep as the readers' limits on nesting.
fn bare(map: &Map) -> Map {
    let key = |key: &Key| Key {
        text: key.text.clone(),
        place: Place::START,
    };
    map.iter()
        .map(|(name, value)| (key(name), bare_value(value)))
        .collect()
}

fn bare_value(value: &Value) -> Value {
    let kind = match &value.kind {
        Kind::List(items) => Kind::List(items.iter().map(bare_value).collect()),
        Kind::Map(map) => Kind::Map(bare(map)),
        other => other.clone(),
    };
    Value {
        place: Place::START,
        kind,
    }
}

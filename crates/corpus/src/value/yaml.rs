//! YAML text to a [`Value`], within limits; the one file that names the YAML parser.
//!
//! Events are read one by one and kept on a stack of our own, so neither depth nor aliases cost more than the
//! [`Budget`] allows, and reading stops at the first trouble.

use super::{Key, Kind, Trouble, Value};
use crate::Place;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};
use std::collections::BTreeMap;

/// Lists and maps within one another; real headers have three.
const DEPTH: usize = 64;

/// What reading one header may cost, aliases expanded.
pub(crate) struct Budget {
    nodes: usize,
    bytes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            nodes: 100_000,
            bytes: 4 << 20,
        }
    }
}

impl Budget {
    /// Takes the cost of a value off, if it is left.
    fn pay(&mut self, nodes: usize, bytes: usize) -> bool {
        let (nodes, bytes) = (self.nodes.checked_sub(nodes), self.bytes.checked_sub(bytes));
        (self.nodes, self.bytes) = (nodes.unwrap_or(0), bytes.unwrap_or(0));
        nodes.is_some() && bytes.is_some()
    }
}

/// Reads the first document of a YAML text whose first line is the line `first` of its file.
pub(crate) fn read(text: &str, first: u32, budget: &mut Budget) -> Result<Value, Trouble> {
    let mut builder = Builder {
        open: Vec::new(),
        root: None,
        anchors: BTreeMap::new(),
        budget,
        first,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::DocumentStart(_), span)) if builder.root.is_some() => {
                return Err(broken(
                    builder.place(span.start),
                    "a second document starts here",
                ));
            }
            Ok((event, span)) => builder.take(event, span)?,
            Err(error) => return Err(broken(builder.place(*error.marker()), error.info())),
        }
    }
    Ok(builder.root.unwrap_or(Value {
        place: Place::new(first, 1),
        kind: Kind::Null,
    }))
}

/// Whether anchors, aliases or merge keys tie parts of a text together, as far as it can be read.
pub(crate) fn is_tied(text: &str) -> bool {
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, _))) = parser.next_event() {
        let tied = match event {
            Event::Alias(_) => true,
            Event::Scalar(text, _, anchor, _) => anchor > 0 || text == "<<",
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => anchor > 0,
            _ => false,
        };
        if tied {
            return true;
        }
    }
    false
}

struct Builder<'a> {
    open: Vec<Open>,
    root: Option<Value>,
    anchors: BTreeMap<usize, Value>,
    budget: &'a mut Budget,
    first: u32,
}

/// A list or map that is not closed yet.
struct Open {
    value: Value,
    anchor: usize,
    /// The key that waits for its value.
    key: Option<Key>,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Trouble> {
        let at = span.start;
        let place = self.place(at);
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.pay(1, text.len(), at)?;
                let on_one_line = span.end.line() == at.line();
                let width = span.end.col().saturating_sub(at.col());
                self.put(
                    Value {
                        place: place.wide(if on_one_line { width as u32 } else { 0 }),
                        kind: scalar(text.into_owned(), style),
                    },
                    anchor,
                    at,
                )
            }
            Event::Alias(anchor) => {
                let Some(value) = self.anchors.get(&anchor).cloned() else {
                    return Err(broken(place, "an alias stands inside what it names"));
                };
                let cost = Cost::of(&value);
                self.pay(cost.nodes, cost.bytes, at)?;
                if self.open.len() + cost.depth > DEPTH {
                    return Err(self.too_deep(at));
                }
                self.put(Value { place, ..value }, 0, at)
            }
            Event::SequenceStart(anchor, _) => self.start(Kind::List(Vec::new()), anchor, at),
            Event::MappingStart(anchor, _) => self.start(Kind::Map(Vec::new()), anchor, at),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(done) => self.put(done.value, done.anchor, at),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn start(&mut self, kind: Kind, anchor: usize, at: Marker) -> Result<(), Trouble> {
        if self.open.len() == DEPTH {
            return Err(self.too_deep(at));
        }
        self.pay(1, 0, at)?;
        self.open.push(Open {
            value: Value {
                place: self.place(at),
                kind,
            },
            anchor,
            key: None,
        });
        Ok(())
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, value: Value, anchor: usize, at: Marker) -> Result<(), Trouble> {
        if anchor > 0 {
            let cost = Cost::of(&value);
            self.pay(cost.nodes, cost.bytes, at)?;
            self.anchors.insert(anchor, value.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(value);
            return Ok(());
        };
        match (&mut open.value.kind, open.key.take(), value) {
            (Kind::List(items), _, value) => items.push(value),
            (Kind::Map(map), Some(key), value) => map.push((key, value)),
            (
                _,
                None,
                Value {
                    place,
                    kind: Kind::Scalar(text),
                },
            ) => open.key = Some(Key { text, place }),
            (
                _,
                None,
                Value {
                    place,
                    kind: Kind::Null,
                },
            ) => {
                open.key = Some(Key {
                    text: "null".to_owned(),
                    place,
                });
            }
            (_, _, Value { place, .. }) => return Err(broken(place, "a key must be plain text")),
        }
        Ok(())
    }

    fn pay(&mut self, nodes: usize, bytes: usize, at: Marker) -> Result<(), Trouble> {
        if self.budget.pay(nodes, bytes) {
            return Ok(());
        }
        let message = "the header holds too much, aliases counted as often as they are used";
        Err(Trouble {
            place: self.place(at),
            code: "too-large",
            message: message.to_owned(),
            help: None,
        })
    }

    fn place(&self, at: Marker) -> Place {
        Place::new(
            self.first + at.line().saturating_sub(1) as u32,
            at.col() as u32 + 1,
        )
    }

    fn too_deep(&self, at: Marker) -> Trouble {
        let message = format!("lists and maps are nested more than {DEPTH} deep");
        Trouble {
            place: self.place(at),
            code: "too-deep",
            message,
            help: None,
        }
    }
}

fn broken(place: Place, message: &str) -> Trouble {
    Trouble {
        place,
        code: "broken-front-matter",
        message: message.to_owned(),
        help: None,
    }
}

fn scalar(text: String, style: ScalarStyle) -> Kind {
    let null =
        style == ScalarStyle::Plain && matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL");
    if null { Kind::Null } else { Kind::Scalar(text) }
}

/// What keeping a copy of a value costs.
struct Cost {
    nodes: usize,
    bytes: usize,
    depth: usize,
}

impl Cost {
    /// No value is deeper than [`DEPTH`], so this recursion is bounded.
    fn of(value: &Value) -> Self {
        let mut sum = Self {
            nodes: 1,
            bytes: 0,
            depth: 0,
        };
        match &value.kind {
            Kind::Null => {}
            Kind::Scalar(text) => sum.bytes = text.len(),
            Kind::List(items) => items.iter().for_each(|item| sum.hold(&Self::of(item), 0)),
            Kind::Map(map) => map
                .iter()
                .for_each(|(key, item)| sum.hold(&Self::of(item), key.text.len())),
        }
        sum
    }

    fn hold(&mut self, inner: &Self, key: usize) {
        self.nodes += inner.nodes;
        self.bytes += inner.bytes + key;
        self.depth = self.depth.max(inner.depth + 1);
    }
}

//! The text of a header to a [`Header`] and diagnostics; of a broken one what can be read.

use crate::fence::{self, Cut, Language};
use crate::rescue::{self, Rescued};
use crate::value::yaml::Budget;
use crate::value::{Key, Kind, Map, Trouble, Value, toml, yaml};
use crate::{Diagnostic, Header, Place};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// A longer header is not read: no case needs one, and reading takes many times its size.
const LONGEST: usize = 1 << 20;

/// Of a header that is broken all over, the first troubles are enough to set it right.
const TROUBLES: usize = 20;

/// Reads the front matter of a text and tells where the body starts.
pub(crate) fn read(path: &str, text: &str, diagnostics: &mut Vec<Diagnostic>) -> (Header, usize) {
    let Some(cut) = fence::cut(text) else {
        return (Header::default(), 0);
    };
    let mut reader = Reader {
        path,
        text,
        first: cut.line + 1,
        language: cut.language,
        diagnostics,
    };
    reader.read(cut)
}

struct Reader<'a> {
    path: &'a str,
    text: &'a str,
    /// Line of the header's first line.
    first: u32,
    language: Language,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, mut cut: Cut) -> (Header, usize) {
        let place = Place::new(cut.line, 1);
        let mut header = &self.text[cut.header.clone()];
        if header.len() > LONGEST {
            self.error(
                place,
                "too-large",
                "the front matter is larger than 1 MiB and is not read",
            );
            return (
                Header {
                    place,
                    exists: true,
                    ..Header::default()
                },
                cut.body,
            );
        }
        let mut whole = self.whole(header);
        let says = |map: &Map| !map.is_empty() || header.trim().is_empty();
        let sound = cut.closed && whole.as_ref().is_ok_and(says);
        if !sound && !fence::has_key(header, self.language) {
            // A rule that opens the body, such as a markdown `---`, is no front matter.
            return (Header::default(), 0);
        }
        if let (Err(_), true, Some(body)) = (&whole, cut.closed, fence::body_within(header)) {
            let start = cut.header.start;
            let end = start + fence::guess_end(header, self.language).min(body);
            cut = Cut {
                header: start..end,
                body: end,
                closed: false,
                ..cut
            };
            header = &self.text[start..end];
            whole = self.whole(header);
        }
        if !cut.closed {
            let fence = self.language.fence();
            self.error(
                place,
                "unclosed-front-matter",
                "the front matter that starts here is never closed",
            )
            .help = format!("close it with a line `{fence}`");
        }
        let (mut map, unread) = match whole {
            Ok(map) => (map, Vec::new()),
            Err(trouble) => self.rescue(header, trouble),
        };
        rename(&mut map);
        self.keep_first(&mut map);
        (
            Header {
                map,
                unread,
                place,
                exists: true,
            },
            cut.body,
        )
    }

    /// The header read as one, or what is first in the way.
    fn whole(&self, header: &str) -> Result<Map, Trouble> {
        if self.language == Language::Toml {
            return toml::read(header, self.first);
        }
        let value = yaml::read(header, self.first, &mut Budget::default())?;
        let word = value.kind_word();
        match value.kind {
            Kind::Map(map) => Ok(map),
            Kind::Null => Ok(Map::new()),
            _ => Err(Trouble {
                place: value.place,
                code: "broken-front-matter",
                message: format!("expected lines of `key: value`, found {word}"),
                help: None,
            }),
        }
    }

    /// Of a broken header, the keys that can be read, and those that cannot; reports what is broken.
    fn rescue(&mut self, header: &str, whole: Trouble) -> (Map, Vec<Key>) {
        let whole = rescue::within(whole, header, self.first);
        let Rescued {
            map,
            unread,
            mut troubles,
        } = rescue::read(header, self.first, self.language);
        // Alone, a key does not see the anchors of the others: that is no fault of its own.
        troubles.retain(|trouble| !trouble.message.contains("unknown anchor"));
        // Keys that are given twice can be read alone and are reported with both lines later.
        let limit = whole.code.starts_with("too-") && !troubles.contains(&whole);
        if limit || (troubles.is_empty() && whole.code != "duplicate-key") {
            troubles.insert(0, whole);
        }
        for trouble in troubles.into_iter().take(TROUBLES) {
            let otherwise = match (trouble.code, self.language) {
                ("broken-front-matter", Language::Yaml) => {
                    "put text that holds `: `, ` #` or quotes into quotes"
                }
                ("broken-front-matter", Language::Toml) => "put text into quotes",
                _ => "",
            };
            self.error(trouble.place, trouble.code, &trouble.message)
                .help = trouble.help.unwrap_or(otherwise).to_owned();
        }
        (map, unread)
    }

    /// Drops and reports every key that its map already has.
    fn keep_first(&mut self, map: &mut Map) {
        let mut lines = BTreeMap::new();
        map.retain(|(key, _)| match lines.entry(key.text.clone()) {
            Entry::Vacant(slot) => {
                slot.insert(key.place.line);
                true
            }
            Entry::Occupied(first) => {
                let message = format!("key `{}` is already on line {}", key.text, first.get());
                self.error(key.place, "duplicate-key", &message).help =
                    format!("keep one of the two; line {} counts", first.get());
                false
            }
        });
        for (_, value) in map {
            self.keep_first_within(value);
        }
    }

    // As deep as the readers' limits on nesting.
    fn keep_first_within(&mut self, value: &mut Value) {
        match &mut value.kind {
            Kind::List(items) => items
                .iter_mut()
                .for_each(|item| self.keep_first_within(item)),
            Kind::Map(map) => self.keep_first(map),
            Kind::Null | Kind::Scalar(_) => {}
        }
    }

    fn error(&mut self, place: Place, code: &str, message: &str) -> &mut Diagnostic {
        let at = self.diagnostics.len();
        self.diagnostics
            .push(Diagnostic::error(self.path, place, code, message));
        &mut self.diagnostics[at]
    }
}

/// `organization` is `organisation`.
pub(crate) fn rename(map: &mut Map) {
    for (key, _) in map.iter_mut().filter(|(key, _)| key.text == "organization") {
        key.text = "organisation".to_owned();
    }
}

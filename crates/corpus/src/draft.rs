//! A case file in the making: values by key and section, before they are text.

use crate::header::{KEYS, METRIC_FIELDS, SOURCE_FIELDS, Shape};
use crate::slug::{short_slug, slug};
use crate::{Grade, Outcome, SectionKind, Unknown, Vocabulary, nearest};
use std::collections::BTreeMap;

/// The sections of a case, by the names that tables have for them. The outcome's text is `result`, since `outcome` is a key.
pub(crate) const SECTIONS: [(&str, SectionKind); 4] = [
    ("challenge", SectionKind::Challenge),
    ("idea", SectionKind::Idea),
    ("result", SectionKind::Outcome),
    ("carry_over", SectionKind::CarryOver),
];

/// The keys that hold lists of maps: the name of one item in a table, and the fields of an item.
const LISTS: [(&str, &str, &[&str]); 2] = [
    ("metrics", "metric", &METRIC_FIELDS),
    ("sources", "source", &SOURCE_FIELDS),
];

/// Letters of a file name; what is longer is a burden on command lines.
const LONGEST: usize = 60;

/// Where in a case a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Slot {
    /// A key of the header.
    Key(&'static str),
    /// The text of a section.
    Section(SectionKind),
    /// A field of the nth metric or source, counting from 1.
    Field {
        /// `metrics` or `sources`.
        key: &'static str,
        /// Which of them.
        number: usize,
        /// The name of the field.
        field: &'static str,
    },
}

impl Slot {
    /// The slot of a column: a key, `challenge`, `idea`, `result`, `carry_over`, or a field such as `source_1_title` or
    /// `metric_2_value`. Case does not count, and spaces and hyphens are underscores.
    ///
    /// # Errors
    /// When there is none of that name; the error names the nearest.
    ///
    /// ```
    /// use afield_corpus::Slot;
    /// assert_eq!(Slot::named("Works when"), Ok(Slot::Key("works_when")));
    /// assert_eq!(Slot::named("titel").unwrap_err().nearest.as_deref(), Some("title"));
    /// ```
    pub fn named(column: &str) -> Result<Self, Unknown> {
        let name = column.trim().to_lowercase().replace([' ', '-'], "_");
        let name = match name.as_str() {
            "organization" => "organisation",
            name => name,
        };
        let key = KEYS.iter().find(|(key, _)| *key == name);
        let section = SECTIONS.iter().find(|(section, _)| *section == name);
        match (key, section, numbered(name)) {
            (Some((key, _)), _, _) => Ok(Self::Key(key)),
            (_, Some((_, kind)), _) => Ok(Self::Section(*kind)),
            (_, _, Some((key, number, field))) => Self::field(key, number, field),
            _ => Err(unknown(column, nearest(name, names()).map(str::to_owned))),
        }
    }

    /// The slot of a field of the nth metric or source, counting from 1.
    ///
    /// # Errors
    /// When the key has no such field; the error names the nearest.
    pub fn field(key: &str, number: usize, field: &str) -> Result<Self, Unknown> {
        let list = LISTS.into_iter().find(|(list, ..)| *list == key);
        let Some((key, item, fields)) = list else {
            return Err(unknown(&format!("{key}.{field}"), None));
        };
        let wanted = field.trim().to_lowercase();
        let known = fields.iter().find(|known| **known == wanted);
        known.map_or_else(
            || {
                let near = nearest(&wanted, fields.iter().copied());
                let near = near.map(|near| format!("{item}_{number}_{near}"));
                Err(unknown(&format!("{item}_{number}_{field}"), near))
            },
            |field| Ok(Self::Field { key, number, field }),
        )
    }

    /// Whether several values have a place there.
    pub fn is_list(self) -> bool {
        let Self::Key(key) = self else { return false };
        let shape = KEYS.iter().find(|(name, _)| *name == key);
        shape.is_some_and(|(_, shape)| matches!(shape, Shape::Texts | Shape::Maps))
    }
}

/// `source_1_title` as the key, the number and the field, which need not exist.
fn numbered(name: &str) -> Option<(&'static str, usize, &str)> {
    let (item, rest) = name.split_once('_')?;
    let (number, field) = rest.split_once('_')?;
    let (key, ..) = LISTS.into_iter().find(|(_, known, _)| *known == item)?;
    let number = number.parse().ok().filter(|number| *number > 0)?;
    Some((key, number, field))
}

/// The names that a column may have, but for those with numbers.
fn names() -> impl Iterator<Item = &'static str> {
    let keys = KEYS.iter().map(|(key, _)| *key);
    keys.chain(SECTIONS.iter().map(|(section, _)| *section))
}

fn unknown(text: &str, nearest: Option<String>) -> Unknown {
    Unknown {
        what: "column",
        text: text.to_owned(),
        nearest,
    }
}

/// A case file in the making. Its [`Display`](std::fmt::Display) is the text of the file: [`crate::parse()`] gives the values
/// back, and what is missing is asked for in comments, which are neither values nor text.
///
/// ```
/// use afield_corpus::{Draft, Slot, parse};
/// let mut draft = Draft::default();
/// draft.fill(Slot::Key("title"), ["Lend: never sell"]);
/// assert_eq!(parse("a.md", "a", &draft.to_string()).case.title, "Lend: never sell");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub(crate) texts: BTreeMap<&'static str, Vec<String>>,
    pub(crate) items: BTreeMap<&'static str, BTreeMap<usize, Fields>>,
    pub(crate) sections: BTreeMap<SectionKind, String>,
}

/// The fields of a metric or a source.
pub(crate) type Fields = BTreeMap<&'static str, String>;

impl Draft {
    /// Puts values where they belong, in place of what was there. White space is folded, but for the markdown of sections;
    /// blank values are left out. A metric that is one value is its name, a source its address or title.
    pub fn fill<Text: AsRef<str>>(&mut self, slot: Slot, values: impl IntoIterator<Item = Text>) {
        let values = values.into_iter().map(|value| match slot {
            Slot::Section(_) => markdown(value.as_ref()),
            _ => fold(value.as_ref()),
        });
        let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
        match slot {
            _ if values.is_empty() => {}
            Slot::Section(kind) => {
                self.sections.insert(kind, values.join("\n\n"));
            }
            Slot::Field { key, number, field } => {
                let fields = self.items.entry(key).or_default();
                fields
                    .entry(number)
                    .or_default()
                    .insert(field, values.join(", "));
            }
            Slot::Key(key @ ("metrics" | "sources")) => {
                let items = values.into_iter().enumerate().map(|(index, value)| {
                    let field = match key {
                        "metrics" => "name",
                        _ if value.starts_with("https://") || value.starts_with("http://") => "url",
                        _ => "title",
                    };
                    (index + 1, Fields::from([(field, value)]))
                });
                self.items.insert(key, items.collect());
            }
            Slot::Key(key) => {
                self.texts.insert(key, values);
            }
        }
    }

    /// The idea in a line, if it is there.
    pub fn title(&self) -> Option<&str> {
        self.text("title")
    }

    /// The path that suits the file, below the folder of the cases: `<sector>/<organisation and title>.md`, in slugs. A case
    /// without sector is for `unsorted`.
    pub fn path(&self) -> String {
        let folder = slug(self.text("sector").unwrap_or_default());
        let folder = if folder.is_empty() {
            "unsorted"
        } else {
            &folder
        };
        let named = ["organisation", "title"].map(|key| self.text(key).unwrap_or_default());
        let named = named.join(" ");
        let mut name = short_slug(&named, LONGEST);
        if name.is_empty() {
            // A script without Latin letters makes no slug; the same title has the same name at least.
            name = format!("case-{:08x}", fnv(&named));
        }
        format!("{folder}/{name}.md")
    }

    /// Writes ids for labels, aliases and other cases of letters, wherever the vocabulary has one entry that is meant. What it
    /// does not know stays as it is.
    pub fn resolve(&mut self, vocabulary: &Vocabulary) {
        for (key, values) in &mut self.texts {
            for value in values {
                if let Some(id) = id(vocabulary, key, value) {
                    *value = id;
                }
            }
        }
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.texts.get(key)?.first().map(String::as_str)
    }
}

/// The id of the one entry that a value of a key means.
fn id(vocabulary: &Vocabulary, key: &str, value: &str) -> Option<String> {
    let resolved = match key {
        "sector" => vocabulary.resolve_sector(value),
        "signals" => vocabulary.resolve_signal(value),
        "mechanism" => vocabulary.resolve_mechanism(value),
        "functions" => vocabulary.resolve_function(value),
        "roles" => vocabulary.resolve_role(value),
        "journey" => vocabulary.resolve_stage(value),
        "outcome" => return Outcome::resolve(value).ok().map(|one| one.id().to_owned()),
        "evidence" => return Grade::resolve(value).ok().map(|one| one.id().to_owned()),
        _ => return None,
    };
    // A group is several entries, and no case is of a group.
    let resolved = resolved.ok()?;
    (resolved.leaves == [resolved.id.as_str()]).then_some(resolved.id)
}

/// On one line, each run of white space a space.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without control characters and blank lines around it.
fn markdown(text: &str) -> String {
    let text = crate::lines::normalise(text);
    let kept = |letter: &char| matches!(letter, '\n' | '\t') || !letter.is_control();
    let text: String = text.chars().filter(kept).collect();
    text.trim_end().trim_start_matches(['\n', ' ']).to_owned()
}

/// The FNV-1a hash of a text, 32 bits wide (<http://www.isthe.com/chongo/tech/comp/fnv/>).
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

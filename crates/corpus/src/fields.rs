//! The values of a [`Header`] to the fields of a [`Case`]; names every front-matter key once more than
//! [`crate::header::KEYS`].

use crate::value::{Kind, Value, entry};
use crate::years::{self, Reading};
use crate::{Case, Diagnostic, Grade, Header, Metric, Outcome, Place, Source, Years};

/// Fills the fields of a case that the header gives, and reports values of the wrong type.
pub(crate) fn fill(case: &mut Case, header: &Header, diagnostics: &mut Vec<Diagnostic>) {
    let mut reader = Reader {
        header,
        path: case.path.clone(),
        diagnostics,
    };
    case.title = reader.text("title").unwrap_or_default();
    case.organisation = reader.text("organisation").unwrap_or_default();
    case.sector = reader.word("sector");
    case.subsector = reader.text("subsector");
    case.years = reader.years();
    case.region = reader.text("region");
    case.signals = reader.texts("signals");
    case.pattern = reader.texts("pattern");
    case.asks = reader.texts("asks");
    case.mechanism = reader.texts("mechanism");
    case.functions = reader.texts("functions");
    case.roles = reader.texts("roles");
    case.journey = reader.texts("journey");
    case.channels = reader.texts("channels");
    case.outcome = reader
        .word("outcome")
        .and_then(|word| Outcome::resolve(&word).ok())
        .unwrap_or_default();
    case.evidence = reader
        .word("evidence")
        .and_then(|word| Grade::resolve(&word).ok());
    case.metrics = reader.items("metrics", Reader::metric);
    case.needs = reader.texts("needs");
    case.works_when = reader.texts("works_when");
    case.breaks_when = reader.texts("breaks_when");
    case.borrowed_from = reader.texts("borrowed_from");
    case.borrowed_basis = reader.word("borrowed_basis");
    case.adopted_in = reader.texts("adopted_in");
    case.could_inspire = reader.texts("could_inspire");
    case.inspired_by = reader.texts("inspired_by");
    case.caveat = reader.text("caveat");
    case.sources = reader.items("sources", Reader::source);
}

struct Reader<'a> {
    header: &'a Header,
    path: String,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn value(&self, key: &str) -> Option<&'a Value> {
        self.header.value(&[key]).filter(|value| !value.is_blank())
    }

    /// Free text; the items of a list are joined.
    fn text(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.joined(key, value, usize::MAX)
    }

    /// One word; of a list, the first item counts.
    fn word(&mut self, key: &str) -> Option<String> {
        let value = self.value(key)?;
        self.joined(key, value, 1)
    }

    fn joined(&mut self, key: &str, value: &'a Value, most: usize) -> Option<String> {
        if let Kind::List(_) = value.kind {
            let kept = if most == 1 {
                "the first item counts"
            } else {
                "its items are joined"
            };
            self.warn(
                value.place,
                format!("`{key}` is one text, found a list: {kept}"),
            );
        }
        let items = value.items().iter().filter(|item| !item.is_blank());
        let texts: Vec<String> = items
            .filter_map(|item| self.scalar(key, item))
            .take(most)
            .collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    /// A list of texts, without blank ones; a single text is a list of one.
    fn texts(&mut self, key: &str) -> Vec<String> {
        self.items(key, |reader, key, item| reader.scalar(key, item))
    }

    fn items<T>(
        &mut self,
        key: &str,
        read: impl Fn(&mut Self, &str, &'a Value) -> Option<T>,
    ) -> Vec<T> {
        let items = self.value(key).map_or(&[][..], Value::items);
        items
            .iter()
            .filter(|item| !item.is_blank())
            .filter_map(|item| read(self, key, item))
            .collect()
    }

    /// The text of a value, however it is written.
    fn scalar(&mut self, key: &str, value: &'a Value) -> Option<String> {
        let text = value.as_text();
        match (&text, &value.kind) {
            (Some(_), Kind::Scalar(_)) => {}
            (Some(text), _) => {
                self.warn(
                    value.place,
                    format!("`{key}` takes text, found a map: read as `{text}`"),
                );
                self.help("put text that holds a colon into quotes");
            }
            (None, _) => {
                let found = value.kind_word();
                self.warn(
                    value.place,
                    format!("`{key}` takes text, found {found}: it is left out"),
                );
            }
        }
        text
    }

    fn years(&mut self) -> Option<Years> {
        let value = self.value("years")?;
        let texts: Option<Vec<&str>> = value.items().iter().map(Value::text).collect();
        let Some(texts) = texts else {
            self.warn(
                value.place,
                "`years` takes a year or a span such as `2012-2017`",
            );
            return None;
        };
        let odd = |years: Years| {
            let to = years.to.map_or(String::new(), |to| to.to_string());
            format!(
                "odd years `{}`: read as `{}-{to}`",
                texts.join(", "),
                years.from
            )
        };
        let (message, years) = match years::read(&texts.join("-")) {
            Reading::Plain(years) => return Some(years),
            Reading::Odd(years) => (odd(years), Some(years)),
            Reading::Nothing => (
                format!("odd years `{}`: they are left out", texts.join(", ")),
                None,
            ),
        };
        let warning = Diagnostic::warning(&self.path, value.place, "odd-years", message);
        self.diagnostics
            .push(warning.help("write a year or a span such as `2012-2017` or `2011-`"));
        years
    }

    fn metric(&mut self, key: &str, item: &'a Value) -> Option<Metric> {
        if item.map().is_none() {
            let name = self.scalar(key, item)?;
            self.warn(item.place, "a metric is a map of `name`, `value`, `unit`, `period`, `source`: read as its name");
            return Some(Metric {
                name,
                ..Metric::default()
            });
        }
        Some(Metric {
            name: self.field(item, "name"),
            value: self.field(item, "value"),
            unit: self.field(item, "unit"),
            period: self.field(item, "period"),
            source: self.source_number(item),
        })
    }

    fn source_number(&mut self, item: &'a Value) -> Option<usize> {
        let (_, value) = entry(item.map()?, "source")?;
        let number = self.joined("source", value, 1)?;
        let parsed = number.parse().ok().filter(|number| *number > 0);
        if parsed.is_none() {
            self.warn(
                value.place,
                format!("`source` is the number of a source, counting from 1, found `{number}`"),
            );
        }
        parsed
    }

    fn source(&mut self, key: &str, item: &'a Value) -> Option<Source> {
        if let Some(text) = item.text() {
            let address = text.starts_with("http://") || text.starts_with("https://");
            let (title, url) = if address {
                (String::new(), text.to_owned())
            } else {
                (text.to_owned(), String::new())
            };
            return Some(Source {
                title,
                url,
                ..Source::default()
            });
        }
        if item.map().is_none() {
            self.scalar(key, item)?;
        }
        Some(Source {
            title: self.field(item, "title"),
            publisher: self.field(item, "publisher"),
            url: self.field(item, "url"),
            date: self.field(item, "date"),
        })
    }

    fn field(&mut self, item: &'a Value, name: &str) -> String {
        let value = item
            .map()
            .and_then(|map| entry(map, name))
            .map(|(_, value)| value);
        value
            .filter(|value| !value.is_blank())
            .and_then(|value| self.joined(name, value, usize::MAX))
            .unwrap_or_default()
    }

    fn warn(&mut self, place: Place, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(
            &self.path,
            place,
            "wrong-type",
            message,
        ));
    }

    fn help(&mut self, help: &str) {
        if let Some(last) = self.diagnostics.last_mut() {
            help.clone_into(&mut last.help);
        }
    }
}

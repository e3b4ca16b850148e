//! Strict reading of the values of a request, from a query string or a JSON object: what is unknown, given twice or
//! of the wrong type is told, all of it at once.

use crate::problem::{Fault, Problem};
use afield_corpus::{Month, Period, nearest};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a JSON pointer has escaped when it is a URI fragment ([RFC 6901], section 6).
///
/// [RFC 6901]: https://www.rfc-editor.org/rfc/rfc6901#section-6
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'~')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.');

/// The values of one request, taken out by name. [`Fields::finish`] tells what was wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    place: &'static str,
    given: BTreeMap<String, Given>,
    known: Vec<&'static str>,
    faults: Vec<Fault>,
}

/// A value as it came.
#[derive(Debug, Clone, PartialEq)]
enum Given {
    /// Of a query string: every value of that name.
    Texts(Vec<String>),
    /// Of a JSON object.
    Json(Value),
}

impl Fields {
    /// The values of a query string.
    pub(crate) fn of_query(query: &str) -> Self {
        let mut fields = Self {
            place: "query",
            ..Self::default()
        };
        for part in query.split('&').filter(|part| !part.is_empty()) {
            let Some((name, value)) = form_urlencoded::parse(part.as_bytes()).next() else {
                continue;
            };
            if percent_decode_str(part).decode_utf8().is_err() {
                let detail = format!("`{}` is not UTF-8", shown(&name));
                fields.fault(&name, detail, None);
            }
            let given = fields.given.entry(name.into_owned());
            match given.or_insert_with(|| Given::Texts(Vec::new())) {
                Given::Texts(texts) => texts.push(value.into_owned()),
                Given::Json(_) => {}
            }
        }
        fields
    }

    /// The values of a JSON object, in the order they are written; those that are `null` count as not given.
    pub(crate) fn of_object(object: impl IntoIterator<Item = (String, Value)>) -> Self {
        let mut fields = Self {
            place: "body",
            ..Self::default()
        };
        let mut seen = BTreeSet::new();
        for (name, value) in object {
            if !seen.insert(name.clone()) {
                let detail = format!("`{}` is given more than once", shown(&name));
                fields.fault(&name, detail, None);
            } else if !value.is_null() {
                fields.given.insert(name, Given::Json(value));
            }
        }
        fields
    }

    /// Which part of a request the values are of.
    pub(crate) fn place(&self) -> &'static str {
        self.place
    }

    /// Whether a value is given, and not taken yet.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// A text; none when it is not given.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        match self.take(name)? {
            Given::Json(Value::String(text)) => Some(text),
            Given::Texts(texts) => self.one(name, texts),
            Given::Json(other) => self.wrong(name, "a text", &other),
        }
    }

    /// A list of texts; empty when it is not given.
    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<String> {
        let items = match self.take(name) {
            None => return Vec::new(),
            Some(Given::Texts(texts)) => return texts,
            Some(Given::Json(Value::Array(items))) => items,
            Some(Given::Json(other)) => {
                self.wrong::<()>(name, "a list of texts, such as [\"a\"]", &other);
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for (place, item) in items.into_iter().enumerate() {
            match item {
                Value::String(text) => texts.push(text),
                other => {
                    self.wrong::<()>(&format!("{name}/{place}"), "a text", &other);
                }
            }
        }
        texts
    }

    /// A whole number of a range, both ends included.
    pub(crate) fn number(&mut self, name: &'static str, least: i64, most: i64) -> Option<i64> {
        let expected = format!("a whole number from {least} to {most}");
        let number = match self.take(name)? {
            Given::Texts(texts) => {
                let text = self.one(name, texts)?;
                match text.parse::<i64>() {
                    Ok(number) if number.to_string() == text => number,
                    _ => return self.wrong(name, &expected, &Value::String(text)),
                }
            }
            Given::Json(value) => match whole(&value) {
                Some(number) => number,
                None => return self.wrong(name, &expected, &value),
            },
        };
        if (least..=most).contains(&number) {
            return Some(number);
        }
        self.wrong(name, &expected, &Value::from(number))
    }

    /// `true` or `false`; false when it is not given.
    pub(crate) fn switch(&mut self, name: &'static str) -> bool {
        let value = match self.take(name) {
            None => return false,
            Some(Given::Json(value)) => value,
            Some(Given::Texts(texts)) => match self.one(name, texts).as_deref() {
                None => return false,
                Some("true") => Value::Bool(true),
                Some("false") => Value::Bool(false),
                Some(other) => Value::from(other),
            },
        };
        match value {
            Value::Bool(switch) => switch,
            other => {
                self.wrong::<()>(name, "`true` or `false`", &other);
                false
            }
        }
    }

    /// A date such as `2020`, `2020-06` or `2020-06-15`, as its last month.
    pub(crate) fn month(&mut self, name: &'static str) -> Option<Month> {
        let text = self.text(name)?;
        match Period::parse(&text) {
            Some(period) => Some(period.end),
            None => self.wrong(
                name,
                "a date such as 2020, 2020-06 or 2020-06-15",
                &Value::String(text),
            ),
        }
    }

    /// One of a few words; the first when it is not given.
    pub(crate) fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        all: &[T],
        id: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let text = self.text(name)?;
        let found = all.iter().copied().find(|each| id(*each) == text);
        if found.is_none() {
            let ids: Vec<&str> = all.iter().map(|each| id(*each)).collect();
            let near = nearest(&text, ids.iter().copied()).map(str::to_owned);
            let detail = format!(
                "`{name}` is `{}`, expected `{}`",
                shown(&text),
                ids.join("`, `")
            );
            self.fault(name, detail, near);
        }
        found
    }

    /// Notes that a value cannot be used. `pointer` is its name, with its place in a list after a slash.
    pub(crate) fn fault(&mut self, pointer: &str, detail: String, did_you_mean: Option<String>) {
        self.faults.push(Fault {
            place: self.place,
            pointer: format!("#/{}", utf8_percent_encode(&shown(pointer), UNSAFE)),
            detail,
            did_you_mean,
        });
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// When anything was wrong, or a value was given that nobody took; all of it is told.
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        let unknown: Vec<String> = std::mem::take(&mut self.given).into_keys().collect();
        let noun = if self.place == "query" {
            "parameter"
        } else {
            "field"
        };
        for name in unknown {
            let near = nearest(&name, self.known.iter().copied()).map(str::to_owned);
            let detail = match (&near, self.known.is_empty()) {
                (Some(near), _) => {
                    format!(
                        "there is no {noun} `{}`; did you mean `{near}`?",
                        shown(&name)
                    )
                }
                (None, true) => format!("there is no {noun} `{}`: none are taken", shown(&name)),
                (None, false) => format!(
                    "there is no {noun} `{}`; known: `{}`",
                    shown(&name),
                    self.known.join("`, `")
                ),
            };
            let pointer = name.replace('~', "~0").replace('/', "~1");
            self.fault(&pointer, detail, near);
        }
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Problem::invalid(self.faults))
        }
    }

    fn take(&mut self, name: &'static str) -> Option<Given> {
        self.known.push(name);
        self.given.remove(name)
    }

    /// The one text there should be.
    fn one(&mut self, name: &'static str, mut texts: Vec<String>) -> Option<String> {
        if texts.len() > 1 {
            self.fault(
                name,
                format!("`{name}` is given {} times, once is enough", texts.len()),
                None,
            );
        }
        texts.pop()
    }

    fn wrong<T>(&mut self, pointer: &str, expected: &str, found: &Value) -> Option<T> {
        let name = pointer.split('/').next().unwrap_or(pointer);
        let found = match found {
            // A number or a switch in quotes has to be seen to be a text.
            Value::String(text) if self.place == "body" && looks_like_another(text) => {
                format!("`\"{}\"`", shown(text))
            }
            Value::String(text) => format!("`{}`", shown(text)),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
            other => format!("`{other}`"),
        };
        self.fault(
            pointer,
            format!("`{name}` is {found}, expected {expected}"),
            None,
        );
        None
    }
}

/// A JSON number without a fraction, `5.0` included, as JSON Schema has it.
fn whole(value: &Value) -> Option<i64> {
    let is_whole = |number: &f64| number.fract() == 0.0 && number.abs() < 9e15;
    value
        .as_i64()
        .or_else(|| value.as_f64().filter(is_whole).map(|number| number as i64))
}

/// Whether a text would be a number, a switch or nothing without its quotes.
fn looks_like_another(text: &str) -> bool {
    serde_json::from_str::<Value>(text).is_ok()
}

/// What a user wrote, cut to what a message can carry.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 80;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;

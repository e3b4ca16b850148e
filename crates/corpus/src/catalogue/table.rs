//! A TOML data file, entry by entry: what cannot be read is reported where it stands.

use crate::lines::Lines;
use crate::value::toml::trouble;
use crate::{Diagnostic, Place, nearest};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

/// A data file that is being read.
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    lines: Lines<'a>,
    root: DeTable<'a>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// A value with its bytes in the file.
pub(super) type Item<'a> = Spanned<DeValue<'a>>;

impl<'a> File<'a> {
    /// Reads the syntax of a file and reports what is wrong with it.
    pub(super) fn open(path: &'a str, text: &'a str, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        let lines = Lines::new(text, 1);
        let (root, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let found = trouble(error, &lines);
            let code = if found.code == "duplicate-key" {
                found.code
            } else {
                "broken-toml"
            };
            diagnostics.push(Diagnostic::error(path, found.place, code, found.message));
        }
        Self {
            path,
            lines,
            root: root.into_inner(),
            diagnostics,
        }
    }

    /// Takes the entries of `[[key]]` out of the file.
    pub(super) fn take(&mut self, key: &str) -> Vec<Item<'a>> {
        let Some(value) = self.root.remove(key) else {
            return Vec::new();
        };
        let span = value.span();
        if let DeValue::Array(items) = value.into_inner() {
            return items.into_iter().collect();
        }
        self.report(
            span,
            "wrong-type",
            format!("`{key}` is a list of tables: write `[[{key}]]`"),
        );
        Vec::new()
    }

    /// Takes a text at the top of the file out of it.
    pub(super) fn take_text(&mut self, key: &str) -> Option<Spanned<String>> {
        match self.root.remove(key) {
            Some(value) => self.read(value),
            None => {
                self.report(0..0, "missing-key", format!("`{key}` is missing"));
                None
            }
        }
    }

    /// Reports the keys at the top that nobody took; `known` are those that somebody takes.
    pub(super) fn refuse_rest(&mut self, known: &[&str]) {
        for (key, _) in std::mem::take(&mut self.root) {
            let help = nearest(key.get_ref(), known.iter().copied());
            let help = help
                .map(|near| format!("did you mean `{near}`?"))
                .unwrap_or_default();
            self.report(
                key.span(),
                "unknown-key",
                format!("unknown key `{}`", key.get_ref()),
            )
            .help = help;
        }
    }

    /// Reads an entry, or reports why it cannot be read.
    pub(super) fn read<T: DeserializeOwned>(&mut self, item: Item<'_>) -> Option<T> {
        let span = item.span();
        match T::deserialize(ValueDeserializer::from(item)) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = error.message().trim().replace('\n', ", ");
                let code = match () {
                    () if message.starts_with("unknown field") => "unknown-key",
                    () if message.starts_with("missing field") => "missing-key",
                    () => "wrong-type",
                };
                let message = message
                    .replace("unknown field", "unknown key")
                    .replace("missing field", "missing key");
                self.report(error.span().unwrap_or(span), code, message)
                    .help = "until this is set right the entry is left out".to_owned();
                None
            }
        }
    }

    /// Reports an error at some bytes of the file.
    pub(super) fn report(
        &mut self,
        span: Range<usize>,
        code: &str,
        message: String,
    ) -> &mut Diagnostic {
        let place = self.place(&span);
        let at = self.diagnostics.len();
        self.diagnostics
            .push(Diagnostic::error(self.path, place, code, message));
        &mut self.diagnostics[at]
    }

    /// Where some bytes of the file start.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        self.lines.span(span)
    }
}

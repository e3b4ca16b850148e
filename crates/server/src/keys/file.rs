//! The text of a key file, and the keys it holds.

use super::error::meant;
use super::key::{self, Hash};
use super::{Date, Key, KeysError, Scope};
use afield_corpus::nearest;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What every written file opens with.
const HEADER: &str = "\
# The API keys of afield, as hashes: the keys themselves are kept nowhere.
# Written by `afield keys`, which keeps no comments but these.
";

const FIELDS: [&str; 5] = ["name", "hash", "scopes", "created", "expires"];

/// What is wrong with a text, and the byte where.
#[derive(Debug)]
pub(super) struct Fault {
    at: usize,
    message: String,
}

impl Fault {
    fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            at: span.start,
            message: message.into(),
        }
    }

    /// As an error of a file with that text.
    pub(super) fn at(self, path: &Path, text: &str) -> KeysError {
        let before = text.get(..self.at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        KeysError::Broken {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: self.message,
        }
    }
}

/// Reads the keys, all of them or none: a key that was half read could be good for more than was meant.
pub(super) fn parse(text: &str) -> Result<Vec<Key>, Fault> {
    let root = DeTable::parse(text)
        .map_err(|error| Fault::new(error.span().unwrap_or_default(), one_line(error.message())))?;
    refuse_unknown(root.get_ref(), &["key"])?;
    let Some(list) = root.get_ref().get("key") else {
        return Ok(Vec::new());
    };
    let entries = list.get_ref().as_array();
    let entries = entries
        .ok_or_else(|| Fault::new(list.span(), "`key` is a list of tables: write `[[key]]`"))?;
    let mut keys: Vec<Key> = Vec::new();
    for entry in entries.iter() {
        let key = Entry::new(entry)?.key()?;
        if let Some(other) = keys.iter().find(|other| other.name == key.name) {
            let message = format!("there is a key `{}` already", other.name);
            return Err(Fault::new(entry.span(), message));
        }
        // One of the two could be revoked, and its owner would still get in.
        if let Some(other) = keys.iter().find(|other| other.hash == key.hash) {
            let message = format!("`{}` has the same hash as `{}`", key.name, other.name);
            return Err(Fault::new(entry.span(), message));
        }
        keys.push(key);
    }
    Ok(keys)
}

/// Writes the keys. Nothing in them needs escaping.
pub(super) fn text(keys: &[Key]) -> String {
    let mut text = HEADER.to_owned();
    for key in keys {
        let scopes: Vec<String> = key
            .scopes()
            .map(|scope| format!("\"{}\"", scope.id()))
            .collect();
        let expires = key
            .expires
            .map_or_else(String::new, |day| format!("expires = \"{day}\"\n"));
        text += &format!(
            "\n[[key]]\nname = \"{}\"\nhash = \"{}\"\nscopes = [{}]\ncreated = \"{}\"\n{expires}",
            key.name,
            key.hash,
            scopes.join(", "),
            key.created
        );
    }
    text
}

/// One `[[key]]` that is being read.
struct Entry<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
}

impl<'a> Entry<'a> {
    fn new(entry: &'a Spanned<DeValue<'a>>) -> Result<Self, Fault> {
        let span = entry.span();
        let table = entry.get_ref().as_table();
        let table =
            table.ok_or_else(|| Fault::new(span.clone(), "a key is a table: write `[[key]]`"))?;
        refuse_unknown(table, &FIELDS)?;
        Ok(Self { table, span })
    }

    /// Messages do not repeat a name or a hash: it could be a key, put where its hash should be.
    fn key(&self) -> Result<Key, Fault> {
        let (name, span) = self.text("name")?;
        if !key::is_name(name) {
            let message = "`name` has 1 to 64 of `a` to `z`, `0` to `9` and `-`";
            return Err(Fault::new(span, message));
        }
        let (hash, span) = self.text("hash")?;
        let hash = Hash::parse(hash)
            .ok_or_else(|| Fault::new(span, "`hash` is `sha256:` and 64 hexadecimal digits"))?;
        let has_expiry = self.table.contains_key("expires");
        Ok(Key {
            name: name.to_owned(),
            hash,
            scopes: self.scopes()?,
            created: self.date("created")?,
            expires: has_expiry.then(|| self.date("expires")).transpose()?,
        })
    }

    fn scopes(&self) -> Result<BTreeSet<Scope>, Fault> {
        let value = self.value("scopes")?;
        let wrong = || Fault::new(value.span(), "`scopes` is a list: write `[\"read\"]`");
        let scope = |item: &Spanned<DeValue<'_>>| {
            let text = item.get_ref().as_str().ok_or_else(wrong)?;
            Scope::resolve(text).map_err(|error| Fault::new(item.span(), error.to_string()))
        };
        let list = value.get_ref().as_array().ok_or_else(wrong)?;
        let scopes: BTreeSet<Scope> = list.iter().map(scope).collect::<Result<_, _>>()?;
        if scopes.is_empty() {
            return Err(Fault::new(value.span(), KeysError::NoScope.to_string()));
        }
        Ok(scopes)
    }

    fn date(&self, field: &str) -> Result<Date, Fault> {
        let (text, span) = self.text(field)?;
        // The parser also takes times and shorter forms; what it gives back has one form only.
        let date = text.parse().ok();
        date.filter(|date: &Date| date.to_string() == text)
            .ok_or_else(|| Fault::new(span, format!("`{field}` is a date such as \"2027-02-20\"")))
    }

    fn text(&self, field: &str) -> Result<(&'a str, Range<usize>), Fault> {
        let value = self.value(field)?;
        let text = value.get_ref().as_str().ok_or_else(|| {
            Fault::new(
                value.span(),
                format!("`{field}` is a text: put it in quotes"),
            )
        })?;
        Ok((text, value.span()))
    }

    fn value(&self, field: &str) -> Result<&'a Spanned<DeValue<'a>>, Fault> {
        let missing = || Fault::new(self.span.clone(), format!("`{field}` is missing"));
        self.table.get(field).ok_or_else(missing)
    }
}

/// A field that nobody reads may be a misspelt `expires`: such a key would be good for ever.
fn refuse_unknown(table: &DeTable<'_>, known: &[&str]) -> Result<(), Fault> {
    let is_known = |name: &str| known.contains(&name);
    match table.keys().find(|name| !is_known(name.get_ref())) {
        None => Ok(()),
        Some(name) => {
            let nearest = nearest(name.get_ref(), known.iter().copied());
            let message = format!("unknown field `{}`{}", name.get_ref(), meant(nearest));
            Err(Fault::new(name.span(), message))
        }
    }
}

fn one_line(message: &str) -> String {
    message.trim().replace('\n', ", ")
}

//! A colon without the space that YAML wants behind it: `title:Sold out`.

use super::meaning::Change;
use super::page::Page;
use super::{Edit, Mend};
use crate::Vocabulary;
use crate::fence::Language;
use crate::header::is_known;
use crate::rescue::{self, Chunk};
use crate::value::yaml::{self, Budget};

pub(super) fn mends(page: &Page<'_>, _: &Vocabulary) -> Vec<Mend> {
    if page.is_sound() {
        return Vec::new();
    }
    let mut budget = Budget::default();
    let chunks = rescue::chunks(&page.yaml, page.lines.start, Language::Yaml);
    let mends = chunks
        .iter()
        .filter_map(|chunk| mend(page, chunk, &mut budget));
    mends.collect()
}

fn mend(page: &Page<'_>, chunk: &Chunk<'_>, budget: &mut Budget) -> Option<Mend> {
    let key = chunk.key.filter(|key| is_known(key))?;
    let value = chunk.text.strip_prefix(key)?.strip_prefix(':')?;
    if value.is_empty() || value.starts_with(char::is_whitespace) {
        return None;
    }
    let change = if page.header.is_unread(key) {
        let read = yaml::read(&format!("{key}: {value}"), chunk.line, budget).ok()?;
        let (_, value) = read.map()?.first()?.clone();
        Change::Read(key.to_owned(), value.kind)
    } else {
        Change::None
    };
    let at = page.row(chunk.line)?.start + key.len() + 1;
    let edit = Edit {
        range: at..at,
        by: " ".to_owned(),
    };
    let what = format!("put a space behind the colon of `{key}`");
    Some(Mend::new(chunk.line, what, edit, change))
}

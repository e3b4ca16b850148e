//! The keys in the order of the format, each with its value and the comments directly above it.

use super::meaning::Change;
use super::page::Page;
use super::{Edit, Mend};
use crate::Vocabulary;
use crate::header::KEYS;
use crate::value::yaml;

/// A key with all its lines.
struct Unit {
    /// The place of its key in the format.
    rank: usize,
    /// The line of the key.
    line: u32,
    /// Its first line: the key's, or that of a comment above.
    start: u32,
}

pub(super) fn mends(page: &Page<'_>, _: &Vocabulary) -> Vec<Mend> {
    mend(page).into_iter().collect()
}

fn mend(page: &Page<'_>) -> Option<Mend> {
    let units = units(page)?;
    let moved = units.windows(2).find(|pair| pair[1].rank < pair[0].rank)?[1].line;
    if yaml::is_tied(&page.yaml) {
        return None;
    }
    let starts = units.iter().skip(1).map(|unit| unit.start);
    let ends = starts.chain([last(page, &units)?]);
    let mut parts = Vec::with_capacity(units.len());
    for (unit, end) in units.iter().zip(ends) {
        parts.push((unit.rank, page.row(unit.start)?.start..page.row(end)?.start));
    }
    let range = parts.first()?.1.start..parts.last()?.1.end;
    parts.sort_by_key(|(rank, _)| *rank);
    let by = parts
        .into_iter()
        .map(|(_, part)| &page.text[part])
        .collect();
    let what = "put the keys into the order of the format";
    Some(Mend::new(moved, what, Edit { range, by }, Change::None))
}

/// The keys from top to bottom, if they are plain lines at the margin. A key that the format does not have stays below
/// the key it stands below.
fn units(page: &Page<'_>) -> Option<Vec<Unit>> {
    if !page.is_sound() {
        return None;
    }
    let mut units: Vec<Unit> = Vec::new();
    for (key, _) in &page.header.map {
        let line = key.place.line;
        let above = units.last();
        if key.place.column != 1 || above.is_some_and(|above| above.line >= line) {
            return None;
        }
        let known = KEYS.iter().position(|(name, _)| *name == key.text);
        let rank = known.map_or_else(|| above.map_or(0, |above| above.rank), |known| known + 1);
        let start = first(page, line);
        units.push(Unit { rank, line, start });
    }
    Some(units)
}

/// The first of the comments directly above a line, or the line itself.
fn first(page: &Page<'_>, line: u32) -> u32 {
    let above = (page.lines.start..line).rev();
    line - above.take_while(|line| is_comment(page, *line)).count() as u32
}

/// The line after the last key's last; comments and blank lines at the end of the header stay there.
fn last(page: &Page<'_>, units: &[Unit]) -> Option<u32> {
    let below = units.last()?.line + 1..page.lines.end;
    let is_loose = |line: &u32| is_comment(page, *line) || text(page, *line).trim().is_empty();
    Some(page.lines.end - below.rev().take_while(is_loose).count() as u32)
}

fn is_comment(page: &Page<'_>, line: u32) -> bool {
    text(page, line).starts_with('#')
}

fn text<'a>(page: &Page<'a>, line: u32) -> &'a str {
    page.row(line).map_or("", |row| &page.text[row])
}

//! Spaces and tabs at the ends of header lines. In the body two of them mean a line break, so it is left alone.

use super::meaning::Change;
use super::page::Page;
use super::{Edit, Mend};
use crate::Vocabulary;

pub(super) fn mends(page: &Page<'_>, _: &Vocabulary) -> Vec<Mend> {
    if !page.is_sound() {
        return Vec::new();
    }
    // The fences belong to the header.
    let lines = page.lines.start.saturating_sub(1)..=page.lines.end;
    lines.filter_map(|line| mend(page, line)).collect()
}

fn mend(page: &Page<'_>, line: u32) -> Option<Mend> {
    let row = page.row(line)?;
    let kept = page.text[row.clone()].trim_end_matches([' ', '\t']).len();
    let range = row.start + kept..row.end;
    let edit = Edit {
        range: range.clone(),
        by: String::new(),
    };
    let what = "took off spaces at the end of the line";
    (!range.is_empty()).then(|| Mend::new(line, what, edit, Change::None))
}

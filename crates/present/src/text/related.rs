//! Text of related cases.

use super::page::{Line, Page, Role};
use super::{facts, place};
use crate::view::{RelatedHit, RelatedView};
use std::io::{self, Write};

/// Writes the cases like a case: what each is, and what they have in common.
pub fn related(view: &RelatedView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    Line::of(Role::Quiet, "like: ")
        .with(Role::Title, &view.case.title)
        .item(Role::Quiet, &view.case.id)
        .write(page, 0, out)?;
    if view.hits.is_empty() {
        writeln!(out)?;
        return Line::of(Role::Warning, "nothing from another sector is like it")
            .write(page, 0, out);
    }
    for (number, each) in view.hits.iter().enumerate() {
        writeln!(out)?;
        hit(number + 1, each, page, out)?;
    }
    Ok(())
}

fn hit(number: usize, hit: &RelatedHit, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let number = Line::of(Role::Quiet, &format!("{number:>2}  "));
    Line::of(Role::Title, &hit.title).write_behind(&number, page, 4, out)?;
    place(&hit.place(), page, 4, out)?;
    if !hit.why.is_empty() {
        Line::of(Role::Quiet, "why: ")
            .plain(&hit.why)
            .write(page, 4, out)?;
    }
    facts(
        &hit.outcome,
        hit.evidence.as_deref(),
        None,
        hit.distance.as_ref(),
        &hit.id,
    )
    .write(page, 4, out)
}

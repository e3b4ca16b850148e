//! Text of why a case stands where it stands.

use super::page::{Line, Page, Role};
use super::{read_as, score, similarity};
use crate::view::WhyView;
use crate::words;
use std::io::{self, Write};

/// Writes where a case stands, what keeps it out if anything does, its score, and the best score beside it.
pub fn why(view: &WhyView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    read_as(&view.query).write(page, 0, out)?;
    writeln!(out)?;
    Line::of(Role::Title, &view.case.title)
        .item(Role::Quiet, &view.case.id)
        .write(page, 0, out)?;
    match view.place {
        Some(place) => Line::of(Role::Good, &format!("place {place} of {}", view.total)),
        None => Line::of(
            Role::Warning,
            &format!("not among the {}", words::count(view.total, "hit")),
        ),
    }
    .write(page, 0, out)?;
    for obstacle in &view.obstacles {
        let help = if obstacle.help.is_empty() {
            String::new()
        } else {
            format!(": {}", obstacle.help)
        };
        let line = Line::new()
            .plain(&obstacle.message)
            .with(Role::Quiet, &help);
        line.write_behind(&Line::of(Role::Warning, "  - "), page, 4, out)?;
    }
    if !view.why.is_empty() {
        Line::of(Role::Quiet, "why: ")
            .plain(&view.why)
            .write(page, 0, out)?;
    }
    score(&view.score.score_parts, view.score.score).write(page, 0, out)?;
    similarity(view.score.similarity.as_ref()).write(page, 0, out)?;
    match &view.best {
        Some(best) if view.place != Some(1) => Line::of(Role::Quiet, "first: ")
            .join(score(&best.score_parts, best.score))
            .write(page, 0, out),
        _ => Ok(()),
    }
}

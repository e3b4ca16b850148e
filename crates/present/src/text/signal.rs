//! Text of the signal vocabulary.

use super::labels;
use super::page::{Line, Page, Role, columns};
use crate::view::{SignalView, SignalsView};
use crate::words;
use std::io::{self, Write};

/// Writes a signal a line: cases, label, id, what it means.
pub fn signals(view: &SignalsView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let widest = view
        .signals
        .iter()
        .map(|signal| columns(&signal.id))
        .max()
        .unwrap_or(0)
        .min(30);
    for signal in &view.signals {
        let padding = " ".repeat(widest.saturating_sub(columns(&signal.id)) + 2);
        let meaning = if signal.definition.is_empty() {
            &signal.label
        } else {
            &signal.definition
        };
        let margin = Line::new()
            .plain(&format!("{:>4}  ", signal.cases))
            .with(Role::Title, &signal.id)
            .plain(&padding);
        Line::new()
            .plain(meaning)
            .write_behind(&margin, page, 6 + widest + 2, out)?;
    }
    if page.hints {
        writeln!(out)?;
        Line::of(
            Role::Quiet,
            "cases, id, meaning; one signal whole: afield signals <id>",
        )
        .write(page, 0, out)?;
    }
    Ok(())
}

/// Writes a signal: what it means, the words that mean it, how it is measured, where it is observed.
pub fn signal(view: &SignalView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    Line::of(Role::Title, &view.label)
        .item(Role::Quiet, &view.id)
        .item(
            Role::Plain,
            &words::count(usize::try_from(view.cases).unwrap_or(usize::MAX), "case"),
        )
        .write(page, 0, out)?;
    if !view.definition.is_empty() {
        Line::new().plain(&view.definition).write(page, 0, out)?;
    }
    let scale = &view.scale;
    let half = format!(
        "half-pressed at {} percent or {} points; halves in {} months after the last figure",
        scale.half, scale.half_points, scale.half_life_months
    );
    let rows = [
        ("in other words", view.aliases.join(" · ")),
        ("often goes with", view.patterns.join(" · ")),
        ("indicators", view.indicators.join(" · ")),
        ("scale", half),
        ("why so", scale.note.clone()),
        ("observed in", labels(&view.observed_in).join(" · ")),
    ];
    for (name, text) in rows.iter().filter(|(_, text)| !text.is_empty()) {
        writeln!(out)?;
        Line::of(Role::Quiet, name).write(page, 0, out)?;
        Line::new().plain(text).write(page, 2, out)?;
    }
    Ok(())
}

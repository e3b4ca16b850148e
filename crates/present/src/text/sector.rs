//! Text of how hard sectors are pressed.

use super::page::{Line, Page, Role, columns};
use crate::view::{ObservationView, SectorEntry, SectorView, SectorsView, StressView};
use crate::words;
use std::io::{self, Write};

/// Cells of a bar.
const CELLS: usize = 10;
/// Most figures that are written under one sector.
const FIGURES: usize = 12;

/// Writes a sector a line: a bar, the stress, its trend, the name, how well it is observed.
pub fn sectors(view: &SectorsView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    Line::of(Role::Title, &format!("stress as of {}", view.as_of)).write(page, 0, out)?;
    let widest = view
        .sectors
        .iter()
        .map(|each| columns(&each.sector.label))
        .max()
        .unwrap_or(0)
        .min(30);
    for each in &view.sectors {
        let label = &each.sector.label;
        let padding = " ".repeat(widest.saturating_sub(columns(label)));
        let margin = margin(each.stress.as_ref())
            .with(Role::Title, label)
            .plain(&padding);
        entry(each).write_behind(&margin, page, CELLS + 9 + widest.max(columns(label)), out)?;
    }
    if page.hints {
        writeln!(out)?;
        Line::of(Role::Quiet, "the figures behind one: afield sectors <id>").write(page, 0, out)?;
    }
    Ok(())
}

/// `   6 cases · 21 figures`, and whether they are few.
fn entry(sector: &SectorEntry) -> Line {
    let cases = format!(
        "{:>4} {}",
        sector.cases,
        if sector.cases == 1 { "case " } else { "cases" }
    );
    let figures = sector.stress.as_ref().map(|stress| &stress.observed);
    let line = Line::new().plain(&cases.replace(' ', "\u{a0}"));
    match figures {
        None => line.item(Role::Quiet, "not observed"),
        Some(observed) => {
            let few = if observed.degree == "thin" {
                "thin"
            } else {
                ""
            };
            line.item(Role::Plain, &words::count(observed.figures, "figure"))
                .item(Role::Warning, few)
        }
    }
}

/// `██████░░░░ 0.62 ↗  `.
fn margin(stress: Option<&StressView>) -> Line {
    let Some(stress) = stress else {
        return Line::of(Role::Quiet, &format!("{}    –    ", " ".repeat(CELLS)));
    };
    Line::of(pressure(stress.value), &bar(stress.value)).plain(&format!(
        " {:.2} {}  ",
        stress.value,
        arrow(stress)
    ))
}

/// A bar of full and empty cells: readable without colour.
fn bar(value: f64) -> String {
    // The value lies in 0 to 1, so the count of cells is small and not negative.
    let full = (value.clamp(0.0, 1.0) * CELLS as f64).round() as usize;
    format!("{}{}", "█".repeat(full), "░".repeat(CELLS - full))
}

fn pressure(value: f64) -> Role {
    match value {
        value if value >= 0.66 => Role::Bad,
        value if value >= 0.33 => Role::Warning,
        _ => Role::Good,
    }
}

fn arrow(stress: &StressView) -> &'static str {
    match stress.trend.as_str() {
        "rising" => "↗",
        "falling" => "↘",
        _ => "→",
    }
}

/// `well observed: 31 figures in 8 series`.
fn observed(stress: &StressView) -> String {
    let observed = &stress.observed;
    let degree = match observed.degree.as_str() {
        "well" => "well observed",
        "thin" => "thinly observed",
        _ => "observed",
    };
    format!(
        "{degree}: {} in {} series",
        words::count(observed.figures, "figure"),
        observed.series
    )
}

/// Writes a sector: its stress, what presses it, how it went over the years, and the figures with their sources.
pub fn sector(view: &SectorView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    Line::of(Role::Title, &view.sector.label)
        .item(Role::Quiet, &view.sector.id)
        .write(page, 0, out)?;
    let Some(stress) = &view.stress else {
        return Line::new()
            .plain(&format!("not observed by {}", view.as_of))
            .write(page, 0, out);
    };
    margin(Some(stress))
        .plain(&format!("as of {}", view.as_of))
        .item(Role::Plain, &stress.trend)
        .item(Role::Plain, &observed(stress))
        .write(page, 0, out)?;
    curve(view, page, out)?;
    writeln!(out)?;
    for signal in &stress.signals {
        let margin = Line::of(pressure(signal.value), &bar(signal.value))
            .plain(&format!(" {:.2}  ", signal.value));
        Line::new()
            .plain(&signal.signal.label)
            .item(Role::Quiet, &signal.signal.id)
            .write_behind(&margin, page, CELLS + 7, out)?;
    }
    figures(view, page, out)
}

/// The figures that count on the date, hardest first, then what is left to say of the others.
fn figures(view: &SectorView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let mut shown: Vec<&ObservationView> = view
        .observations
        .iter()
        .filter(|seen| seen.in_force)
        .collect();
    let hardness = |seen: &ObservationView| seen.severity_now.unwrap_or(-1.0);
    shown.sort_by(|left, right| hardness(right).total_cmp(&hardness(left)));
    shown.truncate(FIGURES);
    for observation in &shown {
        writeln!(out)?;
        figure(observation, page, out)?;
    }
    let left = view.observations.len() - shown.len();
    if left == 0 {
        return Ok(());
    }
    writeln!(out)?;
    Line::of(
        Role::Quiet,
        &format!("{} more with `--format json`", words::count(left, "figure")),
    )
    .write(page, 0, out)
}

/// One cell for each point of the curve, with the first and the last date.
fn curve(view: &SectorView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let (Some(first), Some(last)) = (view.curve.first(), view.curve.last()) else {
        return Ok(());
    };
    let room = page
        .width
        .saturating_sub(columns(&first.date) + columns(&last.date) + 2);
    let step = view.curve.len().div_ceil(room.max(1)).max(1);
    // Counted from the end, so that the last cell is the date asked for.
    let mut cells: Vec<char> = view
        .curve
        .iter()
        .rev()
        .step_by(step)
        .map(|point| cell(point.value))
        .collect();
    cells.reverse();
    let cells: String = cells.into_iter().collect();
    Line::of(Role::Quiet, &format!("{} ", first.date))
        .plain(&cells)
        .with(Role::Quiet, &format!(" {}", last.date))
        .write_unbroken(page, out)
}

fn cell(value: f64) -> char {
    const CELLS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    // Held within the table, so the cast neither cuts nor wraps.
    CELLS[(value.clamp(0.0, 0.999) * CELLS.len() as f64) as usize]
}

fn figure(figure: &ObservationView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let unit = if figure.unit == "%" {
        "%".to_owned()
    } else {
        format!(" {}", figure.unit)
    };
    // A value that is itself a change is not told twice.
    let change = figure
        .change
        .filter(|&change| figure.unit != "%" || change != figure.value);
    let change = change.map_or_else(String::new, |change| format!("{change:+.1}%"));
    let margin = match figure.severity_now {
        Some(severity) => Line::of(pressure(severity), &format!("{severity:.2}  ")),
        None => Line::of(Role::Quiet, "   –  "),
    };
    Line::new()
        .plain(&figure.metric)
        .item(Role::Title, &format!("{}{}", figure.value, unit.trim_end()))
        .item(Role::Plain, &change)
        .item(Role::Plain, &figure.period)
        .item(Role::Plain, &figure.region)
        .write_behind(&margin, page, 6, out)?;
    Line::of(Role::Quiet, &words::within_sentence(&figure.signal.label))
        .item(Role::Quiet, &figure.source.publisher)
        .item(Role::Quiet, &figure.source.url)
        .write(page, 6, out)
}

//! Text of what a corpus has and lacks: the grid, and under it what to write next.

use super::page::{Line, Page, Role};
use crate::view::{CoverageView, CoveredWord};
use crate::words;
use std::io::{self, Write};

/// Names of the grid's columns, in order; a corpus of more sectors has the rest in the other formats.
const COLUMNS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Holes that are named; all of them are in the other formats.
const HOLES: usize = 12;

/// Writes the grid, what is thin, what is missing, and how old it is.
pub fn coverage(view: &CoverageView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    grid(view, page, out)?;
    writeln!(out)?;
    let sectors = view.sectors.iter().filter(|sector| sector.thin);
    let sectors = sectors.map(|sector| format!("{} {}", sector.sector.id, sector.cases));
    listed("sectors with fewer than 8 cases", sectors, page, out)?;
    listed(
        "signals with fewer than 8 cases",
        thin(&view.signals),
        page,
        out,
    )?;
    let mechanisms = "mechanisms with fewer than 4 cases, or from fewer than 3 sectors";
    listed(mechanisms, thin(&view.mechanisms), page, out)?;
    let holes = view.holes.iter().take(HOLES);
    let holes = holes.map(|hole| {
        let (sector, signal) = (&hole.sector.id, &hole.signal.id);
        format!("{signal} in {sector} {:.2}", hole.stress)
    });
    listed("pressed today, and no case of it", holes, page, out)?;
    grades(view, page, out)?;
    ages(view, page, out)
}

/// A line a signal, a column a sector: the number of cases, `+` from ten on.
fn grid(view: &CoverageView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let columns = || view.sectors.iter().zip(COLUMNS);
    let widest = view.signals.iter().map(|signal| signal.word.id.len()).max();
    let widest = widest.unwrap_or(0).min(24);
    let head: String = columns()
        .map(|(_, name)| format!(" {}", char::from(*name)))
        .collect();
    Line::of(Role::Quiet, &format!("{:widest$}{head}  all", "")).write_unbroken(page, out)?;
    for signal in &view.signals {
        let cells =
            columns().map(
                |(sector, _)| match view.cell(&signal.word.id, &sector.sector.id) {
                    0 => " ·".to_owned(),
                    few @ 1..=9 => format!(" {few}"),
                    _ => " +".to_owned(),
                },
            );
        Line::new()
            .plain(&format!("{:widest$}", signal.word.id))
            .plain(&cells.collect::<String>())
            .with(Role::Title, &format!("{:>5}", signal.cases))
            .write_unbroken(page, out)?;
    }
    writeln!(out)?;
    let legend = columns().map(|(sector, name)| {
        format!(
            "{} {} {}",
            char::from(*name),
            sector.sector.id,
            sector.cases
        )
    });
    let legend = legend.fold(Line::new(), |line, entry| line.item(Role::Plain, &entry));
    legend.write(page, 0, out)
}

fn thin(words: &[CoveredWord]) -> impl Iterator<Item = String> {
    let thin = words.iter().filter(|word| word.thin);
    thin.map(|word| format!("{} {}", word.word.id, word.cases))
}

/// A heading and what is under it; nothing where there is none.
fn listed(
    heading: &str,
    entries: impl Iterator<Item = String>,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let line = entries.fold(Line::new(), |line, entry| line.item(Role::Plain, &entry));
    if line.is_empty() {
        return Ok(());
    }
    Line::of(Role::Title, heading).write(page, 0, out)?;
    line.write(page, 2, out)
}

fn grades(view: &CoverageView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let sum = |grade: &str| -> usize {
        view.sectors
            .iter()
            .filter_map(|sector| sector.grades.get(grade))
            .sum()
    };
    let grades = ["A", "B", "C", "D"].map(|grade| format!("{grade} {}", sum(grade)));
    listed("grades", grades.into_iter(), page, out)
}

fn ages(view: &CoverageView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let sources = &view.sources;
    let median = sources
        .median_year
        .map(|year| format!("half of them before {year}"));
    let ageing = words::count(sources.ageing.len(), "case");
    let entries = [
        Some(format!(
            "{} sources, {} dated",
            sources.sources, sources.dated
        )),
        median,
        Some(format!("{ageing} with nothing newer than ten years")),
    ];
    listed("sources", entries.into_iter().flatten(), page, out)
}

//! CSV: a hit a row, or a signal a row, for a spreadsheet.

use crate::view::{CoverageView, HitView, SearchView, Tag};
use std::io::{self, Write};

/// The columns, in order.
const COLUMNS: [&str; 16] = [
    "rank",
    "id",
    "title",
    "organisation",
    "sector",
    "from",
    "to",
    "region",
    "signals",
    "mechanism",
    "outcome",
    "evidence",
    "distance",
    "score",
    "why",
    "sources",
];

/// Writes a header and a row for each hit; several values in one field are separated by `; `.
pub fn search(view: &SearchView, out: &mut impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for hit in &view.hits {
        table.write_record(row(hit))?;
    }
    table.flush()
}

/// Writes the grid of signals and sectors: a signal a row, a sector a column, and the sum of each signal at the end.
pub fn coverage(view: &CoverageView, out: &mut impl Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let sectors = || view.sectors.iter().map(|sector| sector.sector.id.clone());
    let ends = |first: &str, cells: Vec<String>, last: &str| {
        let row = std::iter::once(first.to_owned()).chain(cells);
        row.chain([last.to_owned()]).collect::<Vec<String>>()
    };
    table.write_record(ends("signal", sectors().collect(), "all"))?;
    for signal in &view.signals {
        let cells = sectors().map(|sector| view.cell(&signal.word.id, &sector).to_string());
        table.write_record(ends(
            &signal.word.id,
            cells.collect(),
            &signal.cases.to_string(),
        ))?;
    }
    table.flush()
}

fn row(hit: &HitView) -> Vec<String> {
    let urls: Vec<&str> = hit
        .sources
        .iter()
        .map(|source| source.url.as_str())
        .collect();
    let (from, to) = hit
        .years
        .map_or((None, None), |(from, to)| (Some(from), to));
    let year = |year: Option<i32>| year.map_or_else(String::new, |year| year.to_string());
    let mut cells = vec![
        hit.rank.to_string(),
        hit.id.clone(),
        hit.title.clone(),
        hit.organisation.clone(),
        hit.sector
            .as_ref()
            .map_or_else(String::new, |sector| sector.id.clone()),
        year(from),
        year(to),
        hit.region.clone().unwrap_or_default(),
        ids(&hit.signals),
        ids(&hit.mechanism),
        hit.outcome.clone(),
        hit.evidence.clone().unwrap_or_default(),
        hit.distance
            .as_ref()
            .map_or_else(String::new, |distance| distance.band.clone()),
        hit.score.to_string(),
        hit.why.clone(),
        urls.join("; "),
    ];
    for cell in &mut cells {
        cell.retain(|letter| letter == '\n' || letter == '\t' || !letter.is_control());
        disarm(cell);
    }
    cells
}

/// A spreadsheet takes a cell that opens with one of these for a formula; a leading apostrophe makes it text again.
fn disarm(cell: &mut String) {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err() {
        cell.insert(0, '\'');
    }
}

fn ids(tags: &[Tag]) -> String {
    tags.iter()
        .map(|tag| tag.id.as_str())
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    use super::disarm;

    #[test]
    fn a_cell_never_becomes_a_formula() {
        for (cell, expected) in [
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("@sum", "'@sum"),
            ("-0.5", "-0.5"),
            ("- a list", "'- a list"),
            ("plain", "plain"),
            ("", ""),
        ] {
            let mut cell = cell.to_owned();
            disarm(&mut cell);
            assert_eq!(cell, expected);
        }
    }
}

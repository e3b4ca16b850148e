//! `afield import`: case files out of a spreadsheet.

use crate::args::Global;
use crate::error::Failure;
use crate::output::Talk;
use crate::shelf::{Placed, Shelf};
use crate::table::{Cell, Row, Table};
use afield_corpus::{Draft, Slot, lint, nearest};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Make case files out of a spreadsheet, and say for each row what it still needs
///
/// A row is a case, written to `cases/<sector>/<organisation-and-title>.md`. Nothing is overwritten. A row that cannot become a
/// case is told, the others are made. Sectors, signals and the like are taken by id, label or alias.
#[derive(Debug, Args)]
#[command(after_help = COLUMNS, after_long_help = COLUMNS)]
pub(crate) struct ImportArgs {
    /// A table with the names of its columns in the first row (`.csv`), or a JSON object a line (`.jsonl`)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read a column as this key; `-` leaves it out; repeatable
    #[arg(long, value_name = "COLUMN=KEY", value_parser = pair)]
    map: Vec<(String, String)>,
    /// Say what would be made, and write nothing
    #[arg(long)]
    dry_run: bool,
}

const COLUMNS: &str = "\
Columns (case does not count):
  title, organisation, sector, years …    keys of a case; several values with `;` between them
  challenge, idea, result, carry_over     the text of the sections, as markdown
  source_1_title, source_1_publisher, source_1_url, source_1_date, source_2_title …
  metric_1_name, metric_1_value, metric_1_unit, metric_1_period, metric_1_source …
In JSON lines, lists are lists, and `sources` and `metrics` lists of objects.

Examples:
  afield import ideas.csv --dry-run
  afield import ideas.csv --map Headline=title --map 'Entered by=-'

Exits with 1 when a row could not be made.";

pub(crate) fn run(args: &ImportArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let mut shelf = Shelf::open(global)?;
    let table = Table::read(&args.file)?;
    let slots = slots(&table.columns, &args.map)?;
    let rows = table.rows.iter();
    let made: Vec<(usize, Result<Placed, String>)> = rows
        .map(|row| (row.number, make(row, &slots, &mut shelf)))
        .collect();
    let placed: Vec<&Placed> = made
        .iter()
        .filter_map(|(_, made)| made.as_ref().ok())
        .collect();
    let codes = shelf.check(&placed);
    let mut out = talk.answer();
    let mut done = 0;
    for (number, made) in &made {
        let made = made.as_ref().map_err(Clone::clone);
        let written = made.and_then(|placed| match args.dry_run {
            true => Ok(placed),
            false => shelf
                .write(placed)
                .map(|()| placed)
                .map_err(|failure| failure.to_string()),
        });
        match written {
            Ok(placed) => {
                let work = work(placed, codes.get(&placed.path));
                writeln!(out, "row {number}: {}{work}", placed.path)?;
                done += 1;
            }
            Err(reason) => {
                // What was made before is told before.
                out.flush()?;
                talk.error(&format!("row {number}: {reason}"));
            }
        }
    }
    out.flush()?;
    conclude(args, done, made.len(), &shelf, talk);
    Ok(ExitCode::from(u8::from(done < made.len())))
}

fn conclude(args: &ImportArgs, done: usize, rows: usize, shelf: &Shelf, talk: &Talk) {
    let rows = if rows == 1 {
        "1 row".to_owned()
    } else {
        format!("{rows} rows")
    };
    if args.dry_run {
        talk.note(&format!(
            "{done} of {rows} can be made; nothing was written"
        ));
    } else {
        talk.note(&format!("made {done} of {rows}"));
    }
    if done > 0 && !args.dry_run {
        let check = shelf.check_command(None);
        talk.next(&[&format!("`{check}` says what each case needs, and where")]);
    }
}

/// The file that a row becomes, with its place.
fn make(row: &Row, slots: &[Option<Slot>], shelf: &mut Shelf) -> Result<Placed, String> {
    let mut draft = Draft::default();
    for (index, cell) in row.cells.as_ref().map_err(Clone::clone)? {
        if let Some(slot) = slots.get(*index).copied().flatten() {
            fill(&mut draft, slot, cell)?;
        }
    }
    if draft.title().is_none() {
        return Err("no title".to_owned());
    }
    draft.resolve(&shelf.vocabulary);
    shelf.place(&draft)
}

fn fill(draft: &mut Draft, slot: Slot, cell: &Cell) -> Result<(), String> {
    match (cell, slot) {
        (Cell::Text(text), _) if slot.is_list() => draft.fill(slot, text.split(';')),
        (Cell::Text(text), _) => draft.fill(slot, [text]),
        (Cell::Values(values), _) => draft.fill(slot, values),
        (Cell::Items(items), Slot::Key(key)) => {
            for (index, item) in items.iter().enumerate() {
                for (field, value) in item {
                    let slot = Slot::field(key, index + 1, field);
                    draft.fill(slot.map_err(|unknown| unknown.to_string())?, [value]);
                }
            }
        }
        (Cell::Items(_), _) => return Err("only `sources` and `metrics` hold objects".to_owned()),
    }
    Ok(())
}

/// What a file still needs, as the end of its line: what is missing, then the codes of other findings.
fn work(placed: &Placed, codes: Option<&BTreeSet<String>>) -> String {
    let mut missing = lint::missing(&placed.parsed).join(", ");
    if !missing.is_empty() {
        missing.insert_str(0, "missing ");
    }
    let told = |code: &&str| ["missing-key", "missing-section"].contains(code);
    let others = codes.into_iter().flatten().map(String::as_str);
    let mut others = others
        .filter(|code| !told(code))
        .collect::<Vec<_>>()
        .join(", ");
    if !others.is_empty() {
        others.insert_str(0, "see ");
    }
    let parts = [missing, others];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [] => String::new(),
        parts => format!(": {}", parts.join("; ")),
    }
}

/// Where the values of each column go; of columns that are left out nowhere.
///
/// # Errors
/// When a column is none of a case, two columns are the same, or `--map` names one that is not there; all are told.
fn slots(columns: &[String], map: &[(String, String)]) -> Result<Vec<Option<Slot>>, Failure> {
    let mut problems = Vec::new();
    for (column, _) in map {
        if !columns.iter().any(|known| same(known, column)) {
            let near = nearest(column, columns.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            problems.push(format!("no column `{column}`{near}"));
        }
    }
    let mut slots = Vec::new();
    let mut taken: BTreeMap<Slot, &str> = BTreeMap::new();
    for column in columns {
        let mapped = map.iter().find(|(known, _)| same(known, column));
        let name = mapped.map_or(column.as_str(), |(_, key)| key);
        // A column without a name has no values either: a row with some is refused.
        let slot = match (name, Slot::named(name)) {
            ("-" | "", _) => None,
            (_, Ok(slot)) => Some(slot),
            (_, Err(unknown)) => {
                problems.push(unknown.to_string());
                None
            }
        };
        if let Some(other) = slot.and_then(|slot| taken.insert(slot, column)) {
            problems.push(format!(
                "columns `{other}` and `{column}` go to the same key"
            ));
        }
        slots.push(slot);
    }
    if problems.is_empty() {
        return Ok(slots);
    }
    Err(Failure::all(problems)
        .hint("name a key with `--map COLUMN=KEY`, or leave a column out with `--map COLUMN=-`"))
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// Reads `COLUMN=KEY`. Keys have no `=`, columns may.
fn pair(text: &str) -> Result<(String, String), String> {
    let (column, key) = text
        .rsplit_once('=')
        .filter(|(column, key)| !column.trim().is_empty() && !key.trim().is_empty())
        .ok_or("expected `COLUMN=KEY`, such as `Headline=title`")?;
    Ok((column.to_owned(), key.to_owned()))
}

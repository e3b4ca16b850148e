//! Text of an indexing account.

use super::page::{Line, Page, Role};
use crate::view::{IndexingView, RefusedView};
use crate::words;
use std::io::{self, Write};

/// Writes the account; `all` names the skipped files too, else only those that failed.
pub fn indexing(
    view: &IndexingView,
    all: bool,
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    let (skipped, failed) = (view.skipped.len(), view.failed.len());
    let sum = format!(
        "{} found = {} indexed + {skipped} skipped + {failed} failed",
        view.found, view.indexed
    );
    Line::of(Role::Title, &sum).write(page, 0, out)?;
    Line::new()
        .plain(&format!("{} new or changed", view.written))
        .item(Role::Plain, &format!("{} unchanged", view.unchanged))
        .item(Role::Plain, &format!("{} removed", view.removed))
        .item(Role::Quiet, &format!("generation {}", view.generation))
        .write(page, 0, out)?;
    Line::new()
        .plain(&words::count(view.passages, "passage"))
        .item(Role::Plain, &format!("{} encoded now", view.encoded))
        .item(Role::Plain, &format!("{} left", view.not_encoded))
        .write(page, 0, out)?;
    if view.problems > 0 {
        let problems = format!(
            "{} with problems: `afield check` names them",
            words::count(view.problems, "file")
        );
        Line::of(Role::Warning, &problems).write(page, 0, out)?;
    }
    refused("failed", Role::Bad, &view.failed, page, out)?;
    if all {
        refused("skipped", Role::Quiet, &view.skipped, page, out)
    } else {
        Ok(())
    }
}

fn refused(
    word: &str,
    role: Role,
    files: &[RefusedView],
    page: &Page,
    out: &mut impl Write,
) -> io::Result<()> {
    for file in files {
        let line = Line::of(role, word).plain(&format!(" {}: {}", file.path, file.reason));
        line.write_unbroken(page, out)?;
    }
    Ok(())
}

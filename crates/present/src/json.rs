//! JSON: one canonical form, the same bytes on the terminal and from the API.

use crate::view::SearchView;
use serde::Serialize;
use std::io::{self, Write};

/// Writes a view as JSON, indented by two spaces, with a line break at the end.
pub fn write(view: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, view)?;
    writeln!(out)
}

/// Writes a hit a line, for tools that read line by line.
pub fn lines(view: &SearchView, out: &mut impl Write) -> io::Result<()> {
    for hit in &view.hits {
        serde_json::to_writer(&mut *out, hit)?;
        writeln!(out)?;
    }
    Ok(())
}

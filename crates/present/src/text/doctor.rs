//! Text of a doctor's findings.

use super::page::{Line, Page, Role};
use crate::view::DoctorView;
use std::io::{self, Write};

/// Where what was found begins.
const INDENT: usize = 16;

/// Writes a finding a line, `✓` or `!`, and what to do next under it.
pub fn doctor(view: &DoctorView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    for finding in &view.findings {
        let (mark, role) = if finding.sound {
            ("✓", Role::Good)
        } else {
            ("!", Role::Warning)
        };
        let margin = Line::of(role, mark).plain(&format!(" {:<13} ", finding.subject));
        Line::new()
            .plain(&finding.message)
            .write_behind(&margin, page, INDENT, out)?;
        if !finding.next.is_empty() {
            Line::of(Role::Quiet, "next: ")
                .plain(&finding.next)
                .write(page, INDENT, out)?;
        }
    }
    Ok(())
}

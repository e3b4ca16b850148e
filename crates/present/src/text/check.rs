//! Text of findings: `path:line:column: severity[code]: message`, as editors and CI logs read it.

use super::page::{Line, Page, Role};
use crate::view::{CheckView, DiagnosticView};
use crate::words;
use std::io::{self, Write};

/// Writes a finding a line, its advice under it, and the counts at the end.
pub fn check(view: &CheckView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    view.diagnostics
        .iter()
        .try_for_each(|each| finding(each, page, out))?;
    let summary = &view.summary;
    let (role, verdict) = match (summary.errors, summary.warnings) {
        (0, 0) => (Role::Good, "clean"),
        (0, _) => (Role::Warning, "sound"),
        _ => (Role::Bad, "not sound"),
    };
    Line::of(role, verdict)
        .item(Role::Plain, &words::count(summary.files, "file"))
        .item(Role::Plain, &words::count(summary.errors, "error"))
        .item(Role::Plain, &words::count(summary.warnings, "warning"))
        .write(page, 0, out)
}

/// Not broken into lines: tools read a finding from one line.
fn finding(finding: &DiagnosticView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let role = if finding.severity == "error" {
        Role::Bad
    } else {
        Role::Warning
    };
    Line::of(
        Role::Quiet,
        &format!("{}:{}:{}: ", finding.path, finding.line, finding.column),
    )
    .with(role, &format!("{}[{}]", finding.severity, finding.code))
    .plain(&format!(": {}", finding.message))
    .write_unbroken(page, out)?;
    if finding.help.is_empty() {
        return Ok(());
    }
    Line::of(Role::Quiet, "  help: ")
        .plain(&finding.help)
        .write_unbroken(page, out)
}

//! Text of findings: each with its line and what is meant in it marked, or a line a finding.

use super::page::{Line, Page, Role};
use crate::view::{CheckView, DiagnosticView};
use crate::words;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::io::{self, Write};
use std::ops::Range;

/// A longer line is not shown: nobody finds anything in it.
const LONGEST: usize = 2_000;

/// Writes each finding with its line, and the counts at the end.
pub fn check(view: &CheckView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    let renderer = if page.colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(page.width);
    for finding in &view.diagnostics {
        writeln!(out, "{}\n", told(finding, &renderer))?;
    }
    counts(view, page, out)
}

/// Writes a line a finding, its advice under it, and the counts at the end: what editors and logs read.
pub fn check_short(view: &CheckView, page: &Page, out: &mut impl Write) -> io::Result<()> {
    view.diagnostics
        .iter()
        .try_for_each(|each| line(each, page, out))?;
    counts(view, page, out)
}

fn counts(view: &CheckView, page: &Page, out: &mut impl Write) -> io::Result<()> {
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

fn told(finding: &DiagnosticView, renderer: &Renderer) -> String {
    let level = if finding.severity == "error" {
        Level::ERROR
    } else {
        Level::WARNING
    };
    let title = level
        .primary_title(visible(&finding.message))
        .id(finding.code.as_str());
    let (path, line) = (visible(&finding.path), finding.line as usize);
    let shown = finding.text.as_deref().filter(|text| text.len() <= LONGEST);
    let mut group = Group::with_title(title);
    group = match shown.map(visible) {
        Some(text) => {
            let marked = AnnotationKind::Primary.span(span(finding, &text));
            let snippet = Snippet::source(text).line_start(line).path(path);
            group.element(snippet.annotation(marked))
        }
        None => {
            let origin = Origin::path(path).line(line);
            group.element(origin.char_column(finding.column as usize))
        }
    };
    if !finding.help.is_empty() {
        group = group.element(Level::HELP.message(visible(&finding.help)));
    }
    renderer.render(&[group])
}

/// The bytes of a line that a finding is about: at least a character, and never beyond its end.
fn span(finding: &DiagnosticView, text: &str) -> Range<usize> {
    let byte = |character: usize| {
        let mut starts = text.char_indices().map(|(at, _)| at);
        starts.nth(character).unwrap_or(text.len())
    };
    let start = (finding.column as usize).saturating_sub(1);
    // Of a whole line only its start is known.
    let width = match (finding.width, finding.column) {
        (0, 1) => text.chars().count(),
        (width, _) => width as usize,
    };
    let (start, end) = (byte(start), byte(start + width.max(1)));
    // What parsers call a text may end in spaces.
    let marked = text[start..end].trim_end().len();
    start..if marked == 0 { end } else { start + marked }
}

/// A text that cannot steer a terminal, character by character.
fn visible(text: &str) -> String {
    let visible = |letter: char| match letter {
        '\t' => ' ',
        _ if letter.is_control() => char::REPLACEMENT_CHARACTER,
        _ => letter,
    };
    text.chars().map(visible).collect()
}

/// Not broken: tools read a finding from one line.
fn line(finding: &DiagnosticView, page: &Page, out: &mut impl Write) -> io::Result<()> {
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

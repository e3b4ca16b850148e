//! The text of a case in rows, and what its header says where: from places back to bytes.

use super::meaning::Meaning;
use crate::fence::{self, Language};
use crate::lines::normalise;
use crate::value::{Kind, Value};
use crate::{Diagnostic, Header, Place, front_matter};
use std::ops::Range;

/// Nothing is mended on a longer row: no person wrote it, and every place in it costs its length.
const LONGEST: usize = 64 << 10;

/// A case whose front matter is YAML.
pub(super) struct Page<'a> {
    /// The whole text, as the file has it.
    pub(super) text: &'a str,
    /// The front matter.
    pub(super) header: Header,
    /// The lines between the fences.
    pub(super) lines: Range<u32>,
    /// The header between the fences, with `\n` as line break.
    pub(super) yaml: String,
    /// The bytes of every line above the body, without its break.
    rows: Vec<Range<usize>>,
    body: usize,
    body_line: u32,
    diagnostics: Vec<Diagnostic>,
}

/// A scalar as it is written on one row.
pub(super) struct Written {
    /// Its bytes.
    pub(super) whole: Range<usize>,
    /// Its bytes without quotes.
    pub(super) inner: Range<usize>,
}

impl<'a> Page<'a> {
    /// Reads a text; [`None`] if it has no YAML header, or one that is larger than a case needs.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let normal = normalise(text);
        let cut = fence::cut(&normal).filter(|cut| cut.language == Language::Yaml)?;
        let mut diagnostics = Vec::new();
        let (header, body) = front_matter::read("", &normal, &mut diagnostics);
        let too_much = diagnostics
            .iter()
            .any(|found| found.code.starts_with("too-"));
        if !header.exists() || too_much {
            return None;
        }
        let end = cut.header.end.min(body);
        let body_line = line_after(&normal[..body]);
        let rows = rows(text, body_line as usize);
        let body = rows
            .get(body_line as usize - 1)
            .map_or(text.len(), |row| row.start);
        Some(Self {
            text,
            header,
            lines: cut.line + 1..line_after(&normal[..end]),
            yaml: normal.get(cut.header.start..end)?.to_owned(),
            rows,
            body,
            body_line,
            diagnostics,
        })
    }

    /// What the header says.
    pub(super) fn meaning(&self) -> Meaning {
        Meaning::of(&self.header)
    }

    /// The body and the line where it begins.
    pub(super) fn body(&self) -> (&str, u32) {
        (&self.text[self.body..], self.body_line)
    }

    /// How much is wrong with the header's form.
    pub(super) fn troubles(&self) -> usize {
        self.diagnostics.len()
    }

    /// Whether nothing is wrong with the header's form, so that it is known where it ends and what it says.
    pub(super) fn is_sound(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// The bytes of a line, without its break.
    pub(super) fn row(&self, line: u32) -> Option<Range<usize>> {
        self.rows.get((line as usize).checked_sub(1)?).cloned()
    }

    /// The line of a byte of the header.
    pub(super) fn line_of(&self, offset: usize) -> u32 {
        self.rows.partition_point(|row| row.start <= offset) as u32
    }

    /// The byte at a place of the header.
    pub(super) fn offset(&self, place: Place) -> Option<usize> {
        let row = self.row(place.line)?;
        let text = &self.text[row.clone()];
        let characters = place.column as usize - 1;
        if text.len() > LONGEST {
            return None;
        }
        if text.is_ascii() {
            return (characters <= text.len()).then_some(row.start + characters);
        }
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        offsets.map(|at| row.start + at).nth(characters)
    }

    /// Where a scalar is written, if it stands on one row as it is read, in quotes or without.
    pub(super) fn written(&self, value: &Value) -> Option<Written> {
        let Kind::Scalar(text) = &value.kind else {
            return None;
        };
        // Widths do not help: those of quoted texts count the spaces behind.
        let start = self.offset(value.place)?;
        let rest = &self.text[start..self.row(value.place.line)?.end];
        let opening = rest.chars().next()?;
        let quoted = ['"', '\''].contains(&opening) && {
            let closing = rest[1..].strip_prefix(text.as_str());
            closing.is_some_and(|closing| closing.starts_with(opening))
        };
        let inner = start + usize::from(quoted)..start + usize::from(quoted) + text.len();
        if text.is_empty() || !(quoted || rest.starts_with(text.as_str())) {
            return None;
        }
        let whole = start..inner.end + usize::from(quoted);
        Some(Written { whole, inner })
    }
}

/// The number of the line that follows a text.
fn line_after(before: &str) -> u32 {
    let breaks = before.bytes().filter(|byte| *byte == b'\n').count() as u32;
    breaks + 1 + u32::from(!before.is_empty() && !before.ends_with('\n'))
}

/// The first rows of a text without their breaks, which are `\n`, `\r\n` or `\r`; byte order marks before the first row
/// do not count.
fn rows(text: &str, most: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    while rows.len() < most {
        let rest = &text[start..];
        let Some(length) = rest.find(['\n', '\r']) else {
            rows.push(start..text.len());
            break;
        };
        rows.push(start..start + length);
        let wide = if rest[length..].starts_with("\r\n") {
            2
        } else {
            1
        };
        start += length + wide;
    }
    rows
}

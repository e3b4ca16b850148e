//! From byte offsets to lines and columns.

use crate::Place;
use std::ops::Range;

/// Bytes between two of the counts that make columns cheap, however long a line is.
const STEP: usize = 256;

/// Where the lines of a text start.
pub(crate) struct Lines<'a> {
    text: &'a [u8],
    starts: Vec<usize>,
    /// Characters before every [`STEP`]th byte.
    counts: Vec<usize>,
    first: u32,
}

impl<'a> Lines<'a> {
    /// The lines of a text whose first line is the line `first` of its file. Lines end in `\n`.
    pub(crate) fn new(text: &'a str, first: u32) -> Self {
        let text = text.as_bytes();
        let breaks = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at + 1))
            .collect();
        let step = |sum: &mut usize, bytes: &[u8]| {
            *sum += characters(bytes);
            Some(*sum)
        };
        let counts = std::iter::once(0)
            .chain(text.chunks(STEP).scan(0, step))
            .collect();
        Self {
            text,
            starts,
            counts,
            first,
        }
    }

    /// The line of a byte offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.first + self.index(offset) as u32
    }

    /// The line and column of a byte offset; beyond the text, those of its end.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let column = self.before(offset) - self.before(self.starts[self.index(offset)]);
        Place::new(self.line(offset), column as u32 + 1)
    }

    /// The place of a range of bytes, as wide as it is on its first line.
    pub(crate) fn span(&self, span: &Range<usize>) -> Place {
        let start = span.start.min(self.text.len());
        let text = self.text.get(start..span.end.min(self.text.len()));
        let line = text.and_then(|text| text.split(|byte| *byte == b'\n').next());
        self.place(start)
            .wide(characters(line.unwrap_or_default()) as u32)
    }

    /// Characters before a byte offset.
    fn before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        self.counts[step] + characters(&self.text[step * STEP..offset])
    }

    fn index(&self, offset: usize) -> usize {
        // The first line starts at 0, so at least one start is not after the offset.
        self.starts.partition_point(|start| *start <= offset) - 1
    }
}

/// Characters that begin in some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|byte| **byte & 0b1100_0000 != 0b1000_0000)
        .count()
}

/// The text with every line break (`\r\n`, `\r`) as `\n` and without byte order marks at its start.
///
/// Lines and columns stay as an editor shows them.
pub(crate) fn normalise(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines_and_columns() {
        let long = "ç".repeat(1000);
        let text = format!("ab\nçd\n{long}");
        let lines = Lines::new(&text, 3);
        let check = |offset, line, column| {
            assert_eq!(lines.place(offset), Place::new(line, column), "{offset}");
        };
        check(0, 3, 1);
        check(2, 3, 3);
        check(3, 4, 1);
        check(5, 4, 2);
        check(7, 5, 1);
        check(7 + 2 * 600, 5, 601);
        check(9999, 5, 1001);
    }

    #[test]
    fn line_breaks_of_all_systems_are_alike() {
        for text in ["\u{feff}a\r\nb\r\n", "a\rb\r", "a\nb\n"] {
            assert_eq!(normalise(text), "a\nb\n");
        }
    }
}

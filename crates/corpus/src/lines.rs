//! From byte offsets to lines and columns.

use crate::Place;

/// Where the lines of a text start.
pub(crate) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    first: u32,
}

impl<'a> Lines<'a> {
    /// The lines of a text whose first line is the line `first` of its file. Lines end in `\n`.
    pub(crate) fn new(text: &'a str, first: u32) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(breaks.map(|(at, _)| at + 1))
            .collect();
        Self {
            text,
            starts,
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
        let start = self.starts[self.index(offset)];
        let before = self.text[start..]
            .char_indices()
            .take_while(|(at, _)| start + at < offset);
        Place::new(self.line(offset), before.count() as u32 + 1)
    }

    fn index(&self, offset: usize) -> usize {
        // The first line starts at 0, so at least one start is not after the offset.
        self.starts.partition_point(|start| *start <= offset) - 1
    }
}

/// The text with every line break (`\r\n`, `\r`) as `\n` and without byte order mark.
///
/// Lines and columns stay as an editor shows them.
pub(crate) fn normalise(text: &str) -> std::borrow::Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
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
        let lines = Lines::new("ab\nçd\n", 3);
        let at = |offset| {
            let place = lines.place(offset);
            (place.line, place.column)
        };
        assert_eq!(
            [at(0), at(2), at(3), at(4), at(5), at(7), at(99)],
            [(3, 1), (3, 3), (4, 1), (4, 1), (4, 2), (5, 1), (5, 1)]
        );
    }

    #[test]
    fn line_breaks_of_all_systems_are_alike() {
        for text in ["\u{feff}a\r\nb\r\n", "a\rb\r", "a\nb\n"] {
            assert_eq!(normalise(text), "a\nb\n");
        }
    }
}

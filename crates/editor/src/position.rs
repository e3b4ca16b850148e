//! Columns of the protocol to bytes of a line, and back.

use lsp_types::{Position, PositionEncodingKind, Range};
use serde_json::Value;

/// What a column of the protocol counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Units of UTF-16: what every editor knows.
    Utf16,
    /// Characters, as the columns of findings are.
    Utf32,
}

impl Encoding {
    /// The best of those that an editor offers in the parameters of `initialize`.
    pub(crate) fn negotiated(params: &Value) -> Self {
        let offered = params.pointer("/capabilities/general/positionEncodings");
        let mut offered = offered.and_then(Value::as_array).into_iter().flatten();
        if offered.any(|kind| kind == "utf-32") {
            Self::Utf32
        } else {
            Self::Utf16
        }
    }

    /// Its name in the protocol.
    pub(crate) fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// The byte of a line at a column; beyond the line, its end. In the middle of a character, where that starts.
    pub(crate) fn byte(self, line: &str, column: u32) -> usize {
        let mut before: u64 = 0;
        for (at, letter) in line.char_indices() {
            before += u64::from(self.width(letter));
            if before > u64::from(column) {
                return at;
            }
        }
        line.len()
    }

    /// The column of a byte of a line.
    pub(crate) fn column(self, line: &str, byte: usize) -> u32 {
        let letters = line.char_indices().take_while(|(at, _)| *at < byte);
        letters.map(|(_, letter)| self.width(letter)).sum()
    }

    /// A stretch of bytes of a line.
    pub(crate) fn range(self, index: usize, line: &str, bytes: std::ops::Range<usize>) -> Range {
        let position = |byte| Position::new(index as u32, self.column(line, byte));
        Range::new(position(bytes.start), position(bytes.end))
    }

    fn width(self, letter: char) -> u32 {
        match self {
            Self::Utf16 => letter.len_utf16() as u32,
            Self::Utf32 => 1,
        }
    }
}

/// The lines of a text as editors count them, at least one.
pub(crate) fn lines(text: &str) -> Vec<&str> {
    let lines = text.split('\n');
    lines
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_bytes_and_bytes_columns() {
        let check = |encoding: Encoding, column: u32, byte: usize| {
            let line = "aü🦓b";
            assert_eq!(encoding.byte(line, column), byte, "{encoding:?} {column}");
            assert_eq!(encoding.column(line, byte), column, "{encoding:?} {byte}");
        };
        for (column, byte) in [(0, 0), (1, 1), (2, 3), (4, 7), (5, 8)] {
            check(Encoding::Utf16, column, byte);
        }
        for (column, byte) in [(0, 0), (1, 1), (2, 3), (3, 7), (4, 8)] {
            check(Encoding::Utf32, column, byte);
        }
        assert_eq!(Encoding::Utf16.byte("🦓b", 1), 0);
        assert_eq!(Encoding::Utf16.byte("ab", u32::MAX), 2);
    }

    #[test]
    fn every_line_break_counts() {
        assert_eq!(lines("a\nb\r\nc\rd\n"), ["a", "b", "c", "d", ""]);
        assert_eq!(lines(""), [""]);
    }
}

//! Whether findings stand where a text has something.

use afield_corpus::{Diagnostic, lint};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CODES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| lint::codes().into_iter().collect());

/// The lines of a text as an editor counts them.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    /// Counts the characters of each line; any line break counts, byte order marks at the start do not.
    pub(crate) fn new(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let lines = text.split(['\n', '\r']);
        Self(lines.map(|line| line.chars().count()).collect())
    }

    /// Asserts that there is such a line, from 1.
    pub(crate) fn has(&self, line: u32) {
        assert!(
            (1..=self.0.len()).contains(&(line as usize)),
            "line {line} of {}",
            self.0.len()
        );
    }

    /// Asserts that a line has these characters; the end of the line may be pointed at.
    pub(crate) fn has_place(&self, line: u32, column: u32, width: u32) {
        self.has(line);
        let length = self.0[line as usize - 1];
        assert!(column > 0, "column 0 of line {line}");
        assert!(
            (column - 1 + width) as usize <= length,
            "{line}:{column} and {width} wide, in a line of {length}"
        );
    }

    /// Asserts that a finding is in the text, has a code that is explained, and says something.
    pub(crate) fn has_finding(&self, found: &Diagnostic) {
        self.has_place(found.line, found.column, found.width);
        assert!(CODES.contains(found.code.as_str()), "{found:?}");
        assert!(!found.message.trim().is_empty(), "{found:?}");
    }
}

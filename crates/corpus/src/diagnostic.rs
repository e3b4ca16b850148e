//! What is wrong with a file, where, and what to do about it.

use serde::{Deserialize, Serialize};

/// One finding about one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The file, relative to the corpus, with `/` between folders.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Characters that it is about, on that line; 0 where only its start is known.
    pub width: u32,
    /// The rule's stable name, such as `unknown-sector`.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// What happened: lower case, no full stop, literals in backticks, long ones cut.
    pub message: String,
    /// What to do next; may be empty.
    pub help: String,
}

impl Diagnostic {
    /// An error at a place of a file.
    pub fn error(path: &str, place: Place, code: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line: place.line,
            column: place.column,
            width: place.width,
            code: code.to_owned(),
            severity: Severity::Error,
            message: brief(message.into()),
            help: String::new(),
        }
    }

    /// A warning at a place of a file.
    pub fn warning(path: &str, place: Place, code: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(path, place, code, message)
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = brief(help.into());
        self
    }
}

/// Characters of a literal in a message; of a longer one its beginning says enough.
const LONGEST: usize = 120;

/// A message whose literals, in backticks, are not too long to be read.
fn brief(message: String) -> String {
    if message.len() <= LONGEST {
        return message;
    }
    let part = |(index, part): (usize, &str)| {
        let end = part.char_indices().map(|(at, _)| at).nth(LONGEST);
        match end.filter(|_| index % 2 == 1) {
            Some(end) => format!("{}…", &part[..end]),
            None => part.to_owned(),
        }
    };
    let parts = message.split('`').enumerate().map(part);
    parts.collect::<Vec<_>>().join("`")
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The case cannot be used as it was meant.
    Error,
    /// The case can be used, but is worse than it could be.
    Warning,
}

impl Severity {
    /// The word that answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Characters that stand there, on that line; 0 where only the start is known.
    pub width: u32,
}

impl Place {
    /// The first character of a file.
    pub const START: Self = Self {
        line: 1,
        column: 1,
        width: 0,
    };

    /// A place by line and column, both from 1.
    pub fn new(line: u32, column: u32) -> Self {
        Self {
            line,
            column,
            width: 0,
        }
    }

    /// The same with the characters that stand there.
    #[must_use]
    pub fn wide(mut self, width: u32) -> Self {
        self.width = width;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_literals_are_cut() {
        let check = |message: &str, expected: &str| {
            let found = Diagnostic::error("a.md", Place::START, "a", message).help(message);
            assert_eq!(
                (found.message, found.help),
                (expected.to_owned(), expected.to_owned())
            );
        };
        let (long, cut) = ("ä".repeat(121), format!("{}…", "ä".repeat(120)));
        check(
            "unknown sector `ä`; did you mean `a`?",
            "unknown sector `ä`; did you mean `a`?",
        );
        check(
            &format!("unknown sector `{long}`; did you mean `{long}`?"),
            &format!("unknown sector `{cut}`; did you mean `{cut}`?"),
        );
        check(&format!("words {long} `a`"), &format!("words {long} `a`"));
        check(&format!("open `{long}"), &format!("open `{cut}"));
    }
}

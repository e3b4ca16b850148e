//! What is wrong with the files of a corpus.

use afield_corpus::{Diagnostic, Severity};
use serde::Serialize;

/// All findings, by path and place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckView {
    /// The counts.
    pub summary: CheckSummary,
    /// The findings.
    pub diagnostics: Vec<DiagnosticView>,
}

impl CheckView {
    /// The view of the findings about a number of files. `line` tells a line of a file, from 1, without its end.
    pub fn new(
        files: usize,
        diagnostics: &[Diagnostic],
        mut line: impl FnMut(&str, u32) -> Option<String>,
    ) -> Self {
        let mut view = |diagnostic: &Diagnostic| {
            let text = line(&diagnostic.path, diagnostic.line);
            DiagnosticView::new(diagnostic, text)
        };
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|each| each.severity == severity)
                .count()
        };
        Self {
            summary: CheckSummary {
                files,
                errors: count(Severity::Error),
                warnings: count(Severity::Warning),
            },
            diagnostics: diagnostics.iter().map(&mut view).collect(),
        }
    }
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CheckSummary {
    /// Files that were checked.
    pub files: usize,
    /// Findings that make a case unfit.
    pub errors: usize,
    /// Findings that make a case worse than it could be.
    pub warnings: usize,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DiagnosticView {
    /// The file, relative to the corpus.
    pub path: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// Characters that it is about, on that line; 0 where only its start is known.
    pub width: u32,
    /// The line as it stands in the file; `null` where there is none.
    pub text: Option<String>,
    /// The rule's stable name.
    pub code: String,
    /// Where the documentation tells what it means and why.
    pub page: String,
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// What to do; may be empty.
    pub help: String,
}

impl DiagnosticView {
    fn new(diagnostic: &Diagnostic, text: Option<String>) -> Self {
        Self {
            path: diagnostic.path.clone(),
            line: diagnostic.line,
            column: diagnostic.column,
            width: diagnostic.width,
            text,
            code: diagnostic.code.clone(),
            page: format!("docs/rules.md#{}", diagnostic.code),
            severity: diagnostic.severity.id().to_owned(),
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
        }
    }
}

//! Findings as the protocol has them.

use crate::position::Encoding;
use afield_corpus::{Diagnostic as Finding, Severity};
use lsp_types::{Diagnostic, DiagnosticSeverity};

/// A finding about a text of these lines.
pub(crate) fn diagnostic(finding: &Finding, lines: &[&str], encoding: Encoding) -> Diagnostic {
    let index = (finding.line.max(1) as usize - 1).min(lines.len().saturating_sub(1));
    let line = lines.get(index).copied().unwrap_or_default();
    let byte = |characters: usize| {
        let mut letters = line.char_indices().skip(characters);
        letters.next().map_or(line.len(), |(at, _)| at)
    };
    let before = finding.column.max(1) as usize - 1;
    let start = byte(before);
    let end = match finding.width {
        // Only the start is known: the word that starts there.
        0 => line[start..]
            .find(char::is_whitespace)
            .map_or(line.len(), |length| start + length),
        width => byte(before + width as usize),
    };
    let message = match finding.help.as_str() {
        "" => finding.message.clone(),
        help => format!("{}\n{help}", finding.message),
    };
    Diagnostic {
        range: encoding.range(index, line, start..end),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::Error,
            Severity::Warning => DiagnosticSeverity::Warning,
        }),
        code: Some(finding.code.clone().into()),
        source: Some("afield".to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}

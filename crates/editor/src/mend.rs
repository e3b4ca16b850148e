//! Mending what needs no judgement, as an edit that the editor makes.

use crate::position::{Encoding, lines};
use afield_corpus::{Vocabulary, fix};
use lsp_types::{CodeAction, CodeActionKind, Position, Range, TextEdit, Uri, WorkspaceEdit};

/// A mend is offered twice: in the list of quick fixes, and for mending on save.
pub(crate) const KINDS: [CodeActionKind; 2] =
    [CodeActionKind::QuickFix, CodeActionKind::SourceFixAll];

/// The mend of a case, as often as its kinds are wanted.
pub(crate) fn actions(
    uri: &Uri,
    text: &str,
    only: Option<&[CodeActionKind]>,
    vocabulary: &Vocabulary,
    encoding: Encoding,
) -> Vec<CodeAction> {
    let is_wanted = |kind: &CodeActionKind| {
        let below = |wanted: &CodeActionKind| {
            let (kind, wanted) = (kind.to_string(), wanted.to_string());
            let rest = kind.strip_prefix(&wanted);
            rest.is_some_and(|rest| wanted.is_empty() || rest.is_empty() || rest.starts_with('.'))
        };
        only.is_none_or(|only| only.iter().any(below))
    };
    let kinds: Vec<CodeActionKind> = KINDS.into_iter().filter(is_wanted).collect();
    let fixed = (!kinds.is_empty()).then(|| fix(text, vocabulary).text);
    let Some(edit) = fixed.and_then(|fixed| edit(text, &fixed, encoding)) else {
        return Vec::new();
    };
    let action = |kind| CodeAction {
        title: "Mend what is safe to mend".to_owned(),
        kind: Some(kind),
        edit: Some(WorkspaceEdit {
            changes: Some([(uri.clone(), vec![edit.clone()])].into()),
            ..WorkspaceEdit::default()
        }),
        ..CodeAction::default()
    };
    kinds.into_iter().map(action).collect()
}

/// What makes a text of another, without the lines that both begin and end with; [`None`] if they are the same.
fn edit(before: &str, after: &str, encoding: Encoding) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let rows = |text| str::split_inclusive(text, '\n');
    let same = |(a, b): &(&str, &str)| a == b;
    let length = |(line, _): (&str, &str)| line.len();
    let start: usize = rows(before)
        .zip(rows(after))
        .take_while(same)
        .map(length)
        .sum();
    let ends = rows(&before[start..])
        .rev()
        .zip(rows(&after[start..]).rev());
    let end: usize = ends.take_while(same).map(length).sum();
    let position = |byte: usize| {
        let lines = lines(&before[..byte]);
        let last = lines.last().copied().unwrap_or_default();
        Position::new(lines.len() as u32 - 1, encoding.column(last, last.len()))
    };
    Some(TextEdit {
        range: Range::new(position(start), position(before.len() - end)),
        new_text: after[start..after.len() - end].to_owned(),
    })
}

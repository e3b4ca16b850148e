//! What a word of the front matter means.

use crate::front::{Front, Spot, word};
use crate::position::Encoding;
use crate::words::{key, words};
use afield_corpus::Vocabulary;
use lsp_types::{Hover, MarkupContent, MarkupKind, Position};

/// What is known of the key or id at a place of a case.
pub(crate) fn hover(
    lines: &[&str],
    position: Position,
    vocabulary: &Vocabulary,
    encoding: Encoding,
) -> Option<Hover> {
    let index = position.line as usize;
    let line = *lines.get(index)?;
    let byte = encoding.byte(line, position.character);
    let bytes = word(line, byte)?;
    let text = &line[bytes.clone()];
    let told = match Front::of(lines)?.spot(index, byte)? {
        Spot::Key { .. } => {
            let key = key(text)?;
            let need = if key.required { " (required)" } else { "" };
            format!("`{}`{need}: {}", key.name, key.about)
        }
        Spot::Value { key, .. } => {
            let words = words(key, vocabulary);
            words.iter().find(|word| word.id == text)?.markdown()
        }
    };
    Some(Hover {
        contents: markdown(told).into(),
        range: Some(encoding.range(index, line, bytes)),
    })
}

/// A text in markdown.
pub(crate) fn markdown(text: String) -> MarkupContent {
    MarkupContent::new(MarkupKind::Markdown, text)
}

//! What may be written at a place: keys that are not there yet, and words of the vocabularies.

use crate::front::{Front, Spot};
use crate::position::Encoding;
use crate::words::words;
use afield_corpus::{Vocabulary, schema};
use lsp_types::{CompletionItem, CompletionItemKind, Position, Range, TextEdit};

/// The items for a place of a case.
pub(crate) fn completion(
    lines: &[&str],
    position: Position,
    vocabulary: &Vocabulary,
    encoding: Encoding,
) -> Vec<CompletionItem> {
    let index = position.line as usize;
    let line = lines.get(index).copied().unwrap_or_default();
    let byte = encoding.byte(line, position.character);
    let Some(front) = Front::of(lines) else {
        return Vec::new();
    };
    match front.spot(index, byte) {
        Some(Spot::Key { written, signed }) => {
            let range = encoding.range(index, line, written);
            keys(&front, index, signed, range)
        }
        Some(Spot::Value {
            key,
            written,
            quoted,
        }) => {
            let range = encoding.range(index, line, written);
            // TOML has no texts without quotes.
            let quote = if front.sign == '=' && !quoted {
                "\""
            } else {
                ""
            };
            let words = words(key, vocabulary).into_iter().enumerate();
            let item = |(rank, word): (usize, crate::words::Word<'_>)| CompletionItem {
                detail: (!word.label.is_empty()).then(|| word.label.to_owned()),
                documentation: Some(crate::hover::markdown(word.markdown()).into()),
                kind: Some(CompletionItemKind::EnumMember),
                ..item(word.id, &format!("{quote}{}{quote}", word.id), rank, range)
            };
            words.map(item).collect()
        }
        None => Vec::new(),
    }
}

fn keys(front: &Front<'_>, index: usize, signed: bool, range: Range) -> Vec<CompletionItem> {
    let there: Vec<&str> = front.keys_beside(index).collect();
    let mut keys: Vec<_> = schema::keys()
        .filter(|key| !there.contains(&key.name))
        .collect();
    keys.sort_by_key(|key| !key.required);
    let after = match front.sign {
        _ if signed => "",
        ':' => ": ",
        _ => " = ",
    };
    let item = |(rank, key): (usize, schema::Key)| CompletionItem {
        detail: key.required.then(|| "required".to_owned()),
        documentation: Some(crate::hover::markdown(key.about.to_owned()).into()),
        kind: Some(CompletionItemKind::Property),
        ..item(key.name, &format!("{}{after}", key.name), rank, range)
    };
    keys.into_iter().enumerate().map(item).collect()
}

/// An item that stands at a rank of its list and is written in the place of a range.
fn item(label: &str, text: &str, rank: usize, range: Range) -> CompletionItem {
    CompletionItem {
        label: label.to_owned(),
        sort_text: Some(format!("{rank:04}")),
        text_edit: Some(TextEdit::new(range, text.to_owned()).into()),
        ..CompletionItem::default()
    }
}

//! # template-text
//!
//! ## What it does
//! Looks for text that was meant to be replaced: `TBD`, `lorem ipsum`, and the marks that programmers leave for work to come.
//!
//! ## Why
//! It would be shown to strategists as it stands.
//!
//! ## Example
//! `title: TBD`
//!
//! ## Instead
//! The title; or leave the key out until it is known.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Place};

const CODE: &str = "template-text";

/// Some are put together here: as they stand, this code would look unfinished.
const LEFT_OVER: [&str; 5] = [
    "TBD",
    "lorem ipsum",
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("X", "XX"),
];

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no text of a template is left",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let (case, header) = (&parsed.case, &parsed.header);
    let texts = [("title", &case.title), ("organisation", &case.organisation)];
    let texts = texts
        .into_iter()
        .map(|(key, text)| (header.value_place(&[key]), text.clone()));
    let lists = [("asks", &case.asks), ("pattern", &case.pattern)];
    let lists = lists.into_iter().flat_map(|(key, list)| {
        let items = list.iter().enumerate();
        items.map(move |(index, item)| (header.item_place(key, index), item.clone()))
    });
    let sections = case
        .sections
        .iter()
        .map(|section| (Place::new(section.line.max(1), 1), section.text()));
    let report = |(place, text): (Place, String)| {
        let left = left_over(&text)?;
        let message = format!("`{left}` is text of a template");
        Some(
            Diagnostic::error(&case.path, place, CODE, message)
                .help("write what is meant, or leave it out"),
        )
    };
    texts
        .chain(lists)
        .chain(sections)
        .filter_map(report)
        .collect()
}

fn left_over(text: &str) -> Option<&'static str> {
    let is_word = |at: usize, length: usize| {
        let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !joins(text[..at].chars().next_back()) && !joins(text[at + length..].chars().next())
    };
    let stands = |mark: &&&str| {
        text.match_indices(**mark)
            .any(|(at, found)| is_word(at, found.len()))
    };
    LEFT_OVER.iter().find(stands).copied()
}

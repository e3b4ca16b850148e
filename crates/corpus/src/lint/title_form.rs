//! # title-form
//!
//! ## What it does
//! Asks for a title of at most 110 characters, without the organisation's name and without a full stop.
//!
//! ## Why
//! The title is the idea in a line; it stands beside the organisation wherever it is shown, and it is what travels.
//!
//! ## Example
//! `title: Fernbank Hire lends tools instead of selling them.`
//!
//! ## Instead
//! `title: Lend the tool instead of selling it`

use super::words::{has_phrase, words};
use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "title-form";

/// Characters that still fit in two lines of a list.
const LONGEST: usize = 110;

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "the title is the idea in a line",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let (case, header) = (&parsed.case, &parsed.header);
    if !header.has("title") {
        return Vec::new();
    }
    let length = case.title.chars().count();
    let organisation = words(case.organisation.split(" (").next().unwrap_or_default());
    let mut found = Vec::new();
    let mut warn = |message: String, help: &str| {
        let place = header.value_place(&["title"]);
        found.push(Diagnostic::warning(&case.path, place, CODE, message).help(help));
    };
    if length > LONGEST {
        warn(
            format!("the title has {length} characters of {LONGEST}"),
            "say the idea in a line",
        );
    }
    if has_phrase(&words(&case.title), &organisation) {
        warn(
            "the title names the organisation".to_owned(),
            "say what was done; `organisation` says who did it",
        );
    }
    if case.title.ends_with('.') {
        warn("the title ends in a full stop".to_owned(), "leave it out");
    }
    found
}

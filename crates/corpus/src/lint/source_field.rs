//! # source-field
//!
//! ## What it does
//! Asks for `title`, `publisher` and `url` of every source.
//!
//! ## Why
//! Addresses die; a title and a publisher find the page again.
//!
//! ## Example
//! `sources: [{ url: "https://paper.example/page" }]`
//!
//! ## Instead
//! `sources: [{ title: "Seats by auction", publisher: "A newspaper", url: "https://paper.example/page" }]`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Source};

const CODE: &str = "source-field";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "every source has a title, a publisher and an address",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let report = |(index, source): (usize, &Source)| {
        let fields = [
            ("title", &source.title),
            ("publisher", &source.publisher),
            ("url", &source.url),
        ];
        let missing = fields.iter().filter(|(_, value)| value.is_empty());
        let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
        if missing.is_empty() {
            return None;
        }
        let message = format!("source {} has no `{}`", index + 1, missing.join("`, no `"));
        let place = parsed.header.item_place("sources", index);
        let help = "say who published it under which title, and where";
        Some(Diagnostic::warning(&case.path, place, CODE, message).help(help))
    };
    case.sources.iter().enumerate().filter_map(report).collect()
}

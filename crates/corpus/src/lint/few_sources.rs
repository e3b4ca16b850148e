//! # few-sources
//!
//! ## What it does
//! Asks for two sources of different publishers where `evidence` is `A` or `B`. What stands in brackets after a publisher, or
//! after `via`, is where a copy was read and does not count.
//!
//! ## Why
//! A good grade says that several agree; one publisher alone is a claim.
//!
//! ## Example
//! `evidence: B` above a single source.
//!
//! ## Instead
//! A second source of another publisher, or `evidence: C`.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Grade, Parsed};
use std::collections::BTreeSet;

const CODE: &str = "few-sources";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "the grades A and B rest on two publishers",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let Some(grade @ (Grade::A | Grade::B)) = case.evidence else {
        return Vec::new();
    };
    let names = case
        .sources
        .iter()
        .map(|source| original(&source.publisher));
    let publishers: BTreeSet<String> = names.filter(|name| !name.is_empty()).collect();
    if publishers.len() >= 2 {
        return Vec::new();
    }
    let message = format!("grade `{}` rests on one publisher", grade.id());
    let place = parsed.header.value_place(&["evidence"]);
    let diagnostic = Diagnostic::error(&case.path, place, CODE, message);
    vec![diagnostic.help("add a source of another publisher, or write `evidence: C`")]
}

/// The publisher, without the place where a copy was read.
fn original(publisher: &str) -> String {
    let name = publisher.split(" (").next().unwrap_or(publisher);
    let name = name.split(" via ").next().unwrap_or(name);
    name.trim().trim_start_matches("The ").to_lowercase()
}

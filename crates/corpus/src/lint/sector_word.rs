//! # sector-word
//!
//! ## What it does
//! Looks for names of the case's own sector, from `sectors.toml`, in `pattern`.
//!
//! ## Why
//! The pattern is the problem without its sector; a word of the sector ties it to those who know the answer already.
//!
//! ## Example
//! `pattern: [empty trains at noon]` in a case of rail.
//!
//! ## Instead
//! `pattern: [idle capacity off peak]`

use super::words::{has_phrase, words};
use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "sector-word";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no pattern has a word of its sector",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let names = context.names_of_sector(case);
    let said = |phrase: &String| {
        let phrase = words(phrase);
        names.iter().find(|name| has_phrase(&phrase, &words(name)))
    };
    let report = |(index, name): (usize, &&str)| {
        let place = parsed.header.item_place("pattern", index);
        let message = format!("the pattern names its sector: `{name}`");
        Diagnostic::warning(&case.path, place, CODE, message)
            .help("say it in words that any sector would use")
    };
    let found = case.pattern.iter().enumerate();
    let found = found.filter_map(|(index, phrase)| Some((index, said(phrase)?)));
    found.map(report).collect()
}

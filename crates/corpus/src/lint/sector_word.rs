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
    let report = |(index, phrase): (usize, &String)| {
        let name = context.sector_named_in(phrase, case)?;
        let place = parsed.header.item_place("pattern", index);
        let message = format!("the pattern names its sector: `{name}`");
        let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
        Some(diagnostic.help("say it in words that any sector would use"))
    };
    case.pattern.iter().enumerate().filter_map(report).collect()
}

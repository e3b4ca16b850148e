//! # ask-names
//!
//! ## What it does
//! Looks for the organisation's name in the `asks`.
//!
//! ## Why
//! An ask is typed by somebody of another sector who has never heard of the organisation.
//!
//! ## Example
//! `asks: [Fernbank Hire loses its customers]`
//!
//! ## Instead
//! `asks: [people borrow from each other what they used to buy from us]`

use super::words::{has_phrase, words};
use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "ask-names";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no ask names the organisation",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let name = case.organisation.split(" (").next().unwrap_or_default();
    let name = words(name);
    let report = |(index, _): (usize, &String)| {
        let place = parsed.header.item_place("asks", index);
        Diagnostic::warning(&case.path, place, CODE, "the ask names the organisation")
            .help("say the problem as a strategist elsewhere would, with `we` and `our`")
    };
    let named = case.asks.iter().enumerate();
    let named = named.filter(|(_, ask)| has_phrase(&words(ask), &name));
    named.map(report).collect()
}

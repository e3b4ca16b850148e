//! # ask-own-sector
//!
//! ## What it does
//! Asks for at least one ask that has no name of the case's own sector, from `sectors.toml`.
//!
//! ## Why
//! The case is there for other sectors, and they type other words.
//!
//! ## Example
//! `asks: [our trains are empty, passengers leave the railway]` in a case of rail.
//!
//! ## Instead
//! `asks: [our trains are empty, half of what we could sell each day goes unsold]`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "ask-own-sector";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "some asks are in the words of other sectors",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let is_own = |ask: &String| context.sector_named_in(ask, case).is_some();
    if case.asks.is_empty() || !case.asks.iter().all(is_own) {
        return Vec::new();
    }
    let place = parsed.header.place(&["asks"]);
    let message = "every ask is in the words of the case's own sector";
    let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
    vec![diagnostic.help("add the problem as a hospital, a bank or a shop would put it")]
}

//! # ask-repeats
//!
//! ## What it does
//! Finds two `asks` of a case that share three quarters of their words.
//!
//! ## Why
//! Each ask is a further way to be found; the same words again find nobody else.
//!
//! ## Example
//! `asks: [our seats are empty at noon, our seats are empty at night]`
//!
//! ## Instead
//! `asks: [our seats are empty at noon, half the rooms we pay for stand unused off season]`

use super::words::{likeness, words};
use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "ask-repeats";

/// The share of common words from which two asks say the same.
const SAME: f64 = 0.75;

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no two asks of a case say the same",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let asks: Vec<Vec<String>> = case.asks.iter().map(|ask| words(ask)).collect();
    let earlier = |index: usize| {
        let same = |other: &Vec<String>| likeness(&asks[index], other) >= SAME;
        asks[..index].iter().position(same)
    };
    let report = |(index, earlier): (usize, usize)| {
        let place = parsed.header.item_place("asks", index);
        let message = format!("ask {} says what ask {} says", index + 1, earlier + 1);
        Diagnostic::warning(&case.path, place, CODE, message)
            .help("put the problem in the words of another sector")
    };
    let repeats = (1..asks.len()).filter_map(|index| Some((index, earlier(index)?)));
    repeats.map(report).collect()
}

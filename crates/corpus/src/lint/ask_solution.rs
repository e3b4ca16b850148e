//! # ask-solution
//!
//! ## What it does
//! Looks in the `asks` for a phrase of two words or more that `mechanisms.toml` has for one of the case's own mechanisms, and for asks that open with
//! what to do (`we should`, `let us`, `how about`).
//!
//! ## Why
//! Whoever knows the solution has no need to search; an ask states the problem.
//!
//! ## Example
//! `asks: [we need a pay per use offer for our tools]` in a case of `charge-by-use`.
//!
//! ## Instead
//! `asks: [people borrow from each other what they used to buy from us]`

use super::words::{has_phrase, words};
use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "ask-solution";

/// How proposals begin.
const OPENINGS: [&str; 4] = ["we should", "let us", "how about", "why not"];

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no ask names the solution",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let mechanisms = context.around.vocabulary.mechanisms.iter();
    let own = mechanisms.filter(|entry| case.mechanism.contains(&entry.id));
    let phrases = own.flat_map(|entry| entry.aliases.iter().chain([&entry.label]));
    let phrases: Vec<(&String, Vec<String>)> =
        phrases.map(|phrase| (phrase, words(phrase))).collect();
    let named = |ask: &str| {
        let said = words(ask);
        let of_mechanism = phrases
            .iter()
            .find(|(_, phrase)| phrase.len() > 1 && has_phrase(&said, phrase));
        let opening = || {
            OPENINGS
                .into_iter()
                .find(|opening| said.starts_with(&words(opening)))
        };
        of_mechanism
            .map(|(phrase, _)| phrase.as_str())
            .or_else(opening)
    };
    let report = |(index, ask): (usize, &String)| {
        let place = parsed.header.item_place("asks", index);
        let message = format!("the ask names the solution: `{}`", named(ask)?);
        let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
        Some(diagnostic.help("say what hurts, not what would help"))
    };
    case.asks.iter().enumerate().filter_map(report).collect()
}

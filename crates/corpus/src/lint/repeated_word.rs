//! # repeated-word
//!
//! ## What it does
//! Finds the same word twice in `signals`, `pattern`, `mechanism`, `functions`, `roles`, `journey`, `channels`, `borrowed_from`,
//! `adopted_in` or `could_inspire`.
//!
//! ## Why
//! It counts once; the second was perhaps meant to be another.
//!
//! ## Example
//! `signals: [churn, trust-loss, churn]`
//!
//! ## Instead
//! `signals: [churn, trust-loss]`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "repeated-word";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no list says the same word twice",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let lists: [(&str, &[String]); 10] = [
        ("signals", &case.signals),
        ("pattern", &case.pattern),
        ("mechanism", &case.mechanism),
        ("functions", &case.functions),
        ("roles", &case.roles),
        ("journey", &case.journey),
        ("channels", &case.channels),
        ("borrowed_from", &case.borrowed_from),
        ("adopted_in", &case.adopted_in),
        ("could_inspire", &case.could_inspire),
    ];
    let report = |key: &str, index: usize, word: &String| {
        let place = parsed.header.item_place(key, index);
        let message = format!("`{word}` stands twice in `{key}`");
        Diagnostic::warning(&case.path, place, CODE, message).help("leave one of them out")
    };
    let repeats = lists.iter().flat_map(|(key, list)| {
        let again = list.iter().enumerate();
        let again = again.filter(|(index, word)| list[..*index].contains(word));
        again.map(move |(index, word)| report(key, index, word))
    });
    repeats.collect()
}

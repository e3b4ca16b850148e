//! # list-length
//!
//! ## What it does
//! Counts: three to eight `asks`, two to six phrases of `pattern`, at most eight `signals` and four `mechanism`s.
//!
//! ## Why
//! Too few find too little; too many blur what the case is about.
//!
//! ## Example
//! `pattern: [no reason to come]`
//!
//! ## Instead
//! `pattern: [no reason to come, falling visits, give a reason to visit]`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};
use std::ops::RangeInclusive;

const CODE: &str = "list-length";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "asks, patterns, signals and mechanisms are neither too few nor too many",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let lists: [(&str, usize, RangeInclusive<usize>); 4] = [
        ("asks", case.asks.len(), 3..=8),
        ("pattern", case.pattern.len(), 2..=6),
        ("signals", case.signals.len(), 1..=8),
        ("mechanism", case.mechanism.len(), 1..=4),
    ];
    // What is empty is reported as missing.
    let odd = |(_, count, range): &(&str, usize, RangeInclusive<usize>)| {
        *count > 0 && !range.contains(count)
    };
    let report = |(key, count, range): (&str, usize, RangeInclusive<usize>)| {
        let message = format!(
            "`{key}` has {count} of {} to {}",
            range.start(),
            range.end()
        );
        let place = parsed.header.place(&[key]);
        let more = count < *range.start();
        let help = if more {
            "add what is missing"
        } else {
            "keep the ones that matter most"
        };
        Diagnostic::warning(&case.path, place, CODE, message).help(help)
    };
    lists.into_iter().filter(odd).map(report).collect()
}

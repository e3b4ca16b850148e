//! # metric-source
//!
//! ## What it does
//! Checks that every metric names one of the case's sources by its number, counting from 1.
//!
//! ## Why
//! A figure is only quoted with its source.
//!
//! ## Example
//! `metrics: [{ name: seats sold, value: 90, unit: "%", source: 3 }]` in a case with two sources.
//!
//! ## Instead
//! `source: 2`, or the missing source added to `sources`.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "metric-source";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "every metric names one of the case's sources",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let count = parsed.case.sources.len();
    let report = |(index, source): (usize, Option<usize>)| {
        let message = match source {
            Some(source) if (1..=count).contains(&source) => return None,
            Some(source) => format!("metric {} points to source {source} of {count}", index + 1),
            None => format!("metric {} names no source", index + 1),
        };
        let place = parsed.header.field_place("metrics", index, "source");
        let diagnostic = Diagnostic::error(&parsed.case.path, place, CODE, message);
        Some(diagnostic.help("give the number of an entry of `sources`, counting from 1"))
    };
    parsed
        .case
        .metrics
        .iter()
        .map(|metric| metric.source)
        .enumerate()
        .filter_map(report)
        .collect()
}

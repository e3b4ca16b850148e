//! # repeated-figure
//!
//! ## What it does
//! Finds two metrics with the same name, value, unit and period.
//!
//! ## Why
//! It looks as if two things had been measured.
//!
//! ## Example
//! `metrics` with `{ name: visits, value: 12, unit: "%", period: "2015", source: 1 }` twice, the second with `source: 2`.
//!
//! ## Instead
//! One metric with the better source; the other source may stay in the list.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Metric, Parsed};

const CODE: &str = "repeated-figure";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no figure stands twice",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let same = |one: &Metric, other: &Metric| {
        (&one.name, &one.value, &one.unit, &one.period)
            == (&other.name, &other.value, &other.unit, &other.period)
    };
    let report = |(index, metric): (usize, &Metric)| {
        let earlier = case.metrics[..index]
            .iter()
            .position(|other| same(metric, other))?;
        let place = parsed.header.item_place("metrics", index);
        let message = format!("metric {} is metric {} again", index + 1, earlier + 1);
        let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
        Some(diagnostic.help("leave one of them out"))
    };
    case.metrics.iter().enumerate().filter_map(report).collect()
}

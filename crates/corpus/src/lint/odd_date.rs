//! # odd-date
//!
//! ## What it does
//! Asks that the `date` of a source is a year, a month or a day: `2016`, `2016-03`, `2016-03-17`.
//!
//! ## Why
//! The age of sources is counted from it, and no reader knows whether `03/04/16` is in March or in April.
//!
//! ## Example
//! `date: 17 March 2016`
//!
//! ## Instead
//! `date: 2016-03-17`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Period, Source};

const CODE: &str = "odd-date";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "dates of sources are years, months or days",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let report = |(index, source): (usize, &Source)| {
        let date = source.date.as_str();
        if date.is_empty() || (Period::parse(date).is_some() && !date.contains('Q')) {
            return None;
        }
        let place = parsed.header.field_place("sources", index, "date");
        let message = format!("`{date}` is no date");
        let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
        Some(diagnostic.help("write `2016`, `2016-03` or `2016-03-17`"))
    };
    case.sources.iter().enumerate().filter_map(report).collect()
}

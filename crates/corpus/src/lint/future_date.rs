//! # future-date
//!
//! ## What it does
//! Finds years in which an organisation has not acted yet, and sources that are not published yet.
//!
//! ## Why
//! A case tells what happened. A date to come is a slip, and it would make the case look pressed in years that nobody has measured.
//!
//! ## Example
//! `years: 2031-2035`, or `date: 2205-11` in a source.
//!
//! ## Instead
//! `years: 2013-2015`, and `years: 2024-` for what goes on.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Period};

const CODE: &str = "future-date";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "no year and no source lies in the future",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let (case, header, today) = (&parsed.case, &parsed.header, context.around.today);
    let years = case.years.and_then(|years| {
        let latest = years.to.unwrap_or(years.from).max(years.from);
        let message = format!("the year {latest} is still to come");
        let place = header.value_place(&["years"]);
        let help = "give the years in which it acted; `2024-` for what goes on";
        (latest > today.year())
            .then(|| Diagnostic::warning(&case.path, place, CODE, message).help(help))
    });
    let sources = case.sources.iter().enumerate();
    let sources = sources.filter_map(|(index, source)| {
        // Days are finer than this looks.
        let month = source.date.get(..7).unwrap_or(&source.date);
        let period = Period::parse(month)?;
        let message = format!("the date `{}` is still to come", source.date);
        let place = header.field_place("sources", index, "date");
        let help = "give the day on which the page was published";
        (period.start > today)
            .then(|| Diagnostic::warning(&case.path, place, CODE, message).help(help))
    });
    years.into_iter().chain(sources).collect()
}

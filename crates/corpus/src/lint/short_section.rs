//! # short-section
//!
//! ## What it does
//! Asks for at least eight words in Challenge, Idea and Outcome.
//!
//! ## Why
//! A reader of another sector has to see the problem, the mechanism and what came of it; a keyword shows none of them.
//!
//! ## Example
//! `## Outcome` followed by `Sales rose.`
//!
//! ## Instead
//! `## Outcome` followed by what rose, by how much, until when, and what else may have caused it.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Place, Section, SectionKind};

const CODE: &str = "short-section";

const FEWEST: usize = 8;

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "challenge, idea and outcome are told, not named",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let is_told = |section: &&Section| {
        let words = section.text().split_whitespace().count();
        // What is empty is reported as such.
        words == 0 || words >= FEWEST || section.kind == SectionKind::Other
    };
    let sections = parsed.case.sections.iter();
    let short = sections.filter(|section| !is_told(section));
    let report = |section: &Section| {
        let message = format!(
            "the section `{}` has fewer than {FEWEST} words",
            section.heading
        );
        let place = Place::new(section.line, 1);
        Diagnostic::warning(&parsed.case.path, place, CODE, message)
            .help("write it for somebody who has never heard of the organisation")
    };
    short.map(report).collect()
}

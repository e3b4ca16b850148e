//! # missing-section
//!
//! ## What it does
//! Asks for the sections Challenge, Idea and Outcome, each with text in it or under its sub-headings.
//!
//! ## Why
//! They are what a reader compares with the problem at hand; the search weighs each of them apart.
//!
//! ## Example
//! `## Outcome` at the end of the file, with nothing below.
//!
//! ## Instead
//! `## Outcome` and a paragraph on what happened, figures with their sources included.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Place, Section, SectionKind};

const CODE: &str = "missing-section";

/// The sections that every case needs, by kind and usual heading.
const REQUIRED: [(SectionKind, &str); 3] = [
    (SectionKind::Challenge, "Challenge"),
    (SectionKind::Idea, "Idea"),
    (SectionKind::Outcome, "Outcome"),
];

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "a case has the sections Challenge, Idea and Outcome",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let sections = &parsed.case.sections;
    let report = |(kind, name): (SectionKind, &str)| {
        let of_kind = || {
            sections
                .iter()
                .enumerate()
                .filter(|(_, section)| section.kind == kind)
        };
        if of_kind().any(|(index, _)| has_text(&sections[index..])) {
            return None;
        }
        let empty = of_kind().map(|(_, section)| section.line).next();
        let (line, state) = empty.map_or((1, "missing"), |line| (line, "empty"));
        let message = format!("the section `{name}` is {state}");
        let diagnostic = Diagnostic::error(&parsed.case.path, Place::new(line, 1), CODE, message);
        Some(diagnostic.help(format!(
            "write a heading `## {name}` and a paragraph below it"
        )))
    };
    REQUIRED.into_iter().filter_map(report).collect()
}

/// Whether the first of these sections has text, or one of those below it in the outline.
fn has_text(sections: &[Section]) -> bool {
    let Some((first, rest)) = sections.split_first() else {
        return false;
    };
    let below = rest
        .iter()
        .take_while(|section| section.level > first.level);
    std::iter::once(first)
        .chain(below)
        .any(|section| !section.blocks.is_empty())
}

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
        let empty = sections.iter().find(|section| section.kind == kind);
        let (line, state, help) = match empty {
            Some(section) => (
                section.line,
                "empty",
                "write a paragraph below its heading".to_owned(),
            ),
            None => (
                1,
                "missing",
                format!("write a heading `## {name}` and a paragraph below it"),
            ),
        };
        let message = format!("the section `{name}` is {state}");
        Diagnostic::error(&parsed.case.path, Place::new(line, 1), CODE, message).help(help)
    };
    missing(sections).map(report).collect()
}

/// The required sections that are not there or without text.
pub(super) fn missing(sections: &[Section]) -> impl Iterator<Item = (SectionKind, &'static str)> {
    REQUIRED.into_iter().filter(move |(kind, _)| {
        let mut starts = (0..sections.len()).filter(|start| sections[*start].kind == *kind);
        !starts.any(|start| has_text(&sections[start..]))
    })
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

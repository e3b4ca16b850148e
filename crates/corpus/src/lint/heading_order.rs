//! # heading-order, repeated-section
//!
//! ## What it does
//! Asks that a heading is at most one level below the one before, that Challenge, Idea and Outcome come in this order, and that each comes
//! once.
//!
//! ## Why
//! Readers and programs tell by the headings what belongs to what.
//!
//! ## Example
//! `## Challenge`, then `#### Prices`.
//!
//! ## Instead
//! `## Challenge`, then `### Prices`.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Place, Section, SectionKind};

const ORDER: &str = "heading-order";
const REPEATED: &str = "repeated-section";

/// The main sections, as they follow one another.
const MAIN: [SectionKind; 3] = [
    SectionKind::Challenge,
    SectionKind::Idea,
    SectionKind::Outcome,
];

pub(super) const RULE: Rule = Rule {
    codes: &[ORDER, REPEATED],
    summary: "headings go down a level at a time; challenge, idea and outcome follow each other, once each",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let headed = parsed
        .case
        .sections
        .iter()
        .filter(|section| section.level > 0);
    let headed: Vec<&Section> = headed.collect();
    let mut found = Vec::new();
    for (index, section) in headed.iter().enumerate() {
        let before = &headed[..index];
        if let Some((code, message, help)) = trouble(section, before) {
            let place = Place::new(section.line, 1);
            let diagnostic = Diagnostic::warning(&parsed.case.path, place, code, message);
            found.push(diagnostic.help(help));
        }
    }
    found
}

fn trouble(section: &Section, before: &[&Section]) -> Option<(&'static str, String, &'static str)> {
    let heading = &section.heading;
    if let Some(last) = before.last()
        && section.level > last.level + 1
    {
        let message = format!("the heading `{heading}` skips a level");
        return Some((ORDER, message, "go down one level at a time"));
    }
    let rank = MAIN.iter().position(|kind| *kind == section.kind)?;
    if before.iter().any(|other| other.kind == section.kind) {
        let message = format!("`{heading}` is a second section of its kind");
        return Some((REPEATED, message, "put both under one heading"));
    }
    let later = |other: &&Section| MAIN[rank + 1..].contains(&other.kind);
    let late = before.iter().find(|other| later(other))?;
    let message = format!("`{heading}` stands after `{}`", late.heading);
    Some((
        ORDER,
        message,
        "write challenge, idea, outcome in this order",
    ))
}

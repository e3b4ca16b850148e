//! # unmeasured-figure
//!
//! ## What it does
//! Looks in the section Outcome for numbers with a per cent sign, a currency or a word such as `million` that no metric carries.
//!
//! ## Why
//! A figure in the prose has no source of its own; as a metric it has one.
//!
//! ## Example
//! `Sales rose by 14 %.` without a metric of value 14.
//!
//! ## Instead
//! `metrics: [{ name: sales growth, value: 14, unit: "%", period: "2015", source: 1 }]`

use super::{Check, Context, Rule};
use crate::{Case, Diagnostic, Parsed, Place, SectionKind};

const CODE: &str = "unmeasured-figure";

/// What makes a number before it a figure.
const UNITS: [&str; 10] = [
    "%", "per", "percent", "million", "billion", "bn", "m", "points", "times", "thousand",
];

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "figures of the outcome stand in the metrics too",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let sections = case
        .sections
        .iter()
        .filter(|section| section.kind == SectionKind::Outcome);
    let known = numbers_of(case);
    let report = |section: &crate::Section| {
        let text = section.text();
        let missing: Vec<String> = figures(&text)
            .into_iter()
            .filter(|figure| !known.contains(figure))
            .collect();
        if missing.is_empty() {
            return None;
        }
        let message = format!("no metric carries `{}`", missing.join("`, `"));
        let place = Place::new(section.line, 1);
        let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
        Some(diagnostic.help("add a metric with its source for each, or say it without the number"))
    };
    sections.filter_map(report).collect()
}

/// All numbers that metrics speak of, in values, units, names and periods.
fn numbers_of(case: &Case) -> Vec<String> {
    let texts = case.metrics.iter().map(|metric| {
        format!(
            "{} {} {} {}",
            metric.name, metric.value, metric.unit, metric.period
        )
    });
    texts
        .flat_map(|text| numbers(&text).into_iter().map(|(number, _)| number))
        .collect()
}

/// The numbers of a text that are figures.
fn figures(text: &str) -> Vec<String> {
    let numbers = numbers(text);
    let is_figure = |(_, at): &(String, usize)| {
        let before = text[..*at].chars().next_back();
        let after = text[*at..]
            .trim_start_matches(|letter: char| letter.is_ascii_digit() || ",.".contains(letter));
        let unit = after.split_whitespace().next().unwrap_or_default();
        let unit =
            unit.trim_end_matches(|letter: char| letter.is_ascii_punctuation() && letter != '%');
        before.is_some_and(|letter| "$£€¥₹".contains(letter)) || UNITS.contains(&unit)
    };
    let figures = numbers.iter().filter(|number| is_figure(number));
    figures.map(|(number, _)| number.clone()).collect()
}

/// The numbers of a text without thousands separators and trailing zeros, each with the byte it starts at.
fn numbers(text: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()) {
        let start = at + start;
        let part = |letter: char| letter.is_ascii_digit() || letter == ',' || letter == '.';
        let end = text[start..]
            .find(|letter| !part(letter))
            .map_or(text.len(), |end| start + end);
        let number = text[start..end]
            .trim_end_matches([',', '.'])
            .replace(',', "");
        let number = match number.contains('.') {
            true => number
                .trim_end_matches('0')
                .trim_end_matches('.')
                .to_owned(),
            false => number,
        };
        found.push((number, start));
        at = end;
    }
    found
}

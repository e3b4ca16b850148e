//! # unknown-outcome, unknown-evidence
//!
//! ## What it does
//! Checks that `outcome` is one of `worked`, `mixed`, `failed`, `unknown`, and `evidence` one of `A`, `B`, `C`, `D`.
//!
//! ## Why
//! Both decide how far an idea is trusted; any other word counts as not known.
//!
//! ## Example
//! `outcome: success`
//!
//! ## Instead
//! `outcome: worked`

use super::{Check, Context, Rule};
use crate::value::Value;
use crate::{Diagnostic, Grade, Outcome, Parsed};

pub(super) const RULE: Rule = Rule {
    codes: &["unknown-outcome", "unknown-evidence"],
    summary: "outcome and evidence are words of their scales",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let outcomes = Outcome::ALL.map(Outcome::id).join("`, `");
    let grades = Grade::ALL.map(Grade::id).join("`, `");
    let outcome = unknown(parsed, "outcome", &outcomes, |word| {
        Outcome::resolve(word).is_ok()
    });
    let evidence = unknown(parsed, "evidence", &grades, |word| {
        Grade::resolve(word).is_ok()
    });
    outcome.into_iter().chain(evidence).collect()
}

fn unknown(
    parsed: &Parsed,
    key: &str,
    words: &str,
    is_known: impl Fn(&str) -> bool,
) -> Option<Diagnostic> {
    let items = parsed.header.value(&[key])?.items();
    let word = items
        .iter()
        .find(|item| !item.is_blank())
        .and_then(Value::as_text)?;
    let report = || {
        let place = parsed.header.value_place(&[key]);
        let (code, message) = (format!("unknown-{key}"), format!("unknown {key} `{word}`"));
        Diagnostic::error(&parsed.case.path, place, &code, message)
            .help(format!("write one of `{words}`"))
    };
    (!is_known(&word)).then(report)
}

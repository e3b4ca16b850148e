//! # missing-caveat
//!
//! ## What it does
//! Asks for a `caveat` where `evidence` is `C` or `D`.
//!
//! ## Why
//! A weak grade has a reason, and whoever quotes the case has to know it.
//!
//! ## Example
//! `evidence: C` and no `caveat`.
//!
//! ## Instead
//! `caveat: "All figures are the organisation's own."`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Grade, Parsed};

const CODE: &str = "missing-caveat";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "a weak grade says why it is weak",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let Some(grade @ (Grade::C | Grade::D)) = case.evidence else {
        return Vec::new();
    };
    if case.caveat.is_some() {
        return Vec::new();
    }
    let message = format!("grade `{}` without a `caveat`", grade.id());
    let place = parsed.header.value_place(&["evidence"]);
    let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
    vec![diagnostic.help("say what a careful reader must know before quoting it")]
}

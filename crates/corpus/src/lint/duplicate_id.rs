//! # duplicate-id
//!
//! ## What it does
//! Finds cases, entries of a vocabulary or figures with the same id. Of vocabularies, ids in other letters are the same.
//!
//! ## Why
//! The id names a case in answers and links for ever; of two with one id only the first in path order is found.
//!
//! ## Example
//! `cases/air/seat-auction.md` and `cases/rail/seat-auction.md`.
//!
//! ## Instead
//! Give the later file a name of its own, such as `cases/rail/berth-auction.md`.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Place};

const CODE: &str = "duplicate-id";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "every case has an id of its own",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let first = context
        .ids
        .get(case.id.as_str())
        .filter(|first| **first != case.path);
    let report = |first: &&str| {
        let message = format!("id `{}` is taken by `{first}`", case.id);
        Diagnostic::error(&case.path, Place::START, CODE, message)
            .help("rename one of the two files")
    };
    first.map(report).into_iter().collect()
}

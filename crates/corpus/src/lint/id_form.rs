//! # id-form
//!
//! ## What it does
//! Asks that the file's name is a slug: small letters, digits and single hyphens.
//!
//! ## Why
//! The name is the id: it is typed on command lines, stands in addresses and never changes.
//!
//! ## Example
//! `cases/rail/Seat Auction!.md`
//!
//! ## Instead
//! `cases/rail/seat-auction.md`

use super::{Check, Context, Rule};
use crate::slug::slug;
use crate::{Diagnostic, Parsed, Place};

const CODE: &str = "id-form";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "the id is a slug",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    // In a folder without `cases/` the id is a path.
    if !case.path.starts_with("cases/") || is_slug(&case.id) {
        return Vec::new();
    }
    let message = format!("the id `{}` is no slug", case.id);
    let diagnostic = Diagnostic::warning(&case.path, Place::START, CODE, message);
    vec![diagnostic.help(format!("call the file `{}.md`", slug(&case.id)))]
}

fn is_slug(id: &str) -> bool {
    let is_word = |word: &str| {
        let mut letters = word.bytes();
        !word.is_empty() && letters.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    id.split('-').all(is_word)
}

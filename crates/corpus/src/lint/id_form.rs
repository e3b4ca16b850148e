//! # id-form
//!
//! ## What it does
//! Asks that the file's name is a slug: small letters, digits and single hyphens; and that the ids of vocabularies are.
//!
//! ## Why
//! The name is the id: it is typed on command lines, stands in addresses and never changes. So are sectors and signals.
//!
//! ## Example
//! `cases/rail/Seat Auction!.md`
//!
//! ## Instead
//! `cases/rail/seat-auction.md`

use super::{Check, Context, Rule};
use crate::slug::{is_slug, slug};
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
    vec![diagnostic.help(match slug(&case.id).as_str() {
        "" => "call the file by small letters, digits and hyphens".to_owned(),
        slug => format!("call the file `{slug}.md`"),
    })]
}

//! # sector-folder
//!
//! ## What it does
//! Asks that a case in `cases/<sector>/` is of that sector, where the folder's name is a sector's id.
//!
//! ## Why
//! Somebody who looks for it looks there.
//!
//! ## Example
//! `sector: rail-transit` in `cases/banking/seat-auction.md`
//!
//! ## Instead
//! The same file in `cases/rail-transit/`.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "sector-folder";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "a case lies in the folder of its sector",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let folder = case
        .path
        .strip_prefix("cases/")
        .and_then(|path| path.split_once('/'));
    let (Some((folder, _)), Some(sector)) = (folder, case.sector.as_deref()) else {
        return Vec::new();
    };
    let is_sector = |id: &str| {
        context
            .around
            .vocabulary
            .sectors
            .iter()
            .any(|known| known.id == id)
    };
    if folder == sector || !is_sector(folder) || !is_sector(sector) {
        return Vec::new();
    }
    let message = format!("a case of `{sector}` in the folder of `{folder}`");
    let place = parsed.header.value_place(&["sector"]);
    let diagnostic = Diagnostic::warning(&case.path, place, CODE, message);
    vec![diagnostic.help(format!(
        "move the file to `cases/{sector}/`, or write `sector: {folder}`"
    ))]
}

//! # missing-key
//!
//! ## What it does
//! Asks for the keys that every case needs: `title`, `organisation`, `sector`, `years`, `signals`, `pattern`, `asks`,
//! `mechanism`, `outcome`, `evidence` and `sources`. An empty value counts as missing.
//!
//! ## Why
//! Without them a case is found by its words alone, and nobody can tell how far to trust it.
//!
//! ## Example
//! `sector:` with nothing after it.
//!
//! ## Instead
//! `sector: rail-transit`

use super::{Context, Rule};
use crate::{Diagnostic, Parsed};

const CODE: &str = "missing-key";

/// The keys that every case needs, in the order of the format.
const REQUIRED: [&str; 11] = [
    "title",
    "organisation",
    "sector",
    "years",
    "signals",
    "pattern",
    "asks",
    "mechanism",
    "outcome",
    "evidence",
    "sources",
];

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "a case has all required keys",
    check,
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let header = &parsed.header;
    let error = |key: &str, message| {
        Diagnostic::error(&parsed.case.path, header.place(&[key]), CODE, message)
    };
    if !header.exists() {
        let keys = REQUIRED.map(|key| format!("`{key}`")).join(", ");
        let help = format!("open the file with a line `---`, the keys {keys}, and a line `---`");
        return vec![error("", "the front matter is missing".to_owned()).help(help)];
    }
    // A key that cannot be read is reported as such.
    let missing = REQUIRED
        .into_iter()
        .filter(|key| !header.has(key) && !header.is_unread(key));
    missing
        .map(|key| {
            let empty = header.keys().any(|given| given == key);
            error(
                key,
                format!("`{key}` is {}", if empty { "empty" } else { "missing" }),
            )
        })
        .collect()
}

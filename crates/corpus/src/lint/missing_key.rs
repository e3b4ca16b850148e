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

use super::{Check, Context, Rule};
use crate::header::REQUIRED;
use crate::{Diagnostic, Parsed};

const CODE: &str = "missing-key";

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "a case has all required keys",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let header = &parsed.header;
    let error = |key: &str, message| {
        Diagnostic::error(&parsed.case.path, header.place(&[key]), CODE, message)
    };
    if !header.exists() {
        let keys = REQUIRED.map(|(key, _)| format!("`{key}`")).join(", ");
        let help = format!("open the file with a line `---`, the keys {keys}, and a line `---`");
        return vec![error("", "the front matter is missing".to_owned()).help(help)];
    }
    let missing = header.missing().map(|(key, holds)| {
        let empty = header.keys().any(|given| given == key);
        let state = if empty { "empty" } else { "missing" };
        error(key, format!("`{key}` is {state}")).help(format!("write `{key}:` and {holds}"))
    });
    missing.collect()
}

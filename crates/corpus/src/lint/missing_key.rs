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
use crate::{Diagnostic, Parsed};

const CODE: &str = "missing-key";

/// The keys that every case needs, in the order of the format, each with what may stand behind it.
pub(super) const REQUIRED: [(&str, &str); 11] = [
    ("title", "the idea in a line"),
    ("organisation", "who acted"),
    ("sector", "an id of `sectors.toml`"),
    ("years", "when it acted, such as `2012-2017`"),
    ("signals", "ids of `signals.toml`, such as `[churn]`"),
    (
        "pattern",
        "two to six phrases for the problem, without a word of the sector",
    ),
    (
        "asks",
        "three to eight sentences in which other sectors would type the problem",
    ),
    (
        "mechanism",
        "ids of `mechanisms.toml`, such as `[charge-by-use]`",
    ),
    ("outcome", "`worked`, `mixed`, `failed` or `unknown`"),
    ("evidence", "`A`, `B`, `C` or `D`"),
    (
        "sources",
        "a list of pages that were read, each with `title`, `publisher`, `url`",
    ),
];

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
    // A key that cannot be read is reported as such.
    let missing = REQUIRED
        .into_iter()
        .filter(|(key, _)| !header.has(key) && !header.is_unread(key));
    missing
        .map(|(key, holds)| {
            let empty = header.keys().any(|given| given == key);
            let state = if empty { "empty" } else { "missing" };
            error(key, format!("`{key}` is {state}")).help(format!("write `{key}:` and {holds}"))
        })
        .collect()
}

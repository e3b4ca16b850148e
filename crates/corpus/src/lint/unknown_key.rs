//! # unknown-key
//!
//! ## What it does
//! Warns of keys that afield does not read, at the top and within metrics and sources.
//!
//! ## Why
//! What stands under a misspelt key is lost without a trace.
//!
//! ## Example
//! `mechanisms: [auction-the-rest]`
//!
//! ## Instead
//! `mechanism: [auction-the-rest]`

use super::{Check, Context, Rule};
use crate::header::{KEYS, METRIC_FIELDS, SOURCE_FIELDS};
use crate::{Diagnostic, Parsed, Place, nearest};

const CODE: &str = "unknown-key";

/// Keys of other formats that mean one of ours but are not spelt like it.
const SYNONYMS: [(&str, &str); 4] = [
    ("result", "outcome"),
    ("results", "outcome"),
    ("company", "organisation"),
    ("industry", "sector"),
];

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "every key is one that afield reads",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, _: &Context<'_>) -> Vec<Diagnostic> {
    let warning = |key: &str, place: Place, meant: Option<&str>| {
        let message = format!("unknown key `{key}`: it is not read");
        let diagnostic = Diagnostic::warning(&parsed.case.path, place, CODE, message);
        match meant {
            Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
            None => diagnostic,
        }
    };
    let keys = parsed
        .header
        .unknown_keys()
        .map(|(key, place)| warning(key, place, meant(key)));
    let fields = parsed.header.unknown_fields().map(|(field, place)| {
        warning(
            field,
            place,
            nearest(field, METRIC_FIELDS.into_iter().chain(SOURCE_FIELDS)),
        )
    });
    keys.chain(fields).collect()
}

fn meant(key: &str) -> Option<&'static str> {
    let synonym = SYNONYMS
        .iter()
        .find(|(synonym, _)| key.eq_ignore_ascii_case(synonym));
    synonym
        .map(|(_, meant)| *meant)
        .or_else(|| nearest(key, KEYS.iter().map(|(key, _)| *key)))
}

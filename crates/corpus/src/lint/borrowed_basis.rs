//! # borrowed-basis, borrowed-sector
//!
//! ## What it does
//! Asks for `borrowed_basis` where `borrowed_from` is given, and for nothing but `stated-in-source` or
//! `comparison-by-commentator` in it. Asks that entries of `borrowed_from`, `adopted_in` and `could_inspire` open with the id of a
//! sector; a note may follow in brackets.
//!
//! ## Why
//! Where an idea came from is a claim like any other: a reader must know who makes it, and a program which sector it means.
//!
//! ## Example
//! `borrowed_from: [motor racing]` and nothing else.
//!
//! ## Instead
//! `borrowed_from: [leisure-sport (motor racing)]` and `borrowed_basis: stated-in-source`; an analogy of your own goes to
//! `could_inspire`.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed};

const BASIS: &str = "borrowed-basis";
const SECTOR: &str = "borrowed-sector";

/// What `borrowed_basis` may say.
pub(crate) const BASES: [&str; 2] = ["stated-in-source", "comparison-by-commentator"];

pub(super) const RULE: Rule = Rule {
    codes: &[BASIS, SECTOR],
    summary: "where an idea came from and went names a sector, and on what ground",
    check: Check::Case(check),
};

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let case = &parsed.case;
    let lists: [(&str, &[String]); 3] = [
        ("borrowed_from", &case.borrowed_from),
        ("adopted_in", &case.adopted_in),
        ("could_inspire", &case.could_inspire),
    ];
    let foreign = |entry: &str| {
        let known = &context.around.vocabulary.sectors;
        let id = entry.split(" (").next().unwrap_or(entry);
        !known.is_empty() && known.iter().all(|sector| sector.id != id)
    };
    let sectors = lists.iter().flat_map(|(key, list)| {
        let entries = list.iter().enumerate();
        let entries = entries.filter(|(_, entry)| foreign(entry));
        entries.map(|(index, entry)| {
            let place = parsed.header.item_place(key, index);
            let message = format!("`{entry}` does not open with the id of a sector");
            Diagnostic::warning(&case.path, place, SECTOR, message).help(advice(entry, context))
        })
    });
    sectors.chain(basis(parsed)).collect()
}

fn advice(entry: &str, context: &Context<'_>) -> String {
    match context.around.vocabulary.resolve_sector(entry) {
        Ok(found) if found.leaves == [found.id.as_str()] => format!("write `{}`", found.id),
        _ => format!("write `<sector> ({entry})`, with an id of `sectors.toml`"),
    }
}

fn basis(parsed: &Parsed) -> Option<Diagnostic> {
    let case = &parsed.case;
    let words = BASES.join("` or `");
    let (place, message) = match case.borrowed_basis.as_deref() {
        Some(basis) if !BASES.contains(&basis) => (
            parsed.header.value_place(&["borrowed_basis"]),
            format!("unknown ground `{basis}`"),
        ),
        None if !case.borrowed_from.is_empty() => (
            parsed.header.place(&["borrowed_from"]),
            "`borrowed_from` without `borrowed_basis`".to_owned(),
        ),
        Some(_) if case.borrowed_from.is_empty() => (
            parsed.header.place(&["borrowed_basis"]),
            "`borrowed_basis` without `borrowed_from`".to_owned(),
        ),
        _ => return None,
    };
    let help = match case.borrowed_from.as_slice() {
        [] => "say where the idea came from, or leave the ground out".to_owned(),
        _ => format!("write `{words}`, or move it to `could_inspire`"),
    };
    Some(Diagnostic::error(&case.path, place, BASIS, message).help(help))
}

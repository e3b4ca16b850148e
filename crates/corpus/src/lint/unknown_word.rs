//! # unknown-sector, unknown-signal, unknown-mechanism, unknown-function, unknown-role, unknown-stage
//!
//! ## What it does
//! Checks the ids of `sector`, `signals`, `mechanism`, `functions`, `roles` and `journey` against the vocabularies. A
//! vocabulary that is empty is not asked. Labels, aliases and groups are no ids.
//!
//! ## Why
//! Filters, stress and distance go by these ids; a case with another word falls out of them.
//!
//! ## Example
//! `signals: [footfal-decline]`
//!
//! ## Instead
//! `signals: [footfall-decline]`

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Place, Resolved, Unknown, Vocabulary};

pub(super) const RULE: Rule = Rule {
    codes: &[
        "unknown-sector",
        "unknown-signal",
        "unknown-mechanism",
        "unknown-function",
        "unknown-role",
        "unknown-stage",
    ],
    summary: "sectors, signals, mechanisms, functions, roles and journey stages are in the vocabularies",
    check: Check::Case(check),
};

type Resolve = fn(&Vocabulary, &str) -> Result<Resolved, Unknown>;

fn check(parsed: &Parsed, context: &Context<'_>) -> Vec<Diagnostic> {
    let (case, header) = (&parsed.case, &parsed.header);
    let lists: [(&str, &str, &[String], Resolve); 5] = [
        (
            "signals",
            "unknown-signal",
            &case.signals,
            Vocabulary::resolve_signal,
        ),
        (
            "mechanism",
            "unknown-mechanism",
            &case.mechanism,
            Vocabulary::resolve_mechanism,
        ),
        (
            "functions",
            "unknown-function",
            &case.functions,
            Vocabulary::resolve_function,
        ),
        (
            "roles",
            "unknown-role",
            &case.roles,
            Vocabulary::resolve_role,
        ),
        (
            "journey",
            "unknown-stage",
            &case.journey,
            Vocabulary::resolve_stage,
        ),
    ];
    let unknown = |place: Place, code: &str, word: &str, resolve: Resolve| {
        let (message, help) = trouble(word, resolve(context.around.vocabulary, word))?;
        Some(Diagnostic::error(&case.path, place, code, message).help(help))
    };
    let sector = case.sector.iter().filter_map(|sector| {
        unknown(
            header.value_place(&["sector"]),
            "unknown-sector",
            sector,
            Vocabulary::resolve_sector,
        )
    });
    let words = lists.into_iter().flat_map(|(key, code, words, resolve)| {
        let place = move |index| header.item_place(key, index);
        words
            .iter()
            .enumerate()
            .filter_map(move |(index, word)| unknown(place(index), code, word, resolve))
    });
    sector.chain(words).collect()
}

/// What is wrong with a word and what to write, if it is not the id of a member.
fn trouble(word: &str, resolved: Result<Resolved, Unknown>) -> Option<(String, String)> {
    match resolved {
        Ok(found) if found.leaves != [found.id.as_str()] => {
            let members = found.leaves.join("`, `");
            Some((
                format!("`{word}` is a group"),
                format!("write one of its members: `{members}`"),
            ))
        }
        Ok(found) if found.id == word => None,
        Ok(found) => Some((
            format!("`{word}` is no id"),
            format!("write `{}`", found.id),
        )),
        Err(unknown) => {
            let help = unknown
                .nearest
                .as_ref()
                .map(|near| format!("did you mean `{near}`?"));
            Some((
                format!("unknown {} `{word}`", unknown.what),
                help.unwrap_or_default(),
            ))
        }
    }
}

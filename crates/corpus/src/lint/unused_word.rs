//! # unused-word
//!
//! ## What it does
//! Names entries of the vocabularies of signals and mechanisms that no case uses. It is silent where fewer than twenty cases are there.
//!
//! ## Why
//! A word that nobody uses is a hole in the corpus, or a word too many.
//!
//! ## Example
//! `[[mechanism]]` with `id = "auction-the-rest"`, and no case with `mechanism: [auction-the-rest]`.
//!
//! ## Instead
//! A case that works this way; or the vocabulary without the entry.

use super::{Check, Context, Rule};
use crate::{Diagnostic, Parsed, Place, load};
use std::collections::BTreeSet;

const CODE: &str = "unused-word";

/// A corpus of fewer cases is only starting.
const FEWEST: usize = 20;

pub(super) const RULE: Rule = Rule {
    codes: &[CODE],
    summary: "every signal and every mechanism has a case",
    check: Check::Corpus(check),
};

fn check(cases: &[Parsed], context: &Context<'_>) -> Vec<Diagnostic> {
    if cases.len() < FEWEST {
        return Vec::new();
    }
    let used = |words: fn(&Parsed) -> &[String]| -> BTreeSet<&str> {
        cases.iter().flat_map(words).map(String::as_str).collect()
    };
    let vocabulary = context.around.vocabulary;
    let signals = vocabulary.signals.iter().map(|signal| signal.id.as_str());
    let mechanisms = vocabulary.mechanisms.iter().map(|entry| entry.id.as_str());
    let (by_signal, by_mechanism) = (
        used(|parsed| &parsed.case.signals),
        used(|parsed| &parsed.case.mechanism),
    );
    let signals = signals.filter(|id| !by_signal.contains(id));
    let mechanisms = mechanisms.filter(|id| !by_mechanism.contains(id));
    let signals = signals.map(|id| report(context, "signals.toml", id));
    let mechanisms = mechanisms.map(|id| report(context, "mechanisms.toml", id));
    signals.chain(mechanisms).collect()
}

fn report(context: &Context<'_>, path: &str, id: &str) -> Diagnostic {
    let text = context
        .around
        .root
        .and_then(|root| load::read(root, path).ok());
    let line = text.and_then(|text| {
        let is_entry = |line: &str| {
            let value = line.trim().strip_prefix("id")?.trim().strip_prefix('=')?;
            (value.trim().trim_matches(['"', '\'']) == id).then_some(())
        };
        text.text.lines().position(|line| is_entry(line).is_some())
    });
    let place = Place::new(line.map_or(1, |line| line as u32 + 1), 1);
    Diagnostic::warning(path, place, CODE, format!("no case uses `{id}`"))
        .help("write a case that does, or leave the entry out")
}

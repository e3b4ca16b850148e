//! What a curator should set right: the table of rules, and the run over a corpus.

mod broken_link;
mod duplicate_id;
mod metric_source;
mod missing_key;
mod missing_section;
mod unknown_key;
mod unknown_value;
mod unknown_word;

use crate::load::{self, LoadError, Walk};
use crate::{Diagnostic, Parsed, Place, Vocabulary, load_catalogue};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A rule: what it is called, and what it says of a case.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Rule {
    /// The codes of its diagnostics.
    pub codes: &'static [&'static str],
    /// What it asks for, in a sentence without full stop.
    pub summary: &'static str,
    check: fn(&Parsed, &Context<'_>) -> Vec<Diagnostic>,
}

/// All rules, by their first code. Parsing and the catalogue have codes of their own.
pub const RULES: [Rule; 8] = [
    broken_link::RULE,
    duplicate_id::RULE,
    metric_source::RULE,
    missing_key::RULE,
    missing_section::RULE,
    unknown_key::RULE,
    unknown_value::RULE,
    unknown_word::RULE,
];

/// What a rule knows beside the case.
struct Context<'a> {
    vocabulary: &'a Vocabulary,
    /// The path of the first case with an id.
    ids: BTreeMap<&'a str, &'a str>,
    /// Paths of all markdown files.
    files: &'a BTreeSet<String>,
}

/// What [`check`] found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckReport {
    /// How many markdown files were checked, those that could not be read included.
    pub files: usize,
    /// The findings by path, line, column and code.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads and checks a whole corpus: every case, the vocabularies and the observations.
///
/// # Errors
///
/// If the folder cannot be walked; trouble with single files is a diagnostic.
pub fn check(root: &Path) -> Result<CheckReport, LoadError> {
    let walk = load::walk(root)?;
    let (catalogue, mut diagnostics) = load_catalogue(root, &walk);
    let mut failed = walk.failed.clone();
    let mut cases = Vec::with_capacity(walk.cases.len());
    for found in &walk.cases {
        match load::read_case(root, found) {
            Ok(parsed) => cases.push(parsed),
            Err(failure) => failed.push(failure),
        }
    }
    let unread = failed
        .iter()
        .map(|failed| Diagnostic::error(&failed.path, Place::START, failed.code, &failed.reason));
    diagnostics.extend(unread);
    diagnostics.extend(lint(&cases, &catalogue.vocabulary, &files(&walk)));
    diagnostics.sort();
    Ok(CheckReport {
        files: cases.len() + failed.len(),
        diagnostics,
    })
}

/// Paths of all markdown files of a walk, skipped ones included.
fn files(walk: &Walk) -> BTreeSet<String> {
    let cases = walk.cases.iter().map(|found| &found.path);
    let skipped = walk.skipped.iter().map(|skipped| &skipped.path);
    let failed = walk.failed.iter().map(|failed| &failed.path);
    cases.chain(skipped).chain(failed).cloned().collect()
}

/// Checks cases against one another and a vocabulary; what parsing reported is part of the answer.
///
/// `files` are the paths that links may lead to. The findings are in the order of path, line, column and code.
pub fn lint(
    cases: &[Parsed],
    vocabulary: &Vocabulary,
    files: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut ids = BTreeMap::new();
    for parsed in cases {
        ids.entry(parsed.case.id.as_str())
            .or_insert(parsed.case.path.as_str());
    }
    let context = Context {
        vocabulary,
        ids,
        files,
    };
    let mut diagnostics = Vec::new();
    for parsed in cases {
        diagnostics.extend(parsed.diagnostics.iter().cloned());
        diagnostics.extend(RULES.iter().flat_map(|rule| (rule.check)(parsed, &context)));
    }
    diagnostics.sort();
    diagnostics
}

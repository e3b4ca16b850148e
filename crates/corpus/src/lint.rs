//! What a curator should set right: the table of rules, and the run over a corpus.

mod ask_names;
mod ask_own_sector;
mod ask_repeats;
mod ask_solution;
mod borrowed_basis;
mod broken_link;
mod duplicate_id;
mod few_sources;
mod future_date;
mod heading_order;
mod id_form;
mod list_length;
mod metric_source;
mod missing_caveat;
mod missing_key;
mod missing_section;
mod near_duplicate;
mod odd_date;
mod reading;
mod repeated_figure;
mod repeated_word;
mod sector_folder;
mod sector_word;
mod short_section;
mod source_field;
mod template_text;
mod title_form;
mod unknown_key;
mod unknown_value;
mod unknown_word;
mod unmeasured_figure;
mod unused_word;
mod url_form;
mod words;

pub(crate) use url_form::untracked;

use crate::draft::SECTIONS;
use crate::load::{self, LoadError, Walk};
use crate::{Case, Diagnostic, Month, Parsed, Place, Vocabulary, load_catalogue};
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
    check: Check,
}

/// The codes of all findings, in order: those of the rules, and those of reading files.
pub fn codes() -> Vec<&'static str> {
    let rules = RULES.iter().flat_map(|rule| rule.codes);
    let mut codes: Vec<&str> = rules.chain(&reading::CODES).copied().collect();
    codes.sort_unstable();
    codes
}

pub(crate) use borrowed_basis::BASES;

/// The keys that every case needs, in the order of the format.
pub(crate) fn required_keys() -> Vec<&'static str> {
    crate::header::REQUIRED
        .iter()
        .map(|(key, _)| *key)
        .collect()
}

/// What a case still needs: the required keys that are missing or empty, then the required sections without text, by the names
/// that [`crate::Slot::named`] takes.
pub fn missing(parsed: &Parsed) -> Vec<&'static str> {
    let keys = parsed.header.missing().map(|(key, _)| key);
    let sections = missing_section::missing(&parsed.case.sections);
    let sections = sections.filter_map(|(kind, _)| {
        let named = SECTIONS.iter().find(|(_, known)| *known == kind);
        named.map(|(name, _)| *name)
    });
    keys.chain(sections).collect()
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
enum Check {
    /// A case.
    Case(fn(&Parsed, &Context<'_>) -> Vec<Diagnostic>),
    /// All cases at once.
    Corpus(fn(&[Parsed], &Context<'_>) -> Vec<Diagnostic>),
}

/// All rules, by their first code. Parsing and the catalogue have codes of their own.
pub const RULES: [Rule; 32] = [
    ask_names::RULE,
    ask_own_sector::RULE,
    ask_repeats::RULE,
    ask_solution::RULE,
    borrowed_basis::RULE,
    broken_link::RULE,
    duplicate_id::RULE,
    few_sources::RULE,
    future_date::RULE,
    heading_order::RULE,
    id_form::RULE,
    list_length::RULE,
    metric_source::RULE,
    missing_caveat::RULE,
    missing_key::RULE,
    missing_section::RULE,
    near_duplicate::RULE,
    odd_date::RULE,
    repeated_figure::RULE,
    repeated_word::RULE,
    sector_folder::RULE,
    sector_word::RULE,
    short_section::RULE,
    source_field::RULE,
    template_text::RULE,
    title_form::RULE,
    unknown_key::RULE,
    unknown_value::RULE,
    unknown_word::RULE,
    unmeasured_figure::RULE,
    unused_word::RULE,
    url_form::RULE,
];

/// What is around the cases that are checked.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The corpus, where vocabularies are looked up by line; without it their findings stand at their first.
    pub root: Option<&'a Path>,
    /// The words to tag with.
    pub vocabulary: &'a Vocabulary,
    /// Paths of all markdown files, which links may lead to.
    pub files: &'a BTreeSet<String>,
    /// The month in which it is checked.
    pub today: Month,
}

/// What a rule knows beside the case.
struct Context<'a> {
    around: Surroundings<'a>,
    /// The path of the first case with an id.
    ids: BTreeMap<&'a str, &'a str>,
    /// The path of the first case that says nearly the same, by that of the later one.
    twins: BTreeMap<&'a str, &'a str>,
}

impl<'a> Context<'a> {
    fn new(cases: &'a [Parsed], around: Surroundings<'a>) -> Self {
        let mut ids = BTreeMap::new();
        for parsed in cases {
            ids.entry(parsed.case.id.as_str())
                .or_insert(parsed.case.path.as_str());
        }
        Self {
            around,
            ids,
            twins: near_duplicate::twins(cases),
        }
    }

    /// A name of the case's own sector, its label or an alias, that stands in a text.
    fn sector_named_in(&self, text: &str, case: &Case) -> Option<&'a str> {
        let text = words::words(text);
        let mut names = self.names_of_sector(case).into_iter();
        names.find(|name| words::has_phrase(&text, &words::words(name)))
    }

    fn names_of_sector(&self, case: &Case) -> Vec<&'a str> {
        let mut sectors = self.around.vocabulary.sectors.iter();
        let own = sectors.find(|sector| Some(&sector.id) == case.sector.as_ref());
        own.into_iter()
            .flat_map(|sector| sector.aliases.iter().chain([&sector.label]))
            .map(String::as_str)
            .collect()
    }
}

/// What [`check`] found.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct CheckReport {
    /// How many markdown files were checked, those that could not be read included.
    pub files: usize,
    /// The findings by path, line, column and code.
    pub diagnostics: Vec<Diagnostic>,
    /// The cases that could be read.
    pub cases: Vec<Case>,
    /// The vocabularies they were checked against.
    pub vocabulary: Vocabulary,
}

/// The files of a corpus, read and not linted yet.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Corpus {
    /// The cases that could be read, by path.
    pub cases: Vec<Parsed>,
    /// How many markdown files were met as cases, those that could not be read included.
    pub checked: usize,
    /// The words to tag with.
    pub vocabulary: Vocabulary,
    /// Paths of all markdown files, which links may lead to.
    pub files: BTreeSet<String>,
    /// What is wrong with vocabularies and observations, and with files that could not be read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Corpus {
    /// Reads every case, the vocabularies and the observations.
    ///
    /// # Errors
    ///
    /// If the folder cannot be walked; trouble with single files is a diagnostic.
    pub fn read(root: &Path) -> Result<Self, LoadError> {
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
        let unread = failed.iter().map(|failed| {
            Diagnostic::error(&failed.path, Place::START, failed.code, &failed.reason)
        });
        diagnostics.extend(unread);
        Ok(Self {
            checked: cases.len() + failed.len(),
            cases,
            vocabulary: catalogue.vocabulary,
            files: files(&walk),
            diagnostics,
        })
    }

    /// All findings, by path, line, column and code; `root` is where it was read from.
    pub fn lint(&self, root: &Path, today: Month) -> Vec<Diagnostic> {
        let around = Surroundings {
            root: Some(root),
            vocabulary: &self.vocabulary,
            files: &self.files,
            today,
        };
        let mut diagnostics = lint(&self.cases, around);
        diagnostics.extend(self.diagnostics.iter().cloned());
        diagnostics.sort();
        diagnostics
    }
}

/// Reads and checks a whole corpus: every case, the vocabularies and the observations. What lies after `today` is
/// still to come.
///
/// # Errors
///
/// If the folder cannot be walked; trouble with single files is a diagnostic.
pub fn check(root: &Path, today: Month) -> Result<CheckReport, LoadError> {
    let corpus = Corpus::read(root)?;
    let diagnostics = corpus.lint(root, today);
    let cases = corpus.cases.into_iter().map(|parsed| parsed.case);
    Ok(CheckReport {
        files: corpus.checked,
        diagnostics,
        cases: cases.collect(),
        vocabulary: corpus.vocabulary,
    })
}

/// Paths of all markdown files of a walk, skipped ones included.
fn files(walk: &Walk) -> BTreeSet<String> {
    let cases = walk.cases.iter().map(|found| &found.path);
    let skipped = walk.skipped.iter().map(|skipped| &skipped.path);
    let failed = walk.failed.iter().map(|failed| &failed.path);
    cases.chain(skipped).chain(failed).cloned().collect()
}

/// Checks cases against one another and what is around them; what parsing reported is part of the answer.
///
/// The findings are in the order of path, line, column and code.
pub fn lint(cases: &[Parsed], around: Surroundings<'_>) -> Vec<Diagnostic> {
    let context = Context::new(cases, around);
    let parsing = cases.iter().flat_map(|parsed| &parsed.diagnostics);
    let mut diagnostics: Vec<Diagnostic> = parsing.cloned().collect();
    for rule in &RULES {
        match rule.check {
            Check::Case(check) => {
                diagnostics.extend(cases.iter().flat_map(|parsed| check(parsed, &context)));
            }
            Check::Corpus(check) => diagnostics.extend(check(cases, &context)),
        }
    }
    diagnostics.sort();
    diagnostics
}

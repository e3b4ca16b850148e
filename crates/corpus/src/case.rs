//! A case study as plain values.
//!
//! The serde derives are for the cache that the index keeps; what users and programs read is made of the views
//! in `afield-present`.

use crate::{Unknown, nearest};
use serde::{Deserialize, Serialize};

/// One case study: one organisation, one idea, what pressed it, what came of it.
///
/// Reading is lenient, so every field may be missing: text is then empty, lists are empty, and what has a
/// natural "not known" is [`None`] (or [`Outcome::Unknown`]).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Case {
    /// The slug, unique in the corpus; the file's stem, or its relative path in a folder without `cases/`.
    pub id: String,
    /// Where the file is, relative to the corpus, with `/` between folders.
    pub path: String,
    /// Front matter, else the first heading, else the file name. Never empty.
    pub title: String,
    /// Who acted.
    pub organisation: String,
    /// Sector id as written; not checked against the vocabulary.
    pub sector: Option<String>,
    /// A finer sector in free words.
    pub subsector: Option<String>,
    /// When it acted.
    pub years: Option<Years>,
    /// Where in the world.
    pub region: Option<String>,
    /// Ids of the stress signals it acted under.
    pub signals: Vec<String>,
    /// The problem in two to six domain-free phrases.
    pub pattern: Vec<String>,
    /// The problem as strategists of other sectors would type it.
    pub asks: Vec<String>,
    /// Ids of the mechanisms: how the idea works.
    pub mechanism: Vec<String>,
    /// Ids of the business functions that had to work together.
    pub functions: Vec<String>,
    /// Ids of the roles in the customer-experience ecosystem.
    pub roles: Vec<String>,
    /// Ids of the journey stages it changed.
    pub journey: Vec<String>,
    /// Channels it used, in free words.
    pub channels: Vec<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// How well the outcome is evidenced.
    pub evidence: Option<Grade>,
    /// Figures, each with its source.
    pub metrics: Vec<Metric>,
    /// What must be in place before the idea can work.
    pub needs: Vec<String>,
    /// Conditions under which it works.
    pub works_when: Vec<String>,
    /// Conditions under which it breaks.
    pub breaks_when: Vec<String>,
    /// Sectors or fields the idea was taken from.
    pub borrowed_from: Vec<String>,
    /// On what ground `borrowed_from` is said.
    pub borrowed_basis: Option<String>,
    /// Sectors that have taken the idea up.
    pub adopted_in: Vec<String>,
    /// Sectors it could help, in the curators' judgement.
    pub could_inspire: Vec<String>,
    /// Ids of the cases this one took its idea from.
    pub inspired_by: Vec<String>,
    /// What a careful reader must know before quoting it.
    pub caveat: Option<String>,
    /// Where the facts come from; metrics point here, counting from 1.
    pub sources: Vec<Source>,
    /// The body, cut at its headings, in file order.
    pub sections: Vec<Section>,
}

impl Case {
    /// The first section of a kind.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }
}

/// The first and last year in which an organisation acted, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Years {
    /// First year.
    pub from: i32,
    /// Last year; [`None`] while it goes on.
    pub to: Option<i32>,
}

impl Years {
    /// A span of years; `to` is [`None`] while it goes on.
    pub fn new(from: i32, to: Option<i32>) -> Self {
        Self { from, to }
    }
}

/// What came of an idea.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Outcome {
    /// It did what it was meant to do.
    Worked,
    /// Some of it did, or for some time.
    Mixed,
    /// It did not.
    Failed,
    /// Nothing reliable is known.
    #[default]
    Unknown,
}

impl Outcome {
    /// All outcomes, best first.
    pub const ALL: [Self; 4] = [Self::Worked, Self::Mixed, Self::Failed, Self::Unknown];

    /// The word that files and answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Worked => "worked",
            Self::Mixed => "mixed",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    /// The outcome that a text means, in any case of letters.
    ///
    /// # Errors
    /// When it means none; the error names the nearest.
    pub fn resolve(text: &str) -> Result<Self, Unknown> {
        by_id("outcome", text, Self::ALL, Self::id)
    }
}

/// How well an outcome is evidenced (after Nesta's standards of evidence and GRADE, simplified).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grade {
    /// Controlled trial, peer review, official statistics or audited accounts.
    A,
    /// Independent press, several agreeing.
    B,
    /// The organisation's own claim.
    C,
    /// Legend.
    D,
}

impl Grade {
    /// All grades, best first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// The letter that files and answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    /// The grade that a text means, in any case of letters.
    ///
    /// # Errors
    /// When it means none.
    pub fn resolve(text: &str) -> Result<Self, Unknown> {
        by_id("evidence grade", text, Self::ALL, Self::id)
    }
}

fn by_id<T: Copy, const N: usize>(
    what: &'static str,
    text: &str,
    all: [T; N],
    id: fn(T) -> &'static str,
) -> Result<T, Unknown> {
    let found = all
        .into_iter()
        .find(|&one| id(one).eq_ignore_ascii_case(text.trim()));
    found.ok_or_else(|| Unknown {
        what,
        text: text.to_owned(),
        nearest: nearest(text, all.map(id)).map(str::to_owned),
    })
}

/// One figure of an outcome.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Metric {
    /// What was measured.
    pub name: String,
    /// The figure, as written.
    pub value: String,
    /// Its unit, such as `%`; may be empty.
    pub unit: String,
    /// When it was measured, in free words; may be empty.
    pub period: String,
    /// The source it comes from, counting from 1.
    pub source: Option<usize>,
}

/// Where a fact comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// Title of the page or paper.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where it is; may be empty.
    pub url: String,
    /// When it was published, as written; may be empty.
    pub date: String,
}

/// A part of the body under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Section {
    /// What it is for, told from its heading.
    pub kind: SectionKind,
    /// The heading's text; empty before the first heading.
    pub heading: String,
    /// The heading's level, 1 to 6; 0 before the first heading.
    pub level: u8,
    /// The heading's line in the file, from 1.
    pub line: u32,
    /// Paragraphs, list items, code blocks and table rows as plain text, in order.
    pub blocks: Vec<Block>,
}

impl Section {
    /// The text of all blocks, a line each.
    pub fn text(&self) -> String {
        let blocks: Vec<&str> = self
            .blocks
            .iter()
            .map(|block| block.text.as_str())
            .collect();
        blocks.join("\n")
    }
}

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SectionKind {
    /// The problem the organisation had.
    Challenge,
    /// How the idea works.
    Idea,
    /// What came of it.
    Outcome,
    /// How another sector could use it.
    CarryOver,
    /// Anything else.
    Other,
}

impl SectionKind {
    /// The word that answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Challenge => "challenge",
            Self::Idea => "idea",
            Self::Outcome => "outcome",
            Self::CarryOver => "carry-over",
            Self::Other => "body",
        }
    }
}

/// A paragraph, list item, code block or table row as plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Block {
    /// The text without markup, white space folded, on one line.
    pub text: String,
    /// Its first line in the file, from 1.
    pub line: u32,
}

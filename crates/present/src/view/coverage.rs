//! What a corpus has and lacks: the grid of signals and sectors, and what to write next.

use super::Tag;
use crate::words;
use afield_corpus::{Case, Grade, Month, Outcome, Vocabulary};
use afield_rank::StressModel;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Fewer cases than these are thin.
const THIN_SECTOR: usize = 8;
const THIN_SIGNAL: usize = 8;
const THIN_MECHANISM: usize = 4;
/// A mechanism that is known from fewer sectors is thin as well.
const THIN_SPREAD: usize = 3;
/// A sector under a signal that presses it harder than this, without a case, is a hole.
const PRESSED: f64 = 0.3;
/// A case whose newest source is older than this many years is ageing.
const OLD_YEARS: i32 = 10;

/// What a corpus has and lacks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoverageView {
    /// The month as of which stress and age are read, such as `2020-06`.
    pub as_of: String,
    /// Cases.
    pub cases: usize,
    /// The sectors of the vocabulary, and of cases, by id.
    pub sectors: Vec<CoveredSector>,
    /// The signals of the vocabulary, and of cases, fewest cases first.
    pub signals: Vec<CoveredWord>,
    /// The mechanisms of the vocabulary, and of cases, fewest cases first.
    pub mechanisms: Vec<CoveredWord>,
    /// Cases by signal and sector, those that are not 0, by signal, then sector.
    pub grid: Vec<Cell>,
    /// Signals that press a sector today without a case of it, hardest pressed first.
    pub holes: Vec<Hole>,
    /// How old the sources are.
    pub sources: SourceAges,
}

/// A sector and its cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoveredSector {
    /// The sector.
    pub sector: Tag,
    /// Its cases.
    pub cases: usize,
    /// Whether these are few: below 8.
    pub thin: bool,
    /// Its cases by outcome.
    pub outcomes: BTreeMap<&'static str, usize>,
    /// Its cases by grade; those without one are missing.
    pub grades: BTreeMap<&'static str, usize>,
}

/// A signal or a mechanism and its cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoveredWord {
    /// Its id and label.
    pub word: Tag,
    /// Its cases.
    pub cases: usize,
    /// The sectors they are of.
    pub sectors: usize,
    /// Whether these are few: a signal with fewer than 8 cases, a mechanism with fewer than 4 or from fewer than 3 sectors.
    pub thin: bool,
}

/// The cases of a sector under a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Id of the signal.
    pub signal: String,
    /// Id of the sector.
    pub sector: String,
    /// Cases, at least 1.
    pub cases: usize,
}

/// A signal that presses a sector, and no case of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hole {
    /// The sector.
    pub sector: Tag,
    /// The signal.
    pub signal: Tag,
    /// How hard it presses, from 0.3 to 1, rounded to two places.
    pub stress: f64,
}

/// How old sources are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct SourceAges {
    /// All sources.
    pub sources: usize,
    /// Those with a date.
    pub dated: usize,
    /// The middle year of those.
    pub median_year: Option<i32>,
    /// Ids of cases whose newest dated source is more than ten years old.
    pub ageing: Vec<String>,
}

impl CoverageView {
    /// The view of these cases on a date.
    pub fn new(cases: &[Case], vocabulary: &Vocabulary, model: &StressModel, as_of: Month) -> Self {
        let listed = vocabulary.sectors.iter().map(|sector| &sector.id);
        let sectors: BTreeSet<&String> = listed
            .chain(cases.iter().filter_map(|case| case.sector.as_ref()))
            .collect();
        let grid = grid(cases);
        let signals = vocabulary.signals.iter().map(|signal| &signal.id);
        let mechanisms = vocabulary.mechanisms.iter().map(|entry| &entry.id);
        let is_thin =
            |word: &CoveredWord| word.cases < THIN_MECHANISM || word.sectors < THIN_SPREAD;
        Self {
            as_of: as_of.to_string(),
            cases: cases.len(),
            sectors: sectors
                .iter()
                .map(|id| sector(cases, vocabulary, id))
                .collect(),
            signals: covered(
                cases,
                signals,
                |case| &case.signals,
                |id| words::signal(vocabulary, id),
                |word| word.cases < THIN_SIGNAL,
            ),
            mechanisms: covered(
                cases,
                mechanisms,
                |case| &case.mechanism,
                |id| words::mechanism(vocabulary, id),
                is_thin,
            ),
            holes: holes(&grid, vocabulary, model, as_of),
            grid: cells(grid),
            sources: ages(cases, as_of),
        }
    }

    /// The cases of a sector under a signal.
    pub fn cell(&self, signal: &str, sector: &str) -> usize {
        let found = self
            .grid
            .iter()
            .find(|cell| cell.signal == signal && cell.sector == sector);
        found.map_or(0, |cell| cell.cases)
    }
}

fn sector(cases: &[Case], vocabulary: &Vocabulary, id: &str) -> CoveredSector {
    let own: Vec<&Case> = cases
        .iter()
        .filter(|case| case.sector.as_deref() == Some(id))
        .collect();
    let count = |of: &dyn Fn(&Case) -> bool| own.iter().filter(|case| of(case)).count();
    let outcomes =
        Outcome::ALL.map(|outcome| (outcome.id(), count(&|case| case.outcome == outcome)));
    let grades = Grade::ALL.map(|grade| (grade.id(), count(&|case| case.evidence == Some(grade))));
    CoveredSector {
        sector: Tag::new(id, words::sector(vocabulary, id)),
        cases: own.len(),
        thin: own.len() < THIN_SECTOR,
        outcomes: outcomes.into(),
        grades: grades.into(),
    }
}

type Grid<'a> = BTreeMap<(&'a str, &'a str), usize>;

/// Cases by signal and sector.
fn grid(cases: &[Case]) -> Grid<'_> {
    let mut grid = Grid::new();
    for case in cases {
        let Some(sector) = case.sector.as_deref() else {
            continue;
        };
        let signals: BTreeSet<&str> = case.signals.iter().map(String::as_str).collect();
        for signal in signals {
            *grid.entry((signal, sector)).or_default() += 1;
        }
    }
    grid
}

fn cells(grid: Grid<'_>) -> Vec<Cell> {
    let cell = |((signal, sector), cases): ((&str, &str), usize)| Cell {
        signal: signal.to_owned(),
        sector: sector.to_owned(),
        cases,
    };
    grid.into_iter().map(cell).collect()
}

/// The words of a vocabulary, and those of cases, with the cases that have them, fewest first, then by id.
fn covered<'a>(
    cases: &'a [Case],
    listed: impl Iterator<Item = &'a String>,
    words: impl Fn(&Case) -> &[String],
    label: impl Fn(&str) -> String,
    is_thin: impl Fn(&CoveredWord) -> bool,
) -> Vec<CoveredWord> {
    let mut by_word: BTreeMap<&str, Vec<&Case>> =
        listed.map(|id| (id.as_str(), Vec::new())).collect();
    for case in cases {
        let own: BTreeSet<&str> = words(case).iter().map(String::as_str).collect();
        for word in own {
            by_word.entry(word).or_default().push(case);
        }
    }
    let entry = |(id, cases): (&str, Vec<&Case>)| {
        let sectors: BTreeSet<&str> = cases
            .iter()
            .filter_map(|case| case.sector.as_deref())
            .collect();
        let word = CoveredWord {
            word: Tag::new(id, label(id)),
            cases: cases.len(),
            sectors: sectors.len(),
            thin: false,
        };
        CoveredWord {
            thin: is_thin(&word),
            ..word
        }
    };
    let mut covered: Vec<CoveredWord> = by_word.into_iter().map(entry).collect();
    covered.sort_by_key(|entry| entry.cases);
    covered
}

fn holes(grid: &Grid<'_>, vocabulary: &Vocabulary, model: &StressModel, as_of: Month) -> Vec<Hole> {
    let mut holes = Vec::new();
    for sector in model.sectors() {
        let pressing = model.sector(sector, as_of).map(|stress| stress.signals);
        for signal in pressing.into_iter().flatten() {
            let known = grid.contains_key(&(signal.signal.as_str(), sector));
            if known || signal.value < PRESSED {
                continue;
            }
            holes.push(Hole {
                sector: Tag::new(sector, words::sector(vocabulary, sector)),
                signal: Tag::new(&signal.signal, words::signal(vocabulary, &signal.signal)),
                stress: (signal.value * 100.0).round() / 100.0,
            });
        }
    }
    holes.sort_by(|left, right| {
        let ids = |hole: &Hole| (hole.sector.id.clone(), hole.signal.id.clone());
        right
            .stress
            .total_cmp(&left.stress)
            .then_with(|| ids(left).cmp(&ids(right)))
    });
    holes
}

fn ages(cases: &[Case], as_of: Month) -> SourceAges {
    let year = |date: &str| date.get(..4)?.parse::<i32>().ok();
    let years = |case: &Case| -> Vec<i32> {
        case.sources
            .iter()
            .filter_map(|source| year(&source.date))
            .collect()
    };
    let mut all: Vec<i32> = cases.iter().flat_map(years).collect();
    all.sort_unstable();
    let is_old = |case: &&Case| {
        let newest = years(case).into_iter().max();
        newest.is_some_and(|newest| as_of.year() - newest > OLD_YEARS)
    };
    SourceAges {
        sources: cases.iter().map(|case| case.sources.len()).sum(),
        dated: all.len(),
        median_year: all.get(all.len() / 2).copied(),
        ageing: cases
            .iter()
            .filter(is_old)
            .map(|case| case.id.clone())
            .collect(),
    }
}

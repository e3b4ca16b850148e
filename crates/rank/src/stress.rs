//! How hard a sector is pressed on a date, from dated figures, explained by them.
//!
//! | step | formula | range |
//! | --- | --- | --- |
//! | severity of a figure | `s = w / (w + half)`, see [`severity`] | 0 to below 1 |
//! | freshness of a figure | `f = 2^(-months / half_life)` after the end of its period, 1 within it | above 0 to 1 |
//! | signal, over its series | `Σ f · (s · f) / Σ f` | 0 to below 1 |
//! | sector, over its signals from the worst down | `1 - Π (1 - s_k)^(1/2^k)`, k = 0, 1, 2 … | 0 to below 1 |
//!
//! On a date one figure of each series is in force: of those whose period holds the date the one with the shortest
//! period, else the one that ended last. A figure counts from the first month of its period, so a yearly figure
//! speaks for the whole of its year; a figure whose period begins later is not known yet.
//!
//! **A sector that is observed more does not look more pressed for it.** More series of one signal are averaged, and
//! an old series has little weight in the average: it neither presses nor dilutes. More signals join by noisy-or
//! (Pearl 1988), with exponents 1, ½, ¼ … from the worst down, which add up to less than 2: however many signals are
//! measured, the sector is pressed at least as hard as its worst signal and at most `1 - (1 - worst)²`.
//!
//! How well a sector is observed is said apart, in [`Observed`]. A sector without a counted figure in the last five
//! years is not observed at all, which is not the same as not pressed. Not measured here: figures that change from year
//! to year (kind *change*) are not chained, so a weak recovery after a collapse reads as relief unless the figure is
//! stated against the year before the collapse.

mod measured;
pub mod severity;

use afield_corpus::{Figure, Month, Period, Series, Vocabulary, Years};
use measured::Measured;
use severity::WINDOW;
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub use severity::Harm;

/// How far the value must move within a year to be called rising or falling.
const TREND: f64 = 0.05;

/// Figures and series within five years from which a sector counts as well observed, and as thinly below.
const WELL: (usize, usize) = (15, 6);
const THIN: (usize, usize) = (5, 2);

/// The stress of all sectors, at any date. Built once for a corpus.
#[derive(Debug, Clone, Default)]
pub struct StressModel {
    sectors: BTreeMap<String, Vec<Measured>>,
    /// Stress in the middle of each year in which a sector is observed, made once: what most cases are asked about.
    midyears: BTreeMap<String, Vec<(Month, f64)>>,
}

/// How hard a sector is pressed on a date.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SectorStress {
    /// 0 not pressed, towards 1 pressed hard.
    pub value: f64,
    /// Against twelve months earlier, over the months that figures speak of.
    pub trend: Trend,
    /// Its signals, worst first, then by id.
    pub signals: Vec<SignalStress>,
    /// How well it is observed.
    pub observed: Observed,
}

/// How hard one signal presses a sector on a date.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct SignalStress {
    /// The signal's id.
    pub signal: String,
    /// 0 not pressed, towards 1 pressed hard.
    pub value: f64,
}

/// Where stress is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trend {
    /// Up by more than 0.05 within twelve months.
    Rising,
    /// Neither, or nothing was observed twelve months earlier.
    Steady,
    /// Down by more than 0.05 within twelve months.
    Falling,
}

impl Trend {
    /// The word that answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Steady => "steady",
            Self::Falling => "falling",
        }
    }
}

/// How well a sector is observed: what counted in the five years up to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Observed {
    /// In a word.
    pub degree: Degree,
    /// Figures that count.
    pub figures: usize,
    /// Series they belong to.
    pub series: usize,
}

/// How well a sector is observed, in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Degree {
    /// Fewer than 5 figures or 2 series: one more figure could change the picture.
    Thin,
    /// Between the two.
    Some,
    /// At least 15 figures in 6 series.
    Well,
}

impl Degree {
    /// The word that answers use.
    pub fn id(self) -> &'static str {
        match self {
            Self::Thin => "thin",
            Self::Some => "some",
            Self::Well => "well",
        }
    }
}

/// A figure with what it says on a date.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ObservedFigure<'model> {
    /// The series it belongs to.
    pub series: &'model Series,
    /// The figure.
    pub figure: &'model Figure,
    /// How much worse it is than what it is compared with; [`None`] where there is nothing to compare it with.
    pub harm: Option<Harm>,
    /// What it read when it was new, 0 to below 1.
    pub severity: Option<f64>,
    /// The same with its age, 0 to below 1.
    pub severity_now: Option<f64>,
    /// Whether it is the one figure of its series that counts on the date.
    pub in_force: bool,
}

impl StressModel {
    /// Reads each series on the scale of its signal. Series of a signal that the vocabulary does not know have no
    /// severity: their figures are shown, and not counted.
    pub fn new(vocabulary: &Vocabulary, series: &[Series]) -> Self {
        let mut sectors: BTreeMap<String, Vec<Measured>> = BTreeMap::new();
        for series in series {
            let signal = vocabulary
                .signals
                .iter()
                .find(|signal| signal.id == series.signal);
            let measured = Measured::new(series.clone(), signal.map(|signal| signal.scale.clone()));
            sectors
                .entry(series.sector.clone())
                .or_default()
                .push(measured);
        }
        let mut model = Self {
            sectors,
            midyears: BTreeMap::new(),
        };
        model.midyears = model
            .sectors()
            .map(|id| (id.to_owned(), model.midyears_of(id)))
            .collect();
        model
    }

    fn midyears_of(&self, id: &str) -> Vec<(Month, f64)> {
        let periods = || {
            self.series(id)
                .iter()
                .flat_map(Measured::counted)
                .map(|(figure, _)| figure.period)
        };
        let first = periods().map(|period| period.start).min();
        let last = periods().map(|period| period.end).max();
        let years = first
            .zip(last)
            .map(|(first, last)| first.year()..=last.plus(WINDOW).year());
        let months = years.into_iter().flatten().map(midyear);
        months
            .filter_map(|month| Some((month, self.value(id, month)?)))
            .collect()
    }

    /// The ids of the sectors that have figures, counted or not.
    pub fn sectors(&self) -> impl Iterator<Item = &str> {
        self.sectors.keys().map(String::as_str)
    }

    /// How hard a sector is pressed on a date; [`None`] where nothing that counts was observed in the five years before.
    pub fn sector(&self, id: &str, as_of: Month) -> Option<SectorStress> {
        let signals = self.signals(id, as_of)?;
        let value = joined(&signals);
        let seen = self.last_observed(id, as_of);
        let before = self.value(id, seen.plus(-12));
        let now = self.value(id, seen).unwrap_or(value);
        let signals = signals.into_iter().map(|(signal, value)| SignalStress {
            signal: signal.to_owned(),
            value,
        });
        Some(SectorStress {
            value,
            trend: trend(before, now),
            signals: signals.collect(),
            observed: self.observed(id, as_of),
        })
    }

    /// The date, or the last month that a figure speaks of where that is earlier: stress that only fades because nobody has
    /// measured since is not falling.
    fn last_observed(&self, id: &str, as_of: Month) -> Month {
        let counted = self.series(id).iter().flat_map(Measured::counted);
        let begun = counted.filter(|(figure, _)| figure.period.start <= as_of);
        let last = begun.map(|(figure, _)| figure.period.end).max();
        last.map_or(as_of, |last| last.min(as_of))
    }

    /// The value alone of [`StressModel::sector`].
    pub fn value(&self, id: &str, as_of: Month) -> Option<f64> {
        self.signals(id, as_of).map(|signals| joined(&signals))
    }

    /// How hard a sector was pressed in a span of years: the mean of its stress in the middle of each year, none later than
    /// `today`. [`None`] where it was observed in none of them.
    pub fn during(&self, id: &str, years: Years, today: Month) -> Option<f64> {
        self.during_with(id, years, today, || self.value(id, today))
    }

    /// The same where the stress today is known already.
    pub(crate) fn during_with(
        &self,
        id: &str,
        years: Years,
        today: Month,
        now: impl FnOnce() -> Option<f64>,
    ) -> Option<f64> {
        let to = years.to.unwrap_or(i32::MAX).max(years.from);
        let acted = |month: Month| (years.from..=to).contains(&month.year());
        let past = self
            .midyears
            .get(id)?
            .iter()
            .filter(|(month, _)| *month <= today && acted(*month));
        // A year of which the middle is still to come is read today.
        let current = acted(today) && midyear(today.year()) > today;
        let current = current.then(now).flatten();
        let values: Vec<f64> = past.map(|(_, value)| *value).chain(current).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    /// The stress of a sector from one month to another, both included, a value every `step_months` (at least 1);
    /// months in which it is not observed are left out.
    pub fn curve(&self, id: &str, from: Month, to: Month, step_months: i32) -> Vec<(Month, f64)> {
        let months = (0..=to.since(from)).step_by(step_months.max(1) as usize);
        months
            .map(|step| from.plus(step))
            .filter_map(|month| Some((month, self.value(id, month)?)))
            .collect()
    }

    /// The figures of a sector that had begun by a date, newest first, counted or not.
    pub fn observations(&self, id: &str, as_of: Month) -> Vec<ObservedFigure<'_>> {
        let mut figures: Vec<ObservedFigure<'_>> = self
            .series(id)
            .iter()
            .flat_map(|measured| measured.observations(as_of))
            .collect();
        figures.sort_by(|left, right| {
            let key = |seen: &ObservedFigure<'_>| {
                Reverse((seen.figure.period.end, seen.figure.period.start))
            };
            key(left)
                .cmp(&key(right))
                .then_with(|| left.figure.id.cmp(&right.figure.id))
        });
        figures
    }

    fn series(&self, id: &str) -> &[Measured] {
        self.sectors.get(id).map_or(&[], Vec::as_slice)
    }

    /// The signals of a sector, worst first; [`None`] where it is not observed.
    fn signals(&self, id: &str, as_of: Month) -> Option<Vec<(&str, f64)>> {
        let series = self.series(id);
        if !series
            .iter()
            .flat_map(Measured::counted)
            .any(|(figure, _)| is_recent(figure.period, as_of))
        {
            return None;
        }
        let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for measured in series {
            if let Some((severity, freshness)) = measured.in_force(as_of) {
                let (weighted, weight) = sums.entry(&measured.series.signal).or_default();
                *weighted += freshness * (severity * freshness);
                *weight += freshness;
            }
        }
        let sums = sums.into_iter().filter(|(_, (_, weight))| *weight > 0.0);
        let mut signals: Vec<(&str, f64)> = sums
            .map(|(signal, (weighted, weight))| (signal, weighted / weight))
            .collect();
        // Stable, and by id before.
        signals.sort_by(|left, right| right.1.total_cmp(&left.1));
        Some(signals)
    }

    fn observed(&self, id: &str, as_of: Month) -> Observed {
        let counts: Vec<usize> = self
            .series(id)
            .iter()
            .map(|measured| {
                measured
                    .counted()
                    .filter(|(figure, _)| is_recent(figure.period, as_of))
                    .count()
            })
            .filter(|figures| *figures > 0)
            .collect();
        Observed::new(counts.iter().sum(), counts.len())
    }
}

impl Observed {
    fn new(figures: usize, series: usize) -> Self {
        let degree = if figures < THIN.0 || series < THIN.1 {
            Degree::Thin
        } else if figures >= WELL.0 && series >= WELL.1 {
            Degree::Well
        } else {
            Degree::Some
        };
        Self {
            degree,
            figures,
            series,
        }
    }
}

/// The month that stands for a year.
fn midyear(year: i32) -> Month {
    Month::new(year, 6)
}

/// Whether a period had begun by a date and ended within five years before it.
fn is_recent(period: Period, as_of: Month) -> bool {
    period.start <= as_of && as_of.since(period.end) <= WINDOW
}

/// Noisy-or with falling weights over signals that are ordered worst first.
fn joined(signals: &[(&str, f64)]) -> f64 {
    let mut free = 1.0;
    let mut weight = 1.0;
    for (_, value) in signals {
        free *= (1.0 - value).powf(weight);
        weight /= 2.0;
    }
    1.0 - free
}

fn trend(before: Option<f64>, now: f64) -> Trend {
    match before {
        Some(before) if now - before > TREND => Trend::Rising,
        Some(before) if before - now > TREND => Trend::Falling,
        _ => Trend::Steady,
    }
}

#[cfg(test)]
mod tests;

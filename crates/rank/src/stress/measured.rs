//! One series on a date: which of its figures is in force, and how fresh it is.

use super::ObservedFigure;
use super::severity::{Harm, harm};
use afield_corpus::{Figure, Month, Scale, Series};
use std::cmp::Reverse;

/// A series with what its figures read on the scale of its signal.
#[derive(Debug, Clone)]
pub(super) struct Measured {
    pub(super) series: Series,
    scale: Option<Scale>,
    /// One for each figure; [`None`] where it has no severity.
    readings: Vec<Option<Reading>>,
}

/// What a figure reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub(super) harm: Harm,
    pub(super) severity: f64,
}

impl Measured {
    pub(super) fn new(series: Series, scale: Option<Scale>) -> Self {
        let scale = scale.filter(|scale| scale.half_life_months > 0.0);
        let reading = |figure: &Figure| {
            let harm = harm(&series, figure)?;
            Some(Reading {
                harm,
                severity: harm.severity(scale.as_ref()?)?,
            })
        };
        let readings = series.figures.iter().map(reading).collect();
        Self {
            series,
            scale,
            readings,
        }
    }

    pub(super) fn counted(&self) -> impl Iterator<Item = (&Figure, Reading)> {
        self.series
            .figures
            .iter()
            .zip(&self.readings)
            .filter_map(|(figure, reading)| Some((figure, (*reading)?)))
    }

    /// The figure that counts on a date: see the module's doc.
    fn current(&self, as_of: Month) -> Option<(&Figure, Reading)> {
        let begun = || {
            self.counted()
                .filter(|(figure, _)| figure.period.start <= as_of)
        };
        let holds = |(figure, _): &(&Figure, Reading)| as_of <= figure.period.end;
        let within = begun()
            .filter(holds)
            .min_by_key(|(figure, _)| (figure.period.length(), Reverse(figure.period)));
        within
            .or_else(|| begun().max_by_key(|(figure, _)| (figure.period.end, figure.period.start)))
    }

    /// Severity and freshness of the figure in force.
    pub(super) fn in_force(&self, as_of: Month) -> Option<(f64, f64)> {
        let (figure, reading) = self.current(as_of)?;
        Some((reading.severity, self.freshness(figure, as_of)))
    }

    fn freshness(&self, figure: &Figure, as_of: Month) -> f64 {
        let age = as_of.since(figure.period.end).max(0);
        self.scale.as_ref().map_or(0.0, |scale| {
            0.5_f64.powf(f64::from(age) / scale.half_life_months)
        })
    }

    pub(super) fn observations(&self, as_of: Month) -> impl Iterator<Item = ObservedFigure<'_>> {
        let current = self.current(as_of).map(|(figure, _)| figure);
        let pairs = self.series.figures.iter().zip(&self.readings);
        pairs
            .filter(move |(figure, _)| figure.period.start <= as_of)
            .map(move |(figure, reading)| ObservedFigure {
                series: &self.series,
                figure,
                harm: reading.map(|reading| reading.harm),
                severity: reading.map(|reading| reading.severity),
                severity_now: reading
                    .map(|reading| reading.severity * self.freshness(figure, as_of)),
                in_force: current.is_some_and(|current| std::ptr::eq(current, figure)),
            })
    }
}

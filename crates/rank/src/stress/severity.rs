//! How bad one figure is: from a value in a series to a severity from 0 to 1.
//!
//! First the **harm** `w`: the change in the direction that presses the sector, never below 0, because a recovery
//! is relief and not a pressure. What the change is measured against depends on what the values are:
//!
//! - *change*, *points*: the value is itself the change, in percent or in points.
//! - *level*, *share*: the largest of the changes against the baseline that the source states and against each
//!   earlier figure of the same series that ended within five years: percent for a level, points for a share.
//!   Measuring from the trailing best keeps a rise of 1 % after a fall of 30 % pressed, and reads a full recovery as
//!   0. Figures are compared like with like: only with periods of the same length, and for parts of a year with the
//!   same months of other years where there are any, so that a winter does not look like a collapse.
//! - A change in percent that the source states counts for a level as one more comparison, and for a share where
//!   there is no other.
//!
//! A comparison that reaches back further than five years counts in proportion, `w · 60 / months`, because the
//! scales are made for changes within a few years.
//!
//! Then the **severity** `w / (w + half)`, with the `half` of the signal's [`Scale`], in percent or in points: 0
//! without harm, one half at `half`, never quite 1. A figure that can be compared with nothing has no severity: it is
//! shown, and not counted.

use afield_corpus::{Direction, Figure, Period, Scale, Series, SeriesKind};

/// How far back a comparison reaches in full, in months.
pub(crate) const WINDOW: i32 = 60;

/// How much worse a figure is than what it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Harm {
    /// Percent, at least 0.
    Percent(f64),
    /// Percentage points, at least 0.
    Points(f64),
}

impl Harm {
    /// Severity on a signal's scale, from 0 to below 1; [`None`] where the scale is not above 0.
    pub fn severity(self, scale: &Scale) -> Option<f64> {
        let (harm, half) = match self {
            Self::Percent(harm) => (harm, scale.half),
            Self::Points(harm) => (harm, scale.half_points),
        };
        (half > 0.0 && harm.is_finite()).then(|| harm / (harm + half))
    }
}

/// The harm that a figure of a series shows; [`None`] where there is nothing to compare it with.
pub(crate) fn harm(series: &Series, figure: &Figure) -> Option<Harm> {
    let reach = figure
        .baseline
        .as_ref()
        .and_then(|baseline| reach(&baseline.period, figure))
        .unwrap_or(1.0);
    let stated = figure
        .change
        .map(|change| harmful(series, change) * reach)
        .filter(|harm| harm.is_finite());
    match series.kind {
        SeriesKind::Change => finite(harmful(series, figure.value) * reach).map(Harm::Percent),
        SeriesKind::Points => finite(harmful(series, figure.value) * reach).map(Harm::Points),
        SeriesKind::Level => compared(series, figure, reach)
            .chain(stated)
            .reduce(f64::max)
            .map(Harm::Percent),
        SeriesKind::Share => {
            let points = compared(series, figure, reach)
                .reduce(f64::max)
                .map(Harm::Points);
            points.or(stated.map(Harm::Percent))
        }
    }
}

/// The changes against the stated baseline and against each comparable earlier figure.
fn compared<'a>(
    series: &'a Series,
    figure: &'a Figure,
    reach: f64,
) -> impl Iterator<Item = f64> + 'a {
    let baseline = figure.baseline.as_ref().and_then(|baseline| baseline.value);
    let stated = baseline
        .and_then(|before| worsening(series, before, figure.value))
        .map(|harm| harm * reach);
    let trailing =
        earlier(series, figure).filter_map(|before| worsening(series, before.value, figure.value));
    stated.into_iter().chain(trailing)
}

/// Earlier figures that are like this one: see the module's doc.
fn earlier<'a>(series: &'a Series, figure: &'a Figure) -> impl Iterator<Item = &'a Figure> + 'a {
    let alike = move |before: &&Figure| {
        let months = figure.period.end.since(before.period.end);
        before.period.length() == figure.period.length() && (1..=WINDOW).contains(&months)
    };
    let same_season =
        move |before: &&Figure| before.period.start.month() == figure.period.start.month();
    let has_season = series
        .figures
        .iter()
        .filter(alike)
        .any(|before| same_season(&before));
    series
        .figures
        .iter()
        .filter(alike)
        .filter(move |before| !has_season || same_season(before))
}

/// The change from one value to another in the harmful direction, at least 0: percent for a level, else points.
fn worsening(series: &Series, before: f64, now: f64) -> Option<f64> {
    let points = now - before;
    let change = if series.kind == SeriesKind::Level {
        points / before.abs() * 100.0
    } else {
        points
    };
    finite(harmful(series, change))
}

/// A change turned so that harm is positive, and relief nothing.
fn harmful(series: &Series, change: f64) -> f64 {
    let harm = match series.worse {
        Direction::Fall => -change,
        Direction::Rise => change,
    };
    if harm > 0.0 || harm.is_nan() {
        harm
    } else {
        0.0
    }
}

/// How much of a comparison counts that reaches back to a period: 1 within five years, less beyond.
fn reach(baseline: &str, figure: &Figure) -> Option<f64> {
    let months = figure.period.end.since(Period::parse(baseline)?.end);
    Some(if months > WINDOW {
        f64::from(WINDOW) / f64::from(months)
    } else {
        1.0
    })
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{scale, series};

    /// Harm of the last figure of a series written as `kind worse; period value [base P V] [change C]; …`.
    fn check(text: &str, expected: Option<Harm>) {
        let series = series("airships", "demand-collapse", text);
        let last = series.figures.last().expect("a fixture has a figure");
        let harm = harm(&series, last);
        let close = match (harm, expected) {
            (Some(Harm::Percent(got)), Some(Harm::Percent(want))) => (got - want).abs() < 1e-9,
            (Some(Harm::Points(got)), Some(Harm::Points(want))) => (got - want).abs() < 1e-9,
            (None, None) => true,
            _ => false,
        };
        assert!(close, "{text}: {harm:?}, expected {expected:?}");
    }

    #[test]
    fn a_change_is_its_own_harm() {
        check("change fall; 2020 -65.9", Some(Harm::Percent(65.9)));
        check("change fall; 2019 4.2", Some(Harm::Percent(0.0)));
        check("change rise; 2022 17.1", Some(Harm::Percent(17.1)));
        check("points rise; 2022 2.5", Some(Harm::Points(2.5)));
    }

    #[test]
    fn a_level_is_measured_from_the_trailing_best() {
        check("level fall; 2019 100; 2020 70", Some(Harm::Percent(30.0)));
        // A small rise after a deep fall is still a deep fall.
        check(
            "level fall; 2019 100; 2020 70; 2021 71",
            Some(Harm::Percent(29.0)),
        );
        // Back at the old level: relief.
        check(
            "level fall; 2019 100; 2020 70; 2021 100",
            Some(Harm::Percent(0.0)),
        );
        check("level rise; 2019 200; 2020 300", Some(Harm::Percent(50.0)));
        // The best is more than five years back, so it is forgotten.
        check(
            "level fall; 2010 200; 2019 100; 2020 90",
            Some(Harm::Percent(10.0)),
        );
    }

    #[test]
    fn a_stated_baseline_or_change_is_one_more_comparison() {
        check(
            "level fall; 2020 75 base 2019 100",
            Some(Harm::Percent(25.0)),
        );
        check("level fall; 2020 75 change -40", Some(Harm::Percent(40.0)));
        check(
            "level fall; 2019 100; 2020 75 change 2",
            Some(Harm::Percent(25.0)),
        );
        check("share fall; 2020 75 base 2019 80", Some(Harm::Points(5.0)));
        check(
            "share fall; 2019 80; 2020 75 change -40",
            Some(Harm::Points(5.0)),
        );
        check("share fall; 2020 75 change -40", Some(Harm::Percent(40.0)));
    }

    #[test]
    fn an_old_comparison_counts_in_proportion() {
        // Ten years: half of it.
        check(
            "level fall; 2020 60 base 2010 100",
            Some(Harm::Percent(20.0)),
        );
        check("change fall; 2020 -40 base 2010", Some(Harm::Percent(20.0)));
        check("change fall; 2020 -40 base 2015", Some(Harm::Percent(40.0)));
    }

    #[test]
    fn figures_are_compared_like_with_like() {
        // A month is no fall against a year.
        check("level fall; 2019 1200; 2020-04 100", None);
        // January is compared with January.
        check(
            "level fall; 2021-01 60; 2021-08 100; 2022-01 54",
            Some(Harm::Percent(10.0)),
        );
        // Without the same months, with what there is.
        check(
            "level fall; 2021-03 60; 2021-08 100; 2022-01 54",
            Some(Harm::Percent(46.0)),
        );
    }

    #[test]
    fn what_cannot_be_compared_has_no_harm() {
        check("level fall; 2020 75", None);
        check("share rise; 2020 5 base 2019", None);
        check("level rise; 2019 0; 2020 75", None);
    }

    #[test]
    fn severity_is_half_at_half() {
        let scale = scale(15.0, 5.0, 24.0);
        assert_eq!(Harm::Percent(15.0).severity(&scale), Some(0.5));
        assert_eq!(Harm::Points(5.0).severity(&scale), Some(0.5));
        assert_eq!(Harm::Percent(0.0).severity(&scale), Some(0.0));
        assert_eq!(Harm::Percent(45.0).severity(&scale), Some(0.75));
        let broken = self::scale(0.0, 5.0, 24.0);
        assert_eq!(Harm::Percent(15.0).severity(&broken), None);
    }
}

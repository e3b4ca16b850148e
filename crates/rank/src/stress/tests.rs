//! Worked examples of stress.

use super::*;
use crate::fixture::{series, vocabulary};

const HALF_LIFE: i32 = 24;

fn model(texts: &[(&str, &str)]) -> StressModel {
    let all: Vec<Series> = texts
        .iter()
        .map(|(signal, text)| series("airships", signal, text))
        .collect();
    StressModel::new(&vocabulary(), &all)
}

/// Stress of airships in a month, to three places.
fn check(texts: &[(&str, &str)], as_of: (i32, u8), expected: Option<f64>) {
    let value = model(texts).value("airships", Month::new(as_of.0, as_of.1));
    let rounded = value.map(|value| (value * 1000.0).round() / 1000.0);
    assert_eq!(rounded, expected, "{texts:?} as of {as_of:?}");
}

#[test]
fn a_figure_counts_from_its_period_and_fades_after_it() {
    let fall = [("demand-collapse", "change fall; 2020 -15")];
    check(&fall, (2019, 12), None);
    check(&fall, (2020, 1), Some(0.5));
    check(&fall, (2020, 12), Some(0.5));
    // One half-life after December 2020, then two.
    check(&fall, (2022, 12), Some(0.25));
    check(&fall, (2024, 12), Some(0.125));
    // More than five years: no longer observed, which is not the same as not pressed.
    check(&fall, (2026, 1), None);
}

#[test]
fn a_recovery_reads_as_relief() {
    let recovered = [(
        "demand-collapse",
        "level fall; 2019 100; 2020 40; 2021 70; 2022 100",
    )];
    check(&recovered, (2020, 6), Some(0.8));
    // Up by three quarters on the year, and still 30 % below.
    check(&recovered, (2021, 6), Some(0.667));
    check(&recovered, (2022, 6), Some(0.0));
}

#[test]
fn the_most_specific_figure_is_in_force() {
    let mixed = [("demand-collapse", "change fall; 2020 -15; 2020-04 -60")];
    check(&mixed, (2020, 4), Some(0.8));
    check(&mixed, (2020, 5), Some(0.5));
}

#[test]
fn more_series_do_not_press_harder() {
    let one = ("demand-collapse", "change fall; 2020 -15");
    check(&[one], (2020, 6), Some(0.5));
    check(&[one, one, one, one], (2020, 6), Some(0.5));
    check(
        &[one, ("demand-collapse", "change fall; 2020 3")],
        (2020, 6),
        Some(0.25),
    );
}

#[test]
fn an_old_series_hardly_dilutes_and_hardly_presses() {
    let fresh = ("demand-collapse", "change fall; 2020 -15");
    // Eight years old: freshness 1/16, so it moves the mean of 0.5 by little, whatever it says.
    check(
        &[fresh, ("demand-collapse", "change fall; 2012 5")],
        (2020, 12),
        Some(0.471),
    );
    check(
        &[fresh, ("demand-collapse", "change fall; 2012 -90")],
        (2020, 12),
        Some(0.474),
    );
}

#[test]
fn further_signals_add_half_a_quarter_an_eighth() {
    let half = |signal| (signal, "change fall; 2020 -15");
    check(&[half("demand-collapse")], (2020, 6), Some(0.5));
    check(
        &[half("demand-collapse"), half("churn")],
        (2020, 6),
        Some(0.646),
    );
    check(
        &[
            half("demand-collapse"),
            half("churn"),
            half("footfall-decline"),
        ],
        (2020, 6),
        Some(0.703),
    );
    // A signal that is measured and calm changes nothing.
    check(
        &[half("demand-collapse"), ("churn", "change fall; 2020 2")],
        (2020, 6),
        Some(0.5),
    );
}

#[test]
fn what_has_no_scale_is_shown_and_not_counted() {
    let unknown = [("moon-phase", "change fall; 2020 -15")];
    check(&unknown, (2020, 6), None);
    let model = model(&unknown);
    let seen = model.observations("airships", Month::new(2020, 6));
    assert_eq!(
        (seen.len(), seen[0].severity, seen[0].in_force),
        (1, None, false)
    );
}

#[test]
fn a_sector_says_its_trend_and_how_well_it_is_observed() {
    let texts = [
        (
            "demand-collapse",
            "level fall; 2018 100; 2019 100; 2020 40; 2021 100",
        ),
        ("churn", "change fall; 2019 -1"),
    ];
    let model = model(&texts);
    let at = |year| model.sector("airships", Month::new(year, 6)).unwrap();
    assert_eq!(at(2020).trend, Trend::Rising);
    assert_eq!(at(2021).trend, Trend::Falling);
    // Nobody has measured since: the last that was seen was a recovery, and fading alone is none.
    assert_eq!(at(2022).trend, Trend::Falling);
    assert_eq!(at(2024).trend, Trend::Falling);
    assert_eq!(at(2020).signals[0].signal, "demand-collapse");
    // The first level has nothing to compare with, so it does not count.
    assert_eq!(
        at(2021).observed,
        Observed {
            degree: Degree::Thin,
            figures: 4,
            series: 2
        }
    );
    assert_eq!(model.sector("moon", Month::new(2020, 6)), None);
}

#[test]
fn an_idea_is_judged_by_the_years_in_which_it_acted() {
    let model = model(&[(
        "demand-collapse",
        "change fall; 2019 0; 2020 -15; 2021 -15; 2022 0",
    )]);
    let during = |from, to| model.during("airships", Years::new(from, to), Month::new(2024, 6));
    assert_eq!(during(2020, Some(2021)), Some(0.5));
    assert_eq!(during(2019, Some(2020)), Some(0.25));
    assert_eq!(
        during(2020, Some(1999)),
        Some(0.5),
        "a span that ends before it begins is its first year"
    );
    assert_eq!(during(2022, None), Some(0.0));
    assert_eq!(during(1990, Some(2000)), None);
    assert_eq!(during(2025, None), None, "the future is not observed");
    assert_eq!(during(i32::MIN, Some(i32::MAX)), during(2019, None));
}

#[test]
fn a_curve_has_a_point_a_step_and_gaps_where_nothing_is_known() {
    let model = model(&[("demand-collapse", "change fall; 2020 -15")]);
    let curve = model.curve("airships", Month::new(2019, 6), Month::new(2021, 6), 6);
    let months: Vec<String> = curve.iter().map(|(month, _)| month.to_string()).collect();
    assert_eq!(months, ["2020-06", "2020-12", "2021-06"]);
    assert_eq!(
        model
            .curve("airships", Month::new(2020, 1), Month::new(2020, 3), 0)
            .len(),
        3
    );
    assert_eq!(
        model.curve("airships", Month::new(2020, 3), Month::new(2020, 1), 1),
        []
    );
}

#[test]
fn observations_lead_back_to_their_figures_newest_first() {
    let model = model(&[
        ("demand-collapse", "level fall; 2018 100; 2020 85"),
        ("churn", "change fall; 2019 0"),
    ]);
    let seen = model.observations("airships", Month::new(2020, 12).plus(HALF_LIFE));
    let periods: Vec<&str> = seen
        .iter()
        .map(|seen| seen.figure.period_text.as_str())
        .collect();
    assert_eq!(periods, ["2020", "2019", "2018"]);
    assert_eq!(
        (seen[0].severity, seen[0].severity_now, seen[0].in_force),
        (Some(0.5), Some(0.25), true)
    );
    assert_eq!((seen[2].severity, seen[2].severity_now), (None, None));
    assert_eq!(seen[0].harm, Some(Harm::Percent(15.0)));
}

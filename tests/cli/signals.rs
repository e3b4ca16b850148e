//! `afield signals`.

use crate::support::Afield;
use insta::assert_snapshot;

#[test]
fn the_vocabulary_with_counts() {
    assert_snapshot!(Afield::new().run(&["signals"]), @"
    exit 0
    --- stdout
       3  footfall-decline     Fewer people come to the place.
       3  perishable-capacity  What is not sold today is lost.
    --- stderr
    ");
}

#[test]
fn one_signal_by_an_everyday_phrase() {
    assert_snapshot!(Afield::new().run(&["signals", "losing footfall"]), @"
    exit 0
    --- stdout
    Footfall decline · footfall-decline · 3 cases
    Fewer people come to the place.

    in other words
      losing footfall · fewer visitors · empty branches

    often goes with
      no reason left to visit

    indicators
      visits

    scale
      half-pressed at 15 percent or 5 points; halves in 24 months after the last
      figure

    why so
      A fall of 15 percent is half-pressed.

    observed in
      Bazaars
    --- stderr
    ");
}

#[test]
fn without_a_vocabulary_the_ids_that_cases_use() {
    let afield = Afield::with(&[(
        "cases/one.md",
        "---\ntitle: One\nsignals: [rain]\n---\nText.\n",
    )]);
    let signals = afield.run(&["signals", "--json"]).json();
    assert_eq!(
        (
            &signals["signals"][0]["id"],
            &signals["signals"][0]["cases"]
        ),
        (&"rain".into(), &1.into())
    );
    assert_eq!(afield.run(&["signals", "rain"]).code, 2);
}

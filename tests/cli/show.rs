//! `afield show`.

use crate::support::Afield;
use insta::assert_snapshot;

#[test]
fn a_case_whole() {
    assert_snapshot!(Afield::new().run(&["show", "quillmart-tea-counter"]), @"
    exit 0
    --- stdout
    Lend the quiet half of the hall to a tea house
    Quillmart · Bazaars · 2013–2015 · Quillshire
    worked · grade B · quillmart-tea-counter ·
    cases/bazaars/quillmart-tea-counter.md
    caveat: The tea house was owned by a cousin.

    Challenge
      Visits to the hall fell by a fifth in two years, while rent and wages stayed
      as they were.

    Idea
      Lend the quiet half of the hall to a tea house on a share of its takings, so
      that people have a second reason to come.

    Outcome
      Visits rose by twelve percent in the first year.

    Carry it over
      Any branch with more floor than visitors can lend part of it.

    Figures
      visits: 12%, first year [1]

    Who must work together
      - Store operations

    What must be in place
      - a partner who serves tea

    Works when
      - the hall is on a busy street

    Asked elsewhere as
      - our branches are losing footfall and the rent stays
      - fewer people come in and half of the floor is quiet
      - members stopped coming by since they can do it all from home

    Tags
      signals: Footfall decline
      mechanism: Second use of space
      pattern: no reason left to visit, costly space under-used
      roles: Branch staff
      journey: Consider
      channels: store

    Sources
      1. Tea among the quills · The Quill Gazette · 2015-04
         https://gazette.example/tea
      2. A hall with two lives · Bazaar Weekly
         https://weekly.example/hall
    --- stderr
    ");
}

#[test]
fn json_has_everything() {
    let case = Afield::new()
        .run(&["show", "quillmart-tea-counter", "--json"])
        .json();
    assert_eq!(case["asks"].as_array().unwrap().len(), 3);
    assert_eq!(case["metrics"][0]["value"], "12");
    assert_eq!(case["sources"][0]["date"], "2015-04");
    assert_eq!(case["sections"][0]["section"], "challenge");
    assert_eq!(case["sections"][3]["section"], "carry-over");
}

#[test]
fn an_unknown_id_is_refused_with_the_nearest_ones() {
    let afield = Afield::new();
    assert_snapshot!(afield.run(&["show", "quilmart-tea"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown case `quilmart-tea`
    hint: nearest: `quillmart-tea-counter`
    ");
    assert_snapshot!(afield.run(&["show", "zzz"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown case `zzz`
    hint: find ids with `afield search`
    ");
}

//! `afield sectors`.

use crate::support::Afield;
use insta::assert_snapshot;

#[test]
fn most_pressed_first_and_unobserved_last() {
    assert_snapshot!(Afield::new().run(&["sectors", "--as-of", "2014"]), @"
    exit 0
    --- stdout
    stress as of 2014-12
    ███████░░░ 0.73 ↗  Bazaars           1 case  · 2 figures · thin
                  –    Airships          2 cases · not observed
                  –    Counting houses   2 cases · not observed
                  –    Inns              1 case  · not observed
    --- stderr
    ");
}

#[test]
fn one_sector_with_the_figures_behind_it() {
    assert_snapshot!(Afield::new().run(&["sectors", "markets", "--as-of", "2014"]), @"
    exit 0
    --- stdout
    Bazaars · bazaars
    ███████░░░ 0.73 ↗  as of 2014-12 · rising · thinly observed: 2 figures in 1
    series
    2013-03 ▅▅▅▅▆▆▆▆ 2014-12

    ███████░░░ 0.73  Footfall decline · footfall-decline

    0.73  bazaar visits · 600 visits · -25.0% · 2014 · Quillshire
          footfall decline · The Quill Gazette · https://gazette.example/visits

    2 figures more with `--format json`
    --- stderr
    ");
}

#[test]
fn json_leads_every_figure_back_to_its_source() {
    let afield = Afield::new();
    let sector = afield
        .run(&["sectors", "bazaars", "--as-of", "2014-06", "--json"])
        .json();
    assert_eq!(
        (&sector["sector"]["id"], &sector["as_of"]),
        (&"bazaars".into(), &"2014-06".into())
    );
    assert!(sector["stress"]["value"].as_f64().unwrap() > 0.5);
    let figures = sector["observations"].as_array().unwrap();
    assert_eq!(figures.len(), 3);
    assert!(
        figures
            .iter()
            .all(|figure| figure["source"]["url"] == "https://gazette.example/visits")
    );
    let all = afield
        .run(&["sectors", "--as-of", "2014-06", "--json"])
        .json();
    assert_eq!(
        all["sectors"][0]["stress"]["value"],
        sector["stress"]["value"]
    );
}

#[test]
fn a_group_and_an_unknown_sector_are_refused() {
    let afield = Afield::new();
    assert_snapshot!(afield.run(&["sectors", "travel"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `travel` is a group of sectors
    hint: choose one: `inns`, `airships`
    ");
    assert_snapshot!(afield.run(&["sectors", "bazar"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown sector `bazar`; did you mean `bazaars`?
    ");
}

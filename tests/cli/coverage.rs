//! `afield coverage`.

use crate::support::Afield;
use insta::assert_snapshot;

#[test]
fn the_grid_and_what_to_write_next() {
    let afield = Afield::new();
    assert_snapshot!(afield.run(&["coverage", "--as-of", "2014-12"]), @"
    exit 0
    --- stdout
                        a b c d  all
    footfall-decline    · 1 2 ·    3
    perishable-capacity 2 · · 1    3

    a airships 2 · b bazaars 1 · c counting-houses 2 · d inns 1

    sectors with fewer than 8 cases
      airships 2 · bazaars 1 · counting-houses 2 · inns 1
    signals with fewer than 8 cases
      footfall-decline 3 · perishable-capacity 3
    mechanisms with fewer than 4 cases, or from fewer than 3 sectors
      insure-the-fear 2 · second-use-of-space 2 · sell-the-remainder 2
    grades
      A 1 · B 2 · C 2 · D 1
    sources
      9 sources, 7 dated · half of them before 2015 · 0 cases with nothing newer
      than ten years
    --- stderr
    ");
}

#[test]
fn programs_read_every_number() {
    let view = Afield::new()
        .run(&["coverage", "--as-of", "2014-12", "--json"])
        .json();
    assert_eq!(
        (&view["cases"], &view["as_of"]),
        (&6.into(), &"2014-12".into())
    );
    let cell = |signal: &str, sector: &str| {
        let grid = view["grid"].as_array().unwrap().iter();
        let mut found = grid.filter(|cell| cell["signal"] == signal && cell["sector"] == sector);
        found
            .next()
            .map_or(0, |cell| cell["cases"].as_u64().unwrap())
    };
    assert_eq!(cell("footfall-decline", "counting-houses"), 2);
    assert_eq!(cell("footfall-decline", "airships"), 0);
    let sum: u64 = view["grid"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| cell["cases"].as_u64().unwrap())
        .sum();
    assert_eq!(sum, 6, "each case has one signal");
    assert_eq!(view["sectors"].as_array().unwrap().len(), 4);
}

#[test]
fn what_presses_without_a_case_is_a_hole() {
    let afield = Afield::new();
    let holes = || {
        afield
            .run(&["coverage", "--as-of", "2014-12", "--json"])
            .json()["holes"]
            .clone()
    };
    assert_eq!(holes(), serde_json::json!([]), "bazaars have a case of it");
    std::fs::remove_file(afield.path("corpus/cases/bazaars/quillmart-tea-counter.md")).unwrap();
    let hole = &holes()[0];
    assert_eq!(
        (&hole["sector"], &hole["signal"]),
        (&"bazaars".into(), &"footfall-decline".into())
    );
}

#[test]
fn spreadsheets_and_pages_get_the_grid() {
    let afield = Afield::new();
    let csv = afield.run(&["coverage", "--format", "csv"]).stdout;
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("signal,airships,bazaars,counting-houses,inns,all")
    );
    assert!(
        lines.any(|line| line == "footfall-decline,0,1,2,0,3"),
        "{csv}"
    );
    let vocabulary = afield.path("corpus/sectors.toml");
    let text = std::fs::read_to_string(&vocabulary).unwrap();
    std::fs::write(
        &vocabulary,
        text.replace("label = \"Inns\"", "label = \"Inns & <b>\""),
    )
    .unwrap();
    let html = afield.run(&["coverage", "--format", "html"]).stdout;
    assert!(
        html.starts_with("<!doctype html>") && html.contains("Inns &amp; &lt;b&gt;"),
        "{html}"
    );
}

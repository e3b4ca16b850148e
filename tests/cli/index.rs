//! `afield index`.

use crate::support::Afield;
use insta::assert_snapshot;
use std::fs;

#[test]
fn every_file_is_accounted_for() {
    let afield = Afield::new();
    afield.write("corpus/cases/inns/second.md", "# Second\n\nText.\n");
    afield.write("corpus/README.md", "# About\n");
    afield.write("corpus/cases/inns/.draft.md", "# Draft\n");
    fs::remove_file(afield.path("corpus/cases/airships/cloudline-refund.md")).unwrap();
    assert_snapshot!(afield.run(&["index", "-v"]), @"
    exit 0
    --- stdout
    8 found = 6 indexed + 2 skipped + 0 failed
    1 new or changed · 5 unchanged · 1 removed · generation [HASH]
    skipped README.md: outside `cases/`
    skipped cases/inns/.draft.md: hidden
    --- stderr
    note: corpus `[ROOT]/corpus` (found from the working folder)
    note: index `[ROOT]/cache/afield/index-[HASH]`
    note: brought the index in step: 1 new or changed, 1 removed, in [TIME]
    ");
}

#[test]
fn the_sum_holds_in_json() {
    let afield = Afield::new();
    let account = afield.run(&["index", "--json"]).json();
    let count = |name: &str| account[name].as_u64().unwrap();
    let list = |name: &str| account[name].as_array().unwrap().len() as u64;
    assert_eq!(
        count("found"),
        count("indexed") + list("skipped") + list("failed")
    );
    assert_eq!(
        (
            count("indexed"),
            count("unchanged"),
            account["changed"].as_bool()
        ),
        (6, 6, Some(false))
    );
    assert_eq!(
        afield.run(&["index", "--rebuild", "--json"]).json()["written"],
        6
    );
}

#[test]
fn a_search_keeps_in_step_by_itself() {
    let afield = Afield::with(&[("cases/one.md", "# Umbrellas on loan\n\nLend umbrellas.\n")]);
    let first = afield.run(&["search", "umbrellas", "--json", "--plain"]);
    assert_eq!(first.json()["total"], 1);
    assert_eq!(first.stderr, "note: indexed 1 case in [TIME]\n");
    afield.write(
        "corpus/cases/two.md",
        "# More umbrellas\n\nSell umbrellas.\n",
    );
    let second = afield.run(&["search", "umbrellas", "--json"]);
    assert_eq!(second.json()["total"], 2);
}

#[test]
fn a_folder_of_something_else_is_left_alone() {
    let afield = Afield::new();
    afield.write("photos/holiday.jpg", "not an index");
    assert_snapshot!(afield.run(&["index", "--index", "photos"]), @"
    exit 3
    --- stdout
    --- stderr
    error: `photos` is not empty and was not made by afield
    hint: choose another folder with `--index DIR`, or delete this one if it is an old index
    ");
    assert!(afield.path("photos/holiday.jpg").exists());
}

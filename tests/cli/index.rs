//! `afield index`.

use crate::support::Afield;
use insta::assert_snapshot;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader};

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
    44 passages · 1 encoded now · 0 left
    skipped README.md: outside `cases/`
    skipped cases/inns/.draft.md: hidden
    --- stderr
    note: corpus `[ROOT]/corpus` (found from the working folder)
    note: index `[ROOT]/cache/afield/index-[HASH]`
    note: brought the index in step: 1 new or changed, 1 removed, in [TIME]
    note: encoding 1 passages; searches go on meanwhile, and what is done is kept
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
    assert_eq!(
        first.stderr,
        "note: indexed 1 case in [TIME]\n\
         note: cases are found by their words alone; run `afield index` to find them by what they mean\n"
    );
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

#[test]
fn cases_are_found_by_meaning_as_soon_as_they_are_encoded() {
    let afield = Afield::with(&[
        (
            "cases/one.md",
            "# Umbrellas on loan\n\nLend parasols when the weather turns wet.\n",
        ),
        ("cases/two.md", "# Bread\n\nBake loaves before dawn.\n"),
    ]);
    let search = |flags: &[&str]| {
        let args = [&["search", "staying dry in the rain", "--json"], flags].concat();
        afield.run(&args).json()
    };
    let ids = |answer: &Value| -> Vec<String> {
        let hits = answer["hits"].as_array().unwrap().iter();
        hits.map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let by_words = search(&[]);
    assert_eq!(by_words["query"]["read_as"]["by_meaning"], false);
    assert!(ids(&by_words).is_empty());
    let account = afield.run(&["index", "--json"]).json();
    assert_eq!(
        (&account["encoded"], &account["not_encoded"]),
        (&json!(2), &json!(0))
    );
    let by_meaning = search(&[]);
    assert_eq!(by_meaning["query"]["read_as"]["by_meaning"], true);
    assert_eq!(ids(&by_meaning), ["one"]);
    assert!(ids(&search(&["--semantic", "off"])).is_empty());
    // What has been encoded once is not encoded again, wherever it stands.
    afield.write(
        "corpus/cases/three.md",
        "# Bread\n\nBake loaves before dawn.\n",
    );
    let account = afield.run(&["index", "--json"]).json();
    assert_eq!(
        (&account["written"], &account["encoded"]),
        (&json!(1), &json!(0))
    );
    afield.write(
        "corpus/cases/four.md",
        "# Hats\n\nSell hats against drizzle.\n",
    );
    assert_eq!(ids(&search(&["--semantic", "on"])).len(), 2);
}

#[test]
fn a_corpus_may_bring_its_vectors() {
    let files = [(
        "cases/one.md",
        "# Umbrellas on loan\n\nLend parasols when the weather turns wet.\n",
    )];
    let afield = Afield::with(&files);
    let run = afield.run(&["index", "--bundle"]);
    assert_eq!(run.code, 0, "{run}");
    let vectors = fs::read(afield.path("corpus/vectors.bin")).unwrap();
    let other = Afield::with(&files);
    other.write("corpus/vectors.bin", &vectors);
    let answer = other
        .run(&["search", "staying dry in the rain", "--json"])
        .json();
    assert_eq!(answer["query"]["read_as"]["by_meaning"], true);
    // The same corpus gives the same bytes.
    assert_eq!(other.run(&["index", "--bundle", "--rebuild"]).code, 0);
    assert_eq!(fs::read(other.path("corpus/vectors.bin")).unwrap(), vectors);
}

/// A server may be encoding the same cases.
#[test]
fn encoding_is_left_to_who_is_at_it() {
    let afield = Afield::with(&[("cases/one.md", "# Umbrellas\n\nLend parasols.\n")]);
    let searched = afield.run(&["search", "parasols", "--index", "index-of-it"]);
    assert_eq!(searched.code, 0, "{searched}");
    afield.write("index-of-it/encoding/lock", "");
    let lock = fs::File::open(afield.path("index-of-it/encoding/lock")).unwrap();
    lock.lock().unwrap();
    let run = afield.run(&["index", "--index", "index-of-it", "--json"]);
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(run.json()["not_encoded"], 1);
    assert!(run.stderr.contains("another process is encoding"), "{run}");
    lock.unlock().unwrap();
    let account = afield
        .run(&["index", "--index", "index-of-it", "--json"])
        .json();
    assert_eq!(account["encoded"], 1);
}

#[test]
fn edits_are_followed_until_it_is_stopped() {
    let afield = Afield::new();
    let mut child = afield.command(&["index", "--watch"]).spawn().unwrap();
    // What it tells comes line by line; the end of it, should it die, fails the test.
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut wait_for = |wanted: &str| {
        let mut lines = told.by_ref().map(|line| line.unwrap());
        assert!(lines.any(|line| line.contains(wanted)), "{wanted}");
    };
    wait_for("following");
    let case = "corpus/cases/inns/marlow-empty-rooms.md";
    let text = fs::read_to_string(afield.path(case)).unwrap();
    fs::write(
        afield.path(case),
        text.replace("Rooms stood", "Chambers stood"),
    )
    .unwrap();
    wait_for("in step: 1 new or changed, 0 removed");
    fs::remove_file(afield.path(case)).unwrap();
    wait_for("in step: 0 new or changed, 1 removed");
    child.kill().unwrap();
    child.wait().unwrap();
}

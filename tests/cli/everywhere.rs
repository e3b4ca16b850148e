//! What holds for every verb: where things are looked for, colour, pipes, exit codes.

use crate::support::Afield;
use insta::assert_snapshot;
use std::io::Read as _;
use std::process::Stdio;

#[test]
fn the_corpus_is_found_by_flag_then_variable_then_search() {
    let afield = Afield::new();
    afield.write("near/corpus/cases/near.md", "# Umbrellas near\n");
    afield.write("by-flag/one.md", "# Umbrellas by flag\n");
    afield.write("by-variable/one.md", "# Umbrellas by variable\n");
    afield.write("near/deep/corpus/notes.txt", "not a corpus of ours");
    let title = |afield: &Afield, folder: &str, args: &[&str]| {
        let run = afield.run_in(
            folder,
            &[&["search", "umbrellas", "--json"], args].concat(),
            b"",
        );
        run.json()["hits"][0]["title"].clone()
    };
    assert_eq!(title(&afield, "near/deep", &[]), "Umbrellas near");
    let afield = afield.variable("AFIELD_CORPUS", "../../by-variable");
    assert_eq!(title(&afield, "near/deep", &[]), "Umbrellas by variable");
    assert_eq!(
        title(&afield, "near/deep", &["--corpus", "../../by-flag"]),
        "Umbrellas by flag"
    );
}

#[test]
fn without_a_corpus_the_one_compiled_in_answers() {
    let afield = Afield::empty();
    let first = afield.run(&["search", "our branches are losing footfall", "--json"]);
    assert!(
        first.json()["index"]["cases"].as_u64().unwrap() > 200,
        "{first}"
    );
    let second = afield.run(&["search", "our branches are losing footfall", "-v"]);
    assert!(second.stderr.contains("(compiled in)"), "{second}");
    assert!(
        !second.stderr.contains("indexed"),
        "unpacked and indexed once: {second}"
    );
}

#[test]
fn a_missing_corpus_is_told_with_what_to_do() {
    assert_snapshot!(Afield::empty().run(&["search", "seats", "--corpus", "nowhere"]), @"
    exit 3
    --- stdout
    --- stderr
    error: corpus folder `nowhere` not found (named by `--corpus`)
    hint: name a folder of case studies with `--corpus DIR`
    ");
    let afield = Afield::empty();
    afield.write("file.md", "# A file\n");
    let run = afield.run(&["search", "seats", "--corpus", "file.md"]);
    assert_eq!(run.code, 3);
    assert!(run.stderr.contains("`file.md` is not a folder"), "{run}");
}

#[test]
fn an_index_that_cannot_be_written_is_told_with_what_to_do() {
    let afield = Afield::new();
    afield.write("file", "in the way");
    assert_snapshot!(afield.run(&["search", "seats", "--index", "file/index"]), @"
    exit 3
    --- stdout
    --- stderr
    error: failed to read `file/index/afield.json`: Not a directory (os error 20)
    hint: choose a folder that can be written with `--index DIR` or `AFIELD_INDEX`
    ");
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let afield = Afield::new();
    let plain = afield.run(&["search", "empty seats"]);
    assert!(!plain.stdout.contains('\u{1b}'), "{plain}");
    let coloured = afield.run(&["search", "empty seats", "--color", "always"]);
    assert!(coloured.stdout.contains("\u{1b}[1m"), "{coloured}");
    let coloured =
        Afield::new()
            .variable("NO_COLOR", "1")
            .run(&["search", "empty seats", "--color=always"]);
    assert!(
        coloured.stdout.contains('\u{1b}'),
        "a flag is stronger than the variable"
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let afield = Afield::new();
    for args in [
        &["search", "empty seats", "--for", "inns"][..],
        &["signals"],
        &["completions", "bash"],
        &["check"],
    ] {
        let mut child = afield.command(args).stdin(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut said)
            .unwrap();
        assert_eq!(
            (child.wait().unwrap().code(), said.as_str()),
            (Some(0), ""),
            "{args:?}"
        );
    }
}

#[test]
fn quiet_says_nothing_but_errors() {
    let afield = Afield::with(&[("cases/one.md", "# Umbrellas on loan\n")]);
    let run = afield.run(&["search", "umbrellas", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let run = afield.run(&["show", "none", "-q"]);
    assert!(run.code == 2 && run.stderr.starts_with("error: "), "{run}");
}

#[test]
fn an_unknown_verb_is_refused_with_the_nearest_one() {
    let run = Afield::empty().run(&["serch", "seats"]);
    assert!(run.code == 2 && run.stderr.contains("'search'"), "{run}");
    let run = Afield::empty().run(&[]);
    assert!(run.code == 2 && run.stdout.is_empty(), "{run}");
    let run = Afield::empty().run(&["--help"]);
    assert!(run.code == 0 && run.stderr.is_empty(), "{run}");
}

#[test]
fn every_line_fits_eighty_columns() {
    let afield = Afield::new();
    for args in [
        &[
            "search",
            "our branches are losing footfall",
            "--explain",
            "--for",
            "inns",
        ][..],
        &["show", "quillmart-tea-counter"],
        &["sectors"],
        &["sectors", "bazaars", "--as-of", "2014"],
        &["signals"],
        &["signals", "footfall-decline"],
        &[
            "why",
            "zebra-air-standby",
            "our branches are losing footfall",
            "--for",
            "inns",
        ],
        &["related", "zebra-air-standby"],
    ] {
        let run = afield.run(args);
        assert_eq!(run.code, 0, "{run}");
        for line in run.stdout.lines() {
            assert!(line.chars().count() <= 80, "{args:?}: {line}");
        }
    }
}

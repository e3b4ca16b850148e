//! `afield check`.

use crate::support::Afield;
use insta::assert_snapshot;

#[test]
fn a_clean_corpus() {
    let run = Afield::new().run(&["check"]);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn errors_are_told_by_place_with_advice() {
    let afield = Afield::new();
    afield.write(
        "corpus/cases/inns/odd.md",
        "---\ntitle: Odd\nsector: in\noutcom: worked\n---\n## Idea\n\nText.\n",
    );
    let run = afield.run(&["check", "corpus/cases/inns/odd.md"]);
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stdout.contains("cases/inns/odd.md:3:"), "{run}");
    assert!(run.stdout.contains("error[unknown-sector]"), "{run}");
    assert!(
        run.stdout.ends_with("warnings\n") || run.stdout.ends_with("warning\n"),
        "{run}"
    );
    let json = afield.run(&["check", "--json"]).json();
    assert!(json["summary"]["errors"].as_u64().unwrap() > 0);
    let first = &json["diagnostics"][0];
    for key in [
        "path", "line", "column", "code", "severity", "message", "help",
    ] {
        assert!(!first[key].is_null(), "{key} is missing");
    }
}

#[test]
fn paths_narrow_the_check() {
    let afield = Afield::new();
    afield.write("corpus/cases/inns/odd.md", "# Odd\n");
    let elsewhere = afield.run(&["check", "corpus/cases/airships", "--json"]);
    assert_eq!(elsewhere.json()["summary"]["files"], 2);
    assert_eq!(elsewhere.code, 0, "{elsewhere}");
    assert_eq!(afield.run(&["check", "corpus/cases/inns"]).code, 1);
    assert_eq!(afield.run(&["check", "corpus"]).code, 1);
    assert_snapshot!(afield.run(&["check", "corpus/cases/none.md"]), @"
    exit 2
    --- stdout
    --- stderr
    error: failed to find `corpus/cases/none.md`: No such file or directory (os error 2)
    ");
}

#[test]
fn a_folder_elsewhere_is_a_corpus_of_its_own() {
    let afield = Afield::new();
    afield.write("other/one.md", "# One\n\nText.\n");
    let run = afield.run(&["check", "other", "--json"]);
    assert_eq!(run.json()["summary"]["files"], 1, "{run}");
}

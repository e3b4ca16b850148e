//! `afield doctor`.

use crate::support::Afield;
use insta::assert_snapshot;

#[test]
fn all_in_place() {
    assert_snapshot!(Afield::new().run(&["doctor"]), @"
    exit 0
    --- stdout
    ✓ afield        0.1.0
    ✓ corpus        [ROOT]/corpus (found from the working folder), 6 case
                    files
    ✓ index folder  [ROOT]/cache/afield/index-[HASH] can be
                    written
    ✓ index         in step; format 3, generation [HASH]
    ✓ cases         6 in the index
    ✓ meaning       all cases are encoded
    ✓ vocabularies  4 sectors, 2 signals, 3 mechanisms, 2 functions, 1 roles, 2
                    journey stages
    ✓ observations  3 figures in 1 series
    --- stderr
    ");
}

#[test]
fn a_missing_corpus_is_unusable() {
    assert_snapshot!(Afield::empty().run(&["doctor", "--corpus", "nowhere"]), @"
    exit 3
    --- stdout
    ✓ afield        0.1.0
    ! corpus        corpus folder `nowhere` not found (named by `--corpus`)
                    next: name a folder of case studies with `--corpus DIR`
    --- stderr
    ");
}

#[test]
fn a_bare_folder_works_and_is_told_what_it_lacks() {
    let afield = Afield::with(&[("cases/one.md", "# One\n\nText.\n")]);
    let run = afield.run(&["doctor", "--json"]);
    assert_eq!(run.code, 0, "{run}");
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let unsound: Vec<_> = findings
        .iter()
        .filter(|each| each["sound"] == false)
        .map(|each| &each["subject"])
        .collect();
    assert_eq!(unsound, ["meaning", "vocabularies", "observations"]);
}

//! `afield init`.

use crate::support::Afield;
use insta::assert_snapshot;
use std::fs;

#[test]
fn a_new_corpus_is_sound_and_answers() {
    let afield = Afield::empty();
    assert_snapshot!(afield.run(&["init", "my/ideas"]), @"
    exit 0
    --- stdout
    my/ideas
    --- stderr
    hint: ask it: `afield search --corpus my/ideas people borrow what they used to buy`
    hint: begin a case: `afield new --corpus my/ideas`
    hint: then delete the example `my/ideas/cases/retail-general/fernbank-hire.md`
    ");
    assert_snapshot!(afield.run(&["check", "--strict", "--corpus", "my/ideas"]), @"
    exit 0
    --- stdout
    clean · 1 file · 0 errors · 0 warnings
    --- stderr
    ");
    let found = afield.run(&[
        "search",
        "--corpus",
        "my/ideas",
        "people borrow what they used to buy",
        "--for",
        "banking",
        "--json",
    ]);
    assert_eq!(found.json()["hits"][0]["id"], "fernbank-hire", "{found}");
    let shipped = fs::read_to_string(crate::support::shipped_corpus() + "/sectors.toml").unwrap();
    let own = fs::read_to_string(afield.path("my/ideas/sectors.toml")).unwrap();
    assert_eq!(own, shipped);
    assert!(afield.path("my/ideas/observations").is_dir());
    let example = afield.path("my/ideas/cases/retail-general/fernbank-hire.md");
    let example = fs::read_to_string(example).unwrap();
    assert!(
        example.contains("\n# An example: this organisation does not exist."),
        "{example}"
    );
}

#[test]
fn a_corpus_called_corpus_is_found_by_itself() {
    let afield = Afield::empty();
    assert_eq!(afield.run(&["init", "corpus"]).code, 0);
    let new = afield.run(&[
        "new",
        "--sector",
        "banks",
        "--organisation",
        "Oldcoin",
        "--title",
        "Lend chairs",
    ]);
    assert_eq!(
        new.stdout, "corpus/cases/banking/oldcoin-lend-chairs.md\n",
        "{new}"
    );
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let afield = Afield::empty();
    afield.write("used/.hidden", "mine");
    afield.write("file", "mine");
    afield.write("repository/.git/config", "");
    assert_snapshot!(afield.run(&["init", "used"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `used` is not empty
    hint: name a folder that is empty or not there yet; nothing was written
    ");
    assert_eq!(fs::read_dir(afield.path("used")).unwrap().count(), 1);
    let file = afield.run(&["init", "file"]);
    assert_eq!((file.code, file.stdout.as_str()), (2, ""), "{file}");
    let repository = afield.run(&["init", "repository"]);
    assert_eq!(repository.code, 0, "{repository}");
}

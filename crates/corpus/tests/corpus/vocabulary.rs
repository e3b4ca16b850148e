//! From what people write to ids.

use crate::support::folder;
use afield_corpus::{Resolved, Unknown, Vocabulary, load_catalogue, walk};

fn vocabulary() -> Vocabulary {
    let root = folder(&[
        (
            "sectors.toml",
            "[[group]]\nid = 'travel'\nlabel = 'Travel'\naliases = ['trips']\n\
             [[sector]]\nid = 'air-charter'\nlabel = 'Charter flights'\ngroup = 'travel'\naliases = ['planes', 'Trips']\n\
             [[sector]]\nid = 'ferries'\nlabel = 'Ferries'\ngroup = 'travel'\naliases = ['travel']\n",
        ),
        (
            "functions.toml",
            "[[function]]\nid = 'pricing'\nlabel = 'Pricing'\n[[role_group]]\nid = 'leaders'\nlabel = 'Leaders'\n\
             [[role]]\nid = 'captain'\nlabel = 'Captain'\ngroup = 'leaders'\n",
        ),
    ]);
    let (catalogue, diagnostics) = load_catalogue(root.path(), &walk(root.path()).unwrap());
    assert_eq!(diagnostics, []);
    catalogue.vocabulary
}

fn ids(resolved: Result<Resolved, Unknown>) -> String {
    resolved.map_or_else(
        |unknown| unknown.to_string(),
        |found| format!("{} {:?} {}", found.id, found.leaves, found.label),
    )
}

#[test]
fn sectors_resolve_by_id_label_alias_and_group() {
    let vocabulary = vocabulary();
    let check = |text: &str, expected: &str| {
        assert_eq!(ids(vocabulary.resolve_sector(text)), expected, "{text}");
    };
    let charter = r#"air-charter ["air-charter"] Charter flights"#;
    for text in [
        "air-charter",
        "Air Charter",
        " air_charter ",
        "CHARTER FLIGHTS",
        "planes",
        "trips",
    ] {
        check(text, charter);
    }
    check("travel", r#"travel ["air-charter", "ferries"] Travel"#);
    check(
        "air-chartr",
        "unknown sector `air-chartr`; did you mean `air-charter`?",
    );
    check(
        "plnaes",
        "unknown sector `plnaes`; did you mean `air-charter`?",
    );
    check("mining", "unknown sector `mining`");
}

#[test]
fn roles_have_groups_and_empty_vocabularies_take_anything() {
    let vocabulary = vocabulary();
    assert_eq!(
        ids(vocabulary.resolve_role("leaders")),
        r#"leaders ["captain"] Leaders"#
    );
    assert_eq!(
        ids(vocabulary.resolve_function("Pricing")),
        r#"pricing ["pricing"] Pricing"#
    );
    assert_eq!(
        ids(vocabulary.resolve_signal(" Empty seats")),
        r#"Empty seats ["Empty seats"] Empty seats"#
    );
    assert_eq!(ids(vocabulary.resolve_mechanism("x")), r#"x ["x"] x"#);
    assert_eq!(ids(vocabulary.resolve_stage("x")), r#"x ["x"] x"#);
    assert_eq!(
        ids(vocabulary.resolve_function("prizing")),
        "unknown function `prizing`; did you mean `pricing`?"
    );
}

#[test]
fn entries_are_looked_up_by_id() {
    let vocabulary = vocabulary();
    assert_eq!(vocabulary.sector("ferries").unwrap().group, "travel");
    assert_eq!(vocabulary.leaves("travel"), ["air-charter", "ferries"]);
    assert_eq!(
        [
            vocabulary.label("ferries"),
            vocabulary.label("captain"),
            vocabulary.label("none")
        ],
        ["Ferries", "Captain", "none"]
    );
    assert!(vocabulary.signal("x").is_none() && vocabulary.mechanism("x").is_none());
}

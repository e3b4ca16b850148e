//! The rules, each on a case that keeps them all but one.

use crate::support::{folder, long, write};
use afield_corpus::lint::RULES;
use afield_corpus::{Month, Surroundings, Vocabulary, check, lint, parse};
use std::collections::BTreeSet;

const SOUND: &str = include_str!("zebra-seat-auction.md");
const OTHER: &str = include_str!("fern-fish-market.md");

const VOCABULARY: [(&str, &str); 3] = [
    (
        "sectors.toml",
        "[[group]]\nid = 'travel'\nlabel = 'Travel'\n[[sector]]\nid = 'air'\nlabel = 'Airlines'\ngroup = 'travel'\naliases = ['planes']\n[[group]]\nid = 'other'\nlabel = 'Other'\n[[sector]]\nid = 'fish'\nlabel = 'Fish'\ngroup = 'other'\n[[sector]]\nid = 'hotels'\nlabel = 'Hotels'\ngroup = 'other'\n[[sector]]\nid = 'rail'\nlabel = 'Rail'\ngroup = 'other'\n",
    ),
    ("journey.toml", "[[stage]]\nid = 'buy'\nlabel = 'Buy'\n"),
    (
        "mechanisms.toml",
        "[[mechanism]]\nid = 'auction-the-rest'\nlabel = 'Auction the rest'\n",
    ),
];

fn today() -> Month {
    Month::new(2026, 3)
}

/// What is found after a change to the sound case.
pub(crate) fn findings(from: &str, to: &str) -> Vec<String> {
    assert!(SOUND.contains(from), "{from}");
    let case = SOUND.replacen(from, to, 1);
    let root = folder(&VOCABULARY);
    write(
        root.path(),
        "cases/air/zebra-seat-auction.md",
        case.as_bytes(),
    );
    write(
        root.path(),
        "cases/fish/fern-fish-market.md",
        OTHER.as_bytes(),
    );
    let report = check(root.path(), today()).unwrap();
    assert_eq!(report.files, 2);
    report
        .diagnostics
        .iter()
        .map(|found| {
            format!(
                "{}:{} {}: {} | {}",
                found.line, found.column, found.code, found.message, found.help
            )
        })
        .collect()
}

pub(crate) fn one(from: &str, to: &str, expected: &str) {
    assert_eq!(findings(from, to), [expected], "{from:?} as {to:?}");
}

#[test]
fn a_sound_case_has_no_findings() {
    assert_eq!(findings("Zebra", "Zebra"), [""; 0]);
}

#[test]
fn missing_and_empty_keys_are_reported() {
    one(
        "sector: air\n",
        "",
        "1:1 missing-key: `sector` is missing | write `sector:` and an id of `sectors.toml`",
    );
    one(
        "sector: air\n",
        "sector:\n",
        "4:1 missing-key: `sector` is empty | write `sector:` and an id of `sectors.toml`",
    );
    one(
        "title: Auction the seats nobody booked",
        "title: ''",
        "2:1 missing-key: `title` is empty | write `title:` and the idea in a line",
    );
    one(
        "evidence: B",
        "evidence: [B",
        "20:13 broken-front-matter: while parsing a flow sequence, expected ',' or ']' | \
         put text that holds `: `, ` #` or quotes into quotes",
    );
}

#[test]
fn a_file_without_front_matter_is_reported_once() {
    let root = folder(&[("a.md", "# Seats\n")]);
    let report = check(root.path(), today()).unwrap();
    let codes: Vec<&str> = report
        .diagnostics
        .iter()
        .map(|found| found.code.as_str())
        .collect();
    assert_eq!(
        codes,
        [
            "missing-key",
            "missing-section",
            "missing-section",
            "missing-section"
        ]
    );
    assert!(
        report.diagnostics[0]
            .help
            .contains("`title`, `organisation`")
    );
}

#[test]
fn missing_and_empty_sections_are_reported() {
    let help = "write a heading `## Idea` and a paragraph below it";
    one(
        "## Idea",
        "## Thought",
        &format!("1:1 missing-section: the section `Idea` is missing | {help}"),
    );
    let idea = "Whatever is unsold a week before goes under the hammer.\n";
    one(
        idea,
        "",
        "40:1 missing-section: the section `Idea` is empty | write a paragraph below its heading",
    );
    assert_eq!(findings(idea, "### More\n\nWords.\n"), [""; 0]);
}

#[test]
fn unknown_keys_are_warned_of() {
    one(
        "region:",
        "regoin:",
        "7:1 unknown-key: unknown key `regoin`: it is not read | did you mean `region`?",
    );
    one(
        "region:",
        "Region:",
        "7:1 unknown-key: unknown key `Region`: it is not read | did you mean `region`?",
    );
    one(
        "region:",
        "results:",
        "7:1 unknown-key: unknown key `results`: it is not read | did you mean `outcome`?",
    );
    one(
        "region:",
        "layout:",
        "7:1 unknown-key: unknown key `layout`: it is not read | ",
    );
    one(
        "period:",
        "peroid:",
        "22:50 unknown-key: unknown key `peroid`: it is not read | did you mean `period`?",
    );
}

#[test]
fn words_must_be_in_their_vocabulary() {
    one(
        "sector: air",
        "sector: aire",
        "4:9 unknown-sector: unknown sector `aire` | did you mean `air`?",
    );
    one(
        "sector: air",
        "sector: Planes",
        "4:9 unknown-sector: `Planes` is no id | write `air`",
    );
    one(
        "sector: air",
        "sector: travel",
        "4:9 unknown-sector: `travel` is a group | write one of its members: `air`",
    );
    one(
        "journey: [buy]",
        "journey: [buy, sleep]",
        "17:16 unknown-stage: unknown journey stage `sleep` | ",
    );
    one(
        "[auction-the-rest]",
        "[auction-the-best]",
        "14:13 unknown-mechanism: unknown mechanism `auction-the-best` | did you mean `auction-the-rest`?",
    );
    assert_eq!(
        findings("[pricing]", "[no vocabulary, no finding]"),
        [""; 0]
    );
}

#[test]
fn outcome_and_evidence_have_their_own_words() {
    one(
        "outcome: mixed",
        "outcome: good",
        "19:10 unknown-outcome: unknown outcome `good` | write one of `worked`, `mixed`, `failed`, `unknown`",
    );
    one(
        "evidence: B",
        "evidence: E",
        "20:11 unknown-evidence: unknown evidence `E` | write one of `A`, `B`, `C`, `D`",
    );
}

#[test]
fn metrics_must_point_to_sources() {
    let help = "give the number of an entry of `sources`, counting from 1";
    one(
        "source: 1",
        "source: 3",
        &format!("22:81 metric-source: metric 1 points to source 3 of 2 | {help}"),
    );
    one(
        ", source: 1",
        "",
        &format!("22:5 metric-source: metric 1 names no source | {help}"),
    );
}

#[test]
fn links_must_lead_somewhere() {
    one(
        "[fern-fish-market]",
        "[fern-fish-markt]",
        "30:15 broken-link: no case has the id `fern-fish-markt` | did you mean `fern-fish-market`?",
    );
    one(
        "A third",
        "A [third](third.md)",
        "38:3 broken-link: no file `cases/air/third.md` | ",
    );
    assert_eq!(
        findings(
            "A third",
            "A [third](../fish/fern-fish-market.md) [b](https://example.org/c.md)"
        ),
        [""; 0]
    );
}

#[test]
fn files_that_are_not_taken_are_reported() {
    let root = folder(&[("cases/b/seats.md", SOUND), ("cases/a/seats.md", OTHER)]);
    write(root.path(), "cases/c.md", b"a\0");
    let report = check(root.path(), today()).unwrap();
    let found = long(&report.diagnostics);
    assert!(
        found.contains(&"cases/b/seats.md:1:1 duplicate-id".to_owned()),
        "{found:?}"
    );
    assert!(
        found.contains(&"cases/c.md:1:1 unreadable-file".to_owned()),
        "{found:?}"
    );
    assert_eq!(report.files, 3);
}

#[test]
fn cases_of_one_id_are_told_apart_by_path() {
    let cases = ["a.md", "b.md"].map(|path| parse(path, "seats", SOUND));
    let around = Surroundings {
        root: None,
        vocabulary: &Vocabulary::default(),
        files: &BTreeSet::new(),
        today: today(),
    };
    let found = long(&lint(&cases, around));
    assert!(
        found.contains(&"b.md:1:1 duplicate-id".to_owned())
            && !found.contains(&"a.md:1:1 duplicate-id".to_owned())
    );
}

#[test]
fn rules_are_in_order_and_their_codes_are_unique() {
    let codes: Vec<&str> = RULES.iter().flat_map(|rule| rule.codes).copied().collect();
    let unique: BTreeSet<&str> = codes.iter().copied().collect();
    assert_eq!(codes.len(), unique.len());
    assert!(RULES.iter().all(|rule| !rule.summary.ends_with('.')));
    assert!(RULES.is_sorted_by_key(|rule| rule.codes[0]));
}

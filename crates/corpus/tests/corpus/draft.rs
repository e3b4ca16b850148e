//! Drafts to files and back: what is written is what is read.

use crate::support::short;
use afield_corpus::{Draft, Parsed, SectionKind, Slot, lint, parse};
use proptest::prelude::*;

fn written(draft: &Draft) -> Parsed {
    parse("cases/air/draft.md", "draft", &draft.to_string())
}

fn slot(name: &str) -> Slot {
    Slot::named(name).unwrap()
}

/// A draft as it is written.
const WHOLE: &str = r#"---
title: "Lend the tool: never sell it"
organisation: Fernbank Hire
sector: retail
years: 2012-2017
signals: [substitution, churn]
pattern: [owning costs more than using, "a need, now and then"]
asks:
  - people borrow from each other what they used to buy from us
  - our machines stand idle, and the next client looks elsewhere
mechanism: [charge-by-use]
outcome: mixed
evidence: C
metrics:
  - { name: members, source: 1 }
caveat: "No"
sources:
  - { title: "A \"page\"", date: 2016-03 }
---
## Challenge

Tools were lent.

For nothing.

## Idea

Lend them.

## Outcome

Members came.
"#;

#[test]
fn a_whole_draft_reads_like_one_by_hand() {
    let mut draft = Draft::default();
    for (column, values) in [
        ("Title", &["Lend the tool: never sell it"][..]),
        ("organization", &["Fernbank Hire"]),
        ("sector", &["retail"]),
        ("years", &["2012-2017"]),
        ("signals", &["substitution", "churn"]),
        (
            "pattern",
            &["owning costs more than using", "a need, now and then"],
        ),
        (
            "asks",
            &[
                "people borrow from each other what they used to buy from us",
                "our machines stand idle, and the next client looks elsewhere",
            ],
        ),
        ("mechanism", &["charge-by-use"]),
        ("outcome", &["mixed"]),
        ("evidence", &["C"]),
        ("caveat", &["No"]),
        ("metric_1_name", &["members"]),
        ("metric_1_source", &["3"]),
        ("source_3_title", &["A \"page\""]),
        ("Source 3 date", &["2016-03"]),
        ("Challenge", &["Tools were lent.\r\n\r\nFor nothing."]),
        ("idea", &["Lend them."]),
        ("result", &["Members came."]),
    ] {
        draft.fill(slot(column), values);
    }
    assert_eq!(draft.to_string(), WHOLE);
    let parsed = written(&draft);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    assert!(lint::missing(&parsed).is_empty());
    assert_eq!(
        draft.path(),
        "retail/fernbank-hire-lend-the-tool-never-sell-it.md"
    );
}

#[test]
fn an_empty_draft_asks_and_says_nothing() {
    let parsed = written(&Draft::default());
    assert_eq!(short(&parsed.diagnostics), [""; 0]);
    assert_eq!(
        lint::missing(&parsed),
        [
            "title",
            "organisation",
            "sector",
            "years",
            "signals",
            "pattern",
            "asks",
            "mechanism",
            "outcome",
            "evidence",
            "sources",
            "challenge",
            "idea",
            "result",
        ]
    );
    assert!(
        parsed
            .case
            .sections
            .iter()
            .all(|section| section.blocks.is_empty())
    );
    assert_eq!(parsed.header.unknown_keys().count(), 0);
    let text = Draft::default().to_string();
    let stub = "# an id of `sectors.toml`; `afield sectors` lists them\nsector:\n";
    assert!(text.contains(stub), "{text}");
    assert!(
        text.contains("known:\n#   subsector, region, functions,"),
        "{text}"
    );
}

#[test]
fn a_column_is_known_or_near_to_one() {
    let check = |name: &str, expected: Option<&str>| {
        let near = Slot::named(name).unwrap_err().nearest;
        assert_eq!(near.as_deref(), expected, "{name}");
    };
    check("organisatoin", Some("organisation"));
    check("source_2_titel", Some("source_2_title"));
    check("source_0_title", None);
    check("source_99999999999999999999_title", None);
    check("weather", None);
    check("", None);
    assert_eq!(slot(" RESULT "), Slot::Section(SectionKind::Outcome));
    assert!(slot("asks").is_list() && slot("sources").is_list() && !slot("title").is_list());
}

#[test]
fn a_metric_never_points_to_another_source() {
    let mut draft = Draft::default();
    for (column, value) in [
        ("source_2_title", "Two"),
        ("source_5_title", "Five"),
        ("metric_1_source", "5"),
        ("metric_2_source", "1"),
        ("metric_2_name", "lost"),
    ] {
        draft.fill(slot(column), [value]);
    }
    let case = written(&draft).case;
    let sources: Vec<_> = case.metrics.iter().map(|metric| metric.source).collect();
    assert_eq!(sources, [Some(2), None]);
}

#[test]
fn a_path_is_a_slug_whatever_the_words() {
    let path = |sector: &str, organisation: &str, title: &str| {
        let mut draft = Draft::default();
        draft.fill(slot("sector"), [sector]);
        draft.fill(slot("organisation"), [organisation]);
        draft.fill(slot("title"), [title]);
        draft.path()
    };
    assert_eq!(
        path("../..", "Nest\u{e9}", "Sell less!"),
        "unsorted/neste-sell-less.md"
    );
    assert_eq!(path("a/b", "", "One"), "a-b/one.md");
    assert!(path("", "", &"long ".repeat(50)).len() < 80);
    let (one, other) = (path("", "", "\u{7af9}"), path("", "", "\u{677e}"));
    assert!(one.starts_with("unsorted/case-") && one != other, "{one}");
}

/// As a draft keeps a text.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Any text, and texts that are hard to write.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z:\\[\\]{}\"'&*!|>%@`#,\\\\ \n\t~?=<.-]{0,24}",
        prop::sample::select(vec![
            "null", "~", "no", "---", "...", "- a", "a: b", "a #b", "1e9", "=1", "\u{feff}", "\0"
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_written_is_what_is_read(title in text(), list in prop::collection::vec(text(), 1..12), url in text()) {
        let mut draft = Draft::default();
        draft.fill(slot("title"), [&title]);
        draft.fill(slot("caveat"), [&title]);
        for key in ["pattern", "asks", "needs"] {
            draft.fill(slot(key), &list);
        }
        draft.fill(slot("source_1_url"), [&url]);
        draft.fill(slot("source_1_publisher"), [&title]);
        let parsed = written(&draft);
        prop_assert!(parsed.diagnostics.is_empty(), "{:?}\n{draft}", parsed.diagnostics);
        let expected: Vec<String> = list.iter().map(|text| folded(text)).filter(|text| !text.is_empty()).collect();
        let case = parsed.case;
        prop_assert_eq!((&case.pattern, &case.asks, &case.needs), (&expected, &expected, &expected));
        let (title, url) = (folded(&title), folded(&url));
        prop_assert_eq!(case.caveat.unwrap_or_default(), title.as_str());
        if !title.is_empty() {
            prop_assert_eq!(case.title.as_str(), title.as_str());
        }
        let source = case.sources.first().cloned().unwrap_or_default();
        prop_assert_eq!((source.url, source.publisher), (url, title));
    }

    #[test]
    fn any_body_leaves_the_header_alone(text in any::<String>()) {
        let mut draft = Draft::default();
        draft.fill(slot("title"), ["Seats"]);
        draft.fill(slot("challenge"), [&text]);
        let parsed = written(&draft);
        prop_assert_eq!(parsed.case.title, "Seats");
        prop_assert!(!draft.to_string().contains('\0'));
    }
}

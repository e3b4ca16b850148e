//! What holds of mending, whatever the header.

use crate::fix::vocabulary;
use crate::support::read;
use afield_corpus::{Case, Vocabulary, fix};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(vocabulary);

/// Lines that a header is made of, well and badly written; each with what follows its key.
const LINES: [&str; 40] = [
    "title: Sold out: a story",
    "title: \"Seats\"  ",
    "title: Seats # why",
    "title: >\n  Seats  \n  and more",
    "organisation: Zebra Air\n  of Fernland",
    "organization: @zebra",
    "sector: Planes",
    "sector: 'AIR'",
    "sector: Travel",
    "subsector: it's \"so\": yes",
    "years: 2012-2017",
    "region: &r UK",
    "region: UK\t",
    "signals: Churn",
    "signals: [Churn, price war,\n  race to the bottom]",
    "signals:\n  - Churn  \n  # - old\n  - 'Price War' # new",
    "signals: *r",
    "pattern: [a: b, c]",
    "asks:\n  - they say: no\n  - we wait: for: them\n# at the margin\n  - \"a: b\" # c",
    "asks:\n- first: of: all\n-  second",
    "mechanism: a, b",
    "mechanism: Auction",
    "journey: BUY # so",
    "channels: web / app",
    "channels: \"a, b\"",
    "caveat: |+\n  One  \n\n  two",
    "caveat: 'a\n\n  b '",
    "caveat: [not closed",
    "metrics:\n  - { name: seats, value: 3, source: 1 }",
    "sources:\n  - { title: A, url: \"https://a.example/?utm_source=b&p=1\" }",
    "sources:\n  - https://b.example/p?fbclid=1#top\n  - title: é: ü\n    url: https://c.example?gclid",
    "tags: [x]",
    "mine: {a: 1,\n  b: 2}",
    "<<: {tags: y}",
    "# a comment ",
    "#",
    "",
    "  # further in",
    "? region\n: UK",
    "needs: time \n",
];

/// Lines in any order; mostly each key once, since of a key that stands twice little can be mended.
fn headers() -> impl Strategy<Value = String> {
    let lines = prop::sample::subsequence(&LINES[..], 0..16).prop_shuffle();
    let line_break = prop::sample::select(vec!["\n", "\n", "\n", "\r\n", "\r"]);
    (lines, prop::bool::weighted(0.8), line_break).prop_map(|(mut lines, once, line_break)| {
        let mut keys = BTreeSet::new();
        let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
        lines.retain(|line| !once || !line.contains(':') || keys.insert(key(line)));
        let header: String = lines.iter().map(|line| format!("{line}\n")).collect();
        header.replace('\n', line_break)
    })
}

/// A case without what a mend may change.
fn rest(mut case: Case) -> Case {
    for words in [
        &mut case.signals,
        &mut case.mechanism,
        &mut case.functions,
        &mut case.roles,
        &mut case.journey,
    ] {
        words.iter_mut().for_each(String::clear);
    }
    case.sector = None;
    for source in &mut case.sources {
        source.url.truncate("https://b.example".len());
    }
    case
}

fn comments(text: &str) -> Vec<&str> {
    let lines = text.split(['\r', '\n']);
    let mut comments: Vec<&str> = lines
        .filter_map(|line| line.find('#').map(|at| line[at..].trim_end()))
        .collect();
    comments.sort_unstable();
    comments
}

const BODY: &str = "## Idea  \nSeats  \r\nunder the hammer \u{a0}\t\r# Signals: Churn \n";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn mending_keeps_what_it_does_not_mend(header in headers(), closed in prop::bool::weighted(0.9)) {
        let fence = if closed { "---\n" } else { "" };
        let text = format!("---\n{header}{fence}{BODY}");
        let fixed = fix(&text, &VOCABULARY);
        prop_assert!(fixed.text.ends_with(&format!("{fence}{BODY}")), "{}", fixed.text);
        prop_assert_eq!(fixed.mended.is_empty(), fixed.text == text);
        prop_assert_eq!(comments(&fixed.text), comments(&text));
        let again = fix(&fixed.text, &VOCABULARY);
        prop_assert_eq!(&again.text, &fixed.text);
        prop_assert_eq!(again.mended, vec![]);
        let (before, after) = (read(&text), read(&fixed.text));
        if before.header.keys().count() == after.header.keys().count() {
            prop_assert_eq!(rest(after.case), rest(before.case));
        }
        prop_assert!(after.diagnostics.len() <= before.diagnostics.len(), "{:?}", after.diagnostics);
    }
}

//! Markdown to sections and blocks of plain text.

use crate::support::read;
use afield_corpus::SectionKind;

/// The blocks of a body as `line: text`.
fn blocks(text: &str) -> Vec<String> {
    let parsed = read(text);
    let blocks = parsed
        .case
        .sections
        .iter()
        .flat_map(|section| &section.blocks);
    blocks
        .map(|block| format!("{}: {}", block.line, block.text))
        .collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(blocks(text), expected, "{text:?}");
}

#[test]
fn headings_of_any_level_open_sections() {
    let parsed = read(
        "---\ntitle: Seats\n---\nlead\n\n# Seats\n\n## The problem:\na\n\n### Detail\nb\n\nSolution\n---\nc\n\n\
         ###### WHAT HAPPENED\n\n## 4. Carry it over\n",
    );
    let sections = parsed.case.sections.iter();
    let found: Vec<String> = sections
        .map(|section| {
            let (kind, text) = (section.kind.id(), section.text());
            format!(
                "{} {kind} {} {:?} {text:?}",
                section.line, section.level, section.heading
            )
        })
        .collect();
    let expected = [
        r#"4 body 0 "" "lead""#,
        r#"6 body 1 "Seats" """#,
        r#"8 challenge 2 "The problem:" "a""#,
        r#"11 body 3 "Detail" "b""#,
        r#"14 idea 2 "Solution" "c""#,
        r#"18 outcome 6 "WHAT HAPPENED" """#,
        r#"20 carry-over 2 "4. Carry it over" """#,
    ];
    assert_eq!(found, expected);
}

#[test]
fn kinds_are_told_from_headings() {
    let check = |heading: &str, kind: SectionKind| {
        let parsed = read(&format!("## {heading}\n"));
        assert_eq!(parsed.case.sections[0].kind, kind, "{heading}");
    };
    for heading in [
        "Challenge",
        "PROBLEM",
        "Pressure",
        "The *challenge*",
        "1. Challenge",
        "Challenge {#c}",
    ] {
        check(heading, SectionKind::Challenge);
    }
    for heading in ["Idea", "Solution", "Approach", "How it worked"] {
        check(heading, SectionKind::Idea);
    }
    for heading in ["Outcome", "Result", "Results", "What happened"] {
        check(heading, SectionKind::Outcome);
    }
    for heading in ["Carry it over", "Transfer"] {
        check(heading, SectionKind::CarryOver);
    }
    for heading in ["Background", "Challenge accepted", "The", ""] {
        check(heading, SectionKind::Other);
    }
}

#[test]
fn blocks_are_plain_text_on_one_line() {
    check(
        "One *two*\n  **three** `four`\\\nfive ~~six~~.\n",
        &["1: One two three four five six."],
    );
    check(
        "[label](https://example.org \"title\") ![alt](x.png) <https://example.org>",
        &["1: label alt https://example.org"],
    );
    check(
        "[[Note|shown]] and [ref][r]\n\n[r]: https://example.org\n",
        &["1: shown and ref"],
    );
    check(
        "- a\n- b\n  continued\n\n  second\n  1. c\n- [x] d\n",
        &["1: a", "2: b continued", "5: second", "6: c", "7: d"],
    );
    check(
        "> quoted\n> words\n>\n> more\n",
        &["1: quoted words", "4: more"],
    );
    check(
        "```rust\nlet a;\n\nlet b;\n```\n\n    indented\n",
        &["2: let a; let b;", "7: indented"],
    );
    check(
        "| a | b |\n|---|---|\n| c |   |\n| d | *e* |\n",
        &["1: a | b", "3: c", "4: d | e"],
    );
    check("a[^1]\n\n[^1]: note\n", &["1: a", "3: note"]);
    check("a\n***\nb\n", &["1: a", "3: b"]);
}

#[test]
fn html_leaves_its_words_only() {
    check("a <b>bold</b> word<br>next", &["1: a bold word next"]);
    check(
        "<div class=\"x\">\n<p>In &amp; out</p>\n</div>\n\nafter\n",
        &["1: In & out", "5: after"],
    );
    check(
        "a <!-- hidden --> b\n\n<!--\nhidden\n-->\n\nc\n",
        &["1: a b", "7: c"],
    );
    check(
        "a <script>alert(1)</script> b\n\n<script>\nalert(2)\n</script>\n",
        &["1: a b"],
    );
}

#[test]
fn lines_count_from_the_start_of_the_file() {
    check(
        "---\ntitle: x\n---\n\nfirst\r\n\r\nsecond\n",
        &["5: first", "7: second"],
    );
    check(
        "\u{feff}---\r\ntitle: x\r\n---\r\n\r\nfirst\r\n",
        &["5: first"],
    );
}

#[test]
fn links_to_files_are_listed() {
    let parsed =
        read("[a](b.md) <https://example.org/c.md> [d](#e)\n\n[f](../g.md#h) ![i](j.png)\n");
    let links: Vec<_> = parsed
        .links
        .iter()
        .map(|link| (link.target.as_str(), link.place.line, link.place.column))
        .collect();
    assert_eq!(links, [("b.md", 1, 1), ("../g.md#h", 3, 1)]);
}

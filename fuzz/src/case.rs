//! A case file: its front matter, and its body.

use super::places::Lines;
use afield_corpus::{Month, Parsed, Surroundings, Vocabulary, fix, lint, parse};
use std::collections::BTreeSet;

const PATH: &str = "cases/airships/empty-seats.md";
const TITLED: &str = "---\ntitle: Seats\n---\n";

/// Reads a case with this front matter, which starts with the fence of its language; without one it is YAML.
pub fn front_matter(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if text.starts_with("---") || text.starts_with("+++") {
        hold(&text);
    } else {
        hold(&format!("---\n{text}"));
    }
}

/// Reads a case with this body.
pub fn markdown(data: &[u8]) {
    let parsed = hold(&format!("{TITLED}{}", String::from_utf8_lossy(data)));
    assert_eq!(parsed.case.title, "Seats");
    assert_eq!(parsed.diagnostics, [], "the body is no front matter");
    let header = TITLED.lines().count() as u32;
    for section in &parsed.case.sections {
        let mut lines = section.blocks.iter().map(|block| block.line);
        assert!(section.line > header && lines.all(|line| line > header));
    }
    assert!(parsed.links.iter().all(|link| link.place.line > header));
}

/// Reads a case, and asserts what holds for any text.
fn hold(text: &str) -> Parsed {
    let read = |text: &str| parse(PATH, "empty-seats", text);
    let parsed = read(text);
    assert_eq!(parsed, read(text), "reading again gives the same");
    let unix = text.replace('\r', "");
    assert_eq!(
        read(&unix),
        read(&unix.replace('\n', "\r\n")),
        "line breaks make no difference"
    );
    let lines = Lines::new(text);
    assert!(!parsed.case.title.trim().is_empty());
    assert_eq!(
        (parsed.case.id.as_str(), parsed.case.path.as_str()),
        ("empty-seats", PATH)
    );
    assert!(parsed.diagnostics.is_sorted());
    parsed
        .diagnostics
        .iter()
        .for_each(|found| lines.has_finding(found));
    body(&parsed, &lines);
    checked(&parsed, &lines);
    mended(text);
    parsed
}

/// Sections and links are in the text, and blocks say something in one line.
fn body(parsed: &Parsed, lines: &Lines) {
    for section in &parsed.case.sections {
        lines.has(section.line);
        assert!(section.level <= 6 && !section.heading.contains('\n'));
        for block in &section.blocks {
            lines.has(block.line);
            assert!(
                !block.text.trim().is_empty() && !block.text.contains('\n'),
                "{block:?}"
            );
        }
    }
    for link in &parsed.links {
        lines.has_place(link.place.line, link.place.column, 0);
    }
}

/// The rules find nothing outside the text, and leave nothing out that reading reported.
fn checked(parsed: &Parsed, lines: &Lines) {
    let around = Surroundings {
        root: None,
        vocabulary: &Vocabulary::default(),
        files: &BTreeSet::from([PATH.to_owned()]),
        today: Month::new(2026, 3),
    };
    let found = lint(std::slice::from_ref(parsed), around);
    assert!(found.is_sorted());
    assert!(parsed.diagnostics.iter().all(|one| found.contains(one)));
    let here = found.iter().filter(|found| found.path == PATH);
    here.for_each(|found| lines.has_finding(found));
}

/// Mending a second time changes nothing.
fn mended(text: &str) {
    let words = Vocabulary::default();
    let fixed = fix(text, &words);
    assert_eq!(fix(&fixed.text, &words).text, fixed.text);
}

//! The page `docs/rules.md`, made of what each rule says of itself.

use afield_corpus::lint;
use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

/// The parts that every rule tells, in order.
const PARTS: [&str; 4] = ["What it does", "Why", "Example", "Instead"];

/// Compares the page with the rules; with `AFIELD_ACCEPT=1` writes it anew.
#[test]
fn the_page_of_rules_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = page();
    if env::var_os("AFIELD_ACCEPT").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == page,
        "docs/rules.md is not what the rules say; run `AFIELD_ACCEPT=1 cargo test rules`"
    );
}

/// The page as the rules' own documentation makes it.
fn page() -> String {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/corpus/src/lint");
    let files = fs::read_dir(rules).unwrap();
    let files = files.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap());
    let mut sections: Vec<String> = files.flat_map(|text| sections(&text)).collect();
    sections.sort();
    format!("{HEAD}\n{}", sections.join("\n"))
}

const HEAD: &str = "# What `afield check` looks for

Made from the rules themselves by a test; do not edit. `afield check --explain CODE` prints a section. An *error* means that a case cannot be
used as it was meant, a *warning* that it is worse than it could be; `--strict` counts warnings as errors.
";

/// A section of the page for each heading of a rule's own documentation.
fn sections(text: &str) -> Vec<String> {
    let lines = text.lines().take_while(|line| line.starts_with("//!"));
    let lines = lines.map(|line| line.trim_start_matches("//!").trim_start());
    let mut sections: Vec<String> = Vec::new();
    for line in lines {
        match (line.strip_prefix("# "), sections.last_mut()) {
            (Some(codes), _) => sections.push(format!("## {codes}\n{}", anchors(codes))),
            (None, Some(section)) => {
                let part = line.strip_prefix("## ").map(|part| format!("**{part}**"));
                section.push_str(part.as_deref().unwrap_or(line));
                section.push('\n');
            }
            (None, None) => {}
        }
    }
    sections
}

/// What links to a code lead to; a heading of one code is its own.
fn anchors(codes: &str) -> String {
    let anchor = |code| format!("<a id=\"{code}\"></a>");
    match codes.split(", ").map(anchor).collect::<Vec<_>>().as_slice() {
        [_] => String::new(),
        anchors => format!("{}\n", anchors.concat()),
    }
}

#[test]
fn every_code_is_explained_in_the_same_parts() {
    let page = page();
    let mut explained = BTreeSet::new();
    for section in page.split("\n## ").skip(1) {
        let codes = section.lines().next().unwrap();
        explained.extend(codes.split(", "));
        let parts: Vec<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("**")?.strip_suffix("**"))
            .collect();
        assert_eq!(parts, PARTS, "{codes}");
    }
    let known: BTreeSet<&str> = lint::codes().into_iter().collect();
    assert_eq!(explained, known);
    assert!(
        lint::RULES.len() >= 30 && known.len() >= 55,
        "{} rules",
        lint::RULES.len()
    );
}

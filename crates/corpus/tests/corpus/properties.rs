//! What holds for any text and any folder.

use crate::fix::vocabulary;
use crate::support::{folder, read};
use afield_corpus::{Parsed, Vocabulary, check, fix, nearest, parse, walk};
use proptest::prelude::*;
use std::sync::LazyLock;

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(vocabulary);

/// What front matter and markdown are made of.
const PIECES: [&str; 3] = [
    "---\n¦+++\n¦...\n¦\n¦\r\n¦\r¦\u{feff}¦title¦signals¦metrics¦years¦sources¦: ¦:¦ = ¦- ¦  ¦\t¦[¦]¦{¦}",
    "[[¦]]¦, ¦\"¦'¦&a ¦*a¦!!str ¦? ¦| \n¦>\n¦#¦# ¦## Idea\n¦> ¦```\n¦`¦<b>¦</b>¦<script>¦<!--¦-->¦![¦](",
    ")¦|¦-|-\n¦[^a]¦\\¦%¦@¦word¦2012-2017¦20¦é¦\u{1f980}¦\0¦\u{2028}¦~¦null¦<<¦\\x¦1e9",
];

/// Pieces well and badly put together.
fn pieces() -> impl Strategy<Value = String> {
    let pieces = PIECES
        .iter()
        .flat_map(|line| line.split('¦'))
        .collect::<Vec<_>>();
    let piece = prop::sample::select(pieces);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A sound case with some bytes cut out, doubled or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let sound = include_str!("zebra-seat-auction.md");
    let change = (0..sound.len(), 0..12_usize, pieces());
    prop::collection::vec(change, 1..5).prop_map(move |changes| {
        let mut text = sound.to_owned();
        for (at, length, piece) in changes {
            let start = boundary(&text, at);
            let end = boundary(&text, start + length);
            text.replace_range(start..end, &piece[..boundary(&piece, length)]);
        }
        text
    })
}

/// The last place between two letters that is not after `at`.
fn boundary(text: &str, at: usize) -> usize {
    let inside = (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    inside.unwrap_or(0)
}

/// Every place lies within the file, every text is clean, and reading again gives the same; so does mending again.
fn hold(text: &str) -> Result<(), TestCaseError> {
    let parsed = read(text);
    let normal = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let lines: Vec<usize> = normal
        .split('\n')
        .map(|line| line.chars().count())
        .collect();
    for found in &parsed.diagnostics {
        let length = lines.get(found.line as usize - 1);
        prop_assert!(
            length.is_some_and(|length| found.column as usize <= length + 1),
            "{:?} in {:?}",
            found,
            text
        );
    }
    prop_assert!(parsed.diagnostics.is_sorted());
    prop_assert!(!parsed.case.title.is_empty());
    for section in &parsed.case.sections {
        prop_assert!(section.level == 0 || (1..=lines.len()).contains(&(section.line as usize)));
        for block in &section.blocks {
            prop_assert!(
                (1..=lines.len()).contains(&(block.line as usize)),
                "{:?} in {:?}",
                block,
                text
            );
            prop_assert!(!block.text.trim().is_empty() && !block.text.contains('\n'));
        }
    }
    let fixed = fix(text, &VOCABULARY);
    let again = fix(&fixed.text, &VOCABULARY);
    prop_assert_eq!((&again.text, again.mended), (&fixed.text, vec![]));
    prop_assert_eq!(&read(&fixed.text).case.sections, &parsed.case.sections);
    prop_assert_eq!(parsed, read(text));
    Ok(())
}

/// What a reader sees, without places.
fn seen(parsed: &Parsed) -> String {
    format!("{:?} {:?}", parsed.case, parsed.diagnostics)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        hold(&text)?;
    }

    #[test]
    fn any_pieces_are_read(text in pieces()) {
        hold(&text)?;
        hold(&format!("---\n{text}\n---\nbody\n"))?;
        hold(&format!("+++\n{text}\n+++\nbody\n"))?;
    }

    #[test]
    fn a_damaged_case_is_read(text in mutated()) {
        hold(&text)?;
    }

    #[test]
    fn line_breaks_make_no_difference(text in mutated()) {
        let unix = text.replace('\r', "");
        let expected = seen(&read(&unix));
        prop_assert_eq!(&seen(&read(&unix.replace('\n', "\r\n"))), &expected);
        prop_assert_eq!(&seen(&read(&unix.replace('\n', "\r"))), &expected);
        prop_assert_eq!(&seen(&read(&format!("\u{feff}{unix}"))), &expected);
    }

    #[test]
    fn a_broken_key_leaves_the_body_alone(key in "[a-z]{1,8}", value in "[a-z:\\[\\]{}\"'&*!|>%@`#, -]{0,20}") {
        let parsed = parse("a.md", "a", &format!("---\ntitle: Seats\n{key}: {value}\n---\nWords.\n"));
        let blocks: Vec<_> = parsed.case.sections.iter().flat_map(|section| &section.blocks).collect();
        prop_assert_eq!(blocks.len(), 1);
        prop_assert_eq!(blocks[0].text.as_str(), "Words.");
    }

    #[test]
    fn the_nearest_of_options_is_one_of_them(text in ".{0,20}", options in prop::collection::vec("[a-z-]{1,12}", 0..8)) {
        let near = nearest(&text, options.iter().map(String::as_str));
        prop_assert!(near.is_none_or(|near| options.iter().any(|option| option == near)));
        if let Some(option) = options.first() {
            prop_assert!(nearest(option, options.iter().map(String::as_str)).is_some() || option.bytes().all(|byte| byte == b'-'));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_markdown_file_is_accounted_for(
        names in prop::collection::btree_set("(cases/|\\.h/|b/|build/){0,2}\\.?[ab]{1,2}\\.(md|MD|markdown|txt|toml)", 0..12),
    ) {
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "words")).collect();
        let root = folder(&files);
        let walk = walk(root.path()).unwrap();
        let markdown = |name: &&String| [".md", ".MD", ".markdown"].iter().any(|ending| name.ends_with(ending));
        prop_assert_eq!(walk.found(), names.iter().filter(markdown).count());
        let mut met: Vec<&str> = walk.cases.iter().map(|found| found.path.as_str()).collect();
        met.extend(walk.skipped.iter().map(|skipped| skipped.path.as_str()));
        met.extend(walk.failed.iter().map(|failed| failed.path.as_str()));
        met.sort_unstable();
        let expected: Vec<&str> = names.iter().filter(markdown).map(String::as_str).collect();
        prop_assert_eq!(met, expected);
        let report = check(root.path(), afield_corpus::Month::new(2026, 3)).unwrap();
        prop_assert_eq!(report.files, walk.cases.len() + walk.failed.len());
    }

    #[test]
    fn any_toml_is_read(text in pieces(), name in prop::sample::select(vec!["sectors.toml", "signals.toml", "observations/a.toml"])) {
        let root = folder(&[(name, &text)]);
        let found = check(root.path(), afield_corpus::Month::new(2026, 3)).unwrap().diagnostics;
        prop_assert!(found.iter().all(|found| found.path == name));
    }
}

//! What is found in a folder of hostile files, kept in `hostile_findings.txt`: no file may end in a panic, take long, or
//! be mended twice.
//!
//! With `AFIELD_ACCEPT=1` the findings are written anew.

use crate::fix::{VOCABULARIES, vocabulary};
use crate::hostile_files::files;
use crate::support::{folder, write};
use afield_corpus::{Diagnostic, Month, Vocabulary, check, fix, read};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use std::{env, fs};

/// What any short file would be told.
const OF_COURSE: [&str; 4] = [
    "missing-caveat",
    "missing-key",
    "missing-section",
    "short-section",
];

/// Of a file that has more findings, these are enough to know it by.
const MOST: usize = 8;

/// No longer part of a finding is kept.
const WIDEST: usize = 150;

#[test]
fn every_hostile_file_is_told_what_is_wrong() {
    let root = folder(&VOCABULARIES);
    let (files, vocabulary) = (files(), vocabulary());
    assert!(files.len() > 300);
    for (name, bytes) in &files {
        write(root.path(), &format!("{name}.md"), bytes);
    }
    let start = Instant::now();
    let report = check(root.path(), Month::new(2026, 3)).unwrap();
    assert!(
        start.elapsed() < Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
    let mut found: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        found
            .entry(diagnostic.path.clone())
            .or_default()
            .push(diagnostic);
    }
    let mut told = String::new();
    let mut names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
    names.sort();
    assert!(
        names.windows(2).all(|pair| pair[0] != pair[1]),
        "two files of one name"
    );
    for name in names {
        let path = format!("{name}.md");
        let found = found.remove(&path).unwrap_or_default();
        let lines = found
            .iter()
            .filter(|found| !OF_COURSE.contains(&found.code.as_str()));
        let lines = lines
            .map(line)
            .chain(mended(root.path(), &path, &vocabulary));
        told += &entry(name, &lines.collect::<Vec<_>>());
    }
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/hostile_findings.txt");
    if env::var_os("AFIELD_ACCEPT").is_some() {
        fs::write(&kept, &told).unwrap();
    }
    let kept = fs::read_to_string(kept).unwrap_or_default();
    let differs = kept
        .lines()
        .zip(told.lines())
        .find(|(kept, told)| kept != told);
    assert!(
        kept == told,
        "the findings differ, first in {differs:?}; see `AFIELD_ACCEPT=1 cargo test hostile`"
    );
}

/// What mending does to a file, after seeing that it does it once.
fn mended(root: &Path, path: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let Ok(text) = read(root, path) else {
        return Vec::new();
    };
    let start = Instant::now();
    let fixed = fix(&text.text, vocabulary);
    let again = fix(&fixed.text, vocabulary);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{path}: {:?}",
        start.elapsed()
    );
    assert!(
        again.text == fixed.text && again.mended.is_empty(),
        "{path} is mended twice"
    );
    assert_eq!(fixed.mended.is_empty(), fixed.text == text.text, "{path}");
    // The command leaves a file alone that is not UTF-8.
    let mended = fixed.mended.iter().filter(|_| text.lossy.is_none());
    mended
        .map(|mended| format!("mended:{} {}", mended.line, mended.what))
        .collect()
}

fn line(found: &Diagnostic) -> String {
    let Diagnostic {
        line,
        column,
        code,
        message,
        ..
    } = found;
    let severity = found.severity.id();
    format!("{line}:{column} {severity} {code}: {message}")
}

/// A file's name and its findings, without what cannot be seen.
fn entry(name: &str, lines: &[String]) -> String {
    let mut entry = format!("{name}\n");
    for line in lines.iter().take(MOST) {
        let seen = |letter: char| match letter {
            ' '..='~' => letter.to_string(),
            _ if letter.is_alphanumeric() => letter.to_string(),
            _ => letter.escape_unicode().to_string(),
        };
        let shown: String = line.chars().take(WIDEST).map(seen).collect();
        let cut = if line.chars().count() > WIDEST {
            "…"
        } else {
            ""
        };
        let _ = writeln!(entry, "    {shown}{cut}");
    }
    if lines.len() > MOST {
        let _ = writeln!(entry, "    and {} more", lines.len() - MOST);
    }
    entry
}

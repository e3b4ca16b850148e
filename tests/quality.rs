//! Judged topics and pairs over the shipped corpus; the measures are a snapshot, so that a ranking change is seen in review.

use crate::support::{Afield, shipped_corpus};
use insta::assert_snapshot;
use std::fs;
use std::path::{Path, PathBuf};

fn quality(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/quality")
        .join(file)
}

#[test]
fn development_topics() {
    let file = |name: &str| quality(name).display().to_string();
    // A date, since stress decays with time and the measures should not.
    let run = Afield::empty().run(&[
        "eval",
        "--corpus",
        &shipped_corpus(),
        "--topics",
        &file("topics.jsonl"),
        "--qrels",
        &file("qrels.tsv"),
        "--pairs",
        &file("pairs.jsonl"),
        "--as-of",
        "2026-11",
    ]);
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run.stdout, @"");
}

/// Recipes, sport, code, small talk: what has nothing to do with any case is not answered as if it had.
#[test]
fn off_topic_briefs_are_told() {
    let afield = Afield::empty();
    let briefs = fs::read_to_string(quality("off-topic.txt")).unwrap();
    let corpus = shipped_corpus();
    let (mut told, mut all) = (0, 0);
    for brief in briefs.lines() {
        // Quoted as one argument; `--` since a brief may begin with a dash.
        let run = afield.run(&["search", "--corpus", &corpus, "--json", "--", brief]);
        let verdict = run.json()["verdict"].as_str().unwrap().to_owned();
        told += usize::from(matches!(verdict.as_str(), "weak" | "none"));
        all += 1;
    }
    assert!(all >= 80 && told * 100 >= all * 95, "{told} of {all}");
}

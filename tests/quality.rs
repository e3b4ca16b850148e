//! Judged topics and pairs over the shipped corpus; the measures are a snapshot, so that a ranking change is seen in review.

use crate::support::{Afield, shipped_corpus};
use afield_corpus::{Case, CheckReport, Diagnostic, Month, Place, check};
use afield_index::propose;
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
    assert_snapshot!(run.stdout, @"
    126 topics                afield      BM25     dense    hybrid
    ndcg@10                   0.3443    0.1240    0.1951    0.1751
    far_ndcg@10               0.3756    0.1359    0.2149    0.1921
    alpha_ndcg@10             0.3472    0.1456    0.2117    0.1976
    err_ia@10                 0.0451    0.0176    0.0259    0.0246
    recall@100                0.5267    0.3162    0.4021    0.3962
    sectors@10                8.2540    7.8730    6.8968    7.3889
    own_sector_share@10       0.0000    0.0000    0.0000    0.0000
    dissimilarity@10          0.9696    0.9709    0.9584    0.9636
    zero_results              0.0000    0.0000    0.0000    0.0000

    afield is ahead of    far_ndcg@10   95 % of resampled topics
    BM25                      +0.2398   +0.1986 to +0.2799
    dense                     +0.1608   +0.1249 to +0.1962
    hybrid                    +0.1835   +0.1449 to +0.2213

    96 pairs                  afield      BM25     dense    hybrid
    near                      1.0000    0.7917    0.9583    0.9583
    near, look-alike          0.7500    0.0833    0.0833    0.0417
    far                       0.9583    0.7708    0.9167    0.8750
    far, look-alike           0.5833    0.0000    0.2500    0.0417
    mean of the cells         0.8229    0.4115    0.5521    0.4792
    ");
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

/// What `check` proposes where a case lacks its signals or mechanism, tried on every fourth case: how often one of the
/// three is among the curators' own, in percent.
#[test]
fn proposals_are_often_the_curators_own() {
    let report = check(Path::new(&shipped_corpus()), Month::new(2026, 11)).unwrap();
    let signals = hits(&report, "signals", |case| &mut case.signals);
    let mechanism = hits(&report, "mechanism", |case| &mut case.mechanism);
    assert_snapshot!(format!("signals {signals} · mechanism {mechanism}"), @"signals 72 · mechanism 55");
}

/// The share of hits of a key's proposals, in percent.
fn hits(report: &CheckReport, key: &str, words: fn(&mut Case) -> &mut Vec<String>) -> usize {
    let mut cases: Vec<Case> = report.cases.iter().step_by(4).cloned().collect();
    let own: Vec<Vec<String>> = cases
        .iter_mut()
        .map(|case| std::mem::take(words(case)))
        .collect();
    let missing = |case: &Case| {
        let message = format!("`{key}` is missing");
        Diagnostic::error(&case.path, Place::START, "missing-key", message)
    };
    let mut found: Vec<Diagnostic> = cases.iter().map(missing).collect();
    // In one go only so many findings get proposals.
    for found in found.chunks_mut(50) {
        propose(&cases, &report.vocabulary, found);
    }
    let is_hit = |(found, own): &(&Diagnostic, &Vec<String>)| {
        let proposed = |word: &String| found.help.contains(&format!("`{word}` ("));
        own.iter().any(proposed)
    };
    let hits = found.iter().zip(&own).filter(is_hit).count();
    (hits * 100 + cases.len() / 2) / cases.len()
}

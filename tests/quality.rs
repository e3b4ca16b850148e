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
    assert_snapshot!(run.stdout, @"
    126 topics                afield      BM25     dense    hybrid
    ndcg@10                   0.3062    0.1242    0.1823    0.1628
    far_ndcg@10               0.3357    0.1393    0.2066    0.1818
    alpha_ndcg@10             0.3128    0.1505    0.1937    0.1874
    err_ia@10                 0.0467    0.0222    0.0308    0.0275
    recall@100                0.6305    0.4205    0.5362    0.5289
    sectors@10                8.0952    7.9048    7.1032    7.5397
    own_sector_share@10       0.0000    0.0000    0.0000    0.0000
    dissimilarity@10          0.9743    0.9698    0.9562    0.9627
    zero_results              0.0000    0.0000    0.0000    0.0000

    afield is ahead of    far_ndcg@10   95 % of resampled topics
    BM25                      +0.1964   +0.1558 to +0.2380
    dense                     +0.1291   +0.0884 to +0.1698
    hybrid                    +0.1539   +0.1159 to +0.1920

    96 pairs                  afield      BM25     dense    hybrid
    near                      1.0000    0.6875    0.9583    0.9167
    near, look-alike          0.7917    0.0000    0.0417    0.0000
    far                       1.0000    0.7083    0.9167    0.9167
    far, look-alike           0.7083    0.0417    0.2083    0.0417
    mean of the cells         0.8750    0.3594    0.5312    0.4688
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

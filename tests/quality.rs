//! Judged topics over the shipped corpus; the measures are a snapshot, so that a ranking change is seen in review.

use crate::support::{Afield, shipped_corpus};
use insta::assert_snapshot;
use std::path::Path;

#[test]
fn development_topics() {
    let quality = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality");
    let corpus = shipped_corpus();
    let topics = quality.join("topics.jsonl").display().to_string();
    let qrels = quality.join("qrels.tsv").display().to_string();
    // A date, since stress decays with time and the measures should not.
    let args = [
        "eval", "--corpus", &corpus, "--topics", &topics, "--qrels", &qrels, "--as-of", "2026-11",
    ];
    let run = Afield::empty().run(&args);
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(run.stdout, @"
    60 topics                 afield   whole-text BM25  difference
    ndcg@10                   0.2867            0.1476     +0.1391
    far_ndcg@10               0.3112            0.1604     +0.1508
    alpha_ndcg@10             0.3069            0.1740     +0.1328
    recall@100                0.5237            0.4375     +0.0863
    sectors@10                8.6333            7.9833     +0.6500
    own_sector_share@10       0.0000            0.0000     +0.0000
    zero_results              0.0000            0.0000     +0.0000
    ");
}

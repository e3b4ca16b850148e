//! `afield eval`.

use crate::support::Afield;
use insta::assert_snapshot;

const TOPICS: &str = r#"{"id": "t1", "text": "our branches are losing footfall", "for": "inns"}
{"id": "t2", "text": "empty seats", "exclude": ["zebra-air-standby"], "more": 1}
{"id": "t3", "text": "nobody judged this"}
"#;
const QRELS: &str =
    "t1\tquillmart-tea-counter\t3\nt1 0 fernbank-parlour 2\nt2 marlow-empty-rooms 1\n";

fn afield() -> Afield {
    let afield = Afield::new();
    afield.write("topics.jsonl", TOPICS);
    afield.write("qrels.tsv", QRELS);
    afield
}

#[test]
fn measures_beside_the_baseline() {
    let args = [
        "eval",
        "--topics",
        "topics.jsonl",
        "--qrels",
        "qrels.tsv",
        "--as-of",
        "2016",
        "--per-topic",
    ];
    assert_snapshot!(afield().run(&args), @"
    exit 0
    --- stdout
    2 topics                  afield      BM25     dense    hybrid
    ndcg@10                   0.9567    0.9106    0.8240    0.9106
    far_ndcg@10               0.9567    0.9106    0.8240    0.9106
    alpha_ndcg@10             1.0000    0.9667    0.8414    0.9667
    err_ia@10                 0.4792    0.4583    0.3750    0.4583
    recall@100                1.0000    1.0000    1.0000    1.0000
    sectors@10                3.5000    2.5000    3.5000    3.5000
    own_sector_share@10       0.0000    0.0000    0.0000    0.0000
    dissimilarity@10          0.8833    0.8889    0.8833    0.8833
    zero_results              0.0000    0.0000    0.0000    0.0000

    afield is ahead of    far_ndcg@10   95 % of resampled topics
    BM25                      +0.0461   +0.0000 to +0.0922
    dense                     +0.1327   +0.0000 to +0.2654
    hybrid                    +0.0461   +0.0000 to +0.0922

    topic                      ndcg@10   far_ndcg@10   alpha_ndcg@10    recall@100
    t1                          0.9134        0.9134          1.0000        1.0000
    t2                          1.0000        1.0000          1.0000        1.0000
    --- stderr
    note: 1 of 3 topics have no judgments and are passed over
    ");
}

#[test]
fn json_has_the_promised_names() {
    let run = afield().run(&[
        "eval",
        "--topics",
        "topics.jsonl",
        "--qrels",
        "qrels.tsv",
        "--json",
        "-q",
    ]);
    assert_eq!(run.json()["topics"], 2);
    let names = [
        "ndcg@10",
        "far_ndcg@10",
        "alpha_ndcg@10",
        "recall@100",
        "sectors@10",
        "own_sector_share@10",
        "zero_results",
    ];
    for name in names {
        assert!(run.json()["measures"][name].is_f64(), "{name}: {run}");
    }
}

#[test]
fn a_run_file_in_trec_form() {
    let afield = afield();
    let args = [
        "eval",
        "--topics",
        "topics.jsonl",
        "--qrels",
        "qrels.tsv",
        "--run",
        "out.run",
        "--json",
    ];
    assert_eq!(afield.run(&args).code, 0);
    let run = std::fs::read_to_string(afield.path("out.run")).unwrap();
    let first: Vec<&str> = run.lines().next().unwrap().split(' ').collect();
    assert_eq!(
        first,
        ["t1", "Q0", "fernbank-parlour", "1", "1.000000", "afield"]
    );
    assert!(
        !run.contains("t2 Q0 zebra-air-standby"),
        "excluded ids do not answer: {run}"
    );
    let scores: Vec<f64> = run
        .lines()
        .filter(|line| line.starts_with("t1 "))
        .map(|line| line.split(' ').nth(4).unwrap().parse().unwrap())
        .collect();
    assert!(
        scores.is_sorted_by(|left, right| left > right),
        "tools order by score: {scores:?}"
    );
}

#[test]
fn bad_lines_are_told_by_place() {
    let afield = afield();
    afield.write(
        "bad.tsv",
        "t1 fernbank-parlour 2\nt1 fernbank-parlour\n\nt1 fernbank-parlour good\n",
    );
    afield.write("bad.jsonl", "{\"id\": \"t1\"}\nnot json\n");
    assert_snapshot!(afield.run(&["eval", "--topics", "topics.jsonl", "--qrels", "bad.tsv"]), @"
    exit 2
    --- stdout
    --- stderr
    error: bad.tsv:2: expected `topic case grade`, found 2 fields
    error: bad.tsv:4: grade `good` is not a whole number
    ");
    assert_snapshot!(afield.run(&["eval", "--topics", "bad.jsonl", "--qrels", "qrels.tsv"]), @"
    exit 2
    --- stdout
    --- stderr
    error: bad.jsonl:1: `text` is missing
    error: bad.jsonl:2: not JSON: expected ident at line 1 column 2
    ");
    assert_snapshot!(afield.run(&["eval", "--topics", "none.jsonl", "--qrels", "qrels.tsv"]), @"
    exit 2
    --- stdout
    --- stderr
    error: failed to read `none.jsonl`: No such file or directory (os error 2)
    ");
    afield.write("other.tsv", "t9 fernbank-parlour 2\n");
    assert_snapshot!(afield.run(&["eval", "--topics", "topics.jsonl", "--qrels", "other.tsv"]), @"
    exit 2
    --- stdout
    --- stderr
    error: no topic has judgments
    hint: the first column of the judgments is the topic's `id`
    ");
}

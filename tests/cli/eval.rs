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
        "err_ia@10",
        "recall@100",
        "sectors@10",
        "own_sector_share@10",
        "dissimilarity@10",
        "zero_results",
    ];
    let json = run.json();
    for name in names {
        assert!(json["measures"][name].is_f64(), "{name}: {run}");
        for baseline in ["bm25", "dense", "hybrid"] {
            assert!(json["baselines"][baseline][name].is_f64(), "{name}: {run}");
            let difference = &json["differences"][baseline][name];
            let [low, mean, high] =
                ["low", "mean", "high"].map(|end| difference[end].as_f64().unwrap());
            assert!(low <= mean && mean <= high, "{name}: {run}");
        }
    }
    for on_request in ["per_topic", "pairs", "ablation", "cross_validation"] {
        assert!(json.get(on_request).is_none(), "{on_request}: {run}");
    }
}

#[test]
fn a_plain_evaluation_is_beside_words_alone() {
    let run = afield().run(&[
        "eval",
        "--topics",
        "topics.jsonl",
        "--qrels",
        "qrels.tsv",
        "--plain",
        "-q",
    ]);
    let head: Vec<&str> = run
        .stdout
        .lines()
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    assert_eq!(head, ["2", "topics", "afield", "BM25"], "{run}");
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

const PAIRS: &str = r#"{"id": "p1", "brief": "our branches are losing footfall", "for": "inns", "analogy": "fernbank-parlour", "distractor": "cloudline-refund", "cell": "near", "look_alike": false}
{"id": "p2", "brief": "seats that are not sold today are lost", "analogy": "marlow-empty-rooms", "distractor": "oldcoin-machines", "cell": "far", "look_alike": false}
{"id": "p3", "brief": "buyers hesitate to commit since plans may change", "for": "banks", "analogy": "cloudline-refund", "distractor": "zebra-air-standby", "cell": "far", "look_alike": true}
"#;

#[test]
fn pairs_stand_alone() {
    let afield = Afield::new();
    afield.write("pairs.jsonl", PAIRS);
    let run = afield.run(&["eval", "--pairs", "pairs.jsonl", "--json"]);
    let json = run.json();
    assert_eq!(
        (&json["topics"], &json["pairs"]["count"]),
        (&0.into(), &3.into()),
        "{run}"
    );
    let accuracy = &json["pairs"]["accuracy"];
    for cell in ["near", "far", "far_look_alike", "mean"] {
        assert_eq!(accuracy["afield"][cell], 1.0, "{cell}: {run}");
    }
    for name in ["afield", "bm25", "dense", "hybrid"] {
        assert!(
            accuracy[name]["near_look_alike"].is_null(),
            "no such pair: {run}"
        );
        assert!(accuracy[name]["mean"].is_f64(), "{name}: {run}");
    }
    let text = afield.run(&["eval", "--pairs", "pairs.jsonl"]);
    let rows: Vec<&str> = text
        .stdout
        .lines()
        .map(|line| line[..22].trim_end())
        .collect();
    assert_eq!(
        rows,
        [
            "3 pairs",
            "near",
            "near, look-alike",
            "far",
            "far, look-alike",
            "mean of the cells"
        ],
        "{text}"
    );
}

#[test]
fn bad_pairs_are_told_by_place() {
    let afield = afield();
    let pair = PAIRS.lines().next().unwrap();
    let bad = [
        pair.to_owned(),
        pair.to_owned(),
        pair.replace("p1", "p2")
            .replace("fernbank-parlour", "fernbank-parlor"),
        pair.replace("p1", "p3").replace("\"for\"", "\"home\""),
        pair.replace("p1", "p4").replace("near", "middle"),
        pair.replace("p1", "p5").replace("inns", "moon"),
    ];
    afield.write("pairs.jsonl", bad.join("\n"));
    assert_snapshot!(afield.run(&["eval", "--pairs", "pairs.jsonl"]), @"
    exit 2
    --- stdout
    --- stderr
    error: pairs.jsonl:2: pair `p1` is there twice
    error: pairs.jsonl:3: unknown case `fernbank-parlor`; the nearest is `fernbank-parlour`
    error: pairs.jsonl:4: unknown field `home`, expected one of `id`, `brief`, `for`, `analogy`, `distractor`, `cell`, `look_alike`
    error: pairs.jsonl:5: unknown variant `middle`, expected `near` or `far`
    error: pairs.jsonl:6: unknown sector `moon`
    ");
}

#[test]
fn each_signal_off_in_turn() {
    let afield = afield();
    afield.write("pairs.jsonl", PAIRS);
    let args = [
        "eval",
        "--topics",
        "topics.jsonl",
        "--qrels",
        "qrels.tsv",
        "--pairs",
        "pairs.jsonl",
        "--ablate",
        "--as-of",
        "2016",
        "-q",
    ];
    let json = afield.run(&[&args[..], &["--json"]].concat()).json();
    let ablation = json["ablation"].as_array().unwrap();
    let off: Vec<&str> = ablation
        .iter()
        .map(|signal| signal["off"].as_str().unwrap())
        .collect();
    let expected = [
        "words",
        "signals",
        "text",
        "asks",
        "challenge",
        "pattern",
        "idea",
        "surface",
        "stress",
        "distance",
        "evidence",
        "novelty",
        "diversity",
    ];
    assert_eq!(off, expected);
    let full = json["measures"]["far_ndcg@10"].as_f64().unwrap();
    for signal in ablation {
        let difference = signal["far_ndcg@10"].as_f64().unwrap() - full;
        let told = signal["difference"]["mean"].as_f64().unwrap();
        assert!((difference - told).abs() < 1e-9, "{signal}");
        assert!(signal["pair_accuracy"].is_f64(), "{signal}");
    }
    let text = afield.run(&args).stdout;
    assert!(
        text.contains("without        far_ndcg@10  difference"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn tuning_is_measured_on_topics_it_has_not_seen() {
    let afield = afield();
    let args = [
        "eval",
        "--topics",
        "topics.jsonl",
        "--qrels",
        "qrels.tsv",
        "--cross-validate",
        "-q",
    ];
    assert_snapshot!(afield.run(&args), @"
    exit 2
    --- stdout
    --- stderr
    error: cross-validation needs 5 topics with judgments, and there are 2
    ");
    let topics: String = (0..6)
        .map(|number| {
            format!("{{\"id\": \"t{number}\", \"text\": \"our branches are losing visitors\"}}\n")
        })
        .collect();
    let qrels: String = (0..6)
        .map(|number| format!("t{number} oldcoin-machines 3\nt{number} fernbank-parlour 1\n"))
        .collect();
    afield.write("topics.jsonl", topics);
    afield.write("qrels.tsv", qrels);
    let run = afield.run(&[&args[..], &["--json"]].concat());
    let tuning = &run.json()["cross_validation"];
    let [shipped, held_out, tuned] =
        ["shipped", "held_out", "tuned"].map(|weights| tuning[weights].as_f64().unwrap());
    assert_eq!(tuning["folds"], 5);
    assert!(tuned >= shipped, "{run}");
    assert_eq!(held_out, tuned, "the topics are all the same: {run}");
    assert!(tuning["weights"]["words"].is_f64(), "{run}");
}

#[test]
fn what_needs_topics_says_so() {
    let afield = afield();
    afield.write("pairs.jsonl", PAIRS);
    for args in [
        &["eval"][..],
        &["eval", "--topics", "topics.jsonl"],
        &["eval", "--pairs", "pairs.jsonl", "--ablate"],
        &["eval", "--pairs", "pairs.jsonl", "--cross-validate"],
        &["eval", "--pairs", "pairs.jsonl", "--run", "out.run"],
    ] {
        let run = afield.run(args);
        assert_eq!(run.code, 2, "{run}");
        assert!(
            run.stderr.contains("--qrels") || run.stderr.contains("--topics"),
            "{run}"
        );
    }
}

//! What meaning costs.
//!
//! - `encode`: one text of 12 and of 222 word pieces, and a brief that was asked before.
//! - `in process`: a brief of eight words over the shipped corpus, and over 50,000 cases with four passages each: by words
//!   alone, by meaning with the brief's vector at hand, and by meaning with the brief encoded first.
//! - `one-shot`: the whole command over the shipped corpus, by words and by meaning.
//!
//! The passages of the large corpus are drawn from a thousand texts, so that its two hundred thousand vectors are there after
//! some seconds; what is compared is no less for that.

mod support;

use afield_corpus::Month;
use afield_embed::Encoder;
use afield_index::{
    EncodeOptions, Encoded, Filters, Location, RefreshOptions, Semantic, Snapshot, encode, open,
    refresh,
};
use afield_rank::{Context, Request, Weights, search};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use support::generate;
use tempfile::TempDir;

/// Different texts that the passages of the large corpus are drawn from.
const TEXTS: usize = 1_000;

fn encoding(criterion: &mut Criterion) {
    let encoder = Encoder::shared();
    let mut group = criterion.benchmark_group("encode");
    for (pieces, text) in [
        (
            12,
            "our branches are losing footfall and we cannot close".to_owned(),
        ),
        (222, "shop ".repeat(220)),
    ] {
        assert_eq!(encoder.pieces(&text).len(), pieces);
        group.bench_function(BenchmarkId::new("pieces", pieces), |bencher| {
            bencher.iter(|| encoder.encode(&text));
        });
    }
    group.bench_function("asked before", |bencher| {
        bencher.iter(|| encoder.recall("our branches are losing footfall"));
    });
    group.finish();
}

fn searching(criterion: &mut Criterion) {
    let index = TempDir::new().expect("a temporary folder");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let shipped = Location::new(shipped, index.path());
    in_process(criterion, &shipped, 424);
    one_shot(criterion, &shipped);
    let (corpus, index) = (TempDir::new(), TempDir::new());
    let corpus = corpus.expect("a temporary folder");
    let index = index.expect("a temporary folder");
    let cases = 50_000;
    large_corpus(corpus.path(), cases);
    in_process(
        criterion,
        &Location::new(corpus.path(), index.path()),
        cases,
    );
}

fn prepared(location: &Location) -> Snapshot {
    refresh(location, RefreshOptions::default(), &mut |_| ()).expect("an index");
    let snapshot = open(location).expect("an index");
    let mut options = EncodeOptions::default();
    options.asked = true;
    encode(location, &snapshot, options, &mut |_, _| true).expect("vectors");
    let snapshot = open(location).expect("an index");
    assert_eq!(snapshot.encoded(), Encoded::All);
    snapshot
}

fn in_process(criterion: &mut Criterion, location: &Location, cases: usize) {
    let by_meaning = prepared(location);
    let by_words = open(location).expect("an index").reading(Semantic::Off);
    let context = Context::new(by_meaning.catalogue(), Weights::default());
    let briefs = briefs(cases);
    let mut group = criterion.benchmark_group("in process");
    group
        .sample_size(30)
        .measurement_time(Duration::from_secs(5));
    for (name, snapshot) in [("by words", &by_words), ("by meaning", &by_meaning)] {
        // Asked once before, so that the briefs' vectors are at hand.
        briefs
            .iter()
            .for_each(|brief| answer(snapshot, &context, brief));
        let mut turn = briefs.iter().cycle();
        group.bench_function(BenchmarkId::new(name, cases), |bencher| {
            bencher.iter(|| answer(snapshot, &context, turn.next().expect("an endless cycle")));
        });
    }
    let mut number = 0;
    let mut turn = briefs.iter().cycle();
    group.bench_function(BenchmarkId::new("by meaning, encoding", cases), |bencher| {
        bencher.iter(|| {
            number += 1;
            let brief = format!("{} {number}", turn.next().expect("an endless cycle"));
            answer(&by_meaning, &context, &brief);
        });
    });
    group.finish();
}

fn briefs(cases: usize) -> Vec<String> {
    if cases > 1_000 {
        return generate::Language::new().queries(8, 100);
    }
    let topics = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/topics.jsonl");
    let topics = fs::read_to_string(topics).expect("the development topics");
    let text = |line: &str| -> String {
        let topic: serde_json::Value = serde_json::from_str(line).expect("a topic");
        let words = topic["text"].as_str().expect("a text").split(' ');
        words.take(8).collect::<Vec<_>>().join(" ")
    };
    topics.lines().map(text).collect()
}

fn answer(snapshot: &Snapshot, context: &Context, brief: &str) {
    let mut request = Request::new(Month::new(2024, 6));
    request.home = Some("banking".to_owned());
    let query = snapshot.read(brief, Filters::default());
    search(snapshot, context, query, &request).expect("an answer");
}

fn one_shot(criterion: &mut Criterion, location: &Location) {
    let mut group = criterion.benchmark_group("one-shot");
    group.sample_size(30);
    for semantic in ["off", "auto"] {
        group.bench_function(BenchmarkId::new("--semantic", semantic), |bencher| {
            bencher.iter(|| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_afield"));
                command.args([
                    "search",
                    "our branches are losing footfall",
                    "--for",
                    "banking",
                ]);
                command
                    .args(["--semantic", semantic, "--corpus"])
                    .arg(&location.corpus);
                command.arg("--index").arg(&location.index);
                let command = command.stdout(Stdio::null()).stderr(Stdio::null());
                assert!(command.status().expect("a program that starts").success());
            });
        });
    }
    group.finish();
}

/// Cases of one ask, challenge, idea and outcome each, drawn from [`TEXTS`] texts.
fn large_corpus(folder: &Path, cases: usize) {
    let texts = generate::Language::new().queries(12, TEXTS);
    let mut rng = fastrand::Rng::with_seed(11);
    for number in 0..cases {
        let mut draw = || &texts[rng.usize(..TEXTS)];
        let (ask, challenge, idea, outcome) = (draw(), draw(), draw(), draw());
        let text = format!(
            "---\ntitle: Case {number}\norganisation: Fernbank {number}\nsector: telecom\nsignals: [churn]\nasks:\n  - {ask}\n---\n\n\
             ## Challenge\n\n{challenge}.\n\n## Idea\n\n{idea}.\n\n## Outcome\n\n{outcome}.\n"
        );
        let shelf = folder
            .join("cases")
            .join(format!("shelf-{}", number / 1_000));
        fs::create_dir_all(&shelf).expect("a folder");
        fs::write(shelf.join(format!("case-{number}.md")), text).expect("a file");
    }
}

criterion_group! {
    name = group;
    config = Criterion::default().warm_up_time(Duration::from_millis(500));
    targets = encoding, searching
}
criterion_main!(group);

//! What a search costs.
//!
//! - `in process`: one brief of 1, 3 and 8 words over an open index, wall time: recall, ordering and reading the ten
//!   hits, with all shaping and plain; beside raw tantivy reading its ten best.
//! - `one-shot`: the whole command from start to end, beside a process that opens the raw index and searches once.
//!
//! Corpora as in `benches/index.rs`. Each sample runs the same hundred generated queries in turn.

mod support;

use afield_corpus::Month;
use afield_index::{Filters, Location, RefreshOptions, Snapshot, open, refresh};
use afield_rank::{Context, Request, Weights, search};
use criterion::{BenchmarkId, Criterion, criterion_group};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use support::{generate, raw};
use tempfile::TempDir;

/// Names the raw index that this very program is to search once and then end.
const ONE_SHOT: &str = "AFIELD_BENCH_RAW_ONE_SHOT";

struct Fixture {
    cases: usize,
    corpus: TempDir,
    ours: TempDir,
    theirs: TempDir,
}

impl Fixture {
    fn new(cases: usize) -> Self {
        let new = || TempDir::new().expect("a temporary folder");
        let fixture = Self {
            cases,
            corpus: new(),
            ours: new(),
            theirs: new(),
        };
        generate::corpus(fixture.corpus.path(), cases);
        refresh(&fixture.location(), RefreshOptions::default(), &mut |_| ()).expect("an index");
        let walk = afield_corpus::walk(fixture.corpus.path()).expect("the generated corpus");
        let files: Vec<_> = walk
            .cases
            .iter()
            .map(|found| fixture.corpus.path().join(&found.path))
            .collect();
        raw::index(&files, fixture.theirs.path());
        fixture
    }

    fn location(&self) -> Location {
        Location::new(self.corpus.path(), self.ours.path())
    }
}

fn benches(criterion: &mut Criterion) {
    for cases in generate::sizes() {
        let fixture = Fixture::new(cases);
        in_process(criterion, &fixture);
        one_shot(criterion, &fixture);
    }
}

fn in_process(criterion: &mut Criterion, fixture: &Fixture) {
    let snapshot = open(&fixture.location()).expect("an index");
    let context = Context::new(snapshot.catalogue(), Weights::default());
    let raw = raw::Searcher::open(fixture.theirs.path());
    let language = generate::Language::new();
    let mut group = criterion.benchmark_group("in process");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(3));
    for words in [1, 3, 8] {
        let queries = language.queries(words, 100);
        let name = |what: &str| BenchmarkId::new(format!("{what}, {words} words"), fixture.cases);
        for (what, plain) in [("shaped", false), ("plain", true)] {
            let mut turn = queries.iter().cycle();
            group.bench_function(name(what), |bencher| {
                bencher.iter(|| {
                    answer(
                        &snapshot,
                        &context,
                        turn.next().expect("an endless cycle"),
                        plain,
                    )
                });
            });
        }
        let mut turn = queries.iter().cycle();
        group.bench_function(name("raw tantivy"), |bencher| {
            bencher.iter(|| raw.search(turn.next().expect("an endless cycle")));
        });
    }
    group.finish();
}

fn answer(snapshot: &Snapshot, context: &Context, brief: &str, plain: bool) -> afield_rank::Answer {
    let mut request = Request::new(Month::new(2024, 6));
    request.limit = 10;
    request.plain = plain;
    request.home = (!plain).then(|| "banking".to_owned());
    let query = snapshot.read(brief, Filters::default());
    search(snapshot, context, query, &request).expect("an answer")
}

fn one_shot(criterion: &mut Criterion, fixture: &Fixture) {
    let brief = generate::Language::new().queries(3, 1).remove(0);
    let mut group = criterion.benchmark_group("one-shot");
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(5));
    group.bench_function(
        BenchmarkId::new("afield search", fixture.cases),
        |bencher| {
            bencher.iter(|| {
                let mut command = Command::new(env!("CARGO_BIN_EXE_afield"));
                command.arg("search").arg(&brief).args(["--for", "banking"]);
                command
                    .arg("--corpus")
                    .arg(fixture.corpus.path())
                    .arg("--index")
                    .arg(fixture.ours.path());
                run(command);
            });
        },
    );
    group.bench_function(BenchmarkId::new("raw tantivy", fixture.cases), |bencher| {
        bencher.iter(|| {
            let mut command = Command::new(std::env::current_exe().expect("this program"));
            command.arg(&brief).env(ONE_SHOT, fixture.theirs.path());
            run(command);
        });
    });
    group.finish();
}

fn run(mut command: Command) {
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("a program that starts");
    assert!(status.success(), "{command:?}");
}

criterion_group! {
    name = group;
    config = Criterion::default().warm_up_time(Duration::from_millis(500));
    targets = benches
}

fn main() {
    if let Ok(folder) = std::env::var(ONE_SHOT) {
        let brief = std::env::args().nth(1).unwrap_or_default();
        let found = raw::Searcher::open(Path::new(&folder)).search(&brief);
        assert!(
            !found.is_empty(),
            "the queries are made of the corpus's words"
        );
        return;
    }
    group();
    Criterion::default().configure_from_args().final_summary();
}

//! What keeping an index costs, in CPU time of all threads together.
//!
//! - `full`: an index from files, nothing there before: walk, front matter, markdown, fields, commit, merge.
//! - `unchanged`: again with nothing changed, beside a bare walk that asks for each file's size and time.
//! - `one file`: again after one file changed, beside a raw commit of one document.
//!
//! The raw baseline is tantivy over the same files in the same run (`support/raw.rs`). Corpora come from a seeded
//! generator; their sizes are 1,000 and 50,000 cases, or those named in `AFIELD_BENCH_CASES` (`1000,50000`). The
//! size of both indexes beside the size of the text is printed once for each corpus.

#![expect(clippy::print_stderr, reason = "sizes are told beside the times")]

mod support;

use afield_index::{Location, RefreshOptions, refresh};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;
use support::cpu::CpuTime;
use support::{generate, raw};
use tempfile::TempDir;

struct Corpus {
    cases: usize,
    folder: TempDir,
    files: Vec<PathBuf>,
}

impl Corpus {
    fn new(cases: usize) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        generate::corpus(folder.path(), cases);
        let walk = afield_corpus::walk(folder.path()).expect("the generated corpus");
        let files = walk
            .cases
            .iter()
            .map(|found| folder.path().join(&found.path))
            .collect();
        Self {
            cases,
            folder,
            files,
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn fresh() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

fn update(corpus: &Path, index: &Path) -> afield_index::Report {
    refresh(
        &Location::new(corpus, index),
        RefreshOptions::default(),
        &mut |_| (),
    )
    .expect("an index")
}

fn size(folder: &Path) -> u64 {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    files
        .filter_map(|entry| entry.metadata().ok())
        .filter(fs::Metadata::is_file)
        .map(|metadata| metadata.len())
        .sum()
}

fn benches(criterion: &mut Criterion<CpuTime>) {
    for cases in generate::sizes() {
        let corpus = Corpus::new(cases);
        full(criterion, &corpus);
        again(criterion, &corpus);
    }
}

fn full(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let mut group = criterion.benchmark_group("full");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    group.bench_function(BenchmarkId::new("afield", corpus.cases), |bencher| {
        bencher.iter_batched(
            fresh,
            |index| (update(corpus.path(), index.path()), index),
            BatchSize::PerIteration,
        );
    });
    group.bench_function(BenchmarkId::new("raw tantivy", corpus.cases), |bencher| {
        bencher.iter_batched(
            fresh,
            |index| (raw::index(&corpus.files, index.path()), index),
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn again(criterion: &mut Criterion<CpuTime>, corpus: &Corpus) {
    let (ours, theirs) = (fresh(), fresh());
    update(corpus.path(), ours.path());
    raw::index(&corpus.files, theirs.path());
    let text = size(&corpus.path().join("cases")) as f64;
    let share = |folder: &TempDir| size(folder.path()) as f64 / text;
    eprintln!(
        "size of index / text at {} cases: afield {:.2}, raw tantivy {:.2}",
        corpus.cases,
        share(&ours),
        share(&theirs)
    );
    let mut group = criterion.benchmark_group("again");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    group.bench_function(BenchmarkId::new("unchanged", corpus.cases), |bencher| {
        bencher.iter(|| {
            let report = update(corpus.path(), ours.path());
            assert_eq!(report.opened, 0, "nothing changed");
            report
        });
    });
    group.bench_function(BenchmarkId::new("bare walk", corpus.cases), |bencher| {
        bencher.iter(|| size(corpus.path()));
    });
    let one = &corpus.files[corpus.files.len() / 2];
    let original = fs::read_to_string(one).expect("a generated case");
    let mut edits = 0;
    group.bench_function(BenchmarkId::new("one file", corpus.cases), |bencher| {
        bencher.iter(|| {
            edits += 1;
            fs::write(one, format!("{original}\n\nEdit {edits}.\n")).expect("a writable file");
            assert_eq!(
                update(corpus.path(), ours.path()).written,
                1,
                "one file changed"
            );
        });
    });
    group.bench_function(
        BenchmarkId::new("raw one-document commit", corpus.cases),
        |bencher| {
            bencher.iter(|| raw::replace_one(one, theirs.path()));
        },
    );
    group.finish();
}

criterion_group! {
    name = group;
    config = Criterion::default().with_measurement(CpuTime).warm_up_time(Duration::from_millis(500));
    targets = benches
}
criterion_main!(group);

//! What a search over HTTP costs the server, and how it bears more than it can do.
//!
//! - CPU time of the server for each request, beside an axum handler around raw tantivy (ten best with snippets), and
//!   beside one that has its JSON ready: the floor. Distinct briefs of 1, 3 and 8 words over four connections; the
//!   median of five runs, taken in turn.
//! - 64 connections that ask as fast as they are answered, or refused: what that does to `/healthz`.
//!
//! Each server is a process of its own; the load comes from `wrk`. Corpora as in `benches/index.rs`. Needs Linux.
#![expect(clippy::print_stdout, reason = "a benchmark prints what it found")]

mod support;

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;
use support::generate::{self, Language};
use support::load::{self, Load, Outcome};
use support::served::Served;
use support::{probe, raw, raw_server};
use tempfile::TempDir;

const ROUNDS: usize = 5;
/// Fewer than workers and queue, so that nothing is refused.
const CONNECTIONS: usize = 4;
const RUN: Duration = Duration::from_secs(2);
const FLOOD: usize = 64;
const FLOOD_TIME: Duration = Duration::from_secs(8);

fn main() {
    if let Some(folder) = std::env::var_os(raw_server::FOLDER) {
        raw_server::run(Path::new(&folder));
        return;
    }
    if !load::is_possible() {
        println!(
            "the load comes from `wrk`, which is not installed; on Debian: apt-get install wrk"
        );
        return;
    }
    for cases in generate::sizes() {
        measure(cases);
    }
}

/// The paths of the same briefs on one server.
fn paths(before: &str, after: &str) -> Vec<String> {
    let language = Language::new();
    let mut briefs: Vec<String> = [1, 3, 8]
        .into_iter()
        .flat_map(|words| language.queries(words, 500))
        .collect();
    fastrand::Rng::with_seed(7).shuffle(&mut briefs);
    briefs
        .iter()
        .map(|brief| format!("{before}{}{after}", brief.replace(' ', "+")))
        .collect()
}

fn measure(cases: usize) {
    let [corpus, ours, theirs] =
        std::array::from_fn(|_| TempDir::new().expect("a temporary folder"));
    generate::corpus(corpus.path(), cases);
    let walk = afield_corpus::walk(corpus.path()).expect("the generated corpus");
    let files: Vec<_> = walk
        .cases
        .iter()
        .map(|found| corpus.path().join(&found.path))
        .collect();
    raw::index(&files, theirs.path());

    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.env(raw_server::FOLDER, theirs.path());
    let raw = Served::start(command);
    let mut command = Command::new(env!("CARGO_BIN_EXE_afield"));
    command
        .arg("--quiet")
        .arg("--corpus")
        .arg(corpus.path())
        .arg("--index")
        .arg(ours.path());
    command.args(["serve", "--port", "0"]);
    let afield = Served::start(command);

    let ours = Load::new(&paths("/v1/search?q=", "&for=banking&limit=10"));
    println!("\n{cases} cases");
    side_by_side(&afield, &ours, &raw);
    flood(&afield, &ours);
}

/// One server under one load, run by run.
struct Lane<'a> {
    name: &'a str,
    server: &'a Served,
    load: &'a Load,
    runs: Vec<Run>,
}

#[derive(Clone, Copy)]
struct Run {
    /// Microseconds of the server's CPU for each request.
    cpu: f64,
    outcome: Outcome,
}

impl Lane<'_> {
    fn run(&mut self) {
        let before = self.server.cpu();
        let outcome = self.load.run(&self.server.address, CONNECTIONS, RUN);
        assert_eq!((outcome.refused, outcome.failed), (0, 0), "{}", self.name);
        let cpu = (self.server.cpu() - before).as_secs_f64() * 1e6 / outcome.requests as f64;
        self.runs.push(Run { cpu, outcome });
    }

    fn median(&self, figure: impl Fn(&Run) -> f64) -> f64 {
        let mut figures: Vec<f64> = self.runs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        probe::percentile(&figures, 50)
    }

    fn print(&self) {
        println!(
            "{:<16} {:>12.0} {:>12.0} {:>9.2} {:>9.2}",
            self.name,
            self.median(|run| run.cpu),
            self.median(|run| run.outcome.requests as f64 / run.outcome.seconds),
            self.median(|run| run.outcome.latency[0]),
            self.median(|run| run.outcome.latency[1]),
        );
    }
}

fn side_by_side(afield: &Served, ours: &Load, raw: &Served) {
    let (theirs, ready) = (
        Load::new(&paths("/search?q=", "")),
        Load::new(&["/ready".to_owned()]),
    );
    let lane = |name, server, load| Lane {
        name,
        server,
        load,
        runs: Vec::new(),
    };
    let mut lanes = [
        lane("ready JSON", raw, &ready),
        lane("raw tantivy", raw, &theirs),
        lane("afield", afield, ours),
    ];
    // Caches and lazy parts of all of them are warm from here on.
    lanes.iter_mut().for_each(Lane::run);
    lanes.iter_mut().for_each(|lane| lane.runs.clear());
    for _ in 0..ROUNDS {
        lanes.iter_mut().for_each(Lane::run);
    }
    println!(
        "{:<16} {:>12} {:>12} {:>9} {:>9}",
        "", "CPU µs/req", "requests/s", "p50 ms", "p99 ms"
    );
    lanes.iter().for_each(Lane::print);
    let [_, raw, afield] = &lanes;
    let cpu = |lane: &Lane<'_>| lane.median(|run| run.cpu);
    goal(
        "CPU a request, of raw tantivy's",
        cpu(afield) / cpu(raw),
        1.5,
        "x",
    );
}

fn flood(afield: &Served, load: &Load) {
    let probe = |time| probe::latencies(&afield.address, "/healthz", time);
    let idle = probe(RUN);
    let (outcome, flooded) = thread::scope(|scope| {
        let flooding = scope.spawn(|| load.run(&afield.address, FLOOD, FLOOD_TIME));
        // The flood is at its height a second after its start, and a second before its end.
        thread::sleep(Duration::from_secs(1));
        let flooded = probe(FLOOD_TIME - Duration::from_secs(2));
        (flooding.join().expect("a load"), flooded)
    });
    let p99 = |sorted: &[f64]| probe::percentile(sorted, 99);
    let share = 100.0 * outcome.refused as f64 / outcome.requests as f64;
    println!(
        "{FLOOD} connections: {} answers, {share:.1} % of them 503, {} failed",
        outcome.requests, outcome.failed
    );
    println!(
        "`/healthz` p99: {:.2} ms idle, {:.2} ms meanwhile",
        p99(&idle),
        p99(&flooded)
    );
    goal(
        "`/healthz` p99 meanwhile, of idle",
        p99(&flooded) / p99(&idle),
        10.0,
        "x",
    );
    goal("slowest search", outcome.latency[2] / 1e3, 2.0, " s");
}

fn goal(what: &str, found: f64, most: f64, unit: &str) {
    let met = if found <= most { "met" } else { "MISSED" };
    println!("  {what:<36} {found:>7.2}{unit}, at most {most}{unit}: {met}");
}

//! Load from outside, made by `wrk`.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// Requests in turn, as a script of `wrk`.
pub struct Load {
    folder: TempDir,
}

/// What came of a load.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Answers, refused ones included.
    pub requests: u64,
    /// How long it took.
    pub seconds: f64,
    /// Answers with status 503.
    pub refused: u64,
    /// Other answers of 400 or more, and connections that failed.
    pub failed: u64,
    /// Median, 99th percentile and maximum of the latency, in milliseconds.
    pub latency: [f64; 3],
}

/// Whether `wrk` is installed.
pub fn is_possible() -> bool {
    Command::new("wrk")
        .arg("-v")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// One thread asks, so its counters are all there is.
const SCRIPT: &str = r#"
local at, asker = 0, nil
refused, failed = 0, 0
function setup(thread) asker = thread end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
function response(status)
  if status == 503 then refused = refused + 1 elseif status >= 400 then failed = failed + 1 end
end
function done(summary, latency)
  local errors = summary.errors
  local broken = errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("outcome %d %f %d %d %f %f %f\n", summary.requests, summary.duration / 1e6,
    asker:get("refused"), asker:get("failed") + broken,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3))
end
"#;

impl Load {
    /// Requests of these paths, in turn and over again.
    pub fn new(paths: &[String]) -> Self {
        let load = Self {
            folder: TempDir::new().expect("a temporary folder"),
        };
        let mut script = String::from("paths = {\n");
        for path in paths {
            writeln!(script, "  \"{path}\",").expect("memory");
        }
        script += "}\n";
        fs::write(load.script(), script + SCRIPT).expect("a writable folder");
        load
    }

    fn script(&self) -> PathBuf {
        self.folder.path().join("paths.lua")
    }

    /// Asks a server over so many connections for so long, each connection as fast as it is answered.
    pub fn run(&self, address: &str, connections: usize, time: Duration) -> Outcome {
        let mut command = Command::new("wrk");
        command.args([
            "--threads",
            "1",
            "--timeout",
            "10s",
            "--connections",
            &connections.to_string(),
        ]);
        command.args(["--duration", &format!("{}s", time.as_secs())]);
        command
            .arg("--script")
            .arg(self.script())
            .arg(format!("http://{address}/"));
        let output = command.output().expect("wrk");
        let told = String::from_utf8_lossy(&output.stdout);
        let outcome = told
            .lines()
            .find_map(|line| line.strip_prefix("outcome "))
            .and_then(read);
        outcome.unwrap_or_else(|| {
            panic!(
                "wrk told nothing: {told}{}",
                String::from_utf8_lossy(&output.stderr)
            )
        })
    }
}

fn read(line: &str) -> Option<Outcome> {
    let numbers: Vec<f64> = line
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    let &[requests, seconds, refused, failed, p50, p99, max] = numbers.as_slice() else {
        return None;
    };
    Some(Outcome {
        requests: requests as u64,
        seconds,
        refused: refused as u64,
        failed: failed as u64,
        latency: [p50, p99, max],
    })
}

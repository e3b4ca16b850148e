//! A server as a process of its own, and what it costs.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that runs until this is dropped.
pub struct Served {
    process: Child,
    /// Where it listens: `127.0.0.1:40123`.
    pub address: String,
}

impl Served {
    /// Starts a server that says `listening on http://…` on its standard output.
    pub fn start(mut command: Command) -> Self {
        let mut process = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("a program that starts");
        let mut told = String::new();
        let output = process.stdout.as_mut().expect("a pipe");
        BufReader::new(output).read_line(&mut told).expect("a line");
        let address = told
            .trim()
            .strip_prefix("listening on http://")
            .expect("an address")
            .to_owned();
        Self { process, address }
    }

    /// CPU time of all its threads so far, from `/proc`.
    pub fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))
            .expect("a running server on Linux");
        // The second field, the name, may have blanks; the 14th and 15th are user and system time in ticks.
        let (_, rest) = stat.rsplit_once(')').expect("a name in parentheses");
        let ticks: u64 = rest
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse::<u64>().ok())
            .sum();
        Duration::from_millis(ticks * 1_000 / rustix::param::clock_ticks_per_second())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

//! How a server is set up.

use afield_index::Semantic;
use jiff::civil::Date;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How a server is set up. [`Options::new`] is a server for its own machine.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The address to listen on.
    pub host: IpAddr,
    /// The port to listen on; 0 lets the system choose one.
    pub port: u16,
    /// The file of API keys; without one no key is needed, which only a loopback address may.
    pub keys: Option<PathBuf>,
    /// Names of this server beside `localhost` and IP addresses: what `Host` may say.
    pub hosts: Vec<String>,
    /// Origins whose pages may ask, such as `https://ideas.example`; `*` is any.
    pub origins: Vec<String>,
    /// Requests a second for each key, or each address without keys; [`None`] is no limit.
    pub rate: Option<u32>,
    /// Searches that run at the same time.
    pub workers: usize,
    /// Searches that wait while all workers are busy; more are refused.
    pub queue: usize,
    /// Connections that are open at the same time; more wait to be accepted.
    pub connections: usize,
    /// Largest body, in bytes.
    pub body: usize,
    /// How long a client may take to send the head of a request, and again its body.
    pub patience: Duration,
    /// How long an answer may take.
    pub timeout: Duration,
    /// How long requests that have begun may go on after the server is told to stop.
    pub grace: Duration,
    /// Whether the corpus is watched, and answers follow its edits.
    pub watch: bool,
    /// Whether briefs are searched by meaning. What has no vector yet is encoded while the server answers.
    pub semantic: Semantic,
    /// What day it is.
    pub today: fn() -> Date,
}

impl Options {
    /// A server for its own machine, with a clock.
    pub fn new(today: fn() -> Date) -> Self {
        let workers = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 7_330,
            keys: None,
            hosts: Vec::new(),
            origins: Vec::new(),
            rate: None,
            workers,
            queue: workers * 16,
            connections: 1_024,
            body: 64 * 1_024,
            patience: Duration::from_secs(10),
            timeout: Duration::from_secs(2),
            grace: Duration::from_secs(10),
            watch: false,
            semantic: Semantic::Auto,
            today,
        }
    }
}

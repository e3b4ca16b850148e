//! `afield serve`: the corpus over HTTP and MCP.

use crate::args::{Global, Meaning};
use crate::config::{self, Config};
use crate::error::Failure;
use crate::logging::LogArgs;
use crate::output::Talk;
use crate::progress::Teller;
use afield_server::{Options, Server, told_to_stop};
use clap::Args;
use clap::builder::FalseyValueParser;
use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// Answer over HTTP and MCP, on this machine only unless told otherwise
///
/// Needs no set-up on this machine: the same corpus and index as the other verbs. To let other machines ask, make an API
/// key with `afield keys new`, then name an address with `--host`. Ends in order on Ctrl-C or a termination signal.
#[derive(Debug, Args)]
#[command(
    after_help = "Then: curl 'http://127.0.0.1:7330/v1/search?q=our+branches+are+losing+footfall&for=banking'\n\
    Reference: http://127.0.0.1:7330/docs"
)]
pub(crate) struct ServeArgs {
    /// The IP address to listen on; other than a loopback address only with API keys
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "127.0.0.1",
        env = "AFIELD_HOST"
    )]
    host: IpAddr,
    /// The port to listen on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value = "7330", env = "AFIELD_PORT")]
    port: u16,
    /// Follow edits of the corpus: a case that is saved, added or removed is in the answers within two seconds
    #[arg(long, env = "AFIELD_WATCH", value_parser = FalseyValueParser::new())]
    watch: bool,
    #[command(flatten)]
    semantic: Meaning,
    #[command(flatten)]
    access: Access,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    log: LogArgs,
}

/// Who may ask.
#[derive(Debug, Args)]
#[command(next_help_heading = "Access")]
struct Access {
    /// File of API keys: whoever asks has to send one. See `afield keys`
    #[arg(long, value_name = "FILE", env = "AFIELD_KEYS")]
    keys: Option<PathBuf>,
    /// Another name of this server, for clients and proxies that call it by name; repeatable
    #[arg(
        long,
        value_name = "NAME",
        env = "AFIELD_ALLOW_HOST",
        value_delimiter = ','
    )]
    allow_host: Vec<String>,
    /// Let web pages of this origin ask, such as `https://ideas.example`; repeatable
    #[arg(
        long,
        value_name = "ORIGIN",
        env = "AFIELD_CORS_ORIGIN",
        value_delimiter = ','
    )]
    #[arg(value_parser = origin)]
    cors_origin: Vec<String>,
    /// Requests a second for each key, or each address without keys; 0 is no limit [default: 50 with keys, else 0]
    #[arg(long, value_name = "N", env = "AFIELD_RATE")]
    rate: Option<u32>,
}

/// How much is taken on at once.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct Limits {
    /// Searches that run at the same time [default: one a processor]
    #[arg(long, value_name = "N", env = "AFIELD_WORKERS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    workers: Option<u16>,
    /// Searches that may wait; more are refused with 503 [default: 16 for each worker]
    #[arg(long, value_name = "N", env = "AFIELD_QUEUE")]
    queue: Option<u16>,
    /// Connections that may be open
    #[arg(long, value_name = "N", default_value = "1024", env = "AFIELD_CONNECTIONS", value_parser = clap::value_parser!(u16).range(1..))]
    connections: u16,
    /// Largest body, in bytes
    #[arg(long, value_name = "BYTES", default_value = "65536", env = "AFIELD_MAX_BODY", value_parser = clap::value_parser!(u32).range(1024..))]
    max_body: u32,
    /// Seconds a client may take to send the head of a request, and again its body
    #[arg(long, value_name = "SECONDS", default_value = "10", env = "AFIELD_READ_TIMEOUT", value_parser = clap::value_parser!(u16).range(1..))]
    read_timeout: u16,
    /// Seconds an answer may take
    #[arg(long, value_name = "SECONDS", default_value = "2", env = "AFIELD_TIMEOUT", value_parser = clap::value_parser!(u16).range(1..))]
    timeout: u16,
    /// Seconds that requests which have begun may go on after the server is told to stop
    #[arg(
        long,
        value_name = "SECONDS",
        default_value = "10",
        env = "AFIELD_GRACE"
    )]
    grace: u16,
}

impl ServeArgs {
    fn options(&self) -> Options {
        let (access, limits) = (&self.access, &self.limits);
        let mut options = Options::new(config::today);
        (options.host, options.port, options.watch) = (self.host, self.port, self.watch);
        options.semantic = self.semantic.into();
        options.keys.clone_from(&access.keys);
        if options.keys.is_none() && !self.host.to_canonical().is_loopback() {
            options.keys = config::keys_file(None).ok().filter(|file| file.is_file());
        }
        options.hosts.clone_from(&access.allow_host);
        options.origins.clone_from(&access.cors_origin);
        let rate = access
            .rate
            .unwrap_or(if options.keys.is_some() { 50 } else { 0 });
        options.rate = (rate > 0).then_some(rate);
        if let Some(workers) = limits.workers {
            options.workers = workers.into();
        }
        options.queue = limits.queue.map_or(options.workers * 16, usize::from);
        options.connections = limits.connections.into();
        options.body = usize::try_from(limits.max_body).unwrap_or(usize::MAX);
        options.patience = Duration::from_secs(limits.read_timeout.into());
        options.timeout = Duration::from_secs(limits.timeout.into());
        options.grace = Duration::from_secs(limits.grace.into());
        options
    }
}

pub(crate) fn run(args: &ServeArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let config = Config::new(global)?;
    args.log.start(talk)?;
    let options = args.options();
    let keys = options.keys.clone();
    let mut teller = Teller::new(talk);
    let server = Server::bind(config.location(), options, &mut |progress| {
        teller.step(progress);
    })?;
    teller.finish(None);
    greet(server.address(), &config, keys.is_some(), talk)?;
    let cut_off = server.run(told_to_stop())?;
    if cut_off > 0 {
        talk.note(&format!("connections that were cut off: {cut_off}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Says where the server listens, on stdout, and what to try.
fn greet(address: SocketAddr, config: &Config, keys: bool, talk: &Talk) -> Result<(), Failure> {
    let mut out = talk.answer();
    writeln!(out, "listening on http://{address}")?;
    out.flush()?;
    let key = if keys {
        " -H \"Authorization: Bearer $KEY\""
    } else {
        ""
    };
    talk.note(&format!("corpus `{}`", config.corpus.display()));
    talk.note(&format!(
        "try: curl{key} 'http://{address}/v1/search?q=our+branches+are+losing+footfall&for=banking'"
    ));
    talk.note(&format!(
        "reference: http://{address}/docs · agents: http://{address}/mcp"
    ));
    Ok(())
}

/// Reads an origin: a scheme, a name and perhaps a port, without a path; or `*`.
fn origin(text: &str) -> Result<String, String> {
    let sound = |rest: &str| !rest.is_empty() && !rest.contains(['/', '?', '#', ' ', '*']);
    match text.split_once("://") {
        _ if text == "*" => Ok(text.to_owned()),
        Some(("http" | "https", rest)) if sound(rest) => Ok(text.to_ascii_lowercase()),
        _ => Err(
            "expected an origin such as https://ideas.example, without a path, or `*`".to_owned(),
        ),
    }
}

//! The log of verbs that run for long: on stderr, as text or a JSON object a line.

use crate::config;
use crate::error::Failure;
use crate::output::Talk;
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal as _};
use tracing_subscriber::EnvFilter;

/// The log of a verb.
#[derive(Debug, Args)]
pub(crate) struct LogArgs {
    /// How the log on standard error is written; `AFIELD_LOG` sets what is logged, such as `warn`
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        env = "AFIELD_LOG_FORMAT"
    )]
    log_format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people
    Text,
    /// A JSON object a line, for programs
    Json,
}

impl LogArgs {
    /// Starts the log. What is logged is set by `AFIELD_LOG`, in the syntax of `tracing`; else `--quiet` and `--verbose`.
    ///
    /// # Errors
    /// When `AFIELD_LOG` is not understood.
    pub(crate) fn start(&self, talk: &Talk) -> Result<(), Failure> {
        let level = match talk {
            talk if talk.is_quiet() => "warn",
            talk if talk.is_verbose() => "debug",
            _ => "info",
        };
        // The libraries below are only heard when something is wrong.
        let otherwise = format!("warn,afield={level},afield_server={level},afield_index={level}");
        let wanted = config::text_variable("AFIELD_LOG").unwrap_or(otherwise);
        let filter = EnvFilter::try_new(&wanted).map_err(|error| {
            Failure::misuse(format!("`AFIELD_LOG` is `{wanted}`: {error}"))
                .hint("use a level, such as `warn`, or targets, such as `warn,afield_server=debug`")
        })?;
        let log = tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_writer(io::stderr)
            .with_ansi(io::stderr().is_terminal());
        match self.log_format {
            LogFormat::Text => log.with_target(false).init(),
            LogFormat::Json => log.json().flatten_event(true).init(),
        }
        Ok(())
    }
}

//! The terminal door: parses, gathers, calls one library function, presents.
//!
//! What is printed on stdout is data, what is printed on stderr is talk. Exit codes: 0 ran, also without hits ·
//! 1 only for `--exit-status` without hits, `check` with violations, or `import` with
//! rows that could not be made · 2 usage or tool error · 3 corpus or index
//! missing or unusable.

mod args;
mod commands;
mod config;
mod error;
mod evaluation;
mod judgments;
mod logging;
mod mending;
mod narrow;
mod output;
mod progress;
#[cfg(test)]
mod reference;
mod session;
mod shelf;
mod shipped;
mod table;

use clap::Parser as _;
use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        // Help and version are answers, the rest is misuse; clap knows which is which.
        Err(refusal) => return refused(&refusal),
    };
    let talk = output::Talk::new(&cli.global);
    commands::run(cli, &talk).unwrap_or_else(|failure| failure.report(&talk))
}

/// Prints what clap has to say.
fn refused(refusal: &clap::Error) -> ExitCode {
    // A pipe that is closed already does not change what the exit code should be.
    refusal.print().ok();
    ExitCode::from(u8::try_from(refusal.exit_code()).unwrap_or(error::MISUSE))
}

//! `afield completions`: completions for a shell.

use crate::args::Cli;
use crate::error::Failure;
use crate::output::Talk;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use std::io::Write as _;
use std::process::ExitCode;

/// Print completions for a shell
///
/// For bash: afield completions bash > ~/.local/share/bash-completion/completions/afield
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs, talk: &Talk) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    // Written to memory first: the generator panics when a pipe is closed.
    clap_complete::generate(args.shell, &mut Cli::command(), "afield", &mut script);
    let mut out = talk.answer();
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

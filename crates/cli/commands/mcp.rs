//! `afield mcp`: the corpus for agents, on standard input and output.

use crate::args::{Global, Meaning};
use crate::config::{self, Config};
use crate::error::Failure;
use crate::logging::LogArgs;
use crate::output::Talk;
use crate::progress::Teller;
use afield_server::Options;
use clap::Args;
use std::process::ExitCode;

/// Answer agents over the Model Context Protocol, on standard input and output
///
/// For the settings of an agent: command `afield`, argument `mcp`. The tools are `inspire`, `search`, `fetch`, `case` and
/// `sectors`; all of them only read. The same tools are at /mcp of `afield serve`.
#[derive(Debug, Args)]
pub(crate) struct McpArgs {
    #[command(flatten)]
    semantic: Meaning,
    #[command(flatten)]
    log: LogArgs,
}

pub(crate) fn run(args: &McpArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let config = Config::new(global)?;
    args.log.start(talk)?;
    let mut teller = Teller::new(talk);
    let mut options = Options::new(config::today);
    options.semantic = args.semantic.into();
    afield_server::mcp(config.location(), options, &mut |progress| {
        teller.step(progress);
    })?;
    Ok(ExitCode::SUCCESS)
}

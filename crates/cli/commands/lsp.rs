//! `afield lsp`: the corpus for editors, on standard input and output.

use crate::args::Global;
use crate::config::{Config, FoundBy, this_month};
use crate::error::Failure;
use crate::logging::LogArgs;
use crate::output::Talk;
use afield_editor::{EditorError, serve};
use clap::Args;
use std::process::ExitCode;

/// Help editors over the Language Server Protocol, on standard input and output
///
/// For the settings of an editor: command `afield`, argument `lsp`. While a case is written, its findings stand beside its
/// lines, keys and ids are completed, and what an id means is told. No file is written.
#[derive(Debug, Args)]
pub(crate) struct LspArgs {
    #[command(flatten)]
    log: LogArgs,
    /// Taken and without effect: some editors add it to every server
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(crate) fn run(args: &LspArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let config = Config::new(global)?;
    args.log.start(talk)?;
    // Nobody writes in the corpus that is compiled in: the folder that the editor works in may have one.
    let root = (config.found_by != FoundBy::Shipped).then_some(config.corpus.as_path());
    match serve(root, this_month) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        // The protocol's own code for it; there is nobody left to tell.
        Err(EditorError::Abandoned) => Ok(ExitCode::FAILURE),
        Err(EditorError::Corpus(error)) => Err(error.into()),
        Err(error) => Err(Failure::misuse(error.to_string())),
    }
}

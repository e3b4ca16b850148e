//! The verbs, one a file: its arguments, whose docs are its help, and its function.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod coverage;
pub(crate) mod doctor;
pub(crate) mod eval;
pub(crate) mod import;
pub(crate) mod index;
pub(crate) mod init;
pub(crate) mod keys;
pub(crate) mod lsp;
pub(crate) mod mcp;
pub(crate) mod new;
pub(crate) mod related;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod sectors;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod signals;
pub(crate) mod why;

use crate::args::{Cli, Verb};
use crate::error::Failure;
use crate::output::Talk;
use std::process::ExitCode;

/// Runs the verb that was typed.
pub(crate) fn run(cli: Cli, talk: &Talk) -> Result<ExitCode, Failure> {
    let global = &cli.global;
    match cli.verb {
        Verb::Search(args) => search::run(&args, global, talk),
        Verb::Show(args) => show::run(&args, global, talk),
        Verb::Related(args) => related::run(&args, global, talk),
        Verb::Why(args) => why::run(&args, global, talk),
        Verb::Sectors(args) => sectors::run(&args, global, talk),
        Verb::Signals(args) => signals::run(&args, global, talk),
        Verb::Serve(args) => serve::run(&args, global, talk),
        Verb::Mcp(args) => mcp::run(&args, global, talk),
        Verb::Index(args) => index::run(&args, global, talk),
        Verb::Init(args) => init::run(&args, talk),
        Verb::New(args) => new::run(&args, global, talk),
        Verb::Import(args) => import::run(&args, global, talk),
        Verb::Check(args) => check::run(&args, global, talk),
        Verb::Coverage(args) => coverage::run(&args, global, talk),
        Verb::Schema(args) => schema::run(&args, global, talk),
        Verb::Lsp(args) => lsp::run(&args, global, talk),
        Verb::Eval(args) => eval::run(&args, global, talk),
        Verb::Doctor(args) => doctor::run(&args, global, talk),
        Verb::Keys(args) => keys::run(&args, talk),
        Verb::Completions(args) => completions::run(&args, talk),
    }
}

//! `afield schema`: what editors need to know of the files of a corpus.

use crate::args::Global;
use crate::config::Config;
use crate::error::Failure;
use crate::output::Talk;
use afield_corpus::schema::{Kind, schema};
use afield_corpus::{load_catalogue, walk};
use afield_present::json;
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::process::ExitCode;

/// Print the JSON Schema of a kind of file, for editors that complete and check what is written
///
/// In the schema of a case the ids of this corpus's vocabularies are listed.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The kind of file
    #[arg(value_name = "KIND")]
    kind: FileKind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FileKind {
    /// The front matter of a case
    Case,
    /// `sectors.toml`
    Sectors,
    /// `signals.toml`
    Signals,
    /// `mechanisms.toml`
    Mechanisms,
    /// `functions.toml`
    Functions,
    /// `journey.toml`
    Journey,
    /// `observations/*.toml`
    Observations,
}

pub(crate) fn run(args: &SchemaArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let root = Config::new(global)?.corpus;
    let (catalogue, _) = load_catalogue(&root, &walk(&root)?);
    let kind = match args.kind {
        FileKind::Case => Kind::Case,
        FileKind::Sectors => Kind::Sectors,
        FileKind::Signals => Kind::Signals,
        FileKind::Mechanisms => Kind::Mechanisms,
        FileKind::Functions => Kind::Functions,
        FileKind::Journey => Kind::Journey,
        FileKind::Observations => Kind::Observations,
    };
    let mut out = talk.answer();
    json::write(&schema(kind, &catalogue.vocabulary), &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

//! `afield schema`: what editors need to know of the files of a corpus.

use crate::args::Global;
use crate::config::Config;
use crate::error::Failure;
use crate::output::Talk;
use afield_corpus::schema::{Kind, schema};
use afield_corpus::{load_catalogue, walk};
use afield_present::json;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::io::Write as _;
use std::process::ExitCode;

/// Print the JSON Schema of a kind of file, for editors that complete and check what is written
///
/// In the schema of a case the ids of this corpus's vocabularies are listed.
#[derive(Debug, Args)]
pub(crate) struct SchemaArgs {
    /// The kind of file
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: Kind,
}

/// The kinds, as they are typed.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    let values = Kind::ALL.map(|kind| PossibleValue::new(kind.id()).help(kind.files()));
    PossibleValuesParser::new(values).try_map(|id| {
        let mut kinds = Kind::ALL.into_iter();
        kinds.find(|kind| kind.id() == id).ok_or("no such kind")
    })
}

pub(crate) fn run(args: &SchemaArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let root = Config::new(global)?.corpus;
    let (catalogue, _) = load_catalogue(&root, &walk(&root)?);
    let mut out = talk.answer();
    json::write(&schema(args.kind, &catalogue.vocabulary), &mut out)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

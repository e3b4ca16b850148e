//! `afield related`: the same problem or the same mechanism, elsewhere.

use crate::args::{Form, Global};
use crate::error::Failure;
use crate::output::Talk;
use crate::session::Session;
use afield_present::text;
use afield_present::view::RelatedView;
use afield_rank::{Context, Weights};
use clap::Args;
use std::process::ExitCode;

/// Find cases of other sectors with the same problem or the same mechanism as a case
#[derive(Debug, Args)]
pub(crate) struct RelatedArgs {
    /// The case's id
    id: String,
    /// How many cases
    #[arg(short = 'n', long, value_name = "N", default_value = "5")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &RelatedArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let session = Session::open(global, talk)?;
    let case = session.case(&args.id)?;
    let context = Context::new(session.snapshot.catalogue(), Weights::default());
    let related = afield_rank::related(
        &session.snapshot,
        &context,
        &case.id,
        usize::from(args.limit),
    )?;
    let view = RelatedView::new(&case, &related.unwrap_or_default(), session.vocabulary());
    talk.write(args.form, &view, text::related)?;
    Ok(ExitCode::SUCCESS)
}

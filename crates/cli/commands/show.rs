//! `afield show`: one case.

use crate::args::{Form, Global};
use crate::error::Failure;
use crate::output::Talk;
use crate::session::Session;
use afield_present::text;
use afield_present::view::CaseView;
use clap::Args;
use std::process::ExitCode;

/// Show one case, whole: its text, figures, sources and what it needs
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The case's id
    id: String,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &ShowArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let session = Session::open(global, talk)?;
    let view = CaseView::new(&session.case(&args.id)?, session.vocabulary());
    talk.write(args.form, &view, text::case)?;
    Ok(ExitCode::SUCCESS)
}

//! `afield why`: why a case stands where it stands for a brief, or is not there.

use super::search::Ask;
use crate::args::{Brief, Form, Global};
use crate::error::Failure;
use crate::narrow::Narrow;
use crate::output::Talk;
use crate::session::{self, Session};
use afield_present::text;
use afield_present::view::WhyView;
use afield_rank::{Context, Weights};
use clap::Args;
use std::process::ExitCode;

/// Explain why a case is where it is for a brief, or why it is not there
#[derive(Debug, Args)]
pub(crate) struct WhyArgs {
    /// The case's id
    id: String,
    #[command(flatten)]
    brief: Brief,
    #[command(flatten)]
    ask: Ask,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    narrow: Narrow,
}

pub(crate) fn run(args: &WhyArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let brief = session::brief(&args.brief)?;
    let session = Session::for_briefs(global, args.ask.semantic.into(), talk)?;
    let request = args.ask.request(&session)?;
    let query = session
        .snapshot
        .read(&brief, args.narrow.filters(&session.snapshot)?);
    let context = Context::new(session.snapshot.catalogue(), Weights::default());
    let case = session.case(&args.id)?;
    let found = afield_rank::why(&session.snapshot, &context, &case.id, &query, &request)?;
    let found = found.ok_or_else(|| Failure::misuse(format!("unknown case `{}`", case.id)))?;
    query
        .notes
        .iter()
        .chain(&session.warnings)
        .for_each(|note| talk.note(note));
    let view = WhyView::new(
        &found,
        &query,
        request.home.as_deref(),
        session.vocabulary(),
    );
    talk.write(args.form, &view, text::why)?;
    Ok(ExitCode::SUCCESS)
}

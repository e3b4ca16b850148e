//! `afield sectors`: how hard sectors are pressed.

use crate::args::{Form, Global, month};
use crate::config;
use crate::error::Failure;
use crate::narrow::one_sector;
use crate::output::Talk;
use crate::session::Session;
use afield_corpus::Month;
use afield_present::text;
use afield_present::view::{SectorView, SectorsView};
use afield_rank::StressModel;
use clap::Args;
use std::process::ExitCode;

/// Show how hard each sector is pressed, or one sector with its trend and the figures behind it
///
/// Stress is read off dated, sourced figures: 0 is not pressed, 1 pressed hard; arrows compare with a year before.
#[derive(Debug, Args)]
pub(crate) struct SectorsArgs {
    /// One sector, by id, label or alias
    #[arg(value_name = "S")]
    sector: Option<String>,
    /// Read stress as of this date: 2020, 2020-06 or 2020-06-15 [default: today]
    #[arg(long, value_name = "DATE", value_parser = month)]
    as_of: Option<Month>,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &SectorsArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let session = Session::open(global, talk)?;
    let vocabulary = session.vocabulary();
    let model = StressModel::new(vocabulary, &session.snapshot.catalogue().series);
    let as_of = args.as_of.unwrap_or_else(config::this_month);
    if let Some(wanted) = &args.sector {
        let sector = one_sector(wanted, vocabulary)?;
        let view = SectorView::new(&sector, &model, vocabulary, as_of);
        talk.write(args.form, &view, text::sector)?;
    } else {
        let view = SectorsView::new(&model, vocabulary, session.snapshot.counts(), as_of);
        talk.write(args.form, &view, text::sectors)?;
    }
    Ok(ExitCode::SUCCESS)
}

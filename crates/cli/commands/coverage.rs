//! `afield coverage`: what a corpus has and lacks.

use crate::args::{Global, month};
use crate::config::{Config, this_month};
use crate::error::Failure;
use crate::output::Talk;
use afield_corpus::{Month, load_catalogue, read_case, walk};
use afield_present::view::CoverageView;
use afield_present::{csv, html, json, text};
use afield_rank::StressModel;
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::process::ExitCode;

/// Show what the corpus has and lacks, so that one knows what to write next
///
/// The grid of stress signals and sectors with the cases in each; sectors, signals and mechanisms that are thin; signals
/// that press a sector today while no case tells what was done about it; shares of grades; ageing sources.
#[derive(Debug, Args)]
pub(crate) struct CoverageArgs {
    /// Read stress and age as of this date: 2020, 2020-06 or 2020-06-15 [default: today]
    #[arg(long, value_name = "DATE", value_parser = month)]
    as_of: Option<Month>,
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CoverageAs,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CoverageAs {
    /// For people
    Text,
    /// For programs
    Json,
    /// The grid, for a spreadsheet
    Csv,
    /// The grid as a page
    Html,
}

pub(crate) fn run(args: &CoverageArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let root = Config::new(global)?.corpus;
    talk.detail(&format!("corpus `{}`", root.display()));
    let walk = walk(&root)?;
    let (catalogue, _) = load_catalogue(&root, &walk);
    // What cannot be read is a matter of `check`.
    let read = walk
        .cases
        .iter()
        .filter_map(|found| read_case(&root, found).ok());
    let cases: Vec<_> = read.map(|parsed| parsed.case).collect();
    let model = StressModel::new(&catalogue.vocabulary, &catalogue.series);
    let as_of = args.as_of.unwrap_or_else(this_month);
    let view = CoverageView::new(&cases, &catalogue.vocabulary, &model, as_of);
    let mut out = talk.answer();
    match if args.json {
        CoverageAs::Json
    } else {
        args.format
    } {
        CoverageAs::Text => text::coverage(&view, &talk.page, &mut out)?,
        CoverageAs::Json => json::write(&view, &mut out)?,
        CoverageAs::Csv => csv::coverage(&view, &mut out)?,
        CoverageAs::Html => html::coverage(&view, &mut out)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

//! `afield index`: build or refresh the index, with an account of every file.

use crate::args::{Form, Global};
use crate::config::Config;
use crate::error::Failure;
use crate::output::{Answer, Talk};
use crate::progress::Teller;
use afield_index::{RefreshOptions, Report};
use afield_present::view::{IndexingView, RefusedView};
use afield_present::{Page, text};
use clap::Args;
use std::process::ExitCode;

/// Build the index or bring it in step with the corpus, with an account of every file
///
/// Only new, changed and removed files are touched. Searches keep the index in step by themselves; this is for large
/// corpora, for scripts, and to see what became of each file: found = indexed + skipped + failed.
#[derive(Debug, Args)]
pub(crate) struct IndexArgs {
    /// Build anew, whatever is there
    #[arg(long)]
    rebuild: bool,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &IndexArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let config = Config::new(global)?;
    talk.detail(&format!(
        "corpus `{}` ({})",
        config.corpus.display(),
        config.found_by
    ));
    talk.detail(&format!("index `{}`", config.index.display()));
    let mut options = RefreshOptions::default();
    options.rebuild = args.rebuild;
    let mut teller = Teller::new(talk);
    let report = afield_index::refresh(&config.location(), options, &mut |progress| {
        teller.step(progress);
    })?;
    teller.finish(Some(&report));
    let text = |view: &IndexingView, page: &Page, out: &mut Answer| {
        text::indexing(view, talk.is_verbose(), page, out)
    };
    talk.write(args.form, &view(&report), text)?;
    Ok(ExitCode::SUCCESS)
}

fn view(report: &Report) -> IndexingView {
    let refused = |path: &str, reason: &str| RefusedView {
        path: path.to_owned(),
        reason: reason.to_owned(),
    };
    IndexingView {
        found: report.found,
        indexed: report.indexed,
        unchanged: report.unchanged,
        written: report.written,
        removed: report.removed,
        problems: report.problems,
        skipped: report
            .skipped
            .iter()
            .map(|file| refused(&file.path, &file.reason))
            .collect(),
        failed: report
            .failed
            .iter()
            .map(|file| refused(&file.path, &file.reason))
            .collect(),
        generation: report.generation.clone(),
        changed: report.changed,
    }
}

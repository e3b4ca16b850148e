//! `afield index`: build or refresh the index, with an account of every file.

use crate::args::{Form, Global};
use crate::config::Config;
use crate::error::Failure;
use crate::output::{Answer, Talk};
use crate::progress::Teller;
use crate::session;
use afield_index::{
    EncodeReport, Location, RefreshOptions, Report, Snapshot, VECTORS, Watch, WatchEvent, in_full,
};
use afield_present::view::{IndexingView, RefusedView};
use afield_present::{Page, text};
use clap::Args;
use std::fs;
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
    /// Encode the meaning of all cases, however many; above 20,000 passages this waits to be asked for
    #[arg(long)]
    semantic: bool,
    /// Write the vectors beside the cases, as `vectors.bin`: whoever copies the corpus need not encode it
    #[arg(long)]
    bundle: bool,
    /// Go on: follow every edit, within a second or two, until stopped by Ctrl-C
    #[arg(long, conflicts_with_all = ["bundle", "json", "format"])]
    watch: bool,
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
    let location = config.location();
    let snapshot = afield_index::open(&location)?;
    let encoded = session::encode(&location, &snapshot, args.semantic || args.bundle, talk)?;
    if encoded.left > 0 && !encoded.busy {
        talk.note(&format!(
            "{} passages are not encoded, as they are many; searches go by words until `afield index --semantic`",
            encoded.left
        ));
    }
    if args.bundle {
        bundle(&location, &snapshot, talk)?;
    }
    let text = |view: &IndexingView, page: &Page, out: &mut Answer| {
        text::indexing(view, talk.is_verbose(), page, out)
    };
    talk.write(args.form, &view(&report, &encoded), text)?;
    if args.watch {
        follow(&location, report.generation, args.semantic, talk);
    }
    Ok(ExitCode::SUCCESS)
}

/// Keeps the index in step with its corpus, and says what was done, for as long as the process lives.
fn follow(location: &Location, generation: String, asked: bool, talk: &Talk) {
    talk.note(&format!(
        "following `{}`; Ctrl-C stops",
        location.corpus.display()
    ));
    let watch = Watch::new(location.clone(), generation);
    watch.run(&mut |event| match event {
        WatchEvent::InStep(report) => {
            let (written, removed) = (report.written, report.removed);
            talk.note(&format!(
                "in step: {written} new or changed, {removed} removed"
            ));
            let snapshot = afield_index::open(location).map_err(Failure::from);
            let encoded =
                snapshot.and_then(|snapshot| session::encode(location, &snapshot, asked, talk));
            if let Err(failure) = encoded {
                failure.report(talk);
            }
        }
        WatchEvent::Failed(error) => talk.error(&in_full(&error)),
        WatchEvent::Blind { reason } => {
            talk.note(&format!("the folder is compared every second: {reason}"));
        }
        _ => {}
    });
}

/// Writes the vectors of a generation into its corpus.
fn bundle(location: &Location, snapshot: &Snapshot, talk: &Talk) -> Result<(), Failure> {
    let bytes = afield_index::bundle(location, snapshot)?;
    let bytes = bytes.ok_or_else(|| {
        Failure::unusable("some passages are not encoded, so there is nothing whole to write")
    })?;
    let path = location.corpus.join(VECTORS);
    fs::write(&path, bytes).map_err(|error| Failure::file("write", &path, &error))?;
    talk.note(&format!("wrote `{}`", path.display()));
    Ok(())
}

fn view(report: &Report, encoded: &EncodeReport) -> IndexingView {
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
        passages: encoded.passages,
        encoded: encoded.encoded,
        not_encoded: encoded.left,
    }
}

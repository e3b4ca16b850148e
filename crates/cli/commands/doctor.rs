//! `afield doctor`: whether everything is in place.

use crate::args::{Form, Global};
use crate::config::Config;
use crate::error::{Failure, UNUSABLE};
use crate::output::Talk;
use afield_index::{Encoded, Snapshot};
use afield_present::text;
use afield_present::view::{DoctorView, Finding};
use clap::Args;
use std::fs;
use std::path::Path;
use std::process::{self, ExitCode};

/// Look whether corpus, index and vocabularies are in place, and say what to do where they are not
///
/// Opens the index as a search does, so it is built or brought in step on the way. Exits with 3 when a search could
/// not be answered.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &DoctorArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let mut view = DoctorView {
        usable: true,
        findings: vec![Finding::sound("afield", env!("CARGO_PKG_VERSION"))],
    };
    if let Err((subject, failure)) = examine(global, &mut view.findings) {
        view.usable = false;
        view.findings.push(Finding::unsound(
            subject,
            failure.to_string(),
            failure.advice(),
        ));
    }
    talk.write(args.form, &view, text::doctor)?;
    Ok(if view.usable {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(UNUSABLE)
    })
}

/// Goes the way of a search and notes what it meets; what stops it is the error.
fn examine(global: &Global, findings: &mut Vec<Finding>) -> Result<(), (&'static str, Failure)> {
    let config = Config::new(global).map_err(|failure| ("corpus", failure))?;
    let walk = afield_corpus::walk(&config.corpus).map_err(|error| ("corpus", error.into()))?;
    findings.push(corpus(&config, walk.cases.len()));
    findings.push(writable(&config.index));
    let before = afield_index::open(&config.location())
        .ok()
        .map(|snapshot| snapshot.info().generation);
    let opened = afield_index::open_fresh(&config.location(), &mut |_| ());
    let (snapshot, freshness) = opened.map_err(|error| ("index", error.into()))?;
    findings.push(index(&snapshot, before.as_deref()));
    findings.extend(
        freshness
            .warnings
            .iter()
            .map(|warning| Finding::unsound("index", warning, "run `afield index`")),
    );
    findings.push(cases(&snapshot));
    findings.push(meaning(&snapshot));
    findings.extend(data(&snapshot));
    Ok(())
}

fn corpus(config: &Config, files: usize) -> Finding {
    let message = format!(
        "{} ({}), {files} case files",
        config.corpus.display(),
        config.found_by
    );
    match files {
        0 => Finding::unsound(
            "corpus",
            message,
            "put case studies (`*.md`) into its folder `cases`; `afield new` begins one",
        ),
        _ => Finding::sound("corpus", message),
    }
}

/// Whether the index can be kept in step: tried, because permissions alone do not tell.
fn writable(folder: &Path) -> Finding {
    let probe = folder.join(format!(".probe-{}", process::id()));
    let existed = folder.exists();
    let tried = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&probe, ""))
        .and_then(|()| fs::remove_file(&probe));
    if !existed {
        // Left as it was found; a folder that is not empty by now stays.
        fs::remove_dir(folder).ok();
    }
    match tried {
        Ok(()) => Finding::sound(
            "index folder",
            format!("{} can be written", folder.display()),
        ),
        Err(error) => Finding::unsound(
            "index folder",
            format!("{} cannot be written: {error}", folder.display()),
            "choose another with `--index DIR` or `AFIELD_INDEX`",
        ),
    }
}

fn index(snapshot: &Snapshot, before: Option<&str>) -> Finding {
    let info = snapshot.info();
    let standing = match before {
        None => "built just now",
        Some(generation) if generation == info.generation => "in step",
        Some(_) => "was behind, brought in step just now",
    };
    let message = format!(
        "{standing}; format {}, generation {}",
        info.format, info.generation
    );
    Finding::sound("index", message)
}

fn cases(snapshot: &Snapshot) -> Finding {
    match snapshot.info().cases {
        0 => Finding::unsound(
            "cases",
            "none in the index",
            "`afield index -v` names every file and why it is not in it",
        ),
        cases => Finding::sound("cases", format!("{cases} in the index")),
    }
}

/// Whether all cases can be found by what they mean.
fn meaning(snapshot: &Snapshot) -> Finding {
    let help = "`afield index --semantic` encodes them";
    match snapshot.encoded() {
        Encoded::All | Encoded::Unasked => Finding::sound("meaning", "all cases are encoded"),
        Encoded::Nothing => Finding::unsound(
            "meaning",
            "no case is encoded: all are found by words alone",
            help,
        ),
        Encoded::Some { passages, missing } => Finding::unsound(
            "meaning",
            format!(
                "{missing} of {passages} passages are not encoded: their cases are found by words alone"
            ),
            help,
        ),
    }
}

/// Vocabularies and figures: afield works without them, and less well.
fn data(snapshot: &Snapshot) -> [Finding; 2] {
    let catalogue = snapshot.catalogue();
    let vocabulary = &catalogue.vocabulary;
    let counts = format!(
        "{} sectors, {} signals, {} mechanisms, {} functions, {} roles, {} journey stages",
        vocabulary.sectors.len(),
        vocabulary.signals.len(),
        vocabulary.mechanisms.len(),
        vocabulary.functions.len(),
        vocabulary.roles.len(),
        vocabulary.stages.len()
    );
    let vocabularies = if vocabulary.sectors.is_empty() || vocabulary.signals.is_empty() {
        Finding::unsound(
            "vocabularies",
            counts,
            "without `sectors.toml` and `signals.toml` ids are taken as they stand",
        )
    } else {
        Finding::sound("vocabularies", counts)
    };
    let figures: usize = catalogue
        .series
        .iter()
        .map(|series| series.figures.len())
        .sum();
    let observations = match figures {
        0 => Finding::unsound(
            "observations",
            "none",
            "without `observations/*.toml` stress is not known",
        ),
        _ => Finding::sound(
            "observations",
            format!("{figures} figures in {} series", catalogue.series.len()),
        ),
    };
    [vocabularies, observations]
}

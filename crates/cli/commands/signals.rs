//! `afield signals`: the pressures that cases and briefs are tagged with.

use crate::args::{Form, Global};
use crate::error::Failure;
use crate::output::Talk;
use crate::session::Session;
use afield_present::text;
use afield_present::view::{SignalView, SignalsView};
use clap::Args;
use std::collections::BTreeSet;
use std::process::ExitCode;

/// List the stress signals with counts, or show one with its words, scale and observations
#[derive(Debug, Args)]
pub(crate) struct SignalsArgs {
    /// One signal, by id, label or alias
    #[arg(value_name = "S")]
    signal: Option<String>,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &SignalsArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let session = Session::open(global, talk)?;
    if let Some(wanted) = &args.signal {
        let view = signal(wanted, &session)?;
        talk.write(args.form, &view, text::signal)?;
    } else {
        let view = SignalsView::new(session.vocabulary(), session.snapshot.counts());
        talk.write(args.form, &view, text::signals)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn signal(wanted: &str, session: &Session) -> Result<SignalView, Failure> {
    let vocabulary = session.vocabulary();
    let resolved = vocabulary
        .resolve_signal(wanted)
        .map_err(|unknown| Failure::misuse(unknown.to_string()))?;
    let found = vocabulary
        .signals
        .iter()
        .find(|signal| signal.id == resolved.id);
    let signal = found.ok_or_else(|| {
        Failure::misuse(format!("this corpus does not define the signal `{wanted}`"))
    })?;
    let series = &session.snapshot.catalogue().series;
    let observed = series
        .iter()
        .filter(|series| series.signal == signal.id)
        .map(|series| series.sector.clone());
    let observed_in: Vec<String> = observed.collect::<BTreeSet<_>>().into_iter().collect();
    Ok(SignalView::new(
        signal,
        vocabulary,
        session.snapshot.counts(),
        &observed_in,
    ))
}

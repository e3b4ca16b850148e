//! `afield search`: ideas for a brief.

use crate::args::{Brief, Global, Meaning, month};
use crate::config;
use crate::error::Failure;
use crate::narrow::{self, Narrow};
use crate::output::Talk;
use crate::session::{self, Session};
use afield_corpus::Month;
use afield_present::view::SearchView;
use afield_present::{csv, json, markdown, text};
use afield_rank::{Context, Dial, Request, Weights};
use clap::{Args, ValueEnum};
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Instant;

/// Find ideas of other sectors for a problem
///
/// Whole sentences work best: say what presses you, in your own words. Also understood: "exact phrase", -not,
/// sector:retail, signal:churn, year:2010..2020 (put the brief in quotes then).
#[derive(Debug, Args)]
pub(crate) struct SearchArgs {
    #[command(flatten)]
    brief: Brief,
    #[command(flatten)]
    ask: Ask,
    /// How many ideas
    #[arg(short = 'n', long, value_name = "N", default_value = "5")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
    /// How many ideas to pass over
    #[arg(long, value_name = "N", default_value = "0")]
    offset: u32,
    /// Show how each score is made up
    #[arg(long)]
    explain: bool,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// The same as `--format json`
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Exit with 1 when there are no hits
    #[arg(long)]
    exit_status: bool,
    #[command(flatten)]
    narrow: Narrow,
}

/// Who asks, and how the list is shaped.
#[derive(Debug, Clone, Args)]
pub(crate) struct Ask {
    /// Your own sector, by id, label or alias: its cases are left out and named apart
    #[arg(long = "for", value_name = "S")]
    home: Option<String>,
    /// How far from home ideas may come from
    #[arg(long, value_name = "D", default_value = "mix")]
    distance: Distance,
    /// Rank as of this date: 2020, 2020-06 or 2020-06-15 [default: today]
    #[arg(long, value_name = "DATE", value_parser = month)]
    as_of: Option<Month>,
    /// Relevance only: no shaping by stress, distance, evidence, novelty or diversity
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    pub(crate) semantic: Meaning,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Distance {
    /// Sectors built much like home
    Near,
    /// Sectors with some likeness
    Mid,
    /// Sectors built unlike home
    Far,
    /// Wherever the same problem is
    Mix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: the answer of the API
    Json,
    /// A hit a line
    Jsonl,
    /// A list to take into a workshop
    Md,
    /// A hit a row
    Csv,
}

impl Ask {
    /// What is asked of the ranking.
    ///
    /// # Errors
    /// When the corpus does not know the home sector.
    pub(crate) fn request(&self, session: &Session) -> Result<Request, Failure> {
        let mut request = Request::new(self.as_of.unwrap_or_else(config::this_month));
        request.home = narrow::home(self.home.as_deref(), session.vocabulary())?;
        request.plain = self.plain;
        request.dial = match self.distance {
            Distance::Near => Dial::Near,
            Distance::Mid => Dial::Mid,
            Distance::Far => Dial::Far,
            Distance::Mix => Dial::Mix,
        };
        Ok(request)
    }
}

pub(crate) fn run(args: &SearchArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let brief = session::brief(&args.brief)?;
    let session = Session::for_briefs(global, args.ask.semantic.into(), talk)?;
    let mut request = args.ask.request(&session)?;
    request.limit = usize::from(args.limit);
    request.offset = usize::try_from(args.offset).unwrap_or(usize::MAX);
    let started = Instant::now();
    let query = session
        .snapshot
        .read(&brief, args.narrow.filters(&session.snapshot)?);
    let context = Context::new(session.snapshot.catalogue(), Weights::default());
    let mut answer = afield_rank::search(&session.snapshot, &context, query, &request)?;
    answer.warnings.extend(session.warnings.iter().cloned());
    let highlight = |text: &str| session.snapshot.highlights(&answer.query, text);
    let view = SearchView::new(&answer, session.vocabulary(), &highlight, started.elapsed());
    view.warnings.iter().for_each(|warning| talk.note(warning));
    write(&view, args, talk)?;
    let missed = args.exit_status && view.hits.is_empty();
    Ok(if missed {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

fn write(view: &SearchView, args: &SearchArgs, talk: &Talk) -> Result<(), Failure> {
    let mut out = talk.answer();
    let format = if args.json { Format::Json } else { args.format };
    match format {
        Format::Text => text::search(view, args.explain, &talk.page, &mut out)?,
        Format::Json => json::write(view, &mut out)?,
        Format::Jsonl => json::lines(view, &mut out)?,
        Format::Md => markdown::search(view, &mut out)?,
        Format::Csv => csv::search(view, &mut out)?,
    }
    Ok(out.flush()?)
}

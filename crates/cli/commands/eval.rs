//! `afield eval`: how well the search does on judged topics.

use crate::args::{Form, Global, Meaning, month};
use crate::config::{self, Config};
use crate::error::Failure;
use crate::evaluation::{Evaluation, List};
use crate::judgments::{self, Judgments, Topic};
use crate::output::Talk;
use crate::session::Session;
use afield_corpus::Month;
use afield_index::Semantic;
use afield_present::text::Comparison;
use afield_present::{json, text};
use afield_rank::{Context, Weights};
use clap::Args;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Measure the search on judged topics: nDCG, recall, diversity
///
/// Each topic is asked as a brief, for its home sector where it has one; the far measure does not count cases of that
/// sector. The text answer shows plain whole-text BM25 beside it. Topics without judgments are passed over.
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Topics: a JSON object a line, {"id", "text", "for"?, "exclude"?}
    #[arg(long, value_name = "FILE")]
    topics: PathBuf,
    /// Judgments: `topic case grade` or `topic 0 case grade` a line
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// Relevance only: no shaping by stress, distance, evidence, novelty or diversity
    #[arg(long)]
    plain: bool,
    /// Read stress as of this date: 2020, 2020-06 or 2020-06-15 [default: today]
    #[arg(long, value_name = "DATE", value_parser = month)]
    as_of: Option<Month>,
    /// Write a TREC run file: up to 1,000 cases a topic
    #[arg(long, value_name = "OUT")]
    run: Option<PathBuf>,
    /// Tell the measures of each topic too
    #[arg(long)]
    per_topic: bool,
    #[command(flatten)]
    semantic: Meaning,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &EvalArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let judgments = judgments::judgments(&args.qrels)?;
    let topics = judged(judgments::topics(&args.topics)?, &judgments, talk)?;
    let config = Config::new(global)?;
    let semantic = Semantic::from(args.semantic);
    let mut session = Session::open_at(&config, talk)?;
    if semantic == Semantic::Off {
        session.snapshot = session.snapshot.by_words();
    } else {
        session.encode(&config, semantic == Semantic::On, talk)?;
    }
    let as_of = args.as_of.unwrap_or_else(config::this_month);
    let evaluation = Evaluation::new(&session, &topics, &judgments, as_of, args.plain);
    let context = |weights| Context::new(session.snapshot.catalogue(), weights);
    let lists = evaluation.lists(&context(Weights::default()))?;
    if let Some(path) = &args.run {
        write_run(path, &lists)?;
    }
    let view = evaluation.view(&lists, args.per_topic)?;
    let mut out = talk.answer();
    if args.form.is_json() {
        json::write(&view, &mut out)?;
    } else {
        let baseline = evaluation.lists(&context(Weights::whole_text()))?;
        let baseline = evaluation.view(&baseline, false)?;
        text::eval(
            &view,
            Some(Comparison {
                name: "whole-text BM25",
                measures: &baseline.measures,
            }),
            &mut out,
        )?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The topics that have judgments.
fn judged(topics: Vec<Topic>, judgments: &Judgments, talk: &Talk) -> Result<Vec<Topic>, Failure> {
    let all = topics.len();
    let judged: Vec<Topic> = topics
        .into_iter()
        .filter(|topic| judgments.contains_key(&topic.id))
        .collect();
    if judged.is_empty() {
        return Err(Failure::misuse("no topic has judgments")
            .hint("the first column of the judgments is the topic's `id`"));
    }
    if judged.len() < all {
        talk.note(&format!(
            "{} of {all} topics have no judgments and are passed over",
            all - judged.len()
        ));
    }
    Ok(judged)
}

fn write_run(path: &Path, lists: &[List]) -> Result<(), Failure> {
    let lines: String = lists
        .iter()
        .flat_map(|list| {
            (1..)
                .zip(&list.ids)
                .map(|(rank, id)| judgments::run_line(&list.topic, id, rank))
        })
        .collect();
    fs::write(path, lines).map_err(|error| Failure::file("write", path, &error))
}

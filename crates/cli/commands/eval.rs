//! `afield eval`: how well the search does on judged topics.

use crate::args::{Form, Global, Meaning, month};
use crate::config::{self, Config};
use crate::error::Failure;
use crate::evaluation::{self, Asked, Baselines, Evaluation, List};
use crate::judgments::{self, Judgments, Topic};
use crate::output::Talk;
use crate::session::Session;
use afield_corpus::Month;
use afield_index::Semantic;
use afield_present::text;
use afield_present::view::EvalView;
use clap::Args;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Measure the search on judged topics: nDCG, recall, diversity
///
/// Each topic is asked as a brief, for its home sector where it has one; the far measure does not count cases of that
/// sector. Beside it stand other ways to search the whole text of each case, home left out: plain BM25; `dense`, the likeness of
/// its meaning; and `hybrid`, half of each. Intervals hold 95 % of the differences when topics are drawn anew. Topics
/// without judgments are passed over.
///
/// Pairs ask whether an analogy is told from a case that only looks like one: the share in which its relevance is
/// higher, ties half, apart for near and far analogies and for distractors that look alike or do not.
#[derive(Debug, Args)]
pub(crate) struct EvalArgs {
    /// Topics: a JSON object a line, {"id", "text", "for"?, "exclude"?}
    #[arg(
        long,
        value_name = "FILE",
        requires = "qrels",
        required_unless_present = "pairs"
    )]
    topics: Option<PathBuf>,
    /// Judgments: `topic case grade` or `topic 0 case grade` a line
    #[arg(
        long,
        value_name = "FILE",
        requires = "topics",
        required_unless_present = "pairs"
    )]
    qrels: Option<PathBuf>,
    /// Pairs: `{"id", "brief", "for"?, "analogy", "distractor", "cell": "near" or "far", "look_alike": true or false}` a line
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// Relevance only: no shaping by stress, distance, evidence, novelty or diversity; compared with BM25 alone
    #[arg(long)]
    plain: bool,
    /// Read stress as of this date: 2020, 2020-06 or 2020-06-15 [default: today]
    #[arg(long, value_name = "DATE", value_parser = month)]
    as_of: Option<Month>,
    /// Write a TREC run file: up to 1,000 cases a topic
    #[arg(long, value_name = "OUT", requires = "topics")]
    run: Option<PathBuf>,
    /// Tell the measures of each topic too
    #[arg(long, requires = "topics")]
    per_topic: bool,
    /// Tell what is left without each signal: off in turn, the others as they are
    #[arg(long, requires = "topics")]
    ablate: bool,
    /// Tell what tuning the weights would bring: tuned on four fifths of the topics, measured on the fifth
    #[arg(long, requires = "topics")]
    cross_validate: bool,
    #[command(flatten)]
    semantic: Meaning,
    #[command(flatten)]
    form: Form,
}

pub(crate) fn run(args: &EvalArgs, global: &Global, talk: &Talk) -> Result<ExitCode, Failure> {
    let (topics, judgments) = match (&args.topics, &args.qrels) {
        (Some(topics), Some(qrels)) => {
            let judgments = judgments::judgments(qrels)?;
            (
                judged(judgments::topics(topics)?, &judgments, talk)?,
                judgments,
            )
        }
        _ => Default::default(),
    };
    let config = Config::new(global)?;
    let semantic = Semantic::from(args.semantic);
    let mut session = Session::open_at(&config, talk)?;
    session.snapshot = session.snapshot.reading(semantic);
    if semantic != Semantic::Off {
        session.encode(&config, semantic == Semantic::On, talk)?;
    }
    let as_of = args.as_of.unwrap_or_else(config::this_month);
    let evaluation = Evaluation::new(&session, as_of, args.plain);
    let asked = evaluation.ask(&topics, &judgments)?;
    let view = measured(args, &evaluation, &asked, talk)?;
    talk.write(args.form, &view, |view, _, out| text::eval(view, out))?;
    Ok(ExitCode::SUCCESS)
}

/// All that was asked for.
fn measured(
    args: &EvalArgs,
    evaluation: &Evaluation<'_>,
    asked: &[Asked<'_>],
    talk: &Talk,
) -> Result<EvalView, Failure> {
    let pairs = match &args.pairs {
        Some(path) => judgments::pairs(path, |pair| evaluation.objection(pair))?,
        None => Vec::new(),
    };
    let pairs = evaluation.ask_pairs(pairs)?;
    let lists: Vec<List> = asked
        .iter()
        .map(|asked| asked.list(&evaluation.context))
        .collect();
    if let Some(path) = &args.run {
        write_run(path, asked, &lists)?;
    }
    let topics = evaluation.measures(asked, &lists)?;
    let mut view = EvalView {
        topics: topics.len(),
        measures: evaluation::mean(&topics),
        ..EvalView::default()
    };
    if args.cross_validate {
        view.cross_validation = Some(evaluation::cross_validate(evaluation, asked)?);
    }
    if args.ablate {
        view.ablation = evaluation::ablate(evaluation, asked, &pairs);
    }
    let baselines = Baselines::new(evaluation, talk)?;
    baselines.compare(asked, &topics, &mut view)?;
    if !pairs.is_empty() {
        view.pairs = Some(evaluation.pairs(&pairs, &baselines)?);
    }
    if args.per_topic {
        view.per_topic = topics;
    }
    Ok(view)
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

fn write_run(path: &Path, asked: &[Asked<'_>], lists: &[List]) -> Result<(), Failure> {
    let lists = asked.iter().zip(lists);
    let lines: String = lists
        .flat_map(|(asked, list)| {
            let ranks = (1..).zip(&list.ids);
            ranks.map(|(rank, id)| judgments::run_line(asked.id(), id, rank))
        })
        .collect();
    fs::write(path, lines).map_err(|error| Failure::file("write", path, &error))
}

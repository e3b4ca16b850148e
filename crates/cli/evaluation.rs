//! Judged topics through the search: lists, then measures.
//!
//! What is judged is the order as a whole: the hits, then what was found but is too weak to be shown. Otherwise a
//! search that shows less would look worse for being honest. Only `zero_results` asks whether anything was shown.

use crate::error::Failure;
use crate::judgments::{Judgments, Topic};
use crate::session::Session;
use afield_corpus::Month;
use afield_index::Filters;
use afield_present::view::{EvalView, MeasuresView, TopicView};
use afield_rank::measure::{self, Gains, Nuggets};
use afield_rank::{Context, Input, Request};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Most cases in the list of a topic.
const DEPTH: usize = 1_000;
/// Where a list is cut to ask what its reader sees.
const PAGE: usize = 10;
/// Where a list is cut to ask what it misses.
const DEEP: usize = 100;
/// How much a sector or mechanism is worth less each time it comes again (Clarke et al., SIGIR 2008).
const ALPHA: f64 = 0.5;

/// What a case is, as far as measures ask.
#[derive(Debug, Clone, Default)]
struct Facts {
    sector: Option<String>,
    mechanism: Vec<String>,
}

/// Evaluates topics against judgments over one corpus.
pub(crate) struct Evaluation<'a> {
    session: &'a Session,
    topics: &'a [Topic],
    judgments: &'a Judgments,
    as_of: Month,
    plain: bool,
    facts: RefCell<BTreeMap<String, Rc<Facts>>>,
}

/// The list of one topic.
pub(crate) struct List {
    /// The topic's id.
    pub(crate) topic: String,
    /// Case ids, best first.
    pub(crate) ids: Vec<String>,
    /// How many of them are shown to an asker.
    shown: usize,
    home: BTreeSet<String>,
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(
        session: &'a Session,
        topics: &'a [Topic],
        judgments: &'a Judgments,
        as_of: Month,
        plain: bool,
    ) -> Self {
        Self {
            session,
            topics,
            judgments,
            as_of,
            plain,
            facts: RefCell::default(),
        }
    }

    /// The lists of all topics.
    ///
    /// # Errors
    /// When a home sector is unknown or the index cannot be read.
    pub(crate) fn lists(&self, context: &Context) -> Result<Vec<List>, Failure> {
        self.topics
            .iter()
            .map(|topic| self.list(topic, context))
            .collect()
    }

    fn list(&self, topic: &Topic, context: &Context) -> Result<List, Failure> {
        let mut request = Request::new(self.as_of);
        request.plain = self.plain;
        let mut home = BTreeSet::new();
        if let Some(wanted) = &topic.home {
            let resolved = self.session.vocabulary().resolve_sector(wanted);
            let resolved = resolved
                .map_err(|unknown| Failure::misuse(format!("topic `{}`: {unknown}", topic.id)))?;
            home.extend(resolved.leaves);
            request.home = Some(resolved.id);
        }
        let mut filters = Filters::default();
        filters.not_ids.clone_from(&topic.exclude);
        let query = self.session.snapshot.read(&topic.text, filters);
        let recall = self.session.snapshot.recall(&query, DEPTH)?;
        let ranking = afield_rank::order(&Input::new(context, &query, &recall, &request));
        let shown = ranking.hits.len();
        let ranked = ranking.hits.iter().chain(&ranking.below).take(DEPTH);
        let ids = ranked.map(|ranked| ranked.candidate.id.clone()).collect();
        Ok(List {
            topic: topic.id.clone(),
            ids,
            shown,
            home,
        })
    }

    /// The measures of the lists.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn view(&self, lists: &[List], per_topic: bool) -> Result<EvalView, Failure> {
        let topics: Vec<TopicView> = lists
            .iter()
            .map(|list| {
                Ok(TopicView {
                    id: list.topic.clone(),
                    measures: self.measures(list)?,
                })
            })
            .collect::<Result<_, Failure>>()?;
        Ok(EvalView {
            topics: topics.len(),
            measures: mean(&topics),
            per_topic: if per_topic { topics } else { Vec::new() },
        })
    }

    fn measures(&self, list: &List) -> Result<MeasuresView, Failure> {
        let empty = BTreeMap::new();
        let grades = self.judgments.get(&list.topic).unwrap_or(&empty);
        let gains: Gains<'_> = grades
            .iter()
            .map(|(id, grade)| (id.as_str(), f64::from(*grade)))
            .collect();
        let mut nuggets = Nuggets::new();
        let mut at_home = BTreeSet::new();
        for (&id, _) in gains.iter().filter(|(_, gain)| **gain > 0.0) {
            let facts = self.facts(id)?;
            nuggets.insert(
                id,
                facts
                    .sector
                    .iter()
                    .chain(&facts.mechanism)
                    .cloned()
                    .collect(),
            );
            if facts
                .sector
                .as_ref()
                .is_some_and(|sector| list.home.contains(sector))
            {
                at_home.insert(id);
            }
        }
        let ids: Vec<&str> = list.ids.iter().map(String::as_str).collect();
        let page = ids
            .iter()
            .take(PAGE)
            .map(|id| self.facts(id))
            .collect::<Result<Vec<_>, _>>()?;
        let sectors: Vec<Option<&str>> = page.iter().map(|facts| facts.sector.as_deref()).collect();
        Ok(MeasuresView {
            ndcg: measure::ndcg(&ids, &gains, PAGE),
            far_ndcg: measure::far_ndcg(&ids, &gains, |id| at_home.contains(id), PAGE),
            alpha_ndcg: measure::alpha_ndcg(&ids, &nuggets, ALPHA, PAGE),
            recall: measure::recall(&ids, &gains, DEEP),
            sectors: Some(measure::sectors(&sectors, PAGE) as f64),
            own_sector_share: Some(measure::own_sector_share(
                &sectors,
                |sector| list.home.contains(sector),
                PAGE,
            )),
            zero_results: Some(measure::zero_results(&[list.shown])),
        })
    }

    /// What a case is; nothing for one that the corpus does not have.
    fn facts(&self, id: &str) -> Result<Rc<Facts>, Failure> {
        if let Some(facts) = self.facts.borrow().get(id) {
            return Ok(Rc::clone(facts));
        }
        let case = self.session.snapshot.find(id)?.unwrap_or_default();
        let facts = Rc::new(Facts {
            sector: case.sector,
            mechanism: case.mechanism,
        });
        self.facts
            .borrow_mut()
            .insert(id.to_owned(), Rc::clone(&facts));
        Ok(facts)
    }
}

/// The mean of each measure over the topics that can tell.
fn mean(topics: &[TopicView]) -> MeasuresView {
    let of = |value: fn(&MeasuresView) -> Option<f64>| {
        measure::mean(topics.iter().map(|topic| value(&topic.measures)))
    };
    MeasuresView {
        ndcg: of(|measures| measures.ndcg),
        far_ndcg: of(|measures| measures.far_ndcg),
        alpha_ndcg: of(|measures| measures.alpha_ndcg),
        recall: of(|measures| measures.recall),
        sectors: of(|measures| measures.sectors),
        own_sector_share: of(|measures| measures.own_sector_share),
        zero_results: of(|measures| measures.zero_results),
    }
}

//! A judged topic as it was asked: all that no weight changes.

use super::{DEPTH, Evaluation, List};
use crate::error::Failure;
use crate::judgments::{Judgments, Topic};
use afield_index::{Filters, Query, Recall};
use afield_rank::measure::{self, Gains, Nuggets};
use afield_rank::{Context, Input, Ranking, Request};
use std::collections::{BTreeMap, BTreeSet};

/// Where a list is cut to ask what its reader sees.
pub(super) const PAGE: usize = 10;

/// A topic with what recall found for it and what its readers judged.
pub(crate) struct Asked<'a> {
    pub(super) topic: &'a Topic,
    /// The leaves of the topic's own sector.
    pub(super) home: BTreeSet<String>,
    request: Request,
    pub(super) query: Query,
    recall: Recall,
    pub(super) gains: Gains<'a>,
    /// Of the relevant cases.
    pub(super) nuggets: Nuggets<'a>,
    /// Relevant cases of the topic's own sector.
    pub(super) at_home: BTreeSet<&'a str>,
}

impl<'a> Evaluation<'a> {
    /// Asks the index for all topics.
    ///
    /// # Errors
    /// When a home sector is unknown or the index cannot be read.
    pub(crate) fn ask(
        &self,
        topics: &'a [Topic],
        judgments: &'a Judgments,
    ) -> Result<Vec<Asked<'a>>, Failure> {
        let asked = topics.iter().map(|topic| {
            let grades = judgments.get(&topic.id);
            self.ask_one(topic, grades.into_iter().flatten())
        });
        asked.collect()
    }

    fn ask_one(
        &self,
        topic: &'a Topic,
        grades: impl Iterator<Item = (&'a String, &'a u32)>,
    ) -> Result<Asked<'a>, Failure> {
        let mut request = Request::new(self.as_of);
        request.plain = self.plain;
        let mut home = BTreeSet::new();
        if let Some(wanted) = &topic.home {
            let (id, leaves) = self
                .home(wanted)
                .map_err(|unknown| Failure::misuse(format!("topic `{}`: {unknown}", topic.id)))?;
            (request.home, home) = (Some(id), leaves);
        }
        let mut filters = Filters::default();
        filters.not_ids.clone_from(&topic.exclude);
        let query = self.read(&topic.text, filters);
        let recall = self.session.snapshot.recall(&query, DEPTH)?;
        for candidate in &recall.candidates {
            self.learn(candidate);
        }
        let gains: Gains<'a> = grades
            .map(|(id, grade)| (id.as_str(), f64::from(*grade)))
            .collect();
        let relevant: BTreeMap<&'a str, _> = gains
            .iter()
            .filter(|(_, gain)| **gain > 0.0)
            .map(|(id, _)| Ok((*id, self.facts(id)?)))
            .collect::<Result<_, Failure>>()?;
        let at_home = relevant.iter().filter(|(_, facts)| facts.is_of(&home));
        Ok(Asked {
            topic,
            at_home: at_home.map(|(id, _)| *id).collect(),
            home,
            request,
            query,
            recall,
            nuggets: relevant
                .iter()
                .map(|(id, facts)| (*id, facts.nuggets()))
                .collect(),
            gains,
        })
    }
}

impl Asked<'_> {
    /// The topic's id.
    pub(crate) fn id(&self) -> &str {
        &self.topic.id
    }

    /// The topic's list by some weights.
    pub(crate) fn list(&self, context: &Context) -> List {
        let ranking = self.ranking(context);
        List {
            shown: ranking.hits.len(),
            ids: whole(&ranking).map(str::to_owned).collect(),
        }
    }

    /// The measure that we go by, of the topic's list by some weights.
    pub(super) fn far_ndcg(&self, context: &Context) -> Option<f64> {
        let ranking = self.ranking(context);
        let ids: Vec<&str> = whole(&ranking).take(PAGE).collect();
        measure::far_ndcg(&ids, &self.gains, |id| self.at_home.contains(id), PAGE)
    }

    /// Whether its cases were compared by meaning.
    pub(super) fn by_meaning(&self) -> bool {
        self.recall.statistics.by_meaning
    }

    fn ranking<'r>(&'r self, context: &'r Context) -> Ranking<'r> {
        let input = Input::new(context, &self.query, &self.recall, &self.request);
        afield_rank::order(&input)
    }
}

/// The ids of a ranking: the hits, then what is below the floor.
fn whole<'r>(ranking: &Ranking<'r>) -> impl Iterator<Item = &'r str> {
    let ranked = ranking.hits.iter().chain(&ranking.below);
    ranked
        .take(DEPTH)
        .map(|ranked| ranked.candidate.id.as_str())
}

//! Lists, their measures, and how far one way to search is ahead of another.

use super::asked::PAGE;
use super::{Asked, Evaluation};
use crate::error::Failure;
use afield_present::view::{DifferenceView, MeasuresView, TopicView};
use afield_rank::measure;
use std::collections::BTreeMap;

/// Where a list is cut to ask what it misses.
const DEEP: usize = 100;
/// How much a sector or mechanism is worth less each time it comes again (Clarke et al., SIGIR 2008).
const ALPHA: f64 = 0.5;

/// The list of one topic.
pub(crate) struct List {
    /// Case ids, best first.
    pub(crate) ids: Vec<String>,
    /// How many of them are shown to an asker.
    pub(super) shown: usize,
}

impl Evaluation<'_> {
    /// The measures of each topic's list.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn measures(
        &self,
        asked: &[Asked<'_>],
        lists: &[List],
    ) -> Result<Vec<TopicView>, Failure> {
        let topics = asked.iter().zip(lists).map(|(asked, list)| {
            Ok(TopicView {
                id: asked.topic.id.clone(),
                measures: self.measure(asked, list)?,
            })
        });
        topics.collect()
    }

    fn measure(&self, asked: &Asked<'_>, list: &List) -> Result<MeasuresView, Failure> {
        let Asked {
            gains,
            nuggets,
            at_home,
            home,
            ..
        } = asked;
        let ids: Vec<&str> = list.ids.iter().map(String::as_str).collect();
        let page = ids.iter().take(PAGE).map(|id| self.facts(id));
        let page = page.collect::<Result<Vec<_>, _>>()?;
        let sectors: Vec<Option<&str>> = page.iter().map(|facts| facts.sector.as_deref()).collect();
        let shown: Vec<_> = page.iter().map(|facts| facts.nuggets()).collect();
        let is_home = |sector: &str| home.contains(sector);
        Ok(MeasuresView {
            ndcg: measure::ndcg(&ids, gains, PAGE),
            far_ndcg: measure::far_ndcg(&ids, gains, |id| at_home.contains(id), PAGE),
            alpha_ndcg: measure::alpha_ndcg(&ids, nuggets, ALPHA, PAGE),
            err_ia: measure::err_ia(&ids, nuggets, PAGE),
            recall: measure::recall(&ids, gains, DEEP),
            sectors: Some(measure::sectors(&sectors, PAGE) as f64),
            own_sector_share: Some(measure::own_sector_share(&sectors, is_home, PAGE)),
            dissimilarity: measure::dissimilarity(&shown),
            zero_results: Some(measure::zero_results(&[list.shown])),
        })
    }
}

/// The mean of each measure over the topics that can tell.
pub(crate) fn mean(topics: &[TopicView]) -> MeasuresView {
    let of = |value: fn(&MeasuresView) -> Option<f64>| {
        measure::mean(topics.iter().map(|topic| value(&topic.measures)))
    };
    MeasuresView {
        ndcg: of(|measures| measures.ndcg),
        far_ndcg: of(|measures| measures.far_ndcg),
        alpha_ndcg: of(|measures| measures.alpha_ndcg),
        err_ia: of(|measures| measures.err_ia),
        recall: of(|measures| measures.recall),
        sectors: of(|measures| measures.sectors),
        own_sector_share: of(|measures| measures.own_sector_share),
        dissimilarity: of(|measures| measures.dissimilarity),
        zero_results: of(|measures| measures.zero_results),
    }
}

/// By how much the first are ahead of the second, by measure.
pub(crate) fn differences(
    ours: &[TopicView],
    theirs: &[TopicView],
) -> BTreeMap<&'static str, DifferenceView> {
    let names = MeasuresView::default().named().map(|(name, _)| name);
    let values = |topics: &[TopicView], position: usize| -> Vec<Option<f64>> {
        let measures = topics.iter().map(|topic| topic.measures.named());
        measures.map(|named| named[position].1).collect()
    };
    names
        .into_iter()
        .enumerate()
        .filter_map(|(position, name)| {
            let difference = difference(&values(ours, position), &values(theirs, position))?;
            Some((name, difference))
        })
        .collect()
}

/// The first minus the second over the topics that both can tell.
pub(super) fn difference(first: &[Option<f64>], second: &[Option<f64>]) -> Option<DifferenceView> {
    let pairs = first.iter().zip(second);
    let differences: Vec<f64> = pairs
        .filter_map(|(first, second)| Some((*first)? - (*second)?))
        .collect();
    measure::paired_bootstrap(&differences).map(DifferenceView::from)
}

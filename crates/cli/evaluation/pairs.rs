//! Pairs: does the analogy score higher than the case that only looks like one?
//!
//! What is compared is relevance. The factors shape a list for its reader, and know nothing of whether two stories are of one
//! problem.

use super::{Baselines, Evaluation};
use crate::error::Failure;
use crate::judgments::Pair;
use afield_index::{Filters, Query, Recall};
use afield_present::view::{CellsView, PairsView};
use afield_rank::order::explain_one;
use afield_rank::{Context, Input, Request, measure};
use std::collections::BTreeMap;

/// A pair with what the index knows of it: all that no weight changes.
pub(crate) struct AskedPair {
    pair: Pair,
    query: Query,
    request: Request,
    /// Its candidates are the analogy and the distractor, in this order.
    recall: Recall,
}

impl Evaluation<'_> {
    /// Why a pair cannot be asked; [`None`] if it can.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn objection(&self, pair: &Pair) -> Result<Option<String>, Failure> {
        let snapshot = &self.session.snapshot;
        for id in [&pair.analogy, &pair.distractor] {
            if snapshot.find(id)?.is_none() {
                let near = snapshot.ids_like(id);
                let near = near
                    .first()
                    .map(|near| format!("; the nearest is `{near}`"));
                return Ok(Some(format!(
                    "unknown case `{id}`{}",
                    near.unwrap_or_default()
                )));
            }
        }
        Ok(pair.home.as_ref().and_then(|home| self.home(home).err()))
    }

    /// Asks the index for all pairs.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn ask_pairs(&self, pairs: Vec<Pair>) -> Result<Vec<AskedPair>, Failure> {
        let snapshot = &self.session.snapshot;
        let asked = pairs.into_iter().map(|pair| {
            let query = self.read(&pair.brief, Filters::default());
            let mut recall = Recall::default();
            recall.statistics = snapshot.statistics(&query)?;
            for id in [&pair.analogy, &pair.distractor] {
                recall.candidates.extend(snapshot.recall_only(&query, id)?);
            }
            Ok(AskedPair {
                pair,
                query,
                request: Request::new(self.as_of),
                recall,
            })
        });
        asked.collect()
    }

    /// The accuracy of the search and of the other ways to search.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn pairs(
        &self,
        pairs: &[AskedPair],
        baselines: &Baselines<'_>,
    ) -> Result<PairsView, Failure> {
        let mut accuracy = BTreeMap::from([("afield", accuracy(pairs, &self.context))]);
        let mut told: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
        for asked in pairs {
            let AskedPair { pair, query, .. } = asked;
            for (id, scores) in baselines.scores(query)? {
                let of = |case: &String| scores.get(case).copied().unwrap_or(0.0);
                let scored = (of(&pair.analogy), of(&pair.distractor));
                told.entry(id).or_default().push(scored);
            }
        }
        accuracy.extend(told.iter().map(|(id, told)| (*id, cells(pairs, told))));
        Ok(PairsView {
            count: pairs.len(),
            accuracy,
        })
    }
}

/// The accuracy by some weights.
pub(super) fn accuracy(pairs: &[AskedPair], context: &Context) -> CellsView {
    let told: Vec<(f64, f64)> = pairs.iter().map(|asked| asked.told(context)).collect();
    cells(pairs, &told)
}

impl AskedPair {
    /// The relevance of the analogy and of the distractor.
    fn told(&self, context: &Context) -> (f64, f64) {
        let input = Input::new(context, &self.query, &self.recall, &self.request);
        let of = |position: usize| {
            let candidate = self.recall.candidates.get(position);
            candidate.map_or(0.0, |candidate| {
                explain_one(&input, candidate).explanation.parts.relevance()
            })
        };
        (of(0), of(1))
    }
}

/// The accuracy by cell; `told` has the two scores of each pair.
fn cells(pairs: &[AskedPair], told: &[(f64, f64)]) -> CellsView {
    let cell = |is_far: bool, look_alike: bool| {
        let of_cell = pairs.iter().zip(told).filter(|(asked, _)| {
            (asked.pair.is_far, asked.pair.look_alike) == (is_far, look_alike)
        });
        let told: Vec<(f64, f64)> = of_cell.map(|(_, told)| *told).collect();
        measure::pair_accuracy(&told)
    };
    let cells = [(false, false), (false, true), (true, false), (true, true)];
    let [near, near_look_alike, far, far_look_alike] =
        cells.map(|(is_far, look_alike)| cell(is_far, look_alike));
    CellsView {
        near,
        near_look_alike,
        far,
        far_look_alike,
        mean: measure::mean([near, near_look_alike, far, far_look_alike]),
    }
}

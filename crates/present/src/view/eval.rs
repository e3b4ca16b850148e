//! How well the search does on judged topics and pairs, and what its weights are worth.

use afield_rank::measure::Difference;
use serde::Serialize;
use std::collections::BTreeMap;

/// The measures over all judged topics.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EvalView {
    /// How many topics were judged.
    pub topics: usize,
    /// Means over the topics.
    pub measures: MeasuresView,
    /// The same for other ways to search, by their ids.
    pub baselines: BTreeMap<&'static str, MeasuresView>,
    /// By how much afield is ahead of each of them, by measure; one that no topic can tell is left out.
    pub differences: BTreeMap<&'static str, BTreeMap<&'static str, DifferenceView>>,
    /// The measures of each topic, in the order of the file; only there on request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub per_topic: Vec<TopicView>,
    /// How often analogies are told from distractors; only there on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairs: Option<PairsView>,
    /// What is left without each signal; only there on request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ablation: Vec<AblationView>,
    /// What tuning the weights would bring; only there on request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cross_validation: Option<CrossValidationView>,
}

/// One topic's measures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicView {
    /// The topic's id.
    pub id: String,
    /// Its measures.
    pub measures: MeasuresView,
}

/// The measures, each 0 to 1 but for the number of sectors; [`None`] where nothing relevant was judged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct MeasuresView {
    /// Are the relevant ones on top?
    #[serde(rename = "ndcg@10")]
    pub ndcg: Option<f64>,
    /// The same without cases of the topic's own sector.
    #[serde(rename = "far_ndcg@10")]
    pub far_ndcg: Option<f64>,
    /// The same with ever less gain for a sector or mechanism seen before.
    #[serde(rename = "alpha_ndcg@10")]
    pub alpha_ndcg: Option<f64>,
    /// How soon a sector or mechanism that someone looks for is seen.
    #[serde(rename = "err_ia@10")]
    pub err_ia: Option<f64>,
    /// The share of relevant cases among the first hundred.
    #[serde(rename = "recall@100")]
    pub recall: Option<f64>,
    /// Different sectors among the first ten.
    #[serde(rename = "sectors@10")]
    pub sectors: Option<f64>,
    /// The share of the topic's own sector among the first ten.
    #[serde(rename = "own_sector_share@10")]
    pub own_sector_share: Option<f64>,
    /// How unlike the first ten are in sector and mechanisms.
    #[serde(rename = "dissimilarity@10")]
    pub dissimilarity: Option<f64>,
    /// The share of topics without any hit.
    #[serde(rename = "zero_results")]
    pub zero_results: Option<f64>,
}

impl MeasuresView {
    /// Names and values, in the order of JSON.
    pub fn named(&self) -> [(&'static str, Option<f64>); 9] {
        [
            ("ndcg@10", self.ndcg),
            ("far_ndcg@10", self.far_ndcg),
            ("alpha_ndcg@10", self.alpha_ndcg),
            ("err_ia@10", self.err_ia),
            ("recall@100", self.recall),
            ("sectors@10", self.sectors),
            ("own_sector_share@10", self.own_sector_share),
            ("dissimilarity@10", self.dissimilarity),
            ("zero_results", self.zero_results),
        ]
    }
}

/// A mean difference over topics, and its paired bootstrap interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DifferenceView {
    /// The mean.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl From<Difference> for DifferenceView {
    fn from(difference: Difference) -> Self {
        let Difference { mean, low, high } = difference;
        Self { mean, low, high }
    }
}

/// How often an analogy stands before a distractor.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairsView {
    /// How many pairs there are.
    pub count: usize,
    /// The share of right answers by cell, for `afield` and each of the baselines, by their ids.
    pub accuracy: BTreeMap<&'static str, CellsView>,
}

/// The share of right answers by cell, 0 to 1, ties half; [`None`] for a cell without pairs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct CellsView {
    /// Analogies from a like sector; the distractor does not look like the brief.
    pub near: Option<f64>,
    /// Analogies from a like sector beside a look-alike.
    pub near_look_alike: Option<f64>,
    /// Analogies from another sector; the distractor does not look like the brief.
    pub far: Option<f64>,
    /// Analogies from another sector beside a look-alike.
    pub far_look_alike: Option<f64>,
    /// The mean of the cells that have pairs.
    pub mean: Option<f64>,
}

impl CellsView {
    /// Names for people and values, in the order of JSON.
    pub fn named(&self) -> [(&'static str, Option<f64>); 5] {
        [
            ("near", self.near),
            ("near, look-alike", self.near_look_alike),
            ("far", self.far),
            ("far, look-alike", self.far_look_alike),
            ("mean of the cells", self.mean),
        ]
    }
}

/// What is left without one signal.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AblationView {
    /// The signal that is off.
    pub off: &'static str,
    /// The mean over the topics without it.
    #[serde(rename = "far_ndcg@10")]
    pub far_ndcg: Option<f64>,
    /// That mean minus the one of the full weights: below 0 for a signal that helps.
    pub difference: Option<DifferenceView>,
    /// The mean of the cells without it, where there are pairs.
    pub pair_accuracy: Option<f64>,
}

/// What tuning brings on topics that it has not seen: means of far-nDCG@10 over all topics.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CrossValidationView {
    /// Into how many parts the topics were divided.
    pub folds: usize,
    /// With the weights as they are shipped.
    pub shipped: Option<f64>,
    /// Each topic with weights tuned on the other parts.
    pub held_out: Option<f64>,
    /// The held-out mean minus that of the shipped weights.
    pub difference: Option<DifferenceView>,
    /// All topics with weights tuned on all of them: what tuning seems to bring.
    pub tuned: Option<f64>,
    /// The weights tuned on all topics.
    pub weights: BTreeMap<&'static str, f64>,
}

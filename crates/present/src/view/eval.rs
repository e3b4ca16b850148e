//! How well the search does on judged topics.

use serde::Serialize;

/// The measures over all judged topics.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvalView {
    /// How many topics were judged.
    pub topics: usize,
    /// Means over the topics.
    pub measures: MeasuresView,
    /// The measures of each topic, in the order of the file; only there on request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub per_topic: Vec<TopicView>,
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
    /// The same with ever less gain for a mechanism seen before.
    #[serde(rename = "alpha_ndcg@10")]
    pub alpha_ndcg: Option<f64>,
    /// The share of relevant cases among the first hundred.
    #[serde(rename = "recall@100")]
    pub recall: Option<f64>,
    /// Different sectors among the first ten.
    #[serde(rename = "sectors@10")]
    pub sectors: Option<f64>,
    /// The share of the topic's own sector among the first ten.
    #[serde(rename = "own_sector_share@10")]
    pub own_sector_share: Option<f64>,
    /// The share of topics without any hit.
    #[serde(rename = "zero_results")]
    pub zero_results: Option<f64>,
}

impl MeasuresView {
    /// Names and values, in the order of JSON.
    pub fn named(&self) -> [(&'static str, Option<f64>); 7] {
        [
            ("ndcg@10", self.ndcg),
            ("far_ndcg@10", self.far_ndcg),
            ("alpha_ndcg@10", self.alpha_ndcg),
            ("recall@100", self.recall),
            ("sectors@10", self.sectors),
            ("own_sector_share@10", self.own_sector_share),
            ("zero_results", self.zero_results),
        ]
    }
}

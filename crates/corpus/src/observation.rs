//! Dated, sourced figures that show a stress signal in a sector.

use crate::Period;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The figures of one measure, oldest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Series {
    /// Sector id.
    pub sector: String,
    /// Signal id that the measure shows.
    pub signal: String,
    /// What was measured.
    pub metric: String,
    /// Where.
    pub region: String,
    /// Unit of the values.
    pub unit: String,
    /// What the values are.
    pub kind: SeriesKind,
    /// The direction of change that presses the sector.
    pub worse: Direction,
    /// The figures, ordered by the end of their period, then its start, then id.
    pub figures: Vec<Figure>,
}

/// What the values of a series are.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum SeriesKind {
    /// Values in their own unit; their changes are percent.
    Level,
    /// Percentages, rates or scores; their changes are points.
    Share,
    /// Each value is itself a percent change against its baseline.
    Change,
    /// Each value is itself a change in points.
    Points,
}

/// A direction of change.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Less than before.
    Fall,
    /// More than before.
    Rise,
}

/// One dated figure: an observation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figure {
    /// Unique id.
    pub id: String,
    /// The months it covers.
    pub period: Period,
    /// The period as written, such as `2020-Q2`.
    pub period_text: String,
    /// The figure, in the series' unit.
    pub value: f64,
    /// What it is compared with, where the source says.
    pub baseline: Option<Baseline>,
    /// Percent change against the baseline, where the source says or two figures give it.
    pub change: Option<f64>,
    /// How it was read or computed.
    pub note: Option<String>,
    /// Where it comes from.
    pub source: FigureSource,
}

/// What a figure is compared with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Baseline {
    /// The period compared with, as written; may be empty.
    pub period: String,
    /// The value then, where known.
    pub value: Option<f64>,
}

/// Where a figure comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FigureSource {
    /// Title of the page or data set.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where it is.
    pub url: String,
    /// Licence, where stated.
    pub licence: Option<String>,
}

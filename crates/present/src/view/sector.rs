//! How hard sectors are pressed, and the figures that say so.

use super::{SectorName, Tag, schema};
use crate::words;
use afield_corpus::{Month, Vocabulary};
use afield_index::{Facet, FacetCounts};
use afield_rank::StressModel;
use afield_rank::stress;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// Months that a curve looks back.
const CURVE_MONTHS: i32 = 240;
/// Months from one point of a curve to the next.
const CURVE_STEP: i32 = 3;

/// All sectors, most pressed first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Sectors)]
pub struct SectorsView {
    /// The month as of which stress is read, such as `2020-06`.
    pub as_of: String,
    /// The sectors.
    pub sectors: Vec<SectorEntry>,
}

impl SectorsView {
    /// The view of all sectors of the vocabulary, of the figures and of the cases, on a date.
    pub fn new(
        model: &StressModel,
        vocabulary: &Vocabulary,
        counts: &FacetCounts,
        as_of: Month,
    ) -> Self {
        let used = counts.get(&Facet::Sector);
        let listed = vocabulary.sectors.iter().map(|sector| sector.id.as_str());
        let ids: BTreeSet<&str> = listed
            .chain(model.sectors())
            .chain(used.into_iter().flatten().map(|(id, _)| id.as_str()))
            .collect();
        let mut sectors: Vec<SectorEntry> = ids
            .into_iter()
            .map(|id| SectorEntry {
                sector: SectorName::new(vocabulary, id),
                stress: model
                    .sector(id, as_of)
                    .map(|stress| StressView::new(&stress, vocabulary)),
                cases: used.and_then(|used| used.get(id)).copied().unwrap_or(0),
            })
            .collect();
        // A sector that is not observed stands after all that are: not known is not the same as not pressed.
        let value = |entry: &SectorEntry| entry.stress.as_ref().map_or(-1.0, |stress| stress.value);
        sectors.sort_by(|left, right| {
            value(right)
                .total_cmp(&value(left))
                .then_with(|| left.sector.id.cmp(&right.sector.id))
        });
        Self {
            as_of: as_of.to_string(),
            sectors,
        }
    }
}

/// One sector in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SectorEntry {
    /// The sector.
    pub sector: SectorName,
    /// How hard it is pressed; null where it is not observed.
    #[schema(required)]
    pub stress: Option<StressView>,
    /// Cases the corpus has of it.
    pub cases: u64,
}

/// How hard a sector is pressed.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Stress)]
pub struct StressView {
    /// 0 not pressed, towards 1 pressed hard.
    #[schema(minimum = 0, maximum = 1)]
    pub value: f64,
    /// Where it is going, against a year before: `rising`, `steady` or `falling`.
    #[schema(value_type = schema::Trend)]
    pub trend: String,
    /// Its signals, worst first.
    pub signals: Vec<SignalStressView>,
    /// How well it is observed.
    pub observed: ObservedView,
}

impl StressView {
    fn new(stress: &stress::SectorStress, vocabulary: &Vocabulary) -> Self {
        let signal = |signal: &stress::SignalStress| SignalStressView {
            signal: Tag {
                id: signal.signal.clone(),
                label: words::signal(vocabulary, &signal.signal),
            },
            value: signal.value,
        };
        Self {
            value: stress.value,
            trend: stress.trend.id().to_owned(),
            signals: stress.signals.iter().map(signal).collect(),
            observed: ObservedView {
                degree: stress.observed.degree.id().to_owned(),
                figures: stress.observed.figures,
                series: stress.observed.series,
            },
        }
    }
}

/// How hard one signal presses a sector.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = SignalStress)]
pub struct SignalStressView {
    /// The signal.
    pub signal: Tag,
    /// 0 not pressed, towards 1 pressed hard.
    #[schema(minimum = 0, maximum = 1)]
    pub value: f64,
}

/// How well a sector is observed: what counted in the five years up to the date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Observed)]
pub struct ObservedView {
    /// In a word: `thin`, `some` or `well`.
    #[schema(value_type = schema::Degree)]
    pub degree: String,
    /// Figures that count.
    pub figures: usize,
    /// Series they belong to.
    pub series: usize,
}

/// One sector, whole.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Sector)]
pub struct SectorView {
    /// The sector.
    pub sector: SectorName,
    /// The month as of which stress is read, such as `2020-06`.
    pub as_of: String,
    /// How hard it is pressed; null where it is not observed.
    #[schema(required)]
    pub stress: Option<StressView>,
    /// Stress over the twenty years before, oldest first; months in which it was not observed are left out.
    pub curve: Vec<CurvePoint>,
    /// The figures that had begun by the date, newest first.
    pub observations: Vec<ObservationView>,
}

impl SectorView {
    /// The view of a sector on a date.
    pub fn new(id: &str, model: &StressModel, vocabulary: &Vocabulary, as_of: Month) -> Self {
        let curve = model.curve(id, as_of.plus(-CURVE_MONTHS), as_of, CURVE_STEP);
        Self {
            sector: SectorName::new(vocabulary, id),
            as_of: as_of.to_string(),
            stress: model
                .sector(id, as_of)
                .map(|stress| StressView::new(&stress, vocabulary)),
            curve: curve
                .into_iter()
                .map(|(month, value)| CurvePoint {
                    date: month.to_string(),
                    value,
                })
                .collect(),
            observations: model
                .observations(id, as_of)
                .iter()
                .map(|seen| ObservationView::new(seen, vocabulary))
                .collect(),
        }
    }
}

/// Stress in one month.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CurvePoint {
    /// The month, such as `2020-06`.
    pub date: String,
    /// 0 not pressed, towards 1 pressed hard.
    #[schema(minimum = 0, maximum = 1)]
    pub value: f64,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Observation)]
pub struct ObservationView {
    /// Its id.
    pub id: String,
    /// The signal it shows.
    pub signal: Tag,
    /// What was measured.
    pub metric: String,
    /// Where.
    pub region: String,
    /// When, as written.
    pub period: String,
    /// The figure, in its unit.
    pub value: f64,
    /// The unit.
    pub unit: String,
    /// Change against its baseline in percent; null where that is not known.
    #[schema(required)]
    pub change: Option<f64>,
    /// How hard it pressed when it was new, 0 to below 1; null where there is nothing to compare it with.
    #[schema(required, minimum = 0, maximum = 1)]
    pub severity: Option<f64>,
    /// The same with its age on the date asked for; null where `severity` is.
    #[schema(required, minimum = 0, maximum = 1)]
    pub severity_now: Option<f64>,
    /// Whether it is the one figure of its series that counts on the date.
    pub in_force: bool,
    /// How it was read or computed, if anything is to be said.
    #[schema(required)]
    pub note: Option<String>,
    /// Where it comes from.
    pub source: FigureSourceView,
}

impl ObservationView {
    fn new(seen: &stress::ObservedFigure<'_>, vocabulary: &Vocabulary) -> Self {
        let (series, figure) = (seen.series, seen.figure);
        Self {
            id: figure.id.clone(),
            signal: Tag {
                id: series.signal.clone(),
                label: words::signal(vocabulary, &series.signal),
            },
            metric: series.metric.clone(),
            region: series.region.clone(),
            period: figure.period_text.clone(),
            value: figure.value,
            unit: series.unit.clone(),
            change: figure.change,
            severity: seen.severity,
            severity_now: seen.severity_now,
            in_force: seen.in_force,
            note: figure.note.clone(),
            source: FigureSourceView {
                title: figure.source.title.clone(),
                publisher: figure.source.publisher.clone(),
                url: figure.source.url.clone(),
                licence: figure.source.licence.clone(),
            },
        }
    }
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FigureSource)]
pub struct FigureSourceView {
    /// Title of the page or data set.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where it is.
    pub url: String,
    /// Its licence; null where none is stated.
    #[schema(required)]
    pub licence: Option<String>,
}

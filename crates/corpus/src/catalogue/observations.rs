//! The observation files: one sector each, its sources and its series of figures.

use super::table::{File, Item};
use crate::{
    Baseline, Direction, Figure, FigureSource, Period, Series, SeriesKind, Unknown, Vocabulary,
    nearest,
};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::de::DeValue;

/// The ids of figures so far: they are unique over all files.
pub(super) type Ids = BTreeSet<String>;

/// A file of observations, as editors know it.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its schema is made")]
pub(crate) struct ObservationsFile {
    /// Id of the sector that all figures are of.
    sector: String,
    /// Where the figures come from.
    #[serde(default)]
    source: Vec<RawSource>,
    /// The figures, by what was measured and where.
    #[serde(default)]
    series: Vec<SeriesTable>,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is made")]
struct SeriesTable {
    #[serde(flatten)]
    series: RawSeries,
    /// The figures of one measure.
    figures: Vec<RawFigure>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawSource {
    #[schemars(with = "String")]
    id: Spanned<String>,
    title: String,
    publisher: String,
    url: String,
    licence: Option<String>,
}

/// A series without its figures.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawSeries {
    #[schemars(with = "String")]
    signal: Spanned<String>,
    metric: String,
    region: String,
    unit: String,
    kind: SeriesKind,
    worse: Direction,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawFigure {
    #[schemars(with = "String")]
    id: Spanned<String>,
    #[schemars(with = "String")]
    period: Spanned<String>,
    #[schemars(with = "f64")]
    value: Spanned<f64>,
    baseline: Option<RawBaseline>,
    #[schemars(with = "Option<f64>")]
    change: Option<Spanned<f64>>,
    note: Option<String>,
    #[schemars(with = "String")]
    source: Spanned<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawBaseline {
    #[serde(default)]
    period: String,
    #[schemars(with = "Option<f64>")]
    value: Option<Spanned<f64>>,
}

/// The series of one file.
pub(super) fn read(file: &mut File<'_>, vocabulary: &Vocabulary, ids: &mut Ids) -> Vec<Series> {
    let sector = file.take_text("sector");
    let (sources, series) = (file.take("source"), file.take("series"));
    file.refuse_rest(&["sector", "source", "series"]);
    let sources = read_sources(file, sources);
    let Some(sector) = sector else {
        return Vec::new();
    };
    let known = vocabulary.sectors.is_empty() || vocabulary.sector(sector.get_ref()).is_some();
    if !known {
        let found = vocabulary
            .resolve_sector(sector.get_ref())
            .map(|found| found.id);
        report_unknown(file, "sector", &sector, found);
        return Vec::new();
    }
    let mut reader = Reader {
        file,
        vocabulary,
        sources,
        ids,
    };
    series
        .into_iter()
        .filter_map(|item| reader.series(sector.get_ref(), item))
        .collect()
}

fn read_sources(file: &mut File<'_>, items: Vec<Item<'_>>) -> BTreeMap<String, FigureSource> {
    let mut sources = BTreeMap::new();
    for item in items {
        let Some(raw) = file.read::<RawSource>(item) else {
            continue;
        };
        let RawSource {
            id,
            title,
            publisher,
            url,
            licence,
        } = raw;
        if sources.contains_key(id.get_ref()) {
            let message = format!("source `{}` is given twice; the first counts", id.get_ref());
            file.report(id.span(), "duplicate-id", message);
        } else {
            sources.insert(
                id.into_inner(),
                FigureSource {
                    title,
                    publisher,
                    url,
                    licence,
                },
            );
        }
    }
    sources
}

/// Reports an id that its vocabulary does not have; `found` is what it resolves to all the same.
fn report_unknown(
    file: &mut File<'_>,
    what: &'static str,
    id: &Spanned<String>,
    found: Result<String, Unknown>,
) {
    let text = id.get_ref().clone();
    let unknown = found.map_or_else(
        |unknown| unknown,
        |near| Unknown {
            what,
            text,
            nearest: Some(near),
        },
    );
    file.report(id.span(), &format!("unknown-{what}"), unknown.to_string());
}

struct Reader<'a, 'f> {
    file: &'a mut File<'f>,
    vocabulary: &'a Vocabulary,
    sources: BTreeMap<String, FigureSource>,
    ids: &'a mut Ids,
}

impl Reader<'_, '_> {
    fn series(&mut self, sector: &str, mut item: Item<'_>) -> Option<Series> {
        let span = item.span();
        let figures = match item.get_mut() {
            DeValue::Table(table) => table.remove("figures"),
            _ => None,
        };
        let raw: RawSeries = self.file.read(item)?;
        if !self.vocabulary.signals.is_empty()
            && self.vocabulary.signal(raw.signal.get_ref()).is_none()
        {
            let found = self
                .vocabulary
                .resolve_signal(raw.signal.get_ref())
                .map(|found| found.id);
            report_unknown(self.file, "signal", &raw.signal, found);
            return None;
        }
        let Some(figures) = figures else {
            self.file
                .report(span, "missing-key", "missing key `figures`".to_owned());
            return None;
        };
        let mut figures = self.figures(figures);
        figures.sort_by(|a, b| {
            (a.period.end, a.period.start, &a.id).cmp(&(b.period.end, b.period.start, &b.id))
        });
        Some(Series {
            sector: sector.to_owned(),
            signal: raw.signal.into_inner(),
            metric: raw.metric,
            region: raw.region,
            unit: raw.unit,
            kind: raw.kind,
            worse: raw.worse,
            figures,
        })
    }

    fn figures(&mut self, figures: Item<'_>) -> Vec<Figure> {
        let span = figures.span();
        if let DeValue::Array(items) = figures.into_inner() {
            return items
                .into_iter()
                .filter_map(|item| self.figure(item))
                .collect();
        }
        self.file.report(
            span,
            "wrong-type",
            "`figures` is a list of tables".to_owned(),
        );
        Vec::new()
    }

    fn figure(&mut self, item: Item<'_>) -> Option<Figure> {
        let raw: RawFigure = self.file.read(item)?;
        let period = self.period(&raw.period);
        let source = self.source(&raw.source);
        let baseline = raw
            .baseline
            .as_ref()
            .and_then(|baseline| baseline.value.as_ref());
        let numbers = [Some(&raw.value), baseline, raw.change.as_ref()];
        let bad = numbers
            .into_iter()
            .flatten()
            .filter(|number| !self.finite(number))
            .count();
        let (period, source) = (period?, source?);
        if bad > 0 {
            return None;
        }
        if !self.ids.insert(raw.id.get_ref().clone()) {
            let message = format!(
                "figure `{}` is given twice; the first counts",
                raw.id.get_ref()
            );
            self.file.report(raw.id.span(), "duplicate-id", message);
            return None;
        }
        let baseline = raw.baseline.map(|baseline| Baseline {
            period: baseline.period,
            value: baseline.value.map(Spanned::into_inner),
        });
        Some(Figure {
            id: raw.id.into_inner(),
            period,
            period_text: raw.period.into_inner(),
            value: raw.value.into_inner(),
            baseline,
            change: raw.change.map(Spanned::into_inner),
            note: raw.note,
            source,
        })
    }

    fn period(&mut self, text: &Spanned<String>) -> Option<Period> {
        let period = Period::parse(text.get_ref());
        if period.is_none() {
            let message = format!("`{}` is no period", text.get_ref());
            self.file.report(text.span(), "bad-period", message).help =
                "write `2020`, `2020-04`, `2020-04-17` or `2020-Q2`".to_owned();
        }
        period
    }

    fn source(&mut self, id: &Spanned<String>) -> Option<FigureSource> {
        let source = self.sources.get(id.get_ref()).cloned();
        if source.is_none() {
            let near =
                nearest(id.get_ref(), self.sources.keys().map(String::as_str)).map(str::to_owned);
            let unknown = Unknown {
                what: "source",
                text: id.get_ref().clone(),
                nearest: near,
            };
            self.file
                .report(id.span(), "unknown-source", unknown.to_string());
        }
        source
    }

    fn finite(&mut self, number: &Spanned<f64>) -> bool {
        let finite = number.get_ref().is_finite();
        if !finite {
            self.file.report(
                number.span(),
                "bad-number",
                format!("`{}` is no figure", number.get_ref()),
            );
        }
        finite
    }
}

//! One case, whole.

use super::{SectorName, SourceView, Tag, YearsView, schema};
use crate::words;
use afield_corpus::{Case, Metric, Section, Vocabulary};
use serde::Serialize;
use utoipa::ToSchema;

/// Everything a case says.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Case)]
pub struct CaseView {
    /// The case's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who acted; may be empty.
    pub organisation: String,
    /// The sector it happened in; null where that is not known.
    #[schema(required)]
    pub sector: Option<SectorName>,
    /// A finer sector in free words, if any.
    #[schema(required)]
    pub subsector: Option<String>,
    /// When; null where that is not known.
    #[schema(value_type = Option<schema::Years>, required)]
    pub years: Option<YearsView>,
    /// Where in the world; null where that is not known.
    #[schema(required)]
    pub region: Option<String>,
    /// Stress signals it acted under.
    pub signals: Vec<Tag>,
    /// The problem in domain-free phrases.
    pub pattern: Vec<String>,
    /// The problem in the words of other sectors.
    pub asks: Vec<String>,
    /// How it works.
    pub mechanism: Vec<Tag>,
    /// Who had to work together.
    pub functions: Vec<Tag>,
    /// Roles in the customer-experience ecosystem.
    pub roles: Vec<Tag>,
    /// Journey stages it changed.
    pub journey: Vec<Tag>,
    /// Channels it used.
    pub channels: Vec<String>,
    /// What came of it: `worked`, `mixed`, `failed` or `unknown`.
    #[schema(value_type = schema::Outcome)]
    pub outcome: String,
    /// How well that is evidenced, `A` best to `D`; null where it is not graded.
    #[schema(value_type = Option<schema::Evidence>, required)]
    pub evidence: Option<String>,
    /// Its figures.
    pub metrics: Vec<MetricView>,
    /// What must be in place.
    pub needs: Vec<String>,
    /// Conditions under which it works.
    pub works_when: Vec<String>,
    /// Conditions under which it breaks.
    pub breaks_when: Vec<String>,
    /// Where the idea was taken from.
    pub borrowed_from: Vec<Tag>,
    /// On what ground that is said, if it is said.
    #[schema(required)]
    pub borrowed_basis: Option<String>,
    /// Where it has been taken up.
    pub adopted_in: Vec<Tag>,
    /// Where it could help, in the curators' judgement.
    pub could_inspire: Vec<Tag>,
    /// Cases it took its idea from.
    pub inspired_by: Vec<String>,
    /// What to know before quoting it, if anything.
    #[schema(required)]
    pub caveat: Option<String>,
    /// Where the facts come from.
    pub sources: Vec<SourceView>,
    /// The text.
    pub sections: Vec<SectionView>,
    /// The file, relative to the corpus.
    pub path: String,
}

impl CaseView {
    /// The view of a case.
    pub fn new(case: &Case, vocabulary: &Vocabulary) -> Self {
        let sectors = |ids: &[String]| Tag::list(ids, |id| words::sector(vocabulary, id));
        Self {
            id: case.id.clone(),
            title: case.title.clone(),
            organisation: case.organisation.clone(),
            sector: case
                .sector
                .as_deref()
                .map(|id| SectorName::new(vocabulary, id)),
            subsector: case.subsector.clone(),
            years: case.years.map(|years| (years.from, years.to)),
            region: case.region.clone(),
            signals: Tag::list(&case.signals, |id| words::signal(vocabulary, id)),
            pattern: case.pattern.clone(),
            asks: case.asks.clone(),
            mechanism: Tag::list(&case.mechanism, |id| words::mechanism(vocabulary, id)),
            functions: Tag::list(&case.functions, |id| words::function(vocabulary, id)),
            roles: Tag::list(&case.roles, |id| words::role(vocabulary, id)),
            journey: Tag::list(&case.journey, |id| words::stage(vocabulary, id)),
            channels: case.channels.clone(),
            outcome: case.outcome.id().to_owned(),
            evidence: case.evidence.map(|grade| grade.id().to_owned()),
            metrics: case.metrics.iter().map(MetricView::new).collect(),
            needs: case.needs.clone(),
            works_when: case.works_when.clone(),
            breaks_when: case.breaks_when.clone(),
            borrowed_from: sectors(&case.borrowed_from),
            borrowed_basis: case.borrowed_basis.clone(),
            adopted_in: sectors(&case.adopted_in),
            could_inspire: sectors(&case.could_inspire),
            inspired_by: case.inspired_by.clone(),
            caveat: case.caveat.clone(),
            sources: case.sources.iter().map(SourceView::dated).collect(),
            sections: case.sections.iter().map(SectionView::new).collect(),
            path: case.path.clone(),
        }
    }

    /// Who, where and when, in words; what is not known is left out.
    pub(crate) fn place(&self) -> Vec<String> {
        words::place(
            &self.organisation,
            self.sector.as_ref(),
            self.years,
            self.region.as_deref(),
        )
    }
}

/// One figure of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Metric)]
pub struct MetricView {
    /// What was measured.
    pub name: String,
    /// The figure, as written.
    pub value: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// When it was measured; may be empty.
    pub period: String,
    /// The source it comes from, as its place in `sources` counted from 1; null where that is not said.
    #[schema(required, minimum = 1)]
    pub source: Option<usize>,
}

impl MetricView {
    fn new(metric: &Metric) -> Self {
        Self {
            name: metric.name.clone(),
            value: metric.value.clone(),
            unit: metric.unit.clone(),
            period: metric.period.clone(),
            source: metric.source,
        }
    }
}

/// A part of the text under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Section)]
pub struct SectionView {
    /// What it is for: `challenge`, `idea`, `outcome`, `carry-over` or `body`.
    #[schema(value_type = schema::SectionKind)]
    pub section: String,
    /// The heading as written; empty before the first.
    pub heading: String,
    /// The heading's line in the file, from 1.
    #[schema(minimum = 1)]
    pub line: u32,
    /// Its paragraphs and list items.
    pub blocks: Vec<String>,
}

impl SectionView {
    fn new(section: &Section) -> Self {
        Self {
            section: section.kind.id().to_owned(),
            heading: section.heading.clone(),
            line: section.line,
            blocks: section
                .blocks
                .iter()
                .map(|block| block.text.clone())
                .collect(),
        }
    }
}

//! The flags that narrow an answer, and what they stand for in a corpus.

use crate::error::Failure;
use afield_corpus::{Grade, Outcome, Vocabulary, nearest};
use afield_index::{Facet, FacetCounts, Filters, Snapshot};
use clap::Args;
use std::collections::{BTreeMap, BTreeSet};

/// Repeated values of one flag: one of them suffices; different flags: all must hold. Sectors, signals, mechanisms,
/// functions, roles and journey stages are taken by id, label or alias.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters (repeatable; or within a flag, and across flags)")]
pub(crate) struct Narrow {
    /// Only cases of this sector; a group covers its sectors
    #[arg(long, value_name = "S")]
    sector: Vec<String>,
    /// No cases of this sector
    #[arg(long, value_name = "S")]
    not_sector: Vec<String>,
    /// Only cases that acted under this stress signal
    #[arg(long, value_name = "SIGNAL")]
    signal: Vec<String>,
    /// Only cases that work by this mechanism
    #[arg(long, value_name = "M")]
    mechanism: Vec<String>,
    /// Only cases in which this business function took part
    #[arg(long, value_name = "F")]
    function: Vec<String>,
    /// Only cases in which this role took part
    #[arg(long, value_name = "ROLE")]
    role: Vec<String>,
    /// Only cases that changed this journey stage
    #[arg(long, value_name = "STAGE")]
    journey: Vec<String>,
    /// Only cases that used this channel
    #[arg(long, value_name = "C")]
    channel: Vec<String>,
    /// Only cases from this region
    #[arg(long, value_name = "R")]
    region: Vec<String>,
    /// Only cases that still acted in this year or later
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=2999))]
    since: Option<i32>,
    /// Only cases that had begun by this year
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1000..=2999))]
    until: Option<i32>,
    /// Only cases with this outcome: worked, mixed, failed or unknown
    #[arg(long, value_name = "O")]
    outcome: Vec<String>,
    /// Only cases with this evidence grade: A, B, C or D
    #[arg(long, value_name = "GRADE")]
    evidence: Vec<String>,
}

impl Narrow {
    /// The flags in the ids of a corpus.
    ///
    /// # Errors
    /// When the corpus does not know a value; all such values are named, each with the nearest one.
    pub(crate) fn filters(&self, snapshot: &Snapshot) -> Result<Filters, Failure> {
        let known = Known {
            vocabulary: &snapshot.catalogue().vocabulary,
            counts: snapshot.counts(),
        };
        let mut problems = Vec::new();
        let mut filters = Filters::default();
        for (facet, values) in self.wanted() {
            known.add(facet, values, &mut filters.any, &mut problems);
        }
        known.add(
            Facet::Sector,
            &self.not_sector,
            &mut filters.none,
            &mut problems,
        );
        (filters.since, filters.until) = (self.since, self.until);
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since > until
        {
            problems.push(format!("`--since {since}` is later than `--until {until}`"));
        }
        if problems.is_empty() {
            Ok(filters)
        } else {
            Err(Failure::all(problems))
        }
    }

    fn wanted(&self) -> [(Facet, &[String]); 10] {
        [
            (Facet::Sector, &self.sector),
            (Facet::Signal, &self.signal),
            (Facet::Mechanism, &self.mechanism),
            (Facet::Function, &self.function),
            (Facet::Role, &self.role),
            (Facet::Journey, &self.journey),
            (Facet::Channel, &self.channel),
            (Facet::Region, &self.region),
            (Facet::Outcome, &self.outcome),
            (Facet::Evidence, &self.evidence),
        ]
    }
}

/// What a corpus knows.
struct Known<'a> {
    vocabulary: &'a Vocabulary,
    counts: FacetCounts,
}

impl Known<'_> {
    fn add(
        &self,
        facet: Facet,
        values: &[String],
        into: &mut BTreeMap<Facet, BTreeSet<String>>,
        problems: &mut Vec<String>,
    ) {
        for value in values {
            match self.resolve(facet, value) {
                Ok(ids) => into.entry(facet).or_default().extend(ids),
                Err(problem) => problems.push(problem),
            }
        }
    }

    fn resolve(&self, facet: Facet, value: &str) -> Result<Vec<String>, String> {
        let resolved = afield_index::resolve(self.vocabulary, facet, value);
        let ids = resolved.map_err(|unknown| match (facet, &unknown.nearest) {
            (Facet::Outcome, None) => format!(
                "{unknown}: choose {}",
                choice(&Outcome::ALL.map(Outcome::id))
            ),
            (Facet::Evidence, None) => {
                format!("{unknown}: choose {}", choice(&Grade::ALL.map(Grade::id)))
            }
            _ => unknown.to_string(),
        })?;
        let Some(used) = self.counts.get(&facet).filter(|_| self.is_open(facet)) else {
            return Ok(ids);
        };
        if ids.iter().any(|id| used.contains_key(id)) {
            return Ok(ids);
        }
        let name = facet.name();
        Err(match nearest(value, used.keys().map(String::as_str)) {
            Some(near) => format!("unknown {name} `{value}`; did you mean `{near}`?"),
            None => format!("unknown {name} `{value}`: no case has it"),
        })
    }

    /// Whether any word may stand for a value, so that only the cases tell which ones there are.
    fn is_open(&self, facet: Facet) -> bool {
        match facet {
            Facet::Channel | Facet::Region => true,
            Facet::Sector => self.vocabulary.sectors.is_empty(),
            Facet::Signal => self.vocabulary.signals.is_empty(),
            Facet::Mechanism => self.vocabulary.mechanisms.is_empty(),
            Facet::Function => self.vocabulary.functions.is_empty(),
            Facet::Role => self.vocabulary.roles.is_empty(),
            Facet::Journey => self.vocabulary.stages.is_empty(),
            Facet::Outcome | Facet::Evidence => false,
        }
    }
}

/// `` `a`, `b` or `c` ``.
fn choice(ids: &[&str]) -> String {
    match ids {
        [most @ .., last] if !most.is_empty() => format!("`{}` or `{last}`", most.join("`, `")),
        _ => ids.join(""),
    }
}

/// The id of the asker's own sector.
///
/// # Errors
/// When the corpus does not know it; the error names the nearest one.
pub(crate) fn home(home: Option<&str>, vocabulary: &Vocabulary) -> Result<Option<String>, Failure> {
    let resolved = home.map(|home| vocabulary.resolve_sector(home)).transpose();
    let resolved = resolved.map_err(|unknown| Failure::misuse(unknown.to_string()));
    Ok(resolved?.map(|resolved| resolved.id))
}

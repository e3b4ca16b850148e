//! The flags that narrow an answer, and what they stand for in a corpus.

use crate::error::Failure;
use afield_corpus::Vocabulary;
use afield_index::{Facet, Filters, Snapshot, Wanted};
use clap::Args;
use std::collections::BTreeMap;

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
        let narrowed = snapshot.narrow(&self.wanted());
        let mut problems: Vec<String> = match &narrowed {
            Ok(_) => Vec::new(),
            Err(refusals) => refusals.iter().map(ToString::to_string).collect(),
        };
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since > until
        {
            problems.push(format!("`--since {since}` is later than `--until {until}`"));
        }
        match narrowed {
            Ok(filters) if problems.is_empty() => Ok(filters),
            _ => Err(Failure::all(problems)),
        }
    }

    fn wanted(&self) -> Wanted {
        let any = [
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
        ];
        Wanted {
            any: any.map(|(facet, values)| (facet, values.clone())).into(),
            none: BTreeMap::from([(Facet::Sector, self.not_sector.clone())]),
            since: self.since,
            until: self.until,
        }
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

/// The id of the one sector that was meant.
///
/// # Errors
/// When the corpus does not know it, or it is a group; the error names the nearest sector, or the members.
pub(crate) fn one_sector(wanted: &str, vocabulary: &Vocabulary) -> Result<String, Failure> {
    let resolved = vocabulary.resolve_sector(wanted);
    let resolved = resolved.map_err(|unknown| Failure::misuse(unknown.to_string()))?;
    match resolved.leaves.as_slice() {
        [only] => Ok(only.clone()),
        leaves => Err(
            Failure::misuse(format!("`{}` is a group of sectors", resolved.id))
                .hint(format!("choose one: `{}`", leaves.join("`, `"))),
        ),
    }
}

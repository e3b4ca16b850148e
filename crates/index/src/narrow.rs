//! What a user wants the answer narrowed to: from their own words to the ids of a corpus.

use crate::{Facet, FacetCounts, Filters, Snapshot, resolve};
use afield_corpus::{Grade, Outcome, Vocabulary, nearest};
use std::collections::{BTreeMap, BTreeSet};

/// What a user wants the answer narrowed to, in the user's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Values of which a case must have one, for each facet: ids, labels, aliases or groups.
    pub any: BTreeMap<Facet, Vec<String>>,
    /// Values of which a case must have none.
    pub none: BTreeMap<Facet, Vec<String>>,
    /// First year: the case still acted then or later.
    pub since: Option<i32>,
    /// Last year: the case had begun by then.
    pub until: Option<i32>,
}

/// A value that the corpus does not know. Its text is lower case, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
#[non_exhaustive]
pub struct Refusal {
    /// What it should have been a value of.
    pub facet: Facet,
    /// Whether it was among [`Wanted::none`].
    pub negated: bool,
    /// The value as it was given.
    pub value: String,
    /// The value that was probably meant.
    pub nearest: Option<String>,
    /// What is wrong and what to do about it: `` unknown sector `bankin`; did you mean `banking`? ``
    pub detail: String,
}

impl Snapshot {
    /// The filters that a user's words stand for in this corpus; groups are spread over their leaves.
    ///
    /// # Errors
    /// When the corpus does not know a value. All such values are told, those of [`Wanted::any`] first, each side in
    /// the order of [`Facet::ALL`] and then as given.
    pub fn narrow(&self, wanted: &Wanted) -> Result<Filters, Vec<Refusal>> {
        let known = Known {
            vocabulary: &self.catalogue().vocabulary,
            counts: self.counts(),
        };
        let mut refusals = Vec::new();
        let filters = Filters {
            any: known.resolve_all(&wanted.any, false, &mut refusals),
            none: known.resolve_all(&wanted.none, true, &mut refusals),
            since: wanted.since,
            until: wanted.until,
            not_ids: BTreeSet::new(),
        };
        if refusals.is_empty() {
            Ok(filters)
        } else {
            Err(refusals)
        }
    }
}

/// What a corpus knows.
struct Known<'a> {
    vocabulary: &'a Vocabulary,
    counts: &'a FacetCounts,
}

/// Why a value is refused: the nearest one, and all of it as a sentence.
type Reason = (Option<String>, String);

impl Known<'_> {
    fn resolve_all(
        &self,
        wanted: &BTreeMap<Facet, Vec<String>>,
        negated: bool,
        refusals: &mut Vec<Refusal>,
    ) -> BTreeMap<Facet, BTreeSet<String>> {
        let mut resolved: BTreeMap<Facet, BTreeSet<String>> = BTreeMap::new();
        for (&facet, values) in wanted {
            for value in values {
                match self.resolve(facet, value) {
                    Ok(ids) => resolved.entry(facet).or_default().extend(ids),
                    Err((nearest, detail)) => refusals.push(Refusal {
                        facet,
                        negated,
                        value: value.clone(),
                        nearest,
                        detail,
                    }),
                }
            }
        }
        resolved
    }

    fn resolve(&self, facet: Facet, value: &str) -> Result<Vec<String>, Reason> {
        let ids = resolve(self.vocabulary, facet, value).map_err(|unknown| {
            let choice = match (facet, &unknown.nearest) {
                (Facet::Outcome, None) => choice(&Outcome::ALL.map(Outcome::id)),
                (Facet::Evidence, None) => choice(&Grade::ALL.map(Grade::id)),
                _ => return (unknown.nearest.clone(), unknown.to_string()),
            };
            (None, format!("{unknown}: choose {choice}"))
        })?;
        let Some(used) = self.counts.get(&facet).filter(|_| self.is_open(facet)) else {
            return Ok(ids);
        };
        if ids.iter().any(|id| used.contains_key(id)) {
            return Ok(ids);
        }
        let name = facet.name();
        Err(match nearest(value, used.keys().map(String::as_str)) {
            Some(near) => (
                Some(near.to_owned()),
                format!("unknown {name} `{value}`; did you mean `{near}`?"),
            ),
            None => (None, format!("unknown {name} `{value}`: no case has it")),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::three_cases;

    fn wanted(values: &[(Facet, &str)]) -> BTreeMap<Facet, Vec<String>> {
        let mut wanted: BTreeMap<Facet, Vec<String>> = BTreeMap::new();
        for &(facet, value) in values {
            wanted.entry(facet).or_default().push(value.to_owned());
        }
        wanted
    }

    #[test]
    fn words_become_ids() {
        let fixture = three_cases();
        fixture.refresh();
        let filters = fixture.open().narrow(&Wanted {
            any: wanted(&[
                (Facet::Signal, "Losing footfall"),
                (Facet::Signal, "churn"),
                (Facet::Evidence, "b"),
            ]),
            none: wanted(&[(Facet::Region, " France ")]),
            since: Some(2001),
            until: None,
        });
        let filters = filters.expect("filters");
        let ids = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect();
        assert_eq!(
            filters.any,
            BTreeMap::from([
                (Facet::Signal, ids(&["churn", "footfall-decline"])),
                (Facet::Evidence, ids(&["B"])),
            ])
        );
        assert_eq!(filters.none[&Facet::Region], ids(&["france"]));
        assert_eq!((filters.since, filters.until), (Some(2001), None));
    }

    #[test]
    fn all_unknown_values_are_told_in_order() {
        let fixture = three_cases();
        fixture.refresh();
        let refusals = fixture.open().narrow(&Wanted {
            any: wanted(&[
                (Facet::Outcome, "fine"),
                (Facet::Signal, "chrun"),
                (Facet::Signal, "churn"),
                (Facet::Channel, "pigeon"),
                (Facet::Sector, "shosp"),
            ]),
            none: wanted(&[(Facet::Sector, "air lines"), (Facet::Region, "Frence")]),
            ..Wanted::default()
        });
        let refusals = refusals.expect_err("unknown values");
        let told: Vec<_> = refusals
            .iter()
            .map(|refusal| {
                (
                    refusal.negated,
                    refusal.nearest.as_deref(),
                    refusal.to_string(),
                )
            })
            .collect();
        let told: Vec<_> = told.iter().map(|(a, b, c)| (*a, *b, c.as_str())).collect();
        assert_eq!(
            told,
            [
                (
                    false,
                    Some("shops"),
                    "unknown sector `shosp`; did you mean `shops`?"
                ),
                (
                    false,
                    Some("churn"),
                    "unknown signal `chrun`; did you mean `churn`?"
                ),
                (false, None, "unknown channel `pigeon`: no case has it"),
                (
                    false,
                    None,
                    "unknown outcome `fine`: choose `worked`, `mixed`, `failed` or `unknown`"
                ),
                (
                    true,
                    Some("airlines"),
                    "unknown sector `air lines`; did you mean `airlines`?"
                ),
                (
                    true,
                    Some("france"),
                    "unknown region `Frence`; did you mean `france`?"
                ),
            ]
        );
        assert_eq!(refusals[5].value, "Frence");
        assert_eq!(refusals[5].facet, Facet::Region);
    }
}

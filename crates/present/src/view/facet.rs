//! What an index can be narrowed by.

use super::IndexView;
use crate::words;
use afield_corpus::Vocabulary;
use afield_index::{Facet, FacetCounts, IndexInfo};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// All facets with the values that cases of the index have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = FacetList)]
pub struct FacetListView {
    /// The values of each facet, by its name; most cases first, then by id. A facet that no case has is empty.
    pub facets: BTreeMap<String, Vec<FacetValue>>,
    /// The index that answered.
    pub index: IndexView,
}

impl FacetListView {
    /// The view of the counts over a whole index.
    pub fn new(vocabulary: &Vocabulary, counts: &FacetCounts, index: &IndexInfo) -> Self {
        let values = |facet| {
            let used = counts.get(&facet).into_iter().flatten();
            let mut values: Vec<FacetValue> = used
                .filter(|&(_, &cases)| cases > 0)
                .map(|(id, &cases)| FacetValue {
                    id: id.clone(),
                    label: words::value(vocabulary, facet, id),
                    cases,
                })
                .collect();
            // The sort is stable, and the ids are in order already.
            values.sort_by_key(|value| Reverse(value.cases));
            values
        };
        Self {
            facets: Facet::ALL
                .into_iter()
                .map(|facet| (facet.name().to_owned(), values(facet)))
                .collect(),
            index: IndexView::new(index),
        }
    }
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetValue {
    /// What to filter by.
    pub id: String,
    /// What users read; the id where there is no label for it.
    pub label: String,
    /// Cases that have it.
    pub cases: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use afield_corpus::{Entry, Role};

    fn entry(id: &str, label: &str) -> Entry {
        let mut entry = Entry::default();
        (entry.id, entry.label) = (id.to_owned(), label.to_owned());
        entry
    }

    fn vocabulary() -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        vocabulary.mechanisms = vec![entry("barter", "Barter")];
        vocabulary.functions = vec![entry("pricing", "Pricing")];
        vocabulary.stages = vec![entry("buy", "Buying")];
        let mut role = Role::default();
        (role.id, role.label) = ("clerk".to_owned(), "Clerk".to_owned());
        vocabulary.roles = vec![role];
        vocabulary
    }

    /// The values of a facet, each as `id label cases`.
    fn check(facet: Facet, used: &[(&str, u64)], expected: &[&str]) {
        let used = used.iter().map(|&(id, cases)| (id.to_owned(), cases));
        let counts = FacetCounts::from([(facet, used.collect())]);
        let view = FacetListView::new(&vocabulary(), &counts, &IndexInfo::default());
        let shown: Vec<String> = view.facets[facet.name()]
            .iter()
            .map(|value| format!("{} {} {}", value.id, value.label, value.cases))
            .collect();
        assert_eq!(shown, expected);
        assert_eq!(view.facets.len(), Facet::ALL.len());
    }

    #[test]
    fn most_cases_first_then_by_id() {
        check(
            Facet::Region,
            &[
                ("fernland", 1),
                ("marlow", 3),
                ("quillshire", 3),
                ("savannah", 0),
            ],
            &[
                "marlow marlow 3",
                "quillshire quillshire 3",
                "fernland fernland 1",
            ],
        );
    }

    #[test]
    fn labels_come_from_the_vocabulary_of_the_facet() {
        check(Facet::Mechanism, &[("barter", 1)], &["barter Barter 1"]);
        check(Facet::Function, &[("pricing", 1)], &["pricing Pricing 1"]);
        check(Facet::Journey, &[("buy", 1)], &["buy Buying 1"]);
        check(Facet::Role, &[("clerk", 1)], &["clerk Clerk 1"]);
        check(Facet::Evidence, &[("A", 1)], &["A A 1"]);
        check(Facet::Signal, &[("barter", 1)], &["barter barter 1"]);
    }
}

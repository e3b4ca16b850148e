//! The vocabulary of mechanisms, with what the corpus has for each.

use afield_corpus::Vocabulary;
use afield_index::{Facet, FacetCounts};
use serde::Serialize;
use utoipa::ToSchema;

/// All mechanisms, in the order of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Mechanisms)]
pub struct MechanismsView {
    /// The mechanisms.
    pub mechanisms: Vec<MechanismEntry>,
}

impl MechanismsView {
    /// The view of a vocabulary, with counts over the whole index; ids that cases use and the vocabulary does not have
    /// come last.
    pub fn new(vocabulary: &Vocabulary, counts: &FacetCounts) -> Self {
        let mut used = counts.get(&Facet::Mechanism).cloned().unwrap_or_default();
        let mut mechanisms: Vec<MechanismEntry> = vocabulary
            .mechanisms
            .iter()
            .map(|mechanism| MechanismEntry {
                id: mechanism.id.clone(),
                label: mechanism.label.clone(),
                definition: mechanism.definition.clone(),
                aliases: mechanism.aliases.clone(),
                cases: used.remove(&mechanism.id).unwrap_or(0),
            })
            .collect();
        mechanisms.extend(used.into_iter().map(|(id, cases)| MechanismEntry {
            label: id.clone(),
            id,
            definition: String::new(),
            aliases: Vec::new(),
            cases,
        }));
        Self { mechanisms }
    }
}

/// One mechanism in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MechanismEntry {
    /// Stable id.
    pub id: String,
    /// What users read; the id where the vocabulary does not have it.
    pub label: String,
    /// What it means; may be empty.
    pub definition: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Cases that work by it.
    pub cases: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use afield_corpus::Entry;
    use std::collections::BTreeMap;

    #[test]
    fn the_vocabulary_first_then_what_else_cases_use() {
        let mut lend = Entry::default();
        lend.id = "lend-the-room".to_owned();
        lend.label = "Lend the room".to_owned();
        lend.aliases = vec!["let the hall".to_owned()];
        let mut barter = Entry::default();
        barter.id = "barter".to_owned();
        barter.label = "Barter".to_owned();
        let mut vocabulary = Vocabulary::default();
        vocabulary.mechanisms = vec![lend, barter];
        let counts = [("lend-the-room", 2), ("alchemy", 1)];
        let counts = counts.map(|(id, cases)| (id.to_owned(), cases));
        let counts = FacetCounts::from([(Facet::Mechanism, BTreeMap::from(counts))]);
        let view = MechanismsView::new(&vocabulary, &counts);
        let shown: Vec<(&str, &str, u64)> = view
            .mechanisms
            .iter()
            .map(|entry| (entry.id.as_str(), entry.label.as_str(), entry.cases))
            .collect();
        let expected = [
            ("lend-the-room", "Lend the room", 2),
            ("barter", "Barter", 0),
            ("alchemy", "alchemy", 1),
        ];
        assert_eq!(shown, expected);
        assert_eq!(view.mechanisms[0].aliases, ["let the hall"]);
    }

    #[test]
    fn nothing_is_known_of_an_empty_corpus() {
        let view = MechanismsView::new(&Vocabulary::default(), &FacetCounts::new());
        assert_eq!(view.mechanisms, []);
    }
}

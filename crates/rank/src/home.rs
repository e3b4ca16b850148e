//! Where the asker is at home.

use crate::distance::leaves;
use afield_corpus::Vocabulary;
use std::collections::BTreeSet;

/// The asker's own sector, or group of sectors.
#[derive(Debug)]
pub(crate) struct Home<'a> {
    pub(crate) id: &'a str,
    leaves: BTreeSet<&'a str>,
    names: BTreeSet<String>,
}

impl<'a> Home<'a> {
    /// The home that a sector or group id stands for; an id that the vocabulary does not know stands for itself.
    pub(crate) fn new(vocabulary: &'a Vocabulary, id: &'a str) -> Self {
        let sectors = leaves(vocabulary, id);
        let mut names = BTreeSet::from([folded(id)]);
        for sector in &sectors {
            names.extend(
                [&sector.id, &sector.label]
                    .into_iter()
                    .chain(&sector.aliases)
                    .map(|name| folded(name)),
            );
        }
        let groups = vocabulary
            .groups
            .iter()
            .filter(|group| sectors.iter().any(|sector| sector.group == group.id));
        for group in groups {
            names.extend(
                [&group.id, &group.label]
                    .into_iter()
                    .chain(&group.aliases)
                    .map(|name| folded(name)),
            );
        }
        let leaves = sectors
            .into_iter()
            .map(|sector| sector.id.as_str())
            .chain([id])
            .collect();
        Self { id, leaves, names }
    }

    /// Whether a sector is home, or one of the leaves of the group that is home.
    pub(crate) fn holds(&self, sector: &str) -> bool {
        self.leaves.contains(sector)
    }

    /// Whether words name the home: the id, label or an alias of its sector, of its group, or of one of its leaves.
    pub(crate) fn is_named(&self, words: &str) -> bool {
        self.names.contains(&folded(words))
    }
}

/// Without what people write differently: case, hyphens and underscores.
fn folded(words: &str) -> String {
    words.trim().to_lowercase().replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::vocabulary;

    #[test]
    fn a_leaf_is_itself_and_a_group_its_leaves() {
        let vocabulary = vocabulary();
        let check = |home: &str, sector: &str| Home::new(&vocabulary, home).holds(sector);
        assert!(check("inns", "inns"));
        assert!(!check("inns", "airships"));
        assert!(check("travel", "airships"));
        assert!(!check("travel", "bazaars"));
        assert!(
            check("moon", "moon"),
            "ids are taken as they stand without a vocabulary"
        );
    }

    #[test]
    fn named_by_id_label_alias_or_group() {
        let vocabulary = vocabulary();
        let check = |home: &str, words: &str| Home::new(&vocabulary, home).is_named(words);
        assert!(check("counting-houses", "Banks"));
        assert!(check("counting-houses", "counting_houses"));
        assert!(check("counting-houses", "money"));
        assert!(check("money", "mutuals"));
        assert!(!check("counting-houses", "mutuals"));
    }
}

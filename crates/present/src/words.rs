//! Small matters of wording that views and writers share.

use crate::view::{SectorName, YearsView};
use afield_corpus::{Entry, Vocabulary};
use afield_index::Facet;

/// The label of a sector or group, else its id as it stands.
pub(crate) fn sector(vocabulary: &Vocabulary, id: &str) -> String {
    let leaves = vocabulary
        .sectors
        .iter()
        .map(|sector| (&sector.id, &sector.label));
    label(leaves.chain(entries(&vocabulary.groups)), id)
}

/// The label of a signal, else its id as it stands.
pub(crate) fn signal(vocabulary: &Vocabulary, id: &str) -> String {
    label(
        vocabulary
            .signals
            .iter()
            .map(|signal| (&signal.id, &signal.label)),
        id,
    )
}

/// The label of a mechanism, else its id as it stands.
pub(crate) fn mechanism(vocabulary: &Vocabulary, id: &str) -> String {
    label(entries(&vocabulary.mechanisms), id)
}

/// The label of a business function, else its id as it stands.
pub(crate) fn function(vocabulary: &Vocabulary, id: &str) -> String {
    label(entries(&vocabulary.functions), id)
}

/// The label of a role, else its id as it stands.
pub(crate) fn role(vocabulary: &Vocabulary, id: &str) -> String {
    label(
        vocabulary.roles.iter().map(|role| (&role.id, &role.label)),
        id,
    )
}

/// The label of a journey stage, else its id as it stands.
pub(crate) fn stage(vocabulary: &Vocabulary, id: &str) -> String {
    label(entries(&vocabulary.stages), id)
}

/// The label of a facet's value, else the value as it stands.
pub(crate) fn value(vocabulary: &Vocabulary, facet: Facet, id: &str) -> String {
    let of = match facet {
        Facet::Sector => sector,
        Facet::Signal => signal,
        Facet::Mechanism => mechanism,
        Facet::Function => function,
        Facet::Role => role,
        Facet::Journey => stage,
        Facet::Channel | Facet::Region | Facet::Outcome | Facet::Evidence => return id.to_owned(),
    };
    of(vocabulary, id)
}

fn entries(list: &[Entry]) -> impl Iterator<Item = (&String, &String)> {
    list.iter().map(|entry| (&entry.id, &entry.label))
}

fn label<'a>(mut entries: impl Iterator<Item = (&'a String, &'a String)>, id: &str) -> String {
    entries
        .find(|(known, _)| *known == id)
        .map_or_else(|| id.to_owned(), |(_, label)| label.clone())
}

/// A label as it stands within a sentence: its first letter small, unless it opens an acronym.
pub(crate) fn within_sentence(label: &str) -> String {
    let mut rest = label.chars();
    match (rest.next(), rest.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(rest).collect()
        }
        _ => label.to_owned(),
    }
}

/// Clauses as one sentence; nothing for no clause.
pub(crate) fn sentence(clauses: impl IntoIterator<Item = Option<String>>) -> String {
    let clauses: Vec<String> = clauses.into_iter().flatten().collect();
    let joined = clauses.join("; ");
    let mut rest = joined.chars();
    rest.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(rest).chain(['.']).collect()
    })
}

/// A count with its noun: `1 source`, `4 sources`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// `2012`, `2012–2016` or `since 2012`.
pub(crate) fn years((from, to): YearsView) -> String {
    match to {
        Some(to) if to == from => from.to_string(),
        Some(to) => format!("{from}–{to}"),
        None => format!("since {from}"),
    }
}

/// Who, where, when: `Argos`, `General retail`, `2012–2016`, `UK`; what is not known is left out.
pub(crate) fn place(
    organisation: &str,
    sector: Option<&SectorName>,
    years: Option<YearsView>,
    region: Option<&str>,
) -> Vec<String> {
    let items = [
        Some(organisation.to_owned()),
        sector.map(|sector| sector.label.clone()),
        years.map(self::years),
        region.map(str::to_owned),
    ];
    items
        .into_iter()
        .flatten()
        .filter(|item| !item.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_within_a_sentence() {
        for (label, expected) in [("General retail", "general retail"), ("A", "A"), ("", "")] {
            assert_eq!(within_sentence(label), expected);
        }
        // A capital and a small letter is a word; two capitals open an acronym.
        assert_eq!(within_sentence("IT services"), "IT services");
    }

    #[test]
    fn years_in_words() {
        assert_eq!(years((2012, Some(2012))), "2012");
        assert_eq!(years((2012, Some(2016))), "2012–2016");
        assert_eq!(years((2012, None)), "since 2012");
    }
}

//! The vocabulary files: which tables each has, and what must hold between them.

use super::table::{File, Item};
use crate::nearest::fold;
use crate::slug::{is_slug, short_slug};
use crate::{Entry, Role, Scale, Sector, Severity, Signal, Vocabulary};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reads one of the vocabulary files into its part of the vocabulary.
pub(super) fn read(file: &mut File<'_>, vocabulary: &mut Vocabulary) {
    match file.path {
        "sectors.toml" => sectors(file, vocabulary),
        "signals.toml" => signals(file, vocabulary),
        "mechanisms.toml" => {
            vocabulary.mechanisms = entries(file, "mechanism");
            file.refuse_rest(&["mechanism"]);
        }
        "functions.toml" => functions(file, vocabulary),
        "journey.toml" => {
            vocabulary.stages = entries(file, "stage");
            file.refuse_rest(&["stage"]);
        }
        _ => {}
    }
}

fn sectors(file: &mut File<'_>, vocabulary: &mut Vocabulary) {
    vocabulary.traits = entries(file, "trait");
    vocabulary.groups = entries(file, "group");
    let (traits, groups) = (ids(&vocabulary.traits), ids(&vocabulary.groups));
    vocabulary.sectors = checked(file, "sector", |file, span, sector: &Sector| {
        for name in sector
            .traits
            .iter()
            .filter(|name| !traits.contains(name.as_str()))
        {
            let message = format!("sector `{}` has the unknown trait `{name}`", sector.id);
            file.report(span.clone(), "unknown-trait", message);
        }
        check_group(file, span, "sector", &sector.id, &sector.group, &groups);
        true
    });
    file.refuse_rest(&["trait", "group", "sector"]);
}

fn signals(file: &mut File<'_>, vocabulary: &mut Vocabulary) {
    vocabulary.signals = checked(file, "signal", |file, span, signal: &Signal| {
        let sound = |number: f64| number.is_finite() && number > 0.0;
        let Scale {
            half,
            half_points,
            half_life_months,
            ..
        } = signal.scale;
        let numbers = [
            ("half", half),
            ("half_points", half_points),
            ("half_life_months", half_life_months),
        ];
        let bad = numbers.iter().find(|(_, number)| !sound(*number));
        if let Some((name, number)) = bad {
            let message = format!(
                "`{name}` of signal `{}` must be above 0, found {number}",
                signal.id
            );
            file.report(span.clone(), "bad-number", message);
        }
        bad.is_none()
    });
    file.refuse_rest(&["signal"]);
}

fn functions(file: &mut File<'_>, vocabulary: &mut Vocabulary) {
    vocabulary.functions = entries(file, "function");
    vocabulary.role_groups = entries(file, "role_group");
    let groups = ids(&vocabulary.role_groups);
    vocabulary.roles = checked(file, "role", |file, span, role: &Role| {
        check_group(file, span, "role", &role.id, &role.group, &groups);
        true
    });
    file.refuse_rest(&["function", "role_group", "role"]);
}

fn ids(entries: &[Entry]) -> BTreeSet<&str> {
    entries.iter().map(|entry| entry.id.as_str()).collect()
}

fn check_group(
    file: &mut File<'_>,
    span: &Range<usize>,
    what: &str,
    id: &str,
    group: &str,
    groups: &BTreeSet<&str>,
) {
    if !groups.contains(group) {
        let message = format!("{what} `{id}` is in the unknown group `{group}`");
        file.report(span.clone(), "unknown-group", message);
    }
}

fn entries(file: &mut File<'_>, key: &str) -> Vec<Entry> {
    checked(file, key, |_, _, _| true)
}

/// The sound entries of a table, each id once. Ids in other letters are the same, as whoever types them means the same.
fn checked<T: DeserializeOwned + Named>(
    file: &mut File<'_>,
    key: &str,
    sound: impl Fn(&mut File<'_>, &Range<usize>, &T) -> bool,
) -> Vec<T> {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut kept = Vec::new();
    for item in file.take(key) {
        let span = item.span();
        let Some(entry) = read_named::<T>(file, key, item) else {
            continue;
        };
        let id = entry.id();
        if let Some(first) = taken.get(&fold(id)) {
            let message = if first == id {
                format!("{key} `{id}` is given twice; the first counts")
            } else {
                format!("{key} `{id}` is `{first}` in other letters; the first counts")
            };
            file.report(span, "duplicate-id", message);
            continue;
        }
        taken.insert(fold(id), id.to_owned());
        if !is_slug(id) {
            let message = format!("the id `{id}` of a {key} is no slug");
            let diagnostic = file.report(span.clone(), "id-form", message);
            diagnostic.severity = Severity::Warning;
            diagnostic.help = match short_slug(id, 60).as_str() {
                "" => "call it by small letters, digits and hyphens".to_owned(),
                slug => format!("call it `{slug}`"),
            };
        }
        if sound(file, &span, &entry) {
            kept.push(entry);
        }
    }
    kept
}

fn read_named<T: DeserializeOwned + Named>(
    file: &mut File<'_>,
    key: &str,
    item: Item<'_>,
) -> Option<T> {
    let span = item.span();
    let entry: T = file.read(item)?;
    let empty = entry.id().trim().is_empty() || entry.label().trim().is_empty();
    if empty {
        file.report(
            span,
            "missing-key",
            format!("a {key} needs an `id` and a `label`"),
        );
    }
    (!empty).then_some(entry)
}

/// An entry by its id and label.
trait Named {
    fn id(&self) -> &str;
    fn label(&self) -> &str;
}

impl<T: crate::resolve::AsTerm> Named for T {
    fn id(&self) -> &str {
        self.term().id
    }
    fn label(&self) -> &str {
        self.term().label
    }
}

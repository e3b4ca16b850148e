//! From what people write to the ids of a [`Vocabulary`].

use crate::nearest::fold;
use crate::{Entry, Role, Sector, Signal, Vocabulary, nearest};
use std::fmt;

/// What a text means in a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The id of the entry or group.
    pub id: String,
    /// The id itself, or the members of the group in the order of the vocabulary.
    pub leaves: Vec<String>,
    /// What users read.
    pub label: String,
}

/// A text that means nothing in a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct Unknown {
    /// What it should have been, such as `sector`.
    pub what: &'static str,
    /// The text as written.
    pub text: String,
    /// The id that was probably meant.
    pub nearest: Option<String>,
}

impl fmt::Display for Unknown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "unknown {} `{}`", self.what, self.text)?;
        match &self.nearest {
            Some(nearest) => write!(formatter, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

/// What resolving needs of an entry.
#[derive(Clone, Copy)]
pub(crate) struct Term<'a> {
    pub(crate) id: &'a str,
    pub(crate) label: &'a str,
    aliases: &'a [String],
}

impl<'a> Term<'a> {
    fn names(self) -> impl Iterator<Item = &'a str> {
        [self.id, self.label]
            .into_iter()
            .chain(self.aliases.iter().map(String::as_str))
    }
}

/// Entries as terms.
pub(crate) trait AsTerm {
    fn term(&self) -> Term<'_>;
}

macro_rules! as_term {
    ($($entry:ty),*) => {$(
        impl AsTerm for $entry {
            fn term(&self) -> Term<'_> {
                Term { id: &self.id, label: &self.label, aliases: &self.aliases }
            }
        }
    )*};
}
as_term!(Entry, Sector, Signal, Role);

/// Every text resolves by id, label or alias, in any case of letters, with spaces, hyphens and underscores alike; ids
/// go before labels, labels before aliases, and members before groups. Where a vocabulary is empty, any text
/// is an id as it stands.
impl Vocabulary {
    /// The sector or group of sectors that a text means.
    ///
    /// # Errors
    ///
    /// [`Unknown`], with the nearest id.
    pub fn resolve_sector(&self, text: &str) -> Result<Resolved, Unknown> {
        let leaves = |group: &str| self.leaves(group).into_iter().map(str::to_owned).collect();
        find("sector", text, &self.sectors, &self.groups, leaves)
    }

    /// The signal that a text means.
    ///
    /// # Errors
    ///
    /// [`Unknown`], with the nearest id.
    pub fn resolve_signal(&self, text: &str) -> Result<Resolved, Unknown> {
        find("signal", text, &self.signals, &[], |_| Vec::new())
    }

    /// The mechanism that a text means.
    ///
    /// # Errors
    ///
    /// [`Unknown`], with the nearest id.
    pub fn resolve_mechanism(&self, text: &str) -> Result<Resolved, Unknown> {
        find("mechanism", text, &self.mechanisms, &[], |_| Vec::new())
    }

    /// The business function that a text means.
    ///
    /// # Errors
    ///
    /// [`Unknown`], with the nearest id.
    pub fn resolve_function(&self, text: &str) -> Result<Resolved, Unknown> {
        find("function", text, &self.functions, &[], |_| Vec::new())
    }

    /// The role or group of roles that a text means.
    ///
    /// # Errors
    ///
    /// [`Unknown`], with the nearest id.
    pub fn resolve_role(&self, text: &str) -> Result<Resolved, Unknown> {
        let leaves = |group: &str| {
            let roles = self.roles.iter().filter(|role| role.group == group);
            roles.map(|role| role.id.clone()).collect()
        };
        find("role", text, &self.roles, &self.role_groups, leaves)
    }

    /// The journey stage that a text means.
    ///
    /// # Errors
    ///
    /// [`Unknown`], with the nearest id.
    pub fn resolve_stage(&self, text: &str) -> Result<Resolved, Unknown> {
        find("journey stage", text, &self.stages, &[], |_| Vec::new())
    }

    /// The id of the one entry of a key's vocabulary that a text surely means: by its id in other letters, or by a label
    /// or alias that no other entry and no group has.
    pub(crate) fn only_id(&self, key: &str, text: &str) -> Option<&str> {
        match key {
            "sector" => only(&self.sectors, &self.groups, text),
            "signals" => only(&self.signals, &[], text),
            "mechanism" => only(&self.mechanisms, &[], text),
            "functions" => only(&self.functions, &[], text),
            "roles" => only(&self.roles, &self.role_groups, text),
            "journey" => only(&self.stages, &[], text),
            _ => None,
        }
    }

    /// The sector of an id.
    pub fn sector(&self, id: &str) -> Option<&Sector> {
        self.sectors.iter().find(|sector| sector.id == id)
    }

    /// The signal of an id.
    pub fn signal(&self, id: &str) -> Option<&Signal> {
        self.signals.iter().find(|signal| signal.id == id)
    }

    /// The mechanism of an id.
    pub fn mechanism(&self, id: &str) -> Option<&Entry> {
        self.mechanisms.iter().find(|mechanism| mechanism.id == id)
    }

    /// The ids of a group's sectors, in the order of the vocabulary.
    pub fn leaves(&self, group: &str) -> Vec<&str> {
        let sectors = self.sectors.iter().filter(|sector| sector.group == group);
        sectors.map(|sector| sector.id.as_str()).collect()
    }

    /// What users read for an id: the label of the first entry that has it, looked for among sectors, groups,
    /// signals, mechanisms, functions, roles, role groups, stages and traits; else the id itself.
    pub fn label<'a>(&'a self, id: &'a str) -> &'a str {
        let mut all = terms(&self.sectors)
            .chain(terms(&self.groups))
            .chain(terms(&self.signals))
            .chain(terms(&self.mechanisms))
            .chain(terms(&self.functions))
            .chain(terms(&self.roles))
            .chain(terms(&self.role_groups))
            .chain(terms(&self.stages))
            .chain(terms(&self.traits));
        all.find(|term| term.id == id).map_or(id, |term| term.label)
    }
}

fn terms<T: AsTerm>(entries: &[T]) -> impl Iterator<Item = Term<'_>> {
    entries.iter().map(AsTerm::term)
}

fn only<'a, T: AsTerm>(members: &'a [T], groups: &'a [Entry], text: &str) -> Option<&'a str> {
    let wanted = fold(text);
    let all = || {
        terms(members)
            .map(|term| (term, false))
            .chain(terms(groups).map(|term| (term, true)))
    };
    let mut found: Vec<_> = all().filter(|(term, _)| fold(term.id) == wanted).collect();
    if found.is_empty() {
        let named = |term: Term<'_>| term.names().any(|name| fold(name) == wanted);
        found = all().filter(|(term, _)| named(*term)).collect();
    }
    match found.as_slice() {
        [(term, false)] => Some(term.id),
        _ => None,
    }
}

fn find<T: AsTerm>(
    what: &'static str,
    text: &str,
    members: &[T],
    groups: &[Entry],
    leaves: impl Fn(&str) -> Vec<String>,
) -> Result<Resolved, Unknown> {
    if members.is_empty() {
        let id = text.trim().to_owned();
        return Ok(Resolved {
            leaves: vec![id.clone()],
            label: id.clone(),
            id,
        });
    }
    let wanted = fold(text);
    let all: Vec<(Term<'_>, bool)> = terms(members)
        .map(|term| (term, false))
        .chain(terms(groups).map(|term| (term, true)))
        .collect();
    let by = |matches: &dyn Fn(&Term<'_>) -> bool| all.iter().find(|(term, _)| matches(term));
    let found = by(&|term| fold(term.id) == wanted)
        .or_else(|| by(&|term| fold(term.label) == wanted))
        .or_else(|| by(&|term| term.aliases.iter().any(|alias| fold(alias) == wanted)));
    if let Some((term, group)) = found {
        let id = term.id.to_owned();
        let leaves = if *group {
            leaves(&id)
        } else {
            vec![id.clone()]
        };
        return Ok(Resolved {
            id,
            leaves,
            label: term.label.to_owned(),
        });
    }
    let near = nearest(text, all.iter().flat_map(|(term, _)| term.names()));
    let nearest = near.and_then(|name| {
        all.iter()
            .find(|(term, _)| term.names().any(|own| own == name))
    });
    let nearest = nearest.map(|(term, _)| term.id.to_owned());
    Err(Unknown {
        what,
        text: text.trim().to_owned(),
        nearest,
    })
}

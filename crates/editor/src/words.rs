//! What may stand behind a key, and what it means.

use afield_corpus::schema::{self, Key};
use afield_corpus::{Entry, Vocabulary};

/// A word that a key may hold.
#[derive(Debug)]
pub(crate) struct Word<'a> {
    /// As it is written.
    pub(crate) id: &'a str,
    /// What users read; empty where the id says it.
    pub(crate) label: &'a str,
    definition: &'a str,
    aliases: &'a [String],
    /// A line about what it belongs to, or how it is seen.
    more: String,
}

impl Word<'_> {
    /// All that is known of it, as markdown.
    pub(crate) fn markdown(&self) -> String {
        let label = match self.label {
            "" => format!("`{}`", self.id),
            label => format!("**{label}** (`{}`)", self.id),
        };
        let aliases = match self.aliases {
            [] => String::new(),
            aliases => format!("Also: {}", aliases.join(", ")),
        };
        let parts = [&label, self.definition, &aliases, &self.more];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join("\n\n")
    }
}

/// The key of a name.
pub(crate) fn key(name: &str) -> Option<Key> {
    schema::keys().find(|key| key.name == name)
}

/// The words that a key may hold, in the order of their vocabulary; none where it may hold any text.
pub(crate) fn words<'a>(key: &str, vocabulary: &'a Vocabulary) -> Vec<Word<'a>> {
    match key {
        // Their entries open with a sector, too.
        "sector" | "borrowed_from" | "adopted_in" | "could_inspire" => {
            let sectors = vocabulary.sectors.iter();
            let word = sectors.map(|each| Word {
                more: told("Group", vocabulary.label(&each.group)),
                ..word(&each.id, &each.label, &each.definition, &each.aliases)
            });
            word.collect()
        }
        "signals" => {
            let signals = vocabulary.signals.iter();
            let word = signals.map(|each| Word {
                more: told("Indicators", &each.indicators.join(", ")),
                ..word(&each.id, &each.label, &each.definition, &each.aliases)
            });
            word.collect()
        }
        "roles" => {
            let roles = vocabulary.roles.iter();
            let word = roles.map(|each| Word {
                more: told("Group", vocabulary.label(&each.group)),
                ..word(&each.id, &each.label, &each.definition, &each.aliases)
            });
            word.collect()
        }
        "mechanism" => entries(&vocabulary.mechanisms),
        "functions" => entries(&vocabulary.functions),
        "journey" => entries(&vocabulary.stages),
        key => {
            let ids = schema::words(key, vocabulary).into_iter();
            ids.map(|id| word(id, "", "", &[])).collect()
        }
    }
}

fn entries(entries: &[Entry]) -> Vec<Word<'_>> {
    let entries = entries.iter();
    entries
        .map(|each| word(&each.id, &each.label, &each.definition, &each.aliases))
        .collect()
}

fn word<'a>(id: &'a str, label: &'a str, definition: &'a str, aliases: &'a [String]) -> Word<'a> {
    Word {
        id,
        label,
        definition,
        aliases,
        more: String::new(),
    }
}

fn told(what: &str, text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!("{what}: {text}")
    }
}

//! What may stand behind a key, and what it means.

use afield_corpus::schema::{self, Key};
use afield_corpus::{Entry, Role, Sector, Signal, Vocabulary};

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

impl<'a> Word<'a> {
    fn new(id: &'a str, label: &'a str, definition: &'a str, aliases: &'a [String]) -> Self {
        Self {
            id,
            label,
            definition,
            aliases,
            more: String::new(),
        }
    }

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

/// Entries of any vocabulary as words, with a line about each.
macro_rules! words {
    ($entries:expr, $more:expr) => {{
        let word = |each| Word {
            more: $more(each),
            ..Word::new(&each.id, &each.label, &each.definition, &each.aliases)
        };
        $entries.iter().map(word).collect()
    }};
}

/// The words that a key may hold, in the order of their vocabulary; none where it may hold any text.
pub(crate) fn words<'a>(key: &str, vocabulary: &'a Vocabulary) -> Vec<Word<'a>> {
    let group = |id: &'a str| format!("Group: {}", vocabulary.label(id));
    let nothing = |_: &Entry| String::new();
    match key {
        // Their entries open with a sector, too.
        "sector" | "borrowed_from" | "adopted_in" | "could_inspire" => {
            words!(vocabulary.sectors, |each: &'a Sector| group(&each.group))
        }
        "signals" => words!(
            vocabulary.signals,
            |each: &Signal| match &each.indicators[..] {
                [] => String::new(),
                indicators => format!("Indicators: {}", indicators.join(", ")),
            }
        ),
        "roles" => words!(vocabulary.roles, |each: &'a Role| group(&each.group)),
        "mechanism" => words!(vocabulary.mechanisms, nothing),
        "functions" => words!(vocabulary.functions, nothing),
        "journey" => words!(vocabulary.stages, nothing),
        key => {
            let ids = schema::words(key, vocabulary).into_iter();
            ids.map(|id| Word::new(id, "", "", &[])).collect()
        }
    }
}

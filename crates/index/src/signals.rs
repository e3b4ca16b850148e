//! Finding the stress signals that a brief speaks of, by the phrases of the vocabulary.
//!
//! A phrase is found when all its words stand in the brief close together, in any order: `fewer visitors come`
//! and `visitors who come are ever fewer` mean the same. Labels and aliases count in full, the looser patterns
//! less; the strength of a signal is that of its best phrase.

use crate::SignalReading;
use crate::analyze::{self, Stems};
use afield_corpus::Vocabulary;

/// How many words more than its own a phrase may be spread over.
const SLACK: usize = 2;
/// Strength of a phrase that stands in the brief as it is.
const EXACT: f64 = 1.0;
/// Strength of a phrase whose words stand close together.
const SPREAD: f64 = 0.8;
/// Patterns go with a signal rather than naming it.
const PATTERN: f64 = 0.6;

/// The phrases of all signals, as stems.
#[derive(Debug, Clone, Default)]
pub(crate) struct SignalPhrases {
    phrases: Vec<Phrase>,
}

#[derive(Debug, Clone)]
struct Phrase {
    signal: String,
    text: String,
    stems: Vec<String>,
    weight: f64,
}

impl SignalPhrases {
    /// Prepares the phrases of a vocabulary.
    pub(crate) fn new(vocabulary: &Vocabulary) -> Self {
        let mut stems = Stems::default();
        let mut phrases = Vec::new();
        for signal in &vocabulary.signals {
            let names = std::iter::once(&signal.label)
                .chain(&signal.aliases)
                .map(|text| (text, EXACT));
            let patterns = signal.patterns.iter().map(|text| (text, PATTERN));
            for (text, weight) in names.chain(patterns) {
                let words = analyze::words(text)
                    .filter_map(|word| stems.stem(word.text).map(str::to_owned));
                let words: Vec<String> = words.collect();
                if !words.is_empty() {
                    phrases.push(Phrase {
                        signal: signal.id.clone(),
                        text: text.clone(),
                        stems: words,
                        weight,
                    });
                }
            }
        }
        Self { phrases }
    }

    /// Whether a stem is a word of some phrase.
    pub(crate) fn knows(&self, stem: &str) -> bool {
        self.phrases
            .iter()
            .any(|phrase| phrase.stems.iter().any(|known| known == stem))
    }

    /// The signals that a brief's words speak of, strongest first, then by id.
    pub(crate) fn found_in(&self, brief: &[Option<String>]) -> Vec<SignalReading> {
        let mut found: Vec<SignalReading> = Vec::new();
        for phrase in &self.phrases {
            let Some(closeness) = closeness(&phrase.stems, brief) else {
                continue;
            };
            let strength = phrase.weight * closeness;
            let reading = SignalReading {
                id: phrase.signal.clone(),
                phrase: phrase.text.clone(),
                strength,
            };
            match found.iter_mut().find(|known| known.id == phrase.signal) {
                Some(known) if known.strength >= strength => {}
                Some(known) => *known = reading,
                None => found.push(reading),
            }
        }
        found.sort_by(|a, b| {
            b.strength
                .total_cmp(&a.strength)
                .then_with(|| a.id.cmp(&b.id))
        });
        found
    }
}

/// How closely a brief holds all words of a phrase: exactly, spread, or not at all.
fn closeness(phrase: &[String], brief: &[Option<String>]) -> Option<f64> {
    let content: Vec<&String> = brief.iter().flatten().collect();
    if content
        .windows(phrase.len())
        .any(|window| window.iter().copied().eq(phrase))
    {
        return Some(EXACT);
    }
    let reach = phrase.len() + SLACK;
    let held = |window: &[&String]| phrase.iter().all(|stem| window.contains(&stem));
    let spread = phrase.len() > 1
        && if content.len() <= reach {
            held(&content)
        } else {
            content.windows(reach).any(held)
        };
    spread.then_some(SPREAD)
}

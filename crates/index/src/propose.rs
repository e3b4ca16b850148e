//! What a case without signals, mechanism or pattern may deserve: proposed to its curator, never applied.
//!
//! ```text
//! likeness(word) = mean over passages of the mean of the best two cosines with a phrase of the word,
//!                  + 0.1 if the case has one of its phrases as it stands
//! ```
//!
//! The mean over all passages, since one passage alone is near to something by chance. Signals and patterns are looked for in
//! asks and challenge, mechanisms in title and idea. On every fourth shipped case one of three signals is the curators' own in
//! 72 %, one of three mechanisms in 55 % (`tests/quality.rs` measures it).

use afield_corpus::{Case, Diagnostic, Entry, SectionKind, Vocabulary};
use afield_embed::{Encoder, Vector};
use std::collections::BTreeMap;

/// Proposals for one key.
const MOST: usize = 3;
/// What is less like the case is not proposed.
const LEAST: f64 = 0.25;
/// What a phrase that stands in the case is worth beside its cosine.
const SAID: f64 = 0.1;
/// Findings that get proposals in one go; a folder of plain markdown has no use for ten thousand.
const FINDINGS: usize = 60;

/// Adds the likeliest words to the advice of findings that miss `signals`, `mechanism` or `pattern`.
pub fn propose(cases: &[Case], vocabulary: &Vocabulary, diagnostics: &mut [Diagnostic]) {
    let by_path: BTreeMap<&str, &Case> = cases
        .iter()
        .map(|case| (case.path.as_str(), case))
        .collect();
    let mut words = Words::of(vocabulary);
    let missing = diagnostics
        .iter_mut()
        .filter(|found| found.code == "missing-key");
    let mut looked_at = 0;
    for diagnostic in missing {
        let key = diagnostic
            .message
            .split('`')
            .nth(1)
            .unwrap_or_default()
            .to_owned();
        let Some(case) = by_path.get(diagnostic.path.as_str()) else {
            continue;
        };
        let Some(phrases) = words.phrases(&key) else {
            continue;
        };
        looked_at += 1;
        if looked_at > FINDINGS {
            return;
        }
        let likely = likely(&passages(case, &key), phrases);
        if !likely.is_empty() {
            diagnostic.help = format!("{}; likely: {}", diagnostic.help, likely.join(", "));
        }
    }
}

/// A phrase that stands for a word, with its vector.
struct Phrase {
    word: String,
    text: String,
    vector: Vector,
}

/// The phrases of the vocabularies, encoded when they are first asked for.
struct Words<'a> {
    vocabulary: &'a Vocabulary,
    by_key: BTreeMap<String, Vec<Phrase>>,
}

impl<'a> Words<'a> {
    fn of(vocabulary: &'a Vocabulary) -> Self {
        Self {
            vocabulary,
            by_key: BTreeMap::new(),
        }
    }

    /// The phrases of a key's words; none for keys that nothing is proposed for.
    fn phrases(&mut self, key: &str) -> Option<&[Phrase]> {
        let vocabulary = self.vocabulary;
        let texts: fn(&Vocabulary) -> Vec<(String, String)> = match key {
            "signals" => signals,
            "mechanism" => |vocabulary| vocabulary.mechanisms.iter().flat_map(entry).collect(),
            "pattern" => patterns,
            _ => return None,
        };
        let encoded = self.by_key.entry(key.to_owned()).or_insert_with(|| {
            let phrase = |(word, text): (String, String)| Phrase {
                vector: Encoder::shared().encode(&text),
                word,
                text,
            };
            texts(vocabulary).into_iter().map(phrase).collect()
        });
        Some(encoded)
    }
}

fn signals(vocabulary: &Vocabulary) -> Vec<(String, String)> {
    let signals = vocabulary.signals.iter().flat_map(|signal| {
        let texts = std::iter::once(format!("{}. {}", signal.label, signal.definition))
            .chain(signal.aliases.clone());
        texts.map(|text| (signal.id.clone(), text))
    });
    signals.collect()
}

fn entry(entry: &Entry) -> impl Iterator<Item = (String, String)> + '_ {
    let texts = std::iter::once(format!("{}. {}", entry.label, entry.definition))
        .chain(entry.aliases.clone());
    texts.map(|text| (entry.id.clone(), text))
}

fn patterns(vocabulary: &Vocabulary) -> Vec<(String, String)> {
    let patterns = vocabulary
        .signals
        .iter()
        .flat_map(|signal| &signal.patterns);
    patterns
        .map(|pattern| (pattern.clone(), pattern.clone()))
        .collect()
}

/// The passages of a case in which a key's words are looked for.
fn passages(case: &Case, key: &str) -> Vec<String> {
    let section = |kind| case.section(kind).map(afield_corpus::Section::text);
    let body = || case.sections.iter().map(afield_corpus::Section::text);
    let told: Vec<String> = match key {
        "mechanism" => [Some(case.title.clone()), section(SectionKind::Idea)]
            .into_iter()
            .flatten()
            .collect(),
        _ => case
            .asks
            .iter()
            .cloned()
            .chain(section(SectionKind::Challenge))
            .collect(),
    };
    let told = if told.is_empty() {
        body().collect()
    } else {
        told
    };
    told.into_iter()
        .filter(|text| !text.trim().is_empty())
        .collect()
}

/// The likeliest words, each with its reason.
fn likely(passages: &[String], phrases: &[Phrase]) -> Vec<String> {
    let vectors: Vec<Vector> = passages
        .iter()
        .map(|text| Encoder::shared().encode(text))
        .collect();
    let whole = passages.join("\n").to_lowercase();
    let mut by_word: BTreeMap<&str, Vec<&Phrase>> = BTreeMap::new();
    for phrase in phrases {
        by_word.entry(&phrase.word).or_default().push(phrase);
    }
    let words = by_word.into_iter().filter_map(|(word, phrases)| {
        let nearest = phrases
            .iter()
            .max_by(|left, right| near(left, &vectors).total_cmp(&near(right, &vectors)))?;
        let said = phrases.iter().find(|phrase| is_said(&whole, &phrase.text));
        let likeness = likeness(&phrases, &vectors) + if said.is_some() { SAID } else { 0.0 };
        let reason = match said {
            Some(said) if said.text != word => format!("`{word}` (says “{}”)", said.text),
            None if nearest.text != word => format!(
                "`{word}` (close to “{}”)",
                nearest.text.trim_end_matches('.')
            ),
            _ => format!("`{word}`"),
        };
        Some((likeness, reason))
    });
    let mut likely: Vec<(f64, String)> = words.filter(|(likeness, _)| *likeness >= LEAST).collect();
    likely.sort_by(|left, right| {
        right
            .0
            .total_cmp(&left.0)
            .then_with(|| left.1.cmp(&right.1))
    });
    likely
        .into_iter()
        .take(MOST)
        .map(|(_, reason)| reason)
        .collect()
}

/// The mean over passages of the mean of the best two cosines with these phrases.
fn likeness(phrases: &[&Phrase], passages: &[Vector]) -> f64 {
    let of_passage = |passage: &Vector| {
        let mut cosines: Vec<f32> = phrases
            .iter()
            .map(|phrase| passage.cosine(&phrase.vector))
            .collect();
        cosines.sort_by(|left, right| right.total_cmp(left));
        let best = &cosines[..cosines.len().min(2)];
        f64::from(best.iter().sum::<f32>()) / best.len().max(1) as f64
    };
    passages.iter().map(of_passage).sum::<f64>() / passages.len().max(1) as f64
}

/// The best cosine of a phrase with a passage.
fn near(phrase: &Phrase, passages: &[Vector]) -> f32 {
    passages
        .iter()
        .map(|passage| passage.cosine(&phrase.vector))
        .fold(f32::MIN, f32::max)
}

fn is_said(whole: &str, phrase: &str) -> bool {
    whole.contains(&phrase.to_lowercase())
}

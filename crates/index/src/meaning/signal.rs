//! Which stress signals a brief means, whatever its words.
//!
//! ```text
//! likeness(s) = mean of the best two cosines of the brief with the phrases of signal s
//! strength(s) = (likeness(s) - mean over all signals) / (3 · standard deviation), within 0 to 1
//! ```
//!
//! A brief is a little like every signal, and some briefs more than others; so what counts is by how much a signal stands
//! out among all.

use super::cache::Vectors;
use super::passage;
use afield_corpus::Vocabulary;
use afield_embed::{Probe, Rows};

/// Standard deviations above the mean at which a brief surely means a signal.
const SURE: f64 = 3.0;

/// The phrases of all signals, each with the signal's id: label and definition together, aliases, patterns.
pub(crate) fn phrases(vocabulary: &Vocabulary) -> impl Iterator<Item = (&str, String)> {
    vocabulary.signals.iter().flat_map(|signal| {
        let definition = format!("{}. {}", signal.label, signal.definition);
        let others = signal.aliases.iter().chain(&signal.patterns).cloned();
        std::iter::once(definition)
            .chain(others)
            .map(|text| (signal.id.as_str(), text))
    })
}

/// The vectors of the phrases of all signals.
#[derive(Debug, Default)]
pub(crate) struct SignalVectors {
    rows: Rows,
    /// Each signal, and how many phrases it has; their rows follow one another.
    signals: Vec<(String, usize)>,
    /// Phrases of all signals.
    pub(crate) phrases: usize,
    /// Those that are not encoded.
    pub(crate) missing: usize,
}

impl SignalVectors {
    /// Gathers them; none at all if one is missing, since signals would compare unfairly.
    pub(crate) fn new(vocabulary: &Vocabulary, vectors: &Vectors) -> Self {
        let mut gathered = Self::default();
        for (signal, text) in phrases(vocabulary) {
            gathered.phrases += 1;
            let Some(vector) = vectors.get(passage::hash(&text)) else {
                gathered.missing += 1;
                continue;
            };
            gathered.rows.push(&vector);
            match gathered.signals.last_mut() {
                Some((last, count)) if last == signal => *count += 1,
                _ => gathered.signals.push((signal.to_owned(), 1)),
            }
        }
        if gathered.missing > 0 {
            (gathered.rows, gathered.signals) = Default::default();
        }
        gathered
    }

    /// How surely a brief means each signal, 0 to 1; those that it does not mean are left out.
    pub(crate) fn strengths(&self, probe: &Probe) -> Vec<(String, f64)> {
        let cosines = self.rows.cosines(probe);
        let mut rest = cosines.as_slice();
        let likeness: Vec<f64> = self
            .signals
            .iter()
            .map(|(_, count)| {
                let (own, after) = rest.split_at(*count);
                rest = after;
                best_two(own)
            })
            .collect();
        let count = likeness.len().max(1) as f64;
        let mean = likeness.iter().sum::<f64>() / count;
        let variance = likeness.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count;
        let strength = |x: f64| ((x - mean) / (SURE * variance.sqrt().max(1e-6))).min(1.0);
        let strengths = self.signals.iter().zip(likeness);
        strengths
            .map(|((signal, _), likeness)| (signal.clone(), strength(likeness)))
            .filter(|(_, strength)| *strength > 0.0)
            .collect()
    }
}

fn best_two(cosines: &[f32]) -> f64 {
    let mut best = [f32::MIN; 2];
    for cosine in cosines {
        if *cosine > best[0] {
            best = [*cosine, best[0]];
        } else if *cosine > best[1] {
            best[1] = *cosine;
        }
    }
    let second = if cosines.len() > 1 { best[1] } else { best[0] };
    f64::midpoint(f64::from(best[0]), f64::from(second))
}

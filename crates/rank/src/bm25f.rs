//! How well words match fields: BM25F as a share of the most that a case could have.
//!
//! ```text
//! tf'(t)  = Σ_f w_f · tf(t, f) / (1 - b + b · len_f / mean len_f)
//! idf(t)  = ln(1 + (N - n_t + 0.5) / (n_t + 0.5))
//! share   = Σ_t idf(t) · tf'(t) / (k1 + tf'(t))  /  Σ_t idf(t)
//! ```
//!
//! Robertson and Zaragoza, *The Probabilistic Relevance Framework: BM25 and Beyond* (2009), section 3.6: one idf, and
//! saturation after the fields are added up. Dividing by the sum of all idf changes no order within a brief and makes
//! the number absolute: from 0 to below 1, and low where most of the brief is words that the corpus does not
//! have, since those count in the divisor with the highest idf of all. Joined fields are counted as one long field,
//! which makes it plain BM25.

use crate::Weights;
use afield_index::{Candidate, Field, PerField, Statistics};

/// The words of a brief with their weights.
#[derive(Debug)]
pub(crate) struct Lexicon<'a> {
    statistics: &'a Statistics,
    /// One for each term, at least 0.
    idf: Vec<f64>,
    whole: f64,
}

impl<'a> Lexicon<'a> {
    pub(crate) fn new(statistics: &'a Statistics) -> Self {
        let idf: Vec<f64> = statistics
            .terms
            .iter()
            .map(|term| idf(statistics.cases, term.document_frequency))
            .collect();
        let whole = idf.iter().sum();
        Self {
            statistics,
            idf,
            whole,
        }
    }

    /// Whether there is any word to match.
    pub(crate) fn is_empty(&self) -> bool {
        self.whole <= 0.0
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.idf.len()
    }

    /// The idf-weighted share of the words that the corpus has at all: 0 to 1.
    pub(crate) fn known(&self) -> f64 {
        if self.is_empty() {
            return 0.0;
        }
        let terms = self.statistics.terms.iter().zip(&self.idf);
        terms
            .filter(|(term, _)| term.document_frequency > 0)
            .map(|(_, idf)| idf)
            .sum::<f64>()
            / self.whole
    }

    /// BM25F of a case over the fields that have a weight, as a share of the most it could be: 0 to below 1.
    pub(crate) fn share(
        &self,
        candidate: &Candidate,
        fields: &PerField<f64>,
        weights: &Weights,
    ) -> f64 {
        let norms = self.norms(candidate, fields, weights);
        self.weigh(candidate, |counts| {
            let tf: f64 = Field::ALL
                .iter()
                .map(|field| fields[*field as usize] * occurrences(counts, *field, &norms))
                .sum();
            tf / (weights.k1 + tf)
        })
    }

    /// The idf-weighted share of the words that occur at all in the given fields: 0 to 1.
    pub(crate) fn coverage(&self, candidate: &Candidate, fields: &PerField<f64>) -> f64 {
        self.weigh(candidate, |counts| {
            f64::from(u8::from(occurs(counts, fields)))
        })
    }

    /// The words that a case has in the given fields, as typed, most telling first, then as they were typed.
    pub(crate) fn matched_words(
        &self,
        candidate: &Candidate,
        fields: &PerField<f64>,
    ) -> Vec<String> {
        let terms = self
            .statistics
            .terms
            .iter()
            .zip(&self.idf)
            .zip(&candidate.frequencies);
        let mut found: Vec<(f64, &str)> = terms
            .filter(|(_, counts)| occurs(counts, fields))
            .map(|((term, idf), _)| (*idf, term.word.as_str()))
            .collect();
        found.sort_by(|left, right| right.0.total_cmp(&left.0));
        found.into_iter().map(|(_, word)| word.to_owned()).collect()
    }

    /// The fields in which words were found, those that count most first, then in layout order.
    pub(crate) fn matched_fields(
        &self,
        candidate: &Candidate,
        fields: &PerField<f64>,
        weights: &Weights,
    ) -> Vec<Field> {
        let norms = self.norms(candidate, fields, weights);
        let mut strengths = PerField::<f64>::default();
        for (idf, counts) in self.idf.iter().zip(&candidate.frequencies) {
            for field in Field::ALL {
                let tf = fields[field as usize] * occurrences(counts, field, &norms);
                strengths[field as usize] += idf * tf / (weights.k1 + tf);
            }
        }
        let mut found: Vec<Field> = Field::ALL.into();
        found.retain(|field| strengths[*field as usize] > 0.0);
        found.sort_by(|left, right| {
            strengths[*right as usize].total_cmp(&strengths[*left as usize])
        });
        found
    }

    /// The idf-weighted mean of what a function says of each word.
    fn weigh(&self, candidate: &Candidate, each: impl Fn(&PerField<u32>) -> f64) -> f64 {
        if self.is_empty() {
            return 0.0;
        }
        self.idf
            .iter()
            .zip(&candidate.frequencies)
            .map(|(idf, counts)| idf * each(counts))
            .sum::<f64>()
            / self.whole
    }

    /// What each field's counts are divided by for the length of the field.
    fn norms(
        &self,
        candidate: &Candidate,
        fields: &PerField<f64>,
        weights: &Weights,
    ) -> PerField<f64> {
        let norm = |length: f64, mean: f64| {
            if mean > 0.0 {
                1.0 - weights.b + weights.b * length / mean
            } else {
                1.0
            }
        };
        let length = |field: Field| f64::from(candidate.lengths[field as usize]);
        let mean = |field: Field| self.statistics.mean_lengths[field as usize];
        if weights.joined {
            let used = || {
                Field::ALL
                    .into_iter()
                    .filter(|field| fields[*field as usize] > 0.0)
            };
            return [norm(used().map(length).sum(), used().map(mean).sum()); Field::COUNT];
        }
        Field::ALL.map(|field| norm(length(field), mean(field)))
    }
}

/// How often a word occurs in a field, for the field's length; the norm is 0 only if `b` is 1 and the field is empty.
fn occurrences(counts: &PerField<u32>, field: Field, norms: &PerField<f64>) -> f64 {
    let count = counts[field as usize];
    if count == 0 {
        0.0
    } else {
        f64::from(count) / norms[field as usize].max(f64::MIN_POSITIVE)
    }
}

fn occurs(counts: &PerField<u32>, fields: &PerField<f64>) -> bool {
    counts
        .iter()
        .zip(fields)
        .any(|(count, weight)| *count > 0 && *weight > 0.0)
}

/// Inverse document frequency, at least 0.
fn idf(cases: u64, with_term: u64) -> f64 {
    let (cases, with_term) = (cases as f64, with_term.min(cases) as f64);
    (1.0 + (cases - with_term + 0.5) / (with_term + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{candidate, statistics};

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() < 1e-4, "{got}, expected {expected}");
    }

    #[test]
    fn a_worked_example() {
        // Ten cases of mean length 10; `queue` in 1 of them, `bread` in none: idf 2.0369 and 3.0910.
        let statistics = statistics(10, &[("queue", 1), ("bread", 0)]);
        let lexicon = Lexicon::new(&statistics);
        close(idf(10, 1), 1.992_430);
        close(idf(10, 0), 3.091_042);
        // Twice in the asks (weight 3, length 10 as the mean): tf' 6, saturated 6 / 7.2.
        let mut case = candidate("fernbank", &[(Field::Asks, &[2, 0])]);
        case.lengths[Field::Asks as usize] = 10;
        let weights = Weights::default();
        close(
            lexicon.share(&case, &weights.problem_fields, &weights),
            1.992_430 * (6.0 / 7.2) / 5.083_472,
        );
        close(lexicon.share(&case, &weights.text_fields, &weights), 0.0);
        close(
            lexicon.coverage(&case, &weights.problem_fields),
            1.992_430 / 5.083_472,
        );
        // In a field of twice the mean length an occurrence counts 1 / 1.75.
        case.lengths[Field::Asks as usize] = 20;
        let tf = 6.0 / 1.75;
        close(
            lexicon.share(&case, &weights.problem_fields, &weights),
            1.992_430 * (tf / (1.2 + tf)) / 5.083_472,
        );
    }

    #[test]
    fn joined_fields_are_plain_bm25() {
        let statistics = statistics(10, &[("queue", 1)]);
        let lexicon = Lexicon::new(&statistics);
        let mut case = candidate(
            "fernbank",
            &[
                (Field::Title, &[1]),
                (Field::Body, &[2]),
                (Field::Asks, &[9]),
            ],
        );
        case.lengths = [10; Field::COUNT];
        case.lengths[Field::Body as usize] = 70;
        let weights = Weights::whole_text();
        // Six fields of mean 10 each; this case has 5 · 10 + 70 words and three occurrences that count.
        let norm = 0.25 + 0.75 * 120.0 / 60.0;
        close(
            lexicon.share(&case, &weights.text_fields, &weights),
            3.0 / (3.0 + 1.2 * norm),
        );
    }

    #[test]
    fn words_and_fields_are_told_most_telling_first() {
        let statistics = statistics(10, &[("people", 9), ("queue", 1), ("leave", 3)]);
        let lexicon = Lexicon::new(&statistics);
        let case = candidate(
            "fernbank",
            &[(Field::Body, &[1, 1, 0]), (Field::Pattern, &[0, 1, 0])],
        );
        let weights = Weights::default();
        assert_eq!(
            lexicon.matched_words(&case, &[1.0; Field::COUNT]),
            ["queue", "people"]
        );
        assert_eq!(
            lexicon.matched_fields(&case, &[1.0; Field::COUNT], &weights),
            [Field::Body, Field::Pattern]
        );
        assert_eq!(
            lexicon.matched_words(&case, &weights.problem_fields),
            ["queue"]
        );
    }

    #[test]
    fn without_words_or_counts_nothing_matches() {
        let none = Statistics::default();
        let case = candidate("fernbank", &[]);
        let weights = Weights::default();
        assert_eq!(
            Lexicon::new(&none).share(&case, &weights.problem_fields, &weights),
            0.0
        );
        let some = statistics(10, &[("queue", 1)]);
        assert_eq!(
            Lexicon::new(&some).share(&case, &weights.problem_fields, &weights),
            0.0
        );
    }
}

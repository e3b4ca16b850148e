//! The weights of ranking: one documented value, passed in.

use afield_index::{Candidate, Field, PerField};

/// Every number that ordering is tuned by.
///
/// What relevance is mixed from depends on what is known of a case ([`Weights::mix`]). The factors: how far each may move a
/// score from 1, small and bounded, so that no bonus carries an irrelevant idea past a relevant one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Weights {
    /// Relevance of a case whose meaning is not known or not asked for.
    pub by_words: Mix,
    /// Relevance of a case whose meaning is known.
    pub by_meaning: Mix,
    /// The same for a case that does not state its problem apart, as in a folder of plain markdown.
    pub as_a_whole: Mix,
    /// How much longer briefs are made up for where words stand beside meaning: words count `share · n^growth` for a brief of
    /// `n` words.
    pub growth: f64,
    /// How much an occurrence counts in each field of the problem; 0 for the fields of the text.
    pub problem_fields: PerField<f64>,
    /// How much an occurrence counts in each field of the text; 0 for the fields of the problem.
    pub text_fields: PerField<f64>,
    /// Whether the fields of a part are counted as one field, as plain BM25 does, or each with its own length.
    pub joined: bool,
    /// How soon further occurrences of a word stop counting; above 0.
    pub k1: f64,
    /// How much a long field counts against a case, 0 to 1.
    pub b: f64,
    /// How far stress may move a score from 1 to either side.
    pub stress: f64,
    /// The share of stress that is read when the idea was acted on; the rest is read on the date asked for.
    pub stress_then: f64,
    /// How far distance may move a score from 1 to either side when the dial is set to near, mid or far.
    pub distance: f64,
    /// The same when the dial is left at mix.
    pub distance_mix: f64,
    /// How much the best evidence grade adds, and the worst takes away.
    pub grade: f64,
    /// How much an idea that worked gains over one of which nothing is known.
    pub outcome: f64,
    /// How much four sources or more add.
    pub sources: f64,
    /// How much an idea loses that has already been taken up at home.
    pub adopted: f64,
    /// How much each earlier case with the same mechanism takes from a place in the list, 0 to 1.
    pub repeat_mechanism: f64,
    /// The same for the same organisation.
    pub repeat_organisation: f64,
    /// The same for the same sector.
    pub repeat_sector: f64,
    /// The least that diversity leaves of a score, above 0.
    pub repeat_floor: f64,
    /// How many of the best are diversified; the rest follow by score.
    pub window: usize,
    /// The relevance of a case that the brief calls by its name: at least this much for its words.
    pub named: f64,
    /// The relevance below which a case is never shown, told by words alone.
    pub floor: f64,
    /// The same where meaning is known.
    pub floor_by_meaning: f64,
    /// From which confidence on an answer is strong, partial, weak, told by words alone.
    pub verdicts: [f64; 3],
    /// The same where meaning is known.
    pub verdicts_by_meaning: [f64; 3],
}

/// What relevance is mixed from. Each is the most that it can give, and all but the last add up to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Mix {
    /// The words of the problem.
    pub words: f64,
    /// Shared stress signals.
    pub signals: f64,
    /// Words elsewhere.
    pub text: f64,
    /// The meaning of the asks.
    pub asks: f64,
    /// The meaning of the challenge.
    pub challenge: f64,
    /// The meaning of the pattern.
    pub pattern: f64,
    /// The meaning of the idea.
    pub idea: f64,
    /// The meaning of the whole text.
    pub whole: f64,
    /// What is taken away for each point by which the idea is nearer to the brief than the asks.
    pub surface: f64,
}

impl Mix {
    /// Nothing counts.
    pub const NONE: Self = Self {
        words: 0.0,
        signals: 0.0,
        text: 0.0,
        asks: 0.0,
        challenge: 0.0,
        pattern: 0.0,
        idea: 0.0,
        whole: 0.0,
        surface: 0.0,
    };

    /// The most that it can give.
    pub fn most(&self) -> f64 {
        self.words
            + self.signals
            + self.text
            + self.asks
            + self.challenge
            + self.pattern
            + self.idea
            + self.whole
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            by_words: Mix {
                words: 0.60,
                signals: 0.15,
                text: 0.25,
                ..Mix::NONE
            },
            by_meaning: Mix {
                words: 0.16,
                signals: 0.08,
                text: 0.03,
                asks: 0.33,
                challenge: 0.14,
                pattern: 0.15,
                idea: 0.11,
                surface: 0.40,
                ..Mix::NONE
            },
            as_a_whole: Mix {
                text: 0.50,
                whole: 0.50,
                ..Mix::NONE
            },
            growth: 0.25,
            problem_fields: per_field(&[
                (Field::Asks, 3.0),
                (Field::Challenge, 3.0),
                (Field::Pattern, 3.0),
            ]),
            text_fields: per_field(&[
                (Field::Title, 2.0),
                (Field::Tags, 2.0),
                (Field::Idea, 2.0),
                (Field::Outcome, 1.0),
                (Field::Body, 1.0),
            ]),
            joined: false,
            k1: 1.2,
            b: 0.75,
            stress: 0.05,
            stress_then: 0.6,
            distance: 0.20,
            distance_mix: 0.02,
            grade: 0.03,
            outcome: 0.015,
            sources: 0.01,
            adopted: 0.10,
            repeat_mechanism: 0.01,
            repeat_organisation: 0.20,
            repeat_sector: 0.02,
            repeat_floor: 0.6,
            window: 50,
            named: 0.5,
            floor: 0.05,
            floor_by_meaning: 0.15,
            verdicts: [0.75, 0.48, 0.25],
            verdicts_by_meaning: [0.30, 0.24, 0.17],
        }
    }
}

impl Weights {
    /// The mix for a case, by what is known of its meaning. `by_meaning` says whether other cases are compared by theirs: one
    /// that does not state its problem apart and has no vectors yet would else be measured by a shorter yardstick.
    pub fn mix(&self, candidate: &Candidate, by_meaning: bool) -> &Mix {
        let states_problem = || {
            let problem = [Field::Asks, Field::Challenge, Field::Pattern];
            problem
                .iter()
                .any(|&field| candidate.lengths[field as usize] > 0)
        };
        match &candidate.meaning {
            None if by_meaning && !states_problem() => &self.as_a_whole,
            None => &self.by_words,
            Some(meaning) if meaning.whole.is_some() => &self.as_a_whole,
            Some(_) => &self.by_meaning,
        }
    }

    /// The baseline to measure against: plain BM25 over title, challenge, idea, outcome, body and tags as one field, without
    /// asks and patterns, without signals, and without any shaping but that home cases are left out where a home is given.
    pub fn whole_text() -> Self {
        let whole = [
            Field::Title,
            Field::Challenge,
            Field::Tags,
            Field::Idea,
            Field::Outcome,
            Field::Body,
        ];
        Self {
            by_words: Mix {
                text: 1.0,
                ..Mix::NONE
            },
            problem_fields: per_field(&[]),
            text_fields: per_field(&whole.map(|field| (field, 1.0))),
            joined: true,
            stress: 0.0,
            distance: 0.0,
            distance_mix: 0.0,
            grade: 0.0,
            outcome: 0.0,
            sources: 0.0,
            adopted: 0.0,
            repeat_mechanism: 0.0,
            repeat_organisation: 0.0,
            repeat_sector: 0.0,
            named: 0.0,
            floor: 0.0,
            floor_by_meaning: 0.0,
            ..Self::default()
        }
    }
}

fn per_field(weights: &[(Field, f64)]) -> PerField<f64> {
    let mut all = PerField::default();
    for (field, weight) in weights {
        all[*field as usize] = *weight;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relevance_is_shared_out_whole() {
        for weights in [Weights::default(), Weights::whole_text()] {
            for mix in [weights.by_words, weights.by_meaning, weights.as_a_whole] {
                assert!((mix.most() - 1.0).abs() < 1e-12, "{mix:?}");
            }
        }
    }

    #[test]
    fn a_field_belongs_to_problem_or_text() {
        let weights = Weights::default();
        for field in Field::ALL {
            let (problem, text) = (
                weights.problem_fields[field as usize],
                weights.text_fields[field as usize],
            );
            assert!((problem > 0.0) != (text > 0.0), "{field:?}");
        }
        let whole = Weights::whole_text();
        assert_eq!(whole.text_fields[Field::Asks as usize], 0.0);
        assert_eq!(whole.text_fields[Field::Pattern as usize], 0.0);
    }
}

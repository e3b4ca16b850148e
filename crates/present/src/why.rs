//! Why a case is in the list, in one sentence that claims nothing the data does not carry.

use crate::words;
use afield_corpus::{Case, Outcome, Vocabulary};
use afield_index::Field;
use afield_rank::Explanation;

/// Most words of the brief that are named.
const WORDS: usize = 4;
/// Most fields that are named.
const FIELDS: usize = 2;

/// Mean cosine of the two nearest asks from which on a brief is close to a case, and from which on much the same.
const NEAR: f32 = 0.3;
const VERY_NEAR: f32 = 0.5;

/// The sentence: what pressure is shared and where, how hard it pressed, which words were met, what to be wary of.
pub(crate) fn sentence(case: &Case, explanation: &Explanation, vocabulary: &Vocabulary) -> String {
    words::sentence([
        pressure(case, explanation, vocabulary),
        meant(case, explanation),
        matched(explanation),
        taken_up(explanation),
        warning(case.outcome),
    ])
}

/// The same, and where in the case the words stand.
pub(crate) fn in_full(case: &Case, explanation: &Explanation, vocabulary: &Vocabulary) -> String {
    words::sentence([
        pressure(case, explanation, vocabulary),
        meant(case, explanation),
        matched(explanation).map(|clause| clause + &places(explanation)),
        taken_up(explanation),
        warning(case.outcome),
    ])
}

/// `same pressure (footfall decline) in general retail, pressed 0.71 when it acted`.
fn pressure(case: &Case, explanation: &Explanation, vocabulary: &Vocabulary) -> Option<String> {
    if explanation.shared_signals.is_empty() {
        return None;
    }
    let labels = explanation
        .shared_signals
        .iter()
        .map(|id| words::within_sentence(&words::signal(vocabulary, id)));
    let mut clause = format!("same pressure ({})", labels.collect::<Vec<_>>().join(", "));
    if let Some(sector) = &case.sector {
        clause += &format!(
            " in {}",
            words::within_sentence(&words::sector(vocabulary, sector))
        );
        if let Some(stress) = explanation.stress_then {
            clause += &format!(", pressed {stress:.2} when it acted");
        }
    }
    Some(clause)
}

/// `close in meaning to “people make up their minds here and buy elsewhere”`: the ask that is nearest, where one is near.
fn meant(case: &Case, explanation: &Explanation) -> Option<String> {
    let meaning = explanation.meaning.as_ref()?;
    let near = meaning.asks.filter(|asks| *asks >= NEAR)?;
    let ask = case.asks.get(meaning.nearest_ask?)?;
    let ask = ask.trim().trim_end_matches('.');
    Some(if near >= VERY_NEAR {
        format!("much the same as “{ask}”")
    } else {
        format!("close to “{ask}”")
    })
}

/// `speaks of branches, footfall`.
fn matched(explanation: &Explanation) -> Option<String> {
    let words = explanation.matched_words.iter().take(WORDS);
    let words: Vec<String> = words.map(|word| format!("“{word}”")).collect();
    (!words.is_empty()).then(|| format!("speaks of {}", words.join(", ")))
}

/// ` in its asks and its challenge`; nothing where no field is known.
fn places(explanation: &Explanation) -> String {
    let fields = explanation.matched_fields.iter().take(FIELDS);
    let fields: Vec<&str> = fields.map(|&field| field_words(field)).collect();
    if fields.is_empty() {
        return String::new();
    }
    format!(" in {}", fields.join(" and "))
}

fn field_words(field: Field) -> &'static str {
    match field {
        Field::Asks => "its asks",
        Field::Challenge => "its challenge",
        Field::Pattern => "its pattern",
        Field::Title => "its title",
        Field::Tags => "its tags",
        Field::Idea => "its idea",
        Field::Outcome => "its outcome",
        Field::Body => "its text",
    }
}

fn taken_up(explanation: &Explanation) -> Option<String> {
    (explanation.parts.novelty < 1.0).then(|| "already taken up at home".to_owned())
}

fn warning(outcome: Outcome) -> Option<String> {
    (outcome == Outcome::Failed).then(|| "a documented failure: learn what broke".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use afield_rank::Parts;

    fn case(outcome: Outcome) -> Case {
        let mut case = Case::default();
        case.sector = Some("Bazaars".to_owned());
        case.outcome = outcome;
        case
    }

    fn check(outcome: Outcome, change: impl Fn(&mut Explanation), expected: &str) {
        let mut explanation = Explanation::new(Parts::plain(0.5, 0.1));
        change(&mut explanation);
        assert_eq!(
            sentence(&case(outcome), &explanation, &Vocabulary::default()),
            expected
        );
    }

    #[test]
    fn in_full_it_tells_the_places() {
        let mut explanation = Explanation::new(Parts::plain(0.5, 0.1));
        explanation.matched_words = vec!["queue".to_owned()];
        explanation.matched_fields = vec![Field::Asks, Field::Challenge, Field::Body];
        assert_eq!(
            in_full(&case(Outcome::Worked), &explanation, &Vocabulary::default()),
            "Speaks of “queue” in its asks and its challenge."
        );
    }

    #[test]
    fn claims_only_what_the_data_carries() {
        check(Outcome::Unknown, |_| (), "");
        check(
            Outcome::Worked,
            |explanation| explanation.shared_signals = vec!["Footfall decline".to_owned()],
            "Same pressure (footfall decline) in bazaars.",
        );
        check(
            Outcome::Failed,
            |explanation| {
                explanation.shared_signals = vec!["churn".to_owned()];
                explanation.stress_then = Some(0.714);
                explanation.matched_words = ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec();
                explanation.matched_fields = vec![Field::Asks, Field::Challenge, Field::Body];
                explanation.parts.novelty = 0.8;
            },
            "Same pressure (churn) in bazaars, pressed 0.71 when it acted; speaks of “a”, “b”, “c”, “d”; \
             already taken up at home; a documented failure: learn what broke.",
        );
    }
}

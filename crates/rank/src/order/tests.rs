//! What an asker sees of an order, and what always holds.

use super::*;
use crate::fixture::{Stage, candidate};
use crate::{Dial, Weights};
use afield_corpus::{Grade, Outcome, Years};
use afield_index::Meaning;
use proptest::prelude::*;

/// A stage with cases given as `(id, sector, how often the word occurs in the asks)`.
fn stage(cases: &[(&str, &str, u32)]) -> Stage {
    let mut stage = Stage::new(&[("queue", 1)]);
    for (id, sector, count) in cases {
        let mut case = candidate(id, &[(Field::Asks, &[*count])]);
        case.sector = Some((*sector).to_owned());
        stage.recall.candidates.push(case);
    }
    stage
}

fn ids<'a>(ranked: &'a [Ranked<'_>]) -> Vec<&'a str> {
    ranked
        .iter()
        .map(|ranked| ranked.candidate.id.as_str())
        .collect()
}

#[test]
fn more_relevant_first_then_by_id() {
    let stage = stage(&[
        ("c", "tailors", 1),
        ("b", "inns", 1),
        ("a", "bazaars", 1),
        ("d", "mutuals", 9),
    ]);
    assert_eq!(ids(&order(&stage.input()).hits), ["d", "a", "b", "c"]);
}

#[test]
fn home_is_left_out_and_named_apart() {
    let mut stage = stage(&[
        ("a", "inns", 1),
        ("b", "airships", 9),
        ("c", "airships", 2),
        ("d", "tailors", 1),
    ]);
    let mut check = |home: &str, plain: bool, hits: &[&str], at_home: &[&str]| {
        (stage.request.home, stage.request.plain) = (Some(home.to_owned()), plain);
        let ranking = order(&stage.input());
        assert_eq!(ids(&ranking.hits), hits, "{home}");
        assert_eq!(ids(&ranking.at_home), at_home, "{home}");
    };
    check("airships", false, &["d", "a"], &["b", "c"]);
    check("travel", false, &["d"], &["b", "c", "a"]);
    check("airships", true, &["b", "c", "a", "d"], &[]);
}

#[test]
fn the_list_is_not_filled_up_with_weak_hits() {
    let mut stage = stage(&[("a", "inns", 9), ("b", "tailors", 1)]);
    stage.recall.candidates[1].lengths = [4_000; Field::COUNT];
    let ranking = order(&stage.input());
    assert_eq!(
        (ids(&ranking.hits), ids(&ranking.below)),
        (vec!["a"], vec!["b"])
    );
    assert!(ranking.below[0].explanation.parts.relevance() < stage.context.weights.floor);
    assert_eq!((ranking.place("a"), ranking.place("b")), (Some(1), None));
}

/// What three parts of a case mean, all alike; the idea as given.
fn meaning(problem: f32, idea: f32) -> Option<Meaning> {
    let mut meaning = Meaning::default();
    (meaning.asks, meaning.challenge) = (Some(problem), Some(problem));
    (meaning.pattern, meaning.idea) = (Some(problem), Some(idea));
    Some(meaning)
}

#[test]
fn the_same_problem_in_other_words_beats_the_same_words() {
    let mut stage = stage(&[("look-alike", "inns", 2), ("analogy", "tailors", 0)]);
    stage.recall.statistics.by_meaning = true;
    stage.recall.candidates[0].meaning = meaning(0.3, 0.5);
    stage.recall.candidates[1].meaning = meaning(0.5, 0.2);
    assert_eq!(ids(&order(&stage.input()).hits), ["analogy", "look-alike"]);
}

#[test]
fn nothing_is_listed_where_nothing_is_meant() {
    let mut stage = stage(&[("a", "inns", 1), ("b", "tailors", 1), ("c", "bazaars", 1)]);
    stage.recall.statistics.by_meaning = true;
    for case in &mut stage.recall.candidates {
        case.meaning = meaning(0.05, 0.05);
        case.lengths = [200; Field::COUNT];
    }
    let ranking = order(&stage.input());
    assert_eq!(
        (ranking.verdict, ranking.hits.len(), ranking.below.len()),
        (Verdict::None, 0, 3)
    );
    stage.request.plain = true;
    assert_eq!(order(&stage.input()).hits.len(), 3);
    // A case that has no vectors yet may be about it: its words tell.
    stage.request.plain = false;
    stage.recall.candidates[1].meaning = None;
    stage.recall.candidates[1].lengths = [10; Field::COUNT];
    assert!(ids(&order(&stage.input()).hits).contains(&"b"));
}

#[test]
fn a_strong_home_case_does_not_raise_the_floor_for_others() {
    let mut stage = stage(&[("a", "airships", 9), ("b", "tailors", 1)]);
    stage.request.home = Some("airships".into());
    stage.recall.candidates[1].lengths = [200; Field::COUNT];
    assert_eq!(ids(&order(&stage.input()).hits), ["b"]);
}

#[test]
fn no_bonus_carries_an_irrelevant_idea_past_a_relevant_one() {
    let mut stage = stage(&[("plain", "inns", 9), ("shiny", "tailors", 1)]);
    let shiny = &mut stage.recall.candidates[1];
    (shiny.evidence, shiny.outcome, shiny.sources) = (Some(Grade::A), Outcome::Worked, 9);
    shiny.lengths = [30; Field::COUNT];
    stage.request.home = Some("airships".into());
    stage.request.dial = Dial::Far;
    assert_eq!(ids(&order(&stage.input()).hits), ["plain", "shiny"]);
}

#[test]
fn the_dial_is_noticed_among_equals() {
    let mut stage = stage(&[("far", "tailors", 2), ("near", "inns", 2)]);
    stage.request.home = Some("airships".into());
    stage.request.dial = Dial::Near;
    assert_eq!(ids(&order(&stage.input()).hits), ["near", "far"]);
    stage.request.dial = Dial::Far;
    assert_eq!(ids(&order(&stage.input()).hits), ["far", "near"]);
}

#[test]
fn an_empty_brief_gets_nothing_and_a_filter_gets_what_passes() {
    let mut stage = Stage::new(&[]);
    stage.recall.candidates = vec![candidate("a", &[])];
    let ranking = order(&stage.input());
    assert_eq!(
        (ids(&ranking.hits), ranking.verdict),
        (vec![], Verdict::None)
    );
    stage.query.filters.since = Some(2010);
    let ranking = order(&stage.input());
    assert_eq!(
        (ids(&ranking.hits), ranking.verdict),
        (vec!["a"], Verdict::Strong)
    );
}

/// Verdict on a brief of so many words, of which the corpus has the first few, with three cases that have all of those.
fn check_verdict(words: usize, known: usize, expected: Verdict) {
    let names: Vec<String> = (0..words).map(|number| format!("word{number}")).collect();
    let frequency = |number: usize| if number < known { 3 } else { 0 };
    let terms: Vec<(&str, u64)> = names
        .iter()
        .enumerate()
        .map(|(number, name)| (name.as_str(), frequency(number)))
        .collect();
    let mut stage = Stage::new(&terms);
    stage.recall.statistics.cases = 200;
    let counts: Vec<u32> = (0..words).map(|number| u32::from(number < known)).collect();
    stage.recall.candidates = ["a", "b", "c"]
        .map(|id| candidate(id, &[(Field::Asks, &counts)]))
        .into();
    assert_eq!(
        order(&stage.input()).verdict,
        expected,
        "{known} of {words} words"
    );
}

#[test]
fn what_the_corpus_does_not_speak_of_is_not_answered() {
    check_verdict(3, 3, Verdict::Strong);
    check_verdict(5, 3, Verdict::Partial);
    check_verdict(6, 3, Verdict::Weak);
    check_verdict(6, 1, Verdict::None);
    check_verdict(6, 0, Verdict::None);
    check_verdict(14, 7, Verdict::Partial);
}

#[test]
fn nearest_signals_are_those_read_then_those_found() {
    let mut stage = stage(&[("a", "inns", 1), ("b", "tailors", 1)]).signal("churn", 0.2);
    stage.recall.candidates[0].signals = vec!["queue-friction".into(), "churn".into()];
    stage.recall.candidates[1].signals = vec!["queue-friction".into(), "labour-shortage".into()];
    assert_eq!(
        order(&stage.input()).nearest_signals,
        ["churn", "queue-friction", "labour-shortage"]
    );
}

#[test]
fn an_explanation_says_what_matched_and_where() {
    let mut stage = stage(&[("a", "airships", 2)]);
    stage = stage
        .figures("airships", "churn", "change fall; 2020 -15")
        .signal("churn", 1.0);
    stage.request.home = Some("inns".into());
    let case = &mut stage.recall.candidates[0];
    (case.signals, case.years) = (vec!["churn".into()], Some(Years::new(2020, Some(2020))));
    let ranking = order(&stage.input());
    let explanation = &ranking.hits[0].explanation;
    assert_eq!(explanation.matched_words, ["queue"]);
    assert_eq!(explanation.matched_fields, [Field::Asks]);
    assert_eq!(explanation.shared_signals, ["churn"]);
    assert_eq!(explanation.stress_then, Some(0.5));
    assert!(explanation.stress_now.is_some_and(|now| now < 0.5));
    assert_eq!(
        explanation.distance,
        crate::distance(&stage.context.vocabulary, "inns", "airships")
    );
}

prop_compose! {
    fn any_candidate()(
        frequencies in prop::collection::vec(prop::array::uniform8(0..4_u32), 0..4),
        lengths in prop::array::uniform8(0..60_u32),
        sector in prop::sample::select(vec!["", "airships", "inns", "tailors", "money", "moon"]),
        organisation in prop::sample::select(vec!["", "Fernbank", "Zebra Air"]),
        mechanism in prop::sample::subsequence(vec!["queue", "guarantee", "handover"], 0..=2),
        signals in prop::sample::subsequence(vec!["churn", "demand-collapse"], 0..=2),
        evidence in prop::option::of(prop::sample::select(Grade::ALL.to_vec())),
        outcome in prop::sample::select(Outcome::ALL.to_vec()),
        years in prop::option::of((1990..2030_i32, prop::option::of(1990..2030_i32))),
        sources in 0..9_u32,
        adopted in any::<bool>(),
    ) -> Candidate {
        let mut case = Candidate::default();
        (case.frequencies, case.lengths, case.outcome, case.sources) = (frequencies, lengths, outcome, sources);
        case.sector = (!sector.is_empty()).then(|| sector.to_owned());
        case.organisation = organisation.to_owned();
        case.mechanism = mechanism.into_iter().map(str::to_owned).collect();
        case.signals = signals.into_iter().map(str::to_owned).collect();
        case.evidence = evidence;
        case.years = years.map(|(from, to)| Years::new(from, to));
        case.adopted_in = if adopted { vec!["Inns".to_owned()] } else { vec![] };
        case
    }
}

prop_compose! {
    fn any_stage()(
        cases in prop::collection::vec(any_candidate(), 0..70),
        home in prop::option::of(prop::sample::select(vec!["inns", "travel", "moon"])),
        dial in prop::sample::select(Dial::ALL.to_vec()),
        plain in any::<bool>(),
        strength in -0.5..2.0_f64,
    ) -> Stage {
        let mut stage = Stage::new(&[("queue", 2), ("waiting", 5)]).signal("churn", strength);
        stage = stage.figures("airships", "churn", "level fall; 2018 100; 2019 100; 2020 40; 2022 90; 2024 70");
        stage.recall.candidates = cases;
        for (number, case) in stage.recall.candidates.iter_mut().enumerate() {
            case.id = format!("case-{number:02}");
        }
        (stage.request.home, stage.request.dial, stage.request.plain) = (home.map(str::to_owned), dial, plain);
        stage
    }
}

/// Every ranked case, listed or not.
fn everything<'r, 'a>(ranking: &'r Ranking<'a>) -> impl Iterator<Item = &'r Ranked<'a>> {
    ranking
        .hits
        .iter()
        .chain(&ranking.at_home)
        .chain(&ranking.below)
}

proptest! {
    #[test]
    fn the_order_does_not_depend_on_the_order_of_candidates(stage in any_stage(), seed in any::<u64>()) {
        let mut shuffled = stage.recall.clone();
        // A small linear congruential generator: any permutation will do.
        let mut state = seed;
        for end in (1..shuffled.candidates.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.candidates.swap(end, (state >> 33) as usize % (end + 1));
        }
        let other = Input { recall: &shuffled, ..stage.input() };
        prop_assert_eq!(order(&stage.input()), order(&other));
    }

    #[test]
    fn parts_give_back_the_score_bit_for_bit(stage in any_stage()) {
        let ranking = order(&stage.input());
        for ranked in everything(&ranking) {
            let explanation = &ranked.explanation;
            prop_assert_eq!(explanation.recompute().to_bits(), explanation.score.to_bits());
            prop_assert!(explanation.score.is_finite() && explanation.score >= 0.0);
            // A case that is explained alone is explained the same.
            let alone = explain_one(&stage.input(), ranked.candidate).explanation;
            let alone = Explanation { diversity: explanation.diversity, ..alone };
            let told = Explanation {
                matched_words: alone.matched_words.clone(),
                matched_fields: alone.matched_fields.clone(),
                shared_signals: alone.shared_signals.clone(),
                ..explanation.clone()
            };
            prop_assert_eq!(&alone, &told);
            let page = ranking.page(stage.request.offset, stage.request.limit);
            if page.map(|(_, hit)| hit.candidate).any(|candidate| candidate.id == ranked.candidate.id) {
                prop_assert_eq!(&alone, explanation);
            }
        }
    }

    #[test]
    fn every_part_keeps_to_its_range(stage in any_stage()) {
        let weights = Weights::default();
        for ranked in everything(&order(&stage.input())) {
            let Parts { problem, text, stress, distance, evidence, novelty } = ranked.explanation.parts;
            prop_assert!(problem::range(&weights).contains(&problem), "problem {problem}");
            prop_assert!(text::range(&weights).contains(&text), "text {text}");
            prop_assert!(stress::range(&weights).contains(&stress), "stress {stress}");
            prop_assert!(distance::range(&weights).contains(&distance), "distance {distance}");
            prop_assert!(evidence::range(&weights).contains(&evidence), "evidence {evidence}");
            prop_assert!(novelty::range(&weights).contains(&novelty), "novelty {novelty}");
            prop_assert!((0.0..=1.0).contains(&ranked.explanation.coverage));
            prop_assert!(ranked.explanation.diversity > 0.0 && ranked.explanation.diversity <= 1.0);
        }
    }

    #[test]
    fn pages_make_up_the_whole_list(stage in any_stage(), limit in 1..9_usize) {
        let ranking = order(&stage.input());
        let offsets = (0..=ranking.hits.len()).step_by(limit);
        let pages: Vec<(usize, &Ranked<'_>)> = offsets.flat_map(|offset| ranking.page(offset, limit)).collect();
        let whole: Vec<(usize, &Ranked<'_>)> = (1..).zip(&ranking.hits).collect();
        prop_assert_eq!(pages, whole);
    }

    #[test]
    fn every_case_from_elsewhere_is_listed_folded_or_below_once(stage in any_stage()) {
        let ranking = order(&stage.input());
        let folded = ranking.hits.iter().flat_map(|hit| &hit.folded).map(|case| case.id.as_str());
        let mut ids: Vec<&str> =
            ids(&ranking.hits).into_iter().chain(ids(&ranking.below)).chain(folded).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
        if stage.request.plain || stage.request.home.is_none() {
            prop_assert_eq!(count, stage.recall.candidates.len());
        }
    }
}

//! Small made-up corpora for the tests of this crate.

use crate::signal::Scene;
use crate::{Context, Input, Request, StressModel, Weights};
use afield_corpus::{Catalogue, Month, Period, Scale, Series, Vocabulary};
use afield_index::{
    Candidate, Field, Query, QueryWord, Recall, SignalReading, Statistics, TermStatistics,
};
use serde_json::{Value, json};

/// A scale by its three numbers.
pub(crate) fn scale(half: f64, half_points: f64, half_life_months: f64) -> Scale {
    serde_json::from_value(
        json!({ "half": half, "half_points": half_points, "half_life_months": half_life_months }),
    )
    .expect("a sound scale")
}

/// A series written as `kind worse; period value [base PERIOD [VALUE]] [change C]; …`.
pub(crate) fn series(sector: &str, signal: &str, text: &str) -> Series {
    let mut parts = text.split(';').map(str::trim);
    let (kind, worse) = parts
        .next()
        .and_then(|head| head.split_once(' '))
        .expect("`kind worse`");
    let figures: Vec<Value> = parts
        .enumerate()
        .map(|(number, part)| figure(number, part))
        .collect();
    serde_json::from_value(json!({
        "sector": sector, "signal": signal, "metric": "a measure", "region": "Fernland", "unit": "", "kind": kind,
        "worse": worse, "figures": figures,
    }))
    .expect("a sound series")
}

fn figure(number: usize, text: &str) -> Value {
    let words: Vec<&str> = text.split_whitespace().collect();
    let after = |word: &str, steps: usize| {
        words
            .iter()
            .position(|other| *other == word)
            .and_then(|at| words.get(at + steps).copied())
    };
    let number_after = |word, steps| after(word, steps).and_then(|text| text.parse::<f64>().ok());
    json!({
        "id": format!("figure-{number}"),
        "period": Period::parse(words[0]).expect("a period"),
        "period_text": words[0],
        "value": words[1].parse::<f64>().expect("a value"),
        "baseline": after("base", 1).map(|period| json!({ "period": period, "value": number_after("base", 2) })),
        "change": number_after("change", 1),
        "note": null,
        "source": { "title": "", "publisher": "", "url": "", "licence": null },
    })
}

/// Six sectors in three groups with traits, three signals.
pub(crate) fn vocabulary() -> Vocabulary {
    let entry = |id: &str, label: &str| json!({ "id": id, "label": label });
    let sector = |id: &str, label: &str, group: &str, traits: &[&str], aliases: &[&str]| json!({ "id": id, "label": label, "group": group, "traits": traits, "aliases": aliases });
    let signal = |id: &str| json!({ "id": id, "label": id, "scale": { "half": 15.0, "half_points": 5.0, "half_life_months": 24.0 } });
    let traits = ["branches", "seats", "rules", "trust", "goods", "peaks"].map(|id| entry(id, id));
    serde_json::from_value(json!({
        "traits": traits,
        "groups": [entry("travel", "Travel"), entry("money", "Money"), entry("shops", "Shops")],
        "sectors": [
            sector("airships", "Airships", "travel", &["seats", "peaks", "rules"], &["zeppelins"]),
            sector("inns", "Inns", "travel", &["seats", "peaks"], &[]),
            sector("counting-houses", "Counting houses", "money", &["branches", "rules", "trust"], &["banks"]),
            sector("mutuals", "Mutuals", "money", &["rules", "trust"], &[]),
            sector("bazaars", "Bazaars", "shops", &["branches", "goods", "peaks"], &[]),
            sector("tailors", "Tailors", "shops", &["goods"], &[]),
        ],
        "signals": [signal("demand-collapse"), signal("footfall-decline"), signal("churn")],
        "mechanisms": [], "functions": [], "role_groups": [], "roles": [], "stages": [],
    }))
    .expect("a sound vocabulary")
}

/// Statistics of an index with that many cases, fields of mean length 10, and terms with their document frequencies.
pub(crate) fn statistics(cases: u64, terms: &[(&str, u64)]) -> Statistics {
    let mut statistics = Statistics::default();
    statistics.cases = cases;
    statistics.mean_lengths = [10.0; Field::COUNT];
    statistics.terms = terms
        .iter()
        .map(|(word, document_frequency)| {
            let mut term = TermStatistics::default();
            term.word = (*word).to_owned();
            term.stem = (*word).to_owned();
            term.document_frequency = *document_frequency;
            term
        })
        .collect();
    statistics
}

/// A candidate with the counts of each term in some fields; the others are 0.
pub(crate) fn candidate(id: &str, counts: &[(Field, &[u32])]) -> Candidate {
    let mut candidate = Candidate::default();
    candidate.id = id.to_owned();
    candidate.lengths = [10; Field::COUNT];
    let terms = counts
        .iter()
        .map(|(_, counts)| counts.len())
        .max()
        .unwrap_or(0);
    candidate.frequencies = vec![[0; Field::COUNT]; terms];
    for (field, counts) in counts {
        for (term, count) in counts.iter().enumerate() {
            candidate.frequencies[term][*field as usize] = *count;
        }
    }
    candidate
}

/// A brief, a corpus and a request.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) context: Context,
    pub(crate) query: Query,
    pub(crate) request: Request,
    pub(crate) recall: Recall,
}

impl Stage {
    /// A brief of some words, with their document frequencies among ten cases, asked in June 2024.
    pub(crate) fn new(terms: &[(&str, u64)]) -> Self {
        let catalogue = Catalogue::new(vocabulary(), Vec::new());
        let mut recall = Recall::default();
        recall.statistics = statistics(10, terms);
        let mut query = Query::default();
        query.words = terms.iter().map(|(word, _)| query_word(word)).collect();
        let context = Context::new(&catalogue, Weights::default());
        Self {
            context,
            query,
            request: Request::new(Month::new(2024, 6)),
            recall,
        }
    }

    /// The same with a signal found in the brief.
    pub(crate) fn signal(mut self, id: &str, strength: f64) -> Self {
        let mut reading = SignalReading::default();
        reading.id = id.to_owned();
        reading.strength = strength;
        self.query.signals.push(reading);
        self
    }

    /// The same with the figures of a series, as [`series`] reads them.
    pub(crate) fn figures(mut self, sector: &str, signal: &str, text: &str) -> Self {
        self.context.stress =
            StressModel::new(&self.context.vocabulary, &[series(sector, signal, text)]);
        self
    }

    /// What ordering takes.
    pub(crate) fn input(&self) -> Input<'_> {
        Input::new(&self.context, &self.query, &self.recall, &self.request)
    }

    /// What a signal makes of a case.
    pub(crate) fn part(
        &self,
        part: fn(&Scene<'_>, &Candidate) -> f64,
        id: &str,
        change: impl Fn(&mut Candidate),
    ) -> f64 {
        let mut case = candidate(id, &[]);
        case.frequencies = vec![[0; Field::COUNT]; self.recall.statistics.terms.len()];
        change(&mut case);
        let cases = [case];
        let scene = Scene::new(
            &self.context,
            &self.query,
            &self.request,
            &self.recall.statistics,
            &cases,
        );
        part(&scene, &cases[0])
    }
}

fn query_word(word: &str) -> QueryWord {
    let mut query_word = QueryWord::default();
    query_word.word = word.to_owned();
    query_word.stem = word.to_owned();
    query_word
}

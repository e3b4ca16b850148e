//! What the shipped corpus promises: how much it holds, and how well each case is sourced.

use crate::support::shipped_corpus;
use afield_corpus::{
    Case, Catalogue, Month, Outcome, Series, check, lint, load_catalogue, read_case, walk,
};
use std::collections::BTreeSet;
use std::path::Path;

/// Sectors pressed by changed habits of consumers: ideas born there are what afield is for.
const STRESSED: [&str; 14] = [
    "airlines-airports",
    "automotive",
    "consumer-goods",
    "entertainment-streaming",
    "hotels-lodging",
    "leisure-sport",
    "news-publishing",
    "rail-transit",
    "restaurants",
    "retail-fashion-beauty",
    "retail-general",
    "retail-grocery",
    "telecom",
    "travel-agencies",
];

/// Sectors whose stress is drawn as a curve, year by year.
const YEARLY: [&str; 9] = [
    "automotive",
    "banking",
    "entertainment-streaming",
    "hotels-lodging",
    "news-publishing",
    "restaurants",
    "retail-general",
    "telecom",
    "travel-agencies",
];

struct Shipped {
    cases: Vec<Case>,
    catalogue: Catalogue,
}

impl Shipped {
    fn read() -> Self {
        let root = shipped_corpus();
        let root = Path::new(&root);
        let walk = walk(root).unwrap();
        let read = |found| read_case(root, found).unwrap().case;
        Self {
            cases: walk.cases.iter().map(read).collect(),
            catalogue: load_catalogue(root, &walk).0,
        }
    }

    fn count(&self, of: impl Fn(&Case) -> bool) -> usize {
        self.cases.iter().filter(|case| of(case)).count()
    }

    /// The sectors of the cases that a word was given to, a case each.
    fn tagged(&self, word: &str, words: impl Fn(&Case) -> &[String]) -> Vec<&str> {
        let tagged = self
            .cases
            .iter()
            .filter(|case| words(case).iter().any(|own| own == word));
        tagged.map(sector).collect()
    }
}

fn sector(case: &Case) -> &str {
    case.sector.as_deref().unwrap()
}

#[test]
fn it_is_broad() {
    let shipped = Shipped::read();
    let total = shipped.cases.len();
    let stressed = shipped.count(|case| STRESSED.contains(&sector(case)));
    assert!(total >= 350, "{total} cases");
    assert!(
        stressed * 2 >= total,
        "{stressed} of {total} from stressed sectors"
    );
    let unlucky = shipped.count(|case| matches!(case.outcome, Outcome::Failed | Outcome::Mixed));
    assert!(unlucky >= 100, "{unlucky} failed or mixed");
    let abroad = shipped.count(|case| is_abroad(case.region.as_deref().unwrap()));
    assert!(abroad >= 120, "{abroad} from outside the US and the UK");
    for known in &shipped.catalogue.vocabulary.sectors {
        let cases = shipped.count(|case| sector(case) == known.id);
        assert!(cases >= 8, "{cases} cases of {}", known.id);
    }
}

/// Whether the region named first is another than the United States or the United Kingdom.
fn is_abroad(region: &str) -> bool {
    let first = region.split([' ', '/', ',', '(']).next().unwrap();
    !["US", "UK", "Global", "Worldwide", "World"].contains(&first)
}

#[test]
fn ideas_are_known_to_have_travelled() {
    let shipped = Shipped::read();
    let sectors: BTreeSet<&str> = shipped
        .catalogue
        .vocabulary
        .sectors
        .iter()
        .map(|sector| sector.id.as_str())
        .collect();
    let elsewhere = |case: &Case, named: &[String]| {
        let id = |text: &String| text.split(' ').next().unwrap().to_owned();
        named
            .iter()
            .map(id)
            .any(|id| sectors.contains(id.as_str()) && id != sector(case))
    };
    let travelled = shipped.count(|case| {
        let stated = case.borrowed_basis.as_deref() == Some("stated-in-source");
        (stated && elsewhere(case, &case.borrowed_from)) || elsewhere(case, &case.adopted_in)
    });
    assert!(travelled >= 80, "{travelled}");
}

#[test]
fn every_signal_and_every_mechanism_has_cases() {
    let shipped = Shipped::read();
    for signal in &shipped.catalogue.vocabulary.signals {
        let cases = shipped.tagged(&signal.id, |case| &case.signals);
        assert!(
            cases.len() >= 8,
            "{} cases under {}",
            cases.len(),
            signal.id
        );
    }
    for mechanism in &shipped.catalogue.vocabulary.mechanisms {
        let cases = shipped.tagged(&mechanism.id, |case| &case.mechanism);
        let sectors: BTreeSet<&str> = cases.iter().copied().collect();
        assert!(
            cases.len() >= 4 && sectors.len() >= 3,
            "{}: {cases:?}",
            mechanism.id
        );
    }
}

/// Two publishers for a good grade, a source for each figure, none of its sector's words in a pattern, a ground for each borrowing.
#[test]
fn each_case_keeps_the_rules_of_sourcing() {
    let rules = [
        "few-sources",
        "source-field",
        "metric-source",
        "unmeasured-figure",
        "sector-word",
        "borrowed-basis",
        "borrowed-sector",
    ];
    let known = lint::codes();
    assert!(rules.iter().all(|rule| known.contains(rule)), "{known:?}");
    let report = check(Path::new(&shipped_corpus()), Month::new(2026, 11)).unwrap();
    let broken = report
        .diagnostics
        .iter()
        .filter(|found| rules.contains(&found.code.as_str()));
    let broken: Vec<_> = broken.collect();
    assert!(broken.is_empty(), "{broken:?}");
    assert!(report.cases.iter().all(|case| !case.sources.is_empty()));
}

#[test]
fn every_observation_has_a_source() {
    for series in Shipped::read().catalogue.series {
        for figure in series.figures {
            assert!(figure.source.url.starts_with("http"), "{}", figure.id);
        }
    }
}

#[test]
fn asks_are_four_to_eight_and_differ() {
    for case in Shipped::read().cases {
        let different: BTreeSet<String> = case.asks.iter().map(|ask| ask.to_lowercase()).collect();
        assert!(
            (4..=8).contains(&different.len()),
            "{}: {:?}",
            case.id,
            case.asks
        );
        assert_eq!(different.len(), case.asks.len(), "{}", case.id);
    }
}

#[test]
fn every_sector_is_observed() {
    let shipped = Shipped::read();
    for sector in &shipped.catalogue.vocabulary.sectors {
        let of_sector = shipped
            .catalogue
            .series
            .iter()
            .filter(|series| series.sector == sector.id);
        let figures: usize = of_sector.map(|series| series.figures.len()).sum();
        assert!(figures >= 10, "{figures} figures of {}", sector.id);
    }
}

#[test]
fn stress_of_the_pressed_sectors_is_a_curve() {
    let shipped = Shipped::read();
    for sector in YEARLY {
        let mut of_sector = shipped
            .catalogue
            .series
            .iter()
            .filter(|series| series.sector == sector);
        assert!(of_sector.any(is_yearly), "no yearly line for {sector}");
    }
}

/// A figure for each year from 2008 to 2024.
fn is_yearly(series: &Series) -> bool {
    let years: BTreeSet<&str> = series
        .figures
        .iter()
        .map(|figure| figure.period_text.as_str())
        .collect();
    (2008..=2024).all(|year| years.contains(year.to_string().as_str()))
}

/// Consumer sentiment belongs to those who ask the people; single figures may be quoted, the series may not.
#[test]
fn what_may_only_be_quoted_is_not_copied() {
    let shipped = Shipped::read();
    for series in &shipped.catalogue.series {
        let restricted =
            series.metric.contains("sentiment") || series.metric.contains("confidence");
        assert!(
            !restricted || series.figures.len() <= 3,
            "{}",
            series.metric
        );
    }
}

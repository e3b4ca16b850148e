//! The data files of a corpus, all at once: what one of them says is known to the next.

use super::places::Lines;
use afield_corpus::{Catalogue, Series, Vocabulary, load_catalogue, walk};
use std::collections::BTreeSet;
use std::fs;

/// The files in the order of an input, which has a line `#####` between two.
const FILES: [&str; 6] = [
    "sectors.toml",
    "signals.toml",
    "observations/visits.toml",
    "mechanisms.toml",
    "functions.toml",
    "journey.toml",
];

/// Reads a corpus of these files and no cases.
///
/// # Panics
/// When the folder cannot be written, too.
pub fn vocabulary(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    fs::create_dir(root.join("observations")).expect("a writable folder");
    let files: Vec<(&str, &str)> = FILES.into_iter().zip(text.split("#####\n")).collect();
    for (path, text) in &files {
        fs::write(root.join(path), text).expect("a writable folder");
    }
    let walk = walk(root).expect("a folder");
    let (catalogue, found) = load_catalogue(root, &walk);
    let again = load_catalogue(root, &walk);
    assert_eq!((&catalogue, &found), (&again.0, &again.1));
    assert!(found.is_sorted());
    for found in &found {
        let file = files.iter().find(|(path, _)| *path == found.path);
        let (_, text) = file.expect("findings are about files that are there");
        Lines::new(text).has_finding(found);
    }
    words(&catalogue.vocabulary);
    let mut figures = BTreeSet::new();
    for series in &catalogue.series {
        known(&catalogue, series);
        for figure in &series.figures {
            assert!(figures.insert(&figure.id), "{figure:?} is there twice");
        }
    }
}

/// Every entry has a name and an id of its own, and ids are understood.
fn words(vocabulary: &Vocabulary) {
    let Vocabulary {
        sectors, signals, ..
    } = vocabulary;
    let ids = |ids: Vec<&str>| {
        assert!(ids.iter().all(|id| !id.trim().is_empty()));
        let different: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(different.len(), ids.len(), "{ids:?}");
    };
    ids(sectors.iter().map(|one| one.id.as_str()).collect());
    ids(signals.iter().map(|one| one.id.as_str()).collect());
    ids(vocabulary.roles.iter().map(|one| one.id.as_str()).collect());
    for entries in [
        &vocabulary.traits,
        &vocabulary.groups,
        &vocabulary.mechanisms,
        &vocabulary.functions,
        &vocabulary.role_groups,
        &vocabulary.stages,
    ] {
        ids(entries.iter().map(|one| one.id.as_str()).collect());
        assert!(entries.iter().all(|one| !one.label.trim().is_empty()));
    }
    for sector in sectors {
        assert!(!sector.label.trim().is_empty(), "{sector:?}");
        let meant = vocabulary.resolve_sector(&sector.id);
        let meant = meant.expect("an id means something").id;
        assert!(sectors.iter().any(|one| one.id == meant), "{meant}");
    }
    for signal in signals {
        let scale = &signal.scale;
        for number in [scale.half, scale.half_points, scale.half_life_months] {
            assert!(number.is_finite() && number > 0.0, "{scale:?}");
        }
        let meant = vocabulary.resolve_signal(&signal.id);
        let meant = meant.expect("an id means something").id;
        assert!(signals.iter().any(|one| one.id == meant), "{meant}");
    }
}

/// A series is of a known sector and signal; its figures are numbers and in the order of their periods.
fn known(catalogue: &Catalogue, series: &Series) {
    let Vocabulary {
        sectors, signals, ..
    } = &catalogue.vocabulary;
    assert!(sectors.is_empty() || sectors.iter().any(|one| one.id == series.sector));
    assert!(signals.is_empty() || signals.iter().any(|one| one.id == series.signal));
    let periods = series.figures.iter().map(|one| one.period);
    assert!(periods.is_sorted_by_key(|one| (one.end, one.start)));
    for figure in &series.figures {
        assert!(figure.period.start <= figure.period.end, "{figure:?}");
        assert!(figure.period.length() > 0, "{figure:?}");
        let baseline = figure.baseline.as_ref().and_then(|baseline| baseline.value);
        let mut numbers = [Some(figure.value), baseline, figure.change]
            .into_iter()
            .flatten();
        assert!(numbers.all(f64::is_finite), "{figure:?}");
    }
}

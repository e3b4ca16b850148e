//! Vocabulary and observation files, sound and broken.

use crate::support::{folder, long};
use afield_corpus::{Catalogue, Direction, Period, SeriesKind, load_catalogue, walk};

fn load(files: &[(&str, &str)]) -> (Catalogue, Vec<String>) {
    let root = folder(files);
    let (catalogue, diagnostics) = load_catalogue(root.path(), &walk(root.path()).unwrap());
    (catalogue, long(&diagnostics))
}

const SOUND: &str = r#"
sector = "air"
[[source]]
id = "post-2020"
title = "Seats"
publisher = "Fernland Post"
url = "https://example.org/seats"
licence = "CC0"
[[series]]
signal = "empty-seats"
metric = "seats sold"
region = "Fernland"
unit = "%"
kind = "share"
worse = "fall"
figures = [
  { id = "obs-2", period = "2021-Q1", value = 40.5, source = "post-2020" },
  { id = "obs-1", period = "2020", value = 50, baseline = { period = "2019", value = 80 }, change = -37.5, note = "n", source = "post-2020" },
]
"#;

#[test]
fn observations_are_read_in_order_of_time() {
    let (catalogue, findings) = load(&[("observations/air.toml", SOUND)]);
    assert_eq!(findings, [""; 0]);
    let series = &catalogue.series[0];
    assert_eq!(
        (series.sector.as_str(), series.signal.as_str()),
        ("air", "empty-seats")
    );
    assert_eq!(
        (series.kind, series.worse),
        (SeriesKind::Share, Direction::Fall)
    );
    let ids: Vec<&str> = series
        .figures
        .iter()
        .map(|figure| figure.id.as_str())
        .collect();
    assert_eq!(ids, ["obs-1", "obs-2"]);
    let figure = &series.figures[0];
    assert_eq!(
        (figure.value, figure.change, figure.note.as_deref()),
        (50.0, Some(-37.5), Some("n"))
    );
    assert_eq!(
        (figure.period, figure.period_text.as_str()),
        (Period::parse("2020").unwrap(), "2020")
    );
    let baseline = figure.baseline.as_ref().unwrap();
    assert_eq!(
        (baseline.period.as_str(), baseline.value),
        ("2019", Some(80.0))
    );
    assert_eq!(
        (
            figure.source.publisher.as_str(),
            figure.source.licence.as_deref()
        ),
        ("Fernland Post", Some("CC0"))
    );
}

#[test]
fn a_bad_figure_is_left_out_and_the_rest_kept() {
    let check = |from: &str, to: &str, finding: &str| {
        assert!(SOUND.contains(from), "{from}");
        let (catalogue, findings) = load(&[("observations/air.toml", &SOUND.replace(from, to))]);
        assert_eq!(
            findings,
            [format!("observations/air.toml:{finding}")],
            "{to}"
        );
        assert_eq!(catalogue.series[0].figures.len(), 1, "{to}");
    };
    check("2021-Q1", "2021-Q5", "17:28 bad-period");
    check(
        "40.5, source = \"post-2020\"",
        "40.5, source = \"pst-2020\"",
        "17:62 unknown-source",
    );
    check("40.5", "nan", "17:47 bad-number");
    check("40.5", "-inf", "17:47 bad-number");
    check("40.5", "\"40.5\"", "17:47 wrong-type");
    check("value = 80", "value = nan", "18:86 bad-number");
    check("note = \"n\"", "nota = \"n\"", "18:108 unknown-key");
    check("obs-1", "obs-2", "18:10 duplicate-id");
    check(
        "\"obs-2\", period = \"2021-Q1\"",
        "\"obs-2\"",
        "17:3 missing-key",
    );
}

#[test]
fn a_bad_series_or_file_is_left_out() {
    let check = |from: &str, to: &str, finding: &str| {
        let (catalogue, findings) = load(&[("observations/air.toml", &SOUND.replace(from, to))]);
        assert_eq!(
            findings,
            [format!("observations/air.toml:{finding}")],
            "{to}"
        );
        assert_eq!(catalogue.series, [], "{to}");
    };
    check("kind = \"share\"", "kind = \"shares\"", "14:8 wrong-type");
    check("unit = \"%\"\n", "", "9:1 missing-key");
    check("figures =", "figgures =", "16:1 unknown-key");
    check("sector = \"air\"", "", "1:1 missing-key");
    check("[[series]]", "[[sereis]]", "9:3 unknown-key");
}

#[test]
fn observations_keep_to_the_vocabulary() {
    let sectors = "[[group]]\nid = 'g'\nlabel = 'G'\n[[sector]]\nid = 'airlines'\nlabel = 'Air'\ngroup = 'g'\n";
    let signals = "[[signal]]\nid = 'empty-seat'\nlabel = 'E'\nscale = { half = 1, half_points = 1, half_life_months = 1 }\n";
    let (_, findings) = load(&[("observations/air.toml", SOUND), ("sectors.toml", sectors)]);
    assert_eq!(findings, ["observations/air.toml:2:10 unknown-sector"]);
    let (_, findings) = load(&[("observations/air.toml", SOUND), ("signals.toml", signals)]);
    assert_eq!(findings, ["observations/air.toml:10:10 unknown-signal"]);
    let (_, findings) = load(&[
        ("observations/air.toml", SOUND),
        ("observations/rail.toml", SOUND),
    ]);
    assert_eq!(
        findings,
        [
            "observations/rail.toml:17:10 duplicate-id",
            "observations/rail.toml:18:10 duplicate-id"
        ]
    );
}

/// Checks what becomes of an entry beside a sound one, `a`: how many are kept, and what is found.
fn check_entry(entry: &str, kept: usize, findings: &[&str]) {
    let file = format!("[[mechanism]]\nid = 'a'\nlabel = 'A'\n{entry}");
    let (catalogue, found) = load(&[("mechanisms.toml", &file)]);
    assert_eq!(found, findings, "{entry}");
    assert_eq!(catalogue.vocabulary.mechanisms.len(), kept, "{entry}");
}

#[test]
fn an_id_of_a_vocabulary_is_a_slug_and_its_own() {
    let check = check_entry;
    // Whoever types one of them means the other as well.
    check(
        "[[mechanism]]\nid = ' A'\nlabel = 'B'\n",
        1,
        &["mechanisms.toml:4:1 duplicate-id"],
    );
    check(
        "[[mechanism]]\nid = 'Pay Later'\nlabel = 'B'\n",
        2,
        &["mechanisms.toml:4:1 id-form"],
    );
    check(
        "[[mechanism]]\nid = '竹'\nlabel = 'B'\n",
        2,
        &["mechanisms.toml:4:1 id-form"],
    );
}

#[test]
fn a_bad_entry_is_left_out_and_the_rest_kept() {
    let check = check_entry;
    check(
        "[[mechanism]]\nid = 'b'\nlabel = 'B'\naliases = ['x']\ndefinition = 'd'\n",
        2,
        &[],
    );
    check(
        "[[mechanism]]\nid = 'b'\nlable = 'B'\n",
        1,
        &["mechanisms.toml:6:1 unknown-key"],
    );
    check(
        "[[mechanism]]\nid = 'b'\n",
        1,
        &["mechanisms.toml:4:1 missing-key"],
    );
    check(
        "[[mechanism]]\nid = 3\nlabel = 'B'\n",
        1,
        &["mechanisms.toml:5:6 wrong-type"],
    );
    check(
        "[[mechanism]]\nid = 'a'\nlabel = 'B'\n",
        1,
        &["mechanisms.toml:4:1 duplicate-id"],
    );
    check(
        "[[mechanism]]\nid = ''\nlabel = 'B'\n",
        1,
        &["mechanisms.toml:4:1 missing-key"],
    );
    check(
        "[[mechanisms]]\nid = 'b'\n",
        1,
        &["mechanisms.toml:4:3 unknown-key"],
    );
    check(
        "[[mechanism]]\nid = 'b'\nlabel = B\n",
        2,
        &["mechanisms.toml:6:9 broken-toml"],
    );
}

#[test]
fn signals_need_scales_above_zero() {
    let signal = |half: &str| {
        format!(
            "[[signal]]\nid = 'a'\nlabel = 'A'\n[signal.scale]\nhalf = {half}\nhalf_points = 2\nhalf_life_months = 24\nnote = 'n'\n"
        )
    };
    let (catalogue, findings) = load(&[("signals.toml", &signal("7.5"))]);
    assert_eq!(
        (catalogue.vocabulary.signals[0].scale.half, findings.len()),
        (7.5, 0)
    );
    for half in ["0", "-1", "nan", "inf"] {
        let (catalogue, findings) = load(&[("signals.toml", &signal(half))]);
        assert_eq!(
            (catalogue.vocabulary.signals.len(), &findings[..]),
            (0, &["signals.toml:1:1 bad-number".to_owned()][..]),
            "{half}"
        );
    }
}

#[test]
fn groups_and_traits_must_be_there() {
    let sectors = "[[sector]]\nid = 'a'\nlabel = 'A'\ngroup = 'g'\ntraits = ['t']\n";
    let (catalogue, findings) = load(&[("sectors.toml", sectors)]);
    assert_eq!(
        findings,
        [
            "sectors.toml:1:1 unknown-group",
            "sectors.toml:1:1 unknown-trait"
        ]
    );
    assert_eq!(catalogue.vocabulary.sectors.len(), 1);
}

#[test]
fn files_that_are_no_text_are_told() {
    let (_, findings) = load(&[
        ("journey.toml", "a\0b"),
        (
            "mechanisms.toml",
            "\u{feff}[[mechanism]]\r\nid = 'a'\r\nlabel = 'A'\r\n",
        ),
    ]);
    assert_eq!(findings, ["journey.toml:1:1 unreadable-file"]);
}

//! Front matter in every way that people write it, and break it.

use crate::support::{body, read, short};
use afield_corpus::{Grade, Outcome, Years};

/// Reads a text and compares title, body and findings.
fn check(text: &str, title: &str, words: &str, findings: &[&str]) {
    let parsed = read(text);
    assert_eq!(parsed.case.title, title, "title of {text:?}");
    assert_eq!(body(&parsed), words, "body of {text:?}");
    assert_eq!(
        short(&parsed.diagnostics),
        findings,
        "findings in {text:?}: {:?}",
        parsed.diagnostics
    );
}

#[test]
fn texts_and_lists_are_read() {
    let parsed = read(include_str!("zebra-seat-auction.md"));
    assert_eq!(parsed.diagnostics, []);
    let case = &parsed.case;
    let check = |field: &[String], expected: &[&str]| assert_eq!(field, expected);
    check(&case.signals, &["empty-seats", "price-war"]);
    check(
        &case.pattern,
        &["capacity spoils overnight", "late buyers wait for cuts"],
    );
    check(
        &case.asks[2..],
        &["people wait for the last-minute price: how do we stop it"],
    );
    check(&case.mechanism, &["auction-the-rest"]);
    check(&case.functions, &["pricing"]);
    check(&case.roles, &["cmo"]);
    check(&case.journey, &["buy"]);
    check(&case.channels, &["web", "app"]);
    check(&case.needs, &["a booking system that can be stopped late"]);
    check(&case.works_when, &["buyers can wait"]);
    check(&case.breaks_when, &["business travel"]);
    check(&case.borrowed_from, &["fish (markets)"]);
    check(&case.adopted_in, &["rail"]);
    check(&case.could_inspire, &["hotels"]);
    check(&case.inspired_by, &["fern-fish-market"]);
    let check =
        |field: &Option<String>, expected: &str| assert_eq!(field.as_deref(), Some(expected));
    check(&case.sector, "air");
    check(&case.subsector, "charter");
    check(&case.region, "Fernland");
    check(&case.borrowed_basis, "stated-in-source");
    check(&case.caveat, "One winter only.");
}

#[test]
fn years_outcome_figures_and_sources_are_read() {
    let case = read(include_str!("zebra-seat-auction.md")).case;
    assert_eq!(
        [&case.title, &case.organisation],
        ["Auction the seats nobody booked", "Zebra Air"]
    );
    assert_eq!(case.years, Some(Years::new(2012, Some(2017))));
    assert_eq!(
        (case.outcome, case.evidence),
        (Outcome::Mixed, Some(Grade::B))
    );
    let metric = &case.metrics[0];
    let fields = [&metric.name, &metric.value, &metric.unit, &metric.period];
    assert_eq!(
        (fields.map(String::as_str), metric.source),
        (["seats sold", "20.80", "%", "winter 2013"], Some(1))
    );
    let source = &case.sources[0];
    let fields = [&source.title, &source.publisher, &source.url, &source.date];
    assert_eq!(
        fields,
        [
            "Seats under the hammer",
            "Fernland Post",
            "https://example.org/seats",
            "2013-11"
        ]
    );
}

#[test]
fn sound_headers_come_in_many_forms() {
    for text in [
        "---\ntitle: Seats\n---\nWords.\n",
        "\u{feff}---\ntitle: Seats\n---\nWords.\n",
        "---\r\ntitle: Seats\r\n---\r\nWords.\r\n",
        "---\rtitle: Seats\r---\rWords.\r",
        "\n\n---\ntitle: Seats\n---\nWords.\n",
        "---  \ntitle: 'Seats'\n...\nWords.\n",
        "---\n# a note\n\ntitle: Seats # why\n---\nWords.",
        "---\n{title: Seats, region: }\n---\nWords.",
        "---\ntitle: >\n  Seats\n---\nWords.",
        "+++\ntitle = 'Seats'\n+++\nWords.\n",
        "\u{feff}+++\r\ntitle = \"Seats\"\r\n+++\r\nWords.\r\n",
    ] {
        check(text, "Seats", "Words.", &[]);
    }
}

#[test]
fn without_title_the_heading_or_the_file_name_is_taken() {
    check("# Seats\n\nWords.\n", "Seats", "Seats\nWords.", &[]);
    check("Words.\n", "Empty seats", "Words.", &[]);
    check("", "Empty seats", "", &[]);
    check("---\n---\nWords.\n", "Empty seats", "Words.", &[]);
    check("---\ntitle:\n---\n## Seats\n", "Seats", "Seats", &[]);
    check(
        "## Challenge\n\nWords.\n\n## Seats\n",
        "Seats",
        "Challenge\nWords.\nSeats",
        &[],
    );
    check("# Problem\n", "Problem", "Problem", &[]);
    check("+++\n+++\nWords.\n", "Empty seats", "Words.", &[]);
}

#[test]
fn a_rule_is_no_front_matter() {
    check("---\n\nWords.\n", "Empty seats", "Words.", &[]);
    check("---\n", "Empty seats", "", &[]);
    check(
        "---\n\n# Seats\n\n---\n\nWords.\n",
        "Seats",
        "Seats\nWords.",
        &[],
    );
    check("----\ntitle: x\n", "Empty seats", "title: x", &[]);
}

#[test]
fn a_column_counts_characters() {
    // The parser counts the bytes of a line that starts with `%`.
    let parsed = read("---\n%\u{fffd}\0\n]\nb:\n---\n");
    assert_eq!(short(&parsed.diagnostics)[0], "2:4 broken-front-matter");
}

#[test]
fn what_is_missing_at_the_end_is_missed_in_the_last_line() {
    // Alone, the list fails for an alias that it does not know, so only the header as a whole tells of its end.
    check(
        "---\na: &a\nb: [*a",
        "Empty seats",
        "",
        &["1:1 unclosed-front-matter", "3:7 broken-front-matter"],
    );
}

#[test]
fn an_unclosed_header_ends_where_the_body_starts() {
    let unclosed = &["1:1 unclosed-front-matter"];
    check("---\ntitle: Seats\n\nWords.\n", "Seats", "Words.", unclosed);
    check(
        "---\ntitle: Seats\n## Idea\nWords.\n",
        "Seats",
        "Idea\nWords.",
        unclosed,
    );
    check(
        "---\ntitle: Seats\nasks:\n- a\n- b\nneeds:\n  - c\n\nsector: air\n\nNote: words.\n",
        "Seats",
        "Note: words.",
        unclosed,
    );
    check(
        "---\ntitle: Seats\n\n# about the place\nregion: UK\n\n# Words\n",
        "Seats",
        "Words",
        unclosed,
    );
    check("---\ntitle: Seats\n", "Seats", "", unclosed);
    check(
        "---\ntitle: Seats\nWords at once.\n",
        "Seats",
        "Words at once.",
        unclosed,
    );
    check(
        "\n---\ntitle: Seats\n\n## Idea\n\nWords.\n\n---\n\nMore.\n",
        "Seats",
        "Idea\nWords.\nMore.",
        &["2:1 unclosed-front-matter"],
    );
    check(
        "+++\ntitle = 'Seats'\n\nWords = good.\n",
        "Seats",
        "Words = good.",
        unclosed,
    );
    check(
        "+++\ntitle = 'Seats'\n\n[[sources]]\ntitle = 'x'\n\nWords.\n",
        "Seats",
        "Words.",
        unclosed,
    );
}

#[test]
fn of_a_broken_header_the_readable_keys_are_kept() {
    let check = |header: &str, findings: &[&str]| {
        let text = format!("---\ntitle: Seats\n{header}\nsector: air\n---\nWords.\n");
        let parsed = read(&text);
        let found = (
            parsed.case.title.as_str(),
            parsed.case.sector.as_deref(),
            body(&parsed),
        );
        assert_eq!(
            found,
            ("Seats", Some("air"), "Words.".to_owned()),
            "{header}"
        );
        let found = short(&parsed.diagnostics);
        assert_eq!(found, findings, "{header}: {:?}", parsed.diagnostics);
    };
    check("signals: [a, b", &["3:15 broken-front-matter"]);
    check("region: \"UK", &["3:9 broken-front-matter"]);
    check("region: UK: north", &["3:11 broken-front-matter"]);
    check("region: @home", &["3:9 broken-front-matter"]);
    check("region:\tUK\n\tnorth: x", &["3:9 broken-front-matter"]);
    check("asks:\n  - a\n - b", &["5:2 broken-front-matter"]);
    check("region: *nowhere", &["3:9 broken-front-matter"]);
    check("stray words\n", &["3:1 broken-front-matter"]);
    check("region:UK", &["3:1 broken-front-matter"]);
    check("? [a]\n: b", &["3:3 broken-front-matter"]);
    check(
        "region: 'it's'\ncaveat: }",
        &["3:13 broken-front-matter", "4:9 broken-front-matter"],
    );
}

#[test]
fn plain_words_are_kept_as_they_stand() {
    let parsed = read("---\ntitle: Sold out: a story\ncaveat:see there\n---\n");
    assert_eq!(parsed.case.title, "Sold out: a story");
    assert_eq!(parsed.case.caveat.as_deref(), Some("see there"));
    assert_eq!(parsed.diagnostics.len(), 2);
}

#[test]
fn of_broken_toml_the_readable_keys_are_kept() {
    let text = "+++\ntitle = Seats\nsignals = [\"a\", \n\nyears = 2012-13-14\nregion = 'UK'\nregion = 'US'\n\
                [[sources]]\ntitle = 'One'\n[[sources]]\ntitle = 'Two'\n+++\nWords.\n";
    let parsed = read(text);
    let case = &parsed.case;
    assert_eq!(
        (
            case.title.as_str(),
            case.region.as_deref(),
            body(&parsed).as_str()
        ),
        ("Seats", Some("UK"), "Words.")
    );
    assert_eq!(
        case.sources
            .iter()
            .map(|source| source.title.as_str())
            .collect::<Vec<_>>(),
        ["One", "Two"]
    );
    assert!(parsed.header.is_unread("signals") && case.signals.is_empty());
    let findings = short(&parsed.diagnostics);
    assert!(
        findings.contains(&"2:9 broken-front-matter".to_owned()),
        "{findings:?}"
    );
    assert!(
        findings.contains(&"7:1 duplicate-key".to_owned()),
        "{findings:?}"
    );
}

#[test]
fn of_a_key_given_twice_the_first_counts() {
    check(
        "---\ntitle: Seats\nregion: UK\ntitle: Rooms\n---\n",
        "Seats",
        "",
        &["4:1 duplicate-key"],
    );
    check(
        "+++\ntitle = 'Seats'\ntitle = 'Rooms'\n+++\n",
        "Seats",
        "",
        &["3:1 duplicate-key"],
    );
    check(
        "---\norganisation: Zebra Air\norganization: Fernbank\n---\n",
        "Empty seats",
        "",
        &["3:1 duplicate-key"],
    );
    check(
        "---\nmetrics:\n  - {name: a, name: b, source: 1}\n---\n",
        "Empty seats",
        "",
        &["3:15 duplicate-key"],
    );
    let parsed = read("---\ntitle: Seats\ntitle: Rooms\n---\n");
    assert_eq!(
        parsed.diagnostics[0].message,
        "key `title` is already on line 2"
    );
}

#[test]
fn values_of_other_types_are_read_with_a_warning() {
    let parsed = read(
        "---\ntitle: [Empty, seats]\nregion: {a: b, c: d}\nsector: [air, rail]\nasks:\n  - we say: no\n  - [x]\n  - plain\n  -\n\
         caveat: 2020-01-02\norganisation: 42\nsignals: one\npattern: true\n---\n",
    );
    let case = &parsed.case;
    assert_eq!(
        (
            case.title.as_str(),
            case.region.as_deref(),
            case.sector.as_deref()
        ),
        ("Empty, seats", None, Some("air"))
    );
    assert_eq!(case.asks, ["we say: no", "plain"]);
    assert_eq!(
        (case.caveat.as_deref(), case.organisation.as_str()),
        (Some("2020-01-02"), "42")
    );
    assert_eq!(
        (&case.signals[..], &case.pattern[..]),
        (&["one".to_owned()][..], &["true".to_owned()][..])
    );
    let expected = [
        "2:8 wrong-type",
        "3:9 wrong-type",
        "4:9 wrong-type",
        "6:5 wrong-type",
        "7:5 wrong-type",
    ];
    assert_eq!(short(&parsed.diagnostics), expected);
}

#[test]
fn metrics_and_sources_may_be_short() {
    let parsed = read(
        "---\nmetrics: {name: seats, value: 1, source: two}\nsources:\n  - https://example.org\n  - Fernland Post\n---\n",
    );
    let (metric, sources) = (&parsed.case.metrics[0], &parsed.case.sources);
    assert_eq!(
        (metric.name.as_str(), metric.value.as_str(), metric.source),
        ("seats", "1", None)
    );
    assert_eq!(
        (sources[0].url.as_str(), sources[1].title.as_str()),
        ("https://example.org", "Fernland Post")
    );
    assert_eq!(short(&parsed.diagnostics), ["2:42 wrong-type"]);
}

#[test]
fn years_are_read_as_people_write_them() {
    let check = |value: &str, expected: Option<Years>, findings: &[&str]| {
        let parsed = read(&format!("---\nyears: {value}\n---\n"));
        assert_eq!(
            (parsed.case.years, &short(&parsed.diagnostics)[..]),
            (
                expected,
                &findings
                    .iter()
                    .map(|text| (*text).to_owned())
                    .collect::<Vec<_>>()[..]
            ),
            "{value}"
        );
    };
    let span = Some(Years::new(2012, Some(2017)));
    for value in [
        "2012-2017",
        "2012–2017",
        "2012 to 2017",
        "[2012, 2017]",
        "\"2012-2017\"",
        "'2012 - 2017'",
    ] {
        check(value, span, &[]);
    }
    check("2015", Some(Years::new(2015, Some(2015))), &[]);
    check("2011-", Some(Years::new(2011, None)), &[]);
    check("2011-present", Some(Years::new(2011, None)), &[]);
    check("", None, &[]);
    check(
        "about 2015",
        Some(Years::new(2015, Some(2015))),
        &["2:8 odd-years"],
    );
    check("long ago", None, &["2:8 odd-years"]);
    check("{from: 2012}", None, &["2:8 wrong-type"]);
}

#[test]
fn foreign_keys_do_no_harm() {
    let parsed = read(
        "---\nlayout: post\nTitle: Rooms\ntags: [a, b]\ndate: 2020-01-02 03:04:05\nauthor: {name: A}\n---\n# Seats\n",
    );
    assert_eq!(
        (parsed.case.title.as_str(), parsed.diagnostics.len()),
        ("Seats", 0)
    );
    let unknown: Vec<&str> = parsed.header.unknown_keys().map(|(key, _)| key).collect();
    assert_eq!(unknown, ["layout", "Title", "tags", "date", "author"]);
}

#[test]
fn outcome_and_grade_are_told_in_any_case_of_letters() {
    let parsed = read("---\noutcome: Worked\nevidence: a\n---\n");
    assert_eq!(
        (parsed.case.outcome, parsed.case.evidence),
        (Outcome::Worked, Some(Grade::A))
    );
    let parsed = read("---\noutcome: success\nevidence: E\n---\n");
    assert_eq!(
        (parsed.case.outcome, parsed.case.evidence),
        (Outcome::Unknown, None)
    );
}

#[test]
fn places_lead_to_keys_items_and_fields() {
    let parsed = read(
        "---\ntitle: Seats\nsignals: [a, [x], b]\nasks:\n  - one\n  -\n  - two\nmetrics:\n  - name: é\n    source: 3\n---\n",
    );
    let header = &parsed.header;
    let at = |place: afield_corpus::Place| (place.line, place.column);
    assert_eq!(at(header.place(&["signals"])), (3, 1));
    assert_eq!(at(header.value_place(&["signals"])), (3, 10));
    assert_eq!(at(header.item_place("signals", 1)), (3, 19));
    assert_eq!(at(header.item_place("asks", 1)), (7, 5));
    assert_eq!(at(header.item_place("asks", 9)), (4, 1));
    assert_eq!(at(header.field_place("metrics", 0, "source")), (10, 13));
    assert_eq!(at(header.field_place("metrics", 0, "unit")), (9, 5));
    assert_eq!(at(header.place(&["nothing"])), (1, 1));
    assert!(header.has("title") && !header.has("nothing") && header.exists());
}

//! `afield search`.

use crate::support::Afield;
use insta::assert_snapshot;
use serde_json::json;

const BRIEF: &str = "our branches are losing footfall";

#[test]
fn five_ideas_at_a_glance() {
    let run = Afield::new().run(&["search", BRIEF, "--for", "banking", "--as-of", "2016"]);
    assert_snapshot!(run, @"
    exit 0
    --- stdout
    read as: footfall decline · words: branches, losing, footfall · ignored: our,
    are · for: counting houses · 1–1 of 1 idea

    partial: these ideas are about part of the problem

     1  Lend the quiet half of the hall to a tea house
        Quillmart · Bazaars · 2013–2015 · Quillshire
      │ Visits to the hall fell by a fifth in two years, while rent and wages stayed
        as they were.
        why: Same pressure (footfall decline) in bazaars, pressed 0.64 when it
        acted; much the same as “our branches are losing footfall and the rent
        stays”; speaks of “losing”, “branches”, “footfall”.
        worked · grade B · 2 sources · near distance · quillmart-tea-counter

    already tried at home
      - A parlour where the counter was · fernbank-parlour
      - Machines in place of branches · oldcoin-machines
    --- stderr
    ");
}

#[test]
fn the_brief_needs_no_quotes() {
    let afield = Afield::new();
    let quoted = afield.run(&["search", BRIEF, "--json"]);
    let bare = afield.run(&[
        "search", "our", "branches", "are", "losing", "footfall", "--json",
    ]);
    let piped = afield.run_with_input(
        &["search", "-", "--json"],
        b"our branches are losing footfall\n",
    );
    assert_eq!(quoted.code, 0, "{quoted}");
    assert_eq!(bare.stdout, quoted.stdout);
    assert_eq!(piped.stdout, quoted.stdout);
}

#[test]
fn a_brief_of_nothing_is_refused() {
    let afield = Afield::new();
    assert_snapshot!(afield.run(&["search", "  "]), @"
    exit 2
    --- stdout
    --- stderr
    error: the brief is empty
    hint: describe the problem in a sentence
    ");
    assert_snapshot!(afield.run_with_input(&["search", "-"], b"\n"), @"
    exit 2
    --- stdout
    --- stderr
    error: the brief is empty
    hint: describe the problem in a sentence
    ");
}

#[test]
fn the_json_answer_has_the_names_that_were_promised() {
    let answer = Afield::new()
        .run(&[
            "search", BRIEF, "--for", "banks", "--format", "json", "--as-of", "2016",
        ])
        .json();
    let names = |value: &serde_json::Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    let mut top = names(&answer);
    top.sort();
    let expected = [
        "already_at_home",
        "facets",
        "hits",
        "index",
        "limit",
        "offset",
        "query",
        "took_ms",
        "total",
        "verdict",
        "warnings",
    ];
    assert_eq!(
        top.iter()
            .filter(|name| *name != "nearest_signals")
            .collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
    assert_eq!(answer["query"]["text"], BRIEF);
    assert_eq!(answer["query"]["for"], "counting-houses");
    assert_eq!(
        answer["query"]["read_as"]["signals"],
        json!(["footfall-decline"])
    );
    let hit = &answer["hits"][0];
    assert_eq!(hit["id"], "quillmart-tea-counter");
    assert_eq!(hit["sector"], json!({"id": "bazaars", "label": "Bazaars"}));
    assert_eq!(hit["years"], json!([2013, 2015]));
    assert_eq!(hit["path"], "cases/bazaars/quillmart-tea-counter.md");
    assert_eq!(
        hit["sources"][1],
        json!({
            "title": "A hall with two lives", "publisher": "Bazaar Weekly", "url": "https://weekly.example/hall"
        })
    );
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let run = Afield::new().run(&["search", BRIEF, "--json", "-n", "1"]);
    let order = [
        "\"query\"",
        "\"text\"",
        "\"for\"",
        "\"read_as\"",
        "\"signals\"",
        "\"terms\"",
        "\"ignored\"",
        "\"corrected\"",
        "\"verdict\"",
        "\"hits\"",
        "\"id\"",
        "\"title\"",
        "\"organisation\"",
        "\"sector\"",
        "\"years\"",
        "\"region\"",
        "\"mechanism\"",
        "\"outcome\"",
        "\"evidence\"",
        "\"distance\"",
        "\"score\"",
        "\"score_parts\"",
        "\"why\"",
        "\"snippet\"",
        "\"sources\"",
        "\"path\"",
        "\"already_at_home\"",
        "\"total\"",
        "\"limit\"",
        "\"offset\"",
        "\"facets\"",
        "\"warnings\"",
        "\"took_ms\"",
        "\"index\"",
    ];
    let mut rest = run.stdout.as_str();
    for key in order {
        let at = rest
            .find(&format!("{key}:"))
            .unwrap_or_else(|| panic!("{key} is not where it should be\n{run}"));
        rest = &rest[at..];
    }
}

#[test]
fn the_score_follows_from_its_parts() {
    let answer = Afield::new()
        .run(&[
            "search", BRIEF, "--for", "inns", "--json", "--as-of", "2016",
        ])
        .json();
    let hits = answer["hits"].as_array().unwrap();
    assert!(!hits.is_empty());
    for hit in hits {
        let part = |name: &str| hit["score_parts"][name].as_f64().unwrap();
        let relevance = (part("problem") + part("text")).min(1.0);
        let score =
            relevance * part("stress") * part("distance") * part("evidence") * part("novelty");
        // The reader of these tests may be off in the last digit; what is written is not.
        assert!(
            (hit["score"].as_f64().unwrap() - score).abs() < 1e-12,
            "{hit:#}"
        );
    }
}

#[test]
fn highlights_are_offsets_into_the_snippet() {
    let answer = Afield::new()
        .run(&["search", "rent and wages of the hall", "--json"])
        .json();
    let snippet = &answer["hits"][0]["snippet"];
    let letters: Vec<char> = snippet["text"].as_str().unwrap().chars().collect();
    let words = snippet["highlights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| {
            let end = |position: usize| usize::try_from(span[position].as_u64().unwrap()).unwrap();
            letters[end(0)..end(1)].iter().collect::<String>()
        });
    assert_eq!(words.collect::<Vec<_>>(), ["hall", "rent", "wages"]);
    assert_eq!(
        (snippet["section"].as_str(), snippet["line"].as_u64()),
        (Some("challenge"), Some(31))
    );
}

#[test]
fn other_formats() {
    let afield = Afield::new();
    let args = [
        "search", BRIEF, "--for", "banking", "--as-of", "2016", "-n", "1", "--format",
    ];
    let run = |format: &str| afield.run(&[&args[..], &[format]].concat());
    assert_snapshot!(run("md"), @"
    exit 0
    --- stdout
    # our branches are losing footfall

    Ideas for counting houses from other sectors.

    ## 1. Lend the quiet half of the hall to a tea house

    *Quillmart · Bazaars · 2013–2015 · Quillshire*

    > Visits to the hall fell by a fifth in two years, while rent and wages stayed as they were.

    - Why: Same pressure (footfall decline) in bazaars, pressed 0.64 when it acted; much the same as “our branches are losing footfall and the rent stays”; speaks of “losing”, “branches”, “footfall”.
    - Outcome: worked, evidence B
    - Mechanism: Second use of space
    - Case: `quillmart-tea-counter`
    - Sources:
      - [Tea among the quills](<https://gazette.example/tea>), The Quill Gazette
      - [A hall with two lives](<https://weekly.example/hall>), Bazaar Weekly

    ## Already tried at home

    - A parlour where the counter was (`fernbank-parlour`)
    - Machines in place of branches (`oldcoin-machines`)
    --- stderr
    ");
    assert_snapshot!(run("csv"), @r#"
    exit 0
    --- stdout
    rank,id,title,organisation,sector,from,to,region,signals,mechanism,outcome,evidence,distance,score,why,sources
    1,quillmart-tea-counter,Lend the quiet half of the hall to a tea house,Quillmart,bazaars,2013,2015,Quillshire,footfall-decline,second-use-of-space,worked,B,near,0.4846633711834041,"Same pressure (footfall decline) in bazaars, pressed 0.64 when it acted; much the same as “our branches are losing footfall and the rent stays”; speaks of “losing”, “branches”, “footfall”.",https://gazette.example/tea; https://weekly.example/hall
    --- stderr
    "#);
    let lines = run("jsonl").stdout;
    assert_eq!(lines.lines().count(), 1);
    let hit: serde_json::Value = serde_json::from_str(lines.trim()).unwrap();
    assert_eq!(hit["id"], "quillmart-tea-counter");
}

#[test]
fn pages_never_overlap() {
    let afield = Afield::new();
    let ids = |args: &[&str]| {
        let answer = afield
            .run(
                &[
                    &["search", "empty seats and fewer visitors", "--json"],
                    args,
                ]
                .concat(),
            )
            .json();
        let hits = answer["hits"].as_array().unwrap().clone();
        hits.iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let whole = ids(&["-n", "100"]);
    let paged: Vec<String> = (0..whole.len())
        .flat_map(|offset| ids(&["-n", "1", "--offset", &offset.to_string()]))
        .collect();
    assert_eq!(paged, whole);
    assert!(whole.len() > 2);
    assert!(ids(&["--offset", "1000"]).is_empty());
}

/// Filters, and the cases that pass them.
const NARROWED: [(&[&str], &[&str]); 10] = [
    (&["--sector", "hotels"], &["marlow-empty-rooms"]),
    (
        &["--sector", "travel"],
        &[
            "cloudline-refund",
            "marlow-empty-rooms",
            "zebra-air-standby",
        ],
    ),
    (
        &[
            "--sector",
            "inns",
            "--sector",
            "Airships",
            "--outcome",
            "worked",
        ],
        &["zebra-air-standby"],
    ),
    (
        &[
            "--sector",
            "travel",
            "--not-sector",
            "inns",
            "--evidence",
            "a",
        ],
        &["zebra-air-standby"],
    ),
    (
        &["--signal", "fewer visitors", "--until", "2012"],
        &["oldcoin-machines"],
    ),
    (
        &["--mechanism", "insure the fear", "--since", "2015"],
        &["cloudline-refund"],
    ),
    (
        &["--region", "savannah", "--outcome", "unknown"],
        &["cloudline-refund"],
    ),
    (&["--channel", "store"], &["quillmart-tea-counter"]),
    (
        &["--role", "front-line", "--function", "store operations"],
        &["quillmart-tea-counter"],
    ),
    (&["--journey", "buy"], &[]),
];

#[test]
fn filters_narrow_within_and_across() {
    let afield = Afield::new();
    let brief = [
        "search",
        "empty seats rooms branches visitors commit",
        "-n",
        "100",
        "--plain",
        "--json",
    ];
    for (filters, expected) in NARROWED {
        let answer = afield.run(&[&brief[..], filters].concat()).json();
        let hits = answer["hits"].as_array().unwrap();
        let mut ids: Vec<&str> = hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        assert_eq!(ids, expected, "{filters:?}");
        assert_eq!(answer["total"], expected.len(), "{filters:?}");
    }
}

#[test]
fn wrong_values_are_refused_all_at_once_with_the_nearest_ones() {
    let afield = Afield::new();
    assert_snapshot!(afield.run(&[
        "search", "empty", "seats", "--sector", "bazars", "--signal", "footfal decline", "--outcome", "fine", "--region",
        "savana", "--since", "2020", "--until", "2010",
    ]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown sector `bazars`; did you mean `bazaars`?
    error: unknown signal `footfal decline`; did you mean `footfall-decline`?
    error: unknown region `savana`; did you mean `savannah`?
    error: unknown outcome `fine`: choose `worked`, `mixed`, `failed` or `unknown`
    error: `--since 2020` is later than `--until 2010`
    ");
    assert_snapshot!(afield.run(&["search", "empty seats", "--for", "counting house"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown sector `counting house`; did you mean `counting-houses`?
    ");
}

#[test]
fn wrong_flags_are_refused_with_the_nearest_one() {
    let afield = Afield::new();
    for args in [
        &["--limt", "3"][..],
        &["-n", "0"],
        &["-n", "abc"],
        &["--format", "jsn"],
        &["--as-of", "2020-13"],
        &["--as-of", "2021-02-29"],
    ] {
        let run = afield.run(&[&["search", "empty seats"], args].concat());
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run}");
    }
    assert_snapshot!(afield.run(&["search", "seats", "--format", "jsn"]).stderr, @"
    error: invalid value 'jsn' for '--format <FORMAT>'
      [possible values: text, json, jsonl, md, csv]

      tip: a similar value exists: 'json'

    For more information, try '--help'.
    ");
}

#[test]
fn a_case_never_steers_the_terminal_in_any_format() {
    let afield = Afield::new();
    afield.write(
        "odd/one.md",
        "---\ntitle: \"\\e[31mred\\a\\x9b31m\\x7f\"\norganisation: \"\\e]0;Fernbank\\a\"\n---\nUmbrellas \u{1b}[2J at the gate\n",
    );
    for format in ["text", "json", "jsonl", "md", "csv"] {
        let run = afield.run(&["search", "umbrellas", "--corpus", "odd", "--format", format]);
        assert!(run.stdout.contains("red"), "{run}");
        let raw = |letter: char| letter.is_control() && letter != '\n';
        assert!(!run.stdout.contains(raw), "{format}: {run}");
    }
}

#[test]
fn exit_status_tells_of_no_hits_on_request_only() {
    let afield = Afield::new();
    let nothing = ["search", "zyzzyva", "--json"];
    assert_eq!(afield.run(&nothing).code, 0);
    let run = afield.run(&[&nothing[..], &["--exit-status"]].concat());
    assert_eq!((run.code, &run.json()["total"]), (1, &json!(0)), "{run}");
    assert_eq!(
        afield.run(&["search", "empty seats", "--exit-status"]).code,
        0
    );
}

#[test]
fn nothing_found_is_said_plainly() {
    assert_snapshot!(Afield::new().run(&["search", "zyzzyva"]), @"
    exit 0
    --- stdout
    read as: no known signal · words: zyzzyva

    nothing here is about this problem
    nearest signals: footfall decline, unsold perishable capacity
    to try: say what presses you in other words, name a signal (`--signal`), or drop
    a filter
    --- stderr
    note: no home sector given, so no sector is left out; say which is yours with `for`
    ");
}

#[test]
fn explain_shows_how_each_score_is_made_up() {
    let run = Afield::new().run(&["search", BRIEF, "--explain", "-n", "1", "--as-of", "2016"]);
    assert!(run.stdout.contains("score "), "{run}");
    assert!(run.stdout.contains("× stress"), "{run}");
}

#[test]
fn folders_without_vocabularies_take_ids_as_they_stand() {
    let afield = Afield::with(&[
        (
            "cases/one.md",
            "---\ntitle: Umbrellas on loan\nsector: parasols\n---\n\nLend umbrellas when it rains.\n",
        ),
        (
            "cases/two.md",
            "# Rain tickets\n\nA ticket that is void when it rains.\n",
        ),
    ]);
    let answer = afield
        .run(&["search", "what to do when it rains", "--json"])
        .json();
    assert_eq!(answer["total"], 2);
    let answer = afield
        .run(&["search", "rains", "--sector", "parasols", "--json"])
        .json();
    assert_eq!(
        (&answer["total"], &answer["hits"][0]["evidence"]),
        (&json!(1), &json!(null))
    );
    assert_snapshot!(afield.run(&["search", "rains", "--sector", "parasol"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown sector `parasol`; did you mean `parasols`?
    ");
}

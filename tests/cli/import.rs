//! `afield import`.

use crate::support::Afield;
use insta::assert_snapshot;
use std::fs;

const TABLE: &str = "\
Title,Organisation,SECTOR,years,signals,pattern,asks,mechanism,outcome,evidence,Works when,challenge,idea,result,source_1_title,source_1_publisher,source_1_url,source_2_title,source_2_publisher,source_2_url
Let guests cook,Marlow Inns,Hotels,2015-2016,Unsold perishable capacity,capacity is lost each day; uneven demand,our ovens are cold at noon; half of what we could sell goes unsold; we pay for staff who wait,sell the remainder,Worked,b,the kitchen is large,\"The kitchen stood cold: from noon to five, \"\"each day\"\".\",Let guests cook their own dinner in the kitchen at noon.,\"More guests came at noon, and they stayed for dinner.\",Cook it,The Fern Post,https://post.example/cook,Guests cook,Fern Radio,https://radio.example/cook
,Fernbank,counting-houses,,,,,,,,,,,,,,,,,
Lend umbrellas,Fernbank,no such thing,early 1990s,footfall decline,,,,,,,,,,,,,,,
,,,,,,,,,,,,,,,,,,,
A standby list that fills empty seats,Zebra Air,airships,,,,,,,,,,,,,,,,,
";

#[test]
fn each_row_is_a_case_or_is_told() {
    let afield = Afield::new();
    afield.write("ideas.csv", TABLE);
    let dry = afield.run(&["import", "ideas.csv", "--dry-run"]);
    assert_snapshot!(dry, @"
    exit 1
    --- stdout
    row 2: cases/inns/marlow-inns-let-guests-cook.md
    row 4: cases/no-such-thing/fernbank-lend-umbrellas.md: missing pattern, asks, mechanism, outcome, evidence, sources, challenge, idea, result; see odd-years, unknown-sector
    row 6: cases/airships/zebra-air-a-standby-list-that-fills-empty-seats.md: missing years, signals, pattern, asks, mechanism, outcome, evidence, sources, challenge, idea, result
    --- stderr
    error: row 3: no title
    note: 3 of 4 rows can be made; nothing was written
    ");
    assert!(
        !afield
            .path("corpus/cases/inns/marlow-inns-let-guests-cook.md")
            .exists()
    );
    let run = afield.run(&["import", "ideas.csv"]);
    assert_eq!((run.code, &run.stdout), (1, &dry.stdout), "{run}");
    let file = fs::read_to_string(afield.path("corpus/cases/inns/marlow-inns-let-guests-cook.md"));
    assert_snapshot!(file.unwrap(), @r#"
    ---
    title: Let guests cook
    organisation: Marlow Inns
    sector: inns
    years: 2015-2016
    signals: [perishable-capacity]
    pattern: [capacity is lost each day, uneven demand]
    asks:
      - our ovens are cold at noon
      - half of what we could sell goes unsold
      - we pay for staff who wait
    mechanism: [sell-the-remainder]
    outcome: worked
    evidence: B
    works_when: [the kitchen is large]
    sources:
      - { title: Cook it, publisher: The Fern Post, url: "https://post.example/cook" }
      - { title: Guests cook, publisher: Fern Radio, url: "https://radio.example/cook" }
    ---
    ## Challenge

    The kitchen stood cold: from noon to five, "each day".

    ## Idea

    Let guests cook their own dinner in the kitchen at noon.

    ## Outcome

    More guests came at noon, and they stayed for dinner.
    "#);
    assert_eq!(
        afield.run(&["check", "--strict", "corpus/cases/inns"]).code,
        0
    );
    let found = afield
        .run(&["search", "ovens cold at noon", "--json"])
        .json();
    assert_eq!(found["hits"][0]["id"], "marlow-inns-let-guests-cook");
}

#[test]
fn nothing_is_overwritten_by_another_import() {
    let afield = Afield::new();
    afield.write("ideas.csv", "title\nLend umbrellas\nLend  Umbrellas!\n");
    assert_snapshot!(afield.run(&["import", "ideas.csv"]), @"
    exit 1
    --- stdout
    row 2: cases/unsorted/lend-umbrellas.md: missing organisation, sector, years, signals, pattern, asks, mechanism, outcome, evidence, sources, challenge, idea, result
    --- stderr
    error: row 3: `cases/unsorted/lend-umbrellas.md` is made already
    note: made 1 of 2 rows
    hint: `afield check` says what each case needs, and where
    ");
    afield.write("corpus/cases/unsorted/lend-umbrellas.md", "mine");
    assert_snapshot!(afield.run(&["import", "ideas.csv"]), @"
    exit 1
    --- stdout
    --- stderr
    error: row 2: `cases/unsorted/lend-umbrellas.md` is there already
    error: row 3: `cases/unsorted/lend-umbrellas.md` is there already
    note: made 0 of 2 rows
    ");
    let kept = fs::read_to_string(afield.path("corpus/cases/unsorted/lend-umbrellas.md"));
    assert_eq!(kept.unwrap(), "mine");
}

#[test]
fn columns_are_keys_or_are_refused() {
    let afield = Afield::new();
    afield.write(
        "ideas.csv",
        "Headline,Organisatoin,Notes,title\nA,B,Secret,D\n",
    );
    assert_snapshot!(afield.run(&["import", "ideas.csv"]), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown column `Headline`
    error: unknown column `Organisatoin`; did you mean `organisation`?
    error: unknown column `Notes`
    hint: name a key with `--map COLUMN=KEY`, or leave a column out with `--map COLUMN=-`
    ");
    let map = [
        "--map",
        "headline=caveat",
        "--map",
        "Organisatoin=organisation",
        "--map",
        "Notes=-",
    ];
    let run = afield.run(&[&["import", "ideas.csv"][..], &map].concat());
    assert_eq!(run.code, 0, "{run}");
    let file = fs::read_to_string(afield.path("corpus/cases/unsorted/b-d.md")).unwrap();
    assert!(
        file.contains("\ntitle: D\norganisation: B\n") && file.contains("\ncaveat: A\n"),
        "{file}"
    );
    assert!(!file.contains("Secret"), "{file}");
    let twice = [
        "import",
        "ideas.csv",
        "--map",
        "Headline=title",
        "--map",
        "Note=-",
    ];
    assert_snapshot!(afield.run(&twice), @"
    exit 2
    --- stdout
    --- stderr
    error: no column `Note`; did you mean `Notes`?
    error: unknown column `Organisatoin`; did you mean `organisation`?
    error: unknown column `Notes`
    error: columns `Headline` and `title` go to the same key
    hint: name a key with `--map COLUMN=KEY`, or leave a column out with `--map COLUMN=-`
    ");
    assert_eq!(
        afield.run(&["import", "ideas.csv", "--map", "Notes"]).code,
        2
    );
}

#[test]
fn json_lines_have_real_lists() {
    let afield = Afield::new();
    let lines = r#"{"title": "Lend umbrellas", "organization": "Fernbank", "sector": "banks", "years": 2014, "asks": ["rain; and wind", "we: no"], "sources": [{"title": "Rain \"again\"", "publisher": "The Fern Post", "url": "https://post.example/rain", "date": "2015"}], "metrics": [{"name": "umbrellas", "value": 12.5, "source": 1}], "idea": "Lend them."}
{"title": "Two", "sources": [{"titel": "Page"}]}
{"title": "Three", "asks": [["nested"]]}
not json
{"title": "Four", "sources": ["https://post.example/four", "A letter"], "caveat": null}
"#;
    afield.write("ideas.jsonl", lines);
    assert_snapshot!(afield.run(&["import", "ideas.jsonl"]), @"
    exit 1
    --- stdout
    row 1: cases/counting-houses/fernbank-lend-umbrellas.md: missing signals, pattern, mechanism, outcome, evidence, challenge, result; see list-length, short-section
    row 5: cases/unsorted/four.md: missing organisation, sector, years, signals, pattern, asks, mechanism, outcome, evidence, challenge, idea, result; see source-field
    --- stderr
    error: row 2: unknown column `source_1_titel`; did you mean `source_1_title`?
    error: row 3: `asks` has to be a text, a list of texts, or a list of objects with texts
    error: row 4: not a JSON object: expected ident at line 1 column 2
    note: made 2 of 5 rows
    hint: `afield check` says what each case needs, and where
    ");
    let path = "corpus/cases/counting-houses/fernbank-lend-umbrellas.md";
    assert_snapshot!(fs::read_to_string(afield.path(path)).unwrap(), @r#"
    ---
    title: Lend umbrellas
    organisation: Fernbank
    sector: counting-houses
    years: 2014
    # ids of `signals.toml`, such as `[churn]`; `afield signals` lists them
    signals:
    # two to six phrases for the problem, without a word of the sector
    pattern:
    asks: [rain; and wind, "we: no"]
    # ids of `mechanisms.toml`, such as `[charge-by-use]`
    mechanism:
    # `worked`, `mixed`, `failed` or `unknown`
    outcome:
    # `A`, `B`, `C` or `D`
    evidence:
    metrics:
      - { name: umbrellas, value: 12.5, source: 1 }
    sources:
      - { title: "Rain \"again\"", publisher: The Fern Post, url: "https://post.example/rain", date: 2015 }
    # further keys, where they are known:
    #   subsector, region, functions, roles, journey, channels, needs, works_when
    #   breaks_when, borrowed_from, borrowed_basis, adopted_in, could_inspire, inspired_by, caveat
    ---
    ## Challenge

    <!-- What pressed the organisation, so that somebody from another sector understands it. -->

    ## Idea

    Lend them.

    ## Outcome

    <!-- What came of it, with figures and until when; each figure is one of `metrics`, too. -->
    "#);
    let four = fs::read_to_string(afield.path("corpus/cases/unsorted/four.md")).unwrap();
    let sources = "sources:\n  - { url: \"https://post.example/four\" }\n  - { title: A letter }\n";
    assert!(four.contains(sources), "{four}");
}

#[test]
fn what_is_no_table_is_refused() {
    let afield = Afield::new();
    afield.write("ideas.xlsx", "PK");
    afield.write("latin.csv", b"title\ncaf\xe9\n");
    afield.write("empty.csv", "");
    assert_snapshot!(afield.run(&["import", "ideas.xlsx"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `ideas.xlsx` is neither `.csv` nor `.jsonl`
    hint: save the spreadsheet as CSV, or write a JSON object a line
    ");
    assert_snapshot!(afield.run(&["import", "latin.csv"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `latin.csv` is not UTF-8
    hint: save it as `CSV UTF-8`; other encodings lose letters
    ");
    assert_snapshot!(afield.run(&["import", "empty.csv"]), @"
    exit 2
    --- stdout
    --- stderr
    error: `empty.csv`: the first row has to name the columns
    ");
    assert_eq!(afield.run(&["import", "none.csv"]).code, 2);
    let shipped = Afield::empty();
    shipped.write("ideas.csv", "title\nOne\n");
    assert_eq!(shipped.run(&["import", "ideas.csv"]).code, 2);
}

//! `afield new`.

use crate::support::Afield;
use insta::assert_snapshot;
use std::fs;

const FILE: &str = "corpus/cases/inns/marlow-inns-lend-the-kitchen-at-noon.md";

fn new(afield: &Afield, sector: &str) -> crate::support::Run {
    afield.run(&[
        "new",
        "--sector",
        sector,
        "--organisation",
        "Marlow Inns",
        "--title",
        "Lend the kitchen: at noon",
    ])
}

#[test]
fn a_stub_asks_for_all_that_is_missing() {
    let afield = Afield::new();
    assert_snapshot!(new(&afield, "Hotels"), @"
    exit 0
    --- stdout
    corpus/cases/inns/marlow-inns-lend-the-kitchen-at-noon.md
    --- stderr
    hint: fill it in, then run `afield check corpus/cases/inns/marlow-inns-lend-the-kitchen-at-noon.md`
    ");
    assert_snapshot!(fs::read_to_string(afield.path(FILE)).unwrap(), @r#"
    ---
    title: "Lend the kitchen: at noon"
    organisation: Marlow Inns
    sector: inns
    # when it acted, such as `2012-2017`
    years:
    # ids of `signals.toml`, such as `[churn]`; `afield signals` lists them
    signals:
    # two to six phrases for the problem, without a word of the sector
    pattern:
    # three to eight sentences in which other sectors would type the problem
    asks:
    # ids of `mechanisms.toml`, such as `[charge-by-use]`
    mechanism:
    # `worked`, `mixed`, `failed` or `unknown`
    outcome:
    # `A`, `B`, `C` or `D`
    evidence:
    # a list of pages that were read, each `- { title: …, publisher: …, url: …, date: … }`
    sources:
    # further keys, where they are known:
    #   subsector, region, functions, roles, journey, channels, metrics, needs
    #   works_when, breaks_when, borrowed_from, borrowed_basis, adopted_in, could_inspire, inspired_by, caveat
    ---
    ## Challenge

    <!-- What pressed the organisation, so that somebody from another sector understands it. -->

    ## Idea

    <!-- What it did: the part that can travel. -->

    ## Outcome

    <!-- What came of it, with figures and until when; each figure is one of `metrics`, too. -->
    "#);
}

#[test]
fn a_stub_is_checked_for_exactly_what_is_left_to_do() {
    let afield = Afield::new();
    assert_eq!(new(&afield, "inns").code, 0);
    let run = afield.run(&["check", FILE, "--json"]);
    let findings = run.json()["diagnostics"].clone();
    let messages = findings.as_array().unwrap().iter();
    let messages: Vec<&str> = messages
        .map(|found| found["message"].as_str().unwrap())
        .collect();
    assert_snapshot!(messages.join("\n"), @"
    `years` is empty
    `signals` is empty
    `pattern` is empty
    `asks` is empty
    `mechanism` is empty
    `outcome` is empty
    `evidence` is empty
    `sources` is empty
    the section `Challenge` is empty
    the section `Idea` is empty
    the section `Outcome` is empty
    ");
    // Guidance is no text: the stub is found by its own words alone.
    let found = |brief: &str| {
        let run = afield.run(&["search", brief, "--json", "--plain"]);
        run.json()["hits"].to_string().contains("marlow-inns-lend")
    };
    assert!(found("lend the kitchen at noon"));
    assert!(!found("somebody understands what can travel"));
}

#[test]
fn nothing_is_overwritten() {
    let afield = Afield::new();
    assert_eq!(new(&afield, "inns").code, 0);
    afield.write(FILE, "mine");
    assert_snapshot!(new(&afield, "inns"), @"
    exit 2
    --- stdout
    --- stderr
    error: `cases/inns/marlow-inns-lend-the-kitchen-at-noon.md` is there already
    hint: nothing was written; choose another title
    ");
    assert_eq!(fs::read_to_string(afield.path(FILE)).unwrap(), "mine");
    let elsewhere = new(&afield, "airships");
    assert_eq!(elsewhere.code, 2, "{elsewhere}");
    assert!(
        !afield
            .path("corpus/cases/airships/marlow-inns-lend-the-kitchen-at-noon.md")
            .exists()
    );
}

#[test]
fn without_a_terminal_everything_has_to_be_named() {
    let afield = Afield::new();
    assert_snapshot!(afield.run(&["new", "--sector", "inns", "--title", " "]), @"
    exit 2
    --- stdout
    --- stderr
    error: `--organisation` is missing
    error: `--title` is missing
    hint: name what is missing, or run this on a terminal to be asked
    ");
    assert_snapshot!(new(&afield, "inn"), @"
    exit 2
    --- stdout
    --- stderr
    error: unknown sector `inn`; did you mean `inns`?
    ");
    assert_snapshot!(new(&afield, "commerce"), @"
    exit 2
    --- stdout
    --- stderr
    error: `trade` is a group of sectors
    hint: choose one: `bazaars`, `counting-houses`
    ");
}

#[test]
fn the_corpus_compiled_in_is_left_alone() {
    let afield = Afield::empty();
    assert_snapshot!(new(&afield, "banking"), @"
    exit 2
    --- stdout
    --- stderr
    error: no case is added to the corpus compiled in
    hint: make a corpus with `afield init DIR`, or name yours with `--corpus DIR`
    ");
}

#[test]
fn a_folder_of_notes_stays_one() {
    let afield = Afield::empty();
    afield.write("my notes/one.md", "# One\n\nText.\n");
    let run = afield.run(&[
        "new",
        "--corpus",
        "my notes",
        "--sector",
        "Any Thing",
        "--organisation",
        "Fernbank",
        "--title",
        "Two",
    ]);
    assert_snapshot!(run, @"
    exit 0
    --- stdout
    my notes/any-thing/fernbank-two.md
    --- stderr
    hint: fill it in, then run `afield check --corpus 'my notes' 'my notes/any-thing/fernbank-two.md'`
    ");
    assert!(!afield.path("my notes/cases").exists());
    let check = afield.run(&[
        "check",
        "--corpus",
        "my notes",
        "my notes/any-thing/fernbank-two.md",
        "--json",
    ]);
    assert_eq!(check.json()["summary"]["files"], 1, "{check}");
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_asks() {
    let afield = Afield::new();
    let (run, screen) = on_terminal(
        afield.command(&["new", "--organisation", "Marlow Inns"]),
        "inn\n\nHotels\nLend the kitchen: at noon\n",
    );
    assert_eq!(run, format!("{FILE}\n"), "{screen}");
    let asked = [
        "sector: ",
        "unknown sector `inn`; did you mean `inns`?",
        "title (the idea in a line): ",
        "fill it in, then run",
    ];
    for text in asked {
        assert!(screen.contains(text), "{text} is not in:\n{screen}");
    }
    assert!(!screen.contains("organisation"), "{screen}");
    assert!(afield.path(FILE).exists());
    // The end of input, as a person types it.
    let (run, screen) = on_terminal(afield.command(&["new"]), "\u{4}");
    assert_eq!(run, "");
    assert!(screen.contains("`--sector` is missing"), "{screen}");
}

/// Runs a command with a terminal for its input and its messages, on which some keys are typed ahead; gives what was
/// printed, and what is on the screen in the end.
#[cfg(unix)]
fn on_terminal(mut command: std::process::Command, keys: &str) -> (String, String) {
    use rustix::fs::{Mode, OFlags, open};
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    use std::io::{Read as _, Write as _};
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap();
    let flags = OFlags::RDWR | OFlags::NOCTTY;
    let theirs = open(name, flags, Mode::empty()).unwrap();
    command.stdin(theirs.try_clone().unwrap()).stderr(theirs);
    command.stdout(std::process::Stdio::piped());
    let child = command.spawn().unwrap();
    // Until it is dropped, the command keeps their end open, and our end would never be read out.
    drop(command);
    let mut ours = fs::File::from(ours);
    ours.write_all(keys.as_bytes()).unwrap();
    let printed = child.wait_with_output().unwrap().stdout;
    let mut screen = Vec::new();
    // Ends with an error where nobody has the other end any more.
    ours.read_to_end(&mut screen).ok();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(printed), text(screen))
}

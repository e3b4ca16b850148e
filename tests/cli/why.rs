//! `afield why`.

use crate::support::Afield;
use insta::assert_snapshot;

const BRIEF: &str = "our branches are losing footfall";

#[test]
fn where_a_case_stands() {
    let run = Afield::new().run(&[
        "why",
        "quillmart-tea-counter",
        BRIEF,
        "--for",
        "inns",
        "--as-of",
        "2016",
    ]);
    assert_snapshot!(run, @"
    exit 0
    --- stdout
    read as: footfall decline · words: branches, losing, footfall · ignored: our,
    are · for: inns

    Lend the quiet half of the hall to a tea house · quillmart-tea-counter
    place 2 of 3
    why: Same pressure (footfall decline) in bazaars, pressed 0.64 when it acted;
    much the same as “our branches are losing footfall and the rent stays”; speaks
    of “losing”, “branches”, “footfall” in its asks and its tags.
    score 0.487 = (problem 0.463 + text 0.009) × stress 1.003 × distance 0.995 ×
    evidence 1.035 × novelty 1.000
    meaning: asks 0.51 · challenge 0.24 · pattern 0.16 · idea 0.14
    first: score 0.517 = (problem 0.504 + text 0.007) × stress 1.000 ×
    distance 0.995 × evidence 1.017 × novelty 1.000
    --- stderr
    ");
}

#[test]
fn why_a_case_is_not_there() {
    let afield = Afield::new();
    let at_home = afield.run(&[
        "why",
        "fernbank-parlour",
        BRIEF,
        "--for",
        "banking",
        "--as-of",
        "2016",
    ]);
    assert_snapshot!(at_home, @"
    exit 0
    --- stdout
    read as: footfall decline · words: branches, losing, footfall · ignored: our,
    are · for: counting houses

    A parlour where the counter was · fernbank-parlour
    not among the 1 hit
      - it is of the home sector, and is named among what was already tried there:
        leave out `for`, or ask with `plain`
    why: Same pressure (footfall decline) in counting houses; close to “nobody
    visits our branches any more”; speaks of “losing”, “branches”, “footfall” in its
    challenge and its asks.
    score 0.510 = (problem 0.504 + text 0.007) × stress 1.000 × distance 0.981 ×
    evidence 1.017 × novelty 1.000
    meaning: asks 0.36 · challenge 0.69 · pattern 0.30 · idea 0.02
    first: score 0.485 = (problem 0.463 + text 0.009) × stress 1.003 ×
    distance 0.990 × evidence 1.035 × novelty 1.000
    --- stderr
    ");
    let check = |args: &[&str], code: &str| {
        let run = afield.run(&[&["why", "quillmart-tea-counter", "--json"], args].concat());
        let why = run.json();
        assert_eq!(
            (&why["place"], &why["obstacles"][0]["code"]),
            (&serde_json::Value::Null, &code.into()),
            "{run}"
        );
    };
    check(&[BRIEF, "--sector", "inns"], "filter");
    check(&[BRIEF, "--since", "2020"], "years");
    check(&["zyzzyva"], "below-floor");
    check(&["zyzzyva", "--semantic", "off"], "nothing-shared");
    check(&["footfall -rent"], "excluded-word");
}

#[test]
fn the_brief_may_be_several_words() {
    let afield = Afield::new();
    let bare = afield.run(&["why", "zebra-air-standby", "empty", "seats", "--json"]);
    assert_eq!(
        bare.stdout,
        afield
            .run(&["why", "zebra-air-standby", "empty seats", "--json"])
            .stdout
    );
    assert_eq!(bare.json()["place"], 1, "{bare}");
}

//! The rules about what a case says, each on a sound case that breaks it.

use crate::check::{findings, one};
use crate::support::{folder, write};
use afield_corpus::{Month, check};

#[test]
fn a_good_grade_rests_on_two_publishers() {
    let help = "add a source of another publisher, or write `evidence: C`";
    let found = format!("20:11 few-sources: grade `B` rests on one publisher | {help}");
    one("\"Fernland Radio\"", "\"The Fernland Post\"", &found);
    one(
        "\"Fernland Radio\"",
        "\"Fernland Post (copy at Clippings)\"",
        &found,
    );
    one(
        "\"Fernland Radio\"",
        "\"Fernland Post via Clippings\"",
        &found,
    );
}

#[test]
fn a_weak_grade_says_why() {
    let weak = "---\nevidence: D\n---\nText.\n";
    let told = "---\nevidence: D\ncaveat: Retold everywhere.\n---\nText.\n";
    let found = codes_of(&[("weak.md", weak), ("told.md", told)]);
    let caveats: Vec<&String> = found
        .iter()
        .filter(|found| found.contains("missing-caveat"))
        .collect();
    assert_eq!(caveats, ["weak.md:2 missing-caveat"]);
}

#[test]
fn patterns_are_free_of_their_sector() {
    let help = "say it in words that any sector would use";
    one(
        "late buyers wait for cuts",
        "plane stands idle",
        &format!("9:38 sector-word: the pattern names its sector: `planes` | {help}"),
    );
}

#[test]
fn asks_name_nobody_and_differ() {
    let help = "say the problem as a strategist elsewhere would, with `we` and `our`";
    one(
        "our rooms stay empty",
        "Zebra Air stays empty",
        &format!("11:5 ask-names: the ask names the organisation | {help}"),
    );
    let help = "put the problem in the words of another sector";
    one(
        "bread that nobody buys by six is thrown away",
        "our rooms stay empty on all weekdays",
        &format!("12:5 ask-repeats: ask 2 says what ask 1 says | {help}"),
    );
}

#[test]
fn asks_speak_to_other_sectors() {
    let own = "  - planes leave empty\n  - our planes stand still on weekdays\n";
    let asks =
        "  - our rooms stay empty on weekdays\n  - bread that nobody buys by six is thrown away\n";
    assert_eq!(findings(asks, own), [""; 0]);
    let case = findings(
        "\"people wait for the last-minute price: how do we stop it\"",
        "planes fly half full",
    );
    assert_eq!(case, [""; 0], "others are still there");
}

#[test]
fn lists_are_neither_short_nor_long() {
    one(
        "capacity spoils overnight, late buyers wait for cuts",
        "capacity spoils overnight",
        "9:1 list-length: `pattern` has 1 of 2 to 6 | add what is missing",
    );
    one(
        "[auction-the-rest]",
        "[auction-the-rest, auction-the-rest]",
        "14:31 repeated-word: `auction-the-rest` stands twice in `mechanism` | leave one of them out",
    );
}

#[test]
fn borrowing_names_a_sector_and_a_ground() {
    let help =
        "write `stated-in-source` or `comparison-by-commentator`, or move it to `could_inspire`";
    one(
        "borrowed_basis: stated-in-source\n",
        "",
        &format!("26:1 borrowed-basis: `borrowed_from` without `borrowed_basis` | {help}"),
    );
    one(
        "borrowed_from: [fish (markets)]\n",
        "",
        "26:1 borrowed-basis: `borrowed_basis` without `borrowed_from` | say where the idea came from, or leave the ground out",
    );
    one(
        "stated-in-source",
        "our-reading",
        &format!("27:17 borrowed-basis: unknown ground `our-reading` | {help}"),
    );
    one(
        "[hotels]",
        "[inns]",
        "29:17 borrowed-sector: `inns` does not open with the id of a sector | \
         write `<sector> (inns)`, with an id of `sectors.toml`",
    );
}

#[test]
fn addresses_are_whole_clean_and_different() {
    let seats = "https://example.org/seats";
    one(
        seats,
        "example.org/seats",
        "33:73 url-form: `example.org/seats` is not an address | write it whole, from `https://` on",
    );
    one(
        seats,
        "https://example.org/seats?page=2&utm_source=mail",
        "33:73 tracking-parameter: the address has the tracking parameter `utm_source` | leave the parameter out",
    );
    one(
        seats,
        "https://example.org/winter",
        "34:72 repeated-source: source 2 is source 1 again | leave one out, and mend `source` in metrics",
    );
    one(
        ", url: \"https://example.org/seats\"",
        "",
        "33:5 source-field: source 1 has no `url` | say who published it under which title, and where",
    );
}

#[test]
fn the_title_is_the_idea_in_a_line() {
    one(
        "Auction the seats nobody booked",
        "How Zebra Air auctions seats",
        "2:8 title-form: the title names the organisation | say what was done; `organisation` says who did it",
    );
    one(
        "nobody booked",
        "nobody booked.",
        "2:8 title-form: the title ends in a full stop | leave it out",
    );
    let long = format!("nobody booked {}", "and more ".repeat(11));
    let found = findings("nobody booked", long.trim());
    assert!(found[0].contains("the title has"), "{found:?}");
}

#[test]
fn sections_are_told_in_order() {
    let help = "write it for somebody who has never heard of the organisation";
    one(
        "More seats were sold than before, for less money each.",
        "It worked.",
        &format!("44:1 short-section: the section `Outcome` has fewer than 8 words | {help}"),
    );
    one(
        "## Idea",
        "#### Idea",
        "40:1 heading-order: the heading `Idea` skips a level | go down one level at a time",
    );
    let again = "44:1 repeated-section: `Solution` is a second section of its kind | put both under one heading";
    assert!(findings("## Outcome", "## Solution").contains(&again.to_owned()));
}

#[test]
fn nothing_of_a_template_is_left() {
    let help = "write what is meant, or leave it out";
    one(
        "A third of the seats flew empty",
        "TBD: A third of the seats flew empty",
        &format!("36:1 template-text: `TBD` is text of a template | {help}"),
    );
    assert_eq!(findings("A third of", "A TBDs of"), [""; 0]);
}

#[test]
fn figures_of_the_outcome_have_metrics() {
    let help = "add a metric with its source for each, or say it without the number";
    let sold = "More seats were sold";
    one(
        sold,
        "More seats, 14.50 % of them and $3,000 worth, were sold",
        &format!("44:1 unmeasured-figure: no metric carries `14.5`, `3000` | {help}"),
    );
    assert_eq!(
        findings(sold, "By 2014 20.8% more seats in 12 towns were sold"),
        [""; 0]
    );
}

#[test]
fn nothing_lies_in_the_future() {
    one(
        "years: 2012-2017",
        "years: 2012-2027",
        "6:8 future-date: the year 2027 is still to come | give the years in which it acted; `2024-` for what goes on",
    );
    one(
        "date: 2013-11",
        "date: 2026-04-01",
        "33:108 future-date: the date `2026-04-01` is still to come | give the day on which the page was published",
    );
}

#[test]
fn a_case_lies_with_its_sector() {
    one(
        "sector: air",
        "sector: rail",
        "4:9 sector-folder: a case of `rail` in the folder of `air` | \
         move the file to `cases/rail/`, or write `sector: air`",
    );
}

fn codes_of(files: &[(&str, &str)]) -> Vec<String> {
    let root = folder(files);
    let report = check(root.path(), Month::new(2026, 3)).unwrap();
    let found = report.diagnostics.into_iter();
    found
        .map(|found| format!("{}:{} {}", found.path, found.line, found.code))
        .collect()
}

#[test]
fn ids_are_slugs() {
    let found = codes_of(&[("cases/Seat Auction!.md", "")]);
    assert!(
        found.contains(&"cases/Seat Auction!.md:1 id-form".to_owned()),
        "{found:?}"
    );
    assert!(
        codes_of(&[("Seat Auction!.md", "")])
            .iter()
            .all(|found| !found.contains("id-form"))
    );
}

#[test]
fn a_case_is_told_once() {
    let told = "# Seats\n\n## Idea\n\nWhatever is unsold a week before goes under the hammer in the harbour hall.\n";
    let retold = told.replace("harbour", "market");
    let other =
        "# Seats\n\n## Idea\n\nMembers come at an hour's notice and pay little for what is left.\n";
    let found = codes_of(&[("a.md", told), ("b.md", &retold), ("c.md", other)]);
    let twins: Vec<&String> = found
        .iter()
        .filter(|found| found.contains("near-duplicate"))
        .collect();
    assert_eq!(twins, ["b.md:1 near-duplicate"]);
}

#[test]
fn words_that_nobody_uses_are_named() {
    let words = "[[mechanism]]\nid = 'wait'\nlabel = 'Wait'\n\n[[mechanism]]\nid = 'auction'\nlabel = 'Auction'\n";
    let root = folder(&[("mechanisms.toml", words)]);
    let count = || {
        let report = check(root.path(), Month::new(2026, 3)).unwrap();
        let found = report.diagnostics.into_iter();
        let unused = found.filter(|found| found.code == "unused-word");
        unused
            .map(|found| format!("{}:{} {}", found.path, found.line, found.message))
            .collect::<Vec<_>>()
    };
    for number in 0..20 {
        assert_eq!(count(), [""; 0], "a corpus that only starts is left alone");
        let text = "---\nmechanism: [wait]\n---\nText.\n";
        write(root.path(), &format!("cases/{number}.md"), text.as_bytes());
    }
    assert_eq!(count(), ["mechanisms.toml:6 no case uses `auction`"]);
}

#[test]
fn asks_do_not_name_the_solution() {
    let help = "say what hurts, not what would help";
    one(
        "our rooms stay empty on weekdays",
        "we should sell the rooms that stay empty",
        &format!("11:5 ask-solution: the ask names the solution: `we should` | {help}"),
    );
    one(
        "our rooms stay empty on weekdays",
        "our rooms stay empty, and nobody will auction the rest for us",
        &format!("11:5 ask-solution: the ask names the solution: `Auction the rest` | {help}"),
    );
}

#[test]
fn dates_and_figures_are_what_they_seem() {
    one(
        "date: 2013-11",
        "date: 03/04/16",
        "33:108 odd-date: `03/04/16` is no date | write `2016`, `2016-03` or `2016-03-17`",
    );
    let metric =
        "  - { name: seats sold, value: 20.80, unit: \"%\", period: \"winter 2013\", source: 1 }\n";
    one(
        metric,
        &metric.repeat(2),
        "23:5 repeated-figure: metric 2 is metric 1 again | leave one of them out",
    );
}

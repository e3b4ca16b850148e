//! What is mended, byte for byte, and what is left alone.

use crate::support::folder;
use afield_corpus::{Vocabulary, fix, load_catalogue, walk};

/// Vocabularies with an alias that two entries share.
pub(crate) const VOCABULARIES: [(&str, &str); 3] = [
    (
        "sectors.toml",
        "[[group]]\nid = 'travel'\nlabel = 'Travel'\n\
         [[sector]]\nid = 'air'\nlabel = 'Airlines'\ngroup = 'travel'\naliases = ['Planes', 'crêperie']\n",
    ),
    (
        "signals.toml",
        "[[signal]]\nid = 'churn'\nlabel = 'Churn'\naliases = ['customers leave']\n\
         scale = { half = 1, half_points = 1, half_life_months = 1 }\n\
         [[signal]]\nid = 'price-war'\nlabel = 'Price war'\naliases = ['race to the bottom', 'customers leave']\n\
         scale = { half = 1, half_points = 1, half_life_months = 1 }\n",
    ),
    ("journey.toml", "[[stage]]\nid = 'buy'\nlabel = 'Buy'\n"),
];

/// The words of [`VOCABULARIES`].
pub(crate) fn vocabulary() -> Vocabulary {
    let root = folder(&VOCABULARIES);
    let (catalogue, found) = load_catalogue(root.path(), &walk(root.path()).unwrap());
    assert_eq!(found, []);
    catalogue.vocabulary
}

const BODY: &str = "## Idea  \n\nA line  \nbroken. \t\n";

/// Checks a header's mending, and that the rest of the file stays and a second mending finds nothing.
fn check(header: &str, expected: &str, mended: &[&str]) {
    let vocabulary = vocabulary();
    for (mark, line_break) in [("", "\n"), ("\u{feff}", "\r\n"), ("", "\r")] {
        let file = |header: &str| {
            let text = format!("---\n{header}---\n{BODY}");
            format!("{mark}{}", text.replace('\n', line_break))
        };
        let fixed = fix(&file(header), &vocabulary);
        assert_eq!(fixed.text, file(expected));
        let told: Vec<String> = fixed
            .mended
            .iter()
            .map(|mended| format!("{} {}", mended.line, mended.what))
            .collect();
        assert_eq!(told, mended, "{header}");
        let again = fix(&fixed.text, &vocabulary);
        assert_eq!(
            (again.text, again.mended),
            (fixed.text, Vec::new()),
            "{header}"
        );
    }
}

fn left_alone(header: &str) {
    check(header, header, &[]);
}

#[test]
fn single_words_become_lists() {
    check(
        "signals: churn # so far\njourney:\n  'buy'  # so\nchannels: web / app\n",
        "signals: [churn] # so far\njourney:\n  ['buy']  # so\nchannels: [web / app]\n",
        &[
            "2 made `signals` a list",
            "4 made `journey` a list",
            "5 made `channels` a list",
        ],
    );
    // Several words are told apart where the vocabulary knows each of them.
    check(
        "signals: churn, Price war # both\njourney: \"buy, Buy\"\n",
        "signals: [churn, price-war] # both\njourney: [buy, buy]\n",
        &[
            "2 made `signals` a list",
            "2 wrote `price-war` for `Price war` in `signals`",
            "3 made `journey` a list",
            "3 wrote `buy` for `Buy` in `journey`",
        ],
    );
    check("signals: churn, chrun\n", "signals: churn, chrun\n", &[]);
    left_alone("signals: |\n  churn\n");
    left_alone("signals: &a churn\n");
    left_alone("signals: ''\njourney:\nchannels: ~\n");
    left_alone("pattern: no reason to come\n");
}

#[test]
fn ids_are_written_as_the_vocabulary_has_them() {
    check(
        "sector: \"Planes\"\nsignals: [Churn, \"PRICE_WAR\", 'race to the bottom'] # Churn\njourney:\n  - Buy\n",
        "sector: \"air\"\nsignals: [churn, \"price-war\", 'price-war'] # Churn\njourney:\n  - buy\n",
        &[
            "2 wrote `air` for `Planes` in `sector`",
            "3 wrote `churn` for `Churn` in `signals`",
            "3 wrote `price-war` for `PRICE_WAR` in `signals`",
            "3 wrote `price-war` for `race to the bottom` in `signals`",
            "5 wrote `buy` for `Buy` in `journey`",
        ],
    );
    check(
        "sector: Crêperie # é\nsignals: Churn\n",
        "sector: air # é\nsignals: [churn]\n",
        &[
            "2 wrote `air` for `Crêperie` in `sector`",
            "3 made `signals` a list",
            "3 wrote `churn` for `Churn` in `signals`",
        ],
    );
    // Two signals, no signal, a group, a vocabulary that is not there, a key without one.
    left_alone(
        "sector: Travel\nsignals: [customers leave, chrun]\nmechanism: [Auction]\nborrowed_from: [Planes]\n",
    );
    // An anchor that is used elsewhere would change two values.
    left_alone("sector: &a Planes\nregion: *a\n");
}

#[test]
fn outcome_and_evidence_are_written_as_their_scales_have_them() {
    check(
        "outcome: \"Worked\"\nevidence: b # so far\n",
        "outcome: \"worked\"\nevidence: B # so far\n",
        &[
            "2 wrote `worked` for `Worked` in `outcome`",
            "3 wrote `B` for `b` in `evidence`",
        ],
    );
    left_alone("outcome: well\nevidence: E\n");
}

#[test]
fn colons_get_their_space() {
    check(
        "title:Sold out\nregion:\"@home\"\nsignals:[churn]\nasks:\n  - Where do they go?\n",
        "title: Sold out\nregion: \"@home\"\nsignals: [churn]\nasks:\n  - Where do they go?\n",
        &[
            "2 put a space behind the colon of `title`",
            "3 put a space behind the colon of `region`",
            "4 put a space behind the colon of `signals`",
        ],
    );
    // A key that is none, a value that cannot be read all the same, words that may be a comment.
    left_alone("titel:Sold out\nsignals:[churn\nregion:north # or so\n");
}

#[test]
fn addresses_lose_their_trackers() {
    check(
        "sources:\n  - { title: Seats, url: \"https://a.example/p?utm_source=m&page=2&fbclid=x#top\", date: 2013 }\n  \
         - https://b.example/?gclid=1\n  - { url: 'https://d.example/?utm_id=1'  } # d\n  - title: Rooms\n    url: https://c.example/r?mc_cid=1&mc_eid=2&igshid=3\n",
        "sources:\n  - { title: Seats, url: \"https://a.example/p?page=2#top\", date: 2013 }\n  \
         - https://b.example/\n  - { url: 'https://d.example/'  } # d\n  - title: Rooms\n    url: https://c.example/r\n",
        &[
            "3 left `utm_source`, `fbclid` out of the address of a source",
            "4 left `gclid` out of the address of a source",
            "5 left `utm_id` out of the address of a source",
            "7 left `mc_cid`, `mc_eid`, `igshid` out of the address of a source",
        ],
    );
    left_alone(
        "sources:\n  - { title: \"a?utm_source=b c\", url: \"https://a.example/utm_source?ref=gclid#?utm_a=1\" }\n",
    );
}

#[test]
fn texts_get_the_quotes_they_want() {
    check(
        "title: Sold out: a story\norganisation: Say \"no\": Fernbank's\nregion: @home \nneeds: # here\n  \
         - time: and: again # no\n",
        "title: \"Sold out: a story\"\norganisation: 'Say \"no\": Fernbank''s'\nregion: \"@home\" \nneeds: # here\n  \
         - time: and: again # no\n",
        &[
            "2 put text of `title` into quotes",
            "3 put text of `organisation` into quotes",
            "4 put text of `region` into quotes",
        ],
    );
    check(
        "title: Seats\nasks:\n  # first\n  - they say: no\n  - we wait: for: them\n  - \"a: b\" # c\n",
        "title: Seats\nasks:\n  # first\n  - \"they say: no\"\n  - \"we wait: for: them\"\n  - \"a: b\" # c\n",
        &[
            "5 put text of `asks` into quotes",
            "6 put text of `asks` into quotes",
        ],
    );
    check(
        "pattern: [a: b, c]\n",
        "pattern: [\"a: b\", c]\n",
        &["2 put text of `pattern` into quotes"],
    );
    for header in [
        "title: Sold out: a story # or not\n",
        "title: *Sold* out: a story\n",
        "title: Sold: out\n  today: or not\n",
        "title: [Sold\n",
        "title: {Sold: out}\n",
        "title: Seats\nasks:\n  - a: b: c\n    and on\n",
    ] {
        left_alone(header);
    }
}

#[test]
fn spaces_at_line_ends_go() {
    check(
        "title: Seats \t\n# note \n\nregion: UK  # so\n",
        "title: Seats\n# note\n\nregion: UK  # so\n",
        &[
            "2 took off spaces at the end of the line",
            "3 took off spaces at the end of the line",
        ],
    );
    // In a block of text they are part of it.
    check(
        "title: Seats \ncaveat: |\n  One  \n  two\n",
        "title: Seats\ncaveat: |\n  One  \n  two\n",
        &["2 took off spaces at the end of the line"],
    );
}

#[test]
fn keys_come_in_their_order() {
    check(
        "# loose\n\nsources: |+\n  A page\n\n# of a kind\n# of its own\ntags: [x]\n\nsector: air\n# who\norganisation: Zebra Air\n  of Fernland\n\
         title: >\n  Seats\n\n# the end\n\n",
        "# loose\n\ntitle: >\n  Seats\n# who\norganisation: Zebra Air\n  of Fernland\nsector: air\nsources: |+\n  A page\n\n\
         # of a kind\n# of its own\ntags: [x]\n\n\n# the end\n\n",
        &["11 put the keys into the order of the format"],
    );
    for header in [
        "region: &r UK\ntitle: Seats\n",
        "region: {<<: x}\ntitle: Seats\n",
        "  region: UK\n  title: Seats\n",
        "{region: UK, title: Seats}\n",
        "? region\n: UK\n? title\n: Seats\n",
        "region: UK\nregion: US\ntitle: Seats\n",
        "region: [UK\ntitle: Seats\n",
        "tags: x\ntitle: Seats\nmine: y\nregion: UK\n",
    ] {
        left_alone(header);
    }
}

#[test]
fn what_is_no_yaml_header_is_left_alone() {
    let vocabulary = vocabulary();
    for text in [
        "",
        "---",
        "---\n",
        "---\nsignals: Churn",
        "words \n",
        "+++\nsignals = 'Churn' \ntitle = 'Seats'\n+++\n",
        "---\n\nA rule \n\n---\n",
    ] {
        let fixed = fix(text, &vocabulary);
        if text.ends_with("Churn") {
            assert_eq!(fixed.text, "---\nsignals: [churn]");
        } else {
            assert_eq!((fixed.text.as_str(), fixed.mended.len()), (text, 0));
        }
    }
}

//! What the doors call, over a small corpus in a folder.

use afield_corpus::Month;
use afield_index::{Facet, Filters, Location, RefreshOptions, Snapshot, open, refresh};
use afield_rank::{Context, Obstacle, Request, Verdict, Weights, related, search, why};
use std::fs;
use tempfile::TempDir;

const SECTORS: &str = r#"
[[group]]
id = "travel"
label = "Travel"
[[sector]]
id = "inns"
label = "Inns"
group = "travel"
traits = ["seats"]
[[sector]]
id = "airships"
label = "Airships"
group = "travel"
traits = ["seats"]
[[group]]
id = "money"
label = "Money"
[[sector]]
id = "mutuals"
label = "Mutuals"
group = "money"
traits = ["trust"]
[[trait]]
id = "seats"
label = "Seats"
[[trait]]
id = "trust"
label = "Trust"
"#;

/// Cases as `(id, sector, years, ask, mechanism)`.
const CASES: [(&str, &str, &str, &str, &str); 6] = [
    (
        "fernbank",
        "mutuals",
        "2010-2014",
        "members leave because waiting in the queue takes hours",
        "give-a-slot",
    ),
    (
        "zebra-air",
        "airships",
        "2015",
        "passengers leave because the queue at the gate is endless",
        "sell-the-queue",
    ),
    (
        "red-inn",
        "inns",
        "2020",
        "guests hate waiting in the queue at the desk",
        "give-a-slot",
    ),
    (
        "blue-inn",
        "inns",
        "2019",
        "beds stay empty in winter",
        "second-use",
    ),
    (
        "tall-ship",
        "airships",
        "2001",
        "nobody trusts our timetable",
        "give-a-slot, be-early",
    ),
    (
        "old-mutual-hall",
        "mutuals",
        "1999",
        "the roof of the hall is falling in",
        "ask-for-help",
    ),
];

struct Corpus {
    _folders: (TempDir, TempDir),
    snapshot: Snapshot,
    context: Context,
}

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

fn corpus() -> Corpus {
    let (corpus, index) = (folder(), folder());
    fs::write(corpus.path().join("sectors.toml"), SECTORS).expect("a file");
    for (id, sector, years, ask, mechanism) in CASES {
        let folder = corpus.path().join("cases").join(sector);
        fs::create_dir_all(&folder).expect("a folder");
        let text = format!(
            "---\ntitle: Idea of {id}\norganisation: {id}\nsector: {sector}\nyears: {years}\nsignals: []\n\
             pattern: [{ask}]\nasks:\n  - {ask}\nmechanism: [{mechanism}]\noutcome: worked\nevidence: B\n---\n\
             ## Challenge\n\n{ask}.\n\n## Idea\n\nSomething new.\n\n## Outcome\n\nIt worked.\n"
        );
        fs::write(folder.join(format!("{id}.md")), text).expect("a file");
    }
    let location = Location::new(corpus.path(), index.path());
    refresh(&location, RefreshOptions::default(), &mut |_| ()).expect("an index");
    let snapshot = open(&location).expect("an index");
    let context = Context::new(snapshot.catalogue(), Weights::default());
    Corpus {
        _folders: (corpus, index),
        snapshot,
        context,
    }
}

fn at_home(home: &str) -> Request {
    let mut request = Request::new(Month::new(2024, 6));
    request.home = Some(home.to_owned());
    request
}

const BRIEF: &str = "they leave because of waiting in the queue";

#[test]
fn a_brief_is_answered_from_elsewhere() {
    let Corpus {
        snapshot, context, ..
    } = &corpus();
    let query = snapshot.read(BRIEF, Filters::default());
    let answer = search(snapshot, context, query, &at_home("inns")).unwrap();
    let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.case.id.as_str()).collect();
    assert_eq!(ids, ["fernbank", "zebra-air"]);
    assert_eq!(answer.already_at_home[0].id, "red-inn");
    assert!(answer.verdict >= Verdict::Partial, "{:?}", answer.verdict);
    assert_eq!((answer.total, answer.hits[1].rank), (2, 2));
    assert_eq!(answer.facets[&Facet::Sector]["mutuals"], 1);
    assert_eq!(answer.warnings, [""; 0]);
}

#[test]
fn what_the_corpus_does_not_know_is_not_answered() {
    let Corpus {
        snapshot, context, ..
    } = &corpus();
    let query = snapshot.read(
        "crispy sourdough recipe with butternut squash",
        Filters::default(),
    );
    let answer = search(snapshot, context, query, &at_home("inns")).unwrap();
    assert_eq!((answer.verdict, answer.hits.len()), (Verdict::None, 0));
}

/// Place and obstacles of a case for a brief, asked from the inns.
fn check(brief: &str, id: &str, place: Option<usize>, is_expected: impl Fn(&[Obstacle]) -> bool) {
    let Corpus {
        snapshot, context, ..
    } = &corpus();
    let query = snapshot.read(brief, Filters::default());
    let why = why(snapshot, context, id, &query, &at_home("inns"))
        .expect("an index")
        .expect("a case of the corpus");
    assert_eq!(why.place, place, "{brief}: {id}");
    assert!(
        is_expected(&why.obstacles),
        "{brief}: {id}: {:?}",
        why.obstacles
    );
    assert_eq!(
        why.explanation.recompute().to_bits(),
        why.explanation.score.to_bits()
    );
}

#[test]
fn why_a_case_is_where_it_is_or_is_not_there() {
    check(BRIEF, "zebra-air", Some(2), <[_]>::is_empty);
    check(BRIEF, "red-inn", None, |obstacles| {
        obstacles == [Obstacle::OwnSector { named: true }]
    });
    check(BRIEF, "old-mutual-hall", None, |obstacles| {
        obstacles == [Obstacle::NothingShared]
    });
    check(
        &format!("{BRIEF} -passengers"),
        "zebra-air",
        None,
        |obstacles| obstacles == [Obstacle::ExcludedWord],
    );
    check(
        "\"waiting in the queue\" leave",
        "zebra-air",
        None,
        |obstacles| obstacles == [Obstacle::MissingPhrase],
    );
    check(
        "\"waiting in the queue\" -passengers",
        "zebra-air",
        None,
        |obstacles| obstacles == [Obstacle::ExcludedWord, Obstacle::MissingPhrase],
    );
    check(
        &format!("{BRIEF} sector:mutuals year:2016..2020"),
        "zebra-air",
        None,
        |obstacles| {
            matches!(
                obstacles,
                [
                    Obstacle::Facet {
                        facet: Facet::Sector,
                        ..
                    },
                    Obstacle::Years { .. }
                ]
            )
        },
    );
}

#[test]
fn an_unknown_case_has_no_why_and_no_relatives() {
    let Corpus {
        snapshot, context, ..
    } = &corpus();
    let query = snapshot.read(BRIEF, Filters::default());
    assert_eq!(
        why(snapshot, context, "moon", &query, &at_home("inns")).unwrap(),
        None
    );
    assert_eq!(related(snapshot, context, "moon", 5).unwrap(), None);
}

#[test]
fn relatives_share_the_problem_or_the_mechanism_and_live_elsewhere() {
    let Corpus {
        snapshot, context, ..
    } = &corpus();
    let related = related(snapshot, context, "fernbank", 5)
        .unwrap()
        .expect("a case of the corpus");
    let ids: Vec<&str> = related
        .iter()
        .map(|related| related.case.id.as_str())
        .collect();
    // The same problem and mechanism, the same problem, the same mechanism; nothing else, and not the neighbour.
    assert_eq!(ids, ["red-inn", "zebra-air", "tall-ship"]);
    assert_eq!(related[0].shared_mechanisms, ["give-a-slot"]);
    assert!(related[1].matched_words.contains(&"queue".to_owned()));
    assert!(related[2].closeness > 0.0);
}

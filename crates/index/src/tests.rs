//! The crate as its users see it: folders in, candidates out.

use crate::schema::FORMAT;
use crate::{
    Candidate, Facet, Field, Filters, Freshness, IndexError, Location, Recall, RefreshOptions,
    Report, Snapshot, open, open_fresh, refresh,
};
use proptest::prelude::*;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

const SIGNALS: &str = r#"
[[signal]]
id = "footfall-decline"
label = "Footfall decline"
aliases = ["losing footfall", "fewer people walk through the door"]
patterns = ["falling visits"]
scale = { half = 15.0, half_points = 5.0, half_life_months = 24.0 }

[[signal]]
id = "churn"
label = "Churn"
aliases = ["customers leave"]
scale = { half = 15.0, half_points = 5.0, half_life_months = 24.0 }
"#;

/// A corpus and an index in a folder of their own.
pub(crate) struct Fixture {
    folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::create_dir_all(folder.path().join("corpus/cases")).expect("a writable folder");
        Self { folder }
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let fixture = Self::new();
        for (name, text) in files {
            fixture.write(name, text);
        }
        fixture
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("corpus").join(name)
    }

    pub(crate) fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    /// Writes a file as if an hour ago, so that its time is beyond doubt.
    pub(crate) fn write(&self, name: &str, text: &str) {
        self.write_at(name, text, SystemTime::now() - Duration::from_secs(3600));
    }

    fn write_at(&self, name: &str, text: &str, time: SystemTime) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(&path, text).expect("a writable file");
        File::options()
            .write(true)
            .open(&path)
            .and_then(|file| file.set_modified(time))
            .expect("a settable time");
    }

    pub(crate) fn location(&self) -> Location {
        Location::new(self.folder.path().join("corpus"), self.index())
    }

    pub(crate) fn refresh(&self) -> Report {
        refresh(&self.location(), RefreshOptions::default(), &mut |_| ()).expect("an index")
    }

    /// Spoils each file of the store in turn; every time the index is built anew and answers as before.
    fn spoil(&self, harm: impl Fn(&Path) -> std::io::Result<()>) {
        let store = || {
            let mut folders = fs::read_dir(self.index()).expect("an index");
            let store = folders.find_map(|entry| {
                let path = entry.expect("an entry").path();
                path.is_dir().then_some(path)
            });
            store.expect("a store")
        };
        let files = || {
            let entries = fs::read_dir(store()).expect("a store");
            let mut files: Vec<PathBuf> = entries
                .map(|entry| entry.expect("an entry").path())
                .collect();
            files.retain(|file| {
                let name = file.file_name().unwrap_or_default();
                !name.as_encoded_bytes().starts_with(b".")
            });
            files.sort_by_key(|file| (file.extension().map(ToOwned::to_owned), file.clone()));
            files
        };
        for number in 0..files().len() {
            let file = &files()[number];
            harm(file).expect("a file to spoil");
            let (snapshot, freshness) =
                open_fresh(&self.location(), &mut |_| ()).expect("an index");
            let written = freshness.report.map(|report| report.written);
            assert_eq!(written, Some(3), "{}", file.display());
            assert_eq!(ids(&recall(&snapshot, "travellers")), ["airline"]);
        }
    }

    pub(crate) fn open(&self) -> Snapshot {
        open(&self.location()).expect("an index")
    }

    fn recall(&self, brief: &str) -> Recall {
        self.refresh();
        recall(&self.open(), brief)
    }

    #[track_caller]
    fn check(&self, brief: &str, expected: &[&str]) {
        let recall = self.recall(brief);
        assert_eq!(ids(&recall), expected, "{brief:?}");
    }
}

pub(crate) fn recall(snapshot: &Snapshot, brief: &str) -> Recall {
    snapshot
        .recall(&snapshot.read(brief, Filters::default()), 100)
        .expect("candidates")
}

pub(crate) fn ids(recall: &Recall) -> Vec<&str> {
    recall
        .candidates
        .iter()
        .map(|candidate| candidate.id.as_str())
        .collect()
}

pub(crate) fn case(
    sector: &str,
    signals: &str,
    years: &str,
    challenge: &str,
    idea: &str,
) -> String {
    format!(
        "---\ntitle: A case\norganisation: Fernbank\nsector: {sector}\nsignals: [{signals}]\nyears: {years}\n\
         mechanism: [share-the-counter]\noutcome: worked\nevidence: B\nregion: UK / France\n---\n\
         ## Challenge\n\n{challenge}\n\n## Idea\n\n{idea}\n"
    )
}

pub(crate) fn three_cases() -> Fixture {
    Fixture::with(&[
        ("signals.toml", SIGNALS),
        (
            "cases/library.md",
            &case(
                "museums",
                "footfall-decline",
                "2010-2015",
                "Visits to the branches fell.",
                "Open a café inside.",
            ),
        ),
        (
            "cases/airline.md",
            &case(
                "airlines",
                "churn",
                "2001",
                "Empty seats and angry travellers.",
                "Sell seats early.",
            ),
        ),
        (
            "cases/shop.md",
            &case(
                "shops",
                "footfall-decline",
                "2019-",
                "The street emptied.",
                "Post from the branch.",
            ),
        ),
    ])
}

#[test]
fn a_whole_sentence_finds_what_has_any_of_its_words() {
    let fixture = three_cases();
    fixture.check(
        "why are our branches so empty",
        &["airline", "library", "shop"],
    );
    fixture.check("travellers", &["airline"]);
    fixture.check("zzzz", &[]);
    fixture.check("", &[]);
    fixture.check("the of and", &[]);
}

#[test]
fn a_phrase_of_the_vocabulary_finds_the_cases_of_its_signal() {
    let fixture = three_cases();
    let recall = fixture.recall("we are losing footfall");
    assert_eq!(ids(&recall), ["library", "shop"]);
    let query = fixture
        .open()
        .read("footfall is what we keep losing", Filters::default());
    assert_eq!(query.signals[0].id, "footfall-decline");
    assert!(query.signals[0].strength < 1.0);
}

#[test]
fn syntax_narrows() {
    let fixture = three_cases();
    fixture.check("\"empty seats\" street", &["airline"]);
    fixture.check("\"seats empty\" street", &[]);
    fixture.check("branch -street", &["library"]);
    fixture.check("branch -\"post from the branch\"", &["library"]);
    fixture.check("empty sector:shops", &["shop"]);
    fixture.check("empty -sector:shops", &["airline"]);
    fixture.check(
        "region:france outcome:worked",
        &["airline", "library", "shop"],
    );
    fixture.check("year:2012..2016", &["library"]);
    fixture.check("year:2020..", &["shop"]);
    fixture.check("year:..2005", &["airline"]);
}

#[test]
fn odd_syntax_is_searched_as_words_with_a_note() {
    let fixture = three_cases();
    fixture.refresh();
    let query = fixture
        .open()
        .read("signl:churn year:soon \"seats", Filters::default());
    let stems: Vec<&str> = query.words.iter().map(|word| word.word.as_str()).collect();
    assert_eq!(stems, ["signl", "churn", "year", "soon", "seats"]);
    assert!(
        query.notes[0].contains("did you mean `signal`?"),
        "{:?}",
        query.notes
    );
    assert_eq!(query.notes.len(), 2);
}

#[test]
fn a_mistyped_word_is_corrected_and_a_known_one_is_not() {
    let fixture = three_cases();
    fixture.refresh();
    let snapshot = fixture.open();
    let query = snapshot.read("travelrs in the brnaches", Filters::default());
    let meant: Vec<(&str, &str)> = query
        .corrected
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    assert_eq!(meant, [("travelrs", "travellers"), ("brnaches", "branch")]);
    // A word of the vocabulary that no case has, and words too short or too far off.
    assert!(
        snapshot
            .read("churn cafs spreadsheet", Filters::default())
            .corrected
            .is_empty()
    );
}

#[test]
fn positions_tell_the_fields() {
    let fixture = three_cases();
    let recall = fixture.recall("branch street post");
    let shop = recall
        .candidates
        .iter()
        .find(|candidate| candidate.id == "shop")
        .expect("the shop");
    let count = |word: usize, field: Field| shop.frequencies[word][field as usize];
    assert_eq!((count(0, Field::Idea), count(0, Field::Challenge)), (1, 0));
    assert_eq!((count(1, Field::Challenge), count(2, Field::Idea)), (1, 1));
    assert_eq!(
        (
            shop.lengths[Field::Challenge as usize],
            shop.lengths[Field::Idea as usize]
        ),
        (3, 4)
    );
    assert_eq!(recall.statistics.terms[0].document_frequency, 2);
}

#[test]
fn highlights_count_characters() {
    let fixture = three_cases();
    fixture.refresh();
    let snapshot = fixture.open();
    let query = snapshot.read("seat traveller", Filters::default());
    assert_eq!(
        snapshot.highlights(&query, "«é» seats for the traveller"),
        [(4, 9), (18, 27)]
    );
}

#[test]
fn every_file_is_accounted_for_and_an_unchanged_one_stays_closed() {
    let fixture = three_cases();
    fixture.write("cases/notes.txt", "not markdown");
    fixture.write("README.md", "outside");
    fixture.write("cases/binary.md", "a\0b");
    let first = fixture.refresh();
    assert_eq!(
        (
            first.found,
            first.indexed,
            first.skipped.len(),
            first.failed.len()
        ),
        (5, 3, 1, 1)
    );
    assert_eq!((first.opened, first.written, first.changed), (4, 3, true));
    let second = fixture.refresh();
    assert_eq!(
        (
            second.opened,
            second.written,
            second.unchanged,
            second.changed
        ),
        (0, 0, 3, false)
    );
    assert_eq!(
        (
            second.found,
            second.indexed,
            second.skipped.len(),
            second.failed.len()
        ),
        (5, 3, 1, 1)
    );
}

#[test]
fn only_what_changed_is_opened_and_only_new_content_is_written() {
    let fixture = three_cases();
    fixture.refresh();
    fixture.write_at(
        "cases/shop.md",
        &case(
            "shops",
            "footfall-decline",
            "2019-",
            "The street emptied.",
            "Post from the branch.",
        ),
        SystemTime::now() - Duration::from_secs(60),
    );
    let touched = fixture.refresh();
    assert_eq!(
        (touched.opened, touched.written, touched.changed),
        (1, 0, false)
    );
    fixture.write(
        "cases/shop.md",
        &case(
            "shops",
            "churn",
            "2019-",
            "The arcade emptied.",
            "Post from the branch.",
        ),
    );
    let edited = fixture.refresh();
    assert_eq!(
        (edited.opened, edited.written, edited.changed),
        (1, 1, true)
    );
    fixture.check("arcade", &["shop"]);
    fixture.check("street", &[]);
    fs::remove_file(fixture.path("cases/shop.md")).expect("a file");
    assert_eq!(fixture.refresh().removed, 1);
    fixture.check("arcade", &[]);
}

#[test]
fn a_snapshot_stays_as_it_was_while_the_index_goes_on() {
    let fixture = three_cases();
    fixture.refresh();
    let before = fixture.open();
    fixture.write(
        "cases/new.md",
        &case("shops", "churn", "2020", "An arcade.", "A lift."),
    );
    fixture.refresh();
    assert_eq!(ids(&recall(&before, "arcade")), [""; 0]);
    let after = fixture.open();
    assert_eq!(ids(&recall(&after, "arcade")), ["new"]);
    assert_ne!(before.info().generation, after.info().generation);
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_left_alone() {
    let fixture = three_cases();
    fs::create_dir_all(fixture.index()).expect("a folder");
    fs::write(fixture.index().join("thesis.txt"), "years of work").expect("a file");
    let refused = refresh(
        &fixture.location(),
        RefreshOptions {
            rebuild: true,
            ..RefreshOptions::default()
        },
        &mut |_| (),
    );
    assert!(
        matches!(refused, Err(IndexError::Foreign { .. })),
        "{refused:?}"
    );
    assert_eq!(
        fs::read_to_string(fixture.index().join("thesis.txt")).expect("the file"),
        "years of work"
    );
    assert_eq!(
        fs::read_dir(fixture.index()).expect("the folder").count(),
        1
    );
}

#[test]
fn a_damaged_or_older_index_is_built_anew() {
    let fixture = three_cases();
    fixture.refresh();
    let meta = fixture.index().join("store-1/meta.json");
    fs::write(&meta, "{").expect("a file");
    let (snapshot, freshness) = open_fresh(&fixture.location(), &mut |_| ()).expect("an index");
    assert_eq!(ids(&recall(&snapshot, "travellers")), ["airline"]);
    assert_eq!(freshness.report.expect("a report").written, 3);
    fixture.spoil(|path| fs::remove_file(path));
    fixture.spoil(|path| fs::write(path, vec![0; fs::metadata(path)?.len() as usize]));
    fixture.spoil(|path| {
        let mut bytes = fs::read(path)?;
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x55;
        fs::write(path, bytes)
    });
    let marker = fixture.index().join("afield.json");
    let older = fs::read_to_string(&marker)
        .expect("the marker")
        .replace(&format!("\"format\": {FORMAT}"), "\"format\": 1");
    fs::write(&marker, older).expect("a file");
    assert!(matches!(
        open(&fixture.location()),
        Err(IndexError::Missing { .. })
    ));
    assert_eq!(fixture.refresh().written, 3);
}

#[test]
fn what_a_killed_writer_left_behind_is_swept_and_harms_nobody() {
    let fixture = three_cases();
    fixture.refresh();
    fs::create_dir_all(fixture.index().join("store-9")).expect("a folder");
    fs::write(fixture.index().join("store-9/half.idx"), "half").expect("a file");
    fs::create_dir_all(fixture.index().join("store-of-mine")).expect("a folder");
    assert_eq!(ids(&recall(&fixture.open(), "travellers")), ["airline"]);
    assert!(!fixture.refresh().changed);
    assert!(!fixture.index().join("store-9").exists());
    assert!(fixture.index().join("store-of-mine").exists());
    fixture.check("travellers", &["airline"]);
}

#[test]
fn one_writer_at_a_time_and_searches_go_on() {
    let fixture = three_cases();
    fixture.refresh();
    let lock = File::open(fixture.index().join("lock")).expect("the lock");
    lock.lock().expect("the lock");
    let busy = refresh(
        &fixture.location(),
        RefreshOptions {
            no_wait: true,
            ..RefreshOptions::default()
        },
        &mut |_| (),
    );
    assert!(matches!(busy, Err(IndexError::Busy { .. })), "{busy:?}");
    fixture.write("cases/new.md", "An arcade.");
    let (snapshot, freshness) =
        open_fresh(&fixture.location(), &mut |_| ()).expect("the old index");
    assert_eq!(ids(&recall(&snapshot, "arcade")), [""; 0]);
    assert_eq!(freshness.warnings.len(), 1);
}

#[test]
fn an_index_that_can_only_be_read_answers() {
    let fixture = three_cases();
    fixture.refresh();
    // What cannot be opened to be written, even by a user who may do everything.
    for lock in ["lock", "store-1/.tantivy-meta.lock"] {
        let lock = fixture.index().join(lock);
        fs::remove_file(&lock).ok();
        fs::create_dir(&lock).expect("a folder in the place of the lock");
    }
    let (snapshot, freshness) = open_fresh(&fixture.location(), &mut |_| ()).expect("the index");
    assert_eq!(ids(&recall(&snapshot, "travellers")), ["airline"]);
    assert_eq!(freshness, Freshness::default());
    let report = fixture.refresh();
    assert_eq!((report.unchanged, report.changed), (3, false));

    fixture.write("cases/new.md", "An arcade.");
    let (snapshot, freshness) = open_fresh(&fixture.location(), &mut |_| ()).expect("the index");
    assert_eq!(ids(&recall(&snapshot, "travellers")), ["airline"]);
    assert_eq!(freshness.warnings.len(), 1, "{freshness:?}");
    let refused = refresh(&fixture.location(), RefreshOptions::default(), &mut |_| ());
    assert!(matches!(refused, Err(IndexError::Io { .. })), "{refused:?}");
}

#[test]
fn a_filter_finds_as_many_as_its_facet_counts() {
    let fixture = three_cases();
    fixture.refresh();
    let snapshot = fixture.open();
    for (&facet, values) in snapshot.counts() {
        for (value, &count) in values {
            let mut filters = Filters::default();
            filters.any.entry(facet).or_default().insert(value.clone());
            let found = snapshot
                .recall(&snapshot.read("", filters), 100)
                .expect("candidates")
                .candidates
                .len();
            assert_eq!(found as u64, count, "{facet:?} {value}");
        }
    }
    assert_eq!(snapshot.counts()[&Facet::Region]["france"], 3);
}

/// What a user does to a folder.
#[derive(Debug, Clone)]
enum Edit {
    Write(u8, Vec<u8>),
    Remove(u8),
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let edit = prop_oneof![
        3 => (0_u8..6, prop::collection::vec(0_u8..12, 0..20)).prop_map(|(file, words)| Edit::Write(file, words)),
        1 => (0_u8..6).prop_map(Edit::Remove),
    ];
    prop::collection::vec(prop::collection::vec(edit, 1..4), 1..5)
}

const WORDS: [&str; 12] = [
    "branch", "branches", "footfall", "losing", "the", "seats", "queue", "price", "Price", "café",
    "loyal", "leave",
];

fn plain(candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates
        .into_iter()
        .map(|candidate| Candidate {
            address: 0,
            ..candidate
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever is done to a folder in whatever steps, the index that followed it answers as one built at the end.
    #[test]
    fn an_index_in_steps_equals_one_at_once(steps in edits()) {
        let fixture = Fixture::with(&[("signals.toml", SIGNALS), ("cases/x.md", "always there")]);
        let mut clock = SystemTime::now() - Duration::from_secs(10_000);
        for step in steps {
            for edit in step {
                clock += Duration::from_secs(1);
                match edit {
                    Edit::Write(file, words) => {
                        let words: Vec<&str> = words.iter().map(|&word| WORDS[usize::from(word)]).collect();
                        let (challenge, idea) = words.split_at(words.len() / 2);
                        let text = case("shops", "churn", "2020", &challenge.join(" "), &idea.join(" "));
                        fixture.write_at(&format!("cases/case-{file}.md"), &text, clock);
                    }
                    Edit::Remove(file) => { fs::remove_file(fixture.path(&format!("cases/case-{file}.md"))).ok(); }
                }
            }
            fixture.refresh();
        }
        let stepped = fixture.open();
        let whole = Location::new(fixture.folder.path().join("corpus"), fixture.folder.path().join("whole"));
        refresh(&whole, RefreshOptions::default(), &mut |_| ()).expect("an index");
        let whole = open(&whole).expect("an index");
        prop_assert_eq!(stepped.info(), whole.info());
        prop_assert_eq!(stepped.counts(), whole.counts());
        for brief in ["branch price", "losing footfall queue", "\"seats queue\"", "sector:shops -price"] {
            let (a, b) = (recall(&stepped, brief), recall(&whole, brief));
            prop_assert_eq!(plain(a.candidates), plain(b.candidates));
            prop_assert_eq!(a.statistics, b.statistics);
        }
    }

    /// No brief can make reading or recall fail.
    #[test]
    fn any_brief_is_read(brief in "\\PC*") {
        let fixture = three_cases();
        fixture.refresh();
        let snapshot = fixture.open();
        let query = snapshot.read(&brief, Filters::default());
        prop_assert!(snapshot.recall(&query, 10).is_ok());
    }
}

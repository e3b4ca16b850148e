//! A brief, read with the words of a small corpus and asked of its index.

use afield_index::{Filters, Location, Query, RefreshOptions, Snapshot, open, refresh};
use std::collections::BTreeSet;
use std::fs;
use tempfile::TempDir;

/// As many words of a brief are searched.
const MOST_WORDS: usize = 64;

/// An index of a small corpus, in a folder that goes with it.
pub struct Index {
    snapshot: Snapshot,
    _folder: TempDir,
}

impl Index {
    /// Makes the index of a corpus of these files, which are named relative to it.
    ///
    /// # Panics
    /// When the folder cannot be written.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("corpus");
        for (path, text) in files {
            let file = root.join(path);
            let above = file.parent().expect("a folder");
            fs::create_dir_all(above).expect("a writable folder");
            fs::write(file, text).expect("a writable folder");
        }
        let location = Location::new(root, folder.path().join("index"));
        refresh(&location, RefreshOptions::default(), &mut |_| ()).expect("an index");
        Self {
            snapshot: open(&location).expect("an index"),
            _folder: folder,
        }
    }

    /// Reads a brief, recalls cases for it, and looks for names that begin like it.
    pub fn query(&self, data: &[u8]) {
        let text = String::from_utf8_lossy(data);
        let query = self.snapshot.read(&text, Filters::default());
        let again = self.snapshot.read(&text, Filters::default());
        assert_eq!(query, again, "reading again gives the same");
        assert_eq!(query.text, text);
        self.parts(&query);
        self.recalled(&query);
        self.marked(&query, &text);
        self.suggested(&text);
    }

    /// Nothing in a query is empty, twice, or of another vocabulary.
    fn parts(&self, query: &Query) {
        let stems: BTreeSet<&str> = query.words.iter().map(|word| word.stem.as_str()).collect();
        assert!(stems.len() == query.words.len() && stems.len() <= MOST_WORDS);
        assert!(!stems.contains("") && query.words.iter().all(|word| !word.word.is_empty()));
        let says = |stems: &Vec<Option<String>>| stems.iter().any(Option::is_some);
        assert!(query.phrases.iter().all(|one| one.len() > 1 && says(one)));
        assert!(query.excluded.iter().all(says));
        assert!(query.notes.iter().all(|note| !note.trim().is_empty()));
        let vocabulary = &self.snapshot.catalogue().vocabulary;
        for signal in &query.signals {
            assert!(vocabulary.signal(&signal.id).is_some(), "{signal:?}");
            assert!((0.0..=1.0).contains(&signal.strength), "{signal:?}");
        }
        let mut values = query
            .filters
            .any
            .values()
            .chain(query.filters.none.values());
        assert!(values.all(|values| !values.is_empty()), "{query:?}");
    }

    /// Recall answers with cases of the index, each once, in the order of their ids.
    fn recalled(&self, query: &Query) {
        let recall = self.snapshot.recall(query, 4).expect("candidates");
        let candidates = &recall.candidates;
        assert!(candidates.len() <= 4 && candidates.is_sorted_by(|a, b| a.id < b.id));
        for candidate in candidates {
            let case = self.snapshot.case(candidate).expect("its case");
            assert_eq!(case.id, candidate.id);
        }
    }

    /// Marks are within the text, one after the other.
    fn marked(&self, query: &Query, text: &str) {
        let marks = self.snapshot.highlights(query, text);
        assert!(marks.iter().all(|(start, end)| start < end));
        assert!(marks.is_sorted_by(|a, b| a.1 <= b.0));
        let end = marks.last().map_or(0, |mark| mark.1);
        assert!(end <= text.chars().count());
    }

    fn suggested(&self, text: &str) {
        let names = self.snapshot.suggest(text, 5).expect("names");
        assert!(names.len() <= 5);
        assert!(
            names
                .iter()
                .all(|name| !name.id.is_empty() && !name.text.is_empty())
        );
    }
}

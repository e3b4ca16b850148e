//! What a user may be typing: names of the vocabulary, titles and organisations whose words begin as typed.
//!
//! All names are cut into words once a snapshot, and the words sorted: what begins with some letters then stands
//! together. Names are numbered in the order in which they are told, so matches need no sorting.

mod marks;

use crate::document::Head;
use crate::{IndexError, Snapshot, analyze};
use afield_corpus::Vocabulary;
use marks::Marks;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, OnceLock, PoisonError};
use tantivy::TantivyDocument;

/// What a suggestion is, in the order in which equally good ones are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SuggestionKind {
    /// A stress signal.
    Signal,
    /// A sector.
    Sector,
    /// A mechanism.
    Mechanism,
    /// Who acted in some case.
    Organisation,
    /// A case.
    Case,
}

impl SuggestionKind {
    /// The name that answers use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Signal => "signal",
            Self::Sector => "sector",
            Self::Mechanism => "mechanism",
            Self::Organisation => "organisation",
            Self::Case => "case",
        }
    }
}

/// Something that a user may be typing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// Its id; an organisation has none but its name as written.
    pub id: String,
    /// What to show: the label, organisation or title.
    pub text: String,
    /// The label, alias, organisation or title whose words matched.
    pub matched: String,
}

impl Snapshot {
    /// The best `limit` names that a user may be typing; none when there is no word in `typed`.
    ///
    /// Every typed word must begin a word of the name, in any order, letters compared without case and accents. Names
    /// that begin with all of what was typed come first, then those whose first word begins with the first typed one,
    /// then the others; equally good ones go by kind, by length and by id. Each id comes once a kind, by its best name.
    ///
    /// The first call of a snapshot reads the names of all its cases; the others look them up.
    ///
    /// # Errors
    /// When the engine cannot read its files.
    pub fn suggest(&self, typed: &str, limit: usize) -> Result<Vec<Suggestion>, IndexError> {
        let names = self.names.get_or_make(|| self.collect_names())?;
        Ok(names.suggest(typed, limit))
    }

    fn collect_names(&self) -> Result<Names, IndexError> {
        let mut names = Collector::default();
        names.add_vocabulary(&self.catalogue().vocabulary);
        let mut organisations = BTreeSet::new();
        for segment in self.searcher.segment_readers() {
            let store = segment
                .get_store_reader(1)
                .map_err(tantivy::TantivyError::from)?;
            for document in store.iter::<TantivyDocument>(segment.alive_bitset()) {
                let document = document?;
                let head: Head<'_> = self.decode(&document)?;
                names.add(SuggestionKind::Case, head.id, head.title, &[]);
                if !organisations.contains(head.organisation) {
                    organisations.insert(head.organisation.to_owned());
                }
            }
        }
        for name in organisations {
            names.add(SuggestionKind::Organisation, &name, &name, &[]);
        }
        Ok(names.finish())
    }
}

/// The names of a snapshot, made when they are first asked for.
#[derive(Default)]
pub(crate) struct LazyNames {
    names: OnceLock<Names>,
    /// Held by the one who makes them, so that those who ask meanwhile wait and do not make them too.
    making: Mutex<()>,
}

impl LazyNames {
    fn get_or_make(
        &self,
        make: impl FnOnce() -> Result<Names, IndexError>,
    ) -> Result<&Names, IndexError> {
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(names) = self.names.get() {
            return Ok(names);
        }
        let names = make()?;
        Ok(self.names.get_or_init(|| names))
    }
}

/// Something that has names.
struct Entry {
    kind: SuggestionKind,
    id: String,
    shown: String,
}

/// One name of an entry.
struct Name {
    /// Which of the entries.
    entry: usize,
    written: String,
    /// Its words folded, a space between them.
    folded: String,
}

/// Cuts a name, or what was typed, into folded words.
fn folded_words(text: &str) -> Vec<String> {
    let mut folded = Vec::new();
    for word in analyze::words(text) {
        // Some single characters fold to several words, or to none.
        let parts = analyze::fold(word.text);
        folded.extend(parts.split_whitespace().map(str::to_owned));
    }
    folded
}

/// Takes names in, in any order.
#[derive(Default)]
struct Collector {
    entries: Vec<Entry>,
    names: Vec<Name>,
}

impl Collector {
    fn add_vocabulary(&mut self, vocabulary: &Vocabulary) {
        for signal in &vocabulary.signals {
            let kind = SuggestionKind::Signal;
            self.add(kind, &signal.id, &signal.label, &signal.aliases);
        }
        for sector in &vocabulary.sectors {
            let kind = SuggestionKind::Sector;
            self.add(kind, &sector.id, &sector.label, &sector.aliases);
        }
        for mechanism in &vocabulary.mechanisms {
            let kind = SuggestionKind::Mechanism;
            self.add(kind, &mechanism.id, &mechanism.label, &mechanism.aliases);
        }
    }

    /// Takes in what is shown under its own name and under others.
    fn add(&mut self, kind: SuggestionKind, id: &str, shown: &str, aliases: &[String]) {
        let entry = self.entries.len();
        self.entries.push(Entry {
            kind,
            id: id.to_owned(),
            shown: shown.to_owned(),
        });
        for written in std::iter::once(shown).chain(aliases.iter().map(String::as_str)) {
            self.names.push(Name {
                entry,
                written: written.to_owned(),
                folded: folded_words(written).join(" "),
            });
        }
    }

    /// Numbers the names by the order in which they are told, and sorts their words.
    fn finish(self) -> Names {
        let Self { entries, mut names } = self;
        // The sort is stable: of an entry's names with the same length its label comes first.
        names.sort_by_cached_key(|name| {
            let entry = &entries[name.entry];
            (entry.kind, name.written.chars().count(), entry.id.clone())
        });
        let mut by_word: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
        for (number, name) in names.iter().enumerate() {
            for (at, word) in name.folded.split(' ').enumerate() {
                by_word.entry(word).or_default().push(Place {
                    name: number as u32,
                    first: at == 0,
                });
            }
        }
        let mut words = Vec::with_capacity(by_word.len());
        let mut places = Vec::new();
        for (word, at) in by_word {
            words.push((word.into(), places.len()));
            places.extend(at);
        }
        Names {
            entries,
            names,
            words,
            places,
        }
    }
}

/// Where a word stands.
#[derive(Clone, Copy)]
struct Place {
    /// Number of the name.
    name: u32,
    /// Whether it is the first word of it.
    first: bool,
}

/// All names, ready to be looked up.
struct Names {
    entries: Vec<Entry>,
    /// By kind, length and id: a name's number is its rank among those that match equally well.
    names: Vec<Name>,
    /// All words, sorted, and where the places of each begin.
    words: Vec<(Box<str>, usize)>,
    /// Where the words stand, word after word.
    places: Vec<Place>,
}

impl Names {
    fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let typed = folded_words(typed);
        let Some(first) = typed.first() else {
            return Vec::new();
        };
        let matching = self.matching(&typed);
        let mut begun = self.marks(self.begun_by(first).iter().filter(|place| place.first));
        begun.keep(&matching);
        let mut others = matching;
        others.drop(&begun);
        let whole = typed.join(" ");
        let (ahead, behind): (Vec<u32>, Vec<u32>) = begun
            .iter()
            .partition(|&name| self.names[name as usize].folded.starts_with(&whole));
        let mut seen = BTreeSet::new();
        ahead
            .into_iter()
            .chain(behind)
            .chain(others.iter())
            .map(|name| &self.names[name as usize])
            .filter(|name| seen.insert(name.entry))
            .map(|name| self.suggestion(name))
            .take(limit)
            .collect()
    }

    /// The names in which every typed word begins a word.
    fn matching(&self, typed: &[String]) -> Marks {
        let typed: BTreeSet<&String> = typed.iter().collect();
        let mut matching: Option<Marks> = None;
        for word in typed {
            let here = self.marks(self.begun_by(word));
            match &mut matching {
                Some(matching) => matching.keep(&here),
                None => matching = Some(here),
            }
            if matching.as_ref().is_some_and(Marks::is_empty) {
                break;
            }
        }
        matching.unwrap_or_default()
    }

    /// Where the words stand that begin with some letters.
    fn begun_by(&self, letters: &str) -> &[Place] {
        let start = self.words.partition_point(|(word, _)| &**word < letters);
        let count = self.words[start..].partition_point(|(word, _)| word.starts_with(letters));
        let place = |word: usize| {
            self.words
                .get(word)
                .map_or(self.places.len(), |&(_, at)| at)
        };
        &self.places[place(start)..place(start + count)]
    }

    fn marks<'a>(&self, places: impl IntoIterator<Item = &'a Place>) -> Marks {
        let mut marks = Marks::none(self.names.len());
        for place in places {
            marks.set(place.name);
        }
        marks
    }

    fn suggestion(&self, name: &Name) -> Suggestion {
        let entry = &self.entries[name.entry];
        Suggestion {
            kind: entry.kind,
            id: entry.id.clone(),
            text: entry.shown.clone(),
            matched: name.written.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::three_cases;
    use afield_corpus::Case;
    use proptest::prelude::*;

    #[test]
    fn a_stored_case_begins_with_its_names() {
        let mut case = Case::default();
        case.id = "zebra-air".to_owned();
        case.path = "cases/zebra-air.md".to_owned();
        case.title = "Wings for rent".to_owned();
        case.organisation = "Zebra Air".to_owned();
        let stored = postcard::to_stdvec(&case).expect("a stored case");
        let head: Head<'_> = postcard::from_bytes(&stored).expect("its head");
        assert_eq!(
            (head.id, head.title, head.organisation),
            ("zebra-air", "Wings for rent", "Zebra Air")
        );
    }

    #[track_caller]
    fn check(snapshot: &Snapshot, typed: &str, expected: &[&str]) {
        let told = |suggestion: Suggestion| {
            let Suggestion {
                kind,
                id,
                text,
                matched,
            } = suggestion;
            let via = if matched == text {
                String::new()
            } else {
                format!(" ({matched})")
            };
            format!("{} {id}: {text}{via}", kind.name())
        };
        let suggestions = snapshot.suggest(typed, 3).expect("suggestions");
        let suggestions: Vec<String> = suggestions.into_iter().map(told).collect();
        assert_eq!(suggestions, expected, "{typed:?}");
    }

    #[test]
    fn begun_words_find_signals_organisations_and_cases() {
        let fixture = three_cases();
        fixture.write(
            "cases/cafe.md",
            "---\ntitle: Café Fern, the library\norganisation: Étoile Fern\n---\n",
        );
        fixture.refresh();
        let snapshot = fixture.open();
        let footfall = "signal footfall-decline: Footfall decline";
        check(&snapshot, "foot dec", &[footfall]);
        check(&snapshot, "DECLINE FOO", &[footfall]);
        check(
            &snapshot,
            "losing foot",
            &["signal footfall-decline: Footfall decline (losing footfall)"],
        );
        check(
            &snapshot,
            "fern",
            &[
                "organisation Fernbank: Fernbank",
                "organisation Étoile Fern: Étoile Fern",
                "case cafe: Café Fern, the library",
            ],
        );
        check(
            &snapshot,
            "etoile",
            &["organisation Étoile Fern: Étoile Fern"],
        );
        check(
            &snapshot,
            "c",
            &[
                "signal churn: Churn",
                "case cafe: Café Fern, the library",
                "case airline: A case",
            ],
        );
        check(
            &snapshot,
            "a ca",
            &[
                "case airline: A case",
                "case library: A case",
                "case shop: A case",
            ],
        );
        for nothing in ["", "  ", "-!", "zz", "footfallx", "foot zz", "oot"] {
            check(&snapshot, nothing, &[]);
        }
        assert_eq!(snapshot.suggest("fern", 0).expect("suggestions"), []);
    }

    #[test]
    fn a_case_that_is_gone_is_not_suggested() {
        let fixture = three_cases();
        fixture.refresh();
        fixture.write("cases/shop.md", "# Windows for rent");
        std::fs::remove_file(fixture.path("cases/library.md")).expect("a file");
        fixture.refresh();
        let snapshot = fixture.open();
        check(&snapshot, "case", &["case airline: A case"]);
        check(&snapshot, "rent", &["case shop: Windows for rent"]);
    }

    /// Something with names: kind, id, names, the first of which is shown.
    type Named = (SuggestionKind, String, Vec<String>);

    /// The same by looking at every name.
    fn scan(all: &[Named], typed: &str, limit: usize) -> Vec<Suggestion> {
        let wanted = folded_words(typed);
        let mut found = Vec::new();
        for (kind, id, names) in all {
            let ranked = names.iter().enumerate().filter_map(|(at, name)| {
                let words = folded_words(name);
                let begins = |wanted: &String| words.iter().any(|word| word.starts_with(wanted));
                if wanted.is_empty() || !wanted.iter().all(begins) {
                    return None;
                }
                let whole = words.join(" ").starts_with(&wanted.join(" "));
                let first = words[0].starts_with(&wanted[0]);
                let class = if whole { 0 } else { 2 - u8::from(first) };
                Some((class, kind, name.chars().count(), id, at))
            });
            found.extend(ranked.min().map(|rank| (rank, names)));
        }
        found.sort();
        let told = found
            .into_iter()
            .map(|((_, &kind, _, id, at), names)| Suggestion {
                kind,
                id: id.clone(),
                text: names[0].clone(),
                matched: names[at].clone(),
            });
        told.take(limit).collect()
    }

    fn named() -> impl Strategy<Value = Vec<Named>> {
        let word = prop::sample::select(vec![
            "foot", "Footfall", "fall", "FALLS", "café", "Cafe's", "of", "o", "ﷺ", "客户",
            "\u{37a}", "-",
        ]);
        let name = prop::collection::vec(word, 1..5).prop_map(|words| words.join(" "));
        let names = prop::collection::vec(name, 1..4);
        let kind = prop::sample::select(vec![
            SuggestionKind::Signal,
            SuggestionKind::Organisation,
            SuggestionKind::Case,
        ]);
        prop::collection::vec((kind, names), 0..80).prop_map(|all| {
            let named = all.into_iter().enumerate();
            named
                .map(|(number, (kind, names))| (kind, format!("id-{number}"), names))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn a_look_up_finds_what_a_scan_finds(
            all in named(),
            typed in "(f|fo|foot|footfall|fa|CAF|caf|o|of|客|ﷺ|a){0,1}( (f|fo|fal|ca|o|户)){0,2}",
            limit in 0_usize..12,
        ) {
            let mut collector = Collector::default();
            for (kind, id, names) in &all {
                collector.add(*kind, id, &names[0], &names[1..]);
            }
            prop_assert_eq!(collector.finish().suggest(&typed, limit), scan(&all, &typed, limit));
        }
    }
}

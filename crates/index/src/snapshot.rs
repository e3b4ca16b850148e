//! A reader's view of one generation of an index.

use crate::analyze::{self, Stems};
use crate::error::in_full;
use crate::manifest::{Generation, Manifest};
use crate::meaning::cache::Vectors;
use crate::meaning::encode;
use crate::meaning::matrix::Matrix;
use crate::meaning::signal::SignalVectors;
use crate::refresh::{RefreshOptions, in_step, refresh};
use crate::schema::{FORMAT, Fields};
use crate::signals::SignalPhrases;
use crate::store::{Location, Marker, Payload, Store};
use crate::suggest::LazyNames;
use crate::{
    Candidate, Encoded, Facet, FacetCounts, Filters, IndexError, IndexInfo, Progress, Query,
    Report, Semantic,
};
use afield_corpus::{Case, Catalogue, Vocabulary};
use serde::Deserialize;
use std::fmt;
use std::path::PathBuf;
use std::sync::OnceLock;
use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument, Term};

/// Corpora of up to this many files are compared with their folder at every search.
const CHECKED_AT_SEARCH: u64 = 5_000;
/// How often opening is tried anew when a writer puts a new generation in force meanwhile.
const ATTEMPTS: usize = 5;

/// A view of one generation of an index. It stays as it is while writers go on; cheap to share, not to make.
pub struct Snapshot {
    pub(crate) searcher: Searcher,
    pub(crate) fields: Fields,
    pub(crate) generation: Generation,
    payload: Payload,
    phrases: OnceLock<SignalPhrases>,
    counts: OnceLock<FacetCounts>,
    pub(crate) names: LazyNames,
    vectors: [PathBuf; 2],
    meanings: OnceLock<Meanings>,
    by_words: bool,
}

/// What cases and signals mean, as far as it is known.
#[derive(Debug, Default)]
pub(crate) struct Meanings {
    pub(crate) matrix: Matrix,
    pub(crate) signals: SignalVectors,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Snapshot")
            .field("generation", &self.payload.generation)
            .finish_non_exhaustive()
    }
}

/// How a snapshot came about.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Freshness {
    /// What was done to bring the index in step; [`None`] when there was nothing to do or it was not tried.
    pub report: Option<Report>,
    /// What the asker should know, as sentences.
    pub warnings: Vec<String>,
}

/// Opens the generation in force.
///
/// # Errors
/// [`IndexError::Missing`] when there is no sound index of this corpus in this format.
pub fn open(location: &Location) -> Result<Snapshot, IndexError> {
    open_with_store(location).map(|(snapshot, ..)| snapshot)
}

fn open_with_store(location: &Location) -> Result<(Snapshot, Store), IndexError> {
    let missing = || IndexError::Missing {
        path: location.index.clone(),
    };
    let corpus = location.canonical_corpus();
    let mut last = missing();
    for _ in 0..ATTEMPTS {
        let marker = Marker::read(&location.index)?
            .filter(|marker| marker.suits(&corpus))
            .ok_or_else(missing)?;
        let name = marker.store.ok_or_else(missing)?;
        match Store::open(&location.index, &name)
            .and_then(|store| Ok((Snapshot::of(&store, location)?, store)))
        {
            Ok(opened) => return Ok(opened),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Opens the generation in force, after building or mending the index where that is needed.
///
/// Small corpora are compared with their folder every time, without opening a file. Large ones are taken as they
/// were indexed, and the answer says so. Where bringing the index in step fails, the old one answers with a warning.
///
/// # Errors
/// When there is no index and none can be built, or the corpus folder cannot be read.
pub fn open_fresh(
    location: &Location,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Snapshot, Freshness), IndexError> {
    let (snapshot, store) = match open_with_store(location) {
        Ok(opened) => opened,
        Err(error @ IndexError::Foreign { .. }) => return Err(error),
        Err(_) => return refreshed(location, RefreshOptions::default(), progress),
    };
    let files = snapshot.generation.files;
    if store.verify().is_err() {
        return refreshed(location, RefreshOptions::default(), progress);
    }
    if files > CHECKED_AT_SEARCH {
        return Ok((
            snapshot,
            Freshness::warn(format!(
                "this corpus is too large to be compared with its {files} files at every search; run `afield index` after changes"
            )),
        ));
    }
    let manifest: Manifest = store
        .read_sidecar(&snapshot.payload.manifest)
        .unwrap_or_default();
    if in_step(
        &manifest,
        &afield_corpus::walk(&location.canonical_corpus())?,
    ) {
        return Ok((snapshot, Freshness::default()));
    }
    let options = RefreshOptions {
        no_wait: true,
        ..RefreshOptions::default()
    };
    refreshed(location, options, progress).or_else(|error| {
        let reason = match error {
            IndexError::Busy { .. } => "another process is bringing the index in step".to_owned(),
            error => format!(
                "the index could not be brought in step ({})",
                in_full(&error)
            ),
        };
        Ok((
            snapshot,
            Freshness::warn(format!("{reason}; this answer is from before")),
        ))
    })
}

fn refreshed(
    location: &Location,
    options: RefreshOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<(Snapshot, Freshness), IndexError> {
    let report = refresh(location, options, progress)?;
    Ok((
        open(location)?,
        Freshness {
            report: Some(report),
            warnings: Vec::new(),
        },
    ))
}

impl Freshness {
    fn warn(warning: String) -> Self {
        Self {
            report: None,
            warnings: vec![warning],
        }
    }
}

impl Snapshot {
    fn of(store: &Store, location: &Location) -> Result<Self, IndexError> {
        let payload = store.payload()?;
        let generation = store.read_sidecar(&payload.sidecar)?;
        let reader: IndexReader = store
            .index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(16)
            .try_into()?;
        if store.payload()? != payload {
            return Err(IndexError::Damaged {
                path: store.folder.clone(),
            });
        }
        Ok(Self {
            searcher: reader.searcher(),
            fields: store.fields.clone(),
            generation,
            payload,
            phrases: OnceLock::new(),
            counts: OnceLock::new(),
            names: LazyNames::default(),
            vectors: encode::paths(location),
            meanings: OnceLock::new(),
            by_words: false,
        })
    }

    /// The vocabularies and observations of this generation.
    pub fn catalogue(&self) -> &Catalogue {
        &self.generation.catalogue
    }

    fn vocabulary(&self) -> &Vocabulary {
        &self.generation.catalogue.vocabulary
    }

    /// What is known of the index as a whole.
    pub fn info(&self) -> IndexInfo {
        IndexInfo {
            cases: self.generation.cases,
            generation: self.payload.generation.clone(),
            format: FORMAT,
        }
    }

    /// The same view, for which briefs are read as far as is wanted by their meaning.
    #[must_use]
    pub fn reading(self, semantic: Semantic) -> Self {
        Self {
            by_words: semantic == Semantic::Off,
            ..self
        }
    }

    /// What cases and signals mean, read when it is first asked for.
    pub(crate) fn meanings(&self) -> &Meanings {
        self.meanings.get_or_init(|| {
            let vectors = Vectors::read(&self.vectors);
            Meanings {
                // A column that cannot be read leaves words to search by; they report it.
                matrix: Matrix::new(&self.searcher, &vectors).unwrap_or_default(),
                signals: SignalVectors::new(self.vocabulary(), &vectors),
            }
        })
    }

    /// How much of the cases is known by meaning.
    pub fn encoded(&self) -> Encoded {
        if self.by_words {
            return Encoded::Unasked;
        }
        let Meanings { matrix, signals } = self.meanings();
        let (passages, missing) = (
            matrix.passages + signals.phrases,
            matrix.missing + signals.missing,
        );
        if matrix.is_empty() && self.generation.cases > 0 {
            Encoded::Nothing
        } else if missing > 0 {
            Encoded::Some { passages, missing }
        } else {
            Encoded::All
        }
    }

    /// Reads a brief. Cannot fail: what is not understood is searched as words, with a note.
    ///
    /// `filters` come from flags or parameters; those written in the brief are added to them.
    pub fn read(&self, text: &str, filters: Filters) -> Query {
        let phrases = self
            .phrases
            .get_or_init(|| SignalPhrases::new(self.vocabulary()));
        let mut query = crate::read::read(text, filters, self.vocabulary(), phrases);
        self.correct(&mut query, phrases);
        if self.by_words {
            query.meaning = None;
        }
        query
    }

    /// The case behind a candidate of this snapshot.
    ///
    /// # Errors
    /// When the engine cannot read it.
    pub fn case(&self, candidate: &Candidate) -> Result<Case, IndexError> {
        self.stored(address(candidate.address))
    }

    /// The case with an id.
    ///
    /// # Errors
    /// When the engine cannot read it.
    pub fn find(&self, id: &str) -> Result<Option<Case>, IndexError> {
        self.address_of(id)?
            .map(|address| self.stored(address))
            .transpose()
    }

    pub(crate) fn address_of(&self, id: &str) -> Result<Option<DocAddress>, IndexError> {
        let query = TermQuery::new(
            Term::from_field_text(self.fields.id, id),
            IndexRecordOption::Basic,
        );
        let found = self
            .searcher
            .search(&query, &TopDocs::with_limit(1).order_by_score())?;
        Ok(found.first().map(|&(_, address)| address))
    }

    pub(crate) fn stored(&self, address: DocAddress) -> Result<Case, IndexError> {
        self.decode(&self.searcher.doc(address)?)
    }

    /// The case in a document, or its beginning.
    pub(crate) fn decode<'a, T: Deserialize<'a>>(
        &self,
        document: &'a TantivyDocument,
    ) -> Result<T, IndexError> {
        use tantivy::schema::Value as _;
        let damaged = || IndexError::Damaged {
            path: "case".into(),
        };
        let bytes = document
            .get_first(self.fields.case)
            .and_then(|value| value.as_bytes())
            .ok_or_else(damaged)?;
        postcard::from_bytes(bytes).map_err(|_| damaged())
    }

    /// The ids nearest to one that does not exist, best first, at most three.
    pub fn ids_like(&self, id: &str) -> Vec<String> {
        let mut near: Vec<(f64, String)> = Vec::new();
        for id_in_index in self.ids() {
            let likeness = strsim::jaro_winkler(id, &id_in_index).max(overlap(id, &id_in_index));
            if likeness > 0.8 {
                near.push((likeness, id_in_index));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        near.into_iter().take(3).map(|(_, id)| id).collect()
    }

    /// All case ids, sorted.
    pub fn ids(&self) -> Vec<String> {
        self.terms_of(self.fields.id).into_keys().collect()
    }

    /// How many cases of the whole index have each value of each facet. Counted once a snapshot.
    pub fn counts(&self) -> &FacetCounts {
        self.counts.get_or_init(|| {
            Facet::ALL
                .into_iter()
                .map(|facet| (facet, self.terms_of(self.fields.facet(facet))))
                .collect()
        })
    }

    /// Character offsets, `[start, end)`, of the words of a text that match the query.
    pub fn highlights(&self, query: &Query, text: &str) -> Vec<(usize, usize)> {
        let mut stems = Stems::default();
        let mut found = Vec::new();
        let (mut byte, mut character) = (0, 0);
        for word in analyze::words(text) {
            let Some(stem) = stems.stem(word.text) else {
                continue;
            };
            if !query.words.iter().any(|wanted| wanted.stem == stem) {
                continue;
            }
            character += text[byte..word.start].chars().count();
            let length = text[word.start..word.end].chars().count();
            found.push((character, character + length));
            character += length;
            byte = word.end;
        }
        found
    }
}

/// How much of a slug's words another one has: `buy-blue` is near `best-buy-renew-blue`.
fn overlap(wanted: &str, id: &str) -> f64 {
    let words: Vec<&str> = wanted.split('-').filter(|word| word.len() > 2).collect();
    if words.is_empty() {
        return 0.0;
    }
    let shared = words
        .iter()
        .filter(|word| id.split('-').any(|other| other == **word))
        .count();
    shared as f64 / words.len() as f64
}

/// An engine's address as a plain number, and back.
pub(crate) fn number(address: DocAddress) -> u64 {
    u64::from(address.segment_ord) << 32 | u64::from(address.doc_id)
}

pub(crate) fn address(number: u64) -> DocAddress {
    DocAddress {
        segment_ord: (number >> 32) as u32,
        doc_id: (number & u64::from(u32::MAX)) as u32,
    }
}

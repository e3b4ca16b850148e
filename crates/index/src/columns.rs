//! The columns of one segment: what ordering needs to know of a candidate, without reading the case.

use crate::document::goes_on;
use crate::{Candidate, Field, IndexError, PerField};
use afield_corpus::{Grade, Outcome, Years};
use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::FastFieldReaders;
use tantivy::{DocId, Searcher};

/// Open columns of one segment.
pub(crate) struct Columns {
    id: Texts,
    sector: Texts,
    organisation: Texts,
    signal: Texts,
    mechanism: Texts,
    outcome: Texts,
    evidence: Texts,
    adopted: Texts,
    bounds: Column<u64>,
    from: Column<i64>,
    to: Column<i64>,
    sources: Column<u64>,
    fingerprint: Column<u64>,
}

impl Columns {
    /// Opens the columns of a segment for some of its documents.
    pub(crate) fn open(
        searcher: &Searcher,
        segment: u32,
        documents: &[DocId],
    ) -> Result<Self, IndexError> {
        let fast = searcher.segment_reader(segment).fast_fields();
        Ok(Self {
            id: Texts::open(fast, "id", documents)?,
            sector: Texts::open(fast, "sector", documents)?,
            organisation: Texts::open(fast, "organisation", documents)?,
            signal: Texts::open(fast, "signal", documents)?,
            mechanism: Texts::open(fast, "mechanism", documents)?,
            outcome: Texts::open(fast, "outcome", documents)?,
            evidence: Texts::open(fast, "evidence", documents)?,
            adopted: Texts::open(fast, "adopted", documents)?,
            bounds: fast.u64("bounds")?,
            from: fast.i64("from")?,
            to: fast.i64("to")?,
            sources: fast.u64("sources")?,
            fingerprint: fast.u64("fingerprint")?,
        })
    }

    /// A candidate without its word counts.
    pub(crate) fn candidate(&self, document: DocId, address: u64, words: usize) -> Candidate {
        let outcome = self.outcome.first(document);
        let evidence = self.evidence.first(document);
        let from = self.from.first(document).map(|year| year as i32);
        let to = self
            .to
            .first(document)
            .filter(|&year| !goes_on(year))
            .map(|year| year as i32);
        Candidate {
            id: self.id.first(document).unwrap_or_default(),
            address,
            frequencies: vec![[0; Field::COUNT]; words],
            lengths: self.lengths(document),
            sector: self.sector.first(document),
            organisation: self.organisation.first(document).unwrap_or_default(),
            signals: self.signal.all(document),
            mechanism: self.mechanism.all(document),
            outcome: Outcome::ALL
                .into_iter()
                .find(|known| outcome.as_deref() == Some(known.id()))
                .unwrap_or_default(),
            evidence: Grade::ALL
                .into_iter()
                .find(|known| evidence.as_deref() == Some(known.id())),
            years: from.map(|from| Years::new(from, to)),
            sources: self.sources.first(document).unwrap_or_default() as u32,
            adopted_in: self.adopted.all(document),
            fingerprint: self.fingerprint.first(document).unwrap_or_default(),
            meaning: None,
        }
    }

    /// Where each field begins in the text.
    pub(crate) fn bounds(&self, document: DocId) -> PerField<u32> {
        let mut bounds = [u32::MAX; Field::COUNT];
        for (bound, value) in bounds.iter_mut().zip(self.bounds.values_for_doc(document)) {
            *bound = value as u32;
        }
        bounds
    }

    /// Words in each field: from its bound to the next, less the break between.
    fn lengths(&self, document: DocId) -> PerField<u32> {
        let bounds: Vec<u64> = self.bounds.values_for_doc(document).collect();
        let mut lengths = [0; Field::COUNT];
        for (length, pair) in lengths.iter_mut().zip(bounds.windows(2)) {
            *length = pair[1].saturating_sub(pair[0]).saturating_sub(1) as u32;
        }
        lengths
    }
}

/// The texts that some documents have in a column, read in one pass over its dictionary: looking them up one by one
/// would unpack a block of the dictionary for each.
struct Texts {
    column: Option<StrColumn>,
    ordinals: Vec<u64>,
    texts: Vec<String>,
}

impl Texts {
    fn open(fast: &FastFieldReaders, name: &str, documents: &[DocId]) -> Result<Self, IndexError> {
        let column = fast.str(name)?;
        let mut ordinals = Vec::new();
        let mut texts = Vec::new();
        if let Some(column) = &column {
            for &document in documents {
                ordinals.extend(column.term_ords(document));
            }
            ordinals.sort_unstable();
            ordinals.dedup();
            let take = |bytes: &[u8]| texts.push(String::from_utf8_lossy(bytes).into_owned());
            let dictionary = column.dictionary();
            dictionary
                .sorted_ords_to_term_cb(&ordinals, take)
                .map_err(tantivy::TantivyError::from)?;
        }
        Ok(Self {
            column,
            ordinals,
            texts,
        })
    }

    fn first(&self, document: DocId) -> Option<String> {
        let ordinal = self.column.as_ref()?.term_ords(document).next()?;
        self.text(ordinal)
    }

    fn all(&self, document: DocId) -> Vec<String> {
        let ordinals = self
            .column
            .iter()
            .flat_map(|column| column.term_ords(document));
        ordinals.filter_map(|ordinal| self.text(ordinal)).collect()
    }

    fn text(&self, ordinal: u64) -> Option<String> {
        let at = self.ordinals.binary_search(&ordinal).ok()?;
        self.texts.get(at).cloned()
    }
}

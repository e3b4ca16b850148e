//! The columns of one segment: what ordering needs to know of a candidate, without reading the case.

use crate::document::goes_on;
use crate::{Candidate, Field, IndexError, PerField};
use afield_corpus::{Grade, Outcome, Years};
use std::collections::BTreeMap;
use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::FastFieldReaders;
use tantivy::{DocId, Searcher};

/// Open columns of one segment.
pub(crate) struct Columns {
    id: Text,
    sector: Text,
    organisation: Text,
    signal: Text,
    mechanism: Text,
    outcome: Text,
    evidence: Text,
    adopted: Text,
    bounds: Column<u64>,
    from: Column<i64>,
    to: Column<i64>,
    sources: Column<u64>,
}

impl Columns {
    /// Opens the columns of a segment.
    pub(crate) fn open(searcher: &Searcher, segment: u32) -> Result<Self, IndexError> {
        let fast = searcher.segment_reader(segment).fast_fields();
        Ok(Self {
            id: Text::open(fast, "id")?,
            sector: Text::open(fast, "sector")?,
            organisation: Text::open(fast, "organisation")?,
            signal: Text::open(fast, "signal")?,
            mechanism: Text::open(fast, "mechanism")?,
            outcome: Text::open(fast, "outcome")?,
            evidence: Text::open(fast, "evidence")?,
            adopted: Text::open(fast, "adopted")?,
            bounds: fast.u64("bounds")?,
            from: fast.i64("from")?,
            to: fast.i64("to")?,
            sources: fast.u64("sources")?,
        })
    }

    /// A candidate without its word counts.
    pub(crate) fn candidate(
        &mut self,
        document: DocId,
        address: u64,
        words: usize,
    ) -> Result<Candidate, IndexError> {
        let outcome = self.outcome.first(document)?;
        let evidence = self.evidence.first(document)?;
        let from = self.from.first(document).map(|year| year as i32);
        let to = self
            .to
            .first(document)
            .filter(|&year| !goes_on(year))
            .map(|year| year as i32);
        Ok(Candidate {
            id: self.id.first(document)?.unwrap_or_default(),
            address,
            frequencies: vec![[0; Field::COUNT]; words],
            lengths: self.lengths(document),
            sector: self.sector.first(document)?,
            organisation: self.organisation.first(document)?.unwrap_or_default(),
            signals: self.signal.all(document)?,
            mechanism: self.mechanism.all(document)?,
            outcome: Outcome::ALL
                .into_iter()
                .find(|known| outcome.as_deref() == Some(known.id()))
                .unwrap_or_default(),
            evidence: Grade::ALL
                .into_iter()
                .find(|known| evidence.as_deref() == Some(known.id())),
            years: from.map(|from| Years::new(from, to)),
            sources: self.sources.first(document).unwrap_or_default() as u32,
            adopted_in: self.adopted.all(document)?,
        })
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

/// A column of texts, with the texts it has already looked up.
struct Text {
    column: Option<StrColumn>,
    seen: BTreeMap<u64, String>,
}

impl Text {
    fn open(fast: &FastFieldReaders, name: &str) -> Result<Self, IndexError> {
        Ok(Self {
            column: fast.str(name)?,
            seen: BTreeMap::new(),
        })
    }

    fn first(&mut self, document: DocId) -> Result<Option<String>, IndexError> {
        let Some(column) = &self.column else {
            return Ok(None);
        };
        let ordinal = column.term_ords(document).next();
        ordinal.map(|ordinal| self.text(ordinal)).transpose()
    }

    fn all(&mut self, document: DocId) -> Result<Vec<String>, IndexError> {
        let Some(column) = &self.column else {
            return Ok(Vec::new());
        };
        let ordinals: Vec<u64> = column.term_ords(document).collect();
        ordinals
            .into_iter()
            .map(|ordinal| self.text(ordinal))
            .collect()
    }

    fn text(&mut self, ordinal: u64) -> Result<String, IndexError> {
        if let Some(text) = self.seen.get(&ordinal) {
            return Ok(text.clone());
        }
        let mut text = String::new();
        if let Some(column) = &self.column {
            column
                .ord_to_str(ordinal, &mut text)
                .map_err(tantivy::TantivyError::from)?;
        }
        self.seen.insert(ordinal, text.clone());
        Ok(text)
    }
}

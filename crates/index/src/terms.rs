//! What the index knows of words: how many cases have one, and what a mistyped one was meant to be.

use crate::analyze::{self, Stems};
use crate::signals::SignalPhrases;
use crate::{IndexError, Query, Snapshot};
use std::collections::BTreeMap;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

/// From this many characters a word may have one letter wrong, and from that many two.
const ONE_TYPO: usize = 5;
const TWO_TYPOS: usize = 10;

impl Snapshot {
    /// How many cases have a stem, cases that were taken out not counted.
    pub(crate) fn document_frequency(&self, stem: &str) -> Result<u64, IndexError> {
        let term = Term::from_field_text(self.fields.text, stem);
        let mut total = 0;
        for segment in self.searcher.segment_readers() {
            total += frequency_in(segment, self.fields.text, &term)?;
        }
        Ok(total)
    }

    /// The values of a field and how many cases have each.
    pub(crate) fn terms_of(&self, field: Field) -> BTreeMap<String, u64> {
        let mut counts = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            // A field that cannot be read counts nothing; the search itself reports it.
            self.count_terms(segment, field, &mut counts).ok();
        }
        counts
    }

    fn count_terms(
        &self,
        segment: &SegmentReader,
        field: Field,
        counts: &mut BTreeMap<String, u64>,
    ) -> Result<(), IndexError> {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted
            .terms()
            .stream()
            .map_err(tantivy::TantivyError::from)?;
        while let Some((value, _)) = stream.next() {
            let Ok(value) = std::str::from_utf8(value) else {
                continue;
            };
            let frequency = frequency_in(segment, field, &Term::from_field_text(field, value))?;
            if frequency > 0 {
                *counts.entry(value.to_owned()).or_default() += frequency;
            }
        }
        Ok(())
    }

    /// Puts the likeliest word of the index in the place of each word that no case has.
    pub(crate) fn correct(&self, query: &mut Query, phrases: &SignalPhrases) {
        for at in 0..query.words.len() {
            let word = query.words[at].clone();
            // The words of the vocabulary are no mistakes, though no case may have them.
            if phrases.knows(&word.stem) || !matches!(self.document_frequency(&word.stem), Ok(0)) {
                continue;
            }
            let Some(stem) = self.nearest_stem(&word.stem) else {
                continue;
            };
            let meant = self.surface(&stem).unwrap_or_else(|| stem.clone());
            query.corrected.push((word.word, meant.clone()));
            query.words[at].word = meant;
            query.words[at].stem = stem;
        }
        let mut seen = Vec::new();
        query.words.retain(|word| {
            let first = !seen.contains(&word.stem);
            seen.push(word.stem.clone());
            first
        });
    }

    /// The stem nearest to one that the index does not have: fewest letters off, then most cases, then by name.
    fn nearest_stem(&self, stem: &str) -> Option<String> {
        let length = stem.chars().count();
        let has_digit = stem.chars().any(|character| character.is_ascii_digit());
        let most = usize::from(length >= ONE_TYPO) + usize::from(length >= TWO_TYPOS);
        if has_digit || !stem.is_ascii() {
            return None;
        }
        (1..=most).find_map(|distance| self.stem_within(stem, distance as u8))
    }

    fn stem_within(&self, stem: &str, distance: u8) -> Option<String> {
        let fuzzy = FuzzyTermQuery::new(
            Term::from_field_text(self.fields.text, stem),
            distance,
            true,
        );
        let mut near: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.text).ok()?;
            let mut stream = inverted
                .terms()
                .search(fuzzy.automaton().ok()?)
                .into_stream()
                .ok()?;
            while let Some((term, info)) = stream.next() {
                let term = std::str::from_utf8(term).ok()?;
                // People rarely mistype the first letter, and a change there makes another word.
                if term.as_bytes().first() == stem.as_bytes().first() {
                    *near.entry(term.to_owned()).or_default() += u64::from(info.doc_freq);
                }
            }
        }
        near.into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)))
            .map(|(term, _)| term)
    }

    /// A word as written in some case, for a stem.
    fn surface(&self, stem: &str) -> Option<String> {
        let term = Term::from_field_text(self.fields.text, stem);
        let query = tantivy::query::TermQuery::new(term, IndexRecordOption::Basic);
        let top = tantivy::collector::TopDocs::with_limit(1).order_by_score();
        let &(_, address) = self.searcher.search(&query, &top).ok()?.first()?;
        let case = self.stored(address).ok()?;
        let mut stems = Stems::default();
        let texts = case
            .asks
            .into_iter()
            .chain(case.pattern)
            .chain([case.title, case.organisation]);
        let blocks = case
            .sections
            .into_iter()
            .flat_map(|section| section.blocks)
            .map(|block| block.text);
        for text in texts.chain(blocks) {
            for word in analyze::words(&text) {
                if stems.stem(word.text) == Some(stem) {
                    return Some(analyze::fold(word.text).into_owned());
                }
            }
        }
        None
    }
}

/// How many cases of a segment have a term, cases that were taken out not counted.
fn frequency_in(segment: &SegmentReader, field: Field, term: &Term) -> Result<u64, IndexError> {
    let inverted = segment.inverted_index(field)?;
    let io = tantivy::TantivyError::from;
    let Some(alive) = segment.alive_bitset() else {
        return Ok(u64::from(inverted.doc_freq(term).map_err(io)?));
    };
    let Some(mut postings) = inverted
        .read_postings(term, IndexRecordOption::Basic)
        .map_err(io)?
    else {
        return Ok(0);
    };
    let mut count = 0;
    while postings.doc() != TERMINATED {
        count += u64::from(alive.is_alive(postings.doc()));
        postings.advance();
    }
    Ok(count)
}

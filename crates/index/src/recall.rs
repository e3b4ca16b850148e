//! Which cases could answer: from a query to ids and plain numbers.
//!
//! Any word counts. The engine walks one posting list a word over the one text of a case and keeps the best by
//! BM25, and beside them the cases whose passages are most like the brief (`meaning`); for those the positions of each word tell how often it stands in each field, and ordering does the rest.

use crate::columns::Columns;
use crate::fusion;
use crate::meaning::matrix::Compared;
use crate::snapshot::{address, number};
use crate::{
    Candidate, Facet, Field, Filters, IndexError, PerField, Query, Snapshot, Statistics,
    TermStatistics,
};
use afield_embed::{Encoder, Probe};
use std::ops::Bound;
use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::postings::Postings;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery,
    Query as EngineQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, Term};

/// What a shared signal is worth in the choice of candidates, in BM25 units: about one telling word.
const SIGNAL_WORTH: f32 = 4.0;

/// How many cases are chosen by meaning alone where not all can be candidates.
const ALIKE: usize = 200;

/// What recall found.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Recall {
    /// The best candidates by words or by shared signals, ordered by id.
    pub candidates: Vec<Candidate>,
    /// The query's words and the index as a whole.
    pub statistics: Statistics,
    /// Whether more cases match than were asked for.
    pub cut: bool,
}

impl Snapshot {
    /// The best `limit` cases for a query: those with any of its words or signals or of a like meaning, and all of its
    /// phrases and filters. A query of filters alone finds all that pass them.
    ///
    /// # Errors
    /// When the engine cannot read its files.
    pub fn recall(&self, query: &Query, limit: usize) -> Result<Recall, IndexError> {
        let engine_query = self.engine_query(query);
        // One more than is kept, to know whether the list was cut.
        let collector = TopDocs::with_limit(limit + 1).order_by_score();
        let mut found = self.searcher.search(&engine_query, &collector)?;
        let cut = found.len() > limit;
        found.truncate(limit);
        let compared = self.compared(query);
        if let Some(compared) = &compared {
            let alike = self.alike(query, compared, limit)?;
            found = fusion::fuse(found, alike, limit);
        }
        let addresses = found.into_iter().map(|(_, address)| address).collect();
        let mut candidates = self.candidates(query, addresses, compared.as_ref())?;
        candidates.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Recall {
            candidates,
            statistics: self.statistics(query)?,
            cut,
        })
    }

    /// The brief beside every passage; [`None`] where meaning is not asked for or not known.
    fn compared(&self, query: &Query) -> Option<Compared<'_>> {
        let probe = self.probe(query)?;
        Some(self.meanings().matrix.compare(&probe))
    }

    /// The brief as a vector; [`None`] where meaning is not asked for, or no case has one.
    fn probe(&self, query: &Query) -> Option<Probe> {
        let text = query.meaning.as_deref()?;
        let known = !self.meanings().matrix.is_empty();
        known.then(|| Encoder::shared().recall(text).probe())
    }

    /// The cases whose best passage is most like the brief, with its cosine; phrases and filters hold for them too.
    fn alike(
        &self,
        query: &Query,
        compared: &Compared<'_>,
        limit: usize,
    ) -> Result<Vec<(f32, DocAddress)>, IndexError> {
        let conditions = self.conditions(query);
        let mut alike: Vec<(f32, DocAddress)> = if conditions.is_empty() {
            compared.best().collect()
        } else {
            let mut conditions = conditions;
            conditions.push((Occur::Must, Box::new(AllQuery)));
            let passing = self
                .searcher
                .search(&BooleanQuery::new(conditions), &DocSetCollector)?;
            let best = compared.best();
            best.filter(|(_, address)| passing.contains(address))
                .collect()
        };
        let most = if self.generation.cases <= limit as u64 {
            limit
        } else {
            ALIKE.min(limit)
        };
        if alike.len() > most {
            alike.select_nth_unstable_by(most, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            alike.truncate(most);
        }
        Ok(alike)
    }

    /// One case as a candidate, whatever the query's words and filters; [`None`] if there is no such case.
    ///
    /// # Errors
    /// When the engine cannot read its files.
    pub fn recall_only(&self, query: &Query, id: &str) -> Result<Option<Candidate>, IndexError> {
        let Some(address) = self.address_of(id)? else {
            return Ok(None);
        };
        let compared = self.compared(query);
        Ok(self
            .candidates(query, vec![address], compared.as_ref())?
            .pop())
    }

    /// What the index knows of the query's words and of itself.
    ///
    /// # Errors
    /// When the engine cannot read its files.
    pub fn statistics(&self, query: &Query) -> Result<Statistics, IndexError> {
        let mut terms = Vec::with_capacity(query.words.len());
        for word in &query.words {
            let document_frequency = self.document_frequency(&word.stem)?;
            terms.push(TermStatistics {
                stem: word.stem.clone(),
                word: word.word.clone(),
                document_frequency,
            });
        }
        let probe = self.probe(query);
        let meant = probe
            .as_ref()
            .map(|probe| self.meanings().signals.strengths(probe));
        Ok(Statistics {
            cases: self.generation.cases,
            mean_lengths: self.generation.mean_lengths(),
            terms,
            by_meaning: probe.is_some(),
            meant_signals: meant.unwrap_or_default(),
        })
    }

    fn engine_query(&self, query: &Query) -> Box<dyn EngineQuery> {
        let mut clauses: Vec<(Occur, Box<dyn EngineQuery>)> = Vec::new();
        let wanted = self.wanted(query);
        if !wanted.is_empty() {
            clauses.push((Occur::Must, Box::new(BooleanQuery::new(wanted))));
        } else if self.filter_clauses(&query.filters).is_empty() && query.phrases.is_empty() {
            return Box::new(EmptyQuery);
        } else {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        clauses.extend(self.conditions(query));
        Box::new(BooleanQuery::new(clauses))
    }

    /// What a case must meet whatever its words: phrases, exclusions, filters.
    fn conditions(&self, query: &Query) -> Vec<(Occur, Box<dyn EngineQuery>)> {
        let phrases = query.phrases.iter();
        let mut clauses: Vec<(Occur, Box<dyn EngineQuery>)> = phrases
            .map(|phrase| (Occur::Must, unscored(self.phrase(phrase))))
            .collect();
        let excluded = query.excluded.iter();
        clauses.extend(excluded.map(|excluded| (Occur::MustNot, self.excluded(excluded))));
        clauses.extend(self.filter_clauses(&query.filters));
        clauses
    }

    /// Any word, or any signal that the brief speaks of.
    fn wanted(&self, query: &Query) -> Vec<(Occur, Box<dyn EngineQuery>)> {
        let words = query.words.iter().map(|word| self.word(&word.stem));
        let signals = query.signals.iter().map(|signal| {
            let term = Term::from_field_text(self.fields.facet(Facet::Signal), &signal.id);
            let query = ConstScoreQuery::new(
                Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
                SIGNAL_WORTH,
            );
            Box::new(BoostQuery::new(Box::new(query), signal.strength as f32))
                as Box<dyn EngineQuery>
        });
        words
            .chain(signals)
            .map(|query| (Occur::Should, query))
            .collect()
    }

    fn word(&self, stem: &str) -> Box<dyn EngineQuery> {
        let term = Term::from_field_text(self.fields.text, stem);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    }

    /// A phrase by its stems, each as far from the first as it was written.
    fn phrase(&self, stems: &[Option<String>]) -> Box<dyn EngineQuery> {
        let held = stems
            .iter()
            .enumerate()
            .filter_map(|(at, stem)| Some((at, stem.as_ref()?)));
        let mut terms: Vec<(usize, Term)> = held
            .map(|(at, stem)| (at, Term::from_field_text(self.fields.text, stem)))
            .collect();
        if terms.len() > 1 {
            return Box::new(PhraseQuery::new_with_offset(terms));
        }
        match terms.pop() {
            Some((_, term)) => Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            None => Box::new(AllQuery),
        }
    }

    /// What must not occur. A lone phrase scorer of tantivy 0.27 must not be asked for a document before its first,
    /// which exclusion does; a union of two may.
    fn excluded(&self, stems: &[Option<String>]) -> Box<dyn EngineQuery> {
        Box::new(BooleanQuery::union(vec![
            self.phrase(stems),
            self.phrase(stems),
        ]))
    }

    fn filter_clauses(&self, filters: &Filters) -> Vec<(Occur, Box<dyn EngineQuery>)> {
        let mut clauses: Vec<(Occur, Box<dyn EngineQuery>)> = Vec::new();
        let one_of =
            |facet: Facet, values: &std::collections::BTreeSet<String>| -> Box<dyn EngineQuery> {
                let field = self.fields.facet(facet);
                Box::new(TermSetQuery::new(
                    values
                        .iter()
                        .map(|value| Term::from_field_text(field, value)),
                ))
            };
        for (&facet, values) in &filters.any {
            clauses.push((Occur::Must, unscored(one_of(facet, values))));
        }
        for (&facet, values) in &filters.none {
            clauses.push((Occur::MustNot, one_of(facet, values)));
        }
        for id in &filters.not_ids {
            let term = Term::from_field_text(self.fields.id, id);
            clauses.push((
                Occur::MustNot,
                Box::new(TermQuery::new(term, IndexRecordOption::Basic)),
            ));
        }
        let year = |field, year: i32| Term::from_field_i64(field, i64::from(year));
        if let Some(since) = filters.since {
            let range = RangeQuery::new(
                Bound::Included(year(self.fields.to, since)),
                Bound::Unbounded,
            );
            clauses.push((Occur::Must, unscored(Box::new(range))));
        }
        if let Some(until) = filters.until {
            let range = RangeQuery::new(
                Bound::Unbounded,
                Bound::Included(year(self.fields.from, until)),
            );
            clauses.push((Occur::Must, unscored(Box::new(range))));
        }
        clauses
    }

    /// Candidates at addresses: their columns, and how often each word stands in each field.
    fn candidates(
        &self,
        query: &Query,
        mut addresses: Vec<DocAddress>,
        compared: Option<&Compared<'_>>,
    ) -> Result<Vec<Candidate>, IndexError> {
        addresses.sort_unstable();
        let mut candidates = Vec::with_capacity(addresses.len());
        let mut rest = addresses.as_slice();
        while let Some(first) = rest.first() {
            let segment = first.segment_ord;
            let length = rest.partition_point(|address| address.segment_ord == segment);
            let (here, after) = rest.split_at(length);
            rest = after;
            let documents: Vec<DocId> = here.iter().map(|address| address.doc_id).collect();
            let columns = Columns::open(&self.searcher, segment, &documents)?;
            let start = candidates.len();
            for &address in here {
                let words = query.words.len();
                let mut candidate = columns.candidate(address.doc_id, number(address), words);
                candidate.meaning = compared.and_then(|compared| compared.meaning(address));
                candidates.push(candidate);
            }
            count_words(
                &self.searcher,
                &self.fields,
                segment,
                query,
                &columns,
                &mut candidates[start..],
            )?;
        }
        Ok(candidates)
    }
}

/// A condition that leaves the score alone.
fn unscored(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// Fills in how often each word of the query stands in each field of the candidates of one segment, which are
/// ordered by their address.
fn count_words(
    searcher: &Searcher,
    fields: &crate::schema::Fields,
    segment: u32,
    query: &Query,
    columns: &Columns,
    candidates: &mut [Candidate],
) -> Result<(), IndexError> {
    let inverted = searcher
        .segment_reader(segment)
        .inverted_index(fields.text)?;
    let mut positions = Vec::new();
    for (at, word) in query.words.iter().enumerate() {
        let term = Term::from_field_text(fields.text, &word.stem);
        let postings = inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else {
            continue;
        };
        for candidate in candidates.iter_mut() {
            let document = address(candidate.address).doc_id;
            if postings.doc() > document {
                continue;
            }
            if postings.doc() == document || postings.seek(document) == document {
                postings.positions(&mut positions);
                candidate.frequencies[at] = by_field(&positions, &columns.bounds(document));
            }
        }
    }
    Ok(())
}

/// Sorts positions into the fields that begin at `bounds`.
fn by_field(positions: &[u32], bounds: &PerField<u32>) -> PerField<u32> {
    let mut counts = [0; Field::COUNT];
    for &position in positions {
        let field = bounds
            .partition_point(|&start| start <= position)
            .saturating_sub(1);
        counts[field] += 1;
    }
    counts
}

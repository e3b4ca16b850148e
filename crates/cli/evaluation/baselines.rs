//! Other ways to search the same corpus, each over the whole text of a case, without the split into problem and solution, and
//! without any shaping but that home cases are left out.
//!
//! - `bm25`: plain BM25, [`Weights::whole_text`].
//! - `dense`: the cosine of the brief and the case's title, challenge, idea and outcome as one text, as far as the encoder reads.
//! - `hybrid`: half of each, both scaled from 0 to 1 over all cases of a brief (Bruch, Gai and Ingber, TOIS 2023).

use super::{Asked, DEPTH, Evaluation, List, lists};
use crate::error::Failure;
use crate::output::Talk;
use afield_corpus::{Case, SectionKind};
use afield_embed::{Encoder, Vector};
use afield_index::Query;
use afield_present::view::{EvalView, TopicView};
use afield_rank::{Context, Input, Request, Weights};
use std::collections::{BTreeMap, BTreeSet};
use std::thread;

/// Most cases whose whole texts are encoded: some two minutes of one processor.
const ENCODED: usize = 5_000;

/// A score for every case that a way to search can tell of, by id.
type Scores = BTreeMap<String, f64>;

/// The other ways to search.
pub(crate) struct Baselines<'e> {
    evaluation: &'e Evaluation<'e>,
    whole_text: Context,
    /// The whole text of each case; [`None`] where it is not encoded.
    vectors: Option<BTreeMap<String, Vector>>,
}

impl<'e> Baselines<'e> {
    /// Gets them ready. Encodes every case where the corpus is small enough; collections of others are only compared by words.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn new(evaluation: &'e Evaluation<'e>, talk: &Talk) -> Result<Self, Failure> {
        let mut whole_text = evaluation.context.clone();
        whole_text.weights = Weights::whole_text();
        let snapshot = &evaluation.session.snapshot;
        let cases = snapshot.info().cases;
        let few = cases <= ENCODED as u64;
        let vectors = if few && !evaluation.plain {
            talk.detail(&format!("encoding the whole text of {cases} cases"));
            let mut texts = Vec::new();
            for id in snapshot.ids() {
                let case = snapshot.find(&id)?.unwrap_or_default();
                texts.push((id, text(&case)));
            }
            Some(encode(&texts))
        } else {
            None
        };
        if !few && !evaluation.plain {
            talk.note(&format!(
                "dense and hybrid are left out: the corpus has more than {ENCODED} cases"
            ));
        }
        Ok(Self {
            evaluation,
            whole_text,
            vectors,
        })
    }

    /// The ids of those that are ready.
    pub(super) fn ids(&self) -> &'static [&'static str] {
        if self.vectors.is_some() {
            &["bm25", "dense", "hybrid"]
        } else {
            &["bm25"]
        }
    }

    /// Adds to a view how they do on the topics, and by how much `ours` is ahead.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(crate) fn compare(
        &self,
        asked: &[Asked<'_>],
        ours: &[TopicView],
        view: &mut EvalView,
    ) -> Result<(), Failure> {
        let mut all: BTreeMap<&str, Vec<List>> = BTreeMap::new();
        for topic in asked {
            for (id, scores) in self.scores(&topic.query)? {
                all.entry(id).or_default().push(self.list(topic, &scores)?);
            }
        }
        for (id, lists) in all {
            let theirs = self.evaluation.measures(asked, &lists)?;
            view.baselines.insert(id, lists::mean(&theirs));
            view.differences
                .insert(id, lists::differences(ours, &theirs));
        }
        Ok(())
    }

    /// Each one's scores for a brief, whatever its home.
    pub(super) fn scores(&self, query: &Query) -> Result<Vec<(&'static str, Scores)>, Failure> {
        let bm25 = self.bm25(query)?;
        let scores = if let Some(vectors) = &self.vectors {
            let excluded = &query.filters.not_ids;
            let dense = dense(vectors, excluded, query);
            let hybrid = hybrid(&bm25, &dense);
            vec![bm25, dense, hybrid]
        } else {
            vec![bm25]
        };
        Ok(self.ids().iter().copied().zip(scores).collect())
    }

    /// Those that share a word with the brief.
    fn bm25(&self, query: &Query) -> Result<Scores, Failure> {
        let mut query = query.clone();
        query.meaning = None;
        let most = if self.vectors.is_some() {
            ENCODED
        } else {
            DEPTH
        };
        let recall = self.evaluation.session.snapshot.recall(&query, most)?;
        let mut request = Request::new(self.evaluation.as_of);
        request.plain = true;
        let input = Input::new(&self.whole_text, &query, &recall, &request);
        let ranking = afield_rank::order(&input);
        let scores = ranking.hits.iter().map(|ranked| {
            self.evaluation.learn(ranked.candidate);
            (ranked.candidate.id.clone(), ranked.explanation.score)
        });
        Ok(scores.collect())
    }

    /// A topic's list: best score first, then by id; home is left out unless all is plain.
    fn list(&self, asked: &Asked<'_>, scores: &Scores) -> Result<List, Failure> {
        let mut ranked: Vec<(&String, f64)> = Vec::new();
        for (id, score) in scores {
            let is_home = !asked.home.is_empty() && self.evaluation.facts(id)?.is_of(&asked.home);
            if self.evaluation.plain || !is_home {
                ranked.push((id, *score));
            }
        }
        ranked.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(right.0)));
        let ids = ranked.into_iter().take(DEPTH).map(|(id, _)| id.clone());
        let ids: Vec<String> = ids.collect();
        Ok(List {
            shown: ids.len(),
            ids,
        })
    }
}

/// The whole of a case as one text; all its sections where none says what it is for.
fn text(case: &Case) -> String {
    let is_told = |kind| {
        matches!(
            kind,
            SectionKind::Challenge | SectionKind::Idea | SectionKind::Outcome
        )
    };
    let any = case.sections.iter().any(|section| is_told(section.kind));
    let told = case
        .sections
        .iter()
        .filter(|section| !any || is_told(section.kind));
    let mut text = case.title.clone();
    for section in told {
        text.push(' ');
        text += &section.text();
    }
    text
}

/// Encodes texts on all processors.
fn encode(texts: &[(String, String)]) -> BTreeMap<String, Vector> {
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get());
    let share = texts.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let shares = texts.chunks(share);
        let workers: Vec<_> = shares
            .map(|share| {
                scope.spawn(move || {
                    let encoded = share
                        .iter()
                        .map(|(id, text)| (id.clone(), Encoder::shared().encode(text)));
                    encoded.collect::<Vec<_>>()
                })
            })
            .collect();
        let encoded = workers
            .into_iter()
            .map(|worker| worker.join().expect("encoding does not panic"));
        encoded.flatten().collect()
    })
}

fn dense(vectors: &BTreeMap<String, Vector>, excluded: &BTreeSet<String>, query: &Query) -> Scores {
    let brief = query.meaning.as_ref().unwrap_or(&query.text);
    let brief = Encoder::shared().recall(brief);
    let scored = vectors.iter().filter(|(id, _)| !excluded.contains(*id));
    scored
        .map(|(id, vector)| (id.clone(), f64::from(brief.cosine(vector))))
        .collect()
}

/// Half of each, over the cases of the second; a case that the first does not tell of has 0 there.
fn hybrid(words: &Scores, meaning: &Scores) -> Scores {
    let words: Vec<f64> = meaning
        .keys()
        .map(|id| words.get(id).copied().unwrap_or(0.0))
        .collect();
    let dense: Vec<f64> = meaning.values().copied().collect();
    let halves = scaled(&words).zip(scaled(&dense));
    let fused = halves.map(|(words, dense)| f64::midpoint(words, dense));
    meaning.keys().cloned().zip(fused).collect()
}

/// From 0 for the least to 1 for the most.
fn scaled(scores: &[f64]) -> impl Iterator<Item = f64> {
    let least = scores.iter().copied().fold(f64::INFINITY, f64::min);
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = (most - least).max(f64::MIN_POSITIVE);
    scores.iter().map(move |score| (score - least) / range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hybrid_is_half_of_each_scaled() {
        let scores = |scores: &[(&str, f64)]| -> Scores {
            scores
                .iter()
                .map(|(id, score)| ((*id).to_owned(), *score))
                .collect()
        };
        let words = scores(&[("a", 0.2), ("b", 0.1)]);
        let meaning = scores(&[("a", 0.3), ("b", 0.5), ("c", 0.1)]);
        let expected = scores(&[("a", 0.75), ("b", 0.75), ("c", 0.0)]);
        for (id, score) in hybrid(&words, &meaning) {
            assert!((score - expected[&id]).abs() < 1e-12, "{id} {score}");
        }
        let same = scores(&[("a", 0.5), ("b", 0.5)]);
        assert_eq!(hybrid(&same, &same), scores(&[("a", 0.0), ("b", 0.0)]));
    }
}

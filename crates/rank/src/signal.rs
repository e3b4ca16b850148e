//! The ranking signals: one file each, with its formula, its range and its source.
//!
//! | part | asks | range with the default weights |
//! | --- | --- | --- |
//! | [`problem`] | is it the same problem? | 0 to 1 |
//! | [`text`] | do the words match elsewhere? | 0 to 0.25 |
//! | [`stress`] | was it born under pressure, and is its sector pressed now? | 0.95 to 1.05 |
//! | [`distance`] | how well does its distance suit the dial? | 0.98 to 1.02; 0.8 to 1.2 with the dial set |
//! | [`evidence`] | how well is it evidenced? | 0.97 to 1.055 |
//! | [`novelty`] | is it new at home? | 0.9 to 1 |
//!
//! A signal is a function of the scene (brief, home, what the sectors are like) and a candidate. The first two add up
//! to relevance; the others are factors, and 1 where nothing is known.

pub mod distance;
pub mod evidence;
pub mod novelty;
pub mod problem;
pub mod stress;
pub mod text;

use crate::bm25f::Lexicon;
use crate::home::Home;
use crate::{Context, Distance, Mix, Request};
use afield_corpus::Years;
use afield_index::{Candidate, PerField, Query, Statistics};
use std::collections::BTreeMap;

/// What the signals look at: the brief, what is known of its words, where home is, and what the candidates' sectors
/// are like. Sectors are looked up once and not once a case.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) context: &'a Context,
    pub(crate) query: &'a Query,
    pub(crate) request: &'a Request,
    pub(crate) lexicon: Lexicon<'a>,
    pub(crate) home: Option<Home<'a>>,
    /// Whether cases are compared by meaning.
    by_meaning: bool,
    /// How surely the brief means each signal, whatever its words.
    pub(crate) meant_signals: &'a [(String, f64)],
    sectors: BTreeMap<&'a str, (Option<Distance>, Option<f64>)>,
    during: BTreeMap<(&'a str, Years), Option<f64>>,
}

impl<'a> Scene<'a> {
    pub(crate) fn new(
        context: &'a Context,
        query: &'a Query,
        request: &'a Request,
        statistics: &'a Statistics,
        candidates: &'a [Candidate],
    ) -> Self {
        let home = request
            .home
            .as_deref()
            .map(|id| Home::new(&context.vocabulary, id));
        let mut scene = Self {
            context,
            query,
            request,
            lexicon: Lexicon::new(statistics),
            home,
            by_meaning: statistics.by_meaning,
            meant_signals: &statistics.meant_signals,
            sectors: BTreeMap::new(),
            during: BTreeMap::new(),
        };
        for candidate in candidates {
            scene.visit(candidate);
        }
        scene
    }

    fn visit(&mut self, candidate: &'a Candidate) {
        let Some(sector) = candidate.sector.as_deref() else {
            return;
        };
        let Context {
            vocabulary, stress, ..
        } = self.context;
        let as_of = self.request.as_of;
        let home = self.home.as_ref().map(|home| home.id);
        let (_, now) = *self.sectors.entry(sector).or_insert_with(|| {
            let distance = home.and_then(|home| crate::distance(vocabulary, home, sector));
            (distance, stress.value(sector, as_of))
        });
        if let Some(years) = candidate.years {
            self.during
                .entry((sector, years))
                .or_insert_with(|| stress.during_with(sector, years, as_of, || now));
        }
    }

    /// What the relevance of a case is mixed from.
    pub(crate) fn mix(&self, candidate: &Candidate) -> &'a Mix {
        self.context.weights.mix(candidate, self.by_meaning)
    }

    /// How well the words of the brief match some fields of a case, 0 to 1.
    pub(crate) fn words(&self, candidate: &Candidate, fields: &PerField<f64>) -> f64 {
        let weights = &self.context.weights;
        let share = self.lexicon.share(candidate, fields, weights);
        if !self.by_meaning {
            return share;
        }
        // The longer a brief, the smaller the share of it that any one case can have; a cosine knows no length.
        (share * (self.lexicon.len() as f64).powf(weights.growth)).min(1.0)
    }

    /// Whether the case is of the asker's own sector.
    pub(crate) fn is_home(&self, candidate: &Candidate) -> bool {
        let sector = candidate.sector.as_deref();
        sector.is_some_and(|sector| self.home.as_ref().is_some_and(|home| home.holds(sector)))
    }

    /// How far the case's sector is from home, where both are known.
    pub(crate) fn distance(&self, candidate: &Candidate) -> Option<Distance> {
        self.sectors.get(candidate.sector.as_deref()?)?.0
    }

    /// Stress of the case's sector on the date asked for, where observed.
    pub(crate) fn stress_now(&self, candidate: &Candidate) -> Option<f64> {
        self.sectors.get(candidate.sector.as_deref()?)?.1
    }

    /// Stress of the case's sector when it acted, where observed.
    pub(crate) fn stress_then(&self, candidate: &Candidate) -> Option<f64> {
        *self
            .during
            .get(&(candidate.sector.as_deref()?, candidate.years?))?
    }
}

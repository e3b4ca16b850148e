//! Judged topics and pairs through the search: lists, then measures, beside other ways to search.
//!
//! What is judged is the order as a whole: the hits, then what was found but is too weak to be shown. Otherwise a
//! search that shows less would look worse for being honest. Only `zero_results` asks whether anything was shown.
//!
//! What the index knows of a brief, no weight changes. So it is asked once ([`asked`]), and any weights are tried on it.

mod ablation;
mod asked;
mod baselines;
mod lists;
mod pairs;
mod tuning;

pub(crate) use ablation::ablate;
pub(crate) use asked::Asked;
pub(crate) use baselines::Baselines;
pub(crate) use lists::{List, mean};
use pairs::AskedPair;
pub(crate) use tuning::cross_validate;

use crate::error::Failure;
use crate::session::Session;
use afield_corpus::Month;
use afield_index::{Candidate, Filters, Query};
use afield_rank::{Context, Weights};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Most cases in the list of a topic.
const DEPTH: usize = 1_000;

/// Evaluates one corpus.
pub(crate) struct Evaluation<'a> {
    session: &'a Session,
    /// Vocabulary, stress and the weights as they are shipped.
    pub(crate) context: Context,
    as_of: Month,
    plain: bool,
    facts: RefCell<BTreeMap<String, Rc<Facts>>>,
}

/// What a case is, as far as measures ask.
#[derive(Debug, Clone, Default)]
struct Facts {
    sector: Option<String>,
    mechanism: Vec<String>,
}

impl Facts {
    fn nuggets(&self) -> BTreeSet<String> {
        self.sector.iter().chain(&self.mechanism).cloned().collect()
    }

    fn is_of(&self, home: &BTreeSet<String>) -> bool {
        self.sector
            .as_ref()
            .is_some_and(|sector| home.contains(sector))
    }
}

impl<'a> Evaluation<'a> {
    pub(crate) fn new(session: &'a Session, as_of: Month, plain: bool) -> Self {
        Self {
            session,
            context: Context::new(session.snapshot.catalogue(), Weights::default()),
            as_of,
            plain,
            facts: RefCell::default(),
        }
    }

    /// Reads a brief, as a search does.
    fn read(&self, text: &str, filters: Filters) -> Query {
        self.session.snapshot.read(text, filters)
    }

    /// The sector that a brief is for, with its leaves.
    fn home(&self, wanted: &str) -> Result<(String, BTreeSet<String>), String> {
        let resolved = self.session.vocabulary().resolve_sector(wanted);
        let resolved = resolved.map_err(|unknown| unknown.to_string())?;
        Ok((resolved.id, resolved.leaves.into_iter().collect()))
    }

    /// What a case is; nothing for one that the corpus does not have.
    fn facts(&self, id: &str) -> Result<Rc<Facts>, Failure> {
        if let Some(facts) = self.facts.borrow().get(id) {
            return Ok(Rc::clone(facts));
        }
        let case = self.session.snapshot.find(id)?.unwrap_or_default();
        Ok(self.keep(id, case.sector, case.mechanism))
    }

    /// Keeps what recall says anyway, so that the case need not be read for it.
    fn learn(&self, candidate: &Candidate) {
        if !self.facts.borrow().contains_key(&candidate.id) {
            let Candidate {
                id,
                sector,
                mechanism,
                ..
            } = candidate;
            self.keep(id, sector.clone(), mechanism.clone());
        }
    }

    fn keep(&self, id: &str, sector: Option<String>, mechanism: Vec<String>) -> Rc<Facts> {
        let facts = Rc::new(Facts { sector, mechanism });
        let mut known = self.facts.borrow_mut();
        known.insert(id.to_owned(), Rc::clone(&facts));
        facts
    }
}

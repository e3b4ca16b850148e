//! One generation of a corpus, and its answers: what both HTTP and MCP ask.
//!
//! An engine never changes; a newer generation is another engine. So whatever one request asks of it comes from one
//! generation.

use crate::ask::{BriefAsk, PageAsk, SuggestAsk};
use crate::fields::shown;
use crate::problem::{Code, Fault, Problem};
use afield_corpus::{Case, Month, Vocabulary};
use afield_index::{
    EncodeOptions, EncodeReport, Encoded, Facet, Filters, IndexError, IndexInfo, Location, Query,
    Refusal, Snapshot, in_full,
};
use afield_present::view::{
    CaseView, FacetListView, IndexView, MechanismsView, RelatedView, SearchView, SectorView,
    SectorsView, SignalView, SignalsView, SuggestionEntry, SuggestionsView, WhyView,
};
use afield_rank::{Context, Request, Weights};
use std::collections::BTreeSet;
use std::time::Instant;

/// One generation of a corpus, ready to answer.
#[derive(Debug)]
pub(crate) struct Engine {
    snapshot: Snapshot,
    context: Context,
    /// What every asker should know, as sentences.
    warnings: Vec<String>,
}

impl Engine {
    /// The engine of a generation.
    pub(crate) fn new(snapshot: Snapshot, warnings: Vec<String>) -> Self {
        Self {
            context: Context::new(snapshot.catalogue(), Weights::default()),
            snapshot,
            warnings,
        }
    }

    /// What is known of the index as a whole.
    pub(crate) fn info(&self) -> IndexInfo {
        self.snapshot.info()
    }

    /// Tells this engine's answers from another's: the generation, and how much of it is known by meaning.
    pub(crate) fn state(&self) -> String {
        format!("{} {:?}", self.info().generation, self.snapshot.encoded())
    }

    /// Whether all cases are known by meaning.
    pub(crate) fn knows_all(&self) -> bool {
        self.snapshot.encoded() == Encoded::All
    }

    /// Encodes what has no vector yet; see [`afield_index::encode`].
    pub(crate) fn encode(
        &self,
        location: &Location,
        options: EncodeOptions,
        progress: &mut dyn FnMut(usize, usize) -> bool,
    ) -> Result<EncodeReport, IndexError> {
        afield_index::encode(location, &self.snapshot, options, progress)
    }

    /// The vocabularies of this generation.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.context.vocabulary
    }

    /// Ideas for a brief.
    pub(crate) fn search(
        &self,
        ask: &BriefAsk,
        page: PageAsk,
        today: Month,
    ) -> Result<SearchView, Problem> {
        let started = Instant::now();
        let (query, mut request) = self.understand(ask, today)?;
        (request.limit, request.offset) = (page.limit, page.offset);
        let mut answer = afield_rank::search(&self.snapshot, &self.context, query, &request)?;
        answer.warnings.extend(self.warnings.iter().cloned());
        let highlight = |text: &str| self.snapshot.highlights(&answer.query, text);
        let took = started.elapsed();
        Ok(SearchView::new(
            &answer,
            self.vocabulary(),
            &highlight,
            took,
        ))
    }

    /// Why a case stands where it stands for a brief.
    pub(crate) fn why(&self, id: &str, ask: &BriefAsk, today: Month) -> Result<WhyView, Problem> {
        let (query, request) = self.understand(ask, today)?;
        let case = self.found(id)?;
        let found = afield_rank::why(&self.snapshot, &self.context, &case.id, &query, &request)?;
        let found = found.ok_or_else(|| self.unknown_case(id))?;
        let home = request.home.as_deref();
        Ok(WhyView::new(&found, &query, home, self.vocabulary()))
    }

    /// One case, whole.
    pub(crate) fn case(&self, id: &str) -> Result<CaseView, Problem> {
        Ok(CaseView::new(&self.found(id)?, self.vocabulary()))
    }

    /// Cases of other sectors with the same problem or the same mechanism.
    pub(crate) fn related(&self, id: &str, limit: usize) -> Result<RelatedView, Problem> {
        let case = self.found(id)?;
        let related = afield_rank::related(&self.snapshot, &self.context, &case.id, limit)?;
        let related = related.unwrap_or_default();
        Ok(RelatedView::new(&case, &related, self.vocabulary()))
    }

    /// How hard each sector is pressed.
    pub(crate) fn sectors(&self, as_of: Month) -> SectorsView {
        let counts = self.snapshot.counts();
        SectorsView::new(&self.context.stress, self.vocabulary(), counts, as_of)
    }

    /// One sector: its stress, the curve, and the figures behind it.
    pub(crate) fn sector(&self, wanted: &str, as_of: Month) -> Result<SectorView, Problem> {
        let problem = |detail: String, near| Problem::new(Code::UnknownSector, detail).meant(near);
        short(wanted, Code::UnknownSector)?;
        let resolved = self.vocabulary().resolve_sector(wanted);
        let resolved = resolved.map_err(|unknown| problem(unknown.to_string(), unknown.nearest))?;
        let [sector] = resolved.leaves.as_slice() else {
            let leaves = resolved.leaves.join("`, `");
            let detail = format!(
                "`{}` is a group of sectors; choose one: `{leaves}`",
                resolved.id
            );
            return Err(problem(detail, resolved.leaves.first().cloned()));
        };
        if self.vocabulary().sectors.is_empty() && !self.is_used(Facet::Sector, sector) {
            return Err(problem(
                format!("unknown sector `{sector}`: no case has it"),
                None,
            ));
        }
        let model = &self.context.stress;
        Ok(SectorView::new(sector, model, self.vocabulary(), as_of))
    }

    /// The vocabulary of stress signals.
    pub(crate) fn signals(&self) -> SignalsView {
        SignalsView::new(self.vocabulary(), self.snapshot.counts())
    }

    /// One signal.
    pub(crate) fn signal(&self, wanted: &str) -> Result<SignalView, Problem> {
        let problem = |detail: String, near| Problem::new(Code::UnknownSignal, detail).meant(near);
        short(wanted, Code::UnknownSignal)?;
        let resolved = self.vocabulary().resolve_signal(wanted);
        let resolved = resolved.map_err(|unknown| problem(unknown.to_string(), unknown.nearest))?;
        let signals = &self.vocabulary().signals;
        let signal = signals.iter().find(|signal| signal.id == resolved.id);
        let signal = signal.ok_or_else(|| {
            problem(
                format!("this corpus has no vocabulary entry for `{}`", resolved.id),
                None,
            )
        })?;
        let series = self.snapshot.catalogue().series.iter();
        let observed = series.filter(|series| series.signal == signal.id);
        let sectors: BTreeSet<String> = observed.map(|series| series.sector.clone()).collect();
        let sectors: Vec<String> = sectors.into_iter().collect();
        let counts = self.snapshot.counts();
        Ok(SignalView::new(signal, self.vocabulary(), counts, &sectors))
    }

    /// The vocabulary of mechanisms.
    pub(crate) fn mechanisms(&self) -> MechanismsView {
        MechanismsView::new(self.vocabulary(), self.snapshot.counts())
    }

    /// How many cases have each value of each facet.
    pub(crate) fn facets(&self) -> FacetListView {
        FacetListView::new(self.vocabulary(), self.snapshot.counts(), &self.info())
    }

    /// Names that begin with what was typed.
    pub(crate) fn suggest(&self, ask: &SuggestAsk) -> Result<SuggestionsView, Problem> {
        let found = self.snapshot.suggest(&ask.q, ask.limit)?.into_iter();
        let entries = found.map(|found| SuggestionEntry {
            kind: found.kind.name().to_owned(),
            id: found.id,
            text: found.text,
            matched: found.matched,
        });
        Ok(SuggestionsView {
            query: ask.q.clone(),
            suggestions: entries.collect(),
            index: IndexView::new(&self.info()),
        })
    }

    /// Reads the vectors, for which the first search would wait otherwise.
    pub(crate) fn warm(&self) {
        self.snapshot.encoded();
    }

    /// Collects the names to suggest, for which the first who asks for some would wait otherwise.
    pub(crate) fn warm_names(&self) {
        if let Err(error) = self.snapshot.suggest("a", 1) {
            tracing::warn!(error = %in_full(&error), "there are no names to suggest");
        }
    }

    fn is_used(&self, facet: Facet, id: &str) -> bool {
        let counts = self.snapshot.counts();
        counts.get(&facet).is_some_and(|used| used.contains_key(id))
    }

    fn found(&self, id: &str) -> Result<Case, Problem> {
        short(id, Code::UnknownCase)?;
        self.snapshot.find(id)?.ok_or_else(|| self.unknown_case(id))
    }

    fn unknown_case(&self, id: &str) -> Problem {
        let near = self.snapshot.ids_like(id);
        let detail = match near.as_slice() {
            [] => format!("unknown case `{id}`; find ids with /v1/search"),
            near => format!("unknown case `{id}`; nearest: `{}`", near.join("`, `")),
        };
        Problem::new(Code::UnknownCase, detail).meant(near.into_iter().next())
    }

    /// A problem of a request with what only the corpus knows to be wrong about its brief, so that all is told at once.
    pub(crate) fn complete(&self, mut problem: Problem, ask: &BriefAsk) -> Problem {
        problem
            .errors
            .extend(self.resolve(ask).err().unwrap_or_default());
        Problem::invalid(problem.errors)
    }

    /// The brief as this corpus reads it, and what is asked of the ranking.
    fn understand(&self, ask: &BriefAsk, today: Month) -> Result<(Query, Request), Problem> {
        let (home, filters) = self.resolve(ask).map_err(Problem::invalid)?;
        let mut request = Request::new(ask.as_of.unwrap_or(today));
        (request.home, request.dial, request.plain) = (home, ask.distance, ask.plain);
        Ok((self.snapshot.read(&ask.q, filters), request))
    }

    /// The home sector and the filters in the ids of this corpus, or everything that it does not know.
    fn resolve(&self, ask: &BriefAsk) -> Result<(Option<String>, Filters), Vec<Fault>> {
        let mut faults = Vec::new();
        let home = ask.home.as_deref();
        let home = home.map(|home| self.vocabulary().resolve_sector(home));
        let home = home.transpose().unwrap_or_else(|unknown| {
            faults.push(Fault {
                pointer: "#/for".to_owned(),
                detail: unknown.to_string(),
                did_you_mean: unknown.nearest,
                ..Fault::default()
            });
            None
        });
        let filters = self.snapshot.narrow(&ask.wanted());
        let filters = filters.unwrap_or_else(|refusals| {
            faults.extend(refusals.into_iter().map(|refusal| fault(ask, refusal)));
            Filters::default()
        });
        if faults.is_empty() {
            Ok((home.map(|home| home.id), filters))
        } else {
            Err(faults)
        }
    }
}

/// Names as long as a page are nobody's, and what is near them takes long to find.
fn short(name: &str, code: Code) -> Result<(), Problem> {
    const MOST: usize = 200;
    if name.chars().nth(MOST).is_none() {
        return Ok(());
    }
    let detail = format!("`{}` is longer than any name", shown(name));
    Err(Problem::new(code, detail))
}

/// What is wrong with a filter: which value of which name.
fn fault(ask: &BriefAsk, refusal: Refusal) -> Fault {
    let mut name = refusal.facet.name().to_owned();
    let mut wanted = ask.wanted();
    let values = if refusal.negated {
        name.insert_str(0, "not_");
        wanted.none.remove(&refusal.facet)
    } else {
        wanted.any.remove(&refusal.facet)
    };
    let values = values.unwrap_or_default();
    let place = values.iter().position(|value| *value == refusal.value);
    Fault {
        pointer: format!("#/{name}/{}", place.unwrap_or_default()),
        detail: refusal.detail,
        did_you_mean: refusal.nearest,
        ..Fault::default()
    }
}

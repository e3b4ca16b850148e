//! What can be asked of the corpus: a function a route.

use super::asked::{Asked, Posted};
use crate::app::App;
use crate::ask::{BriefAsk, CaseAsk, DateAsk, LimitAsk, PageAsk, SuggestAsk};
use crate::problem::Problem;
use afield_present::view::{
    CaseView, FacetListView, MechanismsView, RelatedView, SearchView, SectorView, SectorsView,
    SignalView, SignalsView, SuggestionsView, WhyView,
};
use axum::extract::{Path, State};
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What a route answers.
type Answered = Result<Response, Problem>;

/// The routes that read the corpus.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(search, search_with_body))
        .routes(routes!(case))
        .routes(routes!(related))
        .routes(routes!(why))
        .routes(routes!(sectors))
        .routes(routes!(sector))
        .routes(routes!(signals))
        .routes(routes!(signal))
        .routes(routes!(mechanisms))
        .routes(routes!(facets))
        .routes(routes!(suggest))
}

/// Find ideas of other sectors for a problem.
///
/// The body is that of `afield search --format json`.
#[utoipa::path(get, path = "/v1/search", tag = "ideas", params(BriefAsk, PageAsk),
    responses((status = 200, description = "Ideas, best first", body = SearchView)))]
async fn search(State(app): State<App>, mut asked: Asked) -> Answered {
    let brief = asked.brief();
    let page = PageAsk::read(&mut asked.fields);
    asked
        .answer(&app, move |engine, today| {
            engine.search(&brief, page, today)
        })
        .await
}

/// Find ideas of other sectors for a problem, with the parameters as one JSON object.
///
/// For briefs that are too long for an address; the names and the answer are those of `GET`.
#[utoipa::path(post, path = "/v1/search", tag = "ideas", request_body = serde_json::Value,
    responses((status = 200, description = "Ideas, best first", body = SearchView)))]
async fn search_with_body(State(app): State<App>, Posted(mut asked): Posted) -> Answered {
    let brief = asked.brief();
    let page = PageAsk::read(&mut asked.fields);
    asked
        .answer(&app, move |engine, today| {
            engine.search(&brief, page, today)
        })
        .await
}

/// One case, whole: its text, figures, sources and what it needs.
#[utoipa::path(get, path = "/v1/cases/{id}", tag = "cases", params(("id" = String, Path, description = "The case's id", example = "argos-fast-track")),
    responses((status = 200, description = "The case", body = CaseView)))]
async fn case(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Answered {
    asked.answer(&app, move |engine, _| engine.case(&id)).await
}

/// Cases of other sectors with the same problem or the same mechanism as a case.
#[utoipa::path(get, path = "/v1/cases/{id}/related", tag = "cases", params(("id" = String, Path, description = "The case's id", example = "argos-fast-track"), LimitAsk),
    responses((status = 200, description = "Related cases, nearest first", body = RelatedView)))]
async fn related(State(app): State<App>, Path(id): Path<String>, mut asked: Asked) -> Answered {
    let limit = LimitAsk::read(&mut asked.fields).limit;
    asked
        .answer(&app, move |engine, _| engine.related(&id, limit))
        .await
}

/// Why a case stands where it stands for a brief, or why it is not there.
#[utoipa::path(get, path = "/v1/why", tag = "ideas", params(CaseAsk, BriefAsk),
    responses((status = 200, description = "Its place, its score and what keeps it out", body = WhyView)))]
async fn why(State(app): State<App>, mut asked: Asked) -> Answered {
    let id = CaseAsk::read(&mut asked.fields).id;
    let brief = asked.brief();
    asked
        .answer(&app, move |engine, today| engine.why(&id, &brief, today))
        .await
}

/// How hard each sector is pressed.
///
/// Stress is read off dated, sourced figures: 0 is not pressed, 1 pressed hard.
#[utoipa::path(get, path = "/v1/sectors", tag = "vocabulary", params(DateAsk),
    responses((status = 200, description = "All sectors", body = SectorsView)))]
async fn sectors(State(app): State<App>, mut asked: Asked) -> Answered {
    let as_of = DateAsk::read(&mut asked.fields).as_of;
    asked
        .answer(&app, move |engine, today| {
            Ok(engine.sectors(as_of.unwrap_or(today)))
        })
        .await
}

/// One sector: its stress now, the curve over time, and the observations with their sources.
#[utoipa::path(get, path = "/v1/sectors/{id}", tag = "vocabulary", params(("id" = String, Path, description = "The sector, by id, label or alias", example = "banking"), DateAsk),
    responses((status = 200, description = "The sector", body = SectorView)))]
async fn sector(State(app): State<App>, Path(id): Path<String>, mut asked: Asked) -> Answered {
    let as_of = DateAsk::read(&mut asked.fields).as_of;
    asked
        .answer(&app, move |engine, today| {
            engine.sector(&id, as_of.unwrap_or(today))
        })
        .await
}

/// The stress signals that cases and briefs are tagged with.
#[utoipa::path(get, path = "/v1/signals", tag = "vocabulary",
    responses((status = 200, description = "All signals", body = SignalsView)))]
async fn signals(State(app): State<App>, asked: Asked) -> Answered {
    asked.answer(&app, |engine, _| Ok(engine.signals())).await
}

/// One stress signal, with its words and its scale.
#[utoipa::path(get, path = "/v1/signals/{id}", tag = "vocabulary", params(("id" = String, Path, description = "The signal, by id, label or alias", example = "footfall-decline")),
    responses((status = 200, description = "The signal", body = SignalView)))]
async fn signal(State(app): State<App>, Path(id): Path<String>, asked: Asked) -> Answered {
    asked
        .answer(&app, move |engine, _| engine.signal(&id))
        .await
}

/// The mechanisms by which ideas work.
#[utoipa::path(get, path = "/v1/mechanisms", tag = "vocabulary",
    responses((status = 200, description = "All mechanisms", body = MechanismsView)))]
async fn mechanisms(State(app): State<App>, asked: Asked) -> Answered {
    asked
        .answer(&app, |engine, _| Ok(engine.mechanisms()))
        .await
}

/// How many cases have each value of each facet: what can be filtered by.
#[utoipa::path(get, path = "/v1/facets", tag = "vocabulary",
    responses((status = 200, description = "All facets", body = FacetListView)))]
async fn facets(State(app): State<App>, asked: Asked) -> Answered {
    asked.answer(&app, |engine, _| Ok(engine.facets())).await
}

/// Titles, organisations, signals, sectors and mechanisms that begin with what was typed.
#[utoipa::path(get, path = "/v1/suggest", tag = "vocabulary", params(SuggestAsk),
    responses((status = 200, description = "Suggestions, likeliest first", body = SuggestionsView)))]
async fn suggest(State(app): State<App>, mut asked: Asked) -> Answered {
    let ask = SuggestAsk::read(&mut asked.fields);
    asked
        .answer(&app, move |engine, _| engine.suggest(&ask))
        .await
}

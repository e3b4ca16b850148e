//! What is asked of the server itself: is it well, what does it count, what can it do.

use super::asked::Asked;
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::{metrics, reference};
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Serialize;
use std::sync::atomic::Ordering;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes that do not read the corpus.
pub(crate) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(healthz))
        .routes(routes!(readyz))
        .routes(routes!(metrics_text))
        .routes(routes!(openapi))
        .routes(routes!(docs))
}

/// How the server is.
#[derive(Debug, Clone, Serialize, ToSchema)]
struct Health {
    /// `ok`.
    status: &'static str,
    /// The version of afield.
    version: &'static str,
    /// Cases that can be found.
    cases: u64,
    /// The generation of the index that answers.
    generation: String,
}

impl Health {
    fn new(app: &App) -> Json<Self> {
        let info = app.live.engine().info();
        Json(Self {
            status: "ok",
            version: env!("CARGO_PKG_VERSION"),
            cases: info.cases,
            generation: info.generation,
        })
    }
}

/// Whether the server is alive. Never waits for searches.
#[utoipa::path(get, path = "/healthz", tag = "server",
    responses((status = 200, description = "It is alive", body = Health)))]
async fn healthz(State(app): State<App>, asked: Asked) -> Result<Json<Health>, Problem> {
    asked.fields.finish()?;
    Ok(Health::new(&app))
}

/// Whether the server takes requests: its index is open, and it is not about to stop.
#[utoipa::path(get, path = "/readyz", tag = "server",
    responses((status = 200, description = "It takes requests", body = Health)))]
async fn readyz(State(app): State<App>, asked: Asked) -> Result<Json<Health>, Problem> {
    asked.fields.finish()?;
    if app.stopping.load(Ordering::Relaxed) {
        return Err(Problem::new(Code::Stopping, "the server is stopping").retry_after(1));
    }
    Ok(Health::new(&app))
}

/// What the server counts, for Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "server",
    responses((status = 200, description = "All counts", body = String, content_type = metrics::MEDIA_TYPE)))]
async fn metrics_text(State(app): State<App>, asked: Asked) -> Result<Response, Problem> {
    asked.fields.finish()?;
    let headers = [(header::CONTENT_TYPE, metrics::MEDIA_TYPE)];
    Ok((headers, app.metrics.text()).into_response())
}

/// This document.
#[utoipa::path(get, path = "/openapi.json", tag = "server",
    responses((status = 200, description = "The document, in OpenAPI 3.1", body = serde_json::Value)))]
async fn openapi(State(app): State<App>, asked: Asked) -> Result<Json<serde_json::Value>, Problem> {
    asked.fields.finish()?;
    Ok(Json(app.document.clone()))
}

/// The reference page for people.
#[utoipa::path(get, path = "/docs", tag = "server",
    responses((status = 200, description = "The page", body = String, content_type = "text/html")))]
async fn docs(
    State(app): State<App>,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, Problem> {
    asked.fields.finish()?;
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let base = format!("http://{}", host.unwrap_or("127.0.0.1"));
    // The page needs nothing from elsewhere, and a browser should know that.
    let policy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";
    let page = Html(reference::page(&app.document, &base)?);
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response())
}

/// The front door leads to the reference page.
pub(crate) async fn home() -> Redirect {
    Redirect::temporary("/docs")
}

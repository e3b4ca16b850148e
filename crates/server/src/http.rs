//! The routes, and what every request passes on its way to one.
//!
//! ```text
//! compress → observe (id, log, metrics, problems) → panics → CORS → guard (host, origin, key, rate) → time → route
//! ```

mod asked;
mod guard;
mod observe;
mod routes;
mod system;

pub(crate) use guard::Peer;

use crate::app::App;
use crate::mcp;
use crate::openapi;
use crate::problem::{Code, Problem};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::limit::RequestBodyLimitLayer;
use utoipa_axum::router::OpenApiRouter;

/// The header that names a request in answers and logs.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// All documented routes, and what `/openapi.json` says of them.
pub(crate) fn documented() -> (Router<App>, serde_json::Value) {
    let router = OpenApiRouter::new()
        .merge(routes::router())
        .merge(system::router());
    let (router, document) = router.split_for_parts();
    (router, openapi::complete(&document))
}

/// The whole service over an app.
pub(crate) fn service(app: &App) -> Router {
    let (router, _) = documented();
    let router = router
        .route_service("/mcp", mcp::http(app))
        .route("/", axum::routing::get(system::home))
        .fallback(unknown_path)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn_with_state(app.clone(), in_time))
        .layer(RequestBodyLimitLayer::new(app.options.body))
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), guard::guard));
    let router = match cors(&app.options.origins) {
        Some(cors) => router.layer(cors),
        None => router,
    };
    router
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), observe::observe))
        .layer(CompressionLayer::new())
        .with_state(app.clone())
}

/// The pages that may ask; [`None`] when there are none.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    if origins.is_empty() {
        return None;
    }
    let any = origins.iter().any(|origin| origin == "*");
    let listed = origins
        .iter()
        .filter_map(|origin| HeaderValue::from_str(origin).ok());
    let origins = if any {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(listed)
    };
    let session = [
        HeaderName::from_static("mcp-session-id"),
        HeaderName::from_static("mcp-protocol-version"),
    ];
    let asked = [
        header::CONTENT_TYPE,
        header::AUTHORIZATION,
        header::IF_NONE_MATCH,
        REQUEST_ID,
    ];
    let told = [header::ETAG, header::RETRY_AFTER, REQUEST_ID];
    Some(
        CorsLayer::new()
            .allow_origin(origins)
            .allow_methods([Method::GET, Method::POST, Method::DELETE])
            .allow_headers(asked.into_iter().chain(session.clone()).collect::<Vec<_>>())
            .expose_headers(told.into_iter().chain(session).collect::<Vec<_>>()),
    )
}

/// No request takes longer than its body and its answer may take together.
async fn in_time(State(app): State<App>, request: Request, next: Next) -> Response {
    let limit = app.options.patience + app.options.timeout;
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let detail = format!("the request took more than {} seconds", limit.as_secs());
            Problem::new(Code::RequestTimeout, detail).into_response()
        }
    }
}

/// What a client sees of a panic.
fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let told = panic.downcast_ref::<String>().map(String::as_str);
    let told = told
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    tracing::error!(panic = told, "a handler panicked");
    Problem::new(Code::Internal, "the server failed; its log has more").into_response()
}

/// The paths that are documented, for `did_you_mean`.
const PATHS: [&str; 15] = [
    "/v1/search",
    "/v1/cases/{id}",
    "/v1/why",
    "/v1/sectors",
    "/v1/signals",
    "/v1/mechanisms",
    "/v1/facets",
    "/v1/suggest",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/docs",
    "/mcp",
    "/",
];

async fn unknown_path(uri: Uri) -> Problem {
    let near = afield_corpus::nearest(uri.path(), PATHS).map(str::to_owned);
    let detail = match &near {
        Some(near) => format!("there is nothing here; did you mean `{near}`?"),
        None => "there is nothing here; `/docs` lists the paths".to_owned(),
    };
    Problem::new(Code::UnknownPath, detail).meant(near)
}

async fn method_not_allowed(method: Method) -> Problem {
    let detail = format!("this path does not answer to {method}; see the header `Allow`");
    Problem::new(Code::MethodNotAllowed, detail)
}

//! What is noted of every request: an id, a line in the log, counts. And where problems get their words.

use super::REQUEST_ID;
use crate::app::App;
use crate::problem::{Code, Problem};
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tracing::Instrument as _;

/// Longest id that is taken over from a client.
const LONGEST_ID: usize = 64;

/// Gives a request its id, lets it pass, and notes how it went.
pub(crate) async fn observe(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let matched = request.extensions().get::<MatchedPath>();
    // Paths that nobody has are one route, so that they cannot fill the memory.
    let route = matched.map_or("other", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!("request", id, %method, path);
    let mut response = next.run(request).instrument(span.clone()).await;
    if let Some(problem) = problem(&mut response, app.options.body) {
        response = told(problem, response, &path, &id);
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    app.metrics.answered(&route, named(&method), status, took);
    span.in_scope(|| {
        tracing::info!(
            route,
            status,
            took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "answered"
        );
    });
    response
}

/// A method by name, where it is one that servers know: clients can make up as many as they like.
fn named(method: &Method) -> &str {
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known
        .into_iter()
        .find(|name| method == *name)
        .unwrap_or("other")
}

/// What a response has to say of a problem: its own, or one for the bare status of a layer.
fn problem(response: &mut Response, most: usize) -> Option<Problem> {
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        return Some(problem);
    }
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|media_type| media_type.as_bytes().starts_with(b"application/"));
    if is_json {
        return None;
    }
    let (code, detail) = match response.status() {
        StatusCode::BAD_REQUEST => (Code::BadRequest, "the request cannot be read"),
        StatusCode::PAYLOAD_TOO_LARGE => (Code::BodyTooLarge, ""),
        StatusCode::REQUEST_TIMEOUT => {
            (Code::RequestTimeout, "the request took too long to arrive")
        }
        StatusCode::METHOD_NOT_ALLOWED => (
            Code::MethodNotAllowed,
            "this path does not answer to this method; see the header `Allow`",
        ),
        StatusCode::NOT_ACCEPTABLE => (
            Code::NotAcceptable,
            "send `Accept: application/json, text/event-stream`",
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            Code::UnsupportedMediaType,
            "send the body with `Content-Type: application/json`",
        ),
        StatusCode::INTERNAL_SERVER_ERROR => {
            (Code::Internal, "the server failed; its log has more")
        }
        _ => return None,
    };
    let detail = match code {
        Code::BodyTooLarge => format!("a body may have up to {most} bytes"),
        _ => detail.to_owned(),
    };
    Some(Problem::new(code, detail))
}

/// The response with the problem as its body; headers that were set on the way stay.
fn told(problem: Problem, response: Response, path: &str, id: &str) -> Response {
    let body = serde_json::to_vec_pretty(&problem.view(path, id)).unwrap_or_default();
    let mut fresh = problem.into_response();
    fresh.extensions_mut().remove::<Problem>();
    let (mut parts, _) = response.into_parts();
    for (name, value) in fresh.headers() {
        parts.headers.insert(name, value.clone());
    }
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.status = fresh.status();
    Response::from_parts(parts, Body::from(body))
}

/// The id that the client gave, if it is a sound one, else a new one: unlike any other of this process.
fn request_id(headers: &HeaderMap) -> String {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let sound = |id: &&str| {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !id.is_empty() && id.len() <= LONGEST_ID && id.bytes().all(safe)
    };
    let given = headers
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .filter(sound);
    given.map_or_else(
        || {
            format!(
                "{:08x}-{}",
                std::process::id(),
                COUNT.fetch_add(1, Ordering::Relaxed)
            )
        },
        str::to_owned,
    )
}

//! A request as the routes want it, and the way from a view to a response.

use crate::app::App;
use crate::ask::BriefAsk;
use crate::engine::Engine;
use crate::fields::Fields;
use crate::problem::{Code, Problem};
use afield_corpus::Month;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Longest path with its query, in bytes.
const LONGEST_URI: usize = 16 * 1_024;

/// A request without a body.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Its values.
    pub(crate) fields: Fields,
    /// Its brief, if it has one.
    brief: Option<BriefAsk>,
    /// What tells its answers from those of other requests; [`None`] where answers are not to be kept.
    uri: Option<String>,
    /// The tags of answers that the client has.
    known: Option<String>,
}

impl FromRequestParts<App> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let uri = parts
            .uri
            .path_and_query()
            .map_or("/", |whole| whole.as_str());
        if uri.len() > LONGEST_URI {
            let advice = match parts.uri.path() {
                "/v1/search" => "; send `POST /v1/search` with a body instead",
                _ => "",
            };
            let detail = format!(
                "{} bytes, at most {LONGEST_URI} are read{advice}",
                uri.len()
            );
            return Err(Problem::new(Code::UriTooLong, detail));
        }
        Ok(Self {
            fields: Fields::of_query(parts.uri.query().unwrap_or_default()),
            brief: None,
            uri: Some(uri.to_owned()),
            known: known(&parts.headers),
        })
    }
}

/// A request with a JSON object as its body.
#[derive(Debug)]
pub(crate) struct Posted(pub(crate) Asked);

impl FromRequest<App> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        // All values are in the body; one in the query would be passed over.
        Fields::of_query(parts.uri.query().unwrap_or_default()).finish()?;
        if !is_json(&parts.headers) {
            let detail = "send the body with `Content-Type: application/json`";
            return Err(Problem::new(Code::UnsupportedMediaType, detail));
        }
        Ok(Self(Asked {
            fields: Fields::of_object(object(body, app).await?),
            brief: None,
            uri: None,
            known: None,
        }))
    }
}

/// The body as a JSON object.
async fn object(body: Body, app: &App) -> Result<Vec<(String, Value)>, Problem> {
    let limit = app.options.body;
    let read = tokio::time::timeout(app.options.patience, to_bytes(body, limit)).await;
    let late = |_| {
        let detail = format!(
            "the body did not arrive within {} seconds",
            app.options.patience.as_secs()
        );
        Problem::new(Code::RequestTimeout, detail)
    };
    let bytes = read.map_err(late)?.map_err(|error| {
        let told = afield_index::in_full(&error);
        if told.contains("length limit") {
            let detail = format!("a body may have up to {limit} bytes");
            Problem::new(Code::BodyTooLarge, detail)
        } else {
            Problem::new(Code::BadRequest, "the body did not arrive as a whole")
        }
    })?;
    let broken = |detail| Problem::new(Code::InvalidJson, detail);
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(broken(match serde_json::from_slice::<Value>(&bytes) {
            Ok(_) => "the body is JSON, but not an object such as {\"q\": \"…\"}".to_owned(),
            Err(error) => format!("the body is not JSON: {error}"),
        }));
    }
    let entries: Result<Entries, _> = serde_json::from_slice(&bytes);
    let entries = entries.map_err(|error| broken(format!("the body is not JSON: {error}")))?;
    Ok(entries.0)
}

/// An object as it is written: a map would pass over a name that is given twice.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Entries;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    given.is_some_and(|given| {
        let essence = given.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
    })
}

fn known(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(header::IF_NONE_MATCH).into_iter();
    let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(","))
}

impl Asked {
    /// Takes the values of a brief.
    pub(crate) fn brief(&mut self) -> BriefAsk {
        let brief = BriefAsk::read(&mut self.fields);
        self.brief.insert(brief).clone()
    }

    /// Ends the reading of values, asks the generation in force, and writes what it says as JSON.
    ///
    /// # Errors
    /// When values are wrong, the server is busy, or the engine refuses.
    pub(crate) async fn answer<View: Serialize>(
        self,
        app: &App,
        ask: impl FnOnce(&Engine, Month) -> Result<View, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let place = self.fields.place();
        let (engine, today) = (app.live.engine(), app.today());
        if let Err(problem) = self.fields.finish() {
            let Some(brief) = self.brief else {
                return Err(problem);
            };
            let complete = move || Ok(engine.complete(problem, &brief).located(place));
            return Err(app.pool.run(complete).await?);
        }
        let tag = self.uri.map(|uri| tag(&engine.state(), today, &uri));
        let known = self.known.unwrap_or_default();
        if tag.as_deref().is_some_and(|tag| holds(&known, tag)) {
            return Ok(with_tag(
                StatusCode::NOT_MODIFIED.into_response(),
                tag.as_deref(),
            ));
        }
        let work = move || {
            let mut body = Vec::new();
            let view = ask(&engine, today).map_err(|problem| problem.located(place))?;
            let written = afield_present::json::write(&view, &mut body);
            written.map_err(|error| Problem::new(Code::Internal, error.to_string()))?;
            Ok(body)
        };
        let body = app.pool.run(work).await?;
        let mut response = if known.trim() == "*" && tag.is_some() {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            body.into_response()
        };
        let media_type = HeaderValue::from_static("application/json");
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, media_type);
        Ok(with_tag(response, tag.as_deref()))
    }
}

/// Adds the tag of an answer, and that it may be kept but has to be asked about.
fn with_tag(mut response: Response, tag: Option<&str>) -> Response {
    let headers = response.headers_mut();
    let tag = tag.and_then(|tag| HeaderValue::from_str(tag).ok());
    let cache = if tag.is_some() {
        "private, no-cache"
    } else {
        "no-store"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Some(tag) = tag {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The tag of an answer: another generation, month, version or request has another. It is weak, since `took_ms` and
/// the coding of the content may differ.
fn tag(state: &str, today: Month, uri: &str) -> String {
    let parts = [state, &today.to_string(), env!("CARGO_PKG_VERSION"), uri];
    let digest = Sha256::digest(parts.join("\n"));
    let hex: String = digest
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("W/\"{hex}\"")
}

/// Whether a list of tags has one, by weak comparison (RFC 9110, section 13.1.2).
fn holds(list: &str, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.split(',').any(|each| opaque(each) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_compared_weakly() {
        for (list, expected) in [
            ("W/\"a\"", true),
            ("\"a\"", true),
            ("\"b\", W/\"a\"", true),
            ("\"b\"", false),
            ("a", false),
            ("", false),
        ] {
            assert_eq!(holds(list, "W/\"a\""), expected, "{list}");
        }
    }

    #[test]
    fn another_generation_month_or_request_has_another_tag() {
        let month = |text: &str| afield_corpus::Period::parse(text).unwrap().end;
        let first = tag("one", month("2026-01"), "/v1/search?q=a");
        assert_eq!(first, tag("one", month("2026-01"), "/v1/search?q=a"));
        assert_ne!(first, tag("two", month("2026-01"), "/v1/search?q=a"));
        assert_ne!(first, tag("one", month("2026-02"), "/v1/search?q=a"));
        assert_ne!(first, tag("one", month("2026-01"), "/v1/search?q=b"));
    }
}

//! Who may pass: the name the server was called by, the page that asks, the key, the rate.

use crate::app::{App, State as AppState};
use crate::keys::{Admission, Scope};
use crate::problem::{Code, Problem};
use crate::rate::Who;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Version, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::{IpAddr, SocketAddr};

/// Who is at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// Lets a request pass, or says why not.
pub(crate) async fn guard(
    State(app): State<App>,
    Extension(Peer(peer)): Extension<Peer>,
    request: Request,
    next: Next,
) -> Response {
    match admit(&app, peer, &request) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn admit(app: &AppState, peer: SocketAddr, request: &Request) -> Result<(), Problem> {
    let host = host(request)?.unwrap_or_default();
    if !host.is_empty() {
        check_host(&host, &app.options.hosts)?;
    }
    check_origin(&host, request.headers(), &app.options.origins)?;
    let Some(scope) = scope(request.uri().path()) else {
        return Ok(());
    };
    let who = match &app.keys {
        Some(keys) => {
            let ring = keys.current();
            let today = (app.options.today)();
            match ring.admit(bearer(request.headers())?, today) {
                Admission::Granted(key) if key.allows(scope) => Who::Key(key.name().to_owned()),
                Admission::Granted(key) => {
                    let detail = format!(
                        "the key `{}` does not have the scope `{}`",
                        key.name(),
                        scope.id()
                    );
                    return Err(Problem::new(Code::MissingScope, detail));
                }
                Admission::Expired(key) => {
                    let detail = format!("the key `{}` has expired", key.name());
                    return Err(Problem::new(Code::ExpiredKey, detail));
                }
                Admission::Unknown => {
                    let detail = "the key is not one of this server's; it may have been revoked";
                    return Err(Problem::new(Code::InvalidKey, detail));
                }
            }
        }
        None => Who::at(peer.ip()),
    };
    let Some(rate) = &app.rate else {
        return Ok(());
    };
    rate.count(&who).map_err(|wait| {
        let detail = format!("too many requests; try again in {wait} s");
        Problem::new(Code::RateLimited, detail).retry_after(wait)
    })
}

/// The scope that a path needs; [`None`] where no key is needed.
fn scope(path: &str) -> Option<Scope> {
    match path {
        "/" | "/docs" | "/openapi.json" | "/healthz" | "/readyz" => None,
        "/metrics" => Some(Scope::Metrics),
        _ => Some(Scope::Read),
    }
}

/// The key that a request carries.
fn bearer(headers: &HeaderMap) -> Result<&str, Problem> {
    let given = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = given.and_then(|given| {
        let (scheme, key) = given.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| key.trim())
    });
    bearer.ok_or_else(|| {
        let detail = "send a key as `Authorization: Bearer KEY`; `afield keys new NAME` makes one";
        Problem::new(Code::MissingKey, detail)
    })
}

/// The name by which the server was called, with its port; [`None`] for a client so old that it says none.
fn host(request: &Request) -> Result<Option<String>, Problem> {
    let mut headers = request.headers().get_all(header::HOST).iter();
    let (first, second) = (headers.next(), headers.next());
    let authority = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    let named = authority.or_else(|| first?.to_str().ok());
    match named.filter(|named| !named.is_empty()) {
        Some(named) if second.is_none() => Ok(Some(named.to_ascii_lowercase())),
        None if request.version() == Version::HTTP_10 => Ok(None),
        _ => Err(Problem::new(
            Code::BadRequest,
            "the request has to have one `Host`",
        )),
    }
}

/// A page of another site can make its own name lead to this server (DNS rebinding), but not an IP address or
/// `localhost`. So those are let in, and other names only where the server was told of them.
fn check_host(host: &str, hosts: &[String]) -> Result<(), Problem> {
    let name = name_of(host);
    let literal = name
        .trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<IpAddr>()
        .is_ok();
    let listed = || hosts.iter().any(|each| each.eq_ignore_ascii_case(name));
    if literal || name == "localhost" || listed() {
        return Ok(());
    }
    let detail =
        format!("this server does not answer to `{name}`; it can with `--allow-host {name}`");
    Err(Problem::new(Code::ForbiddenHost, detail))
}

/// A page may ask if it comes from this server or from an origin that is allowed.
fn check_origin(host: &str, headers: &HeaderMap, origins: &[String]) -> Result<(), Problem> {
    for origin in headers.get_all(header::ORIGIN) {
        let origin = origin.to_str().unwrap_or("null");
        let rest = origin.split_once("://").map(|(_, rest)| rest);
        let own = rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host));
        let listed = |each: &String| each == "*" || each.eq_ignore_ascii_case(origin);
        if !own && !origins.iter().any(listed) {
            let detail = format!(
                "pages of `{origin}` may not ask this server; they may with `--cors-origin {origin}`"
            );
            return Err(Problem::new(Code::ForbiddenOrigin, detail));
        }
    }
    Ok(())
}

/// The name of `name:port` or `[address]:port`.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') =>
        {
            if name.starts_with('[') && !name.ends_with(']') {
                host
            } else {
                name
            }
        }
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_cannot_be_rebound_or_are_listed_are_answered() {
        let listed = ["ideas.example".to_owned()];
        for (host, expected) in [
            ("localhost", true),
            ("localhost:7330", true),
            ("127.0.0.1:7330", true),
            ("[::1]:7330", true),
            ("[::1]", true),
            ("192.0.2.7", true),
            ("ideas.example", true),
            ("ideas.example:443", true),
            ("evil.example", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example:7330", false),
            ("localhost:evil", false),
            ("", false),
        ] {
            assert_eq!(check_host(host, &listed).is_ok(), expected, "{host}");
        }
    }

    #[test]
    fn only_own_and_listed_pages_may_ask() {
        let listed = ["https://ideas.example".to_owned()];
        for (origin, expected) in [
            (None, true),
            (Some("http://localhost:7330"), true),
            (Some("http://localhost:7331"), false),
            (Some("https://ideas.example"), true),
            (Some("https://ideas.example.evil.example"), false),
            (Some("null"), false),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            let found = check_origin("localhost:7330", &headers, &listed);
            assert_eq!(found.is_ok(), expected, "{origin:?}");
        }
    }
}

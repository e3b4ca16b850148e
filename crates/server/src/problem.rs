//! What went wrong, as [RFC 9457] problem details: one shape for every error of the HTTP door.
//!
//! [RFC 9457]: https://www.rfc-editor.org/rfc/rfc9457

use afield_index::{IndexError, in_full};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// Media type of a problem.
pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// What went wrong.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Problem {
    code: Code,
    /// What happened, and what to do about it.
    pub(crate) detail: String,
    /// Everything that is wrong with the request; empty where the problem is not one of its values.
    pub(crate) errors: Vec<Fault>,
    did_you_mean: Option<String>,
    /// Seconds to wait before trying again.
    retry_after: Option<u64>,
}

/// A problem as a client reads it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemView<'a> {
    /// Where this kind of problem is explained, relative to the server.
    #[serde(rename = "type")]
    #[schema(example = "/docs#invalid_request")]
    kind: String,
    /// The kind of problem in a few words.
    title: &'static str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened, and what to do about it.
    detail: &'a str,
    /// The path that was asked for.
    instance: &'a str,
    /// The stable name of this kind of problem.
    #[schema(example = "invalid_request")]
    code: &'static str,
    /// Everything that is wrong with the request; empty where the problem is not one of its values.
    errors: &'a [Fault],
    /// What was probably meant.
    #[schema(required = true)]
    did_you_mean: Option<&'a str>,
    /// The request, as logs and the header `x-request-id` name it.
    request_id: &'a str,
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Fault {
    /// Which part of the request: `query`, `body` or `path`.
    #[serde(rename = "in")]
    #[schema(example = "query")]
    pub(crate) place: &'static str,
    /// The value, as a JSON pointer into that part read as one object.
    #[schema(example = "#/sector/0")]
    pub(crate) pointer: String,
    /// What is wrong with it, and what is right.
    pub(crate) detail: String,
    /// What was probably meant.
    #[schema(required = true)]
    pub(crate) did_you_mean: Option<String>,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $status:ident, $title:literal;)+) => {
        /// A kind of problem. Codes stay as they are; new ones may come.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// All codes, in the order of their status.
            pub(crate) const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable name.
            pub(crate) fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// The HTTP status that goes with it.
            pub(crate) fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),+ }
            }

            /// The kind of problem in a few words.
            pub(crate) fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// What it means and what to do, for the reference page.
            pub(crate) fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii()),+ }
            }
        }
    };
}

codes! {
    /// A parameter or field is unknown, missing or has a value that cannot be; `errors` names each of them.
    InvalidRequest = "invalid_request", BAD_REQUEST, "The request has values that cannot be used";
    /// The body is not JSON, or not an object.
    InvalidJson = "invalid_json", BAD_REQUEST, "The body is not a JSON object";
    /// The request could not be read as HTTP wants it.
    BadRequest = "bad_request", BAD_REQUEST, "The request cannot be read";
    /// This server wants an API key: send `Authorization: Bearer KEY`.
    MissingKey = "missing_key", UNAUTHORIZED, "An API key is needed";
    /// The API key is not one of this server's; it may have been revoked.
    InvalidKey = "invalid_key", UNAUTHORIZED, "The API key is not known";
    /// The API key was good until the date that it carries.
    ExpiredKey = "expired_key", UNAUTHORIZED, "The API key has expired";
    /// The API key does not have the scope that this path needs.
    MissingScope = "missing_scope", FORBIDDEN, "The API key may not do this";
    /// The `Host` header names another server; start afield with `--allow-host` to answer to that name.
    ForbiddenHost = "forbidden_host", FORBIDDEN, "This server does not answer to that name";
    /// A page of another origin asked; start afield with `--cors-origin` to let it.
    ForbiddenOrigin = "forbidden_origin", FORBIDDEN, "Pages of that origin may not ask";
    /// There is nothing at this path.
    UnknownPath = "unknown_path", NOT_FOUND, "There is no such path";
    /// The corpus has no case with this id.
    UnknownCase = "unknown_case", NOT_FOUND, "There is no such case";
    /// The corpus has no sector by this id, label or alias, or it is a group of sectors.
    UnknownSector = "unknown_sector", NOT_FOUND, "There is no such sector";
    /// The corpus has no stress signal by this id, label or alias.
    UnknownSignal = "unknown_signal", NOT_FOUND, "There is no such signal";
    /// The path answers to other methods; the header `Allow` names them.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "The path does not answer to this method";
    /// The client does not accept what this path answers with.
    NotAcceptable = "not_acceptable", NOT_ACCEPTABLE, "The path does not answer in that form";
    /// The client sent its body too slowly.
    RequestTimeout = "request_timeout", REQUEST_TIMEOUT, "The request took too long to arrive";
    /// The body is larger than this server reads.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "The body is too large";
    /// The path with its query is longer than this server reads.
    UriTooLong = "uri_too_long", URI_TOO_LONG, "The address is too long";
    /// A body has to be sent as `Content-Type: application/json`.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "The body is not sent as JSON";
    /// This key or address asked too often; the header `Retry-After` tells when to go on.
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "Too many requests";
    /// Something failed on the server; its log has the cause beside the request id.
    Internal = "internal", INTERNAL_SERVER_ERROR, "The server failed";
    /// More searches are waiting than this server takes; the header `Retry-After` tells when to come back.
    Overloaded = "overloaded", SERVICE_UNAVAILABLE, "The server is busy";
    /// The server is about to stop; another one, or the same a little later, may answer.
    Stopping = "stopping", SERVICE_UNAVAILABLE, "The server is stopping";
    /// The answer took longer than this server allows; a narrower brief may help.
    TimedOut = "timed_out", SERVICE_UNAVAILABLE, "The answer took too long";
}

impl Problem {
    /// A problem of a kind, told in a sentence.
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            did_you_mean: None,
            retry_after: None,
        }
    }

    /// The problem as the client reads it whose request was for a path and has an id.
    pub(crate) fn view<'a>(&'a self, instance: &'a str, request_id: &'a str) -> ProblemView<'a> {
        ProblemView {
            kind: format!("/docs#{}", self.code.id()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: &self.detail,
            instance,
            code: self.code.id(),
            errors: &self.errors,
            did_you_mean: self.did_you_mean.as_deref(),
            request_id,
        }
    }

    /// Everything that is wrong with the values of a request.
    pub(crate) fn invalid(errors: Vec<Fault>) -> Self {
        let detail = match errors.as_slice() {
            [only] => only.detail.clone(),
            all => format!("{} values cannot be used; see `errors`", all.len()),
        };
        let near = errors.iter().find_map(|fault| fault.did_you_mean.clone());
        Self {
            errors,
            ..Self::new(Code::InvalidRequest, detail).meant(near)
        }
    }

    /// Says which part of the request the faults are of, where that is not said yet.
    pub(crate) fn located(mut self, place: &'static str) -> Self {
        for fault in self
            .errors
            .iter_mut()
            .filter(|fault| fault.place.is_empty())
        {
            fault.place = place;
        }
        self
    }

    /// Adds what was probably meant.
    pub(crate) fn meant(mut self, near: Option<String>) -> Self {
        self.did_you_mean = near;
        self
    }

    /// Adds how many seconds to wait before trying again.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }
}

/// The cause goes to the log, not to the client: it may name files of this machine.
impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Self {
        tracing::error!(error = %in_full(&error), "the index failed");
        Self::new(Code::Internal, "the index could not be read")
    }
}

/// The response carries the problem as an extension: `observe` writes it, once path and request id are known.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.code.status() == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}

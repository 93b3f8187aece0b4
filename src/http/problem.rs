//! Problem documents (RFC 9457): the one shape of every error of the API.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, HeaderName, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Media type of problem documents.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The kinds of problem. Each has a stable code, which is the last part of its type URI `/problems/{code}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// 400: the request cannot be understood.
    BadRequest,
    /// 400: a query parameter that this address does not take.
    UnknownParameter,
    /// 400: the value of a known query parameter cannot be read.
    BadParameter,
    /// 401: a token or session is missing, forged or spent.
    Unauthorized,
    /// 403: known, but not allowed.
    Forbidden,
    /// 404: nothing lives at this address.
    NotFound,
    /// 405: the address exists, the method does not.
    MethodNotAllowed,
    /// 406: no representation that the client accepts.
    NotAcceptable,
    /// 408: the body came too slowly.
    RequestTimeout,
    /// 409: the request contradicts the present state.
    Conflict,
    /// 410: it was here and was withdrawn.
    Gone,
    /// 412: `If-Match` names another version.
    PreconditionFailed,
    /// 413: the body is larger than the limit.
    ContentTooLarge,
    /// 415: a media type or content coding that is not read.
    UnsupportedMediaType,
    /// 416: the range lies outside the file.
    RangeNotSatisfiable,
    /// 422: well-formed, but every part of it was refused.
    UnprocessableContent,
    /// 429: a budget is used up.
    TooManyRequests,
    /// 500: a fault of the server.
    InternalError,
    /// 503: not now.
    Unavailable,
    /// 507: the disk is full.
    InsufficientStorage,
}

impl ProblemKind {
    /// Every kind, for the pages under `/problems/`.
    pub const ALL: [Self; 20] = [
        Self::BadRequest,
        Self::UnknownParameter,
        Self::BadParameter,
        Self::Unauthorized,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::NotAcceptable,
        Self::RequestTimeout,
        Self::Conflict,
        Self::Gone,
        Self::PreconditionFailed,
        Self::ContentTooLarge,
        Self::UnsupportedMediaType,
        Self::RangeNotSatisfiable,
        Self::UnprocessableContent,
        Self::TooManyRequests,
        Self::InternalError,
        Self::Unavailable,
        Self::InsufficientStorage,
    ];

    /// The kind that stands for a bare status code; `None` for statuses that are no error of ours.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.status() == status)
    }

    /// Stable code, `snake_case`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.row().1
    }

    /// Short title in English, the same for every occurrence.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.row().2
    }

    /// Status code.
    #[must_use]
    pub const fn status(self) -> StatusCode {
        self.row().0
    }

    const fn row(self) -> (StatusCode, &'static str, &'static str) {
        use StatusCode as S;
        match self {
            Self::BadRequest => (S::BAD_REQUEST, "bad_request", "The request cannot be understood"),
            Self::UnknownParameter => (S::BAD_REQUEST, "unknown_parameter", "Unknown query parameter"),
            Self::BadParameter => (S::BAD_REQUEST, "bad_parameter", "A query parameter cannot be read"),
            Self::Unauthorized => (S::UNAUTHORIZED, "unauthorized", "A valid token or session is needed"),
            Self::Forbidden => (S::FORBIDDEN, "forbidden", "Not allowed"),
            Self::NotFound => (S::NOT_FOUND, "not_found", "Nothing lives at this address"),
            Self::MethodNotAllowed => {
                (S::METHOD_NOT_ALLOWED, "method_not_allowed", "This address does not take that method")
            }
            Self::NotAcceptable => (S::NOT_ACCEPTABLE, "not_acceptable", "No acceptable representation"),
            Self::RequestTimeout => (S::REQUEST_TIMEOUT, "request_timeout", "The request came too slowly"),
            Self::Conflict => (S::CONFLICT, "conflict", "The request contradicts the present state"),
            Self::Gone => (S::GONE, "gone", "Withdrawn"),
            Self::PreconditionFailed => {
                (S::PRECONDITION_FAILED, "precondition_failed", "The file is another version than the one named")
            }
            Self::ContentTooLarge => (S::PAYLOAD_TOO_LARGE, "content_too_large", "The body is too large"),
            Self::UnsupportedMediaType => {
                (S::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "This kind of body is not read")
            }
            Self::RangeNotSatisfiable => {
                (S::RANGE_NOT_SATISFIABLE, "range_not_satisfiable", "The range lies outside the file")
            }
            Self::UnprocessableContent => {
                (S::UNPROCESSABLE_ENTITY, "unprocessable_content", "Nothing in the document could be accepted")
            }
            Self::TooManyRequests => (S::TOO_MANY_REQUESTS, "too_many_requests", "A budget is used up"),
            Self::InternalError => (S::INTERNAL_SERVER_ERROR, "internal_error", "The server made a mistake"),
            Self::Unavailable => (S::SERVICE_UNAVAILABLE, "unavailable", "The server cannot answer just now"),
            Self::InsufficientStorage => (S::INSUFFICIENT_STORAGE, "insufficient_storage", "The disk is full"),
        }
    }
}

/// One place of a document and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemAt {
    /// JSON Pointer (RFC 6901) into the submitted document.
    pub pointer: String,
    /// Stable code, `snake_case`.
    pub code: Cow<'static, str>,
    /// What was wrong and what to do about it. Never quotes a value of the input.
    pub detail: String,
}

/// An error of the API: a problem document with the headers that belong to it.
///
/// The detail is for the person who made the request: it says what to do, and quotes neither the input nor anything
/// internal. There is no `From<some error>` here on purpose: what an outsider may know is decided room by room.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    kind: ProblemKind,
    detail: Cow<'static, str>,
    errors: Vec<ProblemAt>,
    members: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// The document as it is written.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
struct ProblemDocument<'a> {
    /// Kind of problem: a URI reference relative to this server.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not_found")]
    kind: String,
    /// The same for every problem of this kind.
    title: &'static str,
    /// The HTTP status code.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What was wrong this time and what to do about it.
    detail: &'a str,
    /// Places in the submitted document, where the problem has places.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(required = false)]
    errors: &'a [ProblemAt],
    #[serde(flatten)]
    #[schema(ignore)]
    members: &'a Map<String, Value>,
}

impl Problem {
    /// A problem of this kind with a sentence for the person who made the request.
    #[must_use]
    pub fn new(kind: ProblemKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, detail: detail.into(), errors: Vec::new(), members: Map::new(), headers: Vec::new() }
    }

    /// 400.
    #[must_use]
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::BadRequest, detail)
    }

    /// 401. Sends the challenge `Census-Token`, since RFC 9110 wants one with every 401.
    #[must_use]
    pub fn unauthorized(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::Unauthorized, detail)
            .with_header(http::header::WWW_AUTHENTICATE, HeaderValue::from_static("Census-Token"))
    }

    /// 403.
    #[must_use]
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::Forbidden, detail)
    }

    /// 404, with the usual sentence.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            ProblemKind::NotFound,
            "There is nothing at this address. The description of the API is at /api/openapi.json.",
        )
    }

    /// 405 with the methods that the address takes, such as `GET, HEAD`.
    #[must_use]
    pub fn method_not_allowed(allow: &'static str) -> Self {
        Self::new(ProblemKind::MethodNotAllowed, "The header Allow of this answer lists the methods it takes.")
            .with_header(ALLOW, HeaderValue::from_static(allow))
    }

    /// 406.
    #[must_use]
    pub fn not_acceptable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::NotAcceptable, detail)
    }

    /// 408. Closes the connection.
    #[must_use]
    pub fn request_timeout(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::RequestTimeout, detail).closing()
    }

    /// 409.
    #[must_use]
    pub fn conflict(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::Conflict, detail)
    }

    /// 410.
    #[must_use]
    pub fn gone(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::Gone, detail)
    }

    /// 412.
    #[must_use]
    pub fn precondition_failed() -> Self {
        Self::new(ProblemKind::PreconditionFailed, "Fetch the file again without If-Match to get its present version.")
    }

    /// 413 for a limit in bytes. Closes the connection, because the rest of the body is not read.
    #[must_use]
    pub fn content_too_large(limit: usize) -> Self {
        Self::new(
            ProblemKind::ContentTooLarge,
            format!("The body may have at most {limit} bytes. Send the features in several smaller documents."),
        )
        .closing()
    }

    /// 415.
    #[must_use]
    pub fn unsupported_media_type(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::UnsupportedMediaType, detail)
    }

    /// 416 for a file of this many bytes.
    #[must_use]
    pub fn range_not_satisfiable(length: u64) -> Self {
        let problem = Self::new(ProblemKind::RangeNotSatisfiable, format!("The file has {length} bytes."));
        match HeaderValue::try_from(format!("bytes */{length}")) {
            Ok(value) => problem.with_header(CONTENT_RANGE, value),
            Err(_) => problem,
        }
    }

    /// 422.
    #[must_use]
    pub fn unprocessable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ProblemKind::UnprocessableContent, detail)
    }

    /// 429 with the seconds to wait.
    #[must_use]
    pub fn too_many_requests(detail: impl Into<Cow<'static, str>>, retry_after: u32) -> Self {
        Self::new(ProblemKind::TooManyRequests, detail).with_header(RETRY_AFTER, retry_after.into())
    }

    /// 500. Takes no text: what went wrong inside is nobody's business outside; log it where it happened.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(ProblemKind::InternalError, "The fault is the server's, not the request's. It has been logged.")
    }

    /// 503 with the seconds to wait.
    #[must_use]
    pub fn unavailable(detail: impl Into<Cow<'static, str>>, retry_after: u32) -> Self {
        Self::new(ProblemKind::Unavailable, detail).with_header(RETRY_AFTER, retry_after.into())
    }

    /// 507.
    #[must_use]
    pub fn insufficient_storage() -> Self {
        Self::new(
            ProblemKind::InsufficientStorage,
            "Nothing was stored. Keep the report and send it again later; reading goes on meanwhile.",
        )
    }

    /// The problem that stands for a bare error status, when no handler said more.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        match ProblemKind::of_status(status) {
            Some(ProblemKind::NotFound) => Self::not_found(),
            Some(ProblemKind::MethodNotAllowed) => {
                Self::new(ProblemKind::MethodNotAllowed, "The header Allow of this answer lists the methods it takes.")
            }
            Some(kind) if !status.is_server_error() => {
                Self::new(kind, "The request does not fit the description of the API at /api/openapi.json.")
            }
            Some(ProblemKind::Unavailable) => Self::unavailable("Try again in a little while.", 5),
            Some(ProblemKind::InsufficientStorage) => Self::insufficient_storage(),
            None if status.is_client_error() => {
                Self::bad_request("The request does not fit the description of the API at /api/openapi.json.")
            }
            Some(_) | None => Self::internal(),
        }
    }

    /// Adds one place of the submitted document.
    #[must_use]
    pub fn with_error(mut self, pointer: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        self.errors.push(ProblemAt { pointer: pointer.into(), code: code.into(), detail: detail.into() });
        self
    }

    /// Adds an extension member. A name that the document has already is left as it is.
    #[must_use]
    pub fn with_member(mut self, name: &str, value: Value) -> Self {
        if !matches!(name, "type" | "title" | "status" | "detail" | "errors" | "instance") {
            self.members.insert(name.to_owned(), value);
        }
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    fn closing(self) -> Self {
        self.with_header(http::header::CONNECTION, HeaderValue::from_static("close"))
    }

    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// Its status code.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.kind.status()
    }

    /// The sentence for the person who made the request.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The document, as JSON.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        let document = ProblemDocument {
            kind: format!("/problems/{}", self.kind.code()),
            title: self.kind.title(),
            status: self.status().as_u16(),
            detail: &self.detail,
            errors: &self.errors,
            members: &self.members,
        };
        serde_json::to_vec(&document).unwrap_or_default()
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind.title(), self.detail)
    }
}

impl std::error::Error for Problem {}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.to_json()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.extend(self.headers);
        response
    }
}

impl PartialSchema for Problem {
    fn schema() -> RefOr<Schema> {
        ProblemDocument::schema()
    }
}

impl ToSchema for Problem {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        ProblemDocument::schemas(schemas);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_written_as_rfc_9457_says() {
        let problem = Problem::unprocessable("None of the 2 features could be accepted.")
            .with_error("/features/0/geometry", "not_a_point", "Give the camera as a Point.")
            .with_member("refused", 2.into())
            .with_member("status", 200.into());
        let value: Value = serde_json::from_slice(&problem.to_json()).unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "type": "/problems/unprocessable_content",
                "title": "Nothing in the document could be accepted",
                "status": 422,
                "detail": "None of the 2 features could be accepted.",
                "errors": [{"pointer": "/features/0/geometry", "code": "not_a_point", "detail": "Give the camera as a Point."}],
                "refused": 2
            })
        );
        let response = problem.into_response();
        assert_eq!(response.status(), 422);
        assert_eq!(response.headers()["content-type"], PROBLEM_JSON);
    }

    #[test]
    fn every_kind_has_a_code_of_its_own_and_an_error_status() {
        let codes: std::collections::BTreeSet<_> = ProblemKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), ProblemKind::ALL.len());
        for kind in ProblemKind::ALL {
            assert!(kind.status().is_client_error() || kind.status().is_server_error(), "{kind:?}");
            assert_eq!(Problem::of_status(kind.status()).status(), kind.status(), "{kind:?}");
        }
    }

    #[test]
    fn a_bare_status_without_a_kind_of_its_own_becomes_the_nearest() {
        assert_eq!(Problem::of_status(StatusCode::IM_A_TEAPOT).kind(), ProblemKind::BadRequest);
        assert_eq!(Problem::of_status(StatusCode::BAD_GATEWAY).kind(), ProblemKind::InternalError);
    }

    #[test]
    fn the_schema_names_the_members_that_are_written() {
        let schema = serde_json::to_value(Problem::schema()).unwrap();
        for member in ["type", "title", "status", "detail", "errors"] {
            assert!(schema["properties"][member].is_object(), "{member}: {schema}");
        }
        assert_eq!(Problem::name(), "Problem");
        let mut parts = Vec::new();
        Problem::schemas(&mut parts);
        assert!(parts.iter().any(|(name, _)| name == "ProblemAt"), "the schema of its places comes along");
    }
}

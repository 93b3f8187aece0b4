//! `/api/v1/submissions`: what volunteers send, and what they can ask about it afterwards.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderName, StatusCode};
use serde_json::json;

use crate::app::{AdmitError, AppError, SubmitError, receipt as ask, submit, withdraw as take_back};
use crate::http::body::{body_format, read_body};
use crate::http::extract::NoQuery;
use crate::http::problem::Problem;
use crate::http::state::WriteSide;
use crate::model::{FileReport, Secret};

/// Bytes of one submission.
const MAX_BODY: usize = 2 << 20;

pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const TOKEN: HeaderName = HeaderName::from_static("census-token");
const RECEIPT: HeaderName = HeaderName::from_static("census-receipt");

/// Takes reports: a GeoJSON Feature, a `FeatureCollection`, or a GeoJSON text sequence. What is good waits for review; what
/// is not is named with a JSON Pointer, a code and a sentence. Send the same secret again with the same body, and
/// nothing is stored twice.
#[utoipa::path(post, path = "/api/v1/submissions", tag = "reports",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[0-9a-fA-F]{32}$",
        description = "128 random bits as 32 hexadecimal digits or a UUID, made by the client; also the receipt. The server makes one when it is absent."),
        ("Census-Token" = Option<String>, Header, pattern = "^[-0-9A-Za-z_]{22}[.][-0-9A-Za-z_]{43}[.][-0-9A-Za-z_]{86}$",
        description = "A token drawn with an invite, which pays for exactly one sighting: key id, input and output in base64url without padding. It decides campaign, wave and pass.")),
    request_body(content((serde_json::Value = "application/geo+json"), (serde_json::Value = "application/json"),
        (String = "application/geo+json-seq"), (String = "application/x-ndjson"))),
    responses(
        (status = 202, description = "Something was accepted: the receipt, and a report on every feature", body = serde_json::Value),
        (status = 400, description = "The secret or the JSON cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token is forged, spent, of a closed epoch, or for something else; the member code says which", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The campaign takes reports from invited volunteers only", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The secret was used for another submission", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not GeoJSON, or compressed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Every feature was refused", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too much waits for review", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database is busy or away", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "The disk is full", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn post(State(write): State<WriteSide>, _: NoQuery, request: Request) -> Result<Response, Problem> {
    let secret = match request.headers().get(&IDEMPOTENCY_KEY) {
        Some(_) => secret(request.headers(), &IDEMPOTENCY_KEY)?,
        None => Secret::from_bytes((write.random)()),
    };
    body_format(request.headers())?;
    let token = token_of(request.headers())?;
    let _held = write.bodies.acquire().await;
    let body = read_body(request.into_body(), MAX_BODY).await?;
    let submission = submit(&write.store, &secret, token.as_deref(), &body, (write.week)()).await.map_err(refusal)?;
    let answer = json!({
        "receipt": secret.reveal(),
        "accepted": submission.accepted,
        "refused": submission.refused,
        "files": submission.files,
    });
    Ok((StatusCode::ACCEPTED, Json(answer)).into_response())
}

/// How a submission stands: what waits, what was rejected and why.
#[utoipa::path(get, path = "/api/v1/submissions/receipt", tag = "reports",
    params(("Census-Receipt" = String, Header, pattern = "^[0-9a-fA-F]{32}$", description = "The secret of the submission")),
    responses(
        (status = 200, description = "How it stands", body = serde_json::Value),
        (status = 400, description = "The secret cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database is busy or away", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn receipt(
    State(write): State<WriteSide>,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let state = ask(&write.store, &secret(&headers, &RECEIPT)?).await.map_err(|error| failure(&error))?;
    Ok(Json(state).into_response())
}

/// Withdraws what still waits, and deletes it at once.
#[utoipa::path(delete, path = "/api/v1/submissions/receipt", tag = "reports",
    params(("Census-Receipt" = String, Header, pattern = "^[0-9a-fA-F]{32}$", description = "The secret of the submission")),
    responses(
        (status = 200, description = "How many sightings were withdrawn", body = serde_json::Value),
        (status = 400, description = "The secret cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database is busy or away", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn withdraw(
    State(write): State<WriteSide>,
    _: NoQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let withdrawn = take_back(&write.store, &secret(&headers, &RECEIPT)?).await.map_err(|error| failure(&error))?;
    Ok(Json(json!({ "withdrawn": withdrawn })).into_response())
}

pub(super) fn secret(headers: &HeaderMap, name: &HeaderName) -> Result<Secret, Problem> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| Secret::parse(text).ok()).ok_or_else(|| {
        Problem::bad_request(format!("The header {name} holds 128 random bits as 32 hexadecimal digits or a UUID."))
    })
}

/// The header `Census-Token`, if there is one.
pub(super) fn token_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(&TOKEN).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let text = value.to_str().ok().filter(|_| values.next().is_none());
    text.map(|text| Some(text.to_owned())).ok_or_else(|| not_admitted(&AdmitError::Unreadable))
}

/// The answer to a request that is not let in.
pub(super) fn not_admitted(error: &AdmitError) -> Problem {
    let problem = match error {
        AdmitError::InvitedOnly => Problem::forbidden(error.to_string()),
        AdmitError::NoCampaign | AdmitError::OtherCampaign => Problem::unprocessable(error.to_string()),
        AdmitError::App(error) => return failure(error),
        _ => Problem::unauthorized(error.to_string()),
    };
    problem.with_member("code", error.code().into())
}

pub(super) fn refusal(error: SubmitError) -> Problem {
    match error {
        SubmitError::NothingAccepted(submission) => {
            let broken = submission.files.iter().any(is_broken);
            let sentence = "Nothing in the document could be accepted; each error says where and why.";
            let problem = if broken { Problem::bad_request(sentence) } else { Problem::unprocessable(sentence) };
            let errors = submission.files.iter().flat_map(|file| &file.report.problems);
            errors
                .fold(problem, |problem, e| problem.with_error(e.pointer.clone(), e.code, e.message.clone()))
                .with_member("accepted", submission.accepted.into())
                .with_member("refused", submission.refused.into())
                .with_member("files", serde_json::to_value(&submission.files).unwrap_or_default())
        }
        SubmitError::InvitedOnly => not_admitted(&AdmitError::InvitedOnly),
        SubmitError::Token(error) => not_admitted(&error),
        SubmitError::SecretReused => Problem::conflict(error.to_string()),
        SubmitError::QueueFull => Problem::too_many_requests(error.to_string(), 3600),
        SubmitError::App(error) => failure(&error),
    }
}

/// Whether the body was no JSON at all.
fn is_broken(file: &FileReport) -> bool {
    file.report.features == 0 && file.report.problems.iter().any(|problem| problem.code == "broken_json")
}

pub(super) fn failure(error: &AppError) -> Problem {
    if let AppError::Storage(storage) = error {
        if storage.is_full() {
            return Problem::insufficient_storage();
        }
        if storage.is_unavailable() {
            return Problem::unavailable("The database is busy or away. Send the same request again in a moment.", 2);
        }
    }
    tracing::error!(%error, "a request could not be carried out");
    Problem::internal()
}

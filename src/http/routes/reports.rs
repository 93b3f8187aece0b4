//! `/api/v1/reports`: "gone" and "not a camera".

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use serde_json::json;

use super::submissions::{IDEMPOTENCY_KEY, failure, not_admitted, secret, token_of};
use crate::app::{MAX_REPORT, ReportError, report};
use crate::http::body::{BodyFormat, body_format, read_body};
use crate::http::extract::NoQuery;
use crate::http::problem::Problem;
use crate::http::state::WriteSide;
use crate::model::Secret;

/// Takes a report that a camera is gone, or that something never was one. It changes nothing that is public: a moderator
/// looks at it once two teams say the same. `place` is a GeoJSON Point, made a cell at once; or name a `cell`.
#[utoipa::path(post, path = "/api/v1/reports", tag = "reports",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[0-9a-fA-F]{32}$",
        description = "128 random bits as 32 hexadecimal digits or a UUID, made by the client; also the receipt, for /api/v1/submissions/receipt."),
        ("Census-Token" = Option<String>, Header, pattern = "^[-0-9A-Za-z_]{22}[.][-0-9A-Za-z_]{43}[.][-0-9A-Za-z_]{86}$",
        description = "A token of the purpose marks, which pays for one report. It decides campaign, wave and pass.")),
    request_body(content((serde_json::Value = "application/json"))),
    responses(
        (status = 202, description = "It waits: the receipt", body = serde_json::Value),
        (status = 400, description = "The secret or the JSON cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token is forged, spent or of a closed epoch", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The campaign takes reports from invited volunteers only", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The secret was used for another report", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON, or compressed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The report could not be accepted", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too much waits for review", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database is busy or away", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "The disk is full", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn post(State(write): State<WriteSide>, _: NoQuery, request: Request) -> Result<Response, Problem> {
    let secret = match request.headers().get(&IDEMPOTENCY_KEY) {
        Some(_) => secret(request.headers(), &IDEMPOTENCY_KEY)?,
        None => Secret::from_bytes((write.random)()),
    };
    if body_format(request.headers())? != BodyFormat::Document {
        return Err(Problem::unsupported_media_type("Send one report as application/json."));
    }
    let token = token_of(request.headers())?;
    let _held = write.bodies.acquire().await;
    let body = read_body(request.into_body(), MAX_REPORT).await?;
    report(&write.store, &secret, token.as_deref(), &body, (write.week)()).await.map_err(refusal)?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "receipt": secret.reveal() }))).into_response())
}

fn refusal(error: ReportError) -> Problem {
    match error {
        ReportError::Refused(problems) => {
            let problem = Problem::unprocessable("The report could not be accepted; each error says where and why.");
            problems.into_iter().fold(problem, |problem, e| problem.with_error(e.pointer, e.code, e.message))
        }
        ReportError::Broken => Problem::bad_request(error.to_string()),
        ReportError::Token(error) => not_admitted(&error),
        ReportError::SecretReused => Problem::conflict(error.to_string()),
        ReportError::QueueFull => Problem::too_many_requests(error.to_string(), 3600),
        ReportError::App(error) => failure(&error),
    }
}

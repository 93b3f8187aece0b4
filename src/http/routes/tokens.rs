//! `/api/v1/tokens`: the keys that sign, and the tokens of an invite.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde::Deserialize;
use serde_json::{Value, json};

use super::submissions::failure;
use crate::app::{Catalogue, IssueError, MANY_INVITES, catalogue, issue, offer};
use crate::http::body::{BodyFormat, body_format, read_body};
use crate::http::extract::NoQuery;
use crate::http::problem::Problem;
use crate::http::state::WriteSide;
use crate::model::TokenPurpose;
use crate::tokens::encode;

/// Bytes of one batch: 2,000 elements of 46 characters, and what stands around them.
const MAX_BODY: usize = 128 << 10;

/// The campaigns that take reports, with the public keys that sign tokens for them now.
#[utoipa::path(get, path = "/api/v1/tokens/keys", tag = "reports",
    responses(
        (status = 200, description = "Campaigns with their intake, bounds, open waves and keys; the same for everybody", body = serde_json::Value),
        (status = 503, description = "The database is busy or away", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn keys(State(write): State<WriteSide>, _: NoQuery) -> Result<Response, Problem> {
    let Catalogue { campaigns, waves, keys } = catalogue(&write.store).await.map_err(|error| failure(&error))?;
    let campaigns: Vec<Value> = campaigns
        .iter()
        .map(|campaign| {
            let waves: Vec<Value> = waves
                .iter()
                .filter(|wave| wave.campaign == campaign.slug && wave.closed.is_none())
                .map(|wave| json!({ "wave": wave.slug, "open": true }))
                .collect();
            let keys: Vec<Value> = keys
                .iter()
                .filter(|public| public.open && public.key.campaign == campaign.slug)
                .map(|public| {
                    json!({
                        "id": encode(&public.id),
                        "epoch": public.key.epoch,
                        "team": public.key.team.map(|team| team.to_string()),
                        "wave": public.key.wave,
                        "purpose": public.key.purpose.word(),
                        "public": encode(&public.key.public),
                        "invites_below_ten": public.invites < MANY_INVITES,
                    })
                })
                .collect();
            json!({
                "campaign": campaign.slug,
                "name": campaign.name,
                "intake": campaign.intake.word(),
                "bounds": campaign.bounds,
                "waves": waves,
                "keys": keys,
            })
        })
        .collect();
    let mut response = Json(json!({ "campaigns": campaigns })).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// What is asked for an invite.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    /// The part of the invite before the dot: 128 bits in base64url.
    #[schema(pattern = "^[-0-9A-Za-z_]{22}$")]
    invite: String,
    /// `sightings`, or `marks` for marks of survey sheets and reports that a camera is gone.
    #[schema(pattern = "^(sightings|marks)$")]
    purpose: String,
    /// As many blinded elements as the invite yields tokens, each 32 bytes in base64url (`Blind` of RFC 9497). Without it, the answer
    /// says how many that are.
    blinded: Option<Vec<String>>,
}

/// Draws the tokens of an invite: signs its blinded batch (RFC 9497, VOPRF mode, ristretto255-SHA512) with one proof for the
/// whole. An invite yields one batch of each purpose; the same batch again gets the same answer.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "reports", request_body = Asked,
    responses(
        (status = 200, description = "The key and the evaluated elements with their proof; or, where no batch was sent, how many tokens the invite yields", body = serde_json::Value),
        (status = 400, description = "The body cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "There is no such invite, or its epoch was closed", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "Another batch was signed for this invite", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON, or compressed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The batch has another size than the invite, or elements that are none", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database is busy or away", body = Problem, content_type = "application/problem+json"),
        (status = 507, description = "The disk is full", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn draw(State(write): State<WriteSide>, _: NoQuery, request: Request) -> Result<Response, Problem> {
    let is_json = matches!(body_format(request.headers())?, BodyFormat::Document);
    if !is_json
        || request.headers().get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/geo"))
    {
        return Err(Problem::unsupported_media_type("A batch is sent as application/json."));
    }
    let _held = write.bodies.acquire().await;
    let body = read_body(request.into_body(), MAX_BODY).await?;
    let unreadable =
        "The body is an object with the members invite, purpose (sightings or marks) and blinded (an array of texts).";
    let asked: Asked = serde_json::from_slice(&body).map_err(|_not_told| Problem::bad_request(unreadable))?;
    let purpose = TokenPurpose::from_word(&asked.purpose).ok_or_else(|| Problem::bad_request(unreadable))?;
    let Some(blinded) = asked.blinded else {
        let offer = offer(&write.store, &asked.invite, purpose).await.map_err(|error| refusal(&error))?;
        return Ok(
            Json(json!({ "id": encode(&offer.key), "tokens": offer.tokens, "drawn": offer.drawn })).into_response()
        );
    };
    let (key, evaluated) =
        issue(&write.store, &asked.invite, purpose, &blinded).await.map_err(|error| refusal(&error))?;
    let elements: Vec<String> = evaluated.elements.iter().map(|element| encode(element)).collect();
    let answer = json!({ "id": encode(&key), "evaluated": elements, "proof": encode(&evaluated.proof) });
    Ok(Json(answer).into_response())
}

fn refusal(error: &IssueError) -> Problem {
    let (problem, code): (fn(String) -> Problem, _) = match error {
        IssueError::NoInvite => (Problem::unauthorized, "invite_unknown"),
        IssueError::Used => (Problem::conflict, "invite_used"),
        IssueError::OtherSize(_) => (Problem::unprocessable, "batch_size"),
        IssueError::Unreadable => (Problem::unprocessable, "batch_unreadable"),
        IssueError::App(error) => return failure(error),
    };
    problem(error.to_string()).with_member("code", code.into())
}

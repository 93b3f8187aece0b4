//! `/api/v1/effort` and `/api/v1/sheets`: marks of survey sheets, and the sheets.

use axum::Json;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use h3o::LatLng;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::submissions::{IDEMPOTENCY_KEY, failure, refusal, secret, token_of};
use crate::app::{SentMark, SheetUnit, mark, sheets as sheets_of};
use crate::http::body::{body_format, read_body};
use crate::http::extract::{NoQuery, Segments};
use crate::http::file::{CachePolicy, Content, PublicFile};
use crate::http::problem::Problem;
use crate::http::state::WriteSide;
use crate::model::{PassLetter, Secret, SightingId, UnitId, UnitShape, UnitState};

/// Bytes of one mark.
const MAX_BODY: usize = 4 << 10;

/// What may be sent: nothing else, and each as text.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    campaign: String,
    wave: String,
    pass: Option<String>,
    unit: String,
    state: String,
}

/// Takes one mark of a survey sheet: a team walked a unit of an open wave completely, in part, or could not see it. A
/// street walked completely on which nothing was seen is `complete`: that it is a zero follows from the reports. Send the
/// same secret again with the same mark, and nothing is stored twice.
#[utoipa::path(post, path = "/api/v1/effort", tag = "reports",
    params(("Idempotency-Key" = Option<String>, Header, pattern = "^[0-9a-fA-F]{32}$",
        description = "128 random bits as 32 hexadecimal digits or a UUID, made by the client. The server makes one when it is absent."),
        ("Census-Token" = Option<String>, Header, pattern = "^[-0-9A-Za-z_]{22}[.][-0-9A-Za-z_]{43}[.][-0-9A-Za-z_]{86}$",
        description = "A token for marks, which pays for exactly one. It decides the team.")),
    request_body(content((serde_json::Value = "application/json"))),
    responses(
        (status = 202, description = "The mark waits for review", body = serde_json::Value),
        (status = 400, description = "The secret or the JSON cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 401, description = "The token is forged, spent, of a closed epoch, or for something else; the member code says which", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "The campaign takes marks from invited volunteers only", body = Problem, content_type = "application/problem+json"),
        (status = 408, description = "The body came too slowly", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "The secret was used for another mark", body = Problem, content_type = "application/problem+json"),
        (status = 413, description = "The body is too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "Not JSON, or compressed", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "No such campaign, open wave, unit or state", body = Problem, content_type = "application/problem+json"),
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
    let sent = read(&body)?;
    match mark(&write.store, &secret, token.as_deref(), &sent).await.map_err(refusal)? {
        Ok(()) => {
            Ok((StatusCode::ACCEPTED, Json(json!({ "receipt": secret.reveal(), "accepted": 1 }))).into_response())
        }
        Err(problem) => Err(wrong(problem.pointer, problem.code, problem.message)),
    }
}

fn wrong(pointer: String, code: &'static str, message: String) -> Problem {
    Problem::unprocessable("The mark could not be accepted; the error says where and why.")
        .with_error(pointer, code, message)
}

/// Reads one mark. What serde would say is not passed on: it may quote the input.
fn read(body: &Bytes) -> Result<SentMark, Problem> {
    let sent: Sent = serde_json::from_slice(body).map_err(|_quotes_the_input| {
        Problem::bad_request(
            "Send one JSON object with the members campaign, wave, pass, unit and state, each a text, and no others.",
        )
    })?;
    let pass =
        match sent.pass.as_deref() {
            None => None,
            Some(text) => Some(PassLetter::parse(text).ok_or_else(|| {
                wrong("/pass".to_owned(), "pass_unreadable", "A pass is one letter, A to F.".to_owned())
            })?),
        };
    let unit: SightingId = sent.unit.parse().map_err(|_not_hex| {
        wrong("/unit".to_owned(), "unit_unreadable", "A unit is 32 hexadecimal digits, from the sheets.".to_owned())
    })?;
    let state = UnitState::from_word(&sent.state).filter(|state| *state != UnitState::NotWalked).ok_or_else(|| {
        let says = "A state is one of complete, partial and not_visible.";
        wrong("/state".to_owned(), "state_unreadable", says.to_owned())
    })?;
    Ok(SentMark { campaign: sent.campaign, wave: sent.wave, pass, unit: UnitId(unit.0), state })
}

/// The survey sheets of an open wave, whole: streets or cells as GeoJSON, each with the number of its sheet. The same for
/// everybody; which sheet somebody chooses is not asked. Says nothing of what was walked or seen.
#[utoipa::path(get, path = "/api/v1/sheets/{campaign}/{wave}", tag = "reports",
    params(("campaign" = String, Path, description = "Slug of the campaign"), ("wave" = String, Path, description = "Slug of the wave")),
    responses(
        (status = 200, description = "All sheets", body = serde_json::Value, content_type = "application/geo+json"),
        (status = 304, description = "Not changed"),
        (status = 404, description = "No such wave, or it is closed", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The database is busy or away", body = Problem, content_type = "application/problem+json"),
    ))]
pub(super) async fn sheets(
    State(write): State<WriteSide>,
    _: NoQuery,
    segments: Segments,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let part = |name| segments.get(name).unwrap_or_default();
    let found = sheets_of(&write.store, part("campaign"), part("wave")).await.map_err(|error| failure(&error))?;
    let units = found.ok_or_else(Problem::not_found)?;
    let features: Vec<Value> = units.iter().map(feature).collect();
    let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let digest = Sha256::digest(&text).iter().take(8).fold(0_u64, |digest, byte| digest << 8 | u64::from(*byte));
    let bytes = Content::Memory(Bytes::from(text));
    let etag = format!("\"{digest:016x}\"");
    Ok(PublicFile::new("application/geo+json", &etag, bytes, CachePolicy::Revalidate).respond(&method, &headers).await)
}

fn feature(unit: &SheetUnit) -> Value {
    let geometry = match &unit.unit.shape {
        UnitShape::Segment(points) => {
            let points: Vec<[f64; 2]> = points.iter().map(|point| point.map(|micro| f64::from(micro) / 1e6)).collect();
            json!({ "type": "LineString", "coordinates": points })
        }
        UnitShape::Cell(cell) => {
            let corner = |corner: &LatLng| [corner.lng(), corner.lat()].map(|degrees| (degrees * 1e6).round() / 1e6);
            let boundary = cell.boundary();
            let ring: Vec<[f64; 2]> = boundary.iter().chain(boundary.first()).map(corner).collect();
            json!({ "type": "Polygon", "coordinates": [ring] })
        }
    };
    let metres = unit.length_dm.map(|decimetres| (decimetres + 5) / 10);
    json!({
        "type": "Feature",
        "geometry": geometry,
        "properties": { "unit": unit.unit.id.to_string(), "sheet": unit.sheet, "metres": metres },
    })
}

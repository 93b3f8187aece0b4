//! `/healthz` and `/readyz`.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::CONTENT_TYPE;

use crate::http::problem::Problem;
use crate::http::state::ReadSide;

const TEXT: (http::HeaderName, &str) = (CONTENT_TYPE, "text/plain; charset=utf-8");

/// The process answers.
pub(super) async fn alive() -> Response {
    ([TEXT], "ok\n").into_response()
}

/// The latest release, if there is one, can be read.
pub(super) async fn ready(State(read): State<ReadSide>) -> Result<Response, Problem> {
    read.latest().await?;
    Ok(([TEXT], "ready\n").into_response())
}

//! What every answer carries, whoever wrote it: security headers, problem documents instead of bare errors, and no
//! trace of a panic.

use std::any::Any;
use std::panic::PanicHookInfo;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ALLOW, CACHE_CONTROL,
    CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderValue, Method, StatusCode};
use tower_http::catch_panic::CatchPanicLayer;

use super::problem::{PROBLEM_JSON, Problem};
use super::server::ServerOptions;

/// The content security policy of every answer: nothing but what this server sends itself (promise P13).
pub const CONTENT_SECURITY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
    img-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Features that no page may use; geolocation is for the report form alone.
const PERMISSIONS: &str = "geolocation=(self), accelerometer=(), autoplay=(), browsing-topics=(), \
    camera=(), display-capture=(), encrypted-media=(), fullscreen=(), gamepad=(), gyroscope=(), hid=(), \
    identity-credentials-get=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), \
    otp-credentials=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), \
    serial=(), storage-access=(), usb=(), window-management=(), xr-spatial-tracking=()";

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Wraps a finished router: a panic becomes a 500, a bare error becomes a problem document, a handler that takes
/// longer than the request timeout becomes a 503, every answer is counted and carries the security headers.
/// [`run`](super::run) does this; tests that call a router without a server do it themselves.
pub fn harden(router: Router, options: &ServerOptions) -> Router {
    router
        .layer(middleware::from_fn_with_state(options.request_timeout, in_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(as_problem))
        .layer(middleware::from_fn_with_state(options.metrics.clone(), super::metrics::count))
        .layer(middleware::from_fn(with_headers))
}

/// Opens the answers of these routes to pages of other origins: public data is for everyone. Only GET and HEAD; a
/// preflight for any other method gets no permission, so no foreign page can write.
pub fn open_to_all_origins<S: Clone + Send + Sync + 'static>(router: Router<S>) -> Router<S> {
    router.layer(middleware::from_fn(shared))
}

/// Makes the process report panics by their place in the source alone. A panic's message may hold a piece of a
/// request, which must not reach a log (promise P3). For the `serve` and `map` commands, once, before they listen.
pub fn hide_panic_messages() {
    std::panic::set_hook(Box::new(|panic: &PanicHookInfo<'_>| {
        let (file, line) = panic.location().map_or(("unknown", 0), |place| (place.file(), place.line()));
        tracing::error!(file, line, "panic");
    }));
}

async fn in_time(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_elapsed| {
        Problem::unavailable("The answer took too long and was given up. Try again in a little while.", 5)
            .into_response()
    })
}

fn panicked(_message_stays_here: Box<dyn Any + Send>) -> Response {
    Problem::internal().into_response()
}

/// Whatever text an extractor or a layer put into an error is replaced; pages and problem documents pass.
async fn as_problem(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let media_type = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let ours = media_type.starts_with(b"text/html")
        || media_type.starts_with(PROBLEM_JSON.as_bytes())
        || media_type.starts_with(b"application/json");
    if ours || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let mut replaced = Problem::of_status(status).into_response();
    // 405 owes the client the list of methods.
    if let Some(allow) = response.headers().get(ALLOW) {
        replaced.headers_mut().insert(ALLOW, allow.clone());
    }
    replaced
}

async fn with_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(PERMISSIONS_POLICY, HeaderValue::from_static(PERMISSIONS));
    headers.insert(OPENER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(RESOURCE_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn shared(request: Request, next: Next) -> Response {
    let reading = |method: &[u8]| matches!(method, b"GET" | b"HEAD");
    if request.method() == Method::OPTIONS {
        if let Some(wanted) = request.headers().get(ACCESS_CONTROL_REQUEST_METHOD)
            && reading(wanted.as_bytes())
        {
            let mut answer = StatusCode::NO_CONTENT.into_response();
            let headers = answer.headers_mut();
            headers.remove(CONTENT_LENGTH);
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
            headers.insert(
                ACCESS_CONTROL_ALLOW_HEADERS,
                HeaderValue::from_static("Range, If-Range, If-Match, If-None-Match, Cache-Control"),
            );
            headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
            return answer;
        }
        return next.run(request).await;
    }
    let reading = reading(request.method().as_str().as_bytes());
    let mut response = next.run(request).await;
    if reading {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(
            ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("ETag, Content-Range, Accept-Ranges, Content-Length, Retry-After"),
        );
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    response
}

//! Counters without identity, in the Prometheus text format, for a second, private port.
//!
//! A request is counted under the template of its route, never under its path: a tile's path would tell which part of
//! the map somebody looked at (promise P14).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;
use http::header::CONTENT_TYPE;

/// Requests of one route, by the first digit of the status.
type Classes = [AtomicU64; 5];

/// The counters of one server, all since it started.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: RwLock<BTreeMap<String, Classes>>,
    turned_away: AtomicU64,
}

impl Metrics {
    /// Counts a connection that found the server full.
    pub fn turned_away(&self) {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts an answer. `template` is the route's template, never a path. Answers to those who report are not counted:
    /// whoever collects the counters every few seconds would write down when each report came (promise P4).
    pub fn request(&self, template: &str, status: StatusCode) {
        if template.starts_with("/api/v1/submissions") {
            return;
        }
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        let requests = self.requests.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(classes) = requests.get(template) {
            classes[class].fetch_add(1, Ordering::Relaxed);
            return;
        }
        drop(requests);
        let mut requests = self.requests.write().unwrap_or_else(PoisonError::into_inner);
        requests.entry(template.to_owned()).or_default()[class].fetch_add(1, Ordering::Relaxed);
    }

    /// All counters in the Prometheus text format, version 0.0.4.
    #[must_use]
    pub fn exposition(&self) -> String {
        let mut text = String::new();
        head(&mut text, "census_requests_total", "Answers, by route and status class.");
        for (template, classes) in &*self.requests.read().unwrap_or_else(PoisonError::into_inner) {
            let route = template.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
            for (class, count) in classes.iter().enumerate() {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let status = class + 1;
                    // Writing to a String cannot fail.
                    let _ = writeln!(text, "census_requests_total{{route=\"{route}\",status=\"{status}xx\"}} {count}");
                }
            }
        }
        let name = "census_connections_refused_total";
        head(&mut text, name, "Connections that found the server full.");
        let _ = writeln!(text, "{name} {}", self.turned_away.load(Ordering::Relaxed));
        text
    }

    /// The router of the private port: `GET /metrics`.
    pub fn router(metrics: Arc<Self>) -> Router {
        let show = async |State(metrics): State<Arc<Self>>| {
            ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], metrics.exposition())
        };
        Router::new().route("/metrics", get(show)).with_state(metrics)
    }
}

fn head(text: &mut String, name: &str, help: &str) {
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter");
}

/// Middleware: counts every answer.
pub(super) async fn count(State(metrics): State<Arc<Metrics>>, request: Request, next: Next) -> Response {
    let template = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    metrics.request(template.as_ref().map_or("(none)", MatchedPath::as_str), response.status());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_template_and_class() {
        let metrics = Metrics::default();
        metrics.request("/tiles/{z}", StatusCode::OK);
        metrics.request("/tiles/{z}", StatusCode::NOT_MODIFIED);
        metrics.request("/tiles/{z}", StatusCode::OK);
        metrics.request("/a\"b", StatusCode::INTERNAL_SERVER_ERROR);
        let text = metrics.exposition();
        assert!(text.contains("census_requests_total{route=\"/tiles/{z}\",status=\"2xx\"} 2\n"), "{text}");
        assert!(text.contains("census_requests_total{route=\"/tiles/{z}\",status=\"3xx\"} 1\n"), "{text}");
        assert!(text.contains("census_requests_total{route=\"/a\\\"b\",status=\"5xx\"} 1\n"), "{text}");
        assert!(!text.contains("1xx") && !text.contains("4xx"), "{text}");
    }

    #[test]
    fn events_add_up() {
        let metrics = Metrics::default();
        metrics.turned_away();
        let text = metrics.exposition();
        assert!(text.lines().any(|line| line == "census_connections_refused_total 1"), "{text}");
    }
}

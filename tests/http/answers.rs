//! What answers look like: problem documents, headers, files, origins, counters.

use std::sync::Arc;
use std::time::Duration;

use camera_census::http::{CONTENT_SECURITY, Metrics, ServerOptions};
use rstest::rstest;

use crate::demo::Demo;

async fn demo() -> Demo {
    Demo::start(ServerOptions::default()).await
}

#[tokio::test]
async fn errors_that_no_handler_wrote_are_problem_documents() {
    let demo = demo().await;
    demo.get("/nowhere").await.is_problem(404, "not_found");
    let answer = demo.ask("DELETE", "/hello", &[]).await;
    answer.is_problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), Some("GET,HEAD"));
    demo.get("/cells?res=8&canary=canary").await.is_problem(400, "unknown_parameter");
    demo.get("/cells?res=canary").await.is_problem(400, "bad_parameter");
    demo.get("/cells").await.is_problem(400, "bad_parameter");
    demo.get("/thing/canary").await.is_problem(404, "not_found");
    demo.get("/thing/%FF").await.is_problem(404, "not_found");
    demo.get("/large/%00").await.is_problem(404, "not_found");
}

#[tokio::test]
async fn internal_text_does_not_leave_and_input_is_not_echoed() {
    let demo = demo().await;
    let answer = demo.get("/text").await;
    answer.is_problem(400, "bad_request");
    assert!(!answer.body.contains("sightings"), "{answer:?}");
    for path in ["/canary", "/cells?res=canary", "/cells?canary=1", "/thing/canary"] {
        let answer = demo.get(path).await;
        assert!(answer.status >= 400 && !format!("{answer:?}").contains("canary"), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn an_error_page_stays_a_page() {
    let answer = demo().await.get("/page").await;
    assert_eq!((answer.status, answer.body.as_str()), (404, "<p>a page</p>"));
}

#[rstest]
#[case::text("GET", "/hello", 200)]
#[case::file("GET", "/file", 200)]
#[case::head("HEAD", "/file", 200)]
#[case::absent("GET", "/nowhere", 404)]
#[case::wrong_method("PUT", "/hello", 405)]
#[case::refused("POST", "/submit", 415)]
#[case::panic("GET", "/panic", 500)]
#[tokio::test]
async fn every_answer_carries_the_security_headers_and_no_identity(
    #[case] method: &str,
    #[case] path: &str,
    #[case] status: u16,
) {
    let answer = demo().await.ask(method, path, &[("Cookie", "a=b"), ("User-Agent", "canary")]).await;
    assert_eq!(answer.status, status);
    assert_eq!(answer.header("content-security-policy"), Some(CONTENT_SECURITY));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(answer.header("cross-origin-opener-policy"), Some("same-origin"));
    assert!(answer.header("permissions-policy").is_some_and(|policy| policy.starts_with("geolocation=(self), ")));
    assert!(answer.header("cache-control").is_some());
    assert!(answer.header("date").is_some());
    for absent in ["server", "set-cookie", "x-powered-by", "via"] {
        assert_eq!(answer.header(absent), None, "{absent}");
    }
}

#[tokio::test]
async fn public_data_is_open_to_all_origins_and_the_rest_is_not() {
    let demo = demo().await;
    for (path, status) in [("/file", 200), ("/thing/canary", 404)] {
        let answer = demo.ask("GET", path, &[("Origin", "https://example.org")]).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"));
    }
    let answer = demo.ask("GET", "/hello", &[("Origin", "https://example.org")]).await;
    assert_eq!(answer.header("access-control-allow-origin"), None);
    assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
}

#[tokio::test]
async fn a_foreign_page_may_read_with_conditions_but_not_write() {
    let demo = demo().await;
    let preflight = async |path, method| {
        let headers = [("Origin", "https://example.org"), ("Access-Control-Request-Method", method)];
        demo.ask("OPTIONS", path, &headers).await
    };
    let answer = preflight("/file", "GET").await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert!(answer.header("access-control-allow-headers").is_some_and(|list| list.contains("If-None-Match")));
    for path in ["/file", "/submit"] {
        let answer = preflight(path, "POST").await;
        answer.is_problem(405, "method_not_allowed");
        assert!(!answer.headers.iter().any(|(name, _)| name.starts_with("access-control-")), "{answer:?}");
    }
}

#[tokio::test]
async fn files_answer_conditions_ranges_and_codings_over_the_wire() {
    let demo = demo().await;
    let answer = demo.ask("GET", "/file", &[("Accept-Encoding", "gzip")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, "gzipped"));
    assert_eq!(answer.header("etag"), Some("\"abc-gzip\""));

    let answer = demo.ask("GET", "/file", &[("If-None-Match", "\"abc\"")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (304, ""));
    assert_eq!(answer.header("content-length"), None);
    assert_eq!(answer.header("vary"), Some("Accept-Encoding"));

    demo.ask("GET", "/file", &[("If-Match", "\"x\"")]).await.is_problem(412, "precondition_failed");

    let answer = demo.ask("GET", "/file", &[("Range", "bytes=-3"), ("Accept-Encoding", "gzip")]).await;
    assert_eq!((answer.status, answer.body.as_str()), (206, "789"));
    assert_eq!(answer.header("content-range"), Some("bytes 7-9/10"));

    let answer = demo.ask("GET", "/file", &[("Range", "bytes=10-")]).await;
    answer.is_problem(416, "range_not_satisfiable");
    assert_eq!(answer.header("content-range"), Some("bytes */10"));

    let answer = demo.ask("HEAD", "/file", &[]).await;
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(answer.header("content-length"), Some("10"));
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_given_up_with_503() {
    let options = ServerOptions { request_timeout: Duration::from_millis(200), ..ServerOptions::default() };
    let answer = Demo::start(options).await.get("/hang").await;
    answer.is_problem(503, "unavailable");
    assert!(answer.header("retry-after").is_some());
}

#[tokio::test]
async fn answers_are_counted_by_template_and_never_by_path() {
    let metrics = Arc::new(Metrics::default());
    let demo = Demo::start(ServerOptions { metrics: Arc::clone(&metrics), ..ServerOptions::default() }).await;
    for path in ["/thing/7", "/thing/8", "/thing/canary", "/canary", "/panic"] {
        demo.get(path).await;
    }
    let text = metrics.exposition();
    for line in [
        "census_requests_total{route=\"/thing/{id}\",status=\"2xx\"} 2",
        "census_requests_total{route=\"/thing/{id}\",status=\"4xx\"} 1",
        "census_requests_total{route=\"(none)\",status=\"4xx\"} 1",
        "census_requests_total{route=\"/panic\",status=\"5xx\"} 1",
    ] {
        assert!(text.lines().any(|other| other == line), "{line} in {text}");
    }
    assert!(!text.contains("canary") && !text.contains("/thing/7"), "{text}");
}

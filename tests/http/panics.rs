//! A handler that panics: the client, the server and the log.

use std::process::Command;

use camera_census::http::{ServerOptions, hide_panic_messages};

use crate::demo::{CANARY, Demo};

#[tokio::test]
async fn a_panic_is_a_500_without_its_message_and_the_server_lives() {
    let demo = Demo::start(ServerOptions::default()).await;
    for _ in 0..3 {
        let answer = demo.get("/panic").await;
        answer.is_problem(500, "internal_error");
        assert!(!answer.body.contains(CANARY));
    }
    assert_eq!(demo.get("/hello").await.body, "hello");
}

#[test]
fn the_log_says_where_a_panic_was_and_not_what_it_said() {
    let run = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "panics::a_server_with_a_log", "--ignored", "--nocapture", "--test-threads", "1"])
        .env("RUST_BACKTRACE", "1")
        .output()
        .unwrap();
    let log = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{log}");
    assert!(log.contains("tests/http/demo.rs"), "{log}");
    for secret in [CANARY, "127.0.0.1", "canary-agent"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[tokio::test]
#[ignore = "changes the whole process: the test above runs it in one of its own"]
async fn a_server_with_a_log() {
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).init();
    hide_panic_messages();
    let demo = Demo::start(ServerOptions::default()).await;
    for path in ["/panic", "/hello", "/nowhere"] {
        let answer = demo.ask("GET", path, &[("User-Agent", "canary-agent"), ("X-Forwarded-For", "127.0.0.1")]).await;
        assert!(answer.status >= 200);
    }
    demo.stop().await.unwrap();
}

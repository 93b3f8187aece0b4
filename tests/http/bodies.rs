//! RELIABILITY R10 and R11: bodies that are too large, lie about their length, or hide a bomb.

use std::time::Duration;

use camera_census::http::ServerOptions;
use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::demo::{Answer, Demo, LIMIT, head};

const GEOJSON: (&str, &str) = ("Content-Type", "application/geo+json");
const CHUNKED: (&str, &str) = ("Transfer-Encoding", "chunked");

async fn demo() -> Demo {
    Demo::start(ServerOptions::default()).await
}

#[tokio::test]
async fn a_body_up_to_the_limit_is_taken() {
    let demo = demo().await;
    let answer = demo.send("POST", "/submit", &[GEOJSON], &vec![b'x'; LIMIT]).await;
    assert_eq!((answer.status, answer.body), (200, format!("{LIMIT} bytes")));
    demo.send("POST", "/submit", &[GEOJSON], &vec![b'x'; LIMIT + 1]).await.is_problem(413, "content_too_large");
}

#[tokio::test]
async fn an_endless_chunked_body_is_413_soon_after_the_limit() {
    let demo = demo().await;
    let (mut reader, mut writer) = demo.connect().await.into_split();
    writer.write_all(&head("POST", "/submit", &[GEOJSON, CHUNKED], 0)).await.unwrap();
    let sending = tokio::spawn(async move {
        let chunk = [b"4000\r\n".as_slice(), &[b'x'; 0x4000], b"\r\n"].concat();
        let mut sent = 0_usize;
        while sent < 1 << 30 && writer.write_all(&chunk).await.is_ok() {
            sent += chunk.len();
        }
    });
    let mut first = vec![0; 64 * 1024];
    let answer = tokio::time::timeout(Duration::from_secs(10), reader.read(&mut first));
    let length = answer.await.expect("the limit was passed long ago").unwrap();
    assert!(!sending.is_finished(), "the answer came while the body was still being sent");
    Answer::parse(std::str::from_utf8(&first[..length]).unwrap()).is_problem(413, "content_too_large");
    sending.abort();
}

#[tokio::test]
async fn a_length_above_the_limit_is_413_before_a_byte_is_sent() {
    let demo = demo().await;
    let mut stream = demo.connect().await;
    stream.write_all(&head("POST", "/submit", &[GEOJSON], 1 << 30)).await.unwrap();
    let mut answer = [0; 16 * 1024];
    let length = stream.read(&mut answer).await.unwrap();
    Answer::parse(std::str::from_utf8(&answer[..length]).unwrap()).is_problem(413, "content_too_large");
}

#[tokio::test]
async fn a_client_that_sends_everything_before_it_reads_still_learns_why() {
    let answer = demo().await.send("POST", "/submit", &[GEOJSON], &vec![b'x'; 16 << 20]).await;
    answer.is_problem(413, "content_too_large");
    assert_eq!(answer.header("connection"), Some("close"));
}

#[tokio::test]
async fn a_body_that_breaks_off_or_is_badly_chunked_is_400_or_nothing() {
    let demo = demo().await;
    let mut stream = demo.connect().await;
    stream.write_all(&head("POST", "/submit", &[GEOJSON, CHUNKED], 0)).await.unwrap();
    stream.write_all(b"zz\r\n").await.unwrap();
    Answer::read(&mut stream).await.is_problem(400, "bad_request");

    let mut stream = demo.connect().await;
    stream.write_all(&head("POST", "/submit", &[GEOJSON], 10)).await.unwrap();
    stream.write_all(b"abc").await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert_eq!(demo.get("/hello").await.status, 200);
}

#[rstest]
#[tokio::test]
async fn a_compressed_body_is_415_and_never_inflated(
    #[values("gzip", "br", "zstd", "deflate", "x-gzip")] coding: &str,
) {
    let answer = demo().await.send("POST", "/submit", &[GEOJSON, ("Content-Encoding", coding)], b"\x1f\x8b bomb").await;
    answer.is_problem(415, "unsupported_media_type");
    assert!(answer.header("accept").is_some_and(|types| types.contains("application/geo+json")));
}

#[rstest]
#[case::picture("image/jpeg")]
#[case::form("multipart/form-data; boundary=b")]
#[case::zip("application/zip")]
#[tokio::test]
async fn a_foreign_media_type_is_415(#[case] media_type: &str) {
    let answer = demo().await.send("POST", "/submit", &[("Content-Type", media_type)], b"\xff\xd8\xff\xe0").await;
    answer.is_problem(415, "unsupported_media_type");
}

#[rstest]
#[case::garbage("\u{16}\u{3}\u{1} not http\r\n\r\n".to_owned(), "HTTP/1.1 400")]
#[case::huge_head(format!("GET /hello HTTP/1.1\r\nHost: demo\r\nX: {}\r\n\r\n", "x".repeat(40_000)), "HTTP/1.1 431")]
#[tokio::test]
async fn what_is_no_request_is_refused_and_the_server_lives(#[case] bytes: String, #[case] expected: &str) {
    let demo = demo().await;
    let mut stream = demo.connect().await;
    stream.write_all(bytes.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // The rest of a huge head may be answered by a reset after the refusal.
    let _ = stream.read_to_end(&mut answer).await;
    assert!(String::from_utf8_lossy(&answer).starts_with(expected), "{:?}", String::from_utf8_lossy(&answer));
    assert_eq!(demo.get("/hello").await.status, 200);
}

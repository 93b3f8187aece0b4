//! RELIABILITY R8: clients that keep a connection without using it.

use std::time::{Duration, Instant};

use camera_census::http::ServerOptions;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::demo::{Answer, Demo, LARGE, head};

/// Twenty times what is expected: a guard against hanging, not a measurement.
const GUARD: Duration = Duration::from_secs(10);

fn options() -> ServerOptions {
    ServerOptions { header_timeout: Duration::from_millis(500), ..ServerOptions::default() }
}

async fn closes(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let reading = tokio::time::timeout(GUARD, stream.read_to_end(&mut bytes)).await;
    // A reset is a way of closing, too.
    let _ = reading.expect("the server keeps the connection open");
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn half_open_heads_and_trickling_bodies_are_closed_while_others_are_served() {
    besiege(200, 50).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "R8 in full: needs 5,000 open files for both ends, and a machine to itself"]
async fn two_thousand_half_open_heads_and_five_hundred_trickling_bodies_are_closed() {
    let slowest = besiege(2_000, 500).await;
    println!("slowest answer {slowest:?}");
    assert!(slowest < Duration::from_millis(500), "{slowest:?}");
}

/// Opens so many half-open heads and trickling bodies, waits until the server has closed them all, and says how long
/// the slowest ordinary request took meanwhile.
async fn besiege(heads: usize, bodies: usize) -> Duration {
    let demo = Demo::start(options()).await;
    let mut slow = JoinSet::new();
    for _ in 0..heads {
        let mut stream = demo.connect().await;
        slow.spawn(async move {
            stream.write_all(b"GET /hello HTTP/1.1\r\nHost: de").await.unwrap();
            assert_eq!(closes(&mut stream).await, b"");
        });
    }
    for _ in 0..bodies {
        let stream = demo.connect().await;
        slow.spawn(async move {
            let (mut reader, mut writer) = stream.into_split();
            let headers = [("Content-Type", "application/geo+json")];
            writer.write_all(&head("POST", "/submit", &headers, 1000)).await.unwrap();
            let trickle = tokio::spawn(async move {
                while writer.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            });
            let mut answer = vec![0; 16 * 1024];
            let read = tokio::time::timeout(GUARD, reader.read(&mut answer)).await;
            let length = read.expect("the server waits for the body").unwrap();
            Answer::parse(std::str::from_utf8(&answer[..length]).unwrap()).is_problem(408, "request_timeout");
            tokio::time::timeout(GUARD, trickle).await.expect("the connection stays open").unwrap();
        });
    }
    let (mut served, mut slowest) = (0, Duration::ZERO);
    while !slow.is_empty() {
        let started = Instant::now();
        assert_eq!(demo.get("/hello").await.body, "hello");
        slowest = slowest.max(started.elapsed());
        served += 1;
        while let Some(ended) = slow.try_join_next() {
            ended.unwrap();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(served > 3, "the slow ones lasted for {served} requests only");
    assert!(slowest < GUARD, "{slowest:?}");
    slowest
}

#[tokio::test]
async fn an_idle_connection_is_closed_after_a_while() {
    let demo = Demo::start(options()).await;
    let mut silent = demo.connect().await;
    let mut used = demo.connect().await;
    used.write_all(b"GET /hello HTTP/1.1\r\nHost: demo\r\n\r\n").await.unwrap();
    assert!(String::from_utf8(closes(&mut used).await).unwrap().ends_with("hello"));
    assert_eq!(closes(&mut silent).await, b"");
}

#[tokio::test]
async fn a_connection_in_use_outlives_the_idle_time() {
    let demo = Demo::start(options()).await;
    let mut stream = demo.connect().await;
    let mut answer = vec![0; 4096];
    for _ in 0..4 {
        stream.write_all(b"GET /hello HTTP/1.1\r\nHost: demo\r\n\r\n").await.unwrap();
        let length = stream.read(&mut answer).await.unwrap();
        assert!(answer[..length].ends_with(b"hello"));
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_its_answer_is_given_up() {
    let options = ServerOptions { write_timeout: Duration::from_millis(300), ..ServerOptions::default() };
    let demo = Demo::start(options).await;
    let mut stream = demo.connect().await;
    stream.write_all(&head("GET", "/large", &[], 0)).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert!(closes(&mut stream).await.len() < LARGE);
}

#[tokio::test]
async fn a_client_that_takes_its_answer_slowly_gets_all_of_it() {
    let options = ServerOptions { write_timeout: Duration::from_secs(2), ..ServerOptions::default() };
    let demo = Demo::start(options).await;
    let mut stream = demo.connect().await;
    stream.write_all(&head("GET", "/large", &[], 0)).await.unwrap();
    let (mut piece, mut received, mut pieces) = (vec![0; 4 << 20], 0, 0);
    loop {
        let length = stream.read(&mut piece).await.unwrap();
        if length == 0 {
            break;
        }
        received += length;
        pieces += 1;
        if pieces % 16 == 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
    assert!(received > LARGE);
}

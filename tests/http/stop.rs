//! RELIABILITY R21: stopping under load.

use std::time::{Duration, Instant};

use camera_census::http::ServerOptions;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::demo::{Answer, Demo, head};

/// Sends a request and leaves its answer unread.
async fn under_way(demo: &Demo, path: &str) -> TcpStream {
    let mut stream = demo.connect().await;
    stream.write_all(&head("GET", path, &[], 0)).await.unwrap();
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_under_way_finish_and_new_ones_find_the_door_closed() {
    let demo = Demo::start(ServerOptions::default()).await;
    let address = demo.address;
    let mut running = JoinSet::new();
    for _ in 0..20 {
        let mut stream = under_way(&demo, "/sleep").await;
        running.spawn(async move { Answer::read(&mut stream).await });
    }
    let _idle = demo.connect().await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(running.len(), 20);
    let started = Instant::now();
    demo.stop().await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(8), "{:?}", started.elapsed());
    while let Some(answer) = running.join_next().await {
        let answer = answer.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, "slept"));
    }
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_request_without_end_does_not_hold_the_server_beyond_its_grace() {
    let demo = Demo::start(ServerOptions { grace: Duration::from_millis(300), ..ServerOptions::default() }).await;
    let _hanging = under_way(&demo, "/hang").await;
    let mut half_open = demo.connect().await;
    half_open.write_all(b"GET /hel").await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    let started = Instant::now();
    demo.stop().await.unwrap();
    let took = started.elapsed();
    assert!(took >= Duration::from_millis(300) && took < Duration::from_secs(6), "{took:?}");
}

#[tokio::test]
async fn an_idle_server_stops_at_once() {
    let demo = Demo::start(ServerOptions::default()).await;
    assert_eq!(demo.get("/hello").await.status, 200);
    let _idle = demo.connect().await;
    let started = Instant::now();
    demo.stop().await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}

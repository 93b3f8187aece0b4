//! RELIABILITY R9 in small: more connections than the server takes.

use std::sync::Arc;
use std::time::Duration;

use camera_census::http::{Metrics, ServerOptions};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::demo::{Answer, Demo};

const CAP: usize = 8;

/// A connection that was served once and is kept.
async fn settled(demo: &Demo) -> TcpStream {
    let mut stream = demo.connect().await;
    stream.write_all(b"GET /hello HTTP/1.1\r\nHost: demo\r\n\r\n").await.unwrap();
    let mut answer = vec![0; 4096];
    let length = stream.read(&mut answer).await.unwrap();
    assert!(answer[..length].ends_with(b"hello"));
    stream
}

#[tokio::test]
async fn above_the_cap_a_client_is_told_to_come_back_and_below_it_served() {
    let metrics = Arc::new(Metrics::default());
    let options = ServerOptions { max_connections: CAP, metrics: Arc::clone(&metrics), ..ServerOptions::default() };
    let demo = Demo::start(options).await;
    let mut kept = Vec::new();
    for _ in 0..CAP {
        kept.push(settled(&demo).await);
    }
    let mut silent = demo.connect().await;
    let answer = Answer::read(&mut silent).await;
    answer.is_problem(503, "unavailable");
    assert_eq!(answer.header("retry-after"), Some("5"));
    demo.get("/hello").await.is_problem(503, "unavailable");
    assert!(metrics.exposition().contains("census_connections_refused_total 2\n"));

    // Those inside are served all the while.
    for stream in &mut kept {
        stream.write_all(b"GET /hello HTTP/1.1\r\nHost: demo\r\n\r\n").await.unwrap();
        let mut answer = vec![0; 4096];
        let length = stream.read(&mut answer).await.unwrap();
        assert!(answer[..length].ends_with(b"hello"));
    }

    kept.pop();
    for attempt in 0.. {
        if demo.get("/hello").await.status == 200 {
            break;
        }
        assert!(attempt < 100, "the free place was never given away");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

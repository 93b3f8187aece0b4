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

/// The resident memory of this process in MiB, where the system says so.
fn resident_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "R9 in full: needs 20,000 open files for both ends, and a machine to itself"]
async fn ten_thousand_idle_connections_leave_room_and_memory_for_others() {
    let options = ServerOptions { header_timeout: Duration::from_mins(2), ..ServerOptions::default() };
    let demo = Demo::start(ServerOptions { max_connections: 20_000, ..options }).await;
    let mut kept = Vec::new();
    for _ in 0..9_900 {
        kept.push(settled(&demo).await);
    }
    let mut slowest = Duration::ZERO;
    for _ in 0..1_000 {
        let started = std::time::Instant::now();
        assert_eq!(demo.get("/hello").await.status, 200);
        slowest = slowest.max(started.elapsed());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert!(slowest < Duration::from_millis(500), "{slowest:?}");
    let resident = resident_mib().unwrap_or_default();
    println!("{} connections, {resident} MiB, slowest answer {slowest:?}", kept.len());
    assert!(resident < 512, "{resident} MiB");
}

#[cfg(unix)]
#[test]
fn a_server_that_runs_out_of_files_pauses_and_goes_on() {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::process::{Command, Stdio};

    let test = std::env::current_exe().unwrap();
    let mut server = Command::new("sh")
        .args(["-c", "ulimit -n 48; exec \"$0\" --exact load::a_server_with_few_files --ignored --nocapture"])
        .arg(test)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(server.stdout.take().unwrap());
    let address = loop {
        let mut line = String::new();
        assert!(output.read_line(&mut line).unwrap() > 0, "the server did not start");
        if let Some((_, address)) = line.trim().split_once("listening on ") {
            break address.to_owned();
        }
    };
    let crowd: Vec<_> = (0..100).map(|_| std::net::TcpStream::connect(&address).unwrap()).collect();
    std::thread::sleep(Duration::from_millis(500));
    drop(crowd);
    let recovered = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        let mut stream = std::net::TcpStream::connect(&address).unwrap();
        let mut answer = String::new();
        // It may be told to come back, or find the crowd not yet gone.
        let _ = stream.write_all(b"GET /hello HTTP/1.1\r\nHost: demo\r\nConnection: close\r\n\r\n");
        let _ = stream.read_to_string(&mut answer);
        answer.starts_with("HTTP/1.1 200")
    });
    drop(server.stdin.take());
    let mut log = String::new();
    output.read_to_string(&mut log).unwrap();
    assert!(server.wait().unwrap().success(), "{log}");
    assert!(recovered, "{log}");
    assert!(log.contains("connections cannot be accepted just now"), "it never ran out of files: {log}");
    assert!(!log.contains("127.0.0.1"), "{log}");
}

#[tokio::test]
#[ignore = "needs a process with few files: the test above runs it in one"]
async fn a_server_with_few_files() {
    tracing_subscriber::fmt().with_ansi(false).init();
    let demo = Demo::start(ServerOptions::default()).await;
    println!("listening on {}", demo.address);
    let until_closed = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
    // Run by hand there may be no parent that closes the input.
    let _ = tokio::time::timeout(Duration::from_mins(1), until_closed).await;
    demo.stop().await.unwrap();
}

//! The accept loop.
//!
//! `axum::serve` has no clock: a client that sends half a header keeps its connection for ever. This loop gives hyper a
//! timer, counts connections, and stops gracefully. It never asks who is calling; the peer's address is dropped where
//! `accept` returns it.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

use super::body::{Pace, PacedBody};
use super::metrics::Metrics;
use super::problem::{PROBLEM_JSON, Problem};
use super::security::harden;
use super::socket::Socket;

/// What a server allows its clients.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// Time for the head of a request, and for a connection to wait idle for its next one. Default 10 s.
    pub header_timeout: Duration,
    /// The longest a request body may take. Default 30 s. A body that trickles is given up after `header_timeout`.
    pub body_timeout: Duration,
    /// A body must bring this many bytes for every second after the first `header_timeout`. Default 1024.
    pub body_bytes_per_second: u32,
    /// Time a client may take nothing of the answer that is being written. Default 30 s.
    pub write_timeout: Duration,
    /// Time for a handler to begin its answer. Default 60 s.
    pub request_timeout: Duration,
    /// Connections at a time; also bounded by the process's limit on open files. Default 10,000.
    pub max_connections: usize,
    /// Bytes of a request's head. Default 16 KiB.
    pub max_head_bytes: usize,
    /// Time for running requests to finish after the stop signal. Default 8 s, which leaves two of the promised ten
    /// seconds (RELIABILITY R21) for closing the database.
    pub grace: Duration,
    /// The counters.
    pub metrics: Arc<Metrics>,
}

impl Default for ServerOptions {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            body_bytes_per_second: 1024,
            write_timeout: Duration::from_secs(30),
            request_timeout: Duration::from_mins(1),
            max_connections: 10_000,
            max_head_bytes: 16 * 1024,
            grace: Duration::from_secs(8),
            metrics: Arc::default(),
        }
    }
}

/// Connections above the cap that are told so at a time; any more are closed without a word.
const REFUSALS: usize = 256;
/// Time for a refused client to take its answer.
const REFUSAL_TIME: Duration = Duration::from_secs(1);
/// Rest after a failed `accept`, such as for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Open files kept back for the database, releases and logs.
const FILES_RESERVED: u64 = 128;

/// Serves `router` until `shutdown` completes, then lets running requests finish for at most `options.grace`.
///
/// The router is [`harden`]ed first. Over the cap a client gets a 503 with `Retry-After` and is closed. Returns `Ok`
/// after a stop, also when requests had to be cut off.
///
/// # Errors
/// When the listener is not usable at all. A failed `accept` of one connection is no error of the server.
pub async fn run(
    listener: TcpListener,
    router: Router,
    options: ServerOptions,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let router = harden(router, &options);
    let slots = Arc::new(Semaphore::new(connections_possible(options.max_connections)));
    let refusals = Arc::new(Semaphore::new(REFUSALS));
    let refusal: Arc<[u8]> = refusal().into();
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut shutdown = pin!(shutdown);
    let mut starved = false;
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            Some(_) = connections.join_next() => continue,
            accepted = listener.accept() => accepted,
        };
        let stream = match accepted {
            Ok((stream, _who_is_calling)) => stream,
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error),
            Err(error) if of_one_connection(&error) => continue,
            Err(error) => {
                if !starved {
                    tracing::warn!(kind = %error.kind(), "connections cannot be accepted just now");
                }
                starved = true;
                tokio::select! {
                    () = &mut shutdown => break,
                    () = tokio::time::sleep(ACCEPT_PAUSE) => continue,
                }
            }
        };
        starved = false;
        // Without it small answers wait for the client's delayed acknowledgement; where it fails they merely do.
        let _ = stream.set_nodelay(true);
        if let Ok(slot) = Arc::clone(&slots).try_acquire_owned() {
            let client = serve(stream, router.clone(), &options, graceful.watcher());
            connections.spawn(async move {
                client.await;
                drop(slot);
            });
        } else {
            options.metrics.turned_away();
            if let Ok(turn) = Arc::clone(&refusals).try_acquire_owned() {
                let refusal = Arc::clone(&refusal);
                connections.spawn(async move {
                    let _ = tokio::time::timeout(REFUSAL_TIME, refuse(stream, &refusal)).await;
                    drop(turn);
                });
            }
        }
    }
    drop(listener);
    if tokio::time::timeout(options.grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still running after the grace period and were cut off");
    }
    connections.shutdown().await;
    Ok(())
}

/// One client, from its first request to its last. However it ends, there is nobody to tell: an error here is a client
/// that left, lied or was slow.
fn serve(
    stream: TcpStream,
    router: Router,
    options: &ServerOptions,
    stop: Watcher,
) -> impl Future<Output = ()> + Send + use<> {
    let left_unread = Arc::new(AtomicBool::new(false));
    let socket = Socket::new(stream, options.write_timeout, Arc::clone(&left_unread));
    let pace = Pace {
        patience: options.header_timeout,
        bytes_per_second: options.body_bytes_per_second,
        total: options.body_timeout,
    };
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let left_unread = Arc::clone(&left_unread);
        let request = request.map(|body| Body::new(PacedBody::new(body, pace, left_unread)));
        router.clone().oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(options.header_timeout)
        .max_header_size(options.max_head_bytes)
        .serve_connection(socket, service);
    async move {
        let _ = stop.watch(connection).await;
    }
}

/// Errors of `accept` that concern a connection which went away before we got to it.
fn of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::ConnectionAborted | Kind::ConnectionReset | Kind::ConnectionRefused | Kind::Interrupted
    )
}

/// The whole answer for a client that found the server full.
fn refusal() -> Vec<u8> {
    let body = Problem::unavailable("The server has as many visitors as it can serve. Try again soon.", 5).to_json();
    let mut answer = format!(
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: {PROBLEM_JSON}\r\nContent-Length: {}\r\nRetry-After: 5\r\n\
         Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        body.len()
    )
    .into_bytes();
    answer.extend(body);
    answer
}

/// Says no at once, without waiting for the request, then reads what comes until the client closes, so that no reset
/// overtakes the answer.
async fn refuse(mut stream: TcpStream, answer: &[u8]) -> io::Result<()> {
    stream.write_all(answer).await?;
    stream.shutdown().await?;
    let mut space = [0; 4096];
    while stream.read(&mut space).await? > 0 {}
    Ok(())
}

/// How many connections the process can hold: `wanted`, unless its limit on open files is lower. Raises the soft limit
/// first, which every process may do up to its hard limit.
#[cfg(unix)]
fn connections_possible(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let needed = u64::try_from(wanted).unwrap_or(u64::MAX).saturating_add(FILES_RESERVED);
    let limit = getrlimit(Resource::Nofile);
    let mut soft = limit.current.unwrap_or(u64::MAX);
    if soft < needed {
        let raised = limit.maximum.map_or(needed, |hard| hard.min(needed));
        if setrlimit(Resource::Nofile, Rlimit { current: Some(raised), maximum: limit.maximum }).is_ok() {
            soft = raised;
        }
    }
    let possible = usize::try_from(soft.saturating_sub(FILES_RESERVED)).unwrap_or(usize::MAX).clamp(1, wanted.max(1));
    if possible < wanted {
        tracing::warn!(wanted, possible, "fewer connections than asked for: raise the limit on open files (ulimit -n)");
    }
    possible
}

/// How many connections the process can hold.
#[cfg(not(unix))]
fn connections_possible(wanted: usize) -> usize {
    wanted.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cap_is_kept_and_is_never_zero() {
        assert_eq!(connections_possible(8), 8);
        assert_eq!(connections_possible(0), 1);
    }

    #[test]
    fn the_refusal_is_one_whole_answer() {
        let text = String::from_utf8(refusal()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(&format!("\r\nContent-Length: {}\r\n", body.len())), "{head}");
    }
}

//! A server with one route for each thing that can happen, and a client that speaks raw HTTP.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::routing::{get, post};
use camera_census::http::{
    CachePolicy, Coding, Content, Problem, PublicFile, Segments, ServerOptions, StrictQuery, body_format,
    open_to_all_origins, read_body, run,
};
use http::{HeaderMap, Method, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Bytes that `/submit` takes.
pub(crate) const LIMIT: usize = 64 * 1024;
/// Bytes of the answer of `/large`.
pub(crate) const LARGE: usize = 64 * 1024 * 1024;
/// What the panicking handler says.
pub(crate) const CANARY: &str = "canary-7f3a";

#[derive(serde::Deserialize)]
struct Cells {
    res: u8,
}

fn file() -> PublicFile {
    PublicFile::new("text/csv; charset=utf-8", "abc", Content::Memory("0123456789".into()), CachePolicy::Immutable)
        .with_twin(Coding::Gzip, Content::Memory("gzipped".into()))
}

async fn submit(request: Request) -> Result<String, Problem> {
    body_format(request.headers())?;
    let body = read_body(request.into_body(), LIMIT).await?;
    Ok(format!("{} bytes", body.len()))
}

async fn panicking() -> &'static str {
    panic!("{CANARY}")
}

fn router() -> Router {
    let public = Router::new()
        .route("/file", get(async |method: Method, headers: HeaderMap| file().respond(&method, &headers).await))
        .route("/cells", get(async |StrictQuery(cells): StrictQuery<Cells>| cells.res.to_string()))
        .route("/thing/{id}", get(async |path: Segments| path.parse::<u32>("id").map(|id| id.to_string())));
    Router::new()
        .merge(open_to_all_origins(public))
        .route("/hello", get(async || "hello"))
        .route("/submit", post(submit))
        .route("/panic", get(panicking))
        .route("/text", get(async || (StatusCode::BAD_REQUEST, "internal: table sightings is locked")))
        .route("/page", get(async || (StatusCode::NOT_FOUND, axum::response::Html("<p>a page</p>"))))
        .route("/large", get(async || Body::from(vec![b'x'; LARGE])))
        .route(
            "/sleep",
            get(async || {
                tokio::time::sleep(Duration::from_millis(800)).await;
                "slept"
            }),
        )
        .route("/hang", get(async || tokio::time::sleep(Duration::from_mins(10)).await))
}

/// A running server.
pub(crate) struct Demo {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<std::io::Result<()>>,
}

impl Demo {
    pub(crate) async fn start(options: ServerOptions) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let done = tokio::spawn(run(listener, router(), options, async move {
            let _ = stopped.await;
        }));
        Self { address, stop, done }
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Gives the stop signal and waits for the server's end.
    pub(crate) async fn stop(self) -> std::io::Result<()> {
        self.stop.send(()).unwrap();
        self.done.await.unwrap()
    }

    /// One GET on a connection of its own.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }

    /// One request without a body on a connection of its own.
    pub(crate) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(method, path, headers, b"").await
    }

    /// One request with a body of stated length on a connection of its own.
    pub(crate) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = self.connect().await;
        stream.write_all(&head(method, path, headers, body.len())).await.unwrap();
        stream.write_all(body).await.unwrap();
        Answer::read(&mut stream).await
    }
}

/// The head of a request that wants the connection closed afterwards.
pub(crate) fn head(method: &str, path: &str, headers: &[(&str, &str)], length: usize) -> Vec<u8> {
    let mut lines = vec![format!("{method} {path} HTTP/1.1"), "Host: demo".to_owned(), "Connection: close".to_owned()];
    lines.extend((length > 0).then(|| format!("Content-Length: {length}")));
    lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
    (lines.join("\r\n") + "\r\n\r\n").into_bytes()
}

/// An answer, taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// Reads until the server closes.
    pub(crate) async fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        let reading = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut bytes));
        reading.await.expect("the server neither answered nor closed").unwrap();
        Self::parse(&String::from_utf8(bytes).unwrap())
    }

    pub(crate) fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Self { status, headers, body: body.to_owned() }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The body as a problem document with this code.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
        let document: serde_json::Value = serde_json::from_str(&self.body).unwrap();
        assert_eq!(document["type"], format!("/problems/{code}"), "{document}");
        assert_eq!(document["status"], status, "{document}");
        for member in ["title", "detail"] {
            assert!(document[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {document}");
        }
    }
}

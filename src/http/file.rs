//! Files that never change: strong `ETag`s, conditional requests, ranges, compressed twins.
//!
//! A [`PublicFile`] is made by code that knows the file's path. Request text only ever chooses among such values, by
//! looking a name up in a list; it is never joined onto a directory.

use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE, VARY,
};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use hyper::body::{Frame, SizeHint};
use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::{AsyncRead as _, AsyncSeekExt as _, ReadBuf};

use super::negotiate::{Coding, coding};
use super::problem::Problem;
use super::range::{Wanted, wanted};

/// How long an answer may be kept, by anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// The address names a version: a year, without asking again.
    Immutable,
    /// The address names something that moves on: keep it, ask before each use.
    Revalidate,
    /// Not to be kept.
    NoStore,
}

impl CachePolicy {
    /// Value of `Cache-Control`.
    #[must_use]
    pub const fn header_value(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Revalidate => "public, no-cache",
            Self::NoStore => "no-store",
        })
    }
}

/// Where the bytes are.
#[derive(Debug, Clone)]
pub enum Content {
    /// In memory.
    Memory(Bytes),
    /// On disk; read in pieces while it is sent. The length is what the manifest says, in bytes.
    Disk {
        /// Full path, never made from request text.
        path: PathBuf,
        /// Length in bytes; a file of any other length is not sent.
        length: u64,
    },
}

impl Content {
    /// Length in bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        match self {
            Self::Memory(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::Disk { length, .. } => *length,
        }
    }

    /// The bytes from `first`, `length` of them, which must lie inside.
    async fn part(&self, first: u64, length: u64) -> io::Result<Body> {
        match self {
            Self::Memory(bytes) => {
                let range = usize::try_from(first).ok().zip(usize::try_from(first + length).ok());
                let (first, end) = range.ok_or(io::ErrorKind::InvalidInput)?;
                Ok(Body::from(bytes.slice(first..end)))
            }
            Self::Disk { path, length: expected } => {
                let mut file = File::open(path).await?;
                if file.metadata().await?.len() != *expected {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                file.seek(io::SeekFrom::Start(first)).await?;
                Ok(Body::new(FileBody { file, left: length }))
            }
        }
    }
}

/// One immutable file and its compressed twins.
#[derive(Debug, Clone)]
pub struct PublicFile {
    media_type: HeaderValue,
    tag: String,
    cache: CachePolicy,
    attachment: Option<HeaderValue>,
    identity: Content,
    twins: Vec<(Coding, Content)>,
}

impl PublicFile {
    /// A file of this media type. `digest` identifies the content, such as the hexadecimal SHA-256 of its bytes; it
    /// becomes the strong `ETag`, and anything in it but ASCII letters, digits, `-`, `_` and `.` is left out.
    #[must_use]
    pub fn new(media_type: &'static str, digest: &str, content: Content, cache: CachePolicy) -> Self {
        Self {
            media_type: HeaderValue::from_static(media_type),
            tag: digest.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect(),
            cache,
            attachment: None,
            identity: content,
            twins: Vec::new(),
        }
    }

    /// States the media type as the manifest of a release does; what is no header value changes nothing.
    #[must_use]
    pub fn of_type(mut self, media_type: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(media_type) {
            self.media_type = value;
        }
        self
    }

    /// Adds the same content in another coding. It has an `ETag` of its own.
    #[must_use]
    pub fn with_twin(mut self, coding: Coding, content: Content) -> Self {
        if coding != Coding::Identity {
            self.twins.push((coding, content));
        }
        self
    }

    /// Offers the file as a download under its own name, which comes from our list of files and is plain ASCII.
    #[must_use]
    pub fn with_download_name(mut self, name: &str) -> Self {
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
        self.attachment = HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).ok();
        self
    }

    /// Shows the file where the client can, and gives it this name where it is kept; plain ASCII, as above.
    #[must_use]
    pub fn with_shown_name(mut self, name: &str) -> Self {
        let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')).collect();
        self.attachment = HeaderValue::try_from(format!("inline; filename=\"{name}\"")).ok();
        self
    }

    /// The strong entity tag in this coding, with its quotes.
    #[must_use]
    pub fn etag(&self, coding: Coding) -> String {
        match coding {
            Coding::Identity => format!("\"{}\"", self.tag),
            other => format!("\"{}-{}\"", self.tag, other.name()),
        }
    }

    /// Answers a GET or HEAD with this file: 200, 206, 304, or a problem with 404, 406, 412, 416 or 500.
    pub async fn respond(&self, method: &Method, request: &HeaderMap) -> Response {
        match self.answer(method, request).await {
            Ok(response) => response,
            Err(problem) => self.with_vary(problem.into_response()),
        }
    }

    async fn answer(&self, method: &Method, request: &HeaderMap) -> Result<Response, Problem> {
        // RFC 9110 defines Range for GET alone; whoever asks for a part gets parts of the identity bytes.
        let range = if method == Method::GET { text(request, &RANGE) } else { None };
        let chosen = if range.is_some() { Coding::Identity } else { self.negotiate(request)? };
        let etag = self.etag(chosen);

        // The order of RFC 9110 section 13.2.2. There is no Last-Modified, so the conditions on dates never apply.
        if request.contains_key(IF_MATCH) && !listed(request, &IF_MATCH, &etag, Comparison::Strong) {
            return Err(Problem::precondition_failed());
        }
        if listed(request, &IF_NONE_MATCH, &etag, Comparison::Weak) {
            return Ok(self.with_validators(StatusCode::NOT_MODIFIED.into_response(), &etag));
        }
        let content = self.content(chosen);
        let length = content.length();
        let current = text(request, &IF_RANGE).is_none_or(|tag| tag.trim() == etag);
        let wanted = range.filter(|_| current).map_or(Wanted::Whole, |header| wanted(header, length));
        let (status, first, sent) = match wanted {
            Wanted::Unsatisfiable => return Err(Problem::range_not_satisfiable(length)),
            Wanted::Whole => (StatusCode::OK, 0, length),
            Wanted::Part { first, last } => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        };
        let body = if method == Method::HEAD {
            Body::empty()
        } else {
            content.part(first, sent).await.map_err(|error| unreadable(&error))?
        };

        let mut response = self.with_validators((status, body).into_response(), &etag);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.media_type.clone());
        headers.insert(CONTENT_LENGTH, sent.into());
        headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        if chosen != Coding::Identity {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(chosen.name()));
        }
        if let Some(attachment) = &self.attachment {
            headers.insert(CONTENT_DISPOSITION, attachment.clone());
        }
        if let Wanted::Part { first, last } = wanted
            && let Ok(value) = HeaderValue::try_from(format!("bytes {first}-{last}/{length}"))
        {
            headers.insert(CONTENT_RANGE, value);
        }
        Ok(response)
    }

    fn negotiate(&self, request: &HeaderMap) -> Result<Coding, Problem> {
        let kept: Vec<Coding> = self.twins.iter().map(|&(coding, _)| coding).collect();
        coding(request, &kept).ok_or_else(|| {
            Problem::not_acceptable("Accept-Encoding rules out every coding of this file. Allow gzip, br or identity.")
        })
    }

    fn content(&self, wanted: Coding) -> &Content {
        self.twins.iter().find(|(coding, _)| *coding == wanted).map_or(&self.identity, |(_, content)| content)
    }

    fn with_validators(&self, mut response: Response, etag: &str) -> Response {
        let headers = response.headers_mut();
        if let Ok(etag) = HeaderValue::try_from(etag) {
            headers.insert(ETAG, etag);
        }
        headers.insert(CACHE_CONTROL, self.cache.header_value());
        self.with_vary(response)
    }

    fn with_vary(&self, mut response: Response) -> Response {
        if !self.twins.is_empty() {
            response.headers_mut().insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        response
    }
}

/// The first half of the SHA-256 of a text, in hexadecimal: what identifies a document that has no file.
pub(super) fn digest_of(text: impl AsRef<[u8]>) -> String {
    let digest = Sha256::digest(text.as_ref());
    let half: [u8; 16] = std::array::from_fn(|at| digest[at]);
    format!("{:032x}", u128::from_be_bytes(half))
}

/// A file that should be there and is not, or is not what the manifest says.
fn unreadable(error: &io::Error) -> Problem {
    tracing::error!(kind = %error.kind(), "a public file could not be read");
    if error.kind() == io::ErrorKind::NotFound { Problem::not_found() } else { Problem::internal() }
}

fn text<'a>(request: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    request.get(name).and_then(|value| value.to_str().ok())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Strong,
    Weak,
}

/// Whether a list of entity tags contains this strong tag or `*` (RFC 9110 section 8.8.3.2). Our tags hold no commas.
fn listed(request: &HeaderMap, name: &HeaderName, etag: &str, comparison: Comparison) -> bool {
    request.get_all(name).iter().filter_map(|value| value.to_str().ok()).flat_map(|list| list.split(',')).any(
        |member| {
            let member = member.trim();
            let opaque = match comparison {
                Comparison::Weak => member.strip_prefix("W/").unwrap_or(member),
                Comparison::Strong => member,
            };
            member == "*" || opaque == etag
        },
    )
}

/// A part of an open file, read in pieces of [`FileBody::PIECE`] bytes as fast as the client takes them.
struct FileBody {
    file: File,
    left: u64,
}

impl FileBody {
    const PIECE: usize = 64 * 1024;
}

impl hyper::body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let mut piece = vec![0; usize::try_from(self.left).map_or(Self::PIECE, |left| left.min(Self::PIECE))];
        let mut buffer = ReadBuf::new(&mut piece);
        std::task::ready!(Pin::new(&mut self.file).poll_read(cx, &mut buffer))?;
        let read = buffer.filled().len();
        if read == 0 {
            // Shorter than announced: breaking off is the only honest answer left.
            return Poll::Ready(Some(Err(io::ErrorKind::UnexpectedEof.into())));
        }
        piece.truncate(read);
        self.left = self.left.saturating_sub(u64::try_from(read).unwrap_or(u64::MAX));
        Poll::Ready(Some(Ok(Frame::data(piece.into()))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;

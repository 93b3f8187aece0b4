//! Request bodies: how long they may take, how large they may be, and which kinds are read at all.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http_body_util::BodyExt as _;
use hyper::body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep};

use super::problem::Problem;

/// How long a request body may take.
///
/// A body gets `patience` at first and a second more for every `bytes_per_second` it has brought, but never more than
/// `total`. So a body that trickles is given up soon, and an honest slow line is not.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Time a body gets before it has brought anything.
    pub patience: Duration,
    /// Bytes that earn one more second.
    pub bytes_per_second: u32,
    /// The longest a body may take.
    pub total: Duration,
}

impl Pace {
    fn allowed_after(&self, received: u64) -> Duration {
        let earned = Duration::from_millis(received.saturating_mul(1000) / u64::from(self.bytes_per_second.max(1)));
        self.patience.saturating_add(earned).min(self.total)
    }
}

/// The body took longer than its [`Pace`] allows.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the request body came too slowly")]
pub struct TooSlow;

/// A body under a [`Pace`]: it fails with [`TooSlow`] when its time is up. The server puts every request body into one.
pub struct PacedBody<B> {
    inner: B,
    pace: Pace,
    started: Instant,
    received: u64,
    alarm: Pin<Box<Sleep>>,
    left_unread: Arc<AtomicBool>,
}

impl<B: Body> PacedBody<B> {
    /// Starts the clock of a body. When it is dropped before its end, `left_unread` becomes true.
    pub fn new(inner: B, pace: Pace, left_unread: Arc<AtomicBool>) -> Self {
        let started = Instant::now();
        left_unread.store(!inner.is_end_stream(), Ordering::Relaxed);
        let alarm = Box::pin(tokio::time::sleep_until(started + pace.allowed_after(0)));
        Self { inner, pace, started, received: 0, alarm, left_unread }
    }
}

impl<B> Body for PacedBody<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        // The clock is asked first: a body that always has one more byte ready must not outrun it.
        if this.alarm.as_mut().poll(cx).is_ready() {
            let deadline = this.started + this.pace.allowed_after(this.received);
            if Instant::now() >= deadline {
                return Poll::Ready(Some(Err(TooSlow.into())));
            }
            this.alarm.as_mut().reset(deadline);
            if this.alarm.as_mut().poll(cx).is_ready() {
                return Poll::Ready(Some(Err(TooSlow.into())));
            }
        }
        let frame = std::task::ready!(Pin::new(&mut this.inner).poll_frame(cx));
        match &frame {
            Some(Ok(frame)) => {
                let length = frame.data_ref().map_or(0, Bytes::len);
                this.received = this.received.saturating_add(u64::try_from(length).unwrap_or(u64::MAX));
                this.left_unread.store(!this.inner.is_end_stream(), Ordering::Relaxed);
            }
            Some(Err(_)) => {}
            None => this.left_unread.store(false, Ordering::Relaxed),
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// Reads a whole body of at most `limit` bytes.
///
/// Holds at most `limit` bytes and one frame, whatever the headers say; a stated length above the limit is refused
/// before a byte is read.
///
/// # Errors
/// 413 above the limit, 408 when the body comes too slowly, 400 when it breaks off or its chunks are malformed.
pub async fn read_body(body: axum::body::Body, limit: usize) -> Result<Bytes, Problem> {
    let fits = |length: u64| usize::try_from(length).is_ok_and(|length| length <= limit);
    if !fits(body.size_hint().lower()) {
        return Err(Problem::content_too_large(limit));
    }
    let mut body = body;
    let mut collected = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| interrupted(&error))?;
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > limit - collected.len() {
            return Err(Problem::content_too_large(limit));
        }
        collected.extend_from_slice(&data);
    }
    Ok(collected.freeze())
}

fn interrupted(error: &(dyn std::error::Error + 'static)) -> Problem {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<TooSlow>() {
            return Problem::request_timeout("The body came too slowly. Nothing was stored; send it again.");
        }
        cause = error.source();
    }
    Problem::bad_request("The body broke off or its chunks are malformed. Nothing was stored; send it again.")
}

/// The kinds of document a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFormat {
    /// `application/geo+json` (RFC 7946) and `application/json`: one document.
    Document,
    /// `application/geo+json-seq` (RFC 8142): records after record separators.
    GeoJsonSeq,
    /// `application/x-ndjson`: one document per line.
    Lines,
}

/// The media types that [`body_format`] accepts.
pub const BODY_TYPES: [&str; 4] =
    ["application/geo+json", "application/json", "application/geo+json-seq", "application/x-ndjson"];

/// What the headers say the body is. Asked before a byte of it is read, so that nothing is ever inflated.
///
/// # Errors
/// 415 for every content coding but `identity`, for a missing or doubled `Content-Type`, for a charset other than
/// UTF-8, and for every media type that is not one of [`BODY_TYPES`]; images and multipart bodies are told why.
pub fn body_format(headers: &HeaderMap) -> Result<BodyFormat, Problem> {
    let coded =
        headers.get_all(CONTENT_ENCODING).iter().any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"));
    if coded {
        return Err(refused("Compressed bodies are not read. Send the document as it is, without Content-Encoding."));
    }
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(refused("State exactly one Content-Type."));
    };
    let mut parts = value.to_str().unwrap_or_default().split(';').map(|part| part.trim().to_ascii_lowercase());
    let essence = parts.next().unwrap_or_default();
    let format = match essence.as_str() {
        "application/geo+json" | "application/json" => BodyFormat::Document,
        "application/geo+json-seq" => BodyFormat::GeoJsonSeq,
        "application/x-ndjson" => BodyFormat::Lines,
        other if other.starts_with("image/") || other.starts_with("video/") || other.starts_with("audio/") => {
            return Err(refused("The census takes no pictures, films or sound, only reports as GeoJSON."));
        }
        other if other.starts_with("multipart/") => {
            return Err(refused("Forms with attachments are not read. Send the report alone, as GeoJSON."));
        }
        _ => return Err(refused("This kind of document is not read.")),
    };
    let foreign = parts.filter_map(|part| part.strip_prefix("charset=").map(str::to_owned));
    if foreign.map(|charset| charset.trim_matches('"').to_owned()).any(|charset| !matches!(&*charset, "utf-8" | "utf8"))
    {
        return Err(refused("Only UTF-8 is read. Convert the document first."));
    }
    Ok(format)
}

fn refused(why: &str) -> Problem {
    Problem::unsupported_media_type(format!("{why} The types that are read: {}.", BODY_TYPES.join(", ")))
        .with_header(http::header::ACCEPT, http::HeaderValue::from_static(ACCEPTED))
}

/// [`BODY_TYPES`] as the value of the header `Accept`, which RFC 9110 section 15.5.16 suggests for 415.
const ACCEPTED: &str = "application/geo+json, application/json, application/geo+json-seq, application/x-ndjson";

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use rstest::rstest;

    use super::*;

    fn typed(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_str(value).unwrap())])
    }

    #[rstest]
    #[case("application/geo+json", BodyFormat::Document)]
    #[case("Application/JSON; charset=\"UTF-8\"", BodyFormat::Document)]
    #[case("application/geo+json-seq", BodyFormat::GeoJsonSeq)]
    #[case("application/x-ndjson", BodyFormat::Lines)]
    fn geojson_in_its_forms_is_read(#[case] value: &str, #[case] expected: BodyFormat) {
        assert_eq!(body_format(&typed(value)), Ok(expected));
    }

    #[rstest]
    #[case::image("image/jpeg", "no pictures")]
    #[case::form("multipart/form-data; boundary=x", "attachments")]
    #[case::text("text/plain", "not read")]
    #[case::empty("", "not read")]
    #[case::charset("application/json; charset=utf-16", "Only UTF-8")]
    fn anything_else_is_refused_with_a_sentence(#[case] value: &str, #[case] says: &str) {
        let problem = body_format(&typed(value)).unwrap_err();
        assert_eq!(problem.status(), 415);
        assert!(problem.detail().contains(says), "{}", problem.detail());
    }

    #[rstest]
    fn no_coding_is_ever_undone(
        #[values("gzip", "br", "zstd", "deflate", "gzip, gzip", "identity, gzip")] coding: &str,
    ) {
        let mut headers = typed("application/geo+json");
        headers.insert(CONTENT_ENCODING, HeaderValue::from_str(coding).unwrap());
        assert_eq!(body_format(&headers).unwrap_err().status(), 415);
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("identity"));
        assert_eq!(body_format(&headers), Ok(BodyFormat::Document));
    }

    #[test]
    fn a_missing_or_doubled_type_is_refused() {
        assert_eq!(body_format(&HeaderMap::new()).unwrap_err().status(), 415);
        let mut headers = typed("application/json");
        headers.append(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        assert_eq!(body_format(&headers).unwrap_err().status(), 415);
    }

    #[test]
    fn the_accept_header_of_a_refusal_lists_every_type() {
        assert_eq!(ACCEPTED, BODY_TYPES.join(", "));
    }

    /// A body of many frames without a stated length.
    struct Frames {
        left: usize,
        frame: Bytes,
        every: Option<Duration>,
        pause: Option<Pin<Box<Sleep>>>,
    }

    impl Body for Frames {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            if let Some(every) = self.every {
                let pause = self.pause.get_or_insert_with(|| Box::pin(tokio::time::sleep(every)));
                std::task::ready!(pause.as_mut().poll(cx));
                self.pause = None;
            }
            if self.left == 0 {
                return Poll::Ready(None);
            }
            self.left -= 1;
            Poll::Ready(Some(Ok(Frame::data(self.frame.clone()))))
        }
    }

    fn frames(count: usize, bytes: usize, every: Option<Duration>) -> Frames {
        Frames { left: count, frame: Bytes::from(vec![b'x'; bytes]), every, pause: None }
    }

    const PACE: Pace =
        Pace { patience: Duration::from_millis(500), bytes_per_second: 1000, total: Duration::from_millis(1500) };

    fn paced(body: Frames) -> (axum::body::Body, Arc<AtomicBool>) {
        let unread = Arc::new(AtomicBool::new(false));
        (axum::body::Body::new(PacedBody::new(body, PACE, Arc::clone(&unread))), unread)
    }

    #[tokio::test]
    async fn a_body_up_to_the_limit_is_read_whole() {
        let (body, unread) = paced(frames(10, 100, None));
        assert_eq!(read_body(body, 1000).await.unwrap().len(), 1000);
        assert!(!unread.load(Ordering::Relaxed));
        let stated = axum::body::Body::from("12345");
        assert_eq!(read_body(stated, 5).await.unwrap(), "12345");
    }

    #[tokio::test]
    async fn one_byte_too_many_is_413_and_the_rest_stays_unread() {
        let (body, unread) = paced(frames(usize::MAX, 101, None));
        assert_eq!(read_body(body, 1000).await.unwrap_err().status(), 413);
        assert!(unread.load(Ordering::Relaxed));
        let stated = axum::body::Body::from("123456");
        assert_eq!(read_body(stated, 5).await.unwrap_err().status(), 413);
    }

    #[tokio::test]
    async fn a_trickling_body_is_408_when_its_patience_ends() {
        let started = Instant::now();
        let (body, _) = paced(frames(100, 1, Some(Duration::from_millis(100))));
        assert_eq!(read_body(body, 1000).await.unwrap_err().status(), 408);
        assert!(started.elapsed() < Duration::from_millis(1400), "{:?}", started.elapsed());
    }

    #[tokio::test]
    async fn a_slow_but_steady_body_earns_time_up_to_the_total() {
        let (body, _) = paced(frames(8, 400, Some(Duration::from_millis(100))));
        assert!(read_body(body, 10_000).await.is_ok(), "it outlives its patience");
        let (body, _) = paced(frames(100, 400, Some(Duration::from_millis(100))));
        assert_eq!(read_body(body, 100_000).await.unwrap_err().status(), 408);
    }
}

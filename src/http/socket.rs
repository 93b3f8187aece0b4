//! A client's connection, as hyper sees it: writes that stall are given up, and a close lingers while the client is
//! still sending.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead as _, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// How long a closed connection goes on discarding what the client still sends.
const LINGER: Duration = Duration::from_secs(2);

/// A TCP connection with a limit on how long it may take nothing.
pub(super) struct Socket {
    io: TokioIo<TcpStream>,
    stall: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
    left_unread: Arc<AtomicBool>,
    closing: Option<Pin<Box<Sleep>>>,
}

impl Socket {
    /// `left_unread` tells, when the connection is closed, whether a request body was not read to its end.
    pub(super) fn new(stream: TcpStream, stall: Duration, left_unread: Arc<AtomicBool>) -> Self {
        Self { io: TokioIo::new(stream), stall, stalled: None, left_unread, closing: None }
    }

    /// Passes on what a write came to; a client that takes nothing for `stall` is an error.
    fn watch<T>(&mut self, cx: &mut Context<'_>, outcome: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.stalled = None;
            return outcome;
        }
        let alarm = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(self.stall)));
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for Socket {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, buffer)
    }
}

impl Write for Socket {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.io).poll_write(cx, bytes);
        self.watch(cx, outcome)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.io).poll_flush(cx);
        self.watch(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.io).poll_write_vectored(cx, slices);
        self.watch(cx, outcome)
    }

    /// Closes our side. If the client is in the middle of a body, goes on discarding it for a moment: closing with
    /// unread bytes would reset the connection, and the reset could overtake the answer that says why (413, 408).
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = &mut *self;
        if this.closing.is_none() {
            ready!(Pin::new(&mut this.io).poll_shutdown(cx))?;
            if !this.left_unread.load(Ordering::Relaxed) {
                return Poll::Ready(Ok(()));
            }
        }
        let end = this.closing.get_or_insert_with(|| Box::pin(tokio::time::sleep(LINGER)));
        if end.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Ok(()));
        }
        discard(Pin::new(this.io.inner_mut()), cx)
    }
}

/// Reads and forgets until the client closes its side. Yields now and then, so that a fast sender leaves room to others.
fn discard(mut stream: Pin<&mut TcpStream>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
    let mut space = [0; 8 * 1024];
    for _ in 0..32 {
        let mut buffer = ReadBuf::new(&mut space);
        match ready!(stream.as_mut().poll_read(cx, &mut buffer)) {
            Ok(()) if !buffer.filled().is_empty() => {}
            // The end, or a reset: either way nobody is sending any more.
            Ok(()) | Err(_) => return Poll::Ready(Ok(())),
        }
    }
    cx.waker().wake_by_ref();
    Poll::Pending
}

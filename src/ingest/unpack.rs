//! Turning bytes into UTF-8 text on the way: gzip and other encodings.

use std::cell::Cell;
use std::io::{Error, Read, Result};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding};
use flate2::read::MultiGzDecoder;

/// Up to here unpacked data may have any size; beyond, it must stay within [`RATIO`] of the packed.
const FREE_BYTES: u64 = 64 * 1024 * 1024;
/// JSON with long member names packs 20 to 40 times.
const RATIO: u64 = 200;

/// Why unpacking ended early, if it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unpacking {
    Fine,
    /// The packed bytes could not be read.
    ReaderFailed,
    /// Far more came out than went in.
    Bomb,
}

/// A gzip stream with a bound on how much it may unpack to.
pub(super) struct Gunzip<R> {
    decoder: MultiGzDecoder<Counted<R>>,
    given: u64,
    state: Rc<Cell<Unpacking>>,
}

impl<R: Read> Gunzip<R> {
    pub(super) fn new(packed: R) -> Self {
        let state = Rc::new(Cell::new(Unpacking::Fine));
        let counted = Counted { inner: packed, taken: 0, state: Rc::clone(&state) };
        Self { decoder: MultiGzDecoder::new(counted), given: 0, state }
    }

    /// Tells, when reading failed, whose fault it was.
    pub(super) fn state(&self) -> Rc<Cell<Unpacking>> {
        Rc::clone(&self.state)
    }
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let count = self.decoder.read(out)?;
        self.given += count as u64;
        if self.given > FREE_BYTES && self.given / RATIO > self.decoder.get_ref().taken {
            self.state.set(Unpacking::Bomb);
            return Err(Error::other("unpacks to too much"));
        }
        Ok(count)
    }
}

struct Counted<R> {
    inner: R,
    taken: u64,
    state: Rc<Cell<Unpacking>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        let read = self.inner.read(out);
        match &read {
            Ok(count) => self.taken += *count as u64,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => self.state.set(Unpacking::ReaderFailed),
        }
        read
    }
}

/// Text in any encoding, read as UTF-8.
pub(super) struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    raw_end: usize,
    ready: Vec<u8>,
    ready_at: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        let (raw, ready) = (vec![0; 16 * 1024], Vec::new());
        Self { inner, decoder, raw, raw_at: 0, raw_end: 0, ready, ready_at: 0, ended: false }
    }

    fn refill(&mut self) -> Result<()> {
        self.ready_at = 0;
        self.ready.resize(64 * 1024, 0);
        let mut written = 0;
        while written == 0 && !self.ended {
            if self.raw_at == self.raw_end {
                self.raw_at = 0;
                self.raw_end = self.inner.read(&mut self.raw)?;
            }
            let last = self.raw_end == 0;
            let source = &self.raw[self.raw_at..self.raw_end];
            let (result, taken, given, _) = self.decoder.decode_to_utf8(source, &mut self.ready, last);
            self.raw_at += taken;
            written = given;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        self.ready.truncate(written);
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if self.ready_at == self.ready.len() {
            self.refill()?;
        }
        let count = out.len().min(self.ready.len() - self.ready_at);
        out[..count].copy_from_slice(&self.ready[self.ready_at..self.ready_at + count]);
        self.ready_at += count;
        Ok(count)
    }
}

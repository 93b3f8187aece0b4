//! A window over a byte stream that moves on without ever holding the whole of it.

use std::io::{ErrorKind, Read, Result};

const FIRST_BYTES: usize = 256 * 1024;

/// Bytes of a reader, from those not yet consumed on.
pub(super) struct Input<R> {
    reader: R,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    /// Line feeds consumed.
    lines: u64,
    /// Bytes consumed since the last line feed.
    column: u64,
}

impl<R: Read> Input<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: vec![0; FIRST_BYTES], start: 0, end: 0, ended: false, lines: 0, column: 0 }
    }

    /// Everything read and not consumed.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Reads more; `false` at the end of the stream.
    pub(super) fn fill(&mut self) -> Result<bool> {
        if self.end == self.buffer.len() {
            if self.start > 0 {
                self.buffer.copy_within(self.start..self.end, 0);
                self.end -= self.start;
                self.start = 0;
            } else {
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
        }
        while !self.ended {
            match self.reader.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    self.end += count;
                    return Ok(true);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// The first `count` unconsumed bytes, or fewer at the end of the stream.
    pub(super) fn peek(&mut self, count: usize) -> Result<&[u8]> {
        while self.end - self.start < count && self.fill()? {}
        Ok(&self.rest()[..count.min(self.end - self.start)])
    }

    pub(super) fn consume(&mut self, count: usize) {
        let gone = &self.buffer[self.start..self.start + count];
        let lines = memchr::memchr_iter(b'\n', gone).count() as u64;
        self.lines += lines;
        self.column = match memchr::memrchr(b'\n', gone) {
            Some(last) => (count - last - 1) as u64,
            None => self.column + count as u64,
        };
        self.start += count;
    }

    /// Line feeds consumed so far.
    pub(super) const fn lines(&self) -> u64 {
        self.lines
    }

    /// Line and column, from 1, of the byte `ahead` bytes further on.
    pub(super) fn position(&self, ahead: usize) -> String {
        let gone = &self.rest()[..ahead.min(self.end - self.start)];
        let line = self.lines + memchr::memchr_iter(b'\n', gone).count() as u64 + 1;
        let column = match memchr::memrchr(b'\n', gone) {
            Some(last) => (gone.len() - last) as u64,
            None => self.column + gone.len() as u64 + 1,
        };
        format!("line {line}, column {column}")
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        if self.rest().is_empty() && !self.fill()? {
            return Ok(0);
        }
        let count = out.len().min(self.end - self.start);
        out[..count].copy_from_slice(&self.rest()[..count]);
        self.start += count;
        Ok(count)
    }
}

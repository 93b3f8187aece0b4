//! Finds where JSON values begin and end, without building them.
//!
//! Checks what must be known before a parser sees a value: that it ends, how deep it is nested and how large it is.
//! What stands inside is for the parser to judge.

use std::io::Read;

use super::code::Code;
use super::input::Input;
use super::report::{Refusal, Stop};

/// Brackets may be nested this deep.
const DEPTH: u32 = 64;

/// White space in one place may be this long: it is held like everything that was not committed.
const BLANKS: usize = 1024 * 1024;

/// Bytes that mean something outside of strings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Plain,
    Quote,
    Open,
    Close,
    Separator,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Plain; 256];
    classes[b'"' as usize] = Class::Quote;
    classes[b'{' as usize] = Class::Open;
    classes[b'[' as usize] = Class::Open;
    classes[b'}' as usize] = Class::Close;
    classes[b']' as usize] = Class::Close;
    classes[b'\n' as usize] = Class::Separator;
    classes[RECORD_SEPARATOR as usize] = Class::Separator;
    classes
};

/// Begins each text of an RFC 8142 sequence.
pub(super) const RECORD_SEPARATOR: u8 = 0x1E;

/// Where a value lies in the window, or that it is too large to be kept there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// From, to.
    Within(usize, usize),
    /// Skipped.
    TooLarge,
}

/// Walks over JSON in a window of the input. The cursor runs ahead of what is consumed, so that a value can be looked
/// at again as long as [`Scanner::commit`] was not called.
pub(super) struct Scanner<R> {
    pub(super) input: Input<R>,
    cursor: usize,
    /// The byte that ends a document: a line feed or a record separator, or none.
    separator: Option<u8>,
    /// Brackets around the value being passed that count towards its depth.
    enclosing: u32,
}

impl<R: Read> Scanner<R> {
    pub(super) const fn new(input: Input<R>) -> Self {
        Self { input, cursor: 0, separator: None, enclosing: 0 }
    }

    /// From now on documents end at this byte.
    pub(super) const fn separate_at(&mut self, separator: u8) {
        self.separator = Some(separator);
    }

    /// Lets go of everything before the cursor.
    pub(super) fn commit(&mut self) {
        self.input.consume(self.cursor);
        self.cursor = 0;
    }

    /// Bytes held back since the last commit.
    pub(super) const fn held(&self) -> usize {
        self.cursor
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> &[u8] {
        &self.input.rest()[from..to]
    }

    pub(super) const fn advance(&mut self) {
        self.cursor += 1;
    }

    /// The byte at the cursor, whatever it is.
    pub(super) fn byte(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            if let Some(&byte) = self.input.rest().get(self.cursor) {
                return Ok(Some(byte));
            }
            if !self.input.fill()? {
                return Ok(None);
            }
        }
    }

    /// The next byte that is no white space, without passing it; `None` at the end of the document.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Stop> {
        for _ in 0..BLANKS {
            let Some(byte) = self.byte()? else { return Ok(None) };
            if Some(byte) == self.separator {
                return Ok(None);
            }
            if !matches!(byte, b' ' | b'\t' | b'\r' | b'\n') {
                return Ok(Some(byte));
            }
            self.cursor += 1;
        }
        Err(self.broken("nothing but white space, "))
    }

    /// The byte that tells what follows a value: the next one that is no white space, or the line feed that comes first.
    pub(super) fn byte_after_value(&mut self) -> Result<Option<u8>, Stop> {
        let mut line_ended = false;
        for _ in 0..BLANKS {
            let Some(byte) = self.byte()? else { return Ok(None) };
            match byte {
                b'\n' => line_ended = true,
                b' ' | b'\t' | b'\r' => {}
                _ => return Ok(Some(if line_ended { b'\n' } else { byte })),
            }
            self.cursor += 1;
        }
        Err(self.broken("nothing but white space, "))
    }

    /// Whether the document at the cursor is within `limit` and, as far as a glance tells, a Feature and no collection.
    pub(super) fn line_is_plain_feature(&mut self, limit: usize) -> Result<bool, Stop> {
        let separator = self.separator.unwrap_or(b'\n');
        let mut known = self.cursor;
        loop {
            let rest = self.input.rest();
            let end = memchr::memchr(separator, &rest[known..]).map(|found| known + found);
            known = end.unwrap_or(rest.len());
            if known - self.cursor > limit {
                return Ok(false);
            }
            if end.is_some() || !self.input.fill()? {
                break;
            }
        }
        let line = &self.input.rest()[self.cursor..known];
        let has = |part| memchr::memmem::find(line, part).is_some();
        Ok(line.first() == Some(&b'{') && has(b"\"Feature\"") && !has(b"\"features\""))
    }

    /// Passes one expected byte.
    pub(super) fn expect(&mut self, wanted: u8) -> Result<(), Stop> {
        match self.peek()? {
            Some(byte) if byte == wanted => {
                self.cursor += 1;
                Ok(())
            }
            _ => Err(self.broken("")),
        }
    }

    /// After a member or element: `true` when another one follows, `false` when the container ends.
    pub(super) fn another(&mut self, close: u8) -> Result<bool, Stop> {
        match self.peek()? {
            Some(b',') => {
                self.cursor += 1;
                match self.peek()? {
                    Some(byte) if byte != close => Ok(true),
                    _ => Err(self.broken("")),
                }
            }
            Some(byte) if byte == close => {
                self.cursor += 1;
                Ok(false)
            }
            _ => Err(self.broken("")),
        }
    }

    /// A refusal that names the place of the cursor.
    pub(super) fn broken(&self, what: &str) -> Stop {
        self.broken_at(self.cursor, what)
    }

    /// A refusal that names a place in the window.
    pub(super) fn broken_at(&self, at: usize, what: &str) -> Stop {
        let detail = format!("{what}{}", self.input.position(at));
        Stop::Refused(Refusal { code: Code::BrokenJson, pointer: String::new(), detail: Some(detail) })
    }

    fn refused_here(&self, code: Code) -> Stop {
        let detail = Some(self.input.position(self.cursor));
        Stop::Refused(Refusal { code, pointer: String::new(), detail })
    }

    /// Passes the value at the cursor. Within `limit` bytes it stays in the window; beyond, it is let go.
    pub(super) fn value(&mut self, limit: usize) -> Result<Extent, Stop> {
        self.enclosing = 0;
        self.pass(limit)
    }

    /// The same for a value that is a member of a value: a Feature is as deep alone as it is among others.
    pub(super) fn member(&mut self, limit: usize) -> Result<Extent, Stop> {
        self.enclosing = 1;
        self.pass(limit)
    }

    fn pass(&mut self, limit: usize) -> Result<Extent, Stop> {
        let mut from = self.cursor;
        let mut too_large = false;
        let mut depth = 0_u32;
        let mut in_string = false;
        loop {
            let ended = self.run(&mut depth, &mut in_string, from, too_large)?;
            if self.cursor - from > limit {
                too_large = true;
            }
            if ended {
                break;
            }
            if too_large {
                self.commit();
                from = 0;
            }
            if self.byte()?.is_none() {
                if depth == 0 && !in_string {
                    break;
                }
                return Err(self.broken("the text ends in the middle of a value, "));
            }
        }
        if too_large {
            self.commit();
            return Ok(Extent::TooLarge);
        }
        Ok(Extent::Within(from, self.cursor))
    }

    /// Moves the cursor to the end of the value, or of the window.
    fn run(&mut self, depth: &mut u32, in_string: &mut bool, from: usize, started: bool) -> Result<bool, Stop> {
        let separator = self.separator.unwrap_or(b'\n');
        let rest = self.input.rest();
        let mut at = self.cursor;
        let stop = loop {
            if *in_string {
                let Some(found) = rest.get(at..).and_then(|tail| memchr::memchr3(b'"', b'\\', separator, tail)) else {
                    at = rest.len();
                    break None;
                };
                at += found;
                match rest[at] {
                    b'"' => {
                        at += 1;
                        *in_string = false;
                        if *depth == 0 {
                            break Some(Ok(()));
                        }
                    }
                    // An escaped byte must be in the window too, so that it is never taken for a quote.
                    b'\\' if at + 1 == rest.len() => break None,
                    b'\\' if rest[at + 1] == separator => break Some(Err(Code::BrokenJson)),
                    b'\\' => at += 2,
                    _ => break Some(Err(Code::BrokenJson)),
                }
                continue;
            }
            let Some(&byte) = rest.get(at) else { break None };
            let class = CLASSES[usize::from(byte)];
            if *depth == 0 && ends_bare_value(class, byte, at > from || started) {
                break Some(Ok(()));
            }
            match class {
                Class::Quote => *in_string = true,
                Class::Open if *depth + self.enclosing == DEPTH => break Some(Err(Code::TooDeep)),
                Class::Open => *depth += 1,
                Class::Close => {
                    *depth -= 1;
                    if *depth == 0 {
                        at += 1;
                        break Some(Ok(()));
                    }
                }
                Class::Separator if self.separator == Some(byte) => break Some(Err(Code::BrokenJson)),
                Class::Plain | Class::Separator => {}
            }
            at += 1;
        };
        // A backslash that waits for its byte must not be passed.
        self.cursor = at;
        match stop {
            None if *in_string && self.cursor < self.input.rest().len() => {
                if self.input.fill()? {
                    Ok(false)
                } else {
                    Err(self.broken("the text ends in a string, "))
                }
            }
            None => Ok(false),
            Some(Ok(())) => Ok(true),
            Some(Err(Code::TooDeep)) => Err(self.refused_here(Code::TooDeep)),
            Some(Err(_)) => Err(self.broken("the line ends in the middle of a value, ")),
        }
    }

    /// Goes to the end of a document that cannot be used: just behind the next separator. `false` at the end.
    pub(super) fn next_document(&mut self) -> Result<bool, Stop> {
        let separator = self.separator.unwrap_or(b'\n');
        loop {
            self.commit();
            if let Some(found) = memchr::memchr(separator, self.input.rest()) {
                self.cursor = found + 1;
                self.commit();
                return Ok(true);
            }
            self.cursor = self.input.rest().len();
            self.commit();
            if !self.input.fill()? {
                return Ok(false);
            }
        }
    }
}

/// Whether a byte outside of brackets ends the value: a number or a word has no end of its own.
const fn ends_bare_value(class: Class, byte: u8, begun: bool) -> bool {
    match class {
        Class::Plain => begun && matches!(byte, b',' | b':' | b' ' | b'\t' | b'\r'),
        Class::Quote | Class::Open => begun,
        Class::Close | Class::Separator => true,
    }
}

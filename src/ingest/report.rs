//! Keeps count of what was accepted, refused, noted and dropped while a document is read.

use std::fmt::{self, Display};

use super::code::Code;
use super::dropped::Dropped;
use crate::model::{DocumentReport, Note, Problem};

/// Where a feature stands: a JSON Pointer that is only spelt out when something is to be said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pointer<'a> {
    /// Pointer to the container, such as `/3/features`; empty for the document.
    pub(super) base: &'a str,
    /// Index within it; `None` for the container itself.
    pub(super) index: Option<u64>,
}

impl Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.base)?;
        self.index.map_or(Ok(()), |index| write!(f, "/{index}"))
    }
}

/// A reason for which the whole document, or in newline-delimited input the line, cannot be used.
#[derive(Debug)]
pub(super) struct Refusal {
    /// Why.
    pub(super) code: Code,
    /// Pointer within the document; empty for the whole.
    pub(super) pointer: String,
    /// Where or what in addition to the code's sentence.
    pub(super) detail: Option<String>,
}

impl Refusal {
    pub(super) fn message(&self) -> String {
        self.detail
            .as_ref()
            .map_or_else(|| self.code.sentence().to_owned(), |detail| format!("{} ({detail})", self.code.sentence()))
    }
}

/// Why reading stopped.
#[derive(Debug)]
pub(super) enum Stop {
    /// The reader failed.
    Io(std::io::Error),
    /// What was read is unusable.
    Refused(Refusal),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Code> for Stop {
    fn from(code: Code) -> Self {
        Self::Refused(Refusal { code, pointer: String::new(), detail: None })
    }
}

/// The report being written.
#[derive(Debug)]
pub(super) struct Reporter {
    report: DocumentReport,
    notes: Vec<Option<Note>>,
    /// Names of properties that were left out.
    pub(super) dropped: Dropped,
}

/// What to go back to when a line turns out to be unusable.
pub(super) struct Mark {
    counts: (u64, u64, u64),
    problems: usize,
    refused_by: std::collections::BTreeMap<&'static str, u64>,
    notes: Vec<Option<Note>>,
}

impl Reporter {
    pub(super) fn new() -> Self {
        Self { report: DocumentReport::default(), notes: vec![None; Code::ALL.len()], dropped: Dropped::new() }
    }

    pub(super) fn set_format(&mut self, format: &'static str) {
        self.report.format = format;
    }

    /// Features seen so far.
    pub(super) const fn features(&self) -> u64 {
        self.report.features
    }

    pub(super) const fn accept(&mut self) {
        self.report.features += 1;
        self.report.accepted += 1;
    }

    /// Refuses one feature. `message` is only made when the refusal is among those listed.
    pub(super) fn refuse(&mut self, code: Code, place: impl FnOnce() -> (String, String)) {
        self.report.features += 1;
        self.report.refused += 1;
        *self.report.refused_by.entry(code.name()).or_default() += 1;
        if self.report.problems.len() < DocumentReport::PROBLEMS_KEPT {
            let (pointer, message) = place();
            self.report.problems.push(Problem { pointer, code: code.name(), message });
        }
    }

    pub(super) fn note(&mut self, code: Code, pointer: impl FnOnce() -> String) {
        match &mut self.notes[code as usize] {
            Some(note) => note.count += 1,
            empty => {
                *empty =
                    Some(Note { pointer: pointer(), code: code.name(), message: code.sentence().to_owned(), count: 1 });
            }
        }
    }

    pub(super) fn mark(&self) -> Mark {
        Mark {
            counts: (self.report.features, self.report.accepted, self.report.refused),
            problems: self.report.problems.len(),
            refused_by: self.report.refused_by.clone(),
            notes: self.notes.clone(),
        }
    }

    pub(super) fn back_to(&mut self, mark: Mark) {
        (self.report.features, self.report.accepted, self.report.refused) = mark.counts;
        self.report.problems.truncate(mark.problems);
        self.report.refused_by = mark.refused_by;
        self.notes = mark.notes;
    }

    /// What was taken for a document of its own is the first line of several: its pointers begin with `/0`.
    pub(super) fn becomes_first_line(&mut self) {
        let problems = self.report.problems.iter_mut().map(|problem| &mut problem.pointer);
        for pointer in problems.chain(self.notes.iter_mut().flatten().map(|note| &mut note.pointer)) {
            pointer.insert_str(0, "/0");
        }
    }

    pub(super) fn finish(mut self) -> DocumentReport {
        self.report.notes = self.notes.into_iter().flatten().collect();
        self.report.dropped = self.dropped.names();
        self.report
    }

    /// The report on an input of which nothing is kept.
    pub(super) fn unusable(self, refusal: Refusal) -> DocumentReport {
        let message = refusal.message();
        let problem = Problem { pointer: refusal.pointer, code: refusal.code.name(), message };
        DocumentReport { format: self.report.format, problems: vec![problem], ..DocumentReport::default() }
    }
}

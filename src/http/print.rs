//! Printing for whoever asks: a few at a time, and each sheet once.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use super::problem::Problem;
use super::state::lock;
use crate::paper::{Fonts, PaperError};

/// Sheets and pictures that are laid out at the same time.
const DESKS: usize = 2;
/// Requests that may wait for a desk; laying out takes a fraction of a second.
const WAITING: usize = 32;
/// Sheets and pictures kept in memory, about 100 kilobytes each.
const KEPT: usize = 96;

/// What was printed, with the hexadecimal SHA-256 of its bytes.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) bytes: Bytes,
    pub(super) sha256: String,
}

/// Why something is not printed.
#[derive(Debug)]
pub(super) enum Unprinted {
    /// The fonts of this server lack a script.
    NoFont,
    /// Something else.
    Problem(Problem),
}

impl From<Problem> for Unprinted {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Lays out sheets with the fonts of this server.
#[derive(Debug, Clone)]
pub(super) struct Printer {
    fonts: Option<Fonts>,
    desks: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    kept: Arc<Mutex<VecDeque<(String, Sheet)>>>,
}

impl Default for Printer {
    fn default() -> Self {
        let [desks, queue] = [DESKS, DESKS + WAITING].map(|permits| Arc::new(Semaphore::new(permits)));
        Self { fonts: None, desks, queue, kept: Arc::default() }
    }
}

impl Printer {
    /// Prints with these fonts instead of those in the program alone.
    pub(super) fn with(self, fonts: Fonts) -> Self {
        Self { fonts: Some(fonts), ..self }
    }

    pub(super) fn fonts(&self) -> Fonts {
        self.fonts.clone().unwrap_or_else(Fonts::built_in)
    }

    /// The sheet of this key, which names everything that it depends on; made where it is not kept.
    pub(super) async fn sheet(
        &self,
        key: String,
        print: impl FnOnce(&Fonts) -> Result<Vec<u8>, PaperError> + Send + 'static,
    ) -> Result<Sheet, Unprinted> {
        if let Some(sheet) = self.find(&key) {
            return Ok(sheet);
        }
        let busy = || Problem::unavailable("Too much is being printed. Try again in a little while.", 5);
        let _place = self.queue.try_acquire().map_err(|_full| busy())?;
        let desk = Arc::clone(&self.desks).acquire_owned().await.map_err(|_closed| busy())?;
        if let Some(sheet) = self.find(&key) {
            return Ok(sheet);
        }
        let fonts = self.fonts();
        // The desk is taken until the work has ended, also where nobody waits for it any more.
        let work = move || {
            let printed = print(&fonts);
            drop(desk);
            printed
        };
        let bytes = match tokio::task::spawn_blocking(work).await {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(PaperError::NoFont { .. })) => return Err(Unprinted::NoFont),
            Ok(Err(error)) => {
                tracing::error!(%error, "a sheet cannot be printed");
                return Err(Problem::internal().into());
            }
            Err(_stopped) => return Err(Problem::internal().into()),
        };
        let sha256 = Sha256::digest(&bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        let sheet = Sheet { bytes: bytes.into(), sha256 };
        let mut kept = lock(&self.kept);
        kept.truncate(KEPT - 1);
        kept.push_front((key, sheet.clone()));
        Ok(sheet)
    }

    fn find(&self, key: &str) -> Option<Sheet> {
        let mut kept = lock(&self.kept);
        let at = kept.iter().position(|(known, _)| known == key)?;
        let found = kept.remove(at)?;
        let sheet = found.1.clone();
        kept.push_front(found);
        Some(sheet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sheet_is_made_once_and_the_ones_used_least_lately_are_forgotten() {
        let printer = Printer::default();
        let print = |key: &str| printer.sheet(key.to_owned(), |_| Ok(b"made".to_vec()));
        let never = |key: &str| printer.sheet(key.to_owned(), |_| Err(PaperError::NotAFont));
        print("first").await.unwrap();
        assert_eq!(&never("first").await.unwrap().bytes[..], b"made");
        for key in 0..KEPT {
            print(&key.to_string()).await.unwrap();
        }
        assert!(never("first").await.is_err() && never("1").await.is_ok());
    }

    #[tokio::test]
    async fn whoever_finds_the_queue_full_is_told_to_come_back() {
        let printer = Printer::default();
        let all = u32::try_from(DESKS + WAITING).unwrap();
        let _taken = printer.queue.acquire_many(all).await.unwrap();
        let refused = printer.sheet("x".to_owned(), |_| Ok(Vec::new())).await.unwrap_err();
        assert!(matches!(refused, Unprinted::Problem(problem) if problem.status() == 503));
    }

    #[tokio::test]
    async fn a_script_without_a_font_is_no_fault_of_the_server() {
        let print = |_: &Fonts| Err(PaperError::NoFont { script: "Thai", characters: String::new(), font: "Noto" });
        let refused = Printer::default().sheet("x".to_owned(), print).await.unwrap_err();
        assert!(matches!(refused, Unprinted::NoFont));
    }
}

//! Printing for whoever asks: a few at a time, and each sheet once.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use tokio::sync::{OnceCell, Semaphore};

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

/// A sheet under the key it is asked for by.
#[derive(Debug, Clone)]
struct Kept {
    key: String,
    sheet: Sheet,
    /// How long it took to make it.
    took: Duration,
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
    kept: Arc<Mutex<VecDeque<Kept>>>,
    /// What is being made; whoever asks for the same meanwhile gets it too.
    making: Arc<Mutex<HashMap<String, Weak<OnceCell<Sheet>>>>>,
}

impl Default for Printer {
    fn default() -> Self {
        let [desks, queue] = [DESKS, DESKS + WAITING].map(|permits| Arc::new(Semaphore::new(permits)));
        Self { fonts: None, desks, queue, kept: Arc::default(), making: Arc::default() }
    }
}

impl Printer {
    /// Prints with these fonts instead of those in the program alone.
    pub(super) fn with(self, fonts: Fonts) -> Self {
        Self { fonts: Some(fonts), ..self }
    }

    /// Turns nobody away: for an export, which asks for a few sheets at a time itself, more of them the more cores there are.
    pub(super) fn patient(self) -> Self {
        Self { queue: Arc::new(Semaphore::new(Semaphore::MAX_PERMITS)), ..self }
    }

    pub(super) fn fonts(&self) -> Fonts {
        self.fonts.clone().unwrap_or_else(Fonts::built_in)
    }

    /// The sheet of this key, which names everything that it depends on. Where it is not kept it is made: `prepare` gathers
    /// what is printed, and is not asked otherwise. Of equal requests at the same time one makes it for all.
    pub(super) async fn sheet<P>(
        &self,
        key: String,
        prepare: impl Future<Output = Result<P, Unprinted>>,
    ) -> Result<Sheet, Unprinted>
    where
        P: FnOnce(&Fonts) -> Result<Vec<u8>, PaperError> + Send + 'static,
    {
        if let Some(Kept { sheet, took, .. }) = self.find(&key) {
            // An answer that comes at once would tell that somebody read this sheet not long ago.
            tokio::time::sleep(took).await;
            return Ok(sheet);
        }
        let cell = self.cell(&key);
        let made = cell.get_or_try_init(|| async {
            // It may have been finished between the two looks.
            if let Some(Kept { sheet, .. }) = self.find(&key) {
                return Ok(sheet);
            }
            let started = Instant::now();
            let sheet = self.make(prepare).await?;
            let mut kept = lock(&self.kept);
            kept.truncate(KEPT - 1);
            kept.push_front(Kept { key: key.clone(), sheet: sheet.clone(), took: started.elapsed() });
            Ok(sheet)
        });
        made.await.cloned()
    }

    /// What requests for the same key wait at. It lives as long as one of them does.
    fn cell(&self, key: &str) -> Arc<OnceCell<Sheet>> {
        let mut making = lock(&self.making);
        if let Some(cell) = making.get(key).and_then(Weak::upgrade) {
            return cell;
        }
        making.retain(|_, cell| cell.strong_count() > 0);
        let cell = Arc::default();
        making.insert(key.to_owned(), Arc::downgrade(&cell));
        cell
    }

    async fn make<P>(&self, prepare: impl Future<Output = Result<P, Unprinted>>) -> Result<Sheet, Unprinted>
    where
        P: FnOnce(&Fonts) -> Result<Vec<u8>, PaperError> + Send + 'static,
    {
        let busy = || Problem::unavailable("Too much is being printed. Try again in a little while.", 5);
        let _place = self.queue.try_acquire().map_err(|_full| busy())?;
        let print = prepare.await?;
        let desk = Arc::clone(&self.desks).acquire_owned().await.map_err(|_closed| busy())?;
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
        Ok(Sheet { bytes: bytes.into(), sha256 })
    }

    fn find(&self, key: &str) -> Option<Kept> {
        let mut kept = lock(&self.kept);
        let at = kept.iter().position(|known| known.key == key)?;
        let found = kept.remove(at)?;
        kept.push_front(found.clone());
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    type Made = Result<Vec<u8>, PaperError>;

    /// Prints what `print` says, with nothing to prepare.
    async fn sheet(
        printer: &Printer,
        key: &str,
        print: impl FnOnce() -> Made + Send + 'static,
    ) -> Result<Sheet, Unprinted> {
        printer.sheet(key.to_owned(), async { Ok(move |_: &Fonts| print()) }).await
    }

    #[tokio::test]
    async fn a_sheet_is_made_once_and_the_ones_used_least_lately_are_forgotten() {
        let printer = Printer::default();
        sheet(&printer, "first", || Ok(b"made".to_vec())).await.unwrap();
        assert_eq!(&kept(&printer, "first").await.unwrap()[..], b"made");
        for key in 0..KEPT {
            sheet(&printer, &key.to_string(), || Ok(b"made".to_vec())).await.unwrap();
        }
        assert!(kept(&printer, "first").await.is_none() && kept(&printer, "1").await.is_some());
    }

    /// A sheet for which nothing has to be prepared.
    async fn kept(printer: &Printer, key: &str) -> Option<Bytes> {
        let asked = AtomicUsize::new(0);
        let prepare = async {
            asked.fetch_add(1, Ordering::Relaxed);
            Ok(|_: &Fonts| Err(PaperError::NotAFont))
        };
        let sheet = printer.sheet(key.to_owned(), prepare).await;
        assert_eq!(asked.into_inner(), usize::from(sheet.is_err()));
        sheet.ok().map(|sheet| sheet.bytes)
    }

    #[tokio::test]
    async fn a_kept_sheet_comes_no_sooner_than_it_was_made_so_that_nobody_learns_what_others_read() {
        const SLOW: Duration = Duration::from_millis(200);
        let printer = Printer::default();
        let slow = || {
            std::thread::sleep(SLOW);
            Ok(b"made".to_vec())
        };
        sheet(&printer, "x", slow).await.unwrap();
        let started = Instant::now();
        assert!(kept(&printer, "x").await.is_some());
        assert!(started.elapsed() >= SLOW, "{:?}", started.elapsed());
    }

    #[tokio::test]
    async fn equal_requests_at_the_same_time_share_one_printing_and_others_do_not_wait_for_it() {
        let (printer, printings) = (Printer::default(), Arc::new(AtomicUsize::new(0)));
        let slow = |key: &'static str| {
            let printings = Arc::clone(&printings);
            sheet(&printer, key, move || {
                printings.fetch_add(1, Ordering::Relaxed);
                std::thread::sleep(Duration::from_millis(100));
                Ok(key.into())
            })
        };
        let (a, b, c, other) = tokio::join!(slow("same"), slow("same"), slow("same"), slow("other"));
        for shared in [a, b, c] {
            assert_eq!(&shared.unwrap().bytes[..], b"same");
        }
        assert_eq!(&other.unwrap().bytes[..], b"other");
        assert_eq!(printings.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn who_waits_for_a_printing_that_failed_or_was_given_up_prints_again() {
        let printer = Printer::default();
        let failing = sheet(&printer, "x", || Err(PaperError::NotAFont));
        let (failed, made) = tokio::join!(failing, sheet(&printer, "x", || Ok(b"made".to_vec())));
        assert!(failed.is_err() && made.is_ok());
        let given_up = printer.sheet("y".to_owned(), std::future::pending::<Result<fn(&Fonts) -> Made, Unprinted>>());
        let waited = tokio::time::timeout(Duration::from_millis(10), given_up).await;
        assert!(waited.is_err() && sheet(&printer, "y", || Ok(b"made".to_vec())).await.is_ok());
        assert_eq!(printer.queue.available_permits(), DESKS + WAITING);
    }

    #[tokio::test]
    async fn whoever_finds_the_queue_full_is_told_to_come_back() {
        let printer = Printer::default();
        let all = u32::try_from(DESKS + WAITING).unwrap();
        let _taken = printer.queue.acquire_many(all).await.unwrap();
        let refused = sheet(&printer, "x", || Ok(Vec::new())).await.unwrap_err();
        assert!(matches!(refused, Unprinted::Problem(problem) if problem.status() == 503));
    }

    #[tokio::test]
    async fn an_export_may_ask_for_any_number_of_sheets_at_a_time() {
        let printer = Printer::default().patient();
        let mut asked = tokio::task::JoinSet::new();
        for key in 0..2 * (DESKS + WAITING) {
            let printer = printer.clone();
            asked.spawn(async move { sheet(&printer, &key.to_string(), || Ok(Vec::new())).await.is_ok() });
        }
        assert!(asked.join_all().await.into_iter().all(|is_printed| is_printed));
    }

    #[tokio::test]
    async fn a_script_without_a_font_is_no_fault_of_the_server() {
        let print = || Err(PaperError::NoFont { script: "Thai", characters: String::new(), font: "Noto" });
        let refused = sheet(&Printer::default(), "x", print).await.unwrap_err();
        assert!(matches!(refused, Unprinted::NoFont));
    }
}

//! The ledger of published figures: what the program ships and what was imported.

use super::error::AppError;
use crate::figures::{LedgerCode, MAX_BYTES, read_deployments, read_figures, shipped_deployments, shipped_figures};
use crate::model::{Deployment, DocumentReport, FileReport, Problem, PublishedFigure};
use crate::storage::Store;

/// A row of the ledger and where it comes from.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct LedgerRow<T> {
    /// Whether the program ships it; imported otherwise.
    pub shipped: bool,
    /// The row.
    #[serde(flatten)]
    pub value: T,
}

/// What an import of figures or deployments did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FiguresOutcome {
    /// Rows accepted.
    pub accepted: u64,
    /// Rows refused.
    pub refused: u64,
    /// The report on the one file.
    pub files: Vec<FileReport>,
    /// Rows that were not there before.
    pub added: usize,
    /// Rows that replaced one of the same id.
    pub replaced: usize,
    /// Rows that were there just so.
    pub unchanged: usize,
    /// Nothing was changed.
    pub dry_run: bool,
}

/// Every published figure, by id: shipped and imported. Where an older import has an id that the program ships by now, the
/// imported one stands, since the coordinator chose it.
///
/// # Errors
/// When the database fails.
pub async fn all_figures(store: &Store) -> Result<Vec<LedgerRow<PublishedFigure>>, AppError> {
    Ok(together(shipped_figures(), store.figures().await?))
}

/// Every deployment, likewise.
///
/// # Errors
/// When the database fails.
pub async fn all_deployments(store: &Store) -> Result<Vec<LedgerRow<Deployment>>, AppError> {
    Ok(together(shipped_deployments(), store.deployments().await?))
}

/// Reads a table of published figures and keeps its rows, each in place of one with the same id. A row that says something
/// else under an id the program ships is refused.
///
/// # Errors
/// When the database fails; what is wrong in the file is in the report.
pub async fn import_figures(
    store: &Store,
    path: &str,
    bytes: &[u8],
    dry_run: bool,
) -> Result<FiguresOutcome, AppError> {
    let (rows, report) = read_figures(bytes, MAX_BYTES);
    let plan = plan(rows, shipped_figures(), &store.figures().await?, path, report, dry_run);
    if !dry_run {
        store.put_figures(&plan.changed).await?;
    }
    Ok(plan.outcome)
}

/// The same for a register of deployments.
///
/// # Errors
/// When the database fails; what is wrong in the file is in the report.
pub async fn import_deployments(
    store: &Store,
    path: &str,
    bytes: &[u8],
    dry_run: bool,
) -> Result<FiguresOutcome, AppError> {
    let (rows, report) = read_deployments(bytes, MAX_BYTES);
    let plan = plan(rows, shipped_deployments(), &store.deployments().await?, path, report, dry_run);
    if !dry_run {
        store.put_deployments(&plan.changed).await?;
    }
    Ok(plan.outcome)
}

/// A row that is known by its id.
trait Named: Clone + PartialEq {
    fn id(&self) -> &str;
}

impl Named for PublishedFigure {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Named for Deployment {
    fn id(&self) -> &str {
        &self.id
    }
}

fn together<T: Named>(shipped: &[T], imported: Vec<T>) -> Vec<LedgerRow<T>> {
    let kept = shipped.iter().filter(|row| !imported.iter().any(|other| other.id() == row.id())).cloned();
    let mut rows: Vec<LedgerRow<T>> = kept.map(|value| LedgerRow { shipped: true, value }).collect();
    rows.extend(imported.into_iter().map(|value| LedgerRow { shipped: false, value }));
    rows.sort_by(|a, b| a.value.id().cmp(b.value.id()));
    rows
}

/// What to write, and what to say about it.
struct Plan<T> {
    changed: Vec<T>,
    outcome: FiguresOutcome,
}

fn plan<T: Named>(
    rows: Vec<(u64, T)>,
    shipped: &[T],
    imported: &[T],
    path: &str,
    mut report: DocumentReport,
    dry_run: bool,
) -> Plan<T> {
    let find = |rows: &[T], id: &str| rows.iter().find(|row| row.id() == id).cloned();
    let (mut changed, mut added, mut replaced, mut unchanged) = (Vec::new(), 0, 0, 0);
    for (index, row) in rows {
        match (find(shipped, row.id()), find(imported, row.id())) {
            (Some(own), _) if own != row => refuse_shipped(&mut report, index),
            (Some(_), _) => unchanged += 1,
            (None, Some(old)) if old == row => unchanged += 1,
            (None, old) => {
                if old.is_some() {
                    replaced += 1;
                } else {
                    added += 1;
                }
                changed.push(row);
            }
        }
    }
    let (accepted, refused) = (report.accepted, report.refused);
    let files = vec![FileReport { path: path.to_owned(), report }];
    Plan { changed, outcome: FiguresOutcome { accepted, refused, files, added, replaced, unchanged, dry_run } }
}

fn refuse_shipped(report: &mut DocumentReport, index: u64) {
    let code = LedgerCode::ShippedId;
    report.accepted -= 1;
    report.refused += 1;
    *report.refused_by.entry(code.code()).or_default() += 1;
    let problem = Problem { pointer: format!("/{index}"), code: code.code(), message: code.message().to_owned() };
    report.problems.push(problem);
    report.problems.sort_by_key(|problem| problem.pointer.trim_start_matches('/').parse::<u64>().unwrap_or_default());
    report.problems.truncate(DocumentReport::PROBLEMS_KEPT);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(id: &str, note: &str) -> PublishedFigure {
        PublishedFigure { id: id.to_owned(), note: note.to_owned(), ..shipped_figures()[0].clone() }
    }

    #[test]
    fn a_row_is_added_replaced_left_or_refused_by_its_id() {
        let shipped = [figure("ours", "")];
        let imported = [figure("old", ""), figure("same", "")];
        let rows = [figure("ours", ""), figure("old", "new words"), figure("same", ""), figure("new", "")];
        let mut rows: Vec<_> = (0..).zip(rows).collect();
        rows.push((4, figure("ours", "something else")));
        let report = DocumentReport { features: 5, accepted: 5, ..DocumentReport::default() };
        let Plan { changed, outcome } = plan(rows, &shipped, &imported, "f.csv", report, false);
        assert_eq!(changed.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["old", "new"]);
        assert_eq!((outcome.added, outcome.replaced, outcome.unchanged), (1, 1, 2));
        assert_eq!((outcome.accepted, outcome.refused), (4, 1));
        let problem = &outcome.files[0].report.problems[0];
        assert_eq!((problem.pointer.as_str(), problem.code), ("/4", "ledger_shipped_id"));
    }

    #[test]
    fn shipped_and_imported_rows_stand_together_by_id() {
        let shipped = [figure("b", ""), figure("c", "shipped")];
        let rows = together(&shipped, vec![figure("a", ""), figure("c", "imported")]);
        let found: Vec<_> = rows.iter().map(|row| (row.value.id.as_str(), row.shipped)).collect();
        assert_eq!(found, [("a", false), ("b", true), ("c", false)]);
        assert_eq!(rows[2].value.note, "imported");
    }
}

//! `docs/figures.md` names every column, word, reason and code of the ledger.

use camera_census::figures::{DEPLOYMENT_COLUMNS, FIGURE_COLUMNS, LedgerCode, Reason};
use camera_census::model::{DeploymentStatus, FigureBasis, FigureStatus};

use crate::read;

#[test]
fn the_document_on_figures_names_everything_there_is() {
    let text = read("docs/figures.md");
    let mut words: Vec<&str> = FIGURE_COLUMNS.into_iter().chain(DEPLOYMENT_COLUMNS).collect();
    words.extend(FigureStatus::ALL.iter().map(|status| status.word()));
    words.extend(FigureBasis::ALL.iter().map(|basis| basis.word()));
    words.extend(DeploymentStatus::ALL.iter().map(|status| status.word()));
    for word in words {
        assert!(text.contains(&format!("`{word}`")), "{word}");
    }
    for reason in Reason::ALL {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{}` |", reason.code())));
        assert!(row.is_some_and(|row| row.contains(&format!("| {} |", reason.bias().word()))), "{}", reason.code());
    }
    for code in LedgerCode::ALL {
        let row = format!("| `{}` | {} |", code.code(), code.message());
        assert!(text.contains(&row), "no row {row}");
    }
}

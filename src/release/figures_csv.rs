//! `figures.csv` and `deployments.csv`: somebody else's numbers, as the ledger has them.

use super::tables::Plain;
use crate::figures::{DEPLOYMENT_COLUMNS, FIGURE_COLUMNS};
use crate::model::{Deployment, DocumentReport, PublishedFigure};

/// The published figures.
pub(super) fn figures(figures: &[PublishedFigure]) -> Plain<26> {
    Plain { table: "figures", columns: FIGURE_COLUMNS, rows: figures.iter().map(figure_cells).collect() }
}

/// The deployments.
pub(super) fn deployments(deployments: &[Deployment]) -> Plain<13> {
    Plain {
        table: "deployments",
        columns: DEPLOYMENT_COLUMNS,
        rows: deployments.iter().map(deployment_cells).collect(),
    }
}

/// The rows of a table of a release, which has no problems unless it was damaged.
pub(super) fn read_back<T>((rows, report): (Vec<(u64, T)>, DocumentReport)) -> Result<Vec<T>, String> {
    match report.problems.first() {
        Some(problem) => Err(problem.message.clone()),
        None => Ok(rows.into_iter().map(|(_, row)| row).collect()),
    }
}

/// The values of a figure, in the order of the columns.
pub(super) fn figure_cells(figure: &PublishedFigure) -> [String; FIGURE_COLUMNS.len()] {
    let word = str::to_owned;
    [
        figure.id.clone(),
        figure.place.clone(),
        figure.country.clone(),
        figure.year.to_string(),
        word(figure.status.word()),
        optional(figure.cameras_low),
        optional(figure.cameras),
        optional(figure.cameras_high),
        optional(figure.area_km2),
        optional(figure.population),
        figure.scope.clone(),
        figure.ownership.clone(),
        word(figure.includes_private.word()),
        word(figure.includes_indoor.word()),
        word(figure.linked_only.word()),
        word(figure.street_visible.word()),
        word(figure.basis.word()),
        figure.method_note.clone(),
        figure.claimed_by.clone(),
        figure.title.clone(),
        figure.publisher.clone(),
        figure.authors.clone(),
        figure.published.clone(),
        figure.note.clone(),
        figure.page.clone(),
        figure.url.clone(),
    ]
}

/// The values of a deployment, in the order of the columns.
pub(super) fn deployment_cells(deployment: &Deployment) -> [String; DEPLOYMENT_COLUMNS.len()] {
    [
        deployment.id.clone(),
        deployment.name.clone(),
        deployment.place.clone(),
        deployment.country.clone(),
        deployment.years(),
        deployment.status.word().to_owned(),
        optional(deployment.contracts),
        deployment.vendors.join("; "),
        deployment.role.clone(),
        deployment.claimed_by.clone(),
        deployment.publisher.clone(),
        deployment.published.clone(),
        deployment.note.clone(),
    ]
}

/// A number in the shortest form that reads back as the same; nothing where there is none.
fn optional(number: Option<impl std::fmt::Display>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::figures::{read_deployments, read_figures, shipped_deployments, shipped_figures};
    use crate::release::directory::Directory;

    fn written<const N: usize>(table: &Plain<N>) -> Vec<u8> {
        let folder = tempfile::tempdir().unwrap();
        table.write(&Directory::new(folder.path()).unwrap(), ("table", ""), &[]).unwrap();
        std::fs::read(folder.path().join("table.csv")).unwrap()
    }

    #[test]
    fn the_shipped_ledger_comes_back_as_it_was_written() {
        let figures = written(&figures(shipped_figures()));
        let deployments = written(&deployments(shipped_deployments()));
        let read: Vec<_> = read_figures(&figures, usize::MAX).0.into_iter().map(|(_, row)| row).collect();
        assert_eq!(read, shipped_figures());
        let read: Vec<_> = read_deployments(&deployments, usize::MAX).0.into_iter().map(|(_, row)| row).collect();
        assert_eq!(read, shipped_deployments());
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_none_is_a_formula(text in "['=+@,\"; a-]{0,12}", km2 in 1e-9..6e8_f64) {
            let text = text.trim().to_owned();
            let mut figure = shipped_figures()[0].clone();
            (figure.note, figure.area_km2) = (text, Some(km2));
            let out = written(&figures(std::slice::from_ref(&figure)));
            prop_assert_eq!(&read_figures(&out, usize::MAX).0, &[(0, figure)]);
            let cells = csv::Reader::from_reader(out.as_slice()).records().next().unwrap().unwrap();
            prop_assert!(!cells.iter().any(|cell| cell.starts_with(['=', '+', '-', '@'])));
        }
    }
}

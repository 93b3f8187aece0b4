//! The ledger the program ships: figures and deployments with their citations, in our words.

use std::sync::OnceLock;

use super::read::{read_deployments, read_figures};
use crate::model::{Deployment, PublishedFigure};

const FIGURES: &str = include_str!("ledger/figures.csv");
const DEPLOYMENTS: &str = include_str!("ledger/deployments.csv");

/// The published figures the program ships, in the order of the file.
#[must_use]
pub fn shipped_figures() -> &'static [PublishedFigure] {
    static FIGURES_READ: OnceLock<Vec<PublishedFigure>> = OnceLock::new();
    FIGURES_READ.get_or_init(|| rows(read_figures(FIGURES.as_bytes(), usize::MAX).0))
}

/// The deployments the program ships, in the order of the file.
#[must_use]
pub fn shipped_deployments() -> &'static [Deployment] {
    static DEPLOYMENTS_READ: OnceLock<Vec<Deployment>> = OnceLock::new();
    DEPLOYMENTS_READ.get_or_init(|| rows(read_deployments(DEPLOYMENTS.as_bytes(), usize::MAX).0))
}

fn rows<T>(read: Vec<(u64, T)>) -> Vec<T> {
    read.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_that_is_shipped_can_be_read() {
        for report in
            [read_figures(FIGURES.as_bytes(), usize::MAX).1, read_deployments(DEPLOYMENTS.as_bytes(), usize::MAX).1]
        {
            assert!(report.problems.is_empty(), "{:?}", report.problems);
        }
        assert_eq!(shipped_figures().len(), 13);
        assert_eq!(shipped_deployments().len(), 10);
    }

    #[test]
    fn what_nobody_has_looked_up_yet_says_so() {
        let to_check: Vec<&str> = shipped_figures()
            .iter()
            .filter(|figure| figure.note.ends_with("citation to be checked"))
            .map(|figure| figure.id.as_str())
            .collect();
        assert_eq!(to_check, ["manhattan-nyclu-1998", "lower-manhattan-nyclu-2005", "london-comparitech-2020"]);
    }
}

//! Which areas of a set differ by more than chance explains, and which do not.

use super::area_row::AreaRow;
use crate::estimate::{Confidence, Observed, inseparable as alike, of_each_pair, separable};

/// The other areas of a set, seen from one of them, by the number of their row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Neighbours {
    /// Those whose cameras per square kilometre cannot be separated from its own, at 95 % for all pairs of the set together.
    pub alike: Vec<usize>,
    /// Those that differ by more than chance explains.
    pub apart: Vec<usize>,
}

/// For each row with a rate the numbers of the rows that cannot be separated from it, pair by pair, at 95 % for all pairs
/// together. Rows without a rate, because nobody looked or no ground is known, are left out. Takes time with the square of
/// the rows.
#[must_use]
pub fn inseparable(rows: &[AreaRow]) -> Vec<(usize, Vec<usize>)> {
    let (at, observed): (Vec<usize>, Vec<Observed>) = rated(rows).unzip();
    let alike = alike(&observed, Confidence::NINETY_FIVE);
    at.iter().zip(alike).map(|(row, others)| (*row, others.into_iter().map(|other| at[other]).collect())).collect()
}

/// The other rows with a rate, seen from one row, as [`inseparable`] tells them apart; `None` where that row has no rate
/// itself.
#[must_use]
pub fn neighbours(rows: &[AreaRow], of: usize) -> Option<Neighbours> {
    let (own, others): (Vec<_>, Vec<_>) = rated(rows).partition(|(at, _)| *at == of);
    let (_, own) = own.first()?;
    let confidence = of_each_pair(others.len() + 1, Confidence::NINETY_FIVE);
    let (alike, apart) = others.into_iter().partition::<Vec<_>, _>(|(_, other)| !separable(own, other, confidence));
    let numbers = |rows: Vec<(usize, Observed)>| rows.into_iter().map(|(at, _)| at).collect();
    Some(Neighbours { alike: numbers(alike), apart: numbers(apart) })
}

/// Cameras are taken to clump as much where nobody walked enough to tell as they do at most where somebody did.
fn rated(rows: &[AreaRow]) -> impl Iterator<Item = (usize, Observed)> {
    let most = rows.iter().filter_map(|row| row.dispersion).max_by(f64::total_cmp);
    rows.iter().enumerate().filter_map(move |(at, row)| {
        let observed = Observed::new(u64::from(row.counts.cameras), row.km2.filter(|_| row.is_looked_at)?).ok()?;
        let dispersion = row.dispersion.or(most);
        Some((at, dispersion.map_or(observed, |dispersion| observed.with_dispersion(dispersion))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::density::Counts;

    fn row(cameras: u32, km2: Option<f64>) -> AreaRow {
        AreaRow {
            slug: String::new(),
            name: String::new(),
            is_looked_at: true,
            counts: Counts { cameras, ..Counts::default() },
            home_rounded: None,
            restricted: (0, 0),
            km2,
            population: None,
            per_km2: None,
            per_1000: None,
            smoothed_per_km2: None,
            dispersion: None,
            estimate: None,
            method: String::new(),
            reason: String::new(),
            warnings: String::new(),
            estimate_scope: String::new(),
            wave: String::new(),
            surveyed_share: None,
        }
    }

    #[test]
    fn areas_are_alike_or_apart_and_those_without_ground_or_visit_are_neither() {
        let unvisited = AreaRow { is_looked_at: false, ..row(0, Some(1.0)) };
        let rows = [row(50, Some(1.0)), row(55, Some(1.0)), row(400, Some(1.0)), row(9, None), unvisited];
        assert_eq!(neighbours(&rows, 0), Some(Neighbours { alike: vec![1], apart: vec![2] }));
        assert_eq!((neighbours(&rows, 3), neighbours(&rows, 4), neighbours(&rows, 9)), (None, None, None));
        assert_eq!(inseparable(&rows), [(0, vec![1]), (1, vec![0]), (2, vec![])]);
    }

    #[test]
    fn the_more_areas_are_compared_the_more_two_must_differ() {
        let pair = [row(50, Some(1.0)), row(80, Some(1.0))];
        assert_eq!(neighbours(&pair, 0), Some(Neighbours { alike: vec![], apart: vec![1] }));
        let many: Vec<AreaRow> = pair.into_iter().chain((0..20).map(|_| row(50, Some(1.0)))).collect();
        assert!(neighbours(&many, 0).unwrap().alike.contains(&1));
        for (at, alike) in inseparable(&many) {
            assert_eq!(neighbours(&many, at).unwrap().alike, alike, "both ways to ask agree");
        }
    }

    #[test]
    fn cameras_that_come_in_groups_make_areas_harder_to_separate() {
        let mut rows = [row(50, Some(1.0)), row(90, Some(1.0))];
        assert_eq!(inseparable(&rows)[0].1, Vec::<usize>::new());
        rows[1].dispersion = Some(8.0);
        assert_eq!(inseparable(&rows)[0].1, [1], "where nobody can tell, they are taken to clump as much");
    }
}

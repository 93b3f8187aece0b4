//! Which areas of a set cannot be told apart by their counts: areas are compared like this, and never ranked.

use super::area_row::AreaRow;
use crate::estimate::{Confidence, Observed, separable};

/// Slugs of the other areas whose rate per square kilometre cannot be separated from that of the area `slug`: the exact
/// 95 % interval of the ratio of both rates holds 1, widened where cameras come in groups. In the order of the rows;
/// empty for an area that nobody looked at, for what lies in no area, and for a slug that is not among the rows.
#[must_use]
pub fn inseparable_from(rows: &[AreaRow], slug: &str) -> Vec<String> {
    let Some(one) = rows.iter().find(|row| row.slug == slug).and_then(observed) else { return Vec::new() };
    let alike = |row: &&AreaRow| observed(row).is_some_and(|other| !separable(&one, &other, Confidence::NINETY_FIVE));
    rows.iter().filter(|row| row.slug != slug).filter(alike).map(|row| row.slug.clone()).collect()
}

fn observed(row: &AreaRow) -> Option<Observed> {
    let km2 = row.km2.filter(|_| row.is_looked_at)?;
    let observed = Observed::new(u64::from(row.counts.cameras), km2).ok()?;
    Some(row.dispersion.map_or(observed, |dispersion| observed.with_dispersion(dispersion)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::density::Counts;

    fn row(slug: &str, cameras: u32, km2: Option<f64>) -> AreaRow {
        AreaRow {
            slug: slug.to_owned(),
            name: slug.to_owned(),
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

    fn rows() -> Vec<AreaRow> {
        vec![
            row("a", 20, Some(1.0)),
            row("b", 22, Some(1.0)),
            row("c", 200, Some(1.0)),
            row("d", 200, Some(10.0)),
            AreaRow { is_looked_at: false, ..row("e", 0, Some(1.0)) },
            row("unassigned", 20, None),
        ]
    }

    #[test]
    fn areas_are_compared_by_their_rates_and_not_by_their_counts() {
        assert_eq!(inseparable_from(&rows(), "a"), ["b", "d"]);
        assert_eq!(inseparable_from(&rows(), "d"), ["a", "b"]);
        assert_eq!(inseparable_from(&rows(), "c"), [""; 0]);
    }

    #[test]
    fn what_nobody_looked_at_and_what_lies_in_no_area_is_not_compared() {
        for slug in ["e", "unassigned", "nowhere"] {
            assert_eq!(inseparable_from(&rows(), slug), [""; 0], "{slug}");
        }
    }

    #[test]
    fn cameras_that_come_in_groups_are_harder_to_tell_apart() {
        let mut rows = vec![row("a", 20, Some(1.0)), row("b", 45, Some(1.0))];
        assert_eq!(inseparable_from(&rows, "a"), [""; 0]);
        rows[1].dispersion = Some(6.0);
        assert_eq!(inseparable_from(&rows, "a"), ["b"]);
        assert_eq!(inseparable_from(&rows, "b"), ["a"]);
    }
}

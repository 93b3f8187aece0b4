//! The line of one area: what is known of it, flat, as tables, maps and pages show it.

use crate::density::Counts;

/// A rate with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateLine {
    /// Cameras counted per unit of the denominator.
    pub value: f64,
    /// Lower end of the 95 % interval (Garwood, widened where cameras clump).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whether there are cameras enough to print the rate: at least ten, and an interval no wider than 160 % of it.
    pub is_publishable: bool,
}

/// An estimate of all cameras of an area: those counted, and those missed in the units that every pass walked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EstimateLine {
    /// Counted and missed.
    pub estimate: f64,
    /// Lower end of the 95 % interval, never below the number counted.
    pub low: f64,
    /// Upper end; `None` where the data set no limit.
    pub high: Option<f64>,
}

/// What is known of one area of a set, or of what lies in none of them.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaRow {
    /// Slug of the area; `unassigned` for what lies in none.
    pub slug: String,
    /// Name for people.
    pub name: String,
    /// Whether anybody looked here: there is a report, or a team walked a unit completely. Where nobody did, the counts are
    /// unknown and not zero.
    pub is_looked_at: bool,
    /// Counts; `home_rounded` is 0 where [`AreaRow::home_rounded`] is `None`.
    pub counts: Counts,
    /// About how many home cameras; `None` where the area holds fewer than three base cells: withheld (promise P11).
    pub home_rounded: Option<u32>,
    /// Cameras with a maker who is under a procurement restriction, and with a known maker who is not.
    pub restricted: (u32, u32),
    /// Area in square kilometres; `None` for `unassigned`.
    pub km2: Option<f64>,
    /// Residents, where the set states them.
    pub population: Option<u64>,
    /// Cameras counted per square kilometre.
    pub per_km2: Option<RateLine>,
    /// Cameras counted per 1,000 residents.
    pub per_1000: Option<RateLine>,
    /// The rate per square kilometre drawn towards that of all areas (empirical Bayes, Marshall 1991). For maps only.
    pub smoothed_per_km2: Option<f64>,
    /// Variance over mean of the number of cameras per unit; `None` for too few units.
    pub dispersion: Option<f64>,
    /// The estimate; `None` where there is none, and [`AreaRow::reason`] says why.
    pub estimate: Option<EstimateLine>,
    /// How it was estimated, a code of the method page; empty without an estimate.
    pub method: String,
    /// Why there is no estimate, a code of the method page; empty with one.
    pub reason: String,
    /// What must be said beside the estimate: codes separated by spaces.
    pub warnings: String,
    /// Which units the estimate speaks of, such as `300 of 312 units (96 %) complete in A+B`; without the percentage where the
    /// wave does not name all there is; empty without effort.
    pub estimate_scope: String,
    /// The wave it comes from, `campaign/wave`; empty without effort.
    pub wave: String,
    /// Share of the streets or cells of the area that were walked completely, 0 to 1; `None` where nobody knows what there
    /// is.
    pub surveyed_share: Option<f64>,
}

/// The table of one area set.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaTable {
    /// One line an area, by slug, and last the line `unassigned`.
    pub rows: Vec<AreaRow>,
}

impl AreaTable {
    /// The line with this slug.
    #[must_use]
    pub fn row(&self, slug: &str) -> Option<&AreaRow> {
        self.rows.iter().find(|row| row.slug == slug)
    }

    /// Ground in square kilometres, and residents where each of them states some, of the areas that somebody looked at.
    /// `None` where cameras lie in none of the areas, because the ground of these is not known.
    #[must_use]
    pub fn ground(&self) -> Option<(f64, Option<u64>)> {
        let (areas, outside): (Vec<&AreaRow>, Vec<&AreaRow>) = self.rows.iter().partition(|row| row.km2.is_some());
        if outside.iter().any(|row| row.counts.cameras > 0) {
            return None;
        }
        let looked = || areas.iter().filter(|row| row.is_looked_at);
        let km2: f64 = looked().filter_map(|row| row.km2).sum();
        (km2 > 0.0).then(|| (km2, looked().map(|row| row.population).sum()))
    }

    /// All lines added up, recomputed from the counts.
    #[must_use]
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        for row in &self.rows {
            total.add(&row.counts);
        }
        total
    }
}

/// What `areas.json` says of an area set of a release.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct AreaSetEntry {
    /// Slug of the set.
    pub set: String,
    /// Name for people.
    pub name: String,
    /// Date of the boundaries as their publisher states it; empty when not stated.
    pub edition: String,
    /// Licence of the boundaries.
    pub licence: String,
    /// Whom to name.
    pub attribution: Option<String>,
    /// Where the populations come from.
    pub population_source: Option<String>,
    /// Year they speak of.
    pub population_year: Option<i32>,
    /// Number of areas.
    pub areas: usize,
    /// Areas whose outlines were repaired.
    pub repaired: u32,
    /// Pairs of areas that overlap.
    pub overlapping_pairs: u32,
    /// Ground in more than one area, square kilometres.
    pub overlap_km2: f64,
    /// Ground enclosed by the set but in none of its areas, square kilometres.
    pub gap_km2: f64,
    /// The rule by which a camera belongs to an area.
    pub rule: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::areas_csv;
    use crate::release::csv_table::CsvTable;
    use crate::release::published::described;

    fn table(rows: &str) -> AreaTable {
        let one = row("a");
        let (names, values): (Vec<_>, Vec<_>) = areas_csv::values(&one).into_iter().unzip();
        let (_, columns) = described("areas", names).unwrap();
        let mut csv = CsvTable::begin(Vec::new(), &columns).unwrap();
        csv.row(&values).unwrap();
        assert_eq!(
            areas_csv::read(csv.end().unwrap().as_slice()).unwrap().rows,
            [row("a")],
            "a row reads back as it was written"
        );
        AreaTable { rows: rows.split_whitespace().map(row).collect() }
    }

    /// A row of 2 km2 and 1,000 residents with 3 cameras: `a` as it is, `b` without residents, `c` where nobody looked, `u`
    /// in no area.
    fn row(name: &str) -> AreaRow {
        let is_looked_at = name != "c";
        AreaRow {
            slug: name.to_owned(),
            name: name.to_owned(),
            is_looked_at,
            counts: if is_looked_at {
                Counts { cameras: 3, stale: 2, gone: 1, ..Counts::default() }
            } else {
                Counts::default()
            },
            home_rounded: None,
            restricted: (1, 0),
            km2: (name != "u").then_some(2.0),
            population: (name == "a" || name == "c").then_some(1_000),
            per_km2: None,
            per_1000: None,
            smoothed_per_km2: Some(1.5),
            dispersion: None,
            estimate: Some(EstimateLine { estimate: 4.5, low: 3.0, high: None }),
            method: "chapman".to_owned(),
            reason: String::new(),
            warnings: "few_recaptures".to_owned(),
            estimate_scope: "1 of 2 units (50 %) complete in A+B".to_owned(),
            wave: "default/spring".to_owned(),
            surveyed_share: Some(0.5),
        }
    }

    #[test]
    fn the_ground_is_that_of_areas_somebody_looked_at_and_unknown_where_cameras_lie_outside() {
        assert_eq!(table("a a c").ground(), Some((4.0, Some(2_000))));
        assert_eq!(table("a b").ground(), Some((4.0, None)));
        assert_eq!((table("a u").ground(), table("c").ground()), (None, None));
    }
}

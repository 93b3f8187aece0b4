//! Counts per cell at every resolution, rolled up from one sorted array.

use h3o::{CellIndex, Resolution};

use super::zoom::RESOLUTIONS;
use crate::model::{Camera, Kind, Linked, Operator, Sighting};

const KINDS: usize = Kind::ALL.len();
const OPERATORS: usize = Operator::ALL.len();
const LINKS: usize = Linked::ALL.len();

/// Counts of one place. All but `home_rounded` are of public-space cameras.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Reports, explicit zeros among them.
    pub sightings: u32,
    /// Distinct cameras.
    pub cameras: u32,
    /// Camera heads.
    pub heads: u32,
    /// Cameras that nobody has confirmed for a long time; not among `cameras`.
    pub stale: u32,
    /// Cameras that somebody found gone and nobody has seen since; not among `cameras`.
    pub gone: u32,
    /// Cameras by [`Kind::code`].
    pub kinds: [u32; KINDS],
    /// Cameras by [`Operator::code`].
    pub operators: [u32; OPERATORS],
    /// Cameras by [`Linked::code`].
    pub linked: [u32; LINKS],
    /// About how many home cameras: a sum of rounded base counts. 0 where finer than resolution 8.
    pub home_rounded: u32,
}

impl Counts {
    /// The counts of a single camera.
    #[must_use]
    pub fn of(camera: &Camera) -> Self {
        let mut counts = Self { cameras: 1, heads: u32::from(camera.heads), ..Self::default() };
        counts.kinds[usize::from(camera.kind.code())] = 1;
        counts.operators[usize::from(camera.operator.code())] = 1;
        counts.linked[usize::from(camera.linked.code())] = 1;
        counts
    }

    /// Adds other counts to these.
    pub fn add(&mut self, other: &Self) {
        self.sightings += other.sightings;
        self.cameras += other.cameras;
        self.heads += other.heads;
        self.stale += other.stale;
        self.gone += other.gone;
        for (sum, part) in self.kinds.iter_mut().zip(other.kinds) {
            *sum += part;
        }
        for (sum, part) in self.operators.iter_mut().zip(other.operators) {
            *sum += part;
        }
        for (sum, part) in self.linked.iter_mut().zip(other.linked) {
            *sum += part;
        }
        self.home_rounded += other.home_rounded;
    }
}

/// What is known of the survey of a place: decimetres of streets, or square metres of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Surveyed {
    /// Everything there is to walk; 0 where nobody knows.
    pub frame: u64,
    /// The part of the frame that at least one pass walked completely.
    pub complete: u64,
    /// Walked completely without a frame: somebody looked, but nobody knows what share of the place it was.
    pub unframed: u64,
}

impl Surveyed {
    /// Share of what there is that was walked completely, 0 to 1; `None` where nobody knows what there is.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "all streets of the earth are below 2^53 dm")]
        let share = |part: u64, whole: u64| part as f64 / whole as f64;
        (self.frame > 0).then(|| share(self.complete, self.frame))
    }

    /// Whether a team walked any of it completely.
    #[must_use]
    pub const fn is_walked(&self) -> bool {
        self.complete + self.unframed > 0
    }

    /// Adds another place's survey to this one.
    pub const fn add(&mut self, other: &Self) {
        self.frame += other.frame;
        self.complete += other.complete;
        self.unframed += other.unframed;
    }
}

/// What is known of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellRow {
    /// The cell.
    pub cell: CellIndex,
    /// What was counted in it.
    pub counts: Counts,
    /// How much of it was surveyed.
    pub surveyed: Surveyed,
}

impl CellRow {
    /// A row of zeros.
    #[must_use]
    pub fn empty(cell: CellIndex) -> Self {
        Self { cell, counts: Counts::default(), surveyed: Surveyed::default() }
    }

    /// Adds the counts and the survey of another row to this one.
    pub fn add(&mut self, other: &Self) {
        self.counts.add(&other.counts);
        self.surveyed.add(&other.surveyed);
    }

    /// Exact area of the cell in square kilometres; cells of one resolution differ.
    #[must_use]
    pub fn km2(&self) -> f64 {
        self.cell.area_km2()
    }

    /// Whether a table tells its counts: not where a frame says that there is something to walk, nobody walked it, and
    /// nothing was reported. There the number is unknown, and not zero.
    #[must_use]
    pub const fn has_counts(&self) -> bool {
        self.is_looked_at() || self.surveyed.frame == 0
    }

    /// Whether anybody looked here: there is a report, an explicit zero among them, or a team walked some of it
    /// completely. Where nobody did, the number of cameras is unknown and not zero.
    #[must_use]
    pub const fn is_looked_at(&self) -> bool {
        self.counts.sightings > 0 || self.surveyed.is_walked()
    }
}

/// The non-empty cells of one resolution, in cell order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellTable {
    /// Resolution of every row.
    pub resolution: Resolution,
    /// The rows.
    pub rows: Vec<CellRow>,
}

/// Counts per cell for resolutions 3 to 10, coarse to fine.
///
/// Every coarser cell is the sum of the finer ones in it (promise P2). `home` are rounded base counts at resolution 8;
/// they appear from there up. `surveyed` is the effort per cell of resolution 10, and
/// `apart` what is counted apart from the cameras, by any cell of resolution 10 or finer.
#[must_use]
pub fn tables(
    sightings: &[Sighting],
    cameras: &[Camera],
    home: &[(CellIndex, u32)],
    surveyed: &[(CellIndex, Surveyed)],
    apart: &[(CellIndex, Counts)],
) -> Vec<CellTable> {
    let mut rows = finest(sightings, cameras, surveyed, apart);
    let mut tables = Vec::with_capacity(RESOLUTIONS.len());
    for resolution in RESOLUTIONS.into_iter().rev() {
        rows = merge(rows.into_iter().map(|row| at(row, resolution)));
        if resolution == Resolution::Eight {
            let home = home.iter().filter(|(_, about)| *about > 0);
            rows.extend(home.map(|&(cell, about)| {
                let counts = Counts { home_rounded: about, ..Counts::default() };
                CellRow { counts, ..CellRow::empty(cell) }
            }));
            rows.sort_by_key(|row| row.cell);
            rows = merge(rows.into_iter());
        }
        tables.push(CellTable { resolution, rows: rows.clone() });
    }
    tables.reverse();
    tables
}

fn finest(
    sightings: &[Sighting],
    cameras: &[Camera],
    surveyed: &[(CellIndex, Surveyed)],
    apart: &[(CellIndex, Counts)],
) -> Vec<CellRow> {
    let one = Counts { sightings: 1, ..Counts::default() };
    let reported = sightings.iter().filter(|s| !s.is_home()).map(|s| CellRow { counts: one, ..CellRow::empty(s.cell) });
    let counted = cameras.iter().map(|camera| CellRow { counts: Counts::of(camera), ..CellRow::empty(camera.cell) });
    let walked = surveyed.iter().map(|&(cell, surveyed)| CellRow { surveyed, ..CellRow::empty(cell) });
    let apart = apart.iter().map(|&(cell, counts)| CellRow { counts, ..CellRow::empty(cell) });
    let rows = reported.chain(counted).chain(walked).chain(apart);
    let mut rows: Vec<CellRow> = rows.map(|row| at(row, Resolution::Ten)).collect();
    rows.sort_by_key(|row| row.cell);
    merge(rows.into_iter())
}

/// Moves a row to its ancestor. Rows sorted by cell stay sorted: an index is its ancestors' digits, then its own.
fn at(row: CellRow, resolution: Resolution) -> CellRow {
    CellRow { cell: row.cell.parent(resolution).unwrap_or(row.cell), ..row }
}

/// Adds up neighbouring rows of the same cell.
fn merge(rows: impl Iterator<Item = CellRow>) -> Vec<CellRow> {
    let mut merged: Vec<CellRow> = Vec::new();
    for row in rows {
        match merged.last_mut() {
            Some(last) if last.cell == row.cell => last.add(&row),
            _ => merged.push(row),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use h3o::LatLng;
    use proptest::prelude::*;

    use super::*;
    use crate::matching::{Gate, cameras};
    use crate::model::{Basis, Facing, Maker, Mount, Observed, OccasionId, PositionClass};

    fn sighting(lat: f64, lng: f64, kind: Kind) -> Sighting {
        Sighting {
            cell: LatLng::new(lat, lng).unwrap().to_cell(Resolution::Thirteen),
            kind,
            operator: Operator::Police,
            mount: Mount::Pole,
            linked: Linked::Yes,
            maker: Maker::UNKNOWN,
            basis: Basis::Seen,
            facing: Facing::NONE,
            heads: 2,
            week: None,
            position: PositionClass::Import,
            slot: 0,
        }
    }

    fn all_places() -> impl Strategy<Value = (f64, f64)> {
        let pentagon = LatLng::from(CellIndex::base_cells().find(|cell| cell.is_pentagon()).unwrap());
        prop_oneof![
            (-90.0..=90.0, -180.0..180.0),
            (-90.0..=90.0, Just(-180.0)),
            (-90.0..=90.0, Just(180.0)),
            (Just(90.0), -180.0..180.0),
            (Just(-90.0), -180.0..180.0),
            (-0.5..0.5, -0.5..0.5).prop_map(move |(y, x)| (pentagon.lat() + y, pentagon.lng() + x)),
        ]
    }

    proptest! {
        #[test]
        fn no_count_is_lost_or_doubled_at_any_resolution(
            places in proptest::collection::vec(all_places(), 1..60),
            home in 0..4_u32,
        ) {
            let seen: Vec<Sighting> = places.iter().map(|&(y, x)| sighting(y, x, Kind::Dome)).collect();
            let observed: Vec<Observed> = seen.iter().map(|&s| Observed { sighting: s, occasion: OccasionId(0) }).collect();
            let found = cameras(&observed, Gate::NORMAL);
            let base = seen[0].cell.parent(Resolution::Eight).unwrap();
            let stale = Counts { stale: 1, gone: 2, ..Counts::default() };
            let apart: Vec<_> = seen.iter().map(|s| (s.cell, stale)).collect();
            let tables = tables(&seen, &found, &[(base, home * 5)], &[], &apart);
            for table in &tables {
                prop_assert_eq!(table.rows.iter().map(|r| r.counts.sightings as usize).sum::<usize>(), seen.len());
                prop_assert_eq!(table.rows.iter().map(|r| r.counts.cameras as usize).sum::<usize>(), found.len());
                let sum = |of: fn(&Counts) -> u32| table.rows.iter().map(|r| of(&r.counts) as usize).sum::<usize>();
                prop_assert_eq!((sum(|c| c.stale), sum(|c| c.gone)), (seen.len(), 2 * seen.len()));
                prop_assert!(table.rows.is_sorted_by(|a, b| a.cell < b.cell));
                let about: u32 = table.rows.iter().map(|r| r.counts.home_rounded).sum();
                prop_assert_eq!(about, if table.resolution <= Resolution::Eight { home * 5 } else { 0 });
            }
            for pair in tables.windows(2) {
                for coarse in &pair[0].rows {
                    let mut sum = CellRow::empty(coarse.cell);
                    for fine in pair[1].rows.iter().filter(|f| f.cell.parent(pair[0].resolution) == Some(coarse.cell)) {
                        sum.add(fine);
                    }
                    sum.counts.home_rounded = coarse.counts.home_rounded;
                    prop_assert_eq!(&sum, coarse);
                }
            }
        }
    }

    #[test]
    fn an_explicit_zero_makes_a_row_without_cameras() {
        let mut zero = sighting(52.5, 13.4, Kind::Fixed);
        zero.heads = 0;
        let tables = tables(&[zero], &[], &[], &[], &[]);
        assert!(tables.iter().all(|table| table.rows.len() == 1
            && table.rows[0].counts.cameras == 0
            && table.rows[0].counts.sightings == 1));
    }

    #[test]
    fn a_home_count_rounded_to_nothing_leaves_no_row() {
        let base = sighting(52.5, 13.4, Kind::Fixed).cell.parent(Resolution::Eight).unwrap();
        assert!(tables(&[], &[], &[(base, 0)], &[], &[]).iter().all(|table| table.rows.is_empty()));
    }
}

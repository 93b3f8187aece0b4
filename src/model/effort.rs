//! Effort: which streets or cells the teams of a wave walked, and how completely.

use h3o::{CellIndex, Resolution};
use sha2::{Digest as _, Sha256};

use super::{PassLetter, REGION, UnitState, region_of};

/// Name of an audit unit: a digest of its shape, so that the same street has the same name in every wave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub [u8; 16]);

impl std::fmt::Display for UnitId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Whether a wave is walked by streets or by cells; never by both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitKind {
    /// Street segments, measured in decimetres.
    Segment,
    /// H3 cells, measured in square metres.
    Cell,
}

/// What a team is asked to walk whole. Public geometry of a street network or of a grid, never of a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitShape {
    /// A street segment: longitude and latitude in millionths of a degree. Made by [`UnitShape::segment`].
    Segment(Vec<[i32; 2]>),
    /// An H3 cell of [`UnitShape::CELL_RESOLUTION`].
    Cell(CellIndex),
}

impl UnitShape {
    /// The region it begins in, see [`region_of`]; `None` for a segment without points.
    #[must_use]
    pub fn region(&self) -> Option<CellIndex> {
        match self {
            Self::Cell(cell) => Some(region_of(*cell)),
            Self::Segment(points) => {
                let [longitude, latitude] = points.first()?.map(|millionths| f64::from(millionths) / 1e6);
                Some(h3o::LatLng::new(latitude, longitude).ok()?.to_cell(REGION))
            }
        }
    }

    /// Resolution of the cells that are units.
    ///
    /// One of resolution 11 is about 50 m wide (2,150 m2), a house or two with the street before them: what one passes and
    /// has seen. One of resolution 10 is a whole block of which one side may be unseen, one of resolution 12 is smaller
    /// than the error of a phone's position. Seven make up a cell of resolution 10, the finest that is published.
    pub const CELL_RESOLUTION: Resolution = Resolution::Eleven;

    /// The segment along these points in its canonical form: repeated points are left out, +180 degrees is -180, and
    /// of the two directions the one that sorts first is taken, so that a street and its reverse are the same unit.
    /// `None` when fewer than two different points are left.
    #[must_use]
    pub fn segment(mut points: Vec<[i32; 2]>) -> Option<Self> {
        const ANTIMERIDIAN: i32 = 180_000_000;
        for [longitude, _] in &mut points {
            if *longitude == ANTIMERIDIAN {
                *longitude = -ANTIMERIDIAN;
            }
        }
        points.dedup();
        if points.len() < 2 {
            return None;
        }
        let reversed: Vec<_> = points.iter().rev().copied().collect();
        Some(Self::Segment(points.min(reversed)))
    }

    /// Street or cell.
    #[must_use]
    pub const fn kind(&self) -> UnitKind {
        match self {
            Self::Segment(_) => UnitKind::Segment,
            Self::Cell(_) => UnitKind::Cell,
        }
    }

    /// The shape as bytes: 0 and the coordinates of a segment, or 1 and the cell, big-endian. This is what is stored and
    /// what [`UnitId`] is a digest of, so it never changes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Segment(points) => {
                let coordinates = points.iter().flatten().flat_map(|coordinate| coordinate.to_be_bytes());
                std::iter::once(0).chain(coordinates).collect()
            }
            Self::Cell(cell) => std::iter::once(1).chain(u64::from(*cell).to_be_bytes()).collect(),
        }
    }

    /// The shape with these bytes; `None` when [`UnitShape::to_bytes`] never gives them.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (tag, content) = bytes.split_first()?;
        let shape = match tag {
            0 => {
                let (points, []) = content.as_chunks::<8>() else { return None };
                let point = |&[a, b, c, d, e, f, g, h]: &[u8; 8]| {
                    [i32::from_be_bytes([a, b, c, d]), i32::from_be_bytes([e, f, g, h])]
                };
                Self::segment(points.iter().map(point).collect())?
            }
            1 => {
                let cell = CellIndex::try_from(u64::from_be_bytes(content.try_into().ok()?)).ok()?;
                (cell.resolution() == Self::CELL_RESOLUTION).then_some(Self::Cell(cell))?
            }
            _ => return None,
        };
        (shape.to_bytes() == bytes).then_some(shape)
    }
}

/// One audit unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AuditUnit {
    /// Its name.
    pub id: UnitId,
    /// Where it lies.
    pub shape: UnitShape,
}

impl AuditUnit {
    /// The unit of a shape: its name is the first 16 bytes of the SHA-256 of [`UnitShape::to_bytes`].
    #[must_use]
    pub fn new(shape: UnitShape) -> Self {
        let mut id = [0; 16];
        id.iter_mut().zip(Sha256::digest(shape.to_bytes())).for_each(|(byte, digest)| *byte = digest);
        Self { id: UnitId(id), shape }
    }
}

/// What one team says of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffortMark {
    /// The unit.
    pub unit: UnitId,
    /// The team.
    pub pass: PassLetter,
    /// How completely it was walked.
    pub state: UnitState,
}

/// The effort of one wave.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WaveEffort {
    /// Slug of the campaign.
    pub campaign: String,
    /// Slug of the wave.
    pub wave: String,
    /// Whether the units are all there are, so that a share of them means something: some are marked `not_walked`, or the
    /// coordinator said so.
    pub is_frame: bool,
    /// The marks, by unit and pass, one for each. One wave has segments or cells, never both.
    pub marks: Vec<EffortMark>,
}

/// Everything known about effort.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effort {
    /// Units that a mark names, by id.
    pub units: Vec<AuditUnit>,
    /// The waves, by campaign and slug.
    pub waves: Vec<WaveEffort>,
}

impl Effort {
    /// Index of a unit in [`Effort::units`].
    #[must_use]
    pub fn unit_index(&self, id: &UnitId) -> Option<usize> {
        self.units.binary_search_by(|unit| unit.id.cmp(id)).ok()
    }

    /// Whether a wave was walked by streets or by cells; `None` when it has no mark.
    #[must_use]
    pub fn kind_of(&self, wave: &WaveEffort) -> Option<UnitKind> {
        let first = self.unit_index(&wave.marks.first()?.unit)?;
        self.units.get(first).map(|unit| unit.shape.kind())
    }
}

#[cfg(test)]
mod tests {
    use h3o::LatLng;
    use proptest::prelude::*;

    use super::*;

    fn points() -> impl Strategy<Value = Vec<[i32; 2]>> {
        prop::collection::vec([-180_000_000..=180_000_000, -90_000_000..=90_000_000], 2..20)
    }

    proptest! {
        #[test]
        fn a_street_and_its_reverse_are_the_same_unit(points in points()) {
            let reversed = points.iter().rev().copied().collect();
            prop_assert_eq!(UnitShape::segment(points), UnitShape::segment(reversed));
        }

        #[test]
        fn a_shape_finds_its_way_back_from_its_bytes(points in points()) {
            let shape = UnitShape::segment(points);
            prop_assert_eq!(shape.as_ref().and_then(|shape| UnitShape::from_bytes(&shape.to_bytes())), shape);
        }
    }

    #[test]
    fn a_unit_keeps_its_name_for_ever() {
        // SHA-256 of 00 00CC77C0 031FB6C0 00CC7BA8 031FB6C0, by coreutils.
        let street = UnitShape::segment(vec![[13_401_000, 52_410_048], [13_400_000, 52_410_048]]).unwrap();
        assert_eq!(street.to_bytes(), b"\x00\x00\xCC\x77\xC0\x03\x1F\xB6\xC0\x00\xCC\x7B\xA8\x03\x1F\xB6\xC0");
        assert_eq!(AuditUnit::new(street).id.to_string(), "a0dbf6eae61c0bf8970774c261c4e98f");
    }

    #[test]
    fn nothing_but_a_canonical_shape_is_read_from_bytes() {
        let cell = LatLng::new(52.5, 13.4).unwrap().to_cell(Resolution::Eleven);
        let shape = UnitShape::Cell(cell);
        assert_eq!(UnitShape::from_bytes(&shape.to_bytes()), Some(shape));
        let coarse = UnitShape::Cell(cell.parent(Resolution::Ten).unwrap());
        for bytes in [&[][..], &[0], &[2, 0], &[0, 1, 2, 3, 4, 5, 6, 7, 8], &[1; 9], &coarse.to_bytes()] {
            assert_eq!(UnitShape::from_bytes(bytes), None);
        }
    }

    #[test]
    fn a_street_needs_two_places() {
        assert_eq!(UnitShape::segment(vec![[1, 2], [1, 2]]), None);
        assert_eq!(UnitShape::segment(vec![[180_000_000, 2], [-180_000_000, 2]]), None);
    }
}

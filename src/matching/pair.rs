//! Whether two sightings may be of one camera, and how likely that looks.

use super::neighbours::Place;
use crate::model::{Kind, Maker, Mount, Observed, Operator, Sighting};

/// No two sightings further apart than this are joined, however bad their positions; also the reach of slots.
pub(super) const GATE_CAP_M: f64 = 25.0;

/// Standard deviation along one axis, in metres, that comes from storing a resolution-13 cell: a regular hexagon of
/// side a has variance 5 a^2 / 24 an axis, and a is about 4.1 m.
const CELL_SIGMA_M: f64 = 1.9;

/// Sightings that look further apart than this many degrees are of different cameras.
const FACING_LIMIT_DEGREES: u32 = 60;

/// How far apart two sightings of one camera may lie, in units of the standard deviation of their distance.
///
/// For a true pair with equal sigma the distance exceeds g times sigma times root two with probability
/// exp(-g^2 / 2): 5.6 % at the default of 2.4. Joining the wrong ones costs as much as missing the right ones, and the
/// default is where the two balanced in simulated surveys (`docs/adr/0005-matching.md`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gate {
    factor: f64,
}

impl Gate {
    /// The gate of every release.
    pub const NORMAL: Self = Self { factor: 2.4 };
    /// Half as wide: true pairs are missed.
    pub const HALF: Self = Self { factor: 1.2 };
    /// Twice as wide: neighbours are joined.
    pub const DOUBLE: Self = Self { factor: 4.8 };

    /// How far apart two sightings may lie, in units of the standard deviation of their distance along one axis.
    #[must_use]
    pub const fn factor(self) -> f64 {
        self.factor
    }

    /// The probability that two sightings of one camera lie within the gate, when their errors along each axis are normal
    /// with the standard deviations `PositionClass::sigma_m` gives: 1 - exp(-g^2 / 2), g being capped where 25 m is less.
    #[must_use]
    pub fn reaches(self, a: &Sighting, b: &Sighting) -> f64 {
        let variance = variance(a) + variance(b);
        let metres = self.metres(variance);
        1.0 - (-metres * metres / (2.0 * variance)).exp()
    }

    /// The largest distance at which any two of these points may be joined, in metres.
    pub(super) fn reach_m(self, points: &[Point]) -> f64 {
        let largest = points.iter().map(|point| point.variance).fold(0.0, f64::max);
        self.metres(2.0 * largest).max(1.0)
    }

    fn metres(self, variance: f64) -> f64 {
        (self.factor * variance.sqrt()).min(GATE_CAP_M)
    }
}

/// What matching needs of one sighting, worked out once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) observed: Observed,
    pub(super) place: Place,
    variance: f64,
}

impl Point {
    pub(super) fn new(observed: Observed) -> Self {
        let variance = variance(&observed.sighting);
        Self { observed, place: Place::centre_of(observed.sighting.cell), variance }
    }

    /// The same report from some metres to the east and north.
    pub(super) fn moved(self, east_m: f64, north_m: f64) -> Self {
        Self { place: self.place.moved(east_m, north_m), ..self }
    }

    /// How unlikely it is that both are of one camera: half the squared distance in standard deviations plus a penalty
    /// for every attribute that disagrees; `None` when they cannot be one camera. Smaller is better; thousandths.
    pub(super) fn unlikeness(&self, other: &Self, gate: Gate) -> Option<u32> {
        let variance = self.variance + other.variance;
        let metres = self.place.distance_m(other.place);
        let (a, b) = (&self.observed.sighting, &other.observed.sighting);
        if metres > gate.metres(variance) || contradict(a, b) {
            return None;
        }
        Some(thousandths(metres * metres / (2.0 * variance) + disagreement(a, b)))
    }

    /// As [`Self::unlikeness`], but also for two that only a ruling joins.
    pub(super) fn unlikeness_anywhere(&self, other: &Self) -> u32 {
        let metres = self.place.distance_m(other.place);
        let spread = metres * metres / (2.0 * (self.variance + other.variance));
        thousandths(spread + disagreement(&self.observed.sighting, &other.observed.sighting))
    }
}

fn thousandths(score: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast to an integer saturates")]
    let thousandths = (score * 1000.0).round() as u32;
    thousandths
}

/// Variance of a place along one axis, in square metres.
fn variance(sighting: &Sighting) -> f64 {
    let sigma = sighting.position.sigma_m();
    sigma * sigma + CELL_SIGMA_M * CELL_SIGMA_M
}

/// Plate readers are told apart from other cameras by eye, and nobody mistakes north for east by more than the limit.
fn contradict(a: &Sighting, b: &Sighting) -> bool {
    let kinds_known = a.kind != Kind::Unknown && b.kind != Kind::Unknown;
    let reader_and_other = (a.kind == Kind::PlateReader) != (b.kind == Kind::PlateReader);
    (kinds_known && reader_and_other)
        || a.facing.apart_degrees(b.facing).is_some_and(|degrees| degrees > FACING_LIMIT_DEGREES)
}

/// Minus log-likelihoods of two reports of one camera differing, for reports of which a tenth are wrong.
fn disagreement(a: &Sighting, b: &Sighting) -> f64 {
    let mut penalty = 0.0;
    if a.kind != b.kind && a.kind != Kind::Unknown && b.kind != Kind::Unknown {
        penalty += 1.7;
    }
    if a.mount != b.mount && a.mount != Mount::Unknown && b.mount != Mount::Unknown {
        penalty += 1.7;
    }
    if a.operator != b.operator && a.operator != Operator::Unknown && b.operator != Operator::Unknown {
        penalty += 1.7;
    }
    if a.maker != b.maker && a.maker != Maker::UNKNOWN && b.maker != Maker::UNKNOWN {
        penalty += 1.7;
    }
    penalty + a.facing.apart_degrees(b.facing).map_or(0.6, |degrees| f64::from(degrees) / 30.0)
}

#[cfg(test)]
pub(super) mod tests {
    use h3o::{LatLng, Resolution};

    use super::*;
    use crate::model::{Basis, Facing, Linked, OccasionId, PositionClass};

    pub(in crate::matching) fn sighting_at(lat: f64, lng: f64) -> Sighting {
        Sighting {
            cell: LatLng::new(lat, lng).unwrap().to_cell(Resolution::Thirteen),
            kind: Kind::Fixed,
            operator: Operator::Unknown,
            mount: Mount::Unknown,
            linked: Linked::Unknown,
            maker: Maker::UNKNOWN,
            basis: Basis::Seen,
            facing: Facing::NONE,
            heads: 1,
            week: None,
            position: PositionClass::Import,
            slot: 0,
        }
    }

    fn point(sighting: Sighting) -> Point {
        Point::new(Observed { sighting, occasion: OccasionId(0) })
    }

    #[test]
    fn opposite_cameras_on_one_pole_are_no_pair() {
        let mut east = sighting_at(52.5, 13.4);
        let mut west = east;
        east.facing = Facing::bearing(90.0).unwrap();
        west.facing = Facing::bearing(270.0).unwrap();
        assert_eq!(point(east).unlikeness(&point(west), Gate::NORMAL), None);
        assert!(point(east).unlikeness(&point(east), Gate::NORMAL).is_some());
    }

    #[test]
    fn a_plate_reader_is_no_dome_but_may_be_a_camera_of_unknown_kind() {
        let mut reader = sighting_at(52.5, 13.4);
        reader.kind = Kind::PlateReader;
        let mut unknown = reader;
        unknown.kind = Kind::Unknown;
        assert_eq!(point(reader).unlikeness(&point(sighting_at(52.5, 13.4)), Gate::NORMAL), None);
        assert!(point(reader).unlikeness(&point(unknown), Gate::NORMAL).is_some());
    }

    #[test]
    fn the_gate_grows_with_the_position_error_up_to_the_cap() {
        let (near, far) = (sighting_at(52.5, 13.4), sighting_at(52.500_19, 13.4));
        assert_eq!(point(near).unlikeness(&point(far), Gate::NORMAL), None);
        let coarse = |mut s: Sighting| {
            s.position = PositionClass::Gps20;
            s
        };
        assert!(point(coarse(near)).unlikeness(&point(coarse(far)), Gate::NORMAL).is_some());
        let beyond = coarse(sighting_at(52.500_3, 13.4));
        assert_eq!(point(coarse(near)).unlikeness(&point(beyond), Gate::NORMAL), None);
    }
}

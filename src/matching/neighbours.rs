//! Finding what lies within some metres, anywhere on the earth.

use std::collections::HashMap;

use h3o::{CellIndex, LatLng};

use super::pair::Point;

/// Mean radius of the earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// A place as a point in space, metres from the centre of the earth. Straight distances between such points need no
/// care at the poles or the antimeridian, and over the tens of metres used here differ from the great circle by less
/// than a nanometre.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place([f64; 3]);

impl Place {
    pub(super) fn centre_of(cell: CellIndex) -> Self {
        let centre = LatLng::from(cell);
        let (sin_lat, cos_lat) = centre.lat_radians().sin_cos();
        let (sin_lng, cos_lng) = centre.lng_radians().sin_cos();
        Self([cos_lat * cos_lng, cos_lat * sin_lng, sin_lat].map(|axis| axis * EARTH_RADIUS_M))
    }

    pub(super) fn distance_m(self, other: Self) -> f64 {
        self.0.iter().zip(other.0).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    /// The place some metres to the east and north of this one.
    pub(super) fn moved(self, east_m: f64, north_m: f64) -> Self {
        let [x, y, z] = self.0;
        let across = x.hypot(y).max(f64::MIN_POSITIVE);
        let (east, radius) = ([-y / across, x / across, 0.0], x.hypot(y).hypot(z));
        let north = [-z * x / (across * radius), -z * y / (across * radius), across / radius];
        let mut moved = self.0;
        for axis in 0..3 {
            moved[axis] += east_m * east[axis] + north_m * north[axis];
        }
        Self(moved)
    }

    /// The cube of side `reach_m` this point lies in.
    fn cube(self, reach_m: f64) -> [i32; 3] {
        #[expect(clippy::cast_possible_truncation, reason = "at most 6.4e6 / reach, far inside i32")]
        self.0.map(|axis| (axis / reach_m).floor() as i32)
    }
}

/// A whole register geocoded to one town centre would make every place the neighbour of every other; work stays bounded
/// when only so many of a cube are looked at. Real streets are far below it.
const PER_CUBE: usize = 2_048;

/// Places sorted into cubes; two places closer than the reach are in the same or in touching cubes.
pub(super) struct Neighbours {
    reach_m: f64,
    cubes: HashMap<[i32; 3], Vec<u32>, Multiply>,
}

impl Neighbours {
    /// An empty index for distances up to `reach_m` metres.
    pub(super) fn new(reach_m: f64) -> Self {
        Self { reach_m, cubes: HashMap::default() }
    }

    /// An index of the places of some points under their positions, for distances up to `reach_m` metres.
    pub(super) fn of(points: &[Point], reach_m: f64) -> Self {
        let mut index = Self::new(reach_m);
        for (number, point) in (0..).zip(points) {
            index.insert(number, point.place);
        }
        index
    }

    /// Adds a place under a number.
    pub(super) fn insert(&mut self, number: u32, place: Place) {
        self.cubes.entry(place.cube(self.reach_m)).or_default().push(number);
    }

    /// Numbers of the places in the cubes around `place`: all within reach, and some beyond. Of a cube that holds very
    /// many, the latest [`PER_CUBE`].
    pub(super) fn around(&self, place: Place) -> impl Iterator<Item = u32> {
        self.before(u32::MAX, place)
    }

    /// As [`Self::around`], but only numbers below one; places must have been inserted in the order of their numbers.
    pub(super) fn before(&self, end: u32, place: Place) -> impl Iterator<Item = u32> {
        let [x, y, z] = place.cube(self.reach_m);
        (-1..=1)
            .flat_map(move |dx| (-1..=1).flat_map(move |dy| (-1..=1).map(move |dz| [x + dx, y + dy, z + dz])))
            .filter_map(|cube| self.cubes.get(&cube))
            .flat_map(move |numbers| {
                let numbers = &numbers[..numbers.partition_point(|&number| number < end)];
                numbers.iter().rev().take(PER_CUBE).copied()
            })
    }
}

/// Hashes three small integers by multiplication; the keys are ours, so no attacker can aim at it.
#[derive(Default, Clone)]
struct Multiply;

impl std::hash::BuildHasher for Multiply {
    type Hasher = Product;

    fn build_hasher(&self) -> Product {
        Product(0)
    }
}

struct Product(u64);

impl std::hash::Hasher for Product {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(4) {
            let word = chunk.iter().fold(0_u64, |word, &byte| word << 8 | u64::from(byte));
            self.0 = (self.0 ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23);
        }
    }
}

#[cfg(test)]
mod tests {
    use h3o::Resolution;

    use super::*;

    fn place(lat: f64, lng: f64) -> Place {
        Place::centre_of(LatLng::new(lat, lng).unwrap().to_cell(Resolution::Fifteen))
    }

    #[test]
    fn neighbours_are_found_across_the_antimeridian_and_at_the_pole() {
        for (a, b) in [((10.0, 179.999_95), (10.0, -179.999_95)), ((89.999_95, 0.0), (89.999_95, 180.0))] {
            let (a, b) = (place(a.0, a.1), place(b.0, b.1));
            assert!(a.distance_m(b) < 25.0);
            let mut index = Neighbours::new(25.0);
            index.insert(7, a);
            assert_eq!(index.around(b).collect::<Vec<_>>(), [7]);
        }
    }

    #[test]
    fn distances_agree_with_the_great_circle() {
        let (a, b) = (LatLng::new(52.5, 13.4).unwrap(), LatLng::new(52.5001, 13.4002).unwrap());
        let straight = place(52.5, 13.4).distance_m(place(52.5001, 13.4002));
        assert!((straight - a.distance_m(b)).abs() < 2.0, "{straight}");
    }
}

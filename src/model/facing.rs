//! Where a camera looks, as a set of ten-degree sectors.

/// Number of sectors of the compass a [`Facing`] distinguishes.
const SECTORS: u32 = 36;

/// A set of directions, in 36 sectors of ten degrees clockwise from north; empty when nothing is known.
///
/// Sector `i` covers bearings from `10 i - 5` to `10 i + 5` degrees. Ten degrees is finer than people judge a
/// camera's direction, and coarse enough that a facing does not single out one report
/// (`docs/adr/0004-facing-as-sectors.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Facing(u64);

/// A bearing or set of bits that is no direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a facing is made of bearings from 0 to 360 degrees")]
pub struct FacingError;

impl Facing {
    /// Nothing known.
    pub const NONE: Self = Self(0);
    /// All round.
    pub const ALL_ROUND: Self = Self((1 << SECTORS) - 1);

    /// One bearing in degrees, 0 to 360 inclusive, clockwise from north.
    ///
    /// # Errors
    /// When the bearing is not finite or outside 0 to 360.
    pub fn bearing(degrees: f64) -> Result<Self, FacingError> {
        Ok(Self(1 << sector(degrees)?))
    }

    /// The clockwise arc from one bearing to another; `338` to `23` passes through north.
    ///
    /// # Errors
    /// When a bearing is not finite or outside 0 to 360.
    pub fn arc(from_degrees: f64, to_degrees: f64) -> Result<Self, FacingError> {
        let (mut at, to) = (sector(from_degrees)?, sector(to_degrees)?);
        if to_degrees - from_degrees >= 360.0 {
            return Ok(Self::ALL_ROUND);
        }
        let mut bits = 1_u64 << at;
        while at != to {
            at = (at + 1) % SECTORS;
            bits |= 1 << at;
        }
        Ok(Self(bits))
    }

    /// Every direction of either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing is known.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// The set as stored: bit `i` is sector `i`.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The set with these stored bits.
    ///
    /// # Errors
    /// When a bit beyond the 36 sectors is set.
    pub const fn from_bits(bits: u64) -> Result<Self, FacingError> {
        if bits >> SECTORS == 0 { Ok(Self(bits)) } else { Err(FacingError) }
    }

    /// The smallest angle in degrees between a direction of one set and a direction of the other; `None` when either
    /// is unknown. Sets that share a sector are 0 apart.
    #[must_use]
    pub fn apart_degrees(self, other: Self) -> Option<u32> {
        if self.is_none() || other.is_none() {
            return None;
        }
        (0..=SECTORS / 2)
            .find(|&turn| self.0 & rotate(other.0, turn) != 0 || self.0 & rotate(other.0, SECTORS - turn) != 0)
            .map(|turn| turn * 10)
    }
}

fn sector(degrees: f64) -> Result<u32, FacingError> {
    if !(0.0..=360.0).contains(&degrees) {
        return Err(FacingError);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 36 after the range check")]
    let index = (degrees / 10.0).round() as u32;
    Ok(index % SECTORS)
}

const fn rotate(bits: u64, sectors: u32) -> u64 {
    ((bits << sectors) | (bits >> (SECTORS - sectors))) & ((1 << SECTORS) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_through_north_is_short() {
        let arc = Facing::arc(338.0, 23.0).unwrap();
        assert_eq!(arc.bits().count_ones(), 5);
        assert_eq!(arc.apart_degrees(Facing::bearing(0.0).unwrap()), Some(0));
        assert_eq!(arc.apart_degrees(Facing::bearing(180.0).unwrap()), Some(160));
    }

    #[test]
    fn opposite_bearings_are_180_apart_and_360_is_north() {
        let (east, west) = (Facing::bearing(90.0).unwrap(), Facing::bearing(270.0).unwrap());
        assert_eq!(east.apart_degrees(west), Some(180));
        assert_eq!(Facing::bearing(360.0), Facing::bearing(0.0));
        assert_eq!(Facing::arc(0.0, 360.0).unwrap(), Facing::ALL_ROUND);
        assert_eq!(east.apart_degrees(Facing::NONE), None);
    }

    #[test]
    fn impossible_bearings_are_refused() {
        for bad in [-1.0, 360.5, f64::NAN, f64::INFINITY, 270_230.0] {
            assert_eq!(Facing::bearing(bad), Err(FacingError));
        }
        assert_eq!(Facing::from_bits(1 << 36), Err(FacingError));
    }
}

//! How well a sighting's place is known, kept as a class.

/// Where a position came from and how far it may be off. The metres themselves are not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum PositionClass {
    /// From somebody's file, without a stated accuracy.
    #[default]
    Import = 0,
    /// A pin put on a map by hand.
    Map = 1,
    /// Satellite positioning with a stated accuracy up to 5 m.
    Gps5 = 2,
    /// Stated accuracy up to 7 m.
    Gps7 = 3,
    /// Stated accuracy up to 10 m.
    Gps10 = 4,
    /// Stated accuracy up to 15 m.
    Gps15 = 5,
    /// Stated accuracy up to 20 m.
    Gps20 = 6,
    /// Worse than 20 m.
    GpsCoarse = 7,
}

impl PositionClass {
    /// Every class, in code order.
    pub const ALL: &'static [Self] =
        &[Self::Import, Self::Map, Self::Gps5, Self::Gps7, Self::Gps10, Self::Gps15, Self::Gps20, Self::GpsCoarse];

    /// The class of a satellite position whose device stated this accuracy, in metres.
    #[must_use]
    pub fn from_accuracy_m(accuracy_m: f64) -> Self {
        match accuracy_m {
            ..=5.0 => Self::Gps5,
            ..=7.0 => Self::Gps7,
            ..=10.0 => Self::Gps10,
            ..=15.0 => Self::Gps15,
            ..=20.0 => Self::Gps20,
            _ => Self::GpsCoarse,
        }
    }

    /// Standard deviation along one axis, in metres, of the position the class stands for.
    ///
    /// A device's accuracy is about a 68 % radius, so sigma = accuracy / 1.51 (Rayleigh); the value is that of the
    /// middle of the class, and of 4.5 m for the best. An import is taken to be as good as a phone under open sky
    /// (gps.gov: 4.9 m); a hand-placed pin is better.
    #[must_use]
    pub const fn sigma_m(self) -> f64 {
        match self {
            Self::Map | Self::Gps5 => 3.0,
            Self::Import | Self::Gps7 => 4.0,
            Self::Gps10 => 5.6,
            Self::Gps15 => 8.3,
            Self::Gps20 => 11.6,
            Self::GpsCoarse => 15.0,
        }
    }

    /// The word of the interface.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Map => "map",
            Self::Gps5 => "gps_5",
            Self::Gps7 => "gps_7",
            Self::Gps10 => "gps_10",
            Self::Gps15 => "gps_15",
            Self::Gps20 => "gps_20",
            Self::GpsCoarse => "gps_coarse",
        }
    }

    /// The number stored in the database.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The class with this stored code.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Import),
            1 => Some(Self::Map),
            2 => Some(Self::Gps5),
            3 => Some(Self::Gps7),
            4 => Some(Self::Gps10),
            5 => Some(Self::Gps15),
            6 => Some(Self::Gps20),
            7 => Some(Self::GpsCoarse),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worse_accuracy_is_never_a_better_class() {
        let classes: Vec<PositionClass> = [0.0, 5.0, 5.1, 7.0, 9.9, 10.1, 15.0, 16.0, 20.0, 20.1, 5000.0]
            .map(PositionClass::from_accuracy_m)
            .to_vec();
        assert!(classes.is_sorted() && classes.is_sorted_by(|a, b| a.sigma_m() <= b.sigma_m()));
        assert_eq!(classes.last(), Some(&PositionClass::GpsCoarse));
    }

    #[test]
    fn codes_find_their_way_back() {
        for class in PositionClass::ALL {
            assert_eq!(PositionClass::from_code(class.code()), Some(*class));
        }
        assert_eq!(PositionClass::from_code(8), None);
    }
}

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
    /// Stated accuracy up to 10 m.
    Gps10 = 3,
    /// Stated accuracy up to 20 m.
    Gps20 = 4,
    /// Worse than 20 m.
    GpsCoarse = 5,
}

impl PositionClass {
    /// Every class, in code order.
    pub const ALL: &'static [Self] = &[Self::Import, Self::Map, Self::Gps5, Self::Gps10, Self::Gps20, Self::GpsCoarse];

    /// The class of a satellite position whose device stated this accuracy, in metres.
    #[must_use]
    pub fn from_accuracy_m(accuracy_m: f64) -> Self {
        if accuracy_m <= 5.0 {
            Self::Gps5
        } else if accuracy_m <= 10.0 {
            Self::Gps10
        } else if accuracy_m <= 20.0 {
            Self::Gps20
        } else {
            Self::GpsCoarse
        }
    }

    /// Standard deviation along one axis, in metres, of the position the class stands for.
    ///
    /// A device's accuracy is about a 68 % radius, so sigma = accuracy / 1.51 (Rayleigh); the value is that of the
    /// class's upper end. An import is taken to be as good as a phone under open sky (gps.gov: 4.9 m at 95 % of a
    /// 1-sigma circle, about 4 m an axis); a hand-placed pin is better.
    #[must_use]
    pub const fn sigma_m(self) -> f64 {
        match self {
            Self::Map => 3.0,
            Self::Gps5 => 3.3,
            Self::Import => 4.0,
            Self::Gps10 => 6.6,
            Self::Gps20 | Self::GpsCoarse => 13.2,
        }
    }

    /// The word of the interface.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Map => "map",
            Self::Gps5 => "gps_5",
            Self::Gps10 => "gps_10",
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
            3 => Some(Self::Gps10),
            4 => Some(Self::Gps20),
            5 => Some(Self::GpsCoarse),
            _ => None,
        }
    }
}

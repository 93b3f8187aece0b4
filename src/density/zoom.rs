//! Which resolution of cells a map shows at which zoom.

use h3o::Resolution;

/// Deepest zoom level of the tiles; maps enlarge it beyond.
pub const MAX_ZOOM: u8 = 14;

/// The resolutions a release holds, coarse to fine.
pub const RESOLUTIONS: [Resolution; 8] = [
    Resolution::Three,
    Resolution::Four,
    Resolution::Five,
    Resolution::Six,
    Resolution::Seven,
    Resolution::Eight,
    Resolution::Nine,
    Resolution::Ten,
];

/// The resolution shown at a zoom level of 512-pixel tiles.
#[must_use]
pub const fn resolution_at(zoom: u8) -> Resolution {
    match zoom {
        0..=4 => Resolution::Three,
        5 | 6 => Resolution::Four,
        7 => Resolution::Five,
        8 => Resolution::Six,
        9 | 10 => Resolution::Seven,
        11 => Resolution::Eight,
        12 | 13 => Resolution::Nine,
        _ => Resolution::Ten,
    }
}

//! Whether two numbers are a place on earth, and one that is meant.

use super::code::Code;
use super::read::{Bounds, ReadOptions};

/// A place in degrees that passed every check.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) longitude: f64,
    pub(super) latitude: f64,
    /// The axes were exchanged to get here.
    pub(super) repaired: bool,
}

/// One of the two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Axis {
    Longitude,
    Latitude,
    Both,
}

/// Why two numbers are no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoPlace {
    pub(super) code: Code,
    pub(super) axis: Axis,
    pub(super) hint: Option<&'static str>,
}

const PROJECTED: &str =
    "the numbers look like metres or feet of a projected coordinate system; convert with ogr2ogr -t_srs EPSG:4326";
const SWAPPED: &str = "the axes look swapped; --bounds together with --repair-swapped can read them";

/// Checks a place. Bounds decide whether exchanged axes are offered for repair, or repaired.
pub(super) fn place(longitude: f64, latitude: f64, options: &ReadOptions<'_>) -> Result<Place, NoPlace> {
    let swap_helps =
        options.bounds.is_some_and(|bounds| on_earth(latitude, longitude) && inside(bounds, latitude, longitude));
    let as_written = on_earth(longitude, latitude);
    if as_written && longitude == 0.0 && latitude == 0.0 {
        return Err(NoPlace { code: Code::NullIsland, axis: Axis::Both, hint: None });
    }
    if as_written && options.bounds.is_none_or(|bounds| inside(bounds, longitude, latitude)) {
        return Ok(Place { longitude, latitude, repaired: false });
    }
    if swap_helps && options.repair_swapped {
        return Ok(Place { longitude: latitude, latitude: longitude, repaired: true });
    }
    if swap_helps {
        return Err(NoPlace { code: Code::AxesSwapped, axis: Axis::Both, hint: None });
    }
    if as_written {
        return Err(NoPlace { code: Code::OutOfBounds, axis: Axis::Both, hint: None });
    }
    if !longitude.is_finite() || !latitude.is_finite() {
        let axis = if longitude.is_finite() { Axis::Latitude } else { Axis::Longitude };
        return Err(NoPlace { code: Code::NotFinite, axis, hint: None });
    }
    let axis = if longitude.abs() > 180.0 { Axis::Longitude } else { Axis::Latitude };
    let hint = if longitude.abs() >= 1000.0 || latitude.abs() >= 1000.0 {
        Some(PROJECTED)
    } else if on_earth(latitude, longitude) {
        Some(SWAPPED)
    } else {
        None
    };
    Err(NoPlace { code: Code::OutOfRange, axis, hint })
}

fn on_earth(longitude: f64, latitude: f64) -> bool {
    longitude.abs() <= 180.0 && latitude.abs() <= 90.0
}

fn inside(bounds: Bounds, longitude: f64, latitude: f64) -> bool {
    let across = bounds.west > bounds.east;
    let between = if across {
        longitude >= bounds.west || longitude <= bounds.east
    } else {
        (bounds.west..=bounds.east).contains(&longitude)
    };
    between && (bounds.south..=bounds.north).contains(&latitude)
}

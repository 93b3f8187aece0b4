//! From a coordinate to a cell.

use h3o::{CellIndex, LatLng, Resolution};

use crate::ingest::Candidate;
use crate::model::{Sighting, is_home};

/// Resolution of a public-space camera's place: cells of about 44 square metres.
const PUBLIC: Resolution = Resolution::Thirteen;
/// Resolution of a home camera's place: cells of about 0.74 square kilometres.
const HOME: Resolution = Resolution::Eight;

/// Replaces the exact place by a cell (promise P1). Every coarser cell is a parent of the resolution-13 cell, never an
/// index of the point itself (promise P2).
///
/// The slot is the one the device assigned, else 0; documents of several features get theirs from
/// `matching::assign_slots`.
#[must_use]
pub fn coarsen(candidate: Candidate) -> Sighting {
    let (longitude, latitude, attributes) = candidate.into_parts();
    let fine = cell(longitude, latitude);
    let home = is_home(attributes.kind, attributes.operator);
    Sighting {
        cell: if home { fine.parent(HOME).unwrap_or(fine) } else { fine },
        kind: attributes.kind,
        operator: attributes.operator,
        mount: attributes.mount,
        linked: attributes.linked,
        maker: attributes.maker,
        basis: attributes.basis,
        facing: attributes.facing,
        heads: attributes.heads,
        week: attributes.week,
        position: attributes.position,
        slot: attributes.slot.unwrap_or(0),
    }
}

/// The resolution-13 cell of a place in degrees. +180 and -180 are one meridian.
fn cell(longitude: f64, latitude: f64) -> CellIndex {
    let longitude = if longitude >= 180.0 { longitude - 360.0 } else { longitude };
    match LatLng::new(latitude, longitude) {
        Ok(place) => place.to_cell(PUBLIC),
        Err(_) => unreachable!("the reader accepts finite coordinates only"),
    }
}

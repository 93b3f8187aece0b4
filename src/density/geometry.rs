//! Outlines of cells, in degrees and in tile coordinates.

use h3o::{CellIndex, LatLng};

/// Latitude beyond which web Mercator ends: atan(sinh(pi)) in degrees.
const MERCATOR_LIMIT_DEGREES: f64 = 85.051_128_779_806_6;

/// The corners of a cell as (longitude, latitude) degrees, counterclockwise, not closed. Longitudes are continuous
/// around the cell's centre, so a cell on the antimeridian has some beyond +-180.
#[must_use]
pub fn boundary_degrees(cell: CellIndex) -> Vec<(f64, f64)> {
    let centre = LatLng::from(cell).lng();
    cell.boundary().iter().map(|corner| (near(corner.lng(), centre), corner.lat())).collect()
}

/// West, south, east and north of some cells, in degrees; `None` without cells. The box is the narrowest one that
/// holds them all, so west may exceed east where they lie around the antimeridian.
#[must_use]
pub fn extent_degrees(cells: impl Iterator<Item = CellIndex>) -> Option<[f64; 4]> {
    let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for cell in cells {
        let corners = boundary_degrees(cell);
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        for (lng, lat) in corners {
            west = west.min(lng);
            east = east.max(lng);
            south = south.min(lat);
            north = north.max(lat);
        }
        spans.push((west, east));
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let &(first_west, first_east) = spans.first()?;
    let last_east = spans.iter().map(|span| span.1).fold(first_east, f64::max);
    // The widest stretch of longitude without a cell is what the box leaves out.
    let mut gap = (first_west + 360.0 - last_east, first_west, last_east);
    let mut reached = first_east;
    for &(west, east) in &spans {
        if west - reached > gap.0 {
            gap = (west - reached, west, reached);
        }
        reached = reached.max(east);
    }
    let (_, west, east) = gap;
    if west < last_east && gap.0 <= 0.0 {
        return Some([-180.0, south, 180.0, north]);
    }
    Some([wrap(west), south, wrap(east), north])
}

/// The longitude equal to `lng` modulo 360 that lies nearest to `centre`.
fn near(lng: f64, centre: f64) -> f64 {
    if lng - centre > 180.0 {
        lng - 360.0
    } else if centre - lng > 180.0 {
        lng + 360.0
    } else {
        lng
    }
}

fn wrap(lng: f64) -> f64 {
    if lng > 180.0 {
        lng - 360.0
    } else if lng < -180.0 {
        lng + 360.0
    } else {
        lng
    }
}

/// Web Mercator of degrees, both axes 0 to 1 over the world, y downwards. Latitudes are clamped to the projection.
#[must_use]
pub fn mercator((lng, lat): (f64, f64)) -> (f64, f64) {
    let lat = lat.clamp(-MERCATOR_LIMIT_DEGREES, MERCATOR_LIMIT_DEGREES).to_radians();
    (lng / 360.0 + 0.5, 0.5 - lat.sin().atanh() / std::f64::consts::TAU)
}

#[cfg(test)]
mod tests {
    use h3o::Resolution;

    use super::*;

    fn cell(lat: f64, lng: f64) -> CellIndex {
        LatLng::new(lat, lng).unwrap().to_cell(Resolution::Five)
    }

    #[test]
    fn an_outline_on_the_antimeridian_is_in_one_piece() {
        let corners = boundary_degrees(cell(-16.5, 180.0));
        let west = corners.iter().map(|c| c.0).fold(f64::INFINITY, f64::min);
        let east = corners.iter().map(|c| c.0).fold(f64::NEG_INFINITY, f64::max);
        assert!(east - west < 1.0, "{west} to {east}");
    }

    #[test]
    fn the_extent_of_fiji_is_narrow_and_that_of_a_city_plain() {
        let [west, _, east, _] = extent_degrees([cell(-17.0, 178.0), cell(-17.0, -179.0)].into_iter()).unwrap();
        assert!(west > 177.0 && east < -178.0, "{west} {east}");
        let [west, south, east, north] = extent_degrees([cell(52.5, 13.4), cell(52.6, 13.0)].into_iter()).unwrap();
        assert!(west < 13.1 && east > 13.3 && east < 14.0 && south < 52.5 && north > 52.6);
        assert_eq!(extent_degrees(std::iter::empty()), None);
    }

    #[test]
    fn mercator_puts_the_equator_in_the_middle_and_stops_at_its_limit() {
        assert_eq!(mercator((0.0, 0.0)), (0.5, 0.5));
        assert!(mercator((180.0, 90.0)).1.abs() < 1e-9);
    }
}

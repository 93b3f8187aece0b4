//! The parameter `bbox`: which features intersect a box of degrees.

use geo::{BoundingRect as _, Coord, Geometry, Intersects as _, LineString, Polygon, Rect};
use h3o::{CellIndex, LatLng};

use crate::density::boundary_degrees;
use crate::http::problem::Problem;

/// A box in CRS84. West may exceed east: then it crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bbox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

impl Bbox {
    /// Reads four numbers, or six of which the heights are left out: our features lie on the ground.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let refused = || {
            Problem::bad_request(
                "bbox is west,south,east,north in degrees, or the same with heights (six numbers); south not above north.",
            )
        };
        let numbers: Option<Vec<f64>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
        let ([west, south, east, north] | [west, south, _, east, north, _]) = numbers.ok_or_else(refused)?[..] else {
            return Err(refused());
        };
        let is_longitude = |degrees: f64| (-180.0..=180.0).contains(&degrees);
        let sound = is_longitude(west)
            && is_longitude(east)
            && (-90.0..=90.0).contains(&south)
            && (south..=90.0).contains(&north);
        if sound { Ok(Self { west, south, east, north }) } else { Err(refused()) }
    }

    /// As it stands in a link.
    pub(super) fn text(&self) -> String {
        let Self { west, south, east, north } = self;
        format!("{west},{south},{east},{north}")
    }

    /// The box in plain coordinates: one rectangle for each turn of the globe that outlines may reach into, since ours are
    /// continuous across the antimeridian.
    fn rectangles(&self) -> impl Iterator<Item = Rect<f64>> + use<> {
        let Self { west, south, east, north } = *self;
        let east = if west > east { east + 360.0 } else { east };
        [-360.0, 0.0, 360.0]
            .into_iter()
            .map(move |turn| Rect::new(Coord { x: west + turn, y: south }, Coord { x: east + turn, y: north }))
    }

    /// Whether a box of bounds reaches into this one; a feature whose bounds do not is never looked at closely.
    pub(super) fn touches(&self, [west, south, east, north]: [f64; 4]) -> bool {
        let bounds = Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north });
        self.rectangles().any(|rectangle| rectangle.intersects(&bounds))
    }

    /// Whether a box of bounds lies wholly in this one.
    pub(super) fn covers(&self, [west, south, east, north]: [f64; 4]) -> bool {
        self.rectangles().any(|rectangle| {
            let (min, max) = (rectangle.min(), rectangle.max());
            min.x <= west && east <= max.x && min.y <= south && north <= max.y
        })
    }

    /// Whether a geometry intersects the box, its boundary included.
    pub(super) fn intersects(&self, geometry: &Geometry<f64>) -> bool {
        let Some(bounds) = geometry.bounding_rect() else { return false };
        self.rectangles().any(|rectangle| rectangle.intersects(&bounds) && rectangle.intersects(geometry))
    }

    /// Whether a cell intersects the box.
    pub(super) fn holds(&self, cell: CellIndex) -> bool {
        // A cell of resolution 3 reaches less than 1.5 degrees of latitude from its centre, each finer one 2.65 times less.
        let reach = 1.5 * 2.6_f64.powi(3 - i32::from(u8::from(cell.resolution())));
        let latitude = LatLng::from(cell).lat();
        if !(self.south - reach..=self.north + reach).contains(&latitude) {
            return false;
        }
        let ring: LineString<f64> = boundary_degrees(cell).into_iter().map(|(x, y)| Coord { x, y }).collect();
        self.intersects(&Geometry::Polygon(Polygon::new(ring, Vec::new())))
    }
}

#[cfg(test)]
mod tests {
    use h3o::Resolution;

    use super::*;

    fn cell(lat: f64, lng: f64) -> CellIndex {
        LatLng::new(lat, lng).unwrap().to_cell(Resolution::Five)
    }

    #[test]
    fn four_or_six_sound_numbers_are_a_box() {
        for bad in ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "0,10,1,5", "0,0,400,1", "nan,0,1,1", "0,0,1,inf", "0,0,1,1,"]
        {
            assert!(Bbox::parse(bad).is_err(), "{bad}");
        }
        let four = Bbox::parse("1, 2,3.5,4").unwrap();
        assert_eq!(Bbox::parse("1,2,-10,3.5,4,9000").unwrap(), four);
        assert_eq!(Bbox::parse(&four.text()).unwrap(), four);
    }

    #[test]
    fn a_cell_whose_edge_alone_lies_in_the_box_counts() {
        let berlin = cell(52.5, 13.4);
        let (x, y) = boundary_degrees(berlin)[0];
        let at = |x: f64, y: f64| Bbox::parse(&format!("{x},{y},{x},{y}")).unwrap();
        assert!(at(x, y).holds(berlin), "a corner");
        assert!(at(13.4, 52.5).holds(berlin), "a point inside");
        let inside_of_bounds_only = boundary_degrees(berlin).iter().map(|c| c.0).fold(f64::INFINITY, f64::min);
        let south = boundary_degrees(berlin).iter().map(|c| c.1).fold(f64::INFINITY, f64::min);
        assert!(!at(inside_of_bounds_only, south).holds(berlin), "a hexagon does not fill its bounds");
        assert!(!at(20.0, 52.5).holds(berlin));
    }

    #[test]
    fn boxes_and_cells_meet_across_the_antimeridian() {
        let fiji = cell(-17.0, 179.99);
        let across = Bbox::parse("177,-20,-178,-15").unwrap();
        assert!(across.holds(fiji) && across.holds(cell(-17.0, -179.9)) && !across.holds(cell(-17.0, 0.0)));
        // An outline that runs on beyond 180 degrees is also the ground at -179.
        let outline = Geometry::Rect(Rect::new(Coord { x: 179.0, y: 0.0 }, Coord { x: 181.5, y: 1.0 })).bounding_rect();
        let outline = Geometry::Rect(outline.unwrap());
        let west = Bbox::parse("-179,0,-178.8,1").unwrap();
        assert!(west.intersects(&outline) && west.touches([179.0, 0.0, 181.5, 1.0]));
        assert!(!Bbox::parse("-178,0,-177,1").unwrap().intersects(&outline));
    }
}

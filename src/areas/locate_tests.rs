//! Points of borders, overlaps and far sides of the world.

use geo::{Contains as _, Intersects as _, MultiPolygon, Point, wkt};
use h3o::Resolution;
use proptest::prelude::*;

use super::*;
use crate::model::{Area, AreaFit};

fn set(areas: &[(&str, MultiPolygon<f64>)]) -> AreaSet {
    let areas = areas.iter().map(|(slug, outline)| Area {
        slug: (*slug).to_owned(),
        name: (*slug).to_owned(),
        population: None,
        outline: outline.clone(),
    });
    AreaSet {
        slug: "wards".to_owned(),
        name: "Wards".to_owned(),
        edition: String::new(),
        licence: String::new(),
        attribution: None,
        population: None,
        fit: AreaFit::default(),
        areas: areas.collect(),
    }
}

fn square(west: f64, south: f64, side: f64) -> MultiPolygon<f64> {
    let (east, north) = (west + side, south + side);
    MultiPolygon(vec![geo::Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }).to_polygon()])
}

fn chessboard() -> AreaSet {
    set(&[
        ("sw", square(0.0, 0.0, 1.0)),
        ("se", square(1.0, 0.0, 1.0)),
        ("nw", square(0.0, 1.0, 1.0)),
        ("ne", square(1.0, 1.0, 1.0)),
    ])
}

#[test]
fn a_border_belongs_to_the_area_on_its_east_or_north() {
    let set = chessboard();
    let locator = Locator::new(&set);
    let slug = |x, y| locator.at(x, y).map(|number| set.areas[number].slug.as_str());
    assert_eq!(slug(1.0, 0.5), Some("se"));
    assert_eq!(slug(0.5, 1.0), Some("nw"));
    assert_eq!(slug(1.0, 1.0), Some("ne"));
    // The outer border: its western and southern sides belong to the set, the others do not.
    assert_eq!((slug(0.0, 0.0), slug(0.0, 0.5), slug(0.5, 0.0)), (Some("sw"), Some("sw"), Some("sw")));
    assert_eq!((slug(2.0, 0.5), slug(0.5, 2.0), slug(2.0, 2.0)), (None, None, None));
}

#[test]
fn where_areas_overlap_the_first_by_slug_has_the_ground_whatever_their_order() {
    let (a, b) = (("b", square(0.0, 0.0, 2.0)), ("a", square(1.0, 1.0, 2.0)));
    for areas in [[a.clone(), b.clone()], [b, a]] {
        let set = set(&areas);
        let found = Locator::new(&set).at(1.5, 1.5).unwrap();
        assert_eq!(set.areas[found].slug, "a");
    }
}

#[test]
fn a_hole_is_outside_and_an_island_in_it_inside() {
    let lake = wkt!(MULTIPOLYGON(((0. 0.,9. 0.,9. 9.,0. 9.,0. 0.),(1. 1.,1. 8.,8. 8.,8. 1.,1. 1.)),((3. 3.,5. 3.,5. 5.,3. 3.))));
    let locator = Locator::new(&set(&[("lake", lake)]));
    assert_eq!((locator.at(0.5, 0.5), locator.at(2.0, 2.0), locator.at(4.5, 3.5)), (Some(0), None, Some(0)));
}

#[test]
fn an_area_across_the_antimeridian_is_found_from_both_sides() {
    for outline in [square(178.0, -20.0, 4.0), square(-182.0, -20.0, 4.0)] {
        let locator = Locator::new(&set(&[("fiji", outline)]));
        for (longitude, found) in
            [(179.0, true), (-179.0, true), (180.0, true), (-180.0, true), (177.0, false), (-177.0, false)]
        {
            assert_eq!(locator.at(longitude, -18.0).is_some(), found, "{longitude}");
        }
        let cell = LatLng::new(-18.0, -179.5).unwrap().to_cell(Resolution::Thirteen);
        assert_eq!(locator.area_of(cell), Some(0));
    }
}

#[test]
fn no_areas_hold_nothing() {
    assert_eq!(Locator::new(&set(&[])).at(0.0, 0.0), None);
    assert_eq!(Locator::new(&set(&[("empty", MultiPolygon(Vec::new()))])).at(0.0, 0.0), None);
}

/// A star around the origin: valid whatever the radii.
fn star(radii: &[f64]) -> MultiPolygon<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred corners")]
    let corner = |i: usize, r: f64| {
        let angle = std::f64::consts::TAU * i as f64 / radii.len() as f64;
        (r * angle.cos(), r * angle.sin())
    };
    let ring: Vec<(f64, f64)> = radii.iter().enumerate().map(|(i, &r)| corner(i, r)).collect();
    MultiPolygon(vec![geo::Polygon::new(ring.into(), Vec::new())])
}

proptest! {
    #[test]
    fn off_the_border_it_agrees_with_plain_containment(
        radii in prop::collection::vec(0.1..2.0_f64, 3..200),
        points in prop::collection::vec((-2.1..2.1_f64, -2.1..2.1_f64), 50),
    ) {
        let star = star(&radii);
        let locator = Locator::new(&set(&[("star", star.clone())]));
        for (x, y) in points {
            let point = Point::new(x, y);
            if star.contains(&point) || !star.intersects(&point) {
                prop_assert_eq!(locator.at(x, y).is_some(), star.contains(&point));
            }
        }
    }

    #[test]
    fn every_point_of_a_tiled_square_lies_in_exactly_one_tile(
        // Corners, crossings and points on the diagonals: whatever the areas share.
        inner in (1_i32..15, 1_i32..15),
        points in prop::collection::vec((0_i32..32, 0_i32..32), 60),
    ) {
        let at = |x: i32, y: i32| Coord { x: f64::from(x) / 2.0, y: f64::from(y) / 2.0 };
        let (cx, cy) = (2 * inner.0, 2 * inner.1);
        let corners = [(0, 0), (32, 0), (32, 32), (0, 32), (0, 0)];
        let tiles: Vec<MultiPolygon<f64>> = corners
            .windows(2)
            .map(|pair| {
                let ring = vec![at(pair[0].0, pair[0].1), at(pair[1].0, pair[1].1), at(cx, cy)];
                MultiPolygon(vec![geo::Polygon::new(ring.into(), Vec::new())])
            })
            .collect();
        let alone: Vec<Locator> = tiles.iter().map(|tile| Locator::new(&set(&[("tile", tile.clone())]))).collect();
        for (x, y) in points {
            let Coord { x, y } = at(x, y);
            let holders = alone.iter().filter(|locator| locator.at(x, y).is_some()).count();
            prop_assert_eq!(holders, 1, "({}, {})", x, y);
        }
    }
}

//! Tiles read back.

use std::collections::{BTreeMap, BTreeSet};

use fast_mvt::MvtReaderRef;
use geo::wkt;

use super::*;

fn feature<'a>(outline: &'a MultiPolygon<f64>, slug: &str) -> AreaFeature<'a> {
    let text = |key: &str, value: &str| (key.to_owned(), TileValue::Text(value.to_owned()));
    let number = |key: &str, value: f64| (key.to_owned(), TileValue::Number(value));
    AreaFeature { outline, properties: vec![text("slug", slug), number("n", 12.0), number("rate", 0.25)] }
}

fn square(west: f64, south: f64, side: f64) -> MultiPolygon<f64> {
    let rect = geo::Rect::new(Coord { x: west, y: south }, Coord { x: west + side, y: south + side });
    MultiPolygon(vec![rect.to_polygon()])
}

#[test]
fn a_tile_reads_back_with_its_properties_and_whole_numbers_whole() {
    let ward = square(-77.1, 38.8, 0.1);
    let tiles = area_tiles(&[feature(&ward, "ward-1")]).unwrap();
    let tile = tiles.iter().find(|tile| tile.z == 10).unwrap();
    let reader = MvtReaderRef::new(&tile.bytes).unwrap();
    let layer = reader.layers().next().unwrap();
    assert_eq!(layer.name(), AREA_LAYER);
    let feature = layer.features().next().unwrap();
    let properties: BTreeMap<String, String> =
        feature.properties().map(|p| p.unwrap()).map(|(k, v)| (k.to_string(), format!("{v:?}"))).collect();
    assert!(properties["slug"].contains("ward-1"), "{properties:?}");
    assert!(properties["n"].contains("12") && !properties["n"].contains("12.0"), "{properties:?}");
    assert!(properties["rate"].contains("0.25"), "{properties:?}");
}

/// The ground of a layer in units of its tile, without the buffer.
fn ground(tile: &AreaTile) -> f64 {
    use geo::{Area as _, BooleanOps as _};
    let reader = mvt_reader::Reader::new(tile.bytes.clone()).unwrap();
    let window = geo::Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: EXTENT, y: EXTENT }).to_polygon();
    let mut ground = 0.0;
    for feature in reader.get_features(0).unwrap() {
        let parts: MultiPolygon<f32> = match feature.geometry {
            geo::Geometry::Polygon(one) => MultiPolygon(vec![one]),
            geo::Geometry::MultiPolygon(many) => many,
            other => panic!("{other:?}"),
        };
        let parts = parts.map_coords(|corner| Coord { x: f64::from(corner.x), y: f64::from(corner.y) });
        ground += parts.intersection(&window).unsigned_area();
    }
    ground
}

#[test]
fn the_tiles_of_a_zoom_together_cover_the_area_and_no_more() {
    let with_hole = wkt!(MULTIPOLYGON(((0.3 0.4,7.1 1.2,6.2 6.9,1.1 5.8,0.3 0.4),(2. 2.,2.5 4.,4. 3.,2. 2.)),((8. 8.,9. 8.,9. 9.,8. 8.))));
    let tiles = area_tiles(&[feature(&with_hole, "a")]).unwrap();
    let projected = with_hole.map_coords(|c| {
        let (x, y) = mercator((c.x, c.y));
        Coord { x, y }
    });
    let expected = geo::Area::unsigned_area(&projected);
    for z in [4_u8, 7, 9] {
        let units = EXTENT * f64::from(1_u32 << z);
        let found: f64 = tiles.iter().filter(|tile| tile.z == z).map(ground).sum::<f64>() / units / units;
        assert!((found / expected - 1.0).abs() < 0.01, "zoom {z}: {found} of {expected}");
    }
}

#[test]
fn a_zoom_with_too_many_tiles_ends_the_pyramid() {
    let country = square(0.0, 40.0, 12.0);
    let tiles = area_tiles(&[feature(&country, "a")]).unwrap();
    let mut by_zoom: BTreeMap<u8, usize> = BTreeMap::new();
    for tile in &tiles {
        *by_zoom.entry(tile.z).or_default() += 1;
    }
    let (&last, _) = by_zoom.last_key_value().unwrap();
    assert_eq!(by_zoom.len(), usize::from(last) + 1, "no zoom is missing");
    assert!((9..12).contains(&last), "{last}");
    assert!(by_zoom.values().all(|count| *count <= MAX_TILES_PER_ZOOM));
    let city = square(13.3, 52.4, 0.2);
    assert_eq!(area_tiles(&[feature(&city, "a")]).unwrap().last().unwrap().z, MAX_ZOOM);
}

#[test]
fn an_area_across_the_antimeridian_is_drawn_on_both_edges_of_the_world() {
    let fiji = square(178.0, -19.0, 4.0);
    let tiles = area_tiles(&[feature(&fiji, "fiji")]).unwrap();
    let columns: BTreeSet<u32> = tiles.iter().filter(|tile| tile.z == 4).map(|tile| tile.x).collect();
    assert_eq!(columns, BTreeSet::from([0, 15]));
}

#[test]
fn a_long_shoreline_is_drawn_with_few_corners_from_afar() {
    let corner = |i: u32| {
        let (angle, radius) = (f64::from(i) / 20_000.0 * std::f64::consts::TAU, 0.2 + 0.0005 * f64::from(i % 2));
        Coord { x: -74.0 + radius * angle.cos(), y: 40.7 + radius * angle.sin() }
    };
    let shore = MultiPolygon(vec![Polygon::new(LineString((0..20_000).map(corner).collect()), Vec::new())]);
    let tiles = area_tiles(&[feature(&shore, "shore")]).unwrap();
    let largest = |z: u8| tiles.iter().filter(|tile| tile.z == z).map(|tile| tile.bytes.len()).max().unwrap();
    assert!(largest(6) < 1_000, "{}", largest(6));
    assert!(tiles.iter().map(|tile| tile.bytes.len()).max().unwrap() < 100_000);
}

#[test]
fn nothing_to_draw_is_no_tile() {
    assert_eq!(area_tiles(&[]).unwrap(), []);
    let empty = MultiPolygon(Vec::new());
    assert_eq!(area_tiles(&[feature(&empty, "a")]).unwrap(), []);
}

#[test]
fn the_same_areas_give_the_same_bytes() {
    let (one, two) = (square(5.0, 5.0, 1.0), square(6.0, 5.0, 1.0));
    let features = [feature(&one, "a"), feature(&two, "b")];
    assert_eq!(area_tiles(&features).unwrap(), area_tiles(&features).unwrap());
}

//! Boundary files as their publishers give them, and counts by area against an independent count of the exact points.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use camera_census::areas::{AreaOptions, Locator, Remarks, km2, read};
use camera_census::model::{AreaSet, PopulationSource};
use h3o::{LatLng, Resolution};
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, PointDistance as _, RTree};
use serde_json::Value;

use crate::{points, shared_data};

fn load(path: &Path, options: AreaOptions) -> (AreaSet, Remarks) {
    let options = AreaOptions { set: "areas".to_owned(), ..options };
    read(&fs::read(path).unwrap(), &options).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// File, areas, invalid outlines, overlapping pairs, square kilometres of overlaps and of gaps. Worked out by shapely 2
/// and pyproj, with the same rule of slivers.
const FILES: &[(&str, usize, u32, u32, f64, f64)] = &[
    ("city_neighborhoods/chicago.geojson", 98, 4, 0, 0.0, 8.8144),
    ("city_neighborhoods/new-orleans.geojson", 73, 0, 0, 0.0, 0.0),
    // The 17 of its SOURCE.md are those that overlap by more than a thousandth of the smaller area.
    ("city_neighborhoods/paris.geojson", 20, 0, 37, 0.1924, 0.0905),
    ("city_neighborhoods/san-francisco.geojson", 37, 3, 1, 0.0002, 0.0078),
    ("city_neighborhoods/seattle.geojson", 90, 0, 0, 0.0, 0.0004),
    ("city_neighborhoods/toronto.geojson", 140, 1, 0, 0.0, 0.0),
    ("nyc_areas/borough.geojson", 5, 0, 0, 0.0, 0.0055),
    ("nyc_areas/community_district.geojson", 59, 0, 0, 0.0, 11.1726),
    ("nyc_areas/council_district.geojson", 51, 0, 0, 0.0, 0.0055),
    ("dc_opendata/ward-2012.geojson", 8, 0, 0, 0.0, 0.0),
    ("dc_opendata/wards-by-population-2002.geojson", 8, 0, 0, 0.0, 0.0),
    ("dc_opendata/neighborhood-clusters.geojson", 39, 0, 2, 0.0017, 0.3121),
    ("natural_earth/countries_lowres.geojson", 177, 0, 0, 0.0, 387_875.469_4),
    ("us_alpr_osm/states-metrics.geojson", 52, 0, 32, 238.4204, 847.8704),
];

#[test]
fn every_boundary_file_is_read_whole_and_fits_together_as_measured_independently() {
    let Some(shared) = shared_data() else { return };
    for &(file, areas, repaired, pairs, overlap_km2, gap_km2) in FILES {
        let (set, remarks) = load(&shared.join(file), AreaOptions::default());
        assert_eq!((set.areas.len(), remarks.problems.len()), (areas, 0), "{file}");
        assert_eq!((set.fit.repaired, set.fit.overlapping_pairs), (repaired, pairs), "{file}: {:?}", set.fit);
        for (found, expected) in [(set.fit.overlap_km2, overlap_km2), (set.fit.gap_km2, gap_km2)] {
            // Coordinates are rounded to a grid of 2^-31 of the extent while polygons are cut.
            assert!((found - expected).abs() < 2e-4 + expected * 2e-4, "{file}: {:?}", set.fit);
        }
    }
}

#[test]
fn what_is_not_geojson_or_no_outline_is_refused_by_name() {
    let Some(shared) = shared_data() else { return };
    for (file, code) in [
        ("city_neighborhoods/londonBoroughs.topojson", "topojson"),
        ("natural_earth/countries-110m.json", "topojson"),
        ("natural_earth/countries-50m.json.gz", "not_text"),
        ("natural_earth/cities.geojson", "not_an_outline"),
        ("natural_earth/shp", ""),
        ("luxembourg_kml/cameras.kml", "markup"),
        ("perth/cameras_database.json", "not_geojson"),
    ] {
        let path = shared.join(file);
        if path.is_dir() {
            for part in fs::read_dir(&path).unwrap() {
                let bytes = fs::read(part.unwrap().path()).unwrap();
                assert!(read(&bytes, &AreaOptions { set: "x".to_owned(), ..AreaOptions::default() }).is_err());
            }
            continue;
        }
        let options = AreaOptions { set: "x".to_owned(), ..AreaOptions::default() };
        let refused = read(&fs::read(&path).unwrap(), &options).unwrap_err();
        assert_eq!(refused.0.code, code, "{file}");
    }
}

#[test]
fn square_kilometres_and_populations_equal_the_published_ones() {
    let Some(shared) = shared_data() else { return };
    let states = AreaOptions {
        population_field: Some("population".to_owned()),
        population: Some(PopulationSource { source: "US Census Bureau".to_owned(), year: 2024 }),
        ..AreaOptions::default()
    };
    let wards = AreaOptions {
        population_field: Some("POP2000".to_owned()),
        population: Some(PopulationSource { source: "Census 2000".to_owned(), year: 2000 }),
        ..AreaOptions::default()
    };
    let dc = expected(&shared, "dc_opendata");
    let cctv = &dc["layers"]["cctv-street-cameras"];
    let mut compared = 0;
    for (file, options, expected) in [
        ("us_alpr_osm/states-metrics.geojson", states, &expected(&shared, "us_alpr_osm")["by_state"]),
        ("dc_opendata/wards-by-population-2002.geojson", wards, &cctv["by_ward_2002_with_population"]),
        ("dc_opendata/ward-2012.geojson", AreaOptions::default(), &cctv["by_ward_2012"]),
        ("dc_opendata/neighborhood-clusters.geojson", AreaOptions::default(), &cctv["by_neighborhood_cluster"]),
        (
            "city_neighborhoods/new-orleans.geojson",
            AreaOptions::default(),
            &expected(&shared, "new_orleans")["by_neighborhood"],
        ),
    ] {
        for area in &load(&shared.join(file), options).0.areas {
            let expected = &expected["per_area"][&area.name];
            let published = expected["km2_geodesic"].as_f64().unwrap();
            // Published with four decimals.
            assert!((km2(area) - published).abs() < 2e-4, "{file}, {}: {} and {published}", area.name, km2(area));
            assert_eq!(area.population, expected["population"].as_u64(), "{file}, {}", area.name);
            compared += 1;
        }
    }
    assert_eq!(compared, 52 + 8 + 8 + 39 + 73);
}

fn expected(shared: &Path, name: &str) -> Value {
    serde_json::from_slice(&fs::read(shared.join(format!("expected/{name}.json"))).unwrap()).unwrap()
}

/// Circumradius of the largest cell of resolution 13, metres, rounded up: the centre of a point's cell is no further.
const RADIUS_M: f64 = 6.0;
const METRES_PER_DEGREE: f64 = 111_320.0;

/// Borders on a plane of metres around the latitude of a point, read from the file without any code of the program.
struct Borders {
    edges: RTree<GeomWithData<Line<[f64; 2]>, String>>,
}

impl Borders {
    fn read(path: &Path, field: &str) -> Self {
        let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let mut edges = Vec::new();
        for feature in file["features"].as_array().unwrap() {
            let name = feature["properties"][field].as_str().unwrap();
            let coordinates = &feature["geometry"]["coordinates"];
            let is_polygon = feature["geometry"]["type"] == "Polygon";
            let polygons = if is_polygon { vec![coordinates.clone()] } else { coordinates.as_array().unwrap().clone() };
            for ring in polygons.iter().flat_map(|polygon| polygon.as_array().unwrap()) {
                let corners: Vec<[f64; 2]> = ring
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|at| [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()])
                    .collect();
                let lines =
                    corners.windows(2).map(|pair| GeomWithData::new(Line::new(pair[0], pair[1]), name.to_owned()));
                edges.extend(lines);
            }
        }
        Self { edges: RTree::bulk_load(edges) }
    }

    /// Names of the areas with a border within [`RADIUS_M`] of a point.
    fn near(&self, (x, y): (f64, f64)) -> Vec<String> {
        let stretch = y.to_radians().cos();
        let (dx, dy) = (RADIUS_M / METRES_PER_DEGREE / stretch, RADIUS_M / METRES_PER_DEGREE);
        let around = AABB::from_corners([x - dx, y - dy], [x + dx, y + dy]);
        let close = self.edges.locate_in_envelope_intersecting(&around).filter(|edge| {
            let metres = |at: [f64; 2]| [(at[0] - x) * stretch * METRES_PER_DEGREE, (at[1] - y) * METRES_PER_DEGREE];
            let line = Line::new(metres(edge.geom().from), metres(edge.geom().to));
            line.distance_2(&[0.0, 0.0]) <= RADIUS_M * RADIUS_M
        });
        let mut names: Vec<String> = close.map(|edge| edge.data.clone()).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// Counts the centres of the points' cells by area and compares with the exact counts: an area may differ by the points
/// that lie within a cell's radius of its own border or in several areas, and by no more. Returns how many points lie near any border.
fn reconcile(name: &str, file: &Path, field: &str, points: &[(f64, f64)], expected: &Value) -> usize {
    let options = AreaOptions { name_field: Some(field.to_owned()), ..AreaOptions::default() };
    let set = load(file, options).0;
    let locator = Locator::new(&set);
    let borders = Borders::read(file, field);
    let mut counted: BTreeMap<&str, i64> = BTreeMap::new();
    let (mut unassigned, mut near_any) = (0, 0);
    let mut near: BTreeMap<String, i64> = BTreeMap::new();
    for &(x, y) in points {
        let cell = LatLng::new(y, x).unwrap().to_cell(Resolution::Thirteen);
        match locator.area_of(cell) {
            Some(area) => *counted.entry(&set.areas[area].name).or_default() += 1,
            None => unassigned += 1,
        }
        let names = borders.near((x, y));
        near_any += usize::from(!names.is_empty());
        for name in names {
            *near.entry(name).or_default() += 1;
        }
    }
    assert_eq!(counted.values().sum::<i64>() + unassigned, i64::try_from(points.len()).unwrap(), "{name}: the total");
    // Those in several areas count in each of them there, and once here.
    let shared = expected["rows_in_more_than_one_area"].as_i64().unwrap();
    let mut moved = 0;
    for area in &set.areas {
        let exact = expected["per_area"][&area.name]["rows"].as_i64().unwrap();
        let found = counted.get(area.name.as_str()).copied().unwrap_or(0);
        let allowed = near.get(&area.name).copied().unwrap_or(0);
        assert!(
            (found - exact).abs() <= allowed + shared,
            "{name}, {}: {found} and {exact}, {allowed} near",
            area.name
        );
        moved += (found - exact).abs();
    }
    let outside = expected["rows_in_no_area"].as_i64().unwrap();
    assert!(usize::try_from((unassigned - outside).abs()).unwrap() <= near_any, "{name}: {unassigned} and {outside}");
    eprintln!(
        "{name}: {} points, {near_any} within {RADIUS_M} m of a border, counts differ by {moved} in all, {unassigned} unassigned ({outside} exactly)",
        points.len()
    );
    near_any
}

#[test]
fn counts_by_area_of_cells_equal_those_of_points_but_for_points_near_a_border() {
    let Some(shared) = shared_data() else { return };
    let sets = points::all(&shared);
    let points = |name: &str| sets.iter().find(|set| set.name == name).unwrap().points.clone();
    let dc = expected(&shared, "dc_opendata");
    let mut all = Vec::new();
    for (set, layer) in [
        ("dc_cctv", "cctv-street-cameras"),
        ("dc_red_light", "red-light-cameras"),
        ("dc_speed", "speed-camera"),
        ("dc_traffic", "traffic-camera"),
    ] {
        let found = points(set);
        for (file, key) in [
            ("ward-2012", "by_ward_2012"),
            ("wards-by-population-2002", "by_ward_2002_with_population"),
            ("neighborhood-clusters", "by_neighborhood_cluster"),
        ] {
            let file = shared.join(format!("dc_opendata/{file}.geojson"));
            reconcile(&format!("{layer} {key}"), &file, "NAME", &found, &dc["layers"][layer][key]);
        }
        all.extend(found);
    }
    let wards = shared.join("dc_opendata/ward-2012.geojson");
    reconcile("all of DC", &wards, "NAME", &all, &dc["all_four_concatenated_in_the_order_listed"]["by_ward_2012"]);

    let new_orleans = &expected(&shared, "new_orleans")["by_neighborhood"];
    let file = shared.join("city_neighborhoods/new-orleans.geojson");
    reconcile("New Orleans", &file, "name", &points("new_orleans"), new_orleans);

    let states = &expected(&shared, "us_alpr_osm")["by_state"];
    let file = shared.join("us_alpr_osm/states-metrics.geojson");
    let near = reconcile("US states", &file, "name", &points("us_alpr_osm"), states);
    assert!(near < 61, "{near} of 61,768 points lie near a state border");
}

#[test]
fn a_camera_on_the_border_of_two_wards_is_counted_once() {
    let Some(shared) = shared_data() else { return };
    let set = load(&shared.join("dc_opendata/ward-2012.geojson"), AreaOptions::default()).0;
    let cell = LatLng::new(38.887_574_066_067_71, -77.015_180_294_914_88).unwrap().to_cell(Resolution::Thirteen);
    let found = Locator::new(&set).area_of(cell).map(|area| set.areas[area].name.as_str());
    assert!(matches!(found, Some("Ward 2" | "Ward 6")), "{found:?}");
}

#[test]
fn the_command_imports_once_and_says_what_it_found() {
    let Some(shared) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_camera-census"))
            .args(["--json", "--database"])
            .arg(format!("sqlite:{}", folder.path().join("census.db").display()))
            .args(["areas"])
            .args(arguments)
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (output.status.code().unwrap(), report)
    };
    let path = |file: &str| shared.join(file).display().to_string();
    let wards = path("dc_opendata/wards-by-population-2002.geojson");
    let import = |file: &str, more: &[&str]| run(&[&["import", file, "--set", "wards"], more].concat());
    let population =
        ["--population-field", "POP2000", "--population-source", "Census 2000", "--population-year", "2000"];

    let (code, dry) = import(&wards, &[&["--edition", "2002", "--dry-run"], population.as_slice()].concat());
    assert_eq!((code, &dry["added"], &dry["set"]["areas"]), (0, &Value::from(true), &Value::from(8)));
    assert_eq!(dry["set"]["population"], 572_059, "the Census of 2000 counted so many in the District");
    for added in [true, false] {
        let (code, report) = import(&wards, &[&["--edition", "2002"], population.as_slice()].concat());
        assert_eq!((code, &report["added"]), (0, &Value::from(added)));
    }
    let newer = path("dc_opendata/ward-2012.geojson");
    assert_eq!(import(&newer, &["--edition", "2002"]).0, 1);
    assert_eq!(import(&newer, &["--edition", "2012"]).0, 0);
    assert_eq!(import(&newer, &["--edition", "last year"]).0, 2);
    let (code, repaired) =
        run(&["import", &path("city_neighborhoods/toronto.geojson"), "--set", "Toronto", "--dry-run"]);
    assert_eq!((code, &repaired["set"]["repaired"]), (3, &Value::from(1)));
    let (code, refused) = run(&["import", &path("natural_earth/countries-110m.json"), "--set", "x"]);
    assert_eq!((code, &refused["files"][0]["problems"][0]["code"]), (3, &Value::from("topojson")));
    assert_eq!(refused["set"], Value::Null);

    let (code, listed) = run(&["list"]);
    let listed: Vec<_> = listed["area_sets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|set| (set["set"].as_str().unwrap(), set["edition"].as_str().unwrap(), set["latest"].as_bool().unwrap()))
        .collect();
    assert_eq!((code, listed), (0, vec![("wards", "2002", false), ("wards", "2012", true)]));
}

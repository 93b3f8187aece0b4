//! Totals and cells against an independent count.

use std::collections::BTreeMap;
use std::fs;

use h3o::{CellIndex, LatLng, Resolution};
use serde_json::Value;

use crate::{map_once, points, shared_data};

#[test]
fn every_cell_of_every_data_set_equals_an_independent_count_of_parents_of_the_finest_cell() {
    let Some(shared) = shared_data() else { return };
    for set in points::all(&shared) {
        let folder = tempfile::tempdir().unwrap();
        let report = map_once(&set.files, set.mapping, folder.path());
        let counted = set.points.len() as u64;
        assert_eq!(report["accepted"].as_u64().unwrap(), counted + set.homes, "{}", set.name);
        assert_eq!(report["refused"].as_u64().unwrap(), set.not_counted, "{}", set.name);
        assert_eq!(report["summary"]["sightings"].as_u64().unwrap(), counted, "{}", set.name);
        let finest: Vec<CellIndex> =
            set.points.iter().map(|&(x, y)| LatLng::new(y, x).unwrap().to_cell(Resolution::Thirteen)).collect();
        for number in 3..=10_u8 {
            let resolution = Resolution::try_from(number).unwrap();
            let mut expected: BTreeMap<String, u64> = BTreeMap::new();
            for cell in &finest {
                *expected.entry(cell.parent(resolution).unwrap().to_string()).or_default() += 1;
            }
            let table = fs::read(folder.path().join(format!("cells-r{number}.csv"))).unwrap();
            let found: BTreeMap<String, u64> = csv::Reader::from_reader(table.as_slice())
                .records()
                .map(|row| row.unwrap())
                .map(|row| (row[0].to_owned(), row[1].parse().unwrap()))
                .filter(|(_, sightings)| *sightings > 0)
                .collect();
            assert_eq!(found, expected, "{} at resolution {number}", set.name);
        }
    }
}

#[test]
fn accepted_rows_equal_the_published_expectations() {
    let Some(shared) = shared_data() else { return };
    let expected = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(shared.join(format!("expected/{name}.json"))).unwrap()).unwrap()
    };
    let mut checked = 0;
    for set in points::all(&shared) {
        let usable = match set.name {
            "dc_cctv" => expected("dc_opendata")["layers"]["cctv-street-cameras"]["validity"]["usable"].clone(),
            "dc_red_light" => expected("dc_opendata")["layers"]["red-light-cameras"]["validity"]["usable"].clone(),
            "dc_speed" => expected("dc_opendata")["layers"]["speed-camera"]["validity"]["usable"].clone(),
            "dc_traffic" => expected("dc_opendata")["layers"]["traffic-camera"]["validity"]["usable"].clone(),
            "chicago_red_light" | "chicago_speed" => continue,
            name => expected(name)["validity"]["usable"].clone(),
        };
        let accounted = set.points.len() as u64 + set.not_counted + set.homes;
        assert_eq!(usable.as_u64().unwrap(), accounted, "{}", set.name);
        checked += 1;
    }
    assert_eq!(checked, 9);
}

/// `expected/` indexes points directly at each resolution, which differs from parents of the finest cell for a few per
/// cent of points; totals agree and most cells do.
#[test]
fn cells_agree_with_direct_indexing_but_for_the_few_points_near_a_border() {
    let Some(shared) = shared_data() else { return };
    for set in points::all(&shared).into_iter().filter(|set| set.points.len() > 500) {
        let place = |&(x, y): &(f64, f64)| LatLng::new(y, x).unwrap();
        let moved = set
            .points
            .iter()
            .filter(|at| {
                let parent = place(at).to_cell(Resolution::Thirteen).parent(Resolution::Seven).unwrap();
                parent != place(at).to_cell(Resolution::Seven)
            })
            .count();
        assert!(moved > 0, "{}: the two ways of indexing are expected to differ somewhere", set.name);
        assert!(moved * 100 < set.points.len() * 15, "{}: {moved} of {}", set.name, set.points.len());
    }
}

#[test]
fn the_same_files_give_the_same_bytes_and_so_do_shuffled_lines() {
    let Some(shared) = shared_data() else { return };
    let text = fs::read_to_string(shared.join("dc_opendata/cctv-street-cameras.geojson")).unwrap();
    let collection: Value = serde_json::from_str(&text).unwrap();
    let features = collection["features"].as_array().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, order: &mut dyn Iterator<Item = &Value>| {
        let path = folder.path().join(name);
        let lines: Vec<String> = order.map(ToString::to_string).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        path
    };
    let n = features.len();
    let straight = write("a.ndjson", &mut features.iter());
    let shuffled = write("b.ndjson", &mut (0..n).map(|i| &features[i * 7919 % n]));
    let read = |name: &str| {
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder.path().join(name)).unwrap().map(|entry| entry.unwrap()) {
            files.insert(entry.file_name(), fs::read(entry.path()).unwrap());
        }
        files
    };
    for (out, file) in [("one", &straight), ("two", &straight), ("three", &shuffled)] {
        map_once(std::slice::from_ref(file), Some("dc_cctv.toml"), &folder.path().join(out));
    }
    assert!(read("one") == read("two"), "the same file twice");
    assert!(read("one") == read("three"), "the same lines in another order");
}

#[test]
fn a_directory_that_is_not_empty_is_left_alone() {
    let Some(shared) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("precious.txt"), "x").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_camera-census"))
        .arg("map")
        .arg(shared.join("dakar/cameras.geojson"))
        .arg("--once")
        .arg(folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

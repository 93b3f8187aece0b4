//! The points of each data set, read without any code of the program.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// One data set: its files, its mapping, and where its points are.
pub(crate) struct DataSet {
    pub(crate) name: &'static str,
    pub(crate) files: Vec<PathBuf>,
    pub(crate) mapping: Option<&'static str>,
    /// Longitude and latitude of every row the census counts as a public-space camera.
    pub(crate) points: Vec<(f64, f64)>,
    /// Rows that are refused because they are no camera, or indoors.
    pub(crate) not_counted: u64,
    /// Rows that are home cameras.
    pub(crate) homes: u64,
}

pub(crate) fn all(shared: &Path) -> Vec<DataSet> {
    let plain = |name, file: &str, mapping, points| DataSet {
        name,
        files: vec![shared.join(file)],
        mapping,
        points,
        not_counted: 0,
        homes: 0,
    };
    let mut sets = vec![
        plain("dakar", "dakar/cameras.geojson", None, geojson(&shared.join("dakar/cameras.geojson"))),
        plain(
            "us_alpr_osm",
            "us_alpr_osm/cameras-us.json.gz",
            Some("us_alpr_osm.toml"),
            array(&shared.join("us_alpr_osm/cameras-us.json.gz"), "lon"),
        ),
        plain(
            "perth",
            "perth/cameras_database.json",
            Some("perth.toml"),
            array(&shared.join("perth/cameras_database.json"), "lng"),
        ),
        plain(
            "new_orleans",
            "new_orleans/new_orleans_cameras_3_11_2022.csv",
            Some("new_orleans.toml"),
            csv_points(&shared.join("new_orleans/new_orleans_cameras_3_11_2022.csv"), "longitude", "latitude"),
        ),
        swiss(shared),
    ];
    for (name, file, mapping) in [
        ("dc_cctv", "cctv-street-cameras", "dc_cctv.toml"),
        ("dc_red_light", "red-light-cameras", "dc_red_light.toml"),
        ("dc_speed", "speed-camera", "dc_speed.toml"),
        ("dc_traffic", "traffic-camera", "dc_traffic.toml"),
    ] {
        let file = format!("dc_opendata/{file}.geojson");
        let points = geojson(&shared.join(&file));
        sets.push(plain(name, &file, Some(mapping), points));
    }
    for (name, file, mapping) in [
        ("chicago_red_light", "Red_Light_Camera_Locations", "chicago_red_light.toml"),
        ("chicago_speed", "Speed_Camera_Locations", "chicago_speed.toml"),
    ] {
        let file = format!("chicago_enforcement/{file}.csv");
        let points = csv_points(&shared.join(&file), "LONGITUDE", "LATITUDE");
        sets.push(plain(name, &file, Some(mapping), points));
    }
    sets
}

fn json(path: &Path) -> Value {
    let bytes = fs::read(path).unwrap();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        return serde_json::from_str(&text).unwrap();
    }
    serde_json::from_slice(&bytes).unwrap()
}

fn geojson(path: &Path) -> Vec<(f64, f64)> {
    let points = json(path)["features"].as_array().unwrap().clone();
    points
        .iter()
        .map(|feature| &feature["geometry"]["coordinates"])
        .map(|at| (at[0].as_f64().unwrap(), at[1].as_f64().unwrap()))
        .collect()
}

fn array(path: &Path, longitude: &str) -> Vec<(f64, f64)> {
    let rows = json(path).as_array().unwrap().clone();
    rows.iter().map(|row| (row[longitude].as_f64().unwrap(), row["lat"].as_f64().unwrap())).collect()
}

fn csv_points(path: &Path, longitude: &str, latitude: &str) -> Vec<(f64, f64)> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let (x, y) = (column(longitude), column(latitude));
    reader.records().map(|row| row.unwrap()).map(|row| (row[x].parse().unwrap(), row[y].parse().unwrap())).collect()
}

/// The Swiss nodes without the guards, the fake one and those indoors; private ones are home cameras.
fn swiss(shared: &Path) -> DataSet {
    let file = shared.join("osm_switzerland/sample.json");
    let (mut points, mut not_counted, mut homes) = (Vec::new(), 0, 0);
    for node in json(&file).as_array().unwrap() {
        let tag = |name: &str| node["tags"][name].as_str().unwrap_or_default();
        let no_camera = tag("surveillance:type") == "guard" || tag("surveillance") == "fake";
        if no_camera || tag("surveillance") == "indoor" || tag("indoor") == "yes" {
            not_counted += 1;
        } else if tag("surveillance").starts_with("privat")
            || tag("camera:type") == "doorbell"
            || tag("camera:mount") == "doorbell"
        {
            homes += 1;
        } else {
            points.push((node["lon"].as_f64().unwrap(), node["lat"].as_f64().unwrap()));
        }
    }
    DataSet { name: "osm_switzerland", files: vec![file], mapping: None, points, not_counted, homes }
}

//! Areas of a small census: as JSON, and as tiles that two decoders read alike.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use axum::Router;
use axum::body::Body;
use camera_census::http::{ReadSide, public_router};
use camera_census::release::Shelf;
use fast_mvt::{MvtReaderRef, MvtValueRef};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use mvt_reader::feature::Value as Decoded;
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// A census of four squares: `west` walked by two teams, `east` reported by passers-by, `small` with home cameras, and
/// `far`, where nobody looked.
pub(crate) struct Census {
    folder: tempfile::TempDir,
    pub(crate) router: Router,
    pub(crate) release: String,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

fn spot(lng: f64, lat: f64, kind: &str) -> Value {
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [lng, lat] }, "properties": { "kind": kind } })
}

fn street(number: u32, pass: &str) -> Value {
    let (lng, lat) = west(number);
    json!({
        "type": "Feature",
        "geometry": { "type": "LineString", "coordinates": [[lng - 0.0004, lat], [lng + 0.0004, lat]] },
        "properties": { "wave": "spring", "pass": pass, "state": "complete", "found": 1 },
    })
}

fn square(name: &str, [west, south, east, north]: [f64; 4], residents: u32) -> Value {
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    json!({ "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [ring] }, "properties": { "name": name, "residents": residents } })
}

fn west(number: u32) -> (f64, f64) {
    (13.40 + 0.001 * f64::from(number % 10), 52.40 + 0.001 * f64::from(number / 10))
}

fn collection(features: impl IntoIterator<Item = Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features.into_iter().collect::<Vec<_>>() }).to_string()
}

impl Census {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, content: String| {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            path.display().to_string()
        };
        let run = |arguments: &[&str]| census(folder.path(), arguments);
        let squares = file(
            "wards.geojson",
            collection([
                square("West", [13.38, 52.38, 13.44, 52.44], 9000),
                square("East", [13.44, 52.38, 13.50, 52.44], 9000),
                square("Small", [13.52, 52.40, 13.523, 52.403], 90),
                square("Far", [14.00, 52.38, 14.06, 52.44], 9000),
            ]),
        );
        let stated =
            ["--population-field", "residents", "--population-source", "Invented", "--population-year", "2026"];
        run(&[
            &["areas", "import", &squares, "--set", "wards", "--edition", "2026-01", "--licence", "CC0-1.0"],
            &stated[..],
        ]
        .concat());
        let seen = |keep: fn(u32) -> bool| {
            (0..40).filter(move |number| keep(*number)).map(|number| {
                let (lng, lat) = west(number);
                spot(lng, lat, "dome")
            })
        };
        let a = file("a.geojson", collection(seen(|number| number % 4 != 0)));
        let b = file("b.geojson", collection(seen(|number| number % 3 != 0)));
        run(&["import", &a, "--source", "team-a", "--wave", "spring", "--pass", "A"]);
        run(&["import", &b, "--source", "team-b", "--wave", "spring", "--pass", "B"]);
        let effort = (0..40).flat_map(|number| ["A", "B"].map(|pass| street(number, pass)));
        run(&["effort", "import", &file("effort.geojson", collection(effort)), "--frame"]);
        let passers = (0..30).map(|n| spot(13.45 + 0.001 * f64::from(n), 52.40, "fixed"));
        let homes = (0..9).map(|n| spot(13.5205 + 0.0002 * f64::from(n), 52.4015, "doorbell"));
        let others = file("others.geojson", collection(passers.chain(homes).chain([spot(13.521, 52.402, "fixed")])));
        run(&["import", &others, "--source", "passers-by"]);
        let list = file("list.geojson", collection([spot(14.01, 52.40, "fixed")]));
        run(&["import", &list, "--source", "city", "--licence", "CC0-1.0", "--list"]);
        run(&["release", "build"]);
        let shelf = Shelf::below(&folder.path().join("data"));
        let release = shelf.latest_id().unwrap().unwrap().to_string();
        let router = public_router(ReadSide::new(shelf).at("https://census.example"));
        // The server hides what a panic says; a test that fails shall say it.
        drop(std::panic::take_hook());
        Self { folder, router, release }
    }

    pub(crate) async fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = Request::builder().method(method).uri(path);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (head, body) = answer.into_parts();
        Answer { status: head.status, headers: head.headers, body: body.collect().await.unwrap().to_bytes().to_vec() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(path, &[]).await
    }
}

impl Census {
    /// One census for the tests that only read and run at the same time.
    pub(crate) fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Census>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let census = Arc::new(Self::new());
            *shared = Arc::downgrade(&census);
            census
        })
    }

    /// Runs a command on it.
    pub(crate) fn run(&self, arguments: &[&str]) {
        census(self.folder.path(), arguments);
    }

    /// The directory of its database and its data.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file for a command to read.
    pub(crate) fn file(&self, name: &str, content: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.display().to_string()
    }
}

fn census(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_camera-census"))
        .args(arguments)
        .env("CENSUS_DATABASE", format!("sqlite:{}", folder.join("census.db").display()))
        .env("CENSUS_DATA_DIR", folder.join("data"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn an_area_is_told_with_its_estimate_its_effort_and_what_it_cannot_be_separated_from() {
    let census = Census::new();
    let sets = census.get("/api/v1/areas").await.json();
    assert_eq!(sets["release"], census.release.as_str());
    let set = &sets["sets"][0];
    let stated = ["set", "edition", "population_source", "population_year", "areas", "licence"].map(|name| &set[name]);
    assert_eq!(
        stated,
        [&json!("wards"), &json!("2026-01"), &json!("Invented"), &json!(2026), &json!(4), &json!("CC0-1.0")]
    );
    assert!(set["rule"].as_str().unwrap().contains("centre"));

    // Every link leads somewhere, and the table and the interface say the same.
    let listed = census.get(set["links"]["areas"].as_str().unwrap()).await.json();
    let table = census.get(set["links"]["table"].as_str().unwrap()).await;
    assert_eq!(census.get(set["links"]["outlines"].as_str().unwrap()).await.status, 200);
    let slugs: Vec<&str> =
        listed["areas"].as_array().unwrap().iter().map(|area| area["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["east", "far", "small", "west", "unassigned"]);
    let mut reader = csv::Reader::from_reader(&table.body[..]);
    let columns = reader.headers().unwrap().clone();
    for (record, area) in reader.records().map(Result::unwrap).zip(listed["areas"].as_array().unwrap()) {
        assert_eq!(area.as_object().unwrap().len(), columns.len() + 1, "the columns, and home_withheld");
        for (column, text) in columns.iter().zip(&record) {
            let same = match &area[column] {
                Value::Null => text.is_empty(),
                Value::String(said) => said == text,
                number => number.as_f64() == text.parse().ok(),
            };
            assert!(same, "{column} of {}: {text} and {}", area["slug"], area[column]);
        }
    }

    let west = census.get("/api/v1/areas/wards/west").await.json();
    assert_eq!(west["set"], *set, "an area says which edition it is of");
    // 30 of 40 were seen by A, 26 by B, 20 by both.
    assert_eq!((west["area"]["cameras"].as_u64(), west["area"]["population"].as_u64()), (Some(36), Some(9000)));
    let estimate = &west["estimate"];
    let [low, value] = ["low", "value"].map(|end| estimate[end].as_f64().unwrap());
    assert!(36.0 <= low && low <= value && estimate["high"].as_f64().is_none_or(|high| value <= high), "{estimate}");
    assert!(!estimate["method"].as_str().unwrap().is_empty() && estimate["reason"].is_null(), "{estimate}");
    assert!(estimate["scope"].as_str().unwrap().contains("40 of 40 units"), "{estimate}");
    assert!(estimate["warnings"].is_array() && estimate["wave"] == "default/spring", "{estimate}");
    assert_eq!(west["effort"], json!({ "looked_at": true, "surveyed_share": 1.0, "wave": "default/spring" }));
    let alike = |area: &Value| area["comparison"]["cannot_be_separated_from"].clone();
    assert!(alike(&west).as_array().unwrap().contains(&json!("east")), "36 and 30 in equal squares: {west}");

    let east = census.get("/api/v1/areas/wards/east").await.json();
    assert_eq!((&east["estimate"]["value"], &east["estimate"]["reason"]), (&Value::Null, &json!("no_effort")));
    assert_eq!((&east["effort"]["surveyed_share"], &east["effort"]["wave"]), (&Value::Null, &Value::Null));
    assert!(alike(&east).as_array().unwrap().contains(&json!("west")));
}

#[tokio::test]
async fn not_looked_at_is_null_and_a_small_area_withholds_its_homes() {
    let census = Census::new();
    let far = census.get("/api/v1/areas/wards/far").await.json();
    for column in ["cameras", "heads", "sightings", "k_dome", "o_police", "per_km2", "surveyed_share"] {
        assert!(far["area"].as_object().unwrap().contains_key(column) && far["area"][column].is_null(), "{column}");
    }
    assert_eq!(far["effort"]["looked_at"], false);
    assert!(far["comparison"]["cannot_be_separated_from"].is_null());
    let small = census.get("/api/v1/areas/wards/small").await.json();
    assert_eq!((small["area"]["cameras"].as_u64(), &small["area"]["home_withheld"]), (Some(1), &json!(true)));
    assert!(small["area"]["home_rounded"].is_null());
    for slug in ["west", "east", "far", "unassigned"] {
        let area = census.get(&format!("/api/v1/areas/wards/{slug}")).await.json();
        assert_eq!(area["area"]["home_withheld"], false, "{slug}");
        assert_eq!(area["area"]["home_rounded"].as_u64().map(|about| about % 5), Some(0), "{slug}");
    }

    // A list is a body of data of its own: it saw one camera where the field data saw nothing.
    let far = census.get("/api/v1/areas/wards/far?source=city").await.json();
    assert_eq!((far["area"]["cameras"].as_u64(), &far["source"]), (Some(1), &json!("city")));
    assert!(far["set"]["links"]["table"].as_str().unwrap().contains("/sources/city/areas-wards.csv"));
}

#[tokio::test]
async fn answers_are_kept_by_their_release_and_refusals_repeat_nothing() {
    let census = Census::new();
    for path in ["/api/v1/areas", "/api/v1/areas/wards", "/api/v1/areas/wards/west"] {
        let answer = census.get(path).await;
        assert_eq!(answer.header("cache-control"), "public, no-cache", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        let tag = answer.header("etag").to_owned();
        assert!(tag.starts_with('"') && tag.len() == 34, "{path}: {tag}");
        let known = census.ask(path, &[("if-none-match", &tag)]).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0), "{path}");
        let lasting = census.get(&format!("{path}?release={}", census.release)).await;
        assert!(lasting.header("cache-control").contains("immutable"), "{path}");
        assert_eq!(lasting.body, answer.body, "{path}");

        for (query, status) in [
            ("canary=1", 400),
            ("release=canary", 404),
            ("release=2026-W01-00000000", 404),
            ("source=canary", 404),
            ("source=../canary", 404),
        ] {
            let refused = census.get(&format!("{path}?{query}")).await;
            assert_eq!(refused.status.as_u16(), status, "{path}?{query}");
            assert_eq!(refused.header("content-type"), "application/problem+json", "{path}?{query}");
            assert!(!String::from_utf8_lossy(&refused.body).contains("canary"), "{path}?{query}");
        }
    }
    for path in ["canary", "canary/west", "wards/canary", "..%2fcanary/x", "wards/"] {
        let refused = census.get(&format!("/api/v1/areas/{path}")).await;
        assert_eq!(
            (refused.status, refused.header("content-type")),
            (StatusCode::NOT_FOUND, "application/problem+json"),
            "{path}"
        );
        assert!(!String::from_utf8_lossy(&refused.body).contains("canary"), "{path}");
    }
}

/// Name and number of cameras of the areas of a tile, by slug; `None` where nobody looked.
type Areas = BTreeMap<String, (String, Option<u64>)>;

#[tokio::test]
async fn two_decoders_read_the_same_areas_from_the_tiles() {
    let census = Census::new();
    let described = census.get("/tiles/areas.json").await.json();
    let template = format!("https://census.example/tiles/{}/areas/{{z}}/{{x}}/{{y}}.mvt", census.release);
    assert_eq!((&described["tilejson"], &described["tiles"]), (&json!("3.0.0"), &json!([template])));
    assert_eq!(described["vector_layers"][0]["id"], "areas");
    let bounds: Vec<f64> = described["bounds"].as_array().unwrap().iter().map(|edge| edge.as_f64().unwrap()).collect();
    for (edge, expected) in bounds.iter().zip([13.38, 52.38, 14.06, 52.44]) {
        assert!((edge - expected).abs() < 1e-6, "the outlines, and not the cameras, give the bounds: {bounds:?}");
    }
    let metadata = census.get(&format!("/tiles/{}/areas/metadata.json", census.release)).await.json();
    let layers: Value = serde_json::from_str(metadata["json"].as_str().unwrap()).unwrap();
    assert_eq!(layers["vector_layers"], described["vector_layers"]);
    assert_eq!(metadata["maxzoom"], described["maxzoom"]);

    let tile = |path: &str| format!("/tiles/{}/areas/{path}", census.release);
    let answer = census.get(&tile("0/0/0.mvt")).await;
    assert_eq!(answer.header("content-type"), "application/vnd.mapbox-vector-tile");
    assert!(answer.header("cache-control").contains("immutable") && !answer.header("etag").is_empty());
    let packed = census.ask(&tile("0/0/0.mvt"), &[("accept-encoding", "gzip")]).await;
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, answer.body);

    // One tile of zoom 8 holds all squares but the far one, whose neighbour it is.
    let mut all = (Areas::new(), Areas::new());
    for path in ["8/137/83.mvt", "8/137/84.mvt", "8/138/83.mvt", "8/138/84.mvt"] {
        let answer = census.get(&tile(path)).await;
        if answer.status == StatusCode::OK {
            read_with_fast_mvt(&answer.body, &mut all.0);
            read_with_mvt_reader(answer.body, &mut all.1);
        }
    }
    assert_eq!(all.0, all.1);
    let expected =
        [("east", "East", Some(30)), ("far", "Far", None), ("small", "Small", Some(1)), ("west", "West", Some(36))];
    let expected = expected.map(|(slug, name, n)| (slug.to_owned(), (name.to_owned(), n)));
    assert_eq!(all.0, BTreeMap::from(expected));

    assert_eq!(census.get(&tile("8/0/0.mvt")).await.status, StatusCode::NO_CONTENT);
    for bad in ["15/0/0.mvt", "3/8/0.mvt", "3/0/0.png", "x/0/0.mvt"] {
        assert_eq!(census.get(&tile(bad)).await.status, StatusCode::NOT_FOUND, "{bad}");
    }
}

#[test]
fn a_source_cannot_take_the_name_of_a_layer() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.geojson");
    std::fs::write(&path, collection([spot(13.4, 52.4, "dome")])).unwrap();
    for (name, may) in [("density", false), ("Areas", false), ("area", true)] {
        let status = Command::new(env!("CARGO_BIN_EXE_camera-census"))
            .args(["import", path.to_str().unwrap(), "--source", name, "--licence", "CC0-1.0", "--list"])
            .env("CENSUS_DATABASE", format!("sqlite:{}", folder.path().join("census.db").display()))
            .output()
            .unwrap()
            .status;
        assert_eq!(status.success(), may, "{name}");
    }
}

fn read_with_fast_mvt(bytes: &[u8], into: &mut Areas) {
    for layer in MvtReaderRef::new(bytes).unwrap().layers() {
        for feature in layer.features() {
            let (mut slug, mut name, mut n) = (String::new(), String::new(), None);
            for property in feature.properties() {
                match property.unwrap() {
                    ("slug", MvtValueRef::String(text)) => text.clone_into(&mut slug),
                    ("name", MvtValueRef::String(text)) => text.clone_into(&mut name),
                    ("n", value) => {
                        let digits: String = format!("{value:?}").chars().filter(char::is_ascii_digit).collect();
                        n = Some(digits.parse().unwrap());
                    }
                    _ => {}
                }
            }
            into.insert(slug, (name, n));
        }
    }
}

fn read_with_mvt_reader(bytes: Vec<u8>, into: &mut Areas) {
    for feature in mvt_reader::Reader::new(bytes).unwrap().get_features(0).unwrap() {
        let properties = feature.properties.unwrap();
        let text = |key: &str| match &properties[key] {
            Decoded::String(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        into.insert(text("slug"), (text("name"), properties.get("n").map(whole)));
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
fn whole(value: &Decoded) -> u64 {
    match value {
        Decoded::UInt(count) => *count,
        Decoded::Int(count) | Decoded::SInt(count) => u64::try_from(*count).unwrap(),
        Decoded::Double(count) => *count as u64,
        Decoded::Float(count) => *count as u64,
        other => panic!("{other:?}"),
    }
}

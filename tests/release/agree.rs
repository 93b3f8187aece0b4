//! Two artefacts of one release always agree: every file of every format is read back, and everything adds up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use camera_census::model::{
    Area, AreaFit, AreaSet, AuditUnit, Effort, EffortMark, Observed, Occasion, OccasionId, PassLetter,
    PopulationSource, SourceKind, UnitShape, UnitState, WaveEffort,
};
use camera_census::release::{
    Format, Inputs, Manifest, Release, Summary, build, published_in, published_tables, verify,
};
use fast_mvt::{MvtReaderRef, MvtValueRef};
use flatgeobuf::{FallibleStreamingIterator as _, FgbReader};
use geo::{MultiPolygon, Rect};
use h3o::LatLng;
use pmtiles::{AsyncPmTilesReader, MmapBackend, TileCoord};
use serde_json::Value;

use crate::formats::{self, Row};
use crate::{home, inputs, occasion, sighting};

/// A release of a walk by two passes over streets of which some were left, homes, a list, and areas: one with a name that a
/// spreadsheet would run, one that nobody looked at, one too small to tell of homes.
pub(crate) fn everything() -> Inputs {
    let mut all = inputs((0..90).map(sighting).chain((0..12).map(|_| home(3))), (40..110).map(sighting));
    let wave = |pass: &str| Occasion {
        wave: Some("spring".to_owned()),
        pass: PassLetter::parse(pass),
        ..occasion("walkers", SourceKind::Field)
    };
    all.occasions.extend([wave("A"), wave("B")]);
    for (number, pass) in [(0..300, 2_u32), (60..300, 3)] {
        let seen = number.step_by(4).map(|n| Observed { sighting: sighting(n), occasion: OccasionId(pass) });
        all.observed.extend(seen);
    }
    let street = |row: i32, column: i32| {
        let (west, south) = (13_400_000 + column * 900, 52_500_000 + row * 200);
        AuditUnit::new(UnitShape::segment(vec![[west, south], [west + 900, south]]).unwrap())
    };
    let mut units: Vec<AuditUnit> = (0..20).flat_map(|row| (0..9).map(move |column| street(row, column))).collect();
    // Streets far away, which nobody walked: the cells there are unknown and not zero.
    units.extend((0..5).map(|row| street(2_000 + row, 0)));
    units.sort_by_key(|unit| unit.id);
    let walked = |unit: &AuditUnit| matches!(&unit.shape, UnitShape::Segment(points) if points[0][1] < 52_600_000);
    let mark = |unit: &AuditUnit, pass: PassLetter| {
        let state = if walked(unit) { UnitState::Complete } else { UnitState::NotWalked };
        EffortMark { unit: unit.id, pass, state }
    };
    let passes: [PassLetter; 2] = ["A", "B"].map(|pass| PassLetter::parse(pass).unwrap());
    let marks = units.iter().flat_map(|unit| passes.map(|pass| mark(unit, pass))).collect();
    // Some were found gone, and some nobody has seen for two years.
    all.gone = crate::gone();
    for observed in all.observed.iter_mut().skip(40).step_by(7) {
        observed.sighting.week = Some(crate::week("2024-W40"));
    }
    let campaign = "default".to_owned();
    all.effort =
        Effort { units, waves: vec![WaveEffort { campaign, wave: "spring".to_owned(), is_frame: true, marks }] };
    let square = |slug: &str, name: &str, [west, south, east, north]: [f64; 4]| Area {
        slug: slug.to_owned(),
        name: name.to_owned(),
        population: (slug != "far").then_some(12_345),
        outline: MultiPolygon::from(Rect::new((west, south), (east, north)).to_polygon()),
    };
    all.areas = vec![AreaSet {
        slug: "wards".to_owned(),
        name: "Wards".to_owned(),
        edition: "2026".to_owned(),
        licence: "ODbL-1.0".to_owned(),
        attribution: Some("The surveyor".to_owned()),
        population: Some(PopulationSource { source: "Somebody".to_owned(), year: 2025 }),
        fit: AreaFit::default(),
        areas: vec![
            square("evil", "=HYPERLINK(\"http://example.org\")", [13.39, 52.499, 13.4031, 52.52]),
            square("far", "Far, \"away\"", [20.0, 50.0, 20.1, 50.1]),
            square("plus", "+49 -1 @home", [13.4031, 52.4998, 13.4049, 52.5004]),
        ],
    }];
    all
}

/// Features of a FlatGeobuf file that its index finds in a box.
fn in_box(path: &Path, [west, south, east, north]: [f64; 4]) -> usize {
    let reader = FgbReader::open(Cursor::new(fs::read(path).unwrap())).unwrap();
    let mut features = reader.select_bbox(west, south, east, north).unwrap();
    let mut found = 0;
    while features.next().unwrap().is_some() {
        found += 1;
    }
    found
}

fn read(path: &Path) -> Vec<Row> {
    formats::read(path.to_str().unwrap(), fs::read(path).unwrap())
}

/// What a row says under the names of its columns.
trait Said {
    /// The number; nothing counts as none.
    fn number(&self, name: &str) -> u64;
    /// The text.
    fn text(&self, name: &str) -> &str;
}

impl Said for Row {
    fn number(&self, name: &str) -> u64 {
        self.values[name].as_u64().unwrap_or_default()
    }

    fn text(&self, name: &str) -> &str {
        self.values[name].as_str().unwrap_or_default()
    }
}

struct Built {
    folder: tempfile::TempDir,
    manifest: Manifest,
}

impl Built {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let manifest = build(everything(), None, folder.path()).unwrap();
        Self { folder, manifest }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Paths of the tables, of whatever body of data.
    fn tables(&self) -> Vec<&str> {
        let paths = self.manifest.files.iter().map(|file| file.path.as_str());
        paths.filter(|path| Path::new(path).extension().is_some_and(|ending| ending == "csv")).collect()
    }
}

#[test]
fn every_format_equals_the_table_row_by_row() {
    let built = Built::new();
    let mut seen = BTreeSet::new();
    let mut corners_seen = 0;
    for table in built.tables() {
        let csv = read(&built.path(table));
        let mut shapes: Option<Vec<_>> = None;
        for format in [Format::GeoJson, Format::GeoJsonSeq, Format::FlatGeobuf, Format::Parquet, Format::Xlsx] {
            let name = format!("{}{}", table.strip_suffix("csv").unwrap(), format.ending());
            if built.manifest.file(&name).is_none() {
                continue;
            }
            let rows = read(&built.path(&name));
            assert_eq!(rows.len(), csv.len(), "{name}");
            for (row, plain) in rows.iter().zip(&csv) {
                assert_eq!(row.values, plain.values, "{name}");
            }
            let corners: Vec<_> = rows.into_iter().map(|row| row.corners).collect();
            if corners.iter().any(Option::is_some) {
                corners_seen += corners.iter().flatten().flatten().count();
                assert!(shapes.as_ref().is_none_or(|shapes| *shapes == corners), "{name}: other shapes");
                shapes = Some(corners);
            }
            seen.insert((format, published_in(&name).unwrap().0.name.clone()));
        }
    }
    assert!(corners_seen > 1_000, "{corners_seen}");
    let found = |format: Format| -> Vec<&str> {
        seen.iter().filter(|(of, _)| *of == format).map(|(_, table)| table.as_str()).collect()
    };
    for format in [Format::GeoJson, Format::GeoJsonSeq, Format::FlatGeobuf] {
        assert_eq!(found(format), ["areas", "cells", "effort-units"], "{format:?}");
    }
    assert_eq!(found(Format::Xlsx), ["areas"]);
    if cfg!(feature = "parquet") {
        assert_eq!(
            found(Format::Parquet),
            ["areas", "cells", "changes", "effort", "effort-areas", "effort-units", "estimates", "figures"]
        );
    }
}

#[test]
fn cells_and_areas_add_up_to_the_summary_in_every_body_of_data() {
    let built = Built::new();
    for prefix in ["", "sources/register/"] {
        let summary: Summary =
            serde_json::from_slice(&fs::read(built.path(&format!("{prefix}summary.json"))).unwrap()).unwrap();
        assert!(summary.cameras > 50 && summary.sightings >= summary.cameras);
        let add = |rows: &[Row], name: &str| rows.iter().map(|row| row.number(name)).sum::<u64>();
        let kinds: BTreeMap<&str, u32> =
            summary.by_kind.iter().map(|share| (share.name.as_str(), share.cameras)).collect();
        let mut tables: Vec<(String, Vec<Row>)> = (3..=10)
            .map(|resolution| format!("{prefix}cells-r{resolution}.csv"))
            .chain([format!("{prefix}areas-wards.csv")])
            .map(|name| (name.clone(), read(&built.path(&name))))
            .collect();
        for (name, rows) in &mut tables {
            assert_eq!(add(rows, "cameras"), u64::from(summary.cameras), "{name}");
            assert_eq!(add(rows, "sightings"), u64::from(summary.sightings), "{name}");
            assert_eq!(add(rows, "heads"), u64::from(summary.heads), "{name}");
            assert_eq!(add(rows, "stale"), u64::from(summary.stale), "{name}");
            assert_eq!(add(rows, "gone"), u64::from(summary.gone), "{name}");
            for (kind, cameras) in &kinds {
                assert_eq!(add(rows, &format!("k_{kind}")), u64::from(*cameras), "{name} {kind}");
            }
            let has_homes = rows[0].values.contains_key("home_rounded");
            if has_homes && !name.contains("areas-") {
                assert_eq!(add(rows, "home_rounded"), u64::from(summary.home_rounded), "{name}");
            }
            assert_eq!(has_homes, !name.ends_with("r9.csv") && !name.ends_with("r10.csv"), "{name}");
        }
        assert_eq!(summary.home_rounded > 0, prefix.is_empty());
        assert_eq!((summary.stale > 0, summary.gone), (prefix.is_empty(), if prefix.is_empty() { 3 } else { 0 }));
    }
    let manifest = &built.manifest;
    assert_eq!(verify(built.folder.path()).unwrap(), []);
    assert!(manifest.files.iter().all(|file| !file.media_type.is_empty() && !file.description.is_empty()));
}

#[test]
fn zero_unknown_and_withheld_stay_apart_in_every_format() {
    let built = Built::new();
    for ending in
        ["csv", "geojson", "geojsons", "fgb", "xlsx"].into_iter().chain(cfg!(feature = "parquet").then_some("parquet"))
    {
        let rows = read(&built.path(&format!("areas-wards.{ending}")));
        let row = |slug: &str| rows.iter().find(|row| row.text("slug") == slug).unwrap();
        assert_eq!(row("far").values["cameras"], Value::Null, "{ending}: nobody looked");
        assert_eq!(row("far").values["population"], Value::Null, "{ending}: not stated");
        assert_eq!(row("evil").values["k_other"], Value::from(0), "{ending}: none was found");
        assert_eq!(row("plus").values["home_rounded"], Value::Null, "{ending}: withheld");
        assert_eq!(row("evil").text("name"), "=HYPERLINK(\"http://example.org\")", "{ending}");
        if ending != "xlsx" {
            let cells = read(&built.path(&format!("cells-r9.{ending}")));
            assert!(cells.iter().any(|row| row.values["cameras"].is_null() && row.number("frame") > 0), "{ending}");
        }
    }
    let text = fs::read_to_string(built.path("areas-wards.csv")).unwrap();
    assert!(text.contains("evil,\"'=HYPERLINK(") && text.contains("plus,'+49 -1 @home,"), "{text}");
}

#[test]
fn the_index_of_a_flatgeobuf_file_finds_what_lies_in_a_box() {
    let built = Built::new();
    let path = built.path("cells-r10.fgb");
    let rows = read(&path);
    let all = [-180.0, -90.0, 180.0, 90.0];
    assert_eq!(in_box(&path, all), rows.len());
    let some = [13.401, 52.5005, 13.403, 52.5015];
    let touches = |row: &&Row| {
        let corners = row.corners.as_ref().unwrap();
        let side = |of: fn(&[f64; 2]) -> f64| {
            let all = corners.iter().map(of);
            (all.clone().fold(f64::INFINITY, f64::min), all.fold(f64::NEG_INFINITY, f64::max))
        };
        let ((west, east), (south, north)) = (side(|c| c[0]), side(|c| c[1]));
        west <= some[2] && east >= some[0] && south <= some[3] && north >= some[1]
    };
    let expected = rows.iter().filter(touches).count();
    assert!(expected > 0 && expected < rows.len(), "{expected}");
    assert_eq!(in_box(&path, some), expected);
}

#[tokio::test]
async fn the_tiles_of_the_highest_zoom_hold_the_cells_of_the_finest_table() {
    let built = Built::new();
    let archive: AsyncPmTilesReader<MmapBackend> =
        AsyncPmTilesReader::new_with_path(built.path("density.pmtiles")).await.unwrap();
    let zoom = archive.get_header().max_zoom;
    let table = read(&built.path("cells-r10.csv"));
    let mut tiles = BTreeSet::new();
    for cell in table.iter().map(|row| row.text("cell").parse::<h3o::CellIndex>().unwrap()) {
        for at in cell.boundary().iter().copied().chain([LatLng::from(cell)]) {
            let n = f64::from(1_u32 << zoom);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "numbers of tiles")]
            let tile = (
                ((at.lng() / 360.0 + 0.5) * n) as u32,
                ((0.5 - at.lat().to_radians().tan().asinh() / std::f64::consts::TAU) * n) as u32,
            );
            tiles.insert(tile);
        }
    }
    let mut found: BTreeMap<String, Option<u64>> = BTreeMap::new();
    for (x, y) in tiles {
        let Some(tile) = archive.get_tile(TileCoord::new(zoom, x, y).unwrap()).await.unwrap() else { continue };
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(tile.as_ref()).read_to_end(&mut bytes).unwrap();
        for layer in MvtReaderRef::new(&bytes).unwrap().layers() {
            for feature in layer.features() {
                let (mut cell, mut n) = (String::new(), None);
                for property in feature.properties() {
                    match property.unwrap() {
                        ("cell", MvtValueRef::String(text)) => text.clone_into(&mut cell),
                        ("n", MvtValueRef::UInt(count)) => n = Some(count),
                        _ => {}
                    }
                }
                found.insert(cell, n);
            }
        }
    }
    let expected: BTreeMap<String, Option<u64>> =
        table.iter().map(|row| (row.text("cell").to_owned(), row.values["cameras"].as_u64())).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_column_that_is_published_is_described_and_every_described_one_is_published() {
    let built = Built::new();
    let mut seen: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for path in built.tables() {
        let (table, columns) = published_in(path).unwrap_or_else(|| panic!("nobody described {path}"));
        let header = csv::Reader::from_path(built.path(path)).unwrap().headers().unwrap().clone();
        let described: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(header.iter().collect::<Vec<_>>(), described, "{path}");
        seen.entry(&table.name).or_default().extend(described.into_iter().map(str::to_owned));
        let rows = read(&built.path(path));
        let mut keys = BTreeSet::new();
        for row in &rows {
            for column in &columns {
                let is_absent = row.values[&column.name].is_null();
                assert!(!is_absent || column.empty.is_some(), "{path}: {} is empty", column.name);
            }
            let key: Vec<String> = table.key.iter().map(|name| row.values[name].to_string()).collect();
            assert!(keys.insert(key), "{path}: two lines with one key");
        }
    }
    for table in published_tables() {
        let all: BTreeSet<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        assert_eq!(seen.get(table.name.as_str()), Some(&all), "{}", table.name);
    }
    let dictionary = read(&built.path("dictionary.csv"));
    assert_eq!(dictionary.len(), published_tables().iter().map(|table| table.columns.len()).sum::<usize>());
}

#[test]
fn another_set_of_formats_is_another_release() {
    let of = |formats: &[Format]| {
        let folder = tempfile::tempdir().unwrap();
        let mut inputs = inputs((0..5).map(sighting), []);
        inputs.policy.formats = formats.to_vec();
        let manifest = build(inputs, None, folder.path()).unwrap();
        (
            manifest.id.clone(),
            manifest.files.iter().filter(|file| file.media_type == "application/vnd.flatgeobuf").count(),
        )
    };
    let (full, files) = of(Format::BUILT_IN);
    let (less, none) = of(&[Format::Csv, Format::GeoJson, Format::PmTiles]);
    assert_ne!(full, less);
    assert_eq!((files, none), (17, 0), "eight tables of cells, twice, and the units of effort");
}

#[test]
fn what_describes_a_release_names_its_files_licences_and_citation() {
    let built = Built::new();
    let release = Release::open(built.folder.path()).unwrap();
    let package = release.data_package().unwrap().unwrap();
    let resources = package["resources"].as_array().unwrap();
    let described: BTreeMap<&str, &Value> =
        resources.iter().map(|resource| (resource["path"].as_str().unwrap(), resource)).collect();
    let about_others = ["datapackage.json", "CITATION.cff", "zenodo.json", "README.txt"];
    for file in &built.manifest.files {
        if about_others.contains(&file.path.as_str()) {
            assert!(!described.contains_key(file.path.as_str()));
            continue;
        }
        let resource = described[file.path.as_str()];
        assert_eq!(resource["bytes"], file.bytes, "{}", file.path);
        assert_eq!(resource["hash"], format!("sha256:{}", file.sha256), "{}", file.path);
        let licence = if file.path.starts_with("sources/") { "CC0-1.0" } else { "CC-BY-4.0" };
        assert_eq!(resource["licenses"][0]["name"], licence, "{}", file.path);
        if file.path.contains("areas-") {
            assert_eq!(resource["licenses"][1]["name"], "ODbL-1.0", "{}", file.path);
        }
    }
    assert_eq!(package["version"], release.manifest.id.as_str());
    let sentence = release.citation().sentence_with_hash(&release.manifest_sha256);
    assert!(sentence.contains(&release.manifest.id) && sentence.contains(&release.manifest_sha256));
    let readme = fs::read_to_string(built.path("README.txt")).unwrap();
    for part in built.manifest.files.iter().map(|file| file.path.as_str()).filter(|path| *path != "README.txt") {
        assert!(readme.contains(part), "{part}");
    }
    assert!(readme.contains("sources/register/: CC0-1.0") && readme.contains("This directory: CC-BY-4.0"));
    let cff = fs::read_to_string(built.path("CITATION.cff")).unwrap();
    assert!(cff.contains(&release.manifest.id) && cff.contains("date-released: \"2026-11-16\""));
}

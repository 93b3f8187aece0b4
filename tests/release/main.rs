//! What a release promises, on inputs made here: determinism, conservation, honest home counts, tamper evidence.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[cfg(test)]
mod agree;
#[cfg(test)]
#[path = "../support/client.rs"]
mod client;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod life;
#[path = "../support/postgres.rs"]
mod postgres;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest of it")]
#[path = "../support/random.rs"]
mod random;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest of it")]
#[path = "../support/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use camera_census::figures::{shipped_deployments, shipped_figures};
use camera_census::model::{
    Basis, Effort, Facing, IsoWeek, Kind, Linked, Maker, Mount, Observed, Occasion, OccasionId, Operator,
    PositionClass, RowsMode, Sighting, Source, SourceKind,
};
use camera_census::privacy::HomeKey;
use camera_census::release::{Inputs, Policy, Release, Shelf, build, verify};
use h3o::{LatLng, Resolution};
use proptest::prelude::*;

fn sighting(n: u32) -> Sighting {
    let (row, column) = (f64::from(n / 20), f64::from(n % 20));
    let place = LatLng::new(52.5 + row * 2e-4, 13.4 + column * 3e-4).unwrap();
    Sighting {
        cell: place.to_cell(Resolution::Thirteen),
        kind: Kind::ALL[n as usize % 5],
        operator: [Operator::Unknown, Operator::Police, Operator::Business][n as usize % 3],
        mount: Mount::Wall,
        linked: Linked::Unknown,
        maker: Maker::UNKNOWN,
        basis: Basis::Seen,
        facing: Facing::NONE,
        heads: 1 + u8::try_from(n % 3).unwrap(),
        week: None,
        position: PositionClass::Import,
        slot: 0,
    }
}

fn home(n: u32) -> Sighting {
    let mut home = sighting(n);
    home.kind = Kind::Doorbell;
    home.operator = Operator::Household;
    home.cell = home.cell.parent(Resolution::Eight).unwrap();
    home
}

fn occasion(source: &str, kind: SourceKind) -> Occasion {
    let campaign = "default".to_owned();
    Occasion { campaign, source: source.to_owned(), kind, wave: None, pass: None, key_epoch: 0 }
}

fn source(slug: &str, list: bool) -> Source {
    let (slug, name) = (slug.to_owned(), slug.to_owned());
    let attribution = Some("Somebody".to_owned());
    Source { slug, name, licence: "CC0-1.0".to_owned(), attribution, is_list: list, rows: RowsMode::Register }
}

fn inputs(field: impl IntoIterator<Item = Sighting>, list: impl IntoIterator<Item = Sighting>) -> Inputs {
    let field = field.into_iter().map(|sighting| Observed { sighting, occasion: OccasionId(0) });
    let list = list.into_iter().map(|sighting| Observed { sighting, occasion: OccasionId(1) });
    let home_key = HomeKey::from_bytes([3; 32]);
    Inputs {
        title: "Testville".to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        as_of: IsoWeek::new(2026, 47).unwrap(),
        previous: None,
        occasions: vec![occasion("walkers", SourceKind::Field), occasion("register", SourceKind::List)],
        observed: field.chain(list).collect(),
        sources: vec![source("register", true)],
        figures: shipped_figures().to_vec(),
        deployments: shipped_deployments().to_vec(),
        keys: Vec::new(),
        rulings: Vec::new(),
        areas: Vec::new(),
        effort: Effort::default(),
        policy: Policy::of_profile("default", 20),
        home_key,
    }
}

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, at: &Path, into: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(at).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                walk(root, &entry.path(), into);
            } else {
                let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                into.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut into = BTreeMap::new();
    walk(root, root, &mut into);
    into
}

fn built(inputs: Inputs) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    build(inputs, None, folder.path()).unwrap();
    files(folder.path())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn the_same_reports_in_any_order_give_the_same_bytes(seed in any::<u64>()) {
        let first = built(inputs((0..90).map(sighting), (40..70).map(sighting)));
        let mut shuffled = inputs((0..90).map(sighting), (40..70).map(sighting));
        shuffled.occasions.reverse();
        for observed in &mut shuffled.observed {
            observed.occasion = OccasionId(1 - observed.occasion.0);
        }
        let n = shuffled.observed.len();
        for i in 0..n {
            shuffled.observed.swap(i, (i * 31 + usize::try_from(seed % 1009).unwrap()) % n);
        }
        prop_assert!(first == built(shuffled));
    }
}

#[test]
fn a_release_holds_what_the_layout_names() {
    let files = built(inputs((0..50).map(sighting), (0..5).map(sighting)));
    let mut expected = vec![
        "manifest.json",
        "summary.json",
        "policy.json",
        "keys.json",
        "sources.csv",
        "makers.csv",
        "figures.csv",
        "deployments.csv",
        "density.pmtiles",
    ];
    expected.extend([
        "sources/register/summary.json",
        "sources/register/density.pmtiles",
        "sources/register/cells-r3.csv",
    ]);
    for name in expected {
        assert!(files.contains_key(name), "{name} in {:?}", files.keys());
    }
    for resolution in 3..=10 {
        assert!(
            files.contains_key(&format!("cells-r{resolution}.csv"))
                && files.contains_key(&format!("cells-r{resolution}.geojson"))
        );
    }
    assert!(files["cells-r5.csv"].starts_with(b"cell,sightings,cameras,heads,"));
}

#[test]
fn every_table_and_every_geojson_adds_up_to_the_summary() {
    let folder = tempfile::tempdir().unwrap();
    build(inputs((0..120).map(sighting), []), None, folder.path()).unwrap();
    let release = Release::open(folder.path()).unwrap();
    let summary = &release.summary;
    assert_eq!(summary.sightings, 120);
    assert_eq!(summary.by_kind.iter().map(|share| share.cameras).sum::<u32>(), summary.cameras);
    assert_eq!(summary.by_operator.iter().map(|share| share.cameras).sum::<u32>(), summary.cameras);
    assert_eq!(summary.by_maker.iter().map(|share| share.cameras).sum::<u32>(), summary.cameras);
    for number in 3..=10_u8 {
        let resolution = Resolution::try_from(number).unwrap();
        let rows = release.cells(None, resolution).unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.counts.sightings).sum::<u32>(), summary.sightings);
        assert_eq!(rows.iter().map(|row| row.counts.cameras).sum::<u32>(), summary.cameras);
        assert_eq!(rows.iter().map(|row| row.counts.heads).sum::<u32>(), summary.heads);
        let text = fs::read_to_string(folder.path().join(format!("cells-r{number}.geojson"))).unwrap();
        let collection: geojson::FeatureCollection = text.parse().unwrap();
        let sum =
            |name: &str| collection.features.iter().map(|f| f.property(name).unwrap().as_u64().unwrap()).sum::<u64>();
        assert_eq!(sum("cameras"), u64::from(summary.cameras));
        assert_eq!(sum("sightings"), u64::from(summary.sightings));
    }
}

#[test]
fn a_list_is_never_added_to_the_field_data() {
    let with = built(inputs((0..50).map(sighting), (0..30).map(sighting)));
    let without = built(inputs((0..50).map(sighting), []));
    assert_eq!(with["cells-r9.csv"], without["cells-r9.csv"]);
    assert_ne!(with["sources/register/cells-r9.csv"], without["sources/register/cells-r9.csv"]);
}

#[test]
fn no_public_space_column_moves_when_a_home_camera_is_added() {
    let columns = |homes: u32, name: &str| -> Vec<Vec<String>> {
        let files = built(inputs((0..50).map(sighting).chain((0..homes).map(|_| home(3))), []));
        let mut reader = csv::Reader::from_reader(files[name].as_slice());
        let keep: Vec<usize> = reader
            .headers()
            .unwrap()
            .iter()
            .enumerate()
            .filter(|(_, h)| *h != "home_rounded")
            .map(|(i, _)| i)
            .collect();
        reader.records().map(|r| r.unwrap()).map(|r| keep.iter().map(|&i| r[i].to_owned()).collect()).collect()
    };
    for resolution in 3..=10 {
        let name = format!("cells-r{resolution}.csv");
        let before = columns(0, &name);
        for homes in 1..12 {
            let after = columns(homes, &name);
            assert!(before.iter().all(|row| after.contains(row)), "{name} with {homes}");
        }
    }
}

#[test]
fn a_home_camera_that_does_not_change_a_rounded_count_changes_nothing_at_all() {
    let ids: Vec<(u32, BTreeMap<String, Vec<u8>>)> = (0..12)
        .map(|homes| (homes, built(inputs((0..50).map(sighting).chain((0..homes).map(|_| home(3))), []))))
        .collect();
    let distinct: Vec<&Vec<u8>> = ids.iter().map(|(_, files)| &files["manifest.json"]).collect();
    let changes = distinct.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!((1..=3).contains(&changes), "twelve counts are published as {} values", changes + 1);
    for (homes, files) in &ids {
        let summary: serde_json::Value = serde_json::from_slice(&files["summary.json"]).unwrap();
        assert_eq!(summary["home_rounded"].as_u64().unwrap() % 5, 0, "{homes}");
        assert_eq!(
            summary["cameras"],
            ids[0]
                .1
                .get("summary.json")
                .map(|b| serde_json::from_slice::<serde_json::Value>(b).unwrap()["cameras"].clone())
                .unwrap()
        );
    }
}

#[test]
fn verify_finds_a_changed_a_missing_and_an_added_file() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::below(data.path());
    let manifest = shelf.publish(&shelf.lock().unwrap(), inputs((0..50).map(sighting), [])).unwrap();
    let root = data.path().join("releases").join(&manifest.id);
    assert_eq!(verify(&root).unwrap(), []);

    let path = root.join("cells-r7.csv");
    let good = fs::read(&path).unwrap();
    for at in [0, good.len() / 2, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(&path, bad).unwrap();
        let findings = verify(&root).unwrap();
        assert_eq!(findings.len(), 1, "byte {at}");
        assert_eq!(findings[0].path, "cells-r7.csv");
    }
    fs::remove_file(&path).unwrap();
    fs::write(root.join("extra.txt"), "x").unwrap();
    let problems: Vec<String> = verify(&root).unwrap().into_iter().map(|finding| finding.path).collect();
    assert_eq!(problems, ["cells-r7.csv", "extra.txt"]);
}

#[test]
fn a_release_appears_whole_and_latest_follows() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::below(data.path());
    assert!(shelf.latest().unwrap().is_none() && shelf.list().unwrap().is_empty());
    let first = shelf.publish(&shelf.lock().unwrap(), inputs((0..10).map(sighting), [])).unwrap();
    let second = shelf.publish(&shelf.lock().unwrap(), inputs((0..20).map(sighting), [])).unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(shelf.latest_id().unwrap().unwrap().as_str(), second.id);
    let again = shelf.publish(&shelf.lock().unwrap(), inputs((0..10).map(sighting), [])).unwrap();
    assert_eq!(again, first);
    assert_eq!(shelf.latest_id().unwrap().unwrap().as_str(), first.id);
    assert_eq!(shelf.list().unwrap().len(), 2);
    let names: Vec<String> = fs::read_dir(data.path().join("releases"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_str().unwrap().to_owned())
        .filter(|name| name.starts_with('.') && name != ".lock")
        .collect();
    assert!(names.is_empty(), "nothing half built is left: {names:?}");
}

#[test]
fn what_a_killed_build_left_behind_is_cleared_away_by_the_next() {
    let data = tempfile::tempdir().unwrap();
    let shelf = Shelf::below(data.path());
    let releases = data.path().join("releases");
    fs::create_dir_all(releases.join(".building-x/sources")).unwrap();
    fs::create_dir_all(releases.join("2026-W01-00000000")).unwrap();
    let manifest = shelf.publish(&shelf.lock().unwrap(), inputs((0..10).map(sighting), [])).unwrap();
    assert!(!releases.join(".building-x").exists());
    assert_eq!(shelf.list().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>(), [manifest.id]);
}

#[test]
fn a_pass_on_which_nothing_but_homes_was_seen_does_not_show() {
    let without = inputs((0..20).map(sighting), []);
    let cell = home(3).cell;
    assert_eq!(without.home_key.round("", cell, 1), 0, "one camera rounds to nothing here");
    let mut with = inputs((0..20).map(sighting), []);
    with.occasions.push(Occasion { wave: Some("doors".to_owned()), ..occasion("walkers", SourceKind::Field) });
    with.observed.push(Observed { sighting: home(3), occasion: OccasionId(2) });
    assert!(built(without) == built(with));
}

#[test]
fn an_empty_census_is_a_release_of_zeros() {
    let files = built(inputs([], []));
    let summary: serde_json::Value = serde_json::from_slice(&files["summary.json"]).unwrap();
    assert_eq!(summary["cameras"], 0);
    assert_eq!(summary["bounds"], serde_json::Value::Null);
    assert_eq!(String::from_utf8_lossy(&files["cells-r10.csv"]).lines().count(), 1);
}

#[test]
fn the_id_names_week_software_and_inputs() {
    let id = |change: &dyn Fn(&mut Inputs)| {
        let mut inputs = inputs((0..10).map(sighting), []);
        change(&mut inputs);
        let folder = tempfile::tempdir().unwrap();
        build(inputs, None, folder.path()).unwrap().id
    };
    let plain = id(&|_| {});
    assert!(plain.starts_with("2026-W47-"));
    assert_ne!(plain, id(&|inputs| inputs.title = "Other".to_owned()));
    assert_ne!(plain, id(&|inputs| inputs.previous = Some("2026-W46-00000000".to_owned())));
    assert_ne!(plain, id(&|inputs| inputs.observed[0].sighting.heads = 9));
    assert_ne!(plain, id(&|inputs| inputs.as_of = IsoWeek::new(2026, 48).unwrap()));
}

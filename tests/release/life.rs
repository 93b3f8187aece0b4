//! The life of releases through the built program: what changed, rebuilding, withdrawing, building by the week.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use rstest::rstest;
use serde_json::{Value, json};

use crate::random::Random;
use crate::world::{Database, World};

fn camera(number: u32, kind: &str) -> Value {
    let place = [13.40 + 0.001 * f64::from(number % 10), 52.40 + 0.001 * f64::from(number / 10)];
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": { "kind": kind } })
}

fn street(number: u32, state: &str) -> Value {
    let (x, y) = (13.40 + 0.001 * f64::from(number % 10), 52.40 + 0.001 * f64::from(number / 10));
    json!({
        "type": "Feature",
        "geometry": { "type": "LineString", "coordinates": [[x - 0.0004, y], [x + 0.0004, y]] },
        "properties": { "wave": "spring", "pass": "A", "state": state },
    })
}

/// A square of the area set: east of 13.405 degrees, or west of it.
fn square(name: &str, west: f64, east: f64) -> Value {
    let ring = [[west, 52.3], [east, 52.3], [east, 52.5], [west, 52.5], [west, 52.3]];
    json!({
        "type": "Feature",
        "geometry": { "type": "Polygon", "coordinates": [ring] },
        "properties": { "name": name },
    })
}

fn import(world: &World, source: &str, features: impl IntoIterator<Item = Value>) {
    let features: Vec<Value> = features.into_iter().collect();
    let body = json!({ "type": "FeatureCollection", "features": features }).to_string();
    let file = world.input(&format!("{source}.geojson"), body);
    world.facts(&["import", file.to_str().unwrap(), "--source", source]);
}

fn build(world: &World) -> String {
    let built = world.facts(&["release", "build", "--as-of", "2026-W40"]);
    built["release"].as_str().unwrap().to_owned()
}

/// Thirty cameras in two areas, then ten more, some of them where every street had been walked before.
fn two_releases(world: &World) -> (String, String) {
    let squares = [square("west", 13.3, 13.4045), square("east", 13.4045, 13.5)];
    let squares = json!({ "type": "FeatureCollection", "features": squares }).to_string();
    let squares = world.input("squares.geojson", squares);
    world.facts(&["areas", "import", squares.to_str().unwrap(), "--set", "halves"]);
    let streets = (0..40).map(|n| street(n, if n < 35 { "complete" } else { "not_walked" })).collect::<Vec<_>>();
    let streets = json!({ "type": "FeatureCollection", "features": streets }).to_string();
    let streets = world.input("streets.geojson", streets);
    world.facts(&["effort", "import", streets.to_str().unwrap()]);
    import(world, "first", (0..30).map(|n| camera(n, "dome")));
    let first = build(world);
    import(world, "second", (30..40).map(|n| camera(n, "fixed")));
    (first, build(world))
}

fn rows(world: &World, release: &str, file: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = fs::read(world.releases().join(release).join(file)).unwrap();
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> i64 {
    if row[column].is_empty() { 0 } else { row[column].parse().unwrap() }
}

#[test]
fn every_line_of_changes_adds_up_and_diff_tells_the_same() {
    let world = World::new(Database::Sqlite).unwrap();
    let (first, second) = two_releases(&world);
    assert_eq!(rows(&world, &first, "changes.csv").len(), 0, "there is nothing before the first");
    let changes = rows(&world, &second, "changes.csv");
    for row in &changes {
        let n = |column| number(row, column);
        let sum = n("before") + n("new") + n("newly_found") + n("split") - n("merged") - n("gone") + n("border");
        assert_eq!(sum, n("after"), "{row:?}");
    }
    let of = |scope: &str| changes.iter().filter(|row| row["scope"] == scope).collect::<Vec<_>>();
    let [census] = of("census")[..] else { panic!("one line for the census") };
    assert_eq!([number(census, "before"), number(census, "after"), number(census, "border")], [30, 40, 0]);
    // Streets 30 to 34 had been walked whole; a cell may hold one of the others too.
    assert_eq!(number(census, "new") + number(census, "newly_found"), 10);
    assert!((1..=5).contains(&number(census, "new")), "{census:?}");
    let columns = ["new", "newly_found", "split", "merged", "gone", "reclassified_kind", "newly_walked"];
    for column in columns {
        let sum = |rows: &[&BTreeMap<String, String>]| rows.iter().map(|row| number(row, column)).sum::<i64>();
        assert_eq!(sum(&of("area")), number(census, column), "areas, {column}");
        assert_eq!(sum(&of("cell")), number(census, column), "cells, {column}");
    }
    for row in of("area") {
        let then = rows(&world, &first, "areas-halves.csv");
        let now = rows(&world, &second, "areas-halves.csv");
        let cameras = |table: &[BTreeMap<String, String>]| {
            table.iter().find(|line| line["slug"] == row["slug"]).map(|line| number(line, "cameras"))
        };
        let (before, after) = (number(row, "before"), number(row, "after"));
        assert_eq!((cameras(&then), cameras(&now)), (Some(before), Some(after)), "{row:?}");
    }

    let diff = world.facts(&["release", "diff", &first, &second]);
    let lines = diff["changes"].as_array().unwrap();
    assert_eq!(lines.len(), changes.len());
    for (line, row) in lines.iter().zip(&changes) {
        for column in columns.into_iter().chain(["before", "after", "border"]) {
            assert_eq!(line[column].as_i64().unwrap_or(0), number(row, column), "{column}: {line} {row:?}");
        }
    }
    let back = world.facts(&["release", "diff", &second, &first]);
    assert_eq!(back["changes"][0]["gone"], 10, "and backwards they are gone");
    let same = world.facts(&["release", "diff", &second, &second]);
    assert_eq!((same["changes"].as_array().unwrap().len(), &same["regions"]), (1, &json!([])));
    let printed = world.run(&["release", "diff", &first]);
    assert!(printed.stdout.contains("all: 30 -> 40 cameras"), "{}", printed.stdout);
}

#[test]
fn a_release_that_is_lost_is_rebuilt_byte_for_byte() {
    let world = World::new(Database::Sqlite).unwrap();
    let (first, second) = two_releases(&world);
    let shelf = world.releases();
    let lost = shelf.join(&second);
    let before = crate::files(&lost);
    fs::remove_dir_all(&lost).unwrap();
    fs::write(shelf.join("latest"), format!("{first}\n")).unwrap();
    assert_eq!(build(&world), second);
    assert!(crate::files(&lost) == before);
    assert!(before.len() > 30);
}

#[test]
fn a_withdrawn_release_leaves_a_tombstone_and_a_running_server_tells_why() {
    let world = World::new(Database::Sqlite).unwrap();
    let (first, second) = two_releases(&world);
    let server = world.serve();
    let file = format!("/data/{second}/summary.json");
    assert_eq!(server.get(&file).status, 200);
    let cache = world.everything().join("data/cache");
    let begun = Instant::now();
    while !cache.is_dir() {
        assert!(begun.elapsed() < Duration::from_mins(1), "{}", server.log());
        std::thread::sleep(Duration::from_millis(50));
    }
    let ran = world.run(&["release", "withdraw", &second, "--reason", " "]);
    assert_eq!(ran.code, Some(1), "{}", ran.stderr);
    let reason = "two streets were counted twice";
    let facts = world.facts(&["release", "withdraw", &second, "--reason", reason]);
    assert_eq!((&facts["latest"], &facts["withdrawn"]["reason"]), (&json!(first), &json!(reason)));

    let gone = server.get(&file).is_problem(410);
    assert_eq!((&gone["withdrawn"]["reason"], &gone["withdrawn"]["release"]), (&json!(reason), &json!(second)));
    assert_eq!(server.get(&format!("/releases/{second}/")).status, 410);
    assert_eq!(server.get(&format!("/tiles/{second}/density/3/4/2.mvt")).status, 410);
    server.get(&format!("/api/v1/cells?res=5&release={second}")).is_problem(410);
    let manifest = server.get(&format!("/data/{second}/manifest.json")).json();
    assert_eq!(manifest["id"], second, "what was cited can still be told");
    assert_eq!(server.get(&format!("/data/{second}/withdrawn.json")).json()["reason"], reason);
    let list = server.get("/api/v1/releases").json();
    assert_eq!((list["releases"].as_array().unwrap().len(), &list["withdrawn"][0]["id"]), (1, &json!(second)));
    let page = String::from_utf8(server.get("/releases").body).unwrap();
    assert!(page.contains(reason) && page.contains(&second));
    assert_eq!(
        server.get("/data/latest/summary.json").header("location"),
        Some(&*format!("/data/{first}/summary.json"))
    );

    let catalogue = server.get("/data.json").json().to_string();
    assert!(catalogue.contains(&first) && !catalogue.contains(&second), "{catalogue}");
    let sha256 = facts["withdrawn"]["manifest_sha256"].as_str().unwrap();
    let begun = Instant::now();
    while cache.join(sha256).exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing of it stays in the cache");
        std::thread::sleep(Duration::from_millis(50));
    }

    let left: Vec<String> = crate::files(&world.releases().join(&second)).into_keys().collect();
    assert_eq!(left, ["manifest.json", "withdrawn.json"]);
    let verified = world.facts(&["release", "verify", &second]);
    assert_eq!(verified["findings"], json!([]), "what is left is as it should be");
    let again = world.run(&["release", "build", "--as-of", "2026-W40"]);
    assert_eq!(again.code, Some(1), "the same numbers are not released again");
    assert!(again.stderr.contains(reason), "{}", again.stderr);
    import(&world, "third", (40..50).map(|n| camera(n, "dome")));
    let third = build(&world);
    assert_eq!(server.get(&format!("/data/{third}/manifest.json")).json()["previous"], first);
    let gone = world.run(&["release", "diff", &second, &third]);
    assert!(gone.code == Some(1) && gone.stderr.contains(reason), "{}", gone.stderr);
}

#[test]
fn a_server_builds_by_the_week_when_something_has_changed() {
    let world = World::new(Database::Sqlite).unwrap();
    import(&world, "first", (0..30).map(|n| camera(n, "dome")));
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--build-weekly"].map(std::ffi::OsStr::new);
    let latest = world.releases().join("latest");
    let wait = |server: &crate::world::Server, sign: &str| {
        let begun = Instant::now();
        while !server.log().contains(sign) {
            assert!(begun.elapsed() < Duration::from_mins(1), "{}", server.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    let server = world.server_of(world.command(&arguments));
    wait(&server, "is built");
    let first = fs::read_to_string(&latest).unwrap();
    assert_eq!(server.get("/data/latest/summary.json").status, 307);
    drop(server);

    // The release of this week is there; one of a week long past would be followed only by something new.
    fs::remove_dir_all(world.releases()).unwrap();
    let old = build(&world);
    let server = world.server_of(world.command(&arguments));
    wait(&server, "nothing has changed");
    assert_eq!(fs::read_to_string(&latest).unwrap().trim(), old);
    drop(server);
    let mut random = Random::seeded(3);
    let server = world.serve();
    assert_eq!(server.post(&random.secret(), camera(90, "dome").to_string()).status, 202);
    drop(server);
    world.facts(&["review", "approve", "--all"]);
    let server = world.server_of(world.command(&arguments));
    wait(&server, "is built");
    let newest = fs::read_to_string(&latest).unwrap();
    assert!(newest.trim() != old && newest[..8] == first[..8]);
}

#[test]
fn a_signature_made_elsewhere_is_put_beside_the_manifest_and_checked() {
    let world = World::new(Database::Sqlite).unwrap();
    import(&world, "first", (0..30).map(|n| camera(n, "dome")));
    let release = build(&world);
    let keys = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let others = minisign::KeyPair::generate_unencrypted_keypair().unwrap();
    let manifest = fs::read(world.releases().join(&release).join("manifest.json")).unwrap();
    let sign = |keys: &minisign::KeyPair, bytes: &[u8]| {
        let made = minisign::sign(Some(&keys.pk), &keys.sk, bytes, Some("census of W40"), None).unwrap();
        world.input("signature", made.into_string())
    };
    let put = |signature: &std::path::Path, key: &str| {
        world.run(&["release", "sign", &release, "--signature", signature.to_str().unwrap(), "--public-key", key])
    };
    let key = keys.pk.to_base64();
    let unsigned = world.run(&["release", "verify", &release, "--public-key", &key]);
    assert!(unsigned.code == Some(1) && unsigned.stderr.contains("not signed"), "{}", unsigned.stderr);
    assert_eq!(put(&sign(&keys, b"another manifest"), &key).code, Some(1));
    assert_eq!(put(&sign(&others, &manifest), &key).code, Some(1));
    assert_eq!(put(&sign(&keys, &manifest), "RW").code, Some(1));
    let file = world.input("census.pub", keys.pk.to_box().unwrap().into_string());
    assert_eq!(put(&sign(&keys, &manifest), file.to_str().unwrap()).code, Some(0));

    let verified = world.facts(&["release", "verify", &release, "--public-key", &key]);
    assert_eq!((&verified["findings"], &verified["trusted_comment"]), (&json!([]), &json!("census of W40")));
    assert_eq!(world.run(&["release", "verify", &release, "--public-key", &others.pk.to_base64()]).code, Some(1));
    let served = world.serve().get(&format!("/data/{release}/manifest.json.minisig"));
    assert_eq!((served.status, served.header("etag").is_some()), (200, true));
}

#[rstest]
fn two_builds_at_once_make_one_release(#[values(Database::Sqlite, Database::Postgres)] database: Database) {
    let Some(world) = World::new(database) else { return };
    import(&world, "first", (0..30).map(|n| camera(n, "dome")));
    let arguments = ["release", "build", "--as-of", "2026-W40"].map(std::ffi::OsStr::new);
    let running: Vec<_> = (0..3).map(|_| world.command(&arguments).spawn().unwrap()).collect();
    for mut build in running {
        let ended = build.wait().unwrap();
        let said: Vec<String> =
            crate::files(&world.output()).values().map(|text| String::from_utf8_lossy(text).into_owned()).collect();
        assert!(ended.success(), "{said:?}");
    }
    let listed = world.facts(&["release", "list"]);
    assert_eq!(listed["releases"].as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(world.facts(&["release", "verify"])["findings"], json!([]));
}

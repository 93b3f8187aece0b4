//! P15: what is taken back is gone, from the database at once and from the backups within 30 days; and a backup brings
//! everything else back.

use std::fs;
use std::path::PathBuf;

use camera_census::storage::{OpenOptions, Store};
use rstest::rstest;
use serde_json::{Value, json};

use crate::random::Random;
use crate::search::{Finder, below};
use crate::world::{Database, World};

const HERE: (f64, f64) = (13.40, 52.52);

fn home(number: u32) -> Value {
    let place = [HERE.0 + 0.0001 * f64::from(number), HERE.1];
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": { "kind": "doorbell" } })
}

fn dome(number: u32) -> Value {
    let place = [HERE.0 + 0.001 * f64::from(number % 30), HERE.1 + 0.001 * f64::from(number / 30)];
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": { "kind": "dome" } })
}

/// Reports sent one by one and accepted.
fn accepted(world: &World, features: impl IntoIterator<Item = Value>) {
    let server = world.serve();
    let mut random = Random::seeded(15);
    for feature in features {
        assert_eq!(server.post(&random.secret(), feature.to_string()).status, 202);
    }
    drop(server);
    world.facts(&["review", "approve", "--all"]);
}

/// Cell and id of every accepted sighting.
fn sightings(world: &World) -> Vec<(u64, [u8; 16])> {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&world.url.parse().unwrap(), OpenOptions::default()).await.unwrap();
        let mut snapshot = store.snapshot().await.unwrap();
        let rows = snapshot.sightings_page(None, 10_000, true).await.unwrap();
        drop(snapshot);
        store.close().await;
        rows.iter().map(|row| (row.sighting.cell.into(), row.id.0)).collect()
    })
}

/// A pair of keys: the file with the secret one, outside the data directory, and the public one.
fn keys(world: &World) -> (PathBuf, String) {
    let file = world.input("placeholder", "").with_file_name("key.txt");
    let made = world.facts(&["backup", "--new-key", file.to_str().unwrap()]);
    (file, made["recipient"].as_str().unwrap().to_owned())
}

#[rstest]
fn a_household_that_asks_is_counted_no_more_and_nothing_of_it_stays(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(world) = World::new(database) else { return };
    accepted(&world, (0..7).map(home));
    let before = sightings(&world);
    assert_eq!(before.len(), 7);
    let (cell, _) = before[0];
    assert!(before.iter().all(|&(other, _)| other == cell), "all in one cell");
    let cell = h3o::CellIndex::try_from(cell).unwrap().to_string();
    assert_eq!(world.facts(&["review", "lower-home", &cell])["deleted"], 1);
    let after = sightings(&world);
    assert_eq!(after.len(), 6);
    let removed: Vec<_> =
        before.iter().filter(|sighting| !after.contains(sighting)).map(|(_, id)| id.to_vec()).collect();
    assert_eq!(removed.len(), 1);
    if database == Database::Sqlite {
        let kept = vec![after[0].1.to_vec()];
        let found = |needles: Vec<Vec<u8>>| {
            let finder = Finder::new(needles);
            below(&world.everything()).iter().map(|hay| finder.find(&hay.bytes).len()).sum::<usize>()
        };
        assert!(found(kept) > 0, "the search finds what is there");
        assert_eq!(found(removed), 0, "the deleted row is in no file");
    }
    // Down to none; then there is nothing to take back.
    for _ in 0..6 {
        world.facts(&["review", "lower-home", &cell]);
    }
    assert!(sightings(&world).is_empty());
    let ran = world.run(&["review", "lower-home", &cell]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("no home camera is counted in this cell"), "{}", ran.stderr);
    let fine = h3o::LatLng::new(HERE.1, HERE.0).unwrap().to_cell(h3o::Resolution::Nine).to_string();
    assert!(world.run(&["review", "lower-home", &fine]).stderr.contains("resolution 8"));
}

#[test]
fn lowering_takes_one_from_every_pass_that_counted_the_most_and_leaves_the_others() {
    let world = World::new(Database::Sqlite).unwrap();
    for (pass, homes) in [("A", 3), ("B", 3), ("C", 2)] {
        let body = json!({ "type": "FeatureCollection", "features": (0..homes).map(home).collect::<Vec<_>>() });
        let file = world.input(&format!("{pass}.geojson"), body.to_string());
        world.facts(&["import", file.to_str().unwrap(), "--source", "walk", "--wave", "spring", "--pass", pass]);
    }
    let cell = h3o::CellIndex::try_from(sightings(&world)[0].0).unwrap().to_string();
    assert_eq!(world.facts(&["review", "lower-home", &cell])["deleted"], 2, "of A and B");
    assert_eq!(world.facts(&["review", "lower-home", &cell])["deleted"], 3, "now all counted two");
    assert_eq!(sightings(&world).len(), 3);
}

#[rstest]
fn a_backup_under_load_comes_back_in_either_database_and_the_next_release_is_the_same(
    #[values(Database::Sqlite, Database::Postgres)] from: Database,
    #[values(Database::Sqlite, Database::Postgres)] to: Database,
) {
    let (Some(world), Some(other)) = (World::new(from), World::new(to)) else { return };
    accepted(&world, (0..60).map(dome).chain((0..7).map(home)));
    world.facts(&["release", "build", "--as-of", "2026-W40"]);
    accepted(&world, (60..90).map(dome));
    let (key, recipient) = keys(&world);

    let server = world.serve();
    let mut random = Random::seeded(19);
    let made = std::thread::scope(|scope| {
        let posting = scope.spawn(|| {
            for number in 90..140 {
                assert_eq!(server.post(&random.secret(), dome(number).to_string()).status, 202);
            }
        });
        let made = world.facts(&["backup", "--recipient", &recipient]);
        posting.join().unwrap();
        made
    });
    drop(server);
    let backup = made["backup"].as_str().unwrap();

    other.facts(&["restore", backup, "--identity", key.to_str().unwrap()]);
    assert_eq!(sightings(&other), sightings(&world));
    let again = other.run(&["restore", backup, "--identity", key.to_str().unwrap()]);
    assert_eq!(again.code, Some(1));
    assert!(again.stderr.contains("the database is not empty"), "{}", again.stderr);

    copy(&world.releases(), &other.releases());
    let build = ["release", "build", "--as-of", "2026-W41"];
    let (first, second) = (world.facts(&build), other.facts(&build));
    assert_eq!(first["release"], second["release"]);
    let manifest =
        |world: &World| fs::read(world.releases().join(first["release"].as_str().unwrap()).join("manifest.json"));
    assert_eq!(manifest(&world).unwrap(), manifest(&other).unwrap());
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_backup_shows_nothing_without_its_key_and_goes_within_thirty_days() {
    let world = World::new(Database::Sqlite).unwrap();
    accepted(&world, (0..5).map(dome));
    let (key, recipient) = keys(&world);
    let refused = world.run(&["backup"]);
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.contains("--new-key"), "{}", refused.stderr);
    let made = world.facts(&["backup", "--recipient", &recipient]);
    let backup = PathBuf::from(made["backup"].as_str().unwrap());
    let directory = backup.parent().unwrap().to_owned();
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 1, "no readable copy is left behind");
    let ids = sightings(&world).iter().map(|(_, id)| id.to_vec()).collect();
    let bytes = fs::read(&backup).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(Finder::new(ids).find(&bytes).is_empty());

    let other = World::new(Database::Sqlite).unwrap();
    let (wrong, _) = keys(&other);
    let ran = other.run(&["restore", backup.to_str().unwrap(), "--identity", wrong.to_str().unwrap()]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stderr.contains("this key does not open the backup"), "{}", ran.stderr);
    let damaged = other.input("damaged.age", &bytes[..bytes.len() - 40]);
    let ran = other.run(&["restore", damaged.to_str().unwrap(), "--identity", key.to_str().unwrap()]);
    assert!(ran.stderr.contains("the backup is damaged"), "{}", ran.stderr);
    assert!(sightings(&other).is_empty(), "nothing of a damaged backup is taken in");

    // A file of an earlier month, and one that is no backup.
    fs::rename(&backup, directory.join("census-2024-W10-0badcafe.sqlite.age")).unwrap();
    fs::write(directory.join("notes.txt"), b"mine").unwrap();
    world.facts(&["seal"]);
    let left: Vec<_> = fs::read_dir(&directory).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["notes.txt"]);
    // A running server does the same, so that nobody needs to remember.
    fs::write(directory.join("census-2024-W10-0badcafe.sqlite.age"), b"x").unwrap();
    let server = world.serve();
    let gone = (0..200).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        fs::read_dir(&directory).unwrap().count() == 1
    });
    drop(server);
    assert!(gone);
}

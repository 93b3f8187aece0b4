//! R1 and R2: `kill -9` while reports come in, in a bulk import and in a release build.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rstest::rstest;
use sqlx::Connection as _;

use crate::random::Random;
use crate::world::{Database, World, in_full};
use crate::writers::{Record, write_during};

/// Time a server may take to be ready after it was killed.
const READY: Duration = Duration::from_secs(2);

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn a_server_killed_while_it_takes_reports_loses_none_that_it_acknowledged(#[case] database: Database) {
    let mut random = Random::seeded(1);
    // A new world for every ten rounds, because the review queue of a campaign is bounded.
    for _ in 0..if in_full() { 5 } else { 1 } {
        let Some(world) = World::new(database) else { return };
        let mut record = Record::default();
        let mut server = world.serve();
        for _ in 0..10 {
            let pause = Duration::from_secs_f64(random.between(0.05, if in_full() { 1.5 } else { 0.8 }));
            let address = server.address;
            write_during(address, 4, &mut record, |_| {
                std::thread::sleep(pause);
                drop(server);
            });
            let started = Instant::now();
            server = world.serve();
            assert_eq!(server.get("/readyz").status, 200);
            assert!(started.elapsed() < READY, "{:?}", started.elapsed());
        }
        assert!(record.acknowledged.len() > 20, "{}: too few to say anything", record.acknowledged.len());
        record.is_kept_in(&world);
        drop(server);
        if database == Database::Sqlite {
            assert_eq!(integrity(&world.everything().join("census.db")), ["ok"]);
        }
        record.is_kept_in(&world);
    }
}

/// What SQLite itself says about a database file.
fn integrity(path: &Path) -> Vec<String> {
    let work = async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut connection).await.unwrap()
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

#[test]
fn a_damaged_database_does_not_pass_for_a_sound_one() {
    let world = World::new(Database::Sqlite).unwrap();
    world.facts(&["seal"]);
    let path = world.everything().join("census.db");
    assert_eq!(integrity(&path), ["ok"]);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..4104].fill(0xff);
    fs::write(&path, bytes).unwrap();
    assert!(std::panic::catch_unwind(|| integrity(&path)).map_or(true, |answer| answer != ["ok"]));
}

const ROWS: u64 = 100_000;

fn bulk() -> String {
    let mut random = Random::seeded(2);
    let mut table = "longitude,latitude,kind\n".to_owned();
    for _ in 0..ROWS {
        writeln!(table, "{:.6},{:.6},fixed", random.between(7.0, 8.0), random.between(46.0, 47.0)).unwrap();
    }
    table
}

/// Kills a command after a while; `false` when it had come to its end before.
fn killed(world: &World, arguments: &[&OsStr], after: Duration) -> bool {
    let mut child = world.command(arguments).spawn().unwrap();
    std::thread::sleep(after);
    let running = child.try_wait().unwrap().is_none();
    if running {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    running
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn an_import_or_a_release_build_that_was_killed_happened_whole_or_not_at_all(#[case] database: Database) {
    let (Some(clean), Some(world)) = (World::new(database), World::new(database)) else { return };
    let table = bulk();
    let file = clean.input("bulk.csv", &table);
    let started = Instant::now();
    assert_eq!(clean.facts(&["import".as_ref(), file.as_os_str()])["added"], ROWS);
    let importing = started.elapsed().as_secs_f64();
    let rounds = if in_full() { 20 } else { 3 };
    let mut random = Random::seeded(3);
    let file = world.input("bulk.csv", &table);
    let import = [OsStr::new("import"), file.as_os_str()];
    let mut hit = 0;
    for round in 1..=rounds {
        // Ever later, the last time where the rows are written. On a busy machine the clean run was slower than this one
        // and the import may come to its end: then it was killed often enough.
        let share = 0.9 * f64::from(round) / f64::from(rounds);
        if !killed(&world, &import, Duration::from_secs_f64(importing * share)) {
            break;
        }
        hit += 1;
    }
    assert!(hit > 0, "the import was never killed");
    let outcome = world.facts(&import);
    let (added, unchanged) = (outcome["added"].as_u64().unwrap(), outcome["unchanged"].as_u64().unwrap());
    assert!((added, unchanged) == (ROWS, 0) || (added, unchanged) == (0, ROWS), "{outcome}: a part was kept");
    assert_eq!(world.facts(&import)["added"], 0);
    assert_eq!(world.facts(&import)["unchanged"], ROWS);
    if database == Database::Postgres && !in_full() {
        // What becomes of files does not depend on the database.
        return;
    }

    let started = Instant::now();
    clean.facts(&["release", "build"]);
    let building = started.elapsed().as_secs_f64();
    let build = ["release", "build"].map(OsStr::new);
    for _ in 0..rounds {
        killed(&world, &build, Duration::from_secs_f64(building * random.between(0.3, 1.0)));
        is_whole_or_absent(&world);
    }
    let release = world.facts(&build)["release"].as_str().unwrap().to_owned();
    is_whole_or_absent(&world);
    let listed = world.facts(&["release", "list"]);
    assert_eq!(listed["releases"].as_array().unwrap().len(), 1, "{listed}");
    assert_eq!(listed["releases"][0]["latest"], true, "{listed}");
    let theirs = clean.facts(&["release", "list"])["releases"][0]["release"].as_str().unwrap().to_owned();
    for resolution in 3..=10 {
        let name = format!("cells-r{resolution}.csv");
        let read = |world: &World, release: &str| fs::read(world.releases().join(release).join(&name)).unwrap();
        assert!(read(&world, &release) == read(&clean, &theirs), "{name} differs from that of a run nobody disturbed");
    }
}

/// Whatever is listed is as its manifest says.
#[track_caller]
fn is_whole_or_absent(world: &World) {
    for release in world.facts(&["release", "list"])["releases"].as_array().unwrap() {
        let id = release["release"].as_str().unwrap();
        let verified = world.facts(&["release", "verify", id]);
        assert_eq!(verified["findings"], serde_json::json!([]), "{verified}");
    }
    if let Ok(latest) = fs::read_to_string(world.releases().join("latest")) {
        assert!(world.releases().join(latest.trim()).join("manifest.json").is_file(), "latest names {latest:?}");
    }
}

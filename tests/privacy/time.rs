//! P4: nothing in logs, file names or releases tells a time closer than a week.

use std::ffi::OsStr;
use std::fs;
use std::io::Read as _;
use std::time::{Duration, SystemTime};

use camera_census::model::IsoWeek;
use rstest::rstest;

use crate::places::{collection, scattered};
use crate::random::Random;
use crate::search::{Finder, Hay, below, files};
use crate::world::{Database, World};

#[rstest]
#[case::sqlite(Database::Sqlite, &[])]
#[case::sqlite_verbose(Database::Sqlite, &["-v"])]
#[case::postgres(Database::Postgres, &[])]
#[case::postgres_verbose(Database::Postgres, &["-v"])]
fn nothing_is_logged_when_a_report_comes(#[case] database: Database, #[case] options: &[&str]) {
    let Some(world) = World::new(database) else { return };
    let arguments: Vec<&OsStr> = ["serve", "--listen", "127.0.0.1:0"].iter().chain(options).map(OsStr::new).collect();
    let server = world.server_of(world.command(&arguments));
    let places = scattered(30, 50);
    let mut random = Random::seeded(31);
    assert_eq!(server.post(&random.secret(), places[0].feature()).status, 202);
    let before = server.log();
    assert!(before.contains("no release yet"), "the log is looked at in the wrong place: {before:?}");
    for place in &places {
        let secret = random.secret();
        assert_eq!(server.post(&secret, place.feature()).status, 202);
        assert_eq!(server.receipt("GET", &secret).status, 200);
        assert_eq!(server.receipt("DELETE", &secret).status, 200);
        assert_eq!(server.post(&secret, "{}").status, 422);
        assert_eq!(server.post(&secret, "{").status, 400);
    }
    assert_eq!(server.log(), before);
}

/// Seconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the test looks for the present moment in what the program wrote")]
fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

/// How a program that keeps moments would have written those from `start` to `end`.
fn moments(start: u64, end: u64) -> Vec<Vec<u8>> {
    let mut needles = Vec::new();
    for second in start..=end {
        needles.push(second.to_be_bytes().to_vec());
        needles.push(second.to_le_bytes().to_vec());
        // Milliseconds, without their last two bytes.
        for part in [(second * 1000) >> 16, (second * 1000 + 999) >> 16] {
            let part = u32::try_from(part).unwrap();
            needles.push([[0, 0].as_slice(), &part.to_be_bytes()].concat());
            needles.push([part.to_le_bytes().as_slice(), &[0, 0]].concat());
        }
        // A quarter of an hour of seconds, or of finer units, as text.
        needles.push((second / 1000).to_string().into_bytes());
        let moment = jiff::Timestamp::from_second(i64::try_from(second).unwrap()).unwrap();
        for format in ["%Y-%m-%d", "%Y%m%d", "%d %b %Y", "%b %e", "%Y:%m:%d", "%H:%M:%S"] {
            needles.push(moment.strftime(format).to_string().into_bytes());
        }
    }
    needles.sort();
    needles.dedup();
    needles
}

#[test]
fn moments_are_found_however_they_are_written() {
    let finder = Finder::new(moments(1_795_000_000, 1_795_000_100));
    let second = 1_795_000_050_u64;
    for planted in [
        second.to_string().into_bytes(),
        (second * 1000 + 123).to_string().into_bytes(),
        (second * 1000 + 123).to_be_bytes().to_vec(),
        (second * 1000 + 123).to_le_bytes().to_vec(),
        second.to_be_bytes().to_vec(),
        b"2026-11-18T10:00:00Z".to_vec(),
        b"Wed, 18 Nov 2026".to_vec(),
    ] {
        assert!(!finder.find(&[b"--".to_vec(), planted.clone(), b"--".to_vec()].concat()).is_empty(), "{planted:?}");
    }
    assert_eq!(finder.find(b"2026-W47-1a2b3c4d 1794999"), []);
}

/// Some bytes with blanks in place of a text.
fn without(bytes: &[u8], text: &[u8]) -> Vec<u8> {
    let mut left = bytes.to_vec();
    for at in memchr::memmem::find_iter(bytes, text) {
        left[at..at + text.len()].fill(b' ');
    }
    left
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn no_moment_stands_in_the_database_a_release_a_log_or_a_file_name(#[case] database: Database) {
    let Some(world) = World::noisy(database) else { return };
    let start = now();
    let server = world.serve();
    assert_eq!(server.post(&Random::seeded(32).secret(), collection(&scattered(33, 20))).status, 202);
    world.facts(&["review", "approve", "--all"]);
    let file = world.input("more.geojson", collection(&scattered(34, 20)));
    world.facts(&["import".as_ref(), file.as_os_str()]);
    world.facts(&["release", "build"]);
    assert_eq!(server.get("/").status, 200);
    drop(server);
    let finder = Finder::new(moments(start - 1, now() + 1));
    // Answers stay out: HTTP itself dates them.
    let printed = below(&world.output()).into_iter().filter(|hay| !hay.name.starts_with("answers"));
    let names = files(&world.everything()).into_iter().map(|path| {
        let name = path.strip_prefix(world.everything()).unwrap().display().to_string();
        Hay { bytes: name.clone().into_bytes(), name: format!("the name {name}") }
    });
    let mut searched = 0;
    // A citation needs a date: the Monday of the week that the release speaks of, whatever day it was built on. It says no
    // more than the week, and on a Monday it is the date of today.
    let week: IsoWeek = fs::read_to_string(world.releases().join("latest")).unwrap()[..8].parse().unwrap();
    let monday = week.monday().to_string();
    let hays = below(&world.everything()).into_iter().map(|hay| {
        let is_released = hay.name.contains("releases/");
        let bytes = if is_released { without(&hay.bytes, monday.as_bytes()) } else { hay.bytes };
        Hay { bytes, name: hay.name }
    });
    for hay in hays.chain(printed).chain(names) {
        let found = finder.find(&hay.bytes);
        let shown = found.first().map(|&(_, at)| String::from_utf8_lossy(&hay.bytes[at..hay.bytes.len().min(at + 24)]));
        assert!(found.is_empty(), "{}: {shown:?}", hay.name);
        searched += hay.bytes.len();
    }
    assert!(searched > 10_000);
    for path in files(&world.releases()) {
        let bytes = fs::read(&path).unwrap();
        for at in memchr::memmem::find_iter(&bytes, b"\x1f\x8b\x08") {
            let mut member = flate2::read::GzDecoder::new(&bytes[at..]);
            if member.read(&mut [0]).is_ok() {
                assert_eq!(member.header().unwrap().mtime(), 0, "{}", path.display());
            }
        }
    }
}

#[test]
fn the_next_second_gives_the_same_release() {
    let world = World::new(Database::Sqlite).unwrap();
    let file = world.input("same.geojson", collection(&scattered(35, 20)));
    let mut built = Vec::new();
    for name in ["one", "two"] {
        let directory = world.everything().join(name);
        world.facts(&[
            "map".as_ref(),
            file.as_os_str(),
            "--once".as_ref(),
            directory.as_os_str(),
            "--as-of".as_ref(),
            "2026-W40".as_ref(),
        ]);
        built.push(below(&directory).into_iter().map(|hay| (hay.name, hay.bytes)).collect::<Vec<_>>());
        std::thread::sleep(Duration::from_millis(1100));
    }
    assert!(built[0] == built[1]);
}

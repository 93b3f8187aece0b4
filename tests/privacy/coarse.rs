//! P1: nothing finer than a cell of resolution 13, or 8 for a home, is ever written or answered.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rstest::rstest;

use crate::places::{Place, Tracer, collection, scattered, table};
use crate::random::Random;
use crate::search::{self, Hay, below};
use crate::world::{Database, Server, World, in_full, signal};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn no_trace_of_an_exact_place_is_kept_printed_or_answered(#[case] database: Database) {
    let Some(world) = World::noisy(database) else { return };
    let places = scattered(1, 40);
    let tracer = Tracer::new(&places);
    let (posted, imported) = places.split_at(16);
    let server = world.serve();
    post(&server, posted);
    world.facts(&["review", "approve", "--all"]);
    import_every_format(&world, imported);
    let release = world.facts(&["release", "build"])["release"].as_str().unwrap().to_owned();
    read_everything_public(&server, &release);
    let once = world.everything().join("once");
    world.facts(&[
        OsStr::new("map"),
        world.input("map.geojson", collection(&places)).as_ref(),
        "--once".as_ref(),
        once.as_ref(),
    ]);
    // A few more wait for review while the search looks at a running server, its write-ahead log not yet folded in.
    post(&server, &posted[..4]);

    let hays = search::all(&world);
    assert_eq!(tracer.traces(&hays), Vec::<String>::new());
    assert_kept(&hays, &places);
    let (status, _) = server.stop();
    assert!(status.success());
    assert_eq!(tracer.traces(&search::all(&world)), Vec::<String>::new());
}

/// One submission of several features with one that is refused, one lone feature, one sequence, and one broken document.
fn post(server: &Server, places: &[Place]) {
    let mut random = Random::seeded(u64::from(server.pid()));
    let (many, few) = places.split_at(places.len() - 3);
    let refused = many[0].feature().replace("dome", "an unknown kind");
    let mut body = collection(many);
    body.insert_str(body.len() - 2, &format!(",{refused}"));
    let answer = server.post(&random.secret(), body);
    assert_eq!(answer.status, 202, "{answer}");
    assert_eq!(answer.json()["refused"], 1, "{answer}");
    assert_eq!(server.post(&random.secret(), few[0].feature()).status, 202);
    let lines = format!("{}\n{}\n", few[1].feature(), few[2].feature());
    let headers = [("Content-Type", "application/x-ndjson")];
    assert_eq!(server.ask("POST", "/api/v1/submissions", &headers, lines.as_bytes()).status, 202);
    let broken = few[2].feature().replace("]}", "}");
    server.post(&random.secret(), broken).is_problem(400);
    let line = few[1].feature().replace("Point", "LineString");
    server.post(&random.secret(), line).is_problem(422);
}

fn import_every_format(world: &World, places: &[Place]) {
    let (first, rest) = places.split_at(places.len() / 3);
    let (second, third) = rest.split_at(rest.len() / 2);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(collection(third).as_bytes()).unwrap();
    for (name, bytes, places) in [
        ("plain.geojson", collection(first).into_bytes(), first),
        ("table.csv", table(second).into_bytes(), second),
        ("packed.geojson.gz", packed.finish().unwrap(), third),
    ] {
        let path = world.input(name, bytes);
        let outcome = world.facts(&[OsStr::new("import"), path.as_ref()]);
        assert_eq!(outcome["added"], places.len(), "{outcome}");
    }
}

fn read_everything_public(server: &Server, release: &str) {
    for path in ["/", "/data", "/privacy", "/method", "/es/", "/api/v1/releases", "/tiles/density.json"] {
        server.get(path);
    }
    let manifest = server.get(&format!("/data/{release}/manifest.json"));
    assert_eq!(manifest.status, 200, "{manifest}");
    for file in manifest.json()["files"].as_array().unwrap() {
        let answer = server.get(&format!("/data/{release}/{}", file["path"].as_str().unwrap()));
        assert_eq!(answer.status, 200);
    }
    for resolution in 3..=10 {
        assert_eq!(server.get(&format!("/api/v1/cells?res={resolution}")).status, 200);
        assert_eq!(server.get(&format!("/api/v1/cells?res={resolution}&f=json")).status, 200);
    }
    for finer in 11..=15 {
        server.get(&format!("/api/v1/cells?res={finer}")).is_problem(400);
    }
}

/// The search looks at the right bytes: the cells, which may be kept, are in them.
#[track_caller]
fn assert_kept(hays: &[Hay], places: &[Place]) {
    for place in places {
        let cell = u64::from(place.cell());
        let forms = [cell.to_be_bytes(), cell.to_le_bytes()];
        let kept = |hay: &Hay| forms.iter().any(|form| memchr::memmem::find(&hay.bytes, form).is_some());
        assert!(hays.iter().any(kept), "a cell is in none of the files, so they are not those of the database");
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn no_stored_id_covers_anything_finer_than_the_cell(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let places = scattered(2, 30);
    let file = world.input("places.geojson", collection(&places));
    assert_eq!(world.facts(&[OsStr::new("import"), file.as_ref()])["added"], 30);
    // Other points of the same cells, under the same source: had an id covered the point, they would be new rows.
    let moved: Vec<Place> = places
        .iter()
        .map(|place| {
            let step = 2e-6;
            let near = [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)].map(|(lng, lat)| Place {
                longitude: place.longitude + lng,
                latitude: place.latitude + lat,
                ..*place
            });
            *near.iter().find(|near| near.cell() == place.cell()).unwrap()
        })
        .collect();
    let file = world.input("places.geojson", collection(&moved));
    let outcome = world.facts(&[OsStr::new("import"), file.as_ref()]);
    assert_eq!((&outcome["added"], &outcome["unchanged"]), (&0.into(), &30.into()), "{outcome}");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn a_killed_import_leaves_no_trace_either(#[case] database: Database) {
    let Some(world) = World::noisy(database) else { return };
    let known = scattered(3, 40);
    let tracer = Tracer::new(&known);
    let file = world.input("bulk.csv", rows(&known, 60_000));
    let mut random = Random::seeded(4);
    // All of a PostgreSQL server's files are searched each time.
    let rounds = if database == Database::Sqlite { 5 } else { 2 };
    for _ in 0..if in_full() { 25 } else { rounds } {
        let mut import =
            world.command(&["import".as_ref(), file.as_ref(), "--source".as_ref(), "bulk".as_ref()]).spawn().unwrap();
        std::thread::sleep(Duration::from_secs_f64(random.between(0.05, 1.5)));
        // It may have come to its end.
        let _ = import.kill();
        import.wait().unwrap();
        assert_eq!(tracer.traces(&search::all(&world)), Vec::<String>::new());
    }
}

/// A table with known places spread evenly among others.
fn rows(known: &[Place], count: usize) -> String {
    let mut random = Random::seeded(5);
    let mut text = "longitude,latitude,kind,operator\n".to_owned();
    for row in 0..count {
        let every = count / known.len();
        if let Some(place) = known.get(row / every).filter(|_| row % every == 0) {
            let (kind, operator) = if place.home { ("doorbell", "household") } else { ("dome", "police") };
            writeln!(text, "{:.9},{:.9},{kind},{operator}", place.longitude, place.latitude).unwrap();
        } else {
            let (longitude, latitude) = (random.between(7.0, 8.0), random.between(46.0, 47.0));
            writeln!(text, "{longitude:.7},{latitude:.7},fixed,business").unwrap();
        }
    }
    text
}

#[cfg(target_os = "linux")]
#[test]
fn what_an_import_spills_into_unnamed_files_is_coarse_as_well() {
    let world = World::noisy(Database::Sqlite).unwrap();
    let known = scattered(6, 40);
    // A little more than the million sightings that are kept in memory.
    let file = world.input("huge.csv", rows(&known, (1 << 20) + 20_000));
    let arguments = ["import".as_ref(), file.as_ref(), "--rows".as_ref(), OsStr::new("reports")];
    let mut import = world.command(&arguments).spawn().unwrap();
    let started = Instant::now();
    let spilled = loop {
        // The temporary file is filled in one go, so two looks of the same size see all of it.
        let before = unnamed(import.id());
        std::thread::sleep(Duration::from_millis(300));
        if before > 30_000_000 && before == unnamed(import.id()) {
            signal(import.id(), rustix::process::Signal::STOP);
            break open_files(import.id(), &file);
        }
        assert_eq!(import.try_wait().unwrap(), None, "the import ended and never spilled");
        assert!(started.elapsed() < Duration::from_mins(3), "the import never spilled");
    };
    import.kill().unwrap();
    import.wait().unwrap();
    let tracer = Tracer::new(&known);
    assert_eq!(tracer.traces(&spilled), Vec::<String>::new());
    assert_kept(&spilled, &known);
    assert_eq!(tracer.traces(&below(&world.everything())), Vec::<String>::new());
    assert_eq!(tracer.traces(&below(&world.output())), Vec::<String>::new());
}

/// Bytes in files that a process has open and that have no name.
#[cfg(target_os = "linux")]
fn unnamed(pid: u32) -> u64 {
    let nameless =
        |path: &PathBuf| fs::read_link(path).is_ok_and(|target| target.to_string_lossy().ends_with("(deleted)"));
    descriptors(pid)
        .iter()
        .filter(|path| nameless(path))
        .filter_map(|path| fs::metadata(path).ok())
        .map(|m| m.len())
        .sum()
}

/// The contents of the files a process has open, without its input.
#[cfg(target_os = "linux")]
fn open_files(pid: u32, input: &Path) -> Vec<Hay> {
    let ours = |path: &PathBuf| fs::read_link(path).is_ok_and(|target| target != input);
    let regular = |path: &PathBuf| fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
    let paths = descriptors(pid).into_iter().filter(|path| ours(path) && regular(path));
    paths.map(|path| Hay { name: path.display().to_string(), bytes: fs::read(&path).unwrap() }).collect()
}

#[cfg(target_os = "linux")]
fn descriptors(pid: u32) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(format!("/proc/{pid}/fd")) else { return Vec::new() };
    entries.flatten().map(|entry| entry.path()).collect()
}

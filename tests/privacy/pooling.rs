//! P12: a region appears, and changes between releases, only when enough changes came together.

use rstest::rstest;
use serde_json::{Value, json};

use crate::random::Random;
use crate::world::{Database, World};

/// Two towns 250 km apart, so in different regions.
const HERE: (f64, f64) = (13.40, 52.52);
const THERE: (f64, f64) = (9.99, 53.55);

/// A camera of a town; each stands 70 m or more from every other.
fn camera((lng, lat): (f64, f64), number: u32, kind: &str) -> Value {
    let place = [lng + 0.001 * f64::from(number % 10), lat + 0.001 * f64::from(number / 10)];
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": { "kind": kind } })
}

fn collection(features: impl IntoIterator<Item = Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features.into_iter().collect::<Vec<_>>() }).to_string()
}

/// A world whose reports come in one by one.
struct Census {
    world: World,
    random: Random,
}

impl Census {
    fn new(database: Database) -> Option<Self> {
        Some(Self { world: World::pooled(database)?, random: Random::seeded(12) })
    }

    /// Reports that people sent one by one and a moderator accepted.
    fn report(&mut self, features: impl IntoIterator<Item = Value>) {
        let server = self.world.serve();
        for feature in features {
            assert_eq!(server.post(&self.random.secret(), feature.to_string()).status, 202);
        }
        drop(server);
        self.world.facts(&["review", "approve", "--all"]);
    }

    fn build(&self, options: &[&str]) -> Value {
        let mut arguments = vec!["release", "build", "--as-of", "2026-W40"];
        arguments.extend(options);
        self.world.facts(&arguments)
    }

    fn manifest(&self, built: &Value) -> Value {
        let path = self.world.releases().join(built["release"].as_str().unwrap()).join("manifest.json");
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }

    fn import(&self, name: &str, body: &str, options: &[&str]) -> Value {
        let file = self.world.input(name, body);
        let mut arguments = vec!["import", file.to_str().unwrap()];
        arguments.extend(options);
        self.world.facts(&arguments)
    }
}

fn waiting(built: &Value) -> u64 {
    built["waiting"].as_array().unwrap().iter().map(|region| region["changes"].as_u64().unwrap()).sum()
}

fn region_of(lng: f64, lat: f64) -> String {
    h3o::LatLng::new(lat, lng).unwrap().to_cell(h3o::Resolution::Five).to_string()
}

#[rstest]
fn nineteen_changes_leave_a_region_as_it_was_and_the_twentieth_changes_it(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(mut census) = Census::new(database) else { return };
    census.report((0..20).map(|n| camera(HERE, n, "dome")));
    let first = census.build(&[]);
    assert_eq!((&first["summary"]["cameras"], waiting(&first)), (&json!(20), 0));
    let region = region_of(HERE.0 + 0.001, HERE.1 + 0.001);
    let hash = census.manifest(&first)["regions"][&region].clone();
    assert!(hash.is_string(), "the region has appeared");

    // Home cameras are changes like any other.
    census.report((20..29).map(|n| camera(HERE, n, "fixed")).chain((30..40).map(|n| camera(HERE, n, "doorbell"))));
    let unchanged = census.build(&[]);
    assert_eq!(unchanged["release"], first["release"], "nothing that may be told has changed");
    assert_eq!((&unchanged["new"], waiting(&unchanged)), (&json!(false), 19));
    // Another region goes its own way, and the release is another one.
    census.report((0..20).map(|n| camera(THERE, n, "dome")));
    let other = census.build(&[]);
    assert_ne!(other["release"], first["release"]);
    assert_eq!((&other["summary"]["cameras"], waiting(&other)), (&json!(40), 19));
    assert_eq!(census.manifest(&other)["regions"][&region], hash, "the region is as it was");

    census.report([camera(HERE, 29, "fixed")]);
    let last = census.build(&[]);
    assert_eq!((&last["summary"]["cameras"], waiting(&last)), (&json!(50), 0));
    assert_ne!(census.manifest(&last)["regions"][&region], hash, "the twentieth change shows, and all before it");
    let changes =
        std::fs::read_to_string(census.world.releases().join(last["release"].as_str().unwrap()).join("changes.csv"))
            .unwrap();
    assert!(changes.contains("census,,,,,40,50,0,10,0,0,0,0,"), "{changes}");
}

#[rstest]
fn a_region_does_not_appear_before_enough_has_come_together_unless_the_operator_says_so_and_is_warned(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(mut census) = Census::new(database) else { return };
    census.report((0..4).map(|n| camera(HERE, n, "dome")));
    assert_eq!(census.build(&[])["summary"]["cameras"], 0);
    assert_eq!(census.build(&["--profile", "small"])["summary"]["cameras"], 0);
    census.report([camera(HERE, 4, "dome")]);
    assert_eq!(census.build(&[])["summary"]["cameras"], 0);
    let small = census.build(&["--profile", "small"]);
    assert_eq!((&small["summary"]["cameras"], waiting(&small)), (&json!(5), 0));
    assert_eq!(census.manifest(&small)["policy"]["min_changes"], 5);

    census.report([camera(HERE, 5, "dome")]);
    let ran = census.world.run(&["release", "build", "--as-of", "2026-W40", "--min-changes", "1"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(ran.stderr.contains("can tell when and where so few people walked"), "{}", ran.stderr);
    assert!(ran.stdout.contains("at least 6 cameras"), "{}", ran.stdout);
    // What was released stays released.
    assert_eq!(census.build(&[])["summary"]["cameras"], 6);
}

#[test]
fn large_imports_and_lists_are_exempt_and_small_imports_wait() {
    let census = Census::new(Database::Sqlite).unwrap();
    let few = collection((0..19).map(|n| camera(HERE, n, "dome")));
    let import = census.import("few.geojson", &few, &["--source", "walk"]);
    assert_eq!(import["waits"], true);
    assert_eq!(census.build(&[])["summary"]["cameras"], 0);
    census.import("register.geojson", &few, &["--source", "register", "--list"]);
    let built = census.build(&[]);
    let list = census.world.releases().join(built["release"].as_str().unwrap()).join("sources/register/summary.json");
    let list: Value = serde_json::from_slice(&std::fs::read(list).unwrap()).unwrap();
    assert_eq!((&built["summary"]["cameras"], &list["cameras"]), (&json!(0), &json!(19)));
    // The same source, larger: what waited of it goes with it.
    let many = collection((0..25).map(|n| camera(HERE, n, "dome")));
    assert_eq!(census.import("many.geojson", &many, &["--source", "walk"])["waits"], false);
    let built = census.build(&[]);
    assert_eq!((&built["summary"]["cameras"], waiting(&built)), (&json!(25), 0));
}

#[test]
fn a_ruling_is_a_change_and_waits_like_one() {
    let mut census = Census::new(Database::Sqlite).unwrap();
    let pair = [
        camera(HERE, 0, "dome"),
        json!({
            "type": "Feature", "geometry": { "type": "Point", "coordinates": [HERE.0 + 0.000_05, HERE.1] },
            "properties": { "kind": "dome" },
        }),
    ];
    census.report(pair.into_iter().chain((1..20).map(|n| camera(HERE, n, "dome"))));
    assert_eq!(census.build(&[])["summary"]["cameras"], 20, "two reports of one camera");
    let cell = h3o::LatLng::new(HERE.1, HERE.0).unwrap().to_cell(h3o::Resolution::Ten).to_string();
    let why = census.world.facts(&["review", "why", &cell]);
    let sightings = why["cameras"].as_array().unwrap().iter().find_map(|camera| {
        let sightings = camera["sightings"].as_array().unwrap();
        (sightings.len() == 2)
            .then(|| sightings.iter().map(|s| s["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    });
    let sightings = sightings.unwrap();
    let ran = census.world.run(&["review", "different", &sightings[0], &sightings[1]]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let built = census.build(&[]);
    assert_eq!((&built["summary"]["cameras"], waiting(&built)), (&json!(20), 1));
    census.report((20..39).map(|n| camera(HERE, n, "dome")));
    let built = census.build(&[]);
    assert_eq!((&built["summary"]["cameras"], waiting(&built)), (&json!(40), 0));
}

#[test]
fn what_a_team_walked_waits_with_what_it_found_so_that_no_street_passes_for_empty() {
    let census = Census::new(Database::Sqlite).unwrap();
    let streets = |wave: &str, (lng, lat): (f64, f64)| {
        let wave = wave.to_owned();
        (0..30).map(move |n| {
            let (x, y) = (lng + 0.001 * f64::from(n % 10), lat + 0.001 * f64::from(n / 10));
            json!({
                "type": "Feature",
                "geometry": { "type": "LineString", "coordinates": [[x - 0.0004, y], [x + 0.0004, y]] },
                "properties": { "wave": wave, "pass": "A", "state": "complete" },
            })
        })
    };
    let found = collection((0..5).map(|n| camera(HERE, n, "dome")));
    census.import("found.geojson", &found, &["--source", "team", "--wave", "spring", "--pass", "A"]);
    let effort = collection(streets("spring", HERE).chain(streets("spring", THERE)));
    let effort = census.world.input("effort.geojson", effort);
    census.world.facts(&["effort", "import", effort.to_str().unwrap(), "--frame"]);

    let rows = |built: &Value| {
        let path = census.world.releases().join(built["release"].as_str().unwrap()).join("cells-r5.csv");
        std::fs::read_to_string(path).unwrap().lines().skip(1).map(ToOwned::to_owned).collect::<Vec<_>>()
    };
    let held = rows(&census.build(&[]));
    assert!(held.iter().any(|row| row.starts_with(&region_of(THERE.0 + 0.001, THERE.1 + 0.001))), "a true zero shows");
    assert!(!held.iter().any(|row| row.starts_with(&region_of(HERE.0 + 0.001, HERE.1 + 0.001))), "{held:?}");
    let shown = rows(&census.build(&["--min-changes", "5"]));
    assert!(shown.iter().any(|row| row.starts_with(&region_of(HERE.0 + 0.001, HERE.1 + 0.001))));
}

//! P16: one command says what a thief would learn, and its answer is committed.

use serde_json::json;

use crate::random::Random;
use crate::world::{Database, World};

/// The committed answer, between the fences of the document.
fn committed() -> String {
    let document = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/seizure.md")).unwrap();
    let (_, rest) = document.split_once("```text\n").unwrap();
    rest.split_once("```").unwrap().0.to_owned()
}

/// A census with a little of everything.
fn filled() -> World {
    let world = World::new(Database::Sqlite).unwrap();
    let mut random = Random::seeded(16);
    let report = |number: u32, kind: &str| {
        let place = [13.4 + 0.001 * f64::from(number), 52.52];
        json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": { "kind": kind } })
            .to_string()
    };
    let server = world.serve();
    for number in 0..8 {
        assert_eq!(server.post(&random.secret(), report(number, "dome")).status, 202);
    }
    for number in 8..11 {
        assert_eq!(server.post(&random.secret(), report(number, "doorbell")).status, 202);
    }
    world.facts(&["review", "approve", "--all"]);
    for number in 20..24 {
        assert_eq!(server.post(&random.secret(), report(number, "fixed")).status, 202);
    }
    let waiting = world.facts(&["review", "list"]);
    let first = waiting["sightings"][0]["id"].as_str().unwrap().to_owned();
    world.facts(&["review", "reject", &first, "--reason", "duplicate"]);
    drop(server);
    world.facts(&["release", "build", "--as-of", "2026-W40"]);
    world.facts(&["invite", "create", "--team", "A", "--count", "3"]);
    let key = world.input("placeholder", "").with_file_name("key.txt");
    let made = world.facts(&["backup", "--new-key", key.to_str().unwrap()]);
    world.facts(&["backup", "--recipient", made["recipient"].as_str().unwrap()]);
    world
}

#[test]
fn the_drill_says_of_a_filled_census_what_is_committed() {
    let world = filled();
    let ran = world.run(&["drill"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(ran.stdout, committed(), "docs/seizure.md says otherwise; the program says:\n{}", ran.stdout);
    let facts = world.facts(&["drill"]);
    assert_eq!(facts["sightings_by_resolution"], json!({ "8": 3, "13": 11 - 3 + 4 - 1 }));
}

#[test]
fn the_drill_finds_what_should_not_be_there() {
    let world = filled();
    std::fs::write(world.everything().join("data/notes.txt"), b"who walked where").unwrap();
    std::fs::write(world.everything().join("data/core.4711"), b"memory").unwrap();
    std::fs::write(world.everything().join("data/backups/plain.sqlite"), b"a copy by hand").unwrap();
    let facts = world.facts(&["drill"]);
    assert_eq!((&facts["unknown_files"], &facts["core_dumps"]), (&json!(2), &json!(1)));
    let text = world.run(&["drill"]).stdout;
    assert!(text.contains("1 core dumps: they may hold anything"), "{text}");
    assert!(!text.contains("notes"), "names of files are not printed: {text}");
}

#[test]
fn the_program_leaves_no_core_dump_when_it_is_killed() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let numbers: Vec<&str> = core.split_whitespace().rev().take(3).collect();
    // One byte, which the kernel takes for none, whether it would write a file or feed a program.
    assert_eq!(numbers, ["bytes", "1", "1"], "{core}");
    crate::world::signal(server.pid(), rustix::process::Signal::ABORT);
    std::thread::sleep(std::time::Duration::from_millis(300));
    let left = crate::search::files(&world.everything());
    assert!(left.iter().all(|path| !path.file_name().unwrap().to_string_lossy().starts_with("core")), "{left:?}");
}

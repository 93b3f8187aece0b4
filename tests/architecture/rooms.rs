//! Who may touch whom.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Source, sources};

/// One row of the table in `ARCHITECTURE.md`.
struct Room {
    may_use: BTreeSet<String>,
    /// Knows no async, SQL, HTTP, files or clock.
    is_pure: bool,
    touches_files: bool,
}

/// Reads the rows that begin with the name of a room in back quotes: room, rooms it may use, what else it knows.
fn table() -> BTreeMap<String, Room> {
    let text = include_str!("../../ARCHITECTURE.md");
    let rows = text.lines().filter(|line| line.starts_with("| `"));
    let rooms: BTreeMap<String, Room> = rows
        .map(|row| {
            let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
            let [name, may_use, knows, _] = cells[..] else { panic!("a row of {} cells: {row}", cells.len()) };
            let room = Room {
                may_use: quoted(may_use).collect(),
                is_pure: knows.contains("pure"),
                touches_files: knows.contains("files"),
            };
            (quoted(name).next().unwrap(), room)
        })
        .collect();
    assert!(rooms.len() >= 10, "the table of rooms has {} rows", rooms.len());
    rooms
}

fn quoted(cell: &str) -> impl Iterator<Item = String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned)
}

/// Rooms that a file names, with the line.
fn edges(source: &Source) -> Vec<(usize, String)> {
    let words: Vec<(usize, &str)> = source.words().collect();
    let mut found = Vec::new();
    for pair in words.windows(2) {
        let [(line, first), (_, second)] = *pair else { continue };
        if first == "crate" || first == "camera_census" {
            found.push((line, second.to_owned()));
        }
    }
    found
}

#[test]
fn every_room_is_in_the_table_and_the_table_has_no_other() {
    let rooms: BTreeSet<String> = sources().iter().filter_map(|source| source.room().map(str::to_owned)).collect();
    assert_eq!(rooms, table().into_keys().collect());
}

#[test]
fn rooms_touch_only_the_rooms_they_may() {
    let table = table();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(name) = source.room() else { continue };
        for (line, target) in edges(&source) {
            if target != name && table.contains_key(&target) && !table[name].may_use.contains(&target) {
                wrong.push(format!("src/{}:{line}: {name} may not use {target}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_table_allows_nothing_that_is_not_used_and_no_circle() {
    let table = table();
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        let Some(name) = source.room() else { continue };
        let targets = edges(&source).into_iter().map(|(_, target)| target);
        used.entry(name.to_owned()).or_default().extend(targets.filter(|target| target != name));
    }
    let mut done: BTreeSet<&str> = BTreeSet::new();
    for (name, room) in &table {
        for target in &room.may_use {
            assert!(used[name].contains(target), "{name} may use {target} and does not; take it out of the table");
        }
    }
    while done.len() < table.len() {
        let next = table.iter().find(|(name, room)| {
            !done.contains(name.as_str()) && room.may_use.iter().all(|target| done.contains(target.as_str()))
        });
        let (name, _) = next.unwrap_or_else(|| panic!("a circle among the rooms other than {done:?}"));
        done.insert(name);
    }
}

#[test]
fn nobody_walks_around_the_table_by_super() {
    // In src/room/file.rs `super` is the room and `super::super` would be the crate.
    for source in sources().iter().filter(|source| source.room().is_some()) {
        let is_mod = source.path.ends_with("mod.rs");
        let up_to_room = source.path.components().count() - 1 - usize::from(is_mod);
        let too_far = ["super"].repeat(up_to_room + 1).join("::");
        assert!(!source.code.contains(&too_far), "src/{} leaves its room by {too_far}", source.path.display());
    }
}

#[test]
fn pure_rooms_know_no_async_sql_http_files_or_clock() {
    const FORBIDDEN: [&str; 13] = [
        "async",
        "await",
        "tokio",
        "sqlx",
        "axum",
        "hyper",
        "http",
        "fs",
        "File",
        "SystemTime",
        "Instant",
        "Timestamp",
        "getrandom",
    ];
    let table = table();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(name) = source.room().filter(|name| table[*name].is_pure) else { continue };
        for (line, word) in source.words().filter(|(_, word)| FORBIDDEN.contains(word)) {
            // A file format may be called a file: the word is std's only after `fs` or in an import.
            let imported = source.code.lines().nth(line - 1).is_some_and(|text| text.contains("std::"));
            // The name space of SVG is a name that looks like an address.
            let is_name = source.code.lines().nth(line - 1).is_some_and(|text| text.contains("xmlns="));
            if (word != "File" || imported) && !(word == "http" && is_name) {
                wrong.push(format!("src/{}:{line}: {name} is pure and says `{word}`", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_rooms_that_say_so_touch_files() {
    let table = table();
    let mut wrong = Vec::new();
    for source in sources() {
        let Some(name) = source.room().filter(|name| !table[*name].touches_files) else { continue };
        for (line, text) in source.code.lines().enumerate() {
            if ["std::fs", "tokio::fs", "tempfile", "fs::"].iter().any(|path| text.contains(path)) {
                wrong.push(format!("src/{}:{}: {name} touches files", source.path.display(), line + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_storage_speaks_sql_and_only_http_and_cli_speak_http() {
    for source in sources() {
        let Some(name) = source.room() else { continue };
        for (line, word) in source.words() {
            let at = || format!("src/{}:{line}: `{word}` in {name}", source.path.display());
            assert!(word != "sqlx" || name == "storage", "{}", at());
            assert!(word != "axum" || name == "http", "{}", at());
            assert!(word != "hyper" || name == "http", "{}", at());
        }
    }
}

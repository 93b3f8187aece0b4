//! P5: after a seal nothing in the files tells the order in which reports arrived.

use std::fs;

use camera_census::model::{Secret, SightingId};

use crate::client::{exchange, request};
use crate::places::scattered;
use crate::random::Random;
use crate::world::{Database, World, in_full};

/// Rank correlation (Kendall's tau) of a sequence with the order of its places: 1 when it rises, -1 when it falls.
fn kendall(sequence: &[usize]) -> f64 {
    let mut score = 0_i32;
    for (at, first) in sequence.iter().enumerate() {
        for second in &sequence[at + 1..] {
            score += if second > first { 1 } else { -1 };
        }
    }
    let count = f64::from(u32::try_from(sequence.len()).unwrap());
    f64::from(score) / (count * (count - 1.0) / 2.0)
}

#[test]
fn kendalls_tau_tells_order_from_disorder() {
    let rising: Vec<usize> = (0..500).collect();
    let falling: Vec<usize> = rising.iter().rev().copied().collect();
    let mut random = Random::seeded(9);
    let mut mixed = rising.clone();
    mixed.sort_by_cached_key(|_| random.bits());
    assert!((kendall(&rising) - 1.0).abs() < 1e-9 && (kendall(&falling) + 1.0).abs() < 1e-9);
    assert!(kendall(&mixed).abs() < 0.1, "{}", kendall(&mixed));
}

/// Where each id stands first in some bytes.
fn offsets(ids: &[SightingId], bytes: &[u8]) -> Vec<usize> {
    ids.iter().filter_map(|id| memchr::memmem::find(bytes, &id.0)).collect()
}

/// Secrets are the same in every run, so the ids, the order of their rows and the result are too: a correlation that is
/// below the bound now cannot exceed it by chance later. Of random keys, 1,000 stay below 0.05 with probability 0.98
/// (the standard deviation is 0.021).
#[test]
fn no_place_in_the_file_tells_when_a_report_came() {
    let world = World::new(Database::Sqlite).unwrap();
    let count = if in_full() { 2_000 } else { 1_000 };
    let mut random = Random::seeded(10);
    let secrets: Vec<String> = (0..count).map(|_| random.secret()).collect();
    let ids: Vec<SightingId> = secrets.iter().map(|secret| Secret::parse(secret).unwrap().sighting_id(0)).collect();
    let bodies: Vec<String> = scattered(12, 50).iter().map(crate::places::Place::feature).collect();
    let file = world.everything().join("census.db");
    let log = world.everything().join("census.db-wal");
    let server = world.serve();
    let mut connection = server.connect();
    for (index, secret) in secrets.iter().enumerate() {
        let headers = [("Content-Type", "application/geo+json"), ("Idempotency-Key", secret)];
        let post = request("POST", "/api/v1/submissions", &headers, bodies[index % bodies.len()].as_bytes());
        let answer = exchange(&mut connection, &post).unwrap();
        assert_eq!(answer.status, 202, "{answer}");
        if index == 99 {
            // Between seals a thief can see the order, as the privacy page says; and so this test can fail.
            let seen = offsets(&ids[..100], &fs::read(&log).unwrap());
            assert!(seen.len() == 100 && kendall(&seen) > 0.5, "{} {}", seen.len(), kendall(&seen));
        }
    }
    drop(connection);
    assert_eq!(world.facts(&["seal"])["sealed"], true);

    let bytes = fs::read(&file).unwrap();
    let seen = offsets(&ids, &bytes);
    assert_eq!(seen.len(), ids.len(), "every id stands in the file");
    let tau = kendall(&seen);
    assert!(tau.abs() < 0.05, "Kendall's tau is {tau}");
    for id in &ids {
        assert_eq!(memchr::memmem::find_iter(&bytes, &id.0).count(), 1, "no second copy tells anything");
    }
    assert_eq!(fs::metadata(&log).map_or(0, |metadata| metadata.len()), 0, "the write-ahead log is cut to nothing");
    assert_eq!(world.pending(), count, "the seal lost nothing");
    drop(server);
}

//! R21: SIGTERM under load.

use std::io::Write as _;
use std::time::Duration;

use rstest::rstest;

use crate::client::{read_answer, request};
use crate::random::Random;
use crate::world::{Database, World, signal};
use crate::writers::{Record, body, write_during};

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn a_server_that_is_asked_to_stop_answers_those_it_has_heard_and_ends_well(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let mut record = Record::default();
    let secret = Random::seeded(9).secret();
    let headers = [("Content-Type", "application/geo+json"), ("Idempotency-Key", secret.as_str())];
    let post = request("POST", "/api/v1/submissions", &headers, body(1).as_bytes());
    let (first, rest) = post.split_at(post.len() - 100);
    let mut ended = None;
    let address = server.address;
    write_during(address, 8, &mut record, |writing| {
        writing.wait_for(20);
        // A request that is half said when the signal comes.
        let mut stream = server.connect();
        stream.write_all(first).unwrap();
        std::thread::sleep(Duration::from_millis(200));
        signal(server.pid(), rustix::process::Signal::TERM);
        std::thread::sleep(Duration::from_millis(300));
        stream.write_all(rest).unwrap();
        let answer = read_answer(&mut stream, false).unwrap();
        assert_eq!(answer.status, 202, "{answer}");
        ended = Some(server.stop());
    });
    let (status, took) = ended.unwrap();
    assert_eq!(status.code(), Some(0));
    assert!(took < Duration::from_secs(10), "{took:?}");
    record.sent.push(secret.clone());
    record.acknowledged.push(secret);
    record.is_kept_in(&world);
    assert!(record.refused.is_empty(), "{}", record.refused[0]);
}

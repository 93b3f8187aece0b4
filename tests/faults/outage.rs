//! R7: PostgreSQL is shut down at once and comes back, under writers.
//!
//! An immediate shutdown loses what PostgreSQL had not written to its log, so this also shows that we do not weaken
//! its `synchronous_commit`.

use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::postgres::{Server, programs, unprivileged};
use crate::random::Random;
use crate::world::{Database, World, available, in_full};
use crate::writers::{Record, body, write_during};

#[test]
fn a_database_that_restarts_costs_nothing_but_a_503() {
    let Some(programs) = programs() else {
        available("PostgreSQL", false);
        return;
    };
    let database = Server::start(&programs);
    let directory = database.url.split(['@', '/']).nth(3).unwrap().replace("%2F", "/");
    let mut world = World::new(Database::Sqlite).unwrap();
    world.url.clone_from(&database.url);
    let server = world.serve();
    let mut record = Record::default();
    let (clients, restarts) = if in_full() { (50, 6) } else { (8, 2) };
    write_during(server.address, clients, &mut record, |_| {
        for _ in 0..restarts {
            std::thread::sleep(Duration::from_millis(800));
            restart(&programs, Path::new(&directory));
            let back = Instant::now();
            let secret = Random::seeded(u64::from(back.elapsed().subsec_nanos())).secret();
            while server.post(&secret, body(1)).status != 202 {
                assert!(back.elapsed() < Duration::from_secs(5), "the pool did not come back");
                std::thread::sleep(Duration::from_millis(50));
            }
            assert_eq!(server.receipt("DELETE", &secret).json()["withdrawn"], 3);
        }
        std::thread::sleep(Duration::from_millis(300));
    });
    assert!(!record.refused.is_empty(), "the outage was never noticed");
    for answer in &record.refused {
        answer.is_problem(503);
        assert!(answer.header("retry-after").is_some(), "{answer}");
    }
    assert!(record.acknowledged.len() > 20, "{}: too few to say anything", record.acknowledged.len());
    record.is_kept_in(&world);
    assert!(server.stop().0.success());
}

/// An immediate shutdown, which is like a crash, and a start; returns when the server takes connections again.
fn restart(programs: &Path, directory: &Path) {
    let mut command = Command::new(programs.join("pg_ctl"));
    command.args(["restart", "-w", "-m", "immediate", "-D"]).arg(directory.join("data"));
    command.arg("-l").arg(directory.join("log")).current_dir(directory);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some((uid, gid)) = unprivileged() {
        command.uid(uid).gid(gid);
    }
    assert!(command.status().unwrap().success());
}

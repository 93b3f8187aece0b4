//! R3: what is acknowledged is on the disk. For PostgreSQL that is its own affair, and `outage` shows that we do not ask
//! it for less.

use std::fs;

use crate::random::Random;
use crate::world::{Database, World, available, succeeds};
use crate::writers::body;

/// Every answer 202 in a trace, and whether the write-ahead log was written and then synced since the one before.
fn answers(trace: &str) -> Vec<bool> {
    let mut synced = false;
    let mut answers = Vec::new();
    for line in trace.lines() {
        let sync = line.contains("fsync(") || line.contains("fdatasync(") || line.contains("sync resumed>");
        if line.contains("HTTP/1.1 202") {
            answers.push(synced);
            synced = false;
        } else if line.contains("pwrite64(") && line.contains("-wal") {
            // What was synced before says nothing about this.
            synced = false;
        } else if sync && line.trim_end().ends_with("= 0") && (line.contains("-wal") || line.contains("resumed")) {
            synced = true;
        }
    }
    answers
}

#[test]
fn the_log_is_synced_between_each_commit_and_its_answer() {
    if !available("strace", succeeds("strace", &["-f", "-e", "trace=fsync", "true"])) {
        return;
    }
    let world = World::new(Database::Sqlite).unwrap();
    let trace = world.output().join("trace");
    let calls = "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg";
    let strace = ["strace", "-D", "-f", "-y", "-qq", "-s", "24", "-e", calls, "-o", trace.to_str().unwrap()];
    let server = world.serve_within(&strace);
    let mut random = Random::seeded(5);
    for seed in 0..20 {
        assert_eq!(server.post(&random.secret(), body(seed)).status, 202);
    }
    assert!(server.stop().0.success());
    let trace = fs::read_to_string(&trace).unwrap();
    assert_eq!(answers(&trace), [true; 20], "{trace}");
}

#[test]
fn an_answer_before_the_sync_is_noticed() {
    let write = "7 pwrite64(9</d/census.db-wal>, \"...\"..., 4096, 32) = 4096\n";
    let sync = "7 fdatasync(9</d/census.db-wal>) = 0\n";
    let answer = "8 writev(11<socket:[4]>, [{iov_base=\"HTTP/1.1 202 Accepted\\r\\n\"...\n";
    assert_eq!(answers(&[write, sync, answer].concat()), [true]);
    assert_eq!(answers(&[write, answer, sync].concat()), [false]);
    assert_eq!(answers(&[sync, write, answer].concat()), [false]);
    assert_eq!(answers(&[write, sync, answer, answer].concat()), [true, false]);
    assert_eq!(answers(&[write, &sync.replace("= 0", "= -1 EIO"), answer].concat()), [false]);
}

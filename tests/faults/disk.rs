//! R6: the disk is full.

use std::fs::File;
use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::random::Random;
use crate::world::{Database, World, available, succeeds};
use crate::writers::body;

/// Gives the program a disk of eight megabytes in the place of its data directory, with what was there on it. The mount
/// is of a namespace of its own and ends with the process.
const SMALL_DISK: &str = r#"
mkdir -p "$0.small" && mount -t tmpfs -o size=8m tmpfs "$0.small" && cp -a "$0/." "$0.small/" &&
mount --move "$0.small" "$0" && exec "$@""#;

#[test]
fn a_full_disk_refuses_reports_and_nothing_else_until_there_is_space_again() {
    let mount = ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"];
    if !available("mounting in a namespace (unshare -rm)", succeeds("unshare", &mount)) {
        return;
    }
    let world = World::new(Database::Sqlite).unwrap();
    let mut random = Random::seeded(6);
    let file = world.input("some.geojson", body(1));
    world.facts(&["import".as_ref(), file.as_os_str()]);
    world.facts(&["release", "build"]);
    let place = world.everything();
    let place = place.to_str().unwrap();
    let server = world.serve_within(&["unshare", "-rm", "sh", "-c", SMALL_DISK, place]);
    let before = random.secret();
    assert_eq!(server.post(&before, body(2)).status, 202);

    let filler = format!("/proc/{}/root{place}/filler", server.pid());
    let mut filling = File::create(&filler).unwrap();
    for size in [1 << 16, 1 << 10, 1] {
        while filling.write_all(&vec![0; size]).is_ok() {}
    }
    // The write-ahead log may still have room in the pages it has.
    let mut acknowledged = Vec::new();
    let mut refusals = 0;
    for seed in 0..300 {
        let secret = random.secret();
        let answer = server.post(&secret, body(seed));
        match answer.status {
            202 => acknowledged.push(secret),
            507 | 503 => {
                answer.is_problem(answer.status);
                refusals += 1;
            }
            _ => panic!("{answer}"),
        }
        if refusals == 20 {
            break;
        }
    }
    assert_eq!(refusals, 20, "the disk never was full");
    for path in ["/", "/data", "/api/v1/releases", "/api/v1/cells?res=5", "/tiles/density.json", "/readyz"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert_eq!(server.receipt("GET", &before).json()["pending"], 3);

    drop(filling);
    std::fs::remove_file(&filler).unwrap();
    let freed = Instant::now();
    let after = random.secret();
    while server.post(&after, body(3)).status != 202 {
        assert!(freed.elapsed() < Duration::from_secs(5), "writes did not resume");
        std::thread::sleep(Duration::from_millis(50));
    }
    for secret in acknowledged.iter().chain([&before, &after]) {
        assert_eq!(server.receipt("GET", secret).json()["pending"], 3);
    }
    assert!(server.stop().0.success());
}

//! Clients that post without pause and remember what they were told.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use camera_census::model::Secret;

use crate::client::{Answer, exchange, request};
use crate::random::Random;
use crate::world::World;

/// Features of one submission.
const FEATURES: u32 = 3;

/// A submission of [`FEATURES`] cameras at places that depend on a number.
pub(crate) fn body(seed: u64) -> String {
    let mut random = Random::seeded(seed);
    let features: Vec<String> = (0..FEATURES)
        .map(|_| {
            let (longitude, latitude) = (random.between(7.0, 8.0), random.between(46.0, 47.0));
            format!(
                r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{longitude:.7},{latitude:.7}]}},"properties":{{"kind":"dome"}}}}"#
            )
        })
        .collect();
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// The ids under which a submission with this secret waits.
fn ids(secret: &str) -> [String; FEATURES as usize] {
    let secret = Secret::parse(secret).unwrap();
    [0, 1, 2].map(|ordinal| secret.sighting_id(ordinal).to_string())
}

/// What was sent and what was acknowledged, by secret.
#[derive(Default)]
pub(crate) struct Record {
    pub(crate) sent: Vec<String>,
    pub(crate) acknowledged: Vec<String>,
    /// Answers other than 202.
    pub(crate) refused: Vec<Answer>,
}

/// Lets some clients post to a server while `meanwhile` runs, each on a connection of its own that it opens again when
/// it breaks.
pub(crate) fn write_during(
    address: SocketAddr,
    clients: u64,
    record: &mut Record,
    meanwhile: impl FnOnce(&Writing<'_>),
) {
    static SEED: AtomicU64 = AtomicU64::new(1);
    let shared = Mutex::new(std::mem::take(record));
    let stop = AtomicBool::new(false);
    let write = || {
        let mut random = Random::seeded(SEED.fetch_add(1, Ordering::Relaxed) << 20);
        while !stop.load(Ordering::Relaxed) {
            let Ok(mut stream) = std::net::TcpStream::connect(address) else {
                std::thread::sleep(Duration::from_millis(10));
                continue;
            };
            stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
            while !stop.load(Ordering::Relaxed) {
                let secret = random.secret();
                let headers = [("Content-Type", "application/geo+json"), ("Idempotency-Key", secret.as_str())];
                let post = request("POST", "/api/v1/submissions", &headers, body(random.bits()).as_bytes());
                shared.lock().unwrap().sent.push(secret.clone());
                let Ok(answer) = exchange(&mut stream, &post) else { break };
                let mut record = shared.lock().unwrap();
                if answer.status == 202 {
                    record.acknowledged.push(secret);
                } else {
                    record.refused.push(answer);
                    drop(record);
                    std::thread::sleep(Duration::from_millis(20));
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..clients {
            scope.spawn(write);
        }
        meanwhile(&Writing(&shared));
        stop.store(true, Ordering::Relaxed);
    });
    *record = shared.into_inner().unwrap();
}

/// Clients at work.
pub(crate) struct Writing<'a>(&'a Mutex<Record>);

impl Writing<'_> {
    /// Waits until so many submissions have been acknowledged, however slow the machine is.
    pub(crate) fn wait_for(&self, submissions: usize) {
        for _ in 0..6000 {
            if self.0.lock().unwrap().acknowledged.len() >= submissions {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{submissions} submissions took more than a minute");
    }
}

impl Record {
    /// Fails unless every acknowledged submission waits for review, each of its sightings once, and no submission was
    /// kept in part.
    #[track_caller]
    pub(crate) fn is_kept_in(&self, world: &World) {
        let listed = world.facts(&["review", "list", "--limit", "100000"]);
        let rows: Vec<&str> =
            listed["sightings"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
        let kept: BTreeSet<&str> = rows.iter().copied().collect();
        assert_eq!((kept.len(), listed["pending"].as_u64()), (rows.len(), Some(rows.len() as u64)), "a row came twice");
        for secret in &self.acknowledged {
            assert!(ids(secret).iter().all(|id| kept.contains(id.as_str())), "an acknowledged submission is lost");
        }
        let mut known = 0;
        for secret in &self.sent {
            let here = ids(secret).iter().filter(|id| kept.contains(id.as_str())).count();
            assert!(here == 0 || here == FEATURES as usize, "a submission was kept in part: {here}");
            known += here;
        }
        assert_eq!(known, kept.len(), "something is kept that nobody sent");
    }
}

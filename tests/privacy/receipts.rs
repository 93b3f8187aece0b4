//! The submitter's secret: it makes a retry harmless, tells how things stand, takes a report back, and is never kept.

use camera_census::model::{Secret, SightingId};
use rstest::rstest;

use crate::places::{collection, scattered};
use crate::postgres::{Server, programs};
use crate::random::Random;
use crate::search::{Finder, Hay, all, below, server_directory};
use crate::world::{Database, World};

fn ids(secret: &str, count: u32) -> Vec<SightingId> {
    let secret = Secret::parse(secret).unwrap();
    (0..count).map(|ordinal| secret.sighting_id(ordinal)).collect()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn sending_again_changes_nothing_even_thirty_times_at_once(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let secret = Random::seeded(60).secret();
    let body = collection(&scattered(61, 7));
    let first = server.post(&secret, &body);
    assert_eq!(first.status, 202, "{first}");
    assert_eq!(first.json()["receipt"], secret);
    assert_eq!(server.post(&secret, &body).json(), first.json());
    let other = Random::seeded(62).secret();
    std::thread::scope(|scope| {
        let posts: Vec<_> = (0..30).map(|_| scope.spawn(|| server.post(&other, &body))).collect();
        for post in posts {
            assert_eq!(post.join().unwrap().status, 202);
        }
    });
    assert_eq!(server.receipt("GET", &other).json()["pending"], 7);
    assert_eq!(world.pending(), 14);
    // A secret of the server's making is as good, and no other.
    let headers = [("Content-Type", "application/geo+json")];
    let made = server.ask("POST", "/api/v1/submissions", &headers, body.as_bytes()).json();
    let made = made["receipt"].as_str().unwrap();
    assert_eq!(server.receipt("GET", made).json()["pending"], 7);
    assert_eq!(server.receipt("GET", &Random::seeded(63).secret()).json()["state"], "settled");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn a_withdrawn_report_is_gone_at_once_and_its_neighbours_stay(
    #[case] database: Database,
    #[values(0, 20, 40)] earlier: usize,
) {
    let Some(mut world) = World::new(database) else { return };
    // A server of its own: PostgreSQL keeps what any transaction in the same database, such as another test's, may see.
    let own = if database == Database::Postgres { programs().map(|programs| Server::start(&programs)) } else { None };
    if let Some(own) = &own {
        world.url.clone_from(&own.url);
    }
    let server = world.serve();
    let mut random = Random::seeded(64);
    let places = scattered(65, 43);
    let (mine, others) = places.split_at(3);
    for place in &others[..earlier] {
        assert_eq!(server.post(&random.secret(), place.feature()).status, 202);
    }
    let secret = random.secret();
    assert_eq!(server.post(&secret, collection(mine)).status, 202);
    for place in &others[earlier..] {
        assert_eq!(server.post(&random.secret(), place.feature()).status, 202);
    }
    let state = server.receipt("GET", &secret).json();
    assert_eq!((&state["state"], &state["pending"]), (&"pending".into(), &3.into()), "{state}");
    let ids = ids(&secret, 3);
    assert!(kept(&world, &ids, mine), "the search finds what is there");
    assert_eq!(server.receipt("DELETE", &secret).json()["withdrawn"], 3);
    let state = server.receipt("GET", &secret).json();
    assert_eq!((&state["state"], &state["pending"]), (&"settled".into(), &0.into()), "{state}");
    assert_eq!(server.receipt("DELETE", &secret).json()["withdrawn"], 0);
    assert_eq!(world.pending(), 40);
    assert!(!kept(&world, &ids, mine), "something of the withdrawn report is still in the files");
    drop(server);
    assert!(!kept(&world, &ids, mine));
}

/// Whether an id or a cell stands in the files of the database: for SQLite the write-ahead log too, for PostgreSQL the
/// tables alone, because its log is the server's to recycle, as the privacy page says.
fn kept(world: &World, ids: &[SightingId], places: &[crate::places::Place]) -> bool {
    let mut hays = below(&world.everything());
    if let Some(server) = server_directory(&world.url) {
        flush(&world.url);
        hays.extend(below(&server.join("data/base")));
    }
    let cells = places.iter().map(|place| u64::from(place.cell()).to_be_bytes().to_vec());
    let finder = Finder::new(ids.iter().map(|id| id.0.to_vec()).chain(cells).collect());
    hays.iter().any(|hay: &Hay| !finder.find(&hay.bytes).is_empty())
}

/// Makes a PostgreSQL server write what it holds in memory.
fn flush(url: &str) {
    use sqlx::{Connection as _, Executor as _};
    let work = async {
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        connection.execute("CHECKPOINT").await.unwrap();
        connection.close().await.unwrap();
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn the_secret_itself_is_kept_nowhere(#[case] database: Database) {
    let Some(world) = World::noisy(database) else { return };
    let server = world.serve();
    let mut secret = Random::seeded(66).secret();
    // The version of a random UUID.
    secret.replace_range(12..13, "4");
    assert_eq!(server.post(&secret, collection(&scattered(67, 3))).status, 202);
    assert_eq!(server.receipt("GET", &secret).status, 200);
    let uuid = [&secret[..8], &secret[8..12], &secret[12..16], &secret[16..20], &secret[20..]].join("-");
    assert_eq!(server.receipt("GET", &uuid).json()["pending"], 3);
    server.post(&secret, "{").is_problem(400);
    assert_eq!(server.receipt("DELETE", &secret).status, 200);
    assert_eq!(server.post(&secret, collection(&scattered(67, 3))).status, 202);
    let bytes: Vec<u8> = (0..16).map(|at| u8::from_str_radix(&secret[2 * at..2 * at + 2], 16).unwrap()).collect();
    let reversed: Vec<u8> = bytes.iter().rev().copied().collect();
    let needles =
        vec![bytes, reversed, secret.clone().into_bytes(), secret.to_uppercase().into_bytes(), uuid.into_bytes()];
    let finder = Finder::new(needles);
    // The answer that hands the secret to its owner is the one place where it may stand.
    let (answers, kept): (Vec<Hay>, Vec<Hay>) = all(&world).into_iter().partition(|hay| hay.name == "answers");
    assert!(answers.iter().any(|hay| !finder.find(&hay.bytes).is_empty()), "the search finds what is there");
    for hay in kept {
        assert_eq!(finder.find(&hay.bytes), [], "{}", hay.name);
    }
    drop(server);
}

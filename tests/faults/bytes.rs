//! R13, R14 and R15: strange numbers, the edges of the earth, and strange bytes have defined answers.

use rstest::rstest;

use crate::random::Random;
use crate::world::{Database, World};

fn at(coordinates: &str) -> Vec<u8> {
    format!(
        r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":{coordinates}}},"properties":{{"kind":"dome"}}}}"#
    )
    .into_bytes()
}

fn with(properties: &[u8]) -> Vec<u8> {
    let head = br#"{"type":"Feature","geometry":{"type":"Point","coordinates":[13.3,52.5]},"properties":"#;
    [head.as_slice(), properties, b"}"].concat()
}

fn table() -> Vec<(&'static str, u16, Vec<u8>)> {
    vec![
        ("NaN", 400, at("[NaN,1]")),
        ("Infinity", 400, at("[1,-Infinity]")),
        ("hexadecimal", 400, at("[0x10,1]")),
        ("1e999", 422, at("[1e999,1]")),
        ("a number as text", 422, at(r#"["13.3","52.5"]"#)),
        ("beyond the antimeridian", 422, at("[180.0000001,1]")),
        ("one and a half turns", 422, at("[540,1]")),
        ("beyond the pole", 422, at("[1,90.1]")),
        ("what h3 would take", 422, at("[1,95]")),
        ("negative zero", 202, at("[-0.0,52.5]")),
        ("many digits", 202, at("[13.300000000000000000000000000000000001,52.5]")),
        ("exponent", 202, at("[1.33e1,5.25E+1]")),
        ("a byte order mark", 202, [b"\xef\xbb\xbf".to_vec(), at("[13.3,52.5]")].concat()),
        (
            "a UTF-16 document",
            422,
            [b"\xff\xfe".to_vec(), "{}".encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        ),
        ("a raw NUL in a text", 422, with(b"{\"kind\":\"dome\",\"x\":\"a\x00b\"}")),
        ("an escaped NUL in a text", 202, with(br#"{"kind":"dome","x":"a\u0000b"}"#)),
        ("NULs after the document", 422, [at("[13.3,52.5]"), vec![0; 8]].concat()),
        ("invalid UTF-8", 422, with(b"{\"kind\":\"dome\",\"x\":\"\xff\xfe\"}")),
        ("overlong UTF-8", 422, with(b"{\"kind\":\"dome\",\"x\":\"\xc0\x80\"}")),
        ("UTF-8 of a surrogate", 422, with(b"{\"kind\":\"dome\",\"x\":\"\xed\xa0\x80\"}")),
        ("half a surrogate pair in a dropped text", 202, with(br#"{"kind":"dome","x":"\ud800"}"#)),
        ("a member twice", 422, with(br#"{"kind":"dome","kind":"dome"}"#)),
        ("an escaped member twice", 422, with(br#"{"kind":"dome","k\u0069nd":"dome"}"#)),
        ("Windows line ends", 202, at("[13.3,\r\n52.5]")),
    ]
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn every_strange_number_and_byte_has_its_answer(#[case] database: Database) {
    let Some(world) = World::noisy(database) else { return };
    let server = world.serve();
    let mut random = Random::seeded(7);
    let mut accepted = 0;
    for (name, status, body) in table() {
        let answer = server.post(&random.secret(), body);
        assert_eq!(answer.status, status, "{name}: {answer}");
        accepted += u64::from(status == 202);
    }
    assert_eq!(world.pending(), accepted);
    // The same id twice is no matter: ids are dropped.
    let with_id = |id: &str| String::from_utf8(at("[13.3,52.5]")).unwrap().replacen('{', &format!("{{\"id\":{id},"), 1);
    let body = format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, with_id("7"), with_id("7"));
    assert_eq!(server.post(&random.secret(), body).json()["accepted"], 2);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn the_edges_of_the_earth_are_places_like_others(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let mut random = Random::seeded(8);
    for coordinates in ["[180,-17.3]", "[-180,-17.3]", "[12,90]", "[-77,90]", "[12,-90]", "[144,-90]", "[179.9,-17.3]"]
    {
        assert_eq!(server.post(&random.secret(), at(coordinates)).status, 202, "{coordinates}");
    }
    let listed = world.facts(&["review", "list"]);
    let rows = listed["sightings"].as_array().unwrap();
    let mut cells: Vec<&str> = rows.iter().map(|row| row["cell"].as_str().unwrap()).collect();
    cells.sort_unstable();
    let mut distinct = cells.clone();
    distinct.dedup();
    // The two names of the antimeridian are one place, and so are those of each pole.
    assert_eq!((cells.len(), distinct.len()), (7, 4), "{cells:?}");
    world.facts(&["review", "approve", "--all"]);
    let release = world.facts(&["release", "build"]);
    assert_eq!(release["summary"]["sightings"], 7, "{release}");
    for resolution in 3..=10 {
        let cells = server.get(&format!("/api/v1/cells?f=json&res={resolution}")).json();
        let sightings = cells["cells"].as_array().unwrap().iter().map(|cell| cell["sightings"].as_u64().unwrap());
        assert_eq!(sightings.sum::<u64>(), 7, "{resolution}");
    }
    let across = server.get("/api/v1/cells?f=json&res=5&bbox=177,-20,-178,-15").json();
    let inside: u64 = across["cells"].as_array().unwrap().iter().map(|cell| cell["sightings"].as_u64().unwrap()).sum();
    assert_eq!(inside, 3, "a box over the antimeridian: {across}");
}

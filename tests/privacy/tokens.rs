//! P9: a token pays for one sighting and says nothing of who spends it. A1: fakes change nothing public.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use camera_census::model::{Secret, SightingId};
use camera_census::tokens::{InviteSecret, decode, encode};
use rand_core::{CryptoRng, RngCore, impls};
use rstest::rstest;
use serde_json::{Value, json};
use sqlx::Connection as _;
use voprf::{CipherSuite, EvaluationElement, Group, Proof, Ristretto255, VoprfClient};

use crate::client::{Answer, request};
use crate::random::Random;
use crate::world::{Database, Server, World};

/// Randomness of a test's client, the same in every run.
struct Dice<'a>(&'a mut Random);

impl RngCore for Dice<'_> {
    fn next_u32(&mut self) -> u32 {
        impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        self.0.bits()
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        impls::fill_bytes_via_next(self, dest);
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(dest);
        Ok(())
    }
}

impl CryptoRng for Dice<'_> {}

/// What one invite yields, and everything that went over the wire for it.
pub(crate) struct Drawn {
    /// Name of the key.
    key: String,
    /// Input and output of each token.
    tokens: Vec<([u8; 32], [u8; 64])>,
    blinded: Vec<[u8; 32]>,
    evaluated: Vec<[u8; 32]>,
    proof: [u8; 64],
}

impl Drawn {
    pub(crate) fn header(&self, index: usize) -> String {
        let (input, output) = &self.tokens[index];
        format!("{}.{}.{}", self.key, encode(input), encode(output))
    }
}

/// The secret in the text of an invite.
fn secret_of(invite: &str) -> &str {
    invite.split_once("#invite=").unwrap().1.split_once('.').unwrap().0
}

fn ask_tokens(server: &Server, body: &Value) -> Answer {
    server.ask("POST", "/api/v1/tokens", &[("Content-Type", "application/json")], body.to_string().as_bytes())
}

/// The public key with this name.
fn public_key(server: &Server, id: &str) -> [u8; 32] {
    let listed = server.get("/api/v1/tokens/keys").json();
    let campaigns = listed["campaigns"].as_array().unwrap();
    let mut keys = campaigns.iter().flat_map(|campaign| campaign["keys"].as_array().unwrap());
    decode(keys.find(|key| key["id"] == id).unwrap()["public"].as_str().unwrap()).unwrap()
}

/// Draws the tokens of an invite as a client does, and checks the proof. A client that does not `hide` blinds by 1.
pub(crate) fn draw(server: &Server, invite: &str, purpose: &str, random: &mut Random, hide: bool) -> Drawn {
    let asking = json!({ "invite": secret_of(invite), "purpose": purpose });
    let offer = ask_tokens(server, &asking).json();
    let (mut clients, mut inputs, mut blinded) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..offer["tokens"].as_u64().unwrap() {
        let mut input = [0; 32];
        Dice(random).fill_bytes(&mut input);
        let client = if hide {
            VoprfClient::<Ristretto255>::blind(&input, &mut Dice(random)).unwrap().state
        } else {
            let mut state = [0; 64];
            state[0] = 1;
            state[32..].copy_from_slice(&element_of(&input));
            VoprfClient::deserialize(&state).unwrap()
        };
        blinded.push(<[u8; 32]>::try_from(&client.serialize()[32..]).unwrap());
        clients.push(client);
        inputs.push(input);
    }
    let spelt: Vec<String> = blinded.iter().map(|element| encode(element)).collect();
    let answer = ask_tokens(server, &json!({ "invite": asking["invite"], "purpose": purpose, "blinded": spelt }));
    assert_eq!(answer.status, 200, "{answer}");
    let answer = answer.json();
    let key = answer["id"].as_str().unwrap().to_owned();
    let evaluated: Vec<[u8; 32]> =
        answer["evaluated"].as_array().unwrap().iter().map(|text| decode(text.as_str().unwrap()).unwrap()).collect();
    let proof: [u8; 64] = decode(answer["proof"].as_str().unwrap()).unwrap();
    let messages: Vec<_> = evaluated.iter().map(|bytes| EvaluationElement::deserialize(bytes).unwrap()).collect();
    let public = Ristretto255::deserialize_elem(&public_key(server, &key)).unwrap();
    let outputs =
        VoprfClient::batch_finalize(&inputs, &clients, &messages, &Proof::deserialize(&proof).unwrap(), public);
    let outputs: Vec<[u8; 64]> =
        outputs.unwrap().map(|output| <[u8; 64]>::try_from(&output.unwrap()[..]).unwrap()).collect();
    Drawn { key, tokens: inputs.into_iter().zip(outputs).collect(), blinded, evaluated, proof }
}

/// The element of the group that an input stands for (RFC 9497, section 2.1).
fn element_of(input: &[u8]) -> [u8; 32] {
    let tag = b"HashToGroup-OPRFV1-\x01-ristretto255-SHA512";
    let element = Ristretto255::hash_to_curve::<<Ristretto255 as CipherSuite>::Hash>(&[input], &[tag]).unwrap();
    Ristretto255::serialize_elem(element).into()
}

/// Makes invites and returns their texts.
pub(crate) fn invites(world: &World, options: &[&str]) -> Vec<String> {
    let mut arguments = vec!["invite", "create"];
    arguments.extend(options);
    let made = world.facts(&arguments);
    made["invites"].as_array().unwrap().iter().map(|invite| invite["invite"].as_str().unwrap().to_owned()).collect()
}

fn report(number: usize) -> String {
    let place = [
        13.40 + 0.001 * f64::from(u32::try_from(number % 100).unwrap()),
        52.5 + 0.001 * f64::from(u32::try_from(number / 100).unwrap()),
    ];
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": { "kind": "dome" } })
        .to_string()
}

fn send(server: &Server, secret: &str, token: &str, body: &str) -> Answer {
    let headers = [("Content-Type", "application/geo+json"), ("Idempotency-Key", secret), ("Census-Token", token)];
    server.ask("POST", "/api/v1/submissions", &headers, body.as_bytes())
}

#[track_caller]
fn refused(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.is_problem(status)["code"], code, "{answer}");
}

/// All rows of a SQLite query of one text.
fn texts(world: &World, query: &'static str) -> Vec<String> {
    let path = world.everything().join("census.db");
    let work = async {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        let rows = sqlx::query_scalar(query).fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        rows
    };
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

#[rstest]
fn a_token_pays_for_one_sighting_and_no_second(#[values(Database::Sqlite, Database::Postgres)] database: Database) {
    let Some(world) = World::new(database) else { return };
    let mut random = Random::seeded(90);
    world.facts(&["campaign", "create", "Bern", "--intake", "invited"]);
    let invite = &invites(&world, &["--campaign", "bern", "--tokens", "4"])[0];
    let server = world.serve();
    let drawn = draw(&server, invite, "sightings", &mut random, true);
    let marks = draw(&server, invite, "marks", &mut random, true);
    let secret = random.secret();

    assert_eq!(send(&server, &secret, &drawn.header(0), &report(0)).status, 202);
    assert_eq!(world.pending(), 1);
    // A repeated request is no second spending, and no second row.
    assert_eq!(send(&server, &secret, &drawn.header(0), &report(0)).status, 202);
    refused(&send(&server, &random.secret(), &drawn.header(0), &report(1)), 401, "token_spent");
    assert_eq!(world.pending(), 1);

    let mut forged = drawn.tokens[1];
    forged.1[63] ^= 1;
    let forged = format!("{}.{}.{}", drawn.key, encode(&forged.0), encode(&forged.1));
    refused(&send(&server, &random.secret(), &forged, &report(1)), 401, "token_forged");
    let unknown = drawn.header(1).replacen(&drawn.key, &encode(&[7; 16]), 1);
    refused(&send(&server, &random.secret(), &unknown, &report(1)), 401, "token_forged");
    refused(&send(&server, &random.secret(), "nonsense", &report(1)), 401, "token_unreadable");
    refused(&send(&server, &random.secret(), &marks.header(0), &report(1)), 401, "token_other_purpose");
    let bern = report(1).replacen('{', r#"{"census":{"campaign":"bern"},"#, 1);
    refused(&server.post(&random.secret(), &bern), 403, "token_missing");
    let other = report(1).replacen('{', r#"{"census":{"campaign":"default"},"#, 1);
    refused(&send(&server, &random.secret(), &drawn.header(1), &other), 422, "token_other_campaign");
    let pass = report(1).replacen('{', r#"{"census":{"pass":"B"},"#, 1);
    let answer = send(&server, &random.secret(), &drawn.header(1), &pass).is_problem(422);
    assert_eq!(
        answer["errors"][0],
        json!({ "pointer": "/census/pass", "code": "token_contradicted", "detail": answer["errors"][0]["detail"] })
    );
    let two = format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, report(1), report(2));
    let answer = send(&server, &random.secret(), &drawn.header(1), &two).is_problem(422);
    assert_eq!(answer["errors"][0]["code"], "one_sighting_per_token");
    assert_eq!(world.pending(), 1);

    // None of these spent it.
    assert_eq!(send(&server, &random.secret(), &drawn.header(1), &bern).status, 202);
    world.facts(&["invite", "rotate", "--campaign", "bern"]);
    refused(&send(&server, &random.secret(), &drawn.header(2), &report(3)), 401, "token_closed");
    let after = ask_tokens(&server, &json!({ "invite": secret_of(invite), "purpose": "sightings" }));
    refused(&after, 401, "invite_unknown");
    assert_eq!(world.pending(), 2);
    let next = &invites(&world, &["--campaign", "bern", "--tokens", "1"])[0];
    let next = draw(&server, next, "sightings", &mut random, true);
    assert_eq!(send(&server, &random.secret(), &next.header(0), &report(3)).status, 202);
    if database == Database::Sqlite {
        let epochs = texts(&world, "SELECT campaign || ' ' || key_epoch FROM occasions ORDER BY key_epoch");
        assert_eq!(epochs, ["bern 1", "bern 2"], "a poisoned epoch could not be told from others");
    }
}

#[rstest]
fn an_invite_yields_one_batch_of_each_purpose_and_the_same_one_again(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(world) = World::new(database) else { return };
    let mut random = Random::seeded(91);
    let made = world.facts(&["invite", "create", "--tokens", "3", "--count", "2"]);
    assert_eq!((&made["sharing"], &made["below_ten"], &made["epoch"]), (&json!(2), &json!(true), &json!(1)));
    let texts: Vec<&str> = [0, 1].map(|at| made["invites"][at]["invite"].as_str().unwrap()).to_vec();
    let server = world.serve();
    let drawn = draw(&server, texts[0], "sightings", &mut random, true);
    let batch = |elements: &[[u8; 32]]| {
        let blinded: Vec<String> = elements.iter().map(|element| encode(element)).collect();
        json!({ "invite": secret_of(texts[0]), "purpose": "sightings", "blinded": blinded })
    };
    let again = ask_tokens(&server, &batch(&drawn.blinded)).json();
    assert_eq!(again["proof"], encode(&drawn.proof));
    let mut other = drawn.blinded.clone();
    other.rotate_left(1);
    refused(&ask_tokens(&server, &batch(&other)), 409, "invite_used");
    refused(&ask_tokens(&server, &batch(&drawn.blinded[..2])), 422, "batch_size");
    refused(&ask_tokens(&server, &batch(&[[0; 32]; 3])), 422, "batch_unreadable");
    ask_tokens(&server, &json!({ "invite": secret_of(texts[0]), "purpose": "sightings", "name": "x" })).is_problem(400);
    draw(&server, texts[0], "marks", &mut random, true);
    let id = made["invites"][1]["id"].as_str().unwrap();
    world.facts(&["invite", "revoke", id]);
    assert_ne!(world.run(&["invite", "revoke", id]).code, Some(0));
    let asked = json!({ "invite": secret_of(texts[1]), "purpose": "sightings" });
    refused(&ask_tokens(&server, &asked), 401, "invite_unknown");
    let listed = world.facts(&["invite", "list"]);
    assert_eq!((&listed["keys"][0]["invites"], &listed["keys"][0]["drawn"]), (&json!(1), &json!(1)));
}

#[rstest]
fn of_a_hundred_requests_at_once_with_one_token_exactly_one_is_accepted(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(world) = World::new(database) else { return };
    let mut random = Random::seeded(92);
    let invite = &invites(&world, &["--tokens", "1"])[0];
    let server = world.serve();
    let token = draw(&server, invite, "sightings", &mut random, true).header(0);
    let secrets: Vec<String> = (0..100).map(|_| random.secret()).collect();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let (server, token) = (&server, &token);
        let requests: Vec<_> = secrets
            .iter()
            .enumerate()
            .map(|(number, secret)| scope.spawn(move || send(server, secret, token, &report(number)).status))
            .collect();
        requests.into_iter().map(|request| request.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 202).count(), 1, "{statuses:?}");
    assert!(statuses.iter().all(|status| matches!(status, 202 | 401 | 503)), "{statuses:?}");
    assert_eq!(world.pending(), 1);
}

#[rstest]
fn a_request_whose_answer_was_lost_in_a_crash_can_be_sent_again(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(world) = World::new(database) else { return };
    let mut random = Random::seeded(93);
    let invite = &invites(&world, &["--tokens", "1"])[0];
    let server = world.serve();
    let token = draw(&server, invite, "sightings", &mut random, true).header(0);
    let secret = random.secret();
    let headers = [("Content-Type", "application/geo+json"), ("Idempotency-Key", &*secret), ("Census-Token", &*token)];
    let mut connection = server.connect();
    connection.write_all(&request("POST", "/api/v1/submissions", &headers, report(0).as_bytes())).unwrap();
    // Nobody reads the answer. Once the row is there, the power fails.
    let asked = Instant::now();
    while server.receipt("GET", &secret).json()["pending"] != 1 {
        assert!(asked.elapsed() < Duration::from_secs(20), "{}", server.receipt("GET", &secret));
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(server);
    let server = world.serve();
    assert_eq!(send(&server, &secret, &token, &report(0)).status, 202);
    assert_eq!(world.pending(), 1);
    refused(&send(&server, &random.secret(), &token, &report(1)), 401, "token_spent");
}

#[rstest]
fn closing_a_wave_closes_its_epoch_and_leaves_no_secret(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(world) = World::new(database) else { return };
    let mut random = Random::seeded(94);
    world.facts(&["waves", "open", "spring"]);
    assert_ne!(world.run(&["invite", "create", "--wave", "spring"]).code, Some(0), "a wave has teams");
    let of_team = |team| invites(&world, &["--wave", "spring", "--team", team, "--tokens", "2"]).remove(0);
    let (a, b) = (of_team("A"), of_team("B"));
    let server = world.serve();
    let (a, b) = (draw(&server, &a, "sightings", &mut random, true), draw(&server, &b, "sightings", &mut random, true));
    assert_ne!(a.key, b.key);
    for drawn in [&a, &b] {
        assert_eq!(send(&server, &random.secret(), &drawn.header(0), &report(1)).status, 202);
    }
    let claims = report(1).replacen('{', r#"{"census":{"wave":"spring","pass":"B"},"#, 1);
    send(&server, &random.secret(), &a.header(1), &claims).is_problem(422);
    let secrets = match database {
        Database::Sqlite => {
            assert_eq!(
                texts(&world, "SELECT wave || ' ' || pass || ' ' || key_epoch FROM occasions ORDER BY pass"),
                ["spring 1 1", "spring 2 1"]
            );
            texts(&world, "SELECT hex(secret) FROM token_keys")
        }
        Database::Postgres => Vec::new(),
    };
    world.facts(&["waves", "close", "spring"]);
    refused(&send(&server, &random.secret(), &a.header(1), &report(2)), 401, "token_closed");
    drop(server);
    if database == Database::Sqlite {
        assert_eq!(secrets.len(), 4);
        assert!(texts(&world, "SELECT 'x' FROM token_keys WHERE secret IS NOT NULL").is_empty());
        assert!(texts(&world, "SELECT 'x' FROM spent_tokens UNION ALL SELECT 'x' FROM invites").is_empty());
        for secret in secrets {
            let bytes: Vec<u8> =
                (0..32).map(|at| u8::from_str_radix(&secret[2 * at..2 * at + 2], 16).unwrap()).collect();
            for entry in fs::read_dir(world.everything()).unwrap() {
                let path = entry.unwrap().path();
                let kept = path.is_file() && memchr::memmem::find(&fs::read(&path).unwrap(), &bytes).is_some();
                assert!(!kept, "a signing key is still in {}", path.display());
            }
        }
    }
    world.facts(&["review", "approve", "--all"]);
    let built = world.facts(&["release", "build"]);
    let keys = world.releases().join(built["release"].as_str().unwrap()).join("keys.json");
    let keys: Value = serde_json::from_slice(&fs::read(keys).unwrap()).unwrap();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 4, "closed epochs stay in releases: {keys}");
}

#[test]
fn a_team_without_a_wave_is_stored_and_released() {
    let world = World::new(Database::Sqlite).unwrap();
    let mut random = Random::seeded(95);
    let (a, b) =
        (invites(&world, &["--team", "A", "--tokens", "2"]), invites(&world, &["--team", "B", "--tokens", "2"]));
    let server = world.serve();
    for invite in [&a[0], &b[0]] {
        let drawn = draw(&server, invite, "sightings", &mut random, true);
        assert_eq!(send(&server, &random.secret(), &drawn.header(0), &report(0)).status, 202);
        let home = report(0).replace("dome", "doorbell");
        assert_eq!(send(&server, &random.secret(), &drawn.header(1), &home).status, 202);
    }
    drop(server);
    assert_eq!(
        texts(&world, "SELECT wave || pass || key_epoch FROM occasions ORDER BY pass"),
        ["11", "21"],
        "a pass, no wave"
    );
    world.facts(&["review", "approve", "--all"]);
    let built = world.facts(&["release", "build"]);
    assert_eq!((&built["summary"]["sightings"], &built["summary"]["cameras"]), (&json!(2), &json!(1)), "{built}");
    world.facts(&["release", "verify"]);
    world.facts(&["effort", "list"]);
}

/// Every file below a directory.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.strip_prefix(root).unwrap().display().to_string(), fs::read(&path).unwrap());
            }
        }
    }
    files
}

#[rstest]
fn a_thousand_fakes_from_one_invite_are_fifty_and_change_nothing_public(
    #[values(Database::Sqlite, Database::Postgres)] database: Database,
) {
    let Some(world) = World::new(database) else { return };
    let mut random = Random::seeded(96);
    world.facts(&["campaign", "create", "Bern", "--intake", "invited"]);
    let invite = &invites(&world, &["--campaign", "bern", "--tokens", "50"])[0];
    let honest = world.input("honest.geojson", report(0));
    world.facts(&["import", honest.to_str().unwrap(), "--source", "walk"]);
    world.facts(&["release", "build"]);
    let before = tree(&world.releases());
    let server = world.serve();
    let drawn = draw(&server, invite, "sightings", &mut random, true);
    let mut accepted = 0;
    for number in 0..1_000 {
        let token = match number % 20 {
            // Once fresh, then spent, then forged.
            0..10 => drawn.header(number / 20),
            _ => format!("{}.{}.{}", drawn.key, encode(&drawn.tokens[0].0), encode(&[7; 64])),
        };
        match send(&server, &random.secret(), &token, &report(number)).status {
            202 => accepted += 1,
            status => assert_eq!(status, 401),
        }
    }
    assert_eq!((accepted, world.pending()), (50, 50));
    for _ in 0..3 {
        world.facts(&["release", "build"]);
    }
    assert!(tree(&world.releases()) == before, "what nobody reviewed shows in public files");
}

/// How well a score tells true pairs from others: 0.5 is guessing (area under the ROC curve, ties count half).
fn auc(scores: &[(f64, bool)]) -> f64 {
    let mut sorted = scores.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won) = (0.0, 0.0);
    for same in sorted.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let count = |truth| f64::from(u32::try_from(same.iter().filter(|pair| pair.1 == truth).count()).unwrap());
        won += count(true) * (below + count(false) / 2.0);
        below += count(false);
    }
    let true_pairs = f64::from(u32::try_from(scores.iter().filter(|pair| pair.1).count()).unwrap());
    won / (true_pairs * below)
}

#[test]
fn the_area_under_the_curve_tells_guessing_from_knowing() {
    assert!((auc(&[(0.1, false), (0.2, false), (0.8, true)]) - 1.0).abs() < 1e-9);
    assert!((auc(&[(0.5, false), (0.5, true)]) - 0.5).abs() < 1e-9);
    assert!(auc(&[(0.9, false), (0.1, true)]).abs() < 1e-9);
}

fn distance(a: &[u8], b: &[u8]) -> f64 {
    f64::from(a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum::<u32>())
}

/// Correlation of the bytes of two texts.
fn correlation(a: &[u8], b: &[u8]) -> f64 {
    let n = f64::from(u32::try_from(a.len().min(b.len())).unwrap());
    let mean = |bytes: &[u8]| bytes.iter().map(|byte| f64::from(*byte)).sum::<f64>() / n;
    let (ma, mb) = (mean(a), mean(b));
    let covariance: f64 = a.iter().zip(b).map(|(a, b)| (f64::from(*a) - ma) * (f64::from(*b) - mb)).sum();
    let spread = |bytes: &[u8], mean: f64| bytes.iter().map(|byte| (f64::from(*byte) - mean).powi(2)).sum::<f64>();
    covariance / (spread(a, ma) * spread(b, mb)).sqrt()
}

fn share(part: usize, whole: usize) -> f64 {
    let number = |number| f64::from(u32::try_from(number).unwrap());
    number(part) / number(whole)
}

const INVITES: usize = 12;
const EACH: usize = 60;

/// Plays the linkage game: volunteers draw tokens with invites of one key and send reports in a random order; then the
/// database is sealed, and somebody who has its file, its signing keys, the whole transcript of issuance, and even every token
/// with the report it paid for (which nothing keeps), scores each pair of a report and an invite. Returns how well each score does.
fn linkage(hide: bool) -> Vec<(&'static str, f64)> {
    let world = World::new(Database::Sqlite).unwrap();
    let mut random = Random::seeded(97);
    let (count, tokens) = (INVITES.to_string(), EACH.to_string());
    let texts_of_invites = invites(&world, &["--count", &count, "--tokens", &tokens]);
    let server = world.serve();
    let drawn: Vec<Drawn> =
        texts_of_invites.iter().map(|invite| draw(&server, invite, "sightings", &mut random, hide)).collect();
    let mut sent: Vec<(usize, usize)> = (0..INVITES).flat_map(|i| (0..EACH).map(move |t| (i, t))).collect();
    sent.sort_by_cached_key(|_| random.bits());
    let mut ids: Vec<SightingId> = Vec::new();
    for (number, (invite, token)) in sent.iter().enumerate() {
        let secret = random.secret();
        assert_eq!(send(&server, &secret, &drawn[*invite].header(*token), &report(number)).status, 202);
        ids.push(Secret::parse(&secret).unwrap().sighting_id(0));
    }
    drop(server);
    world.facts(&["seal"]);
    let file = fs::read(world.everything().join("census.db")).unwrap();
    let place = |bytes: &[u8]| memchr::memmem::find(&file, bytes);
    let rank =
        |places: &[usize], at: usize| share(places.iter().filter(|place| **place < places[at]).count(), places.len());
    let rows: Vec<usize> = ids.iter().map(|id| place(&id.0).unwrap()).collect();
    let named: Vec<[u8; 16]> =
        texts_of_invites.iter().map(|text| InviteSecret::parse(secret_of(text)).unwrap().id()).collect();
    let invite_rows: Vec<usize> = named.iter().map(|id| place(id).unwrap()).collect();
    // What was spent, in the order of the file, beside the reports in theirs: the best guess of which paid for which.
    let secrets: Vec<String> = texts(&world, "SELECT hex(secret) FROM token_keys WHERE purpose = 0");
    let signing: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&secrets[0][2 * at..2 * at + 2], 16).unwrap()).collect();
    let signing = Ristretto255::deserialize_scalar(&signing).unwrap();
    let spent = texts(&world, "SELECT hex(digest) FROM spent_tokens");
    assert_eq!(spent.len(), ids.len());
    let spent: Vec<Vec<u8>> = spent
        .iter()
        .map(|hex| (0..32).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect())
        .collect();
    let mut by_row: Vec<usize> = (0..rows.len()).collect();
    by_row.sort_by_key(|report| rows[*report]);
    let mut position = vec![0; rows.len()];
    by_row.iter().enumerate().for_each(|(at, report)| position[*report] = at);
    let signed = |element: &[u8; 32]| -> [u8; 32] {
        let element = Ristretto255::deserialize_elem(element).unwrap();
        Ristretto255::serialize_elem(element * signing).into()
    };
    let difference = |a: &[u8; 32], b: &[u8; 32]| -> [u8; 32] {
        let [a, b] = [a, b].map(|bytes| Ristretto255::deserialize_elem(bytes).unwrap());
        Ristretto255::serialize_elem(a + b * minus_one()).into()
    };
    let mut scores: BTreeMap<&'static str, Vec<(f64, bool)>> = BTreeMap::new();
    for (report, (owner, token)) in sent.iter().enumerate() {
        let (input, output) = drawn[*owner].tokens[*token];
        let element = element_of(&input);
        let evaluated = signed(&element);
        let aligned = &spent[position[report]];
        for (invite, drawn) in drawn.iter().enumerate() {
            let truth = invite == *owner;
            let nearest = |of: &dyn Fn(usize) -> f64| (0..EACH).map(of).fold(f64::MIN, f64::max);
            let mut score = |name, value| scores.entry(name).or_default().push((value, truth));
            score("order of rows", -(rank(&rows, report) - rank(&invite_rows, invite)).abs());
            score("order of rows and of drawing", -(rank(&rows, report) - share(invite, INVITES)).abs());
            score("id and invite", -distance(&ids[report].0, &named[invite]));
            score("digest in the same place and blinded", nearest(&|i| -distance(aligned, &drawn.blinded[i])));
            score("digest in the same place and evaluated", nearest(&|i| correlation(aligned, &drawn.evaluated[i])));
            score("digest in the same place and proof", -distance(aligned, &drawn.proof));
            score("input and blinded", nearest(&|i| -distance(&input, &drawn.blinded[i])));
            score("output and evaluated", nearest(&|i| correlation(&output[..32], &drawn.evaluated[i])));
            score("output and proof", -distance(&output, &drawn.proof));
            score("element and blinded", nearest(&|i| -distance(&element, &drawn.blinded[i])));
            score("signed element and evaluated", nearest(&|i| -distance(&evaluated, &drawn.evaluated[i])));
            score("element and evaluated", nearest(&|i| correlation(&element, &drawn.evaluated[i])));
            // The same relation of both pairs to the key: all that a scalar could betray.
            let relation = |i: usize| {
                let (theirs, ours) =
                    (difference(&drawn.evaluated[i], &drawn.blinded[i]), difference(&evaluated, &element));
                -distance(&theirs, &ours)
            };
            score("relation to the key", (0..EACH).step_by(12).map(relation).fold(f64::MIN, f64::max));
        }
    }
    scores.into_iter().map(|(name, scores)| (name, auc(&scores))).collect()
}

/// The scalar -1.
fn minus_one() -> <Ristretto255 as Group>::Scalar {
    let mut one = [0; 32];
    one[0] = 1;
    let one = Ristretto255::deserialize_scalar(&one).unwrap();
    let two = one + one;
    one - two
}

#[test]
fn nobody_can_match_reports_to_the_invites_of_one_key() {
    for (name, auc) in linkage(true) {
        println!("{name}: {auc:.3}");
        assert!((0.45..=0.55).contains(&auc), "{name} tells who sent a report: AUC {auc}");
    }
}

#[test]
fn a_client_that_does_not_blind_would_be_matched() {
    let best = linkage(false).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
    assert!(best.1 > 0.95, "{best:?}: the game could not be lost");
}

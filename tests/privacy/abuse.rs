//! Trust without identity: what checks, teams and moderators can do, and what they cannot (rules A2 to A6).

use std::collections::BTreeMap;
use std::fs;

use h3o::{LatLng, Resolution};
use rstest::rstest;
use serde_json::{Value, json};

use crate::moderator::{Moderator, between, values};
use crate::random::Random;
use crate::tokens::{draw, invites};
use crate::world::{Database, Server, World};

const JSON: (&str, &str) = ("Content-Type", "application/json");

/// A report some metres north and east of the middle of a town.
fn feature(north: f64, east: f64, more: &Value) -> String {
    let place = [8.0 + east / 75_835.0, 47.0 + north / 111_195.0];
    let mut properties = json!({ "kind": "fixed" });
    for (name, value) in more.as_object().into_iter().flatten() {
        properties[name] = value.clone();
    }
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": properties })
        .to_string()
}

fn send(server: &Server, random: &mut Random, token: Option<&str>, body: &str) {
    let secret = random.secret();
    let mut headers = vec![("Content-Type", "application/geo+json"), ("Idempotency-Key", secret.as_str())];
    headers.extend(token.map(|token| ("Census-Token", token)));
    let answer = server.ask("POST", "/api/v1/submissions", &headers, body.as_bytes());
    assert_eq!(answer.status, 202, "{answer}");
}

/// Reports a camera as gone, or as none.
fn against(server: &Server, random: &mut Random, token: Option<&str>, claim: &str, north: f64) -> u16 {
    let secret = random.secret();
    let mut headers = vec![JSON, ("Idempotency-Key", secret.as_str())];
    headers.extend(token.map(|token| ("Census-Token", token)));
    let place = json!({ "type": "Point", "coordinates": [8.0, 47.0 + north / 111_195.0] });
    let body = json!({ "place": place, "kind": "fixed", "claim": claim }).to_string();
    server.ask("POST", "/api/v1/reports", &headers, body.as_bytes()).status
}

/// Tokens of one invite of a team.
fn tokens(world: &World, server: &Server, random: &mut Random, team: &str, purpose: &str) -> Vec<String> {
    let invite = invites(world, &["--team", team, "--tokens", "8"]).remove(0);
    let drawn = draw(server, &invite, purpose, random, true);
    (0..8).map(|at| drawn.header(at)).collect()
}

/// Every file of a release, but for those that name it or the one before.
fn public_files(world: &World, release: &str) -> BTreeMap<String, Vec<u8>> {
    let directory = world.releases().join(release);
    let files = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    let kept = files.filter(|entry| entry.file_type().unwrap().is_file());
    kept.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

fn build(world: &World) -> String {
    world.facts(&["release", "build", "--as-of", "2030-W10"])["release"].as_str().unwrap().to_owned()
}

/// What the queue says of each of its reports.
fn states(page: &str) -> Vec<String> {
    page.split("<li class=\"report\">")
        .skip(1)
        .map(|row| {
            let row = row.split("</li>").next().unwrap();
            let words = row.split("class=\"state state-").skip(1).map(|rest| rest.split('"').next().unwrap());
            words.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[test]
fn each_check_flags_its_case_and_nothing_else_and_refuses_nothing() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let mut random = Random::seeded(51);
    let first = Moderator::new(&world, &server, "first");
    let said = first.decide(
        &server,
        &[
            ("action", "bounds"),
            ("campaign", "default"),
            ("west", "7.9"),
            ("south", "46.9"),
            ("east", "8.1"),
            ("north", "47.1"),
        ],
    );
    assert_eq!(said, "done&n=1");
    send(&server, &mut random, None, &feature(0.0, 0.0, &json!({})));
    assert_eq!(states(&first.page(&server, "/review")), ["plausible"]);
    send(&server, &mut random, None, &feature(50_000.0, 0.0, &json!({})));
    send(&server, &mut random, None, &feature(2_000.0, 0.0, &json!({ "heads": 60 })));
    let block = LatLng::new(46.97, 8.0).unwrap().to_cell(Resolution::Ten);
    for cell in block.children(Resolution::Thirteen).step_by(5).take(31) {
        let at = LatLng::from(cell);
        send(
            &server,
            &mut random,
            None,
            &feature((at.lat() - 47.0) * 111_195.0, (at.lng() - 8.0) * 75_835.0, &json!({})),
        );
    }
    let said = states(&first.page(&server, "/review"));
    assert_eq!(said[..3], ["plausible", "pending outside_bounds", "pending density"]);
    assert_eq!(said[3..], ["pending burst"; 31]);
    // One moderator is warned only; where there are two, a burst is frozen until the second agrees.
    let burst = first.queue(&server)[3..5].to_vec();
    assert_eq!(first.decide_about(&server, "approve", &burst[..1]), "done&n=1");
    Moderator::new(&world, &server, "second");
    send(&server, &mut random, None, &feature(-3_333.0, 0.0, &json!({})));
    assert_eq!(first.decide_about(&server, "approve", &first.queue(&server)[3..4]), "proposed&n=0");
    assert_eq!(first.decide_about(&server, "approve", &first.queue(&server)[..1]), "done&n=1");
    assert_eq!(world.pending(), 33);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn one_invite_never_confirms_itself_and_two_teams_do(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let mut random = Random::seeded(52);
    let a = tokens(&world, &server, &mut random, "A", "sightings");
    let b = tokens(&world, &server, &mut random, "B", "sightings");
    send(&server, &mut random, Some(&a[0]), &feature(0.0, 0.0, &json!({})));
    send(&server, &mut random, Some(&a[1]), &feature(2.0, 0.0, &json!({})));
    let first = Moderator::new(&world, &server, "first");
    assert_eq!(states(&first.page(&server, "/review")), ["plausible", "plausible"]);
    send(&server, &mut random, Some(&b[0]), &feature(1.0, 0.0, &json!({})));
    assert_eq!(states(&first.page(&server, "/review")), ["corroborated"; 3]);
    for token in [&a[2], &b[1]] {
        send(&server, &mut random, Some(token), &feature(900.0, 0.0, &json!({ "kind": "doorbell" })));
    }
    let page = first.page(&server, "/review");
    assert_eq!(states(&page), ["corroborated", "corroborated", "corroborated", "plausible", "plausible"]);
    // What a moderator sees of a report: kind, operator, heads, cell, week, state and flags, and no more.
    let row = page.split("<li class=\"report\">").nth(1).unwrap().split("</li>").next().unwrap();
    let id = values(row, "item").remove(0);
    let cell = between(row, "<span class=\"code\">", "</span>");
    let week = row.split("</label>").next().unwrap().rsplit("</span> ").next().unwrap();
    let expected = format!(
        "<label><input type=\"checkbox\" name=\"item\" value=\"{id}\"> <b>fixed camera, unknown, 1 head</b> \
         <span class=\"code\">{cell}</span> {week}</label> \
         <span class=\"state state-corroborated\">seen by another team too</span>"
    );
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let kind = between(row, "<b>", "</b>");
    assert_eq!(plain(row), plain(&expected).replace("fixed camera, unknown, 1 head", &kind.to_lowercase()));
    assert!(kind.split(", ").count() == 3 && cell.len() == 15 && week.len() == 8, "{kind} {cell} {week}");
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn one_of_two_moderators_cannot_publish_fifty_one_reports_alone(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let mut random = Random::seeded(53);
    for step in 0..51_i32 {
        send(&server, &mut random, None, &feature(90.0 * f64::from(step), 0.0, &json!({})));
    }
    let (first, second) = (Moderator::new(&world, &server, "first"), Moderator::new(&world, &server, "second"));
    let all = first.queue(&server);
    assert_eq!(all.len(), 51);
    assert_eq!(first.decide_about(&server, "approve", &all), "proposed&n=0");
    assert_eq!(world.pending(), 51);
    let proposal = values(&first.page(&server, "/review"), "proposal").remove(0);
    let confirm = [("action", "confirm"), ("proposal", proposal.as_str())];
    assert_eq!(first.decide(&server, &confirm), "own&n=0", "nobody confirms what is their own");
    assert_eq!(world.pending(), 51);
    assert_eq!(second.decide(&server, &confirm), "done&n=51");
    assert_eq!(second.decide(&server, &confirm), "nothing&n=0");
    assert_eq!(world.pending(), 0);
    // The log names both, and a region, and no time.
    let log = first.page(&server, "/review/log");
    let region = LatLng::new(47.0, 8.0).unwrap().to_cell(Resolution::Thirteen).parent(Resolution::Five).unwrap();
    assert!(log.contains("<td>first + second</td>") && log.contains(&region.to_string()), "{log}");
    world.facts(&["moderator", "remove", "second"]);
    for step in 0..51_i32 {
        send(&server, &mut random, None, &feature(90.0 * f64::from(step), 4_000.0, &json!({})));
    }
    assert_eq!(first.decide_about(&server, "approve", &first.queue(&server)), "done&n=51", "one is warned only");
}

#[test]
fn deleting_more_than_ten_published_sightings_and_changing_bounds_need_both() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let mut random = Random::seeded(54);
    for _ in 0..11 {
        send(&server, &mut random, None, &feature(0.0, 0.0, &json!({})));
    }
    let (first, second) = (Moderator::new(&world, &server, "first"), Moderator::new(&world, &server, "second"));
    assert_eq!(first.decide_about(&server, "approve", &first.queue(&server)), "done&n=11");
    build(&world);
    assert_eq!(against(&server, &mut random, None, "not_a_camera", 1.0), 202);
    let page = first.page(&server, "/review");
    let (reports, sightings) = (values(&page, "report").remove(0), values(&page, "sighting"));
    assert_eq!(sightings.len(), 11);
    let mut fields = vec![("action", "not_a_camera"), ("report", reports.as_str())];
    fields.extend(sightings[1..].iter().map(|id| ("sighting", id.as_str())));
    let ten = first.decide(&server, &fields);
    assert_eq!(ten, "done&n=10");
    let bounds =
        [("action", "bounds"), ("campaign", "default"), ("west", "7"), ("south", "46"), ("east", "9"), ("north", "48")];
    assert_eq!(first.decide(&server, &bounds), "proposed&n=0");
    assert_eq!(world.facts(&["campaign", "list"])["campaigns"][0]["bounds"], Value::Null);
    let proposal = values(&second.page(&server, "/review"), "proposal").remove(0);
    assert_eq!(second.decide(&server, &[("action", "confirm"), ("proposal", &proposal)]), "done&n=1");
    assert_eq!(world.facts(&["campaign", "list"])["campaigns"][0]["bounds"], json!([7.0, 46.0, 9.0, 48.0]));
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn after_a_rollback_the_release_equals_the_one_built_without_the_epoch(#[case] database: Database) {
    // Reports of epoch 1 in both worlds, of epoch 2 in one only, which is rolled back there.
    let build_one = |poisoned: bool| -> Option<BTreeMap<String, Vec<u8>>> {
        let world = World::new(database)?;
        let server = world.serve();
        let mut random = Random::seeded(55);
        let honest = tokens(&world, &server, &mut random, "A", "sightings");
        let marks = tokens(&world, &server, &mut random, "A", "marks");
        for (at, token) in (0_u8..).zip(&honest) {
            send(
                &server,
                &mut random,
                Some(token),
                &feature(100.0 * f64::from(at), 0.0, &json!({ "observed": "2026-W20" })),
            );
        }
        world.facts(&["review", "approve", "--all"]);
        world.facts(&["invite", "rotate"]);
        let bad = tokens(&world, &server, &mut random, "B", "sightings");
        let bad_marks = tokens(&world, &server, &mut random, "B", "marks");
        drop(marks);
        if poisoned {
            for (at, token) in (0_u8..).zip(&bad[..6]) {
                send(&server, &mut random, Some(token), &feature(50.0 + 100.0 * f64::from(at), 0.0, &json!({})));
            }
            world.facts(&["review", "approve", "--all"]);
            send(&server, &mut random, Some(&bad[6]), &feature(1.0, 0.0, &json!({})));
            assert_eq!(against(&server, &mut random, Some(&bad_marks[0]), "gone", 0.0), 202);
            let first = Moderator::new(&world, &server, "first");
            let page = first.page(&server, "/review");
            let report = values(&page, "report").remove(0);
            assert_eq!(first.decide(&server, &[("action", "gone"), ("report", &report)]), "done&n=1");
            assert_eq!(first.decide(&server, &[("action", "roll_back"), ("epoch", "default 2")]), "done&n=8");
            assert_eq!(world.pending(), 0);
        }
        let release = build(&world);
        Some(public_files(&world, &release))
    };
    let (Some(clean), Some(rolled_back)) = (build_one(false), build_one(true)) else { return };
    assert_eq!(clean.keys().collect::<Vec<_>>(), rolled_back.keys().collect::<Vec<_>>());
    let of = |files: &BTreeMap<String, Vec<u8>>, name: &str| String::from_utf8_lossy(&files[name]).into_owned();
    assert!(of(&clean, "cells-r10.csv").lines().count() > 5, "{}", of(&clean, "cells-r10.csv"));
    // Keys are random in each world, and stand in every release; whatever is counted is the same.
    for name in clean.keys().filter(|name| name.starts_with("cells-r") && name.contains(".csv")) {
        assert!(clean[name] == rolled_back[name], "{name}:\n{}\n{}", of(&clean, name), of(&rolled_back, name));
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn one_report_against_a_camera_changes_nothing_public_and_two_teams_bring_it_to_the_queue(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let mut random = Random::seeded(56);
    send(&server, &mut random, None, &feature(0.0, 0.0, &json!({ "observed": "2026-W20" })));
    world.facts(&["review", "approve", "--all"]);
    let before = build(&world);
    let a = tokens(&world, &server, &mut random, "A", "marks");
    let b = tokens(&world, &server, &mut random, "B", "marks");
    let counted = |release: &str| public_files(&world, release).remove("cells-r10.csv").unwrap();
    assert_eq!(against(&server, &mut random, None, "gone", 1.0), 202);
    for token in &a[..2] {
        assert_eq!(against(&server, &mut random, Some(token), "gone", 1.0), 202);
    }
    assert_eq!(against(&server, &mut random, Some(&a[0]), "gone", 1.0), 401, "a token is spent once");
    let first = Moderator::new(&world, &server, "first");
    let page = first.page(&server, "/review");
    assert!(page.contains("one team, or without a token") && !page.contains(">two teams<"), "{page}");
    assert_eq!(counted(&build(&world)), counted(&before));
    assert_eq!(against(&server, &mut random, Some(&b[0]), "gone", 2.0), 202);
    assert!(first.page(&server, "/review").contains(">two teams<"));
    assert_eq!(counted(&build(&world)), counted(&before), "a moderator decides, not two teams");
    let reports = values(&first.page(&server, "/review"), "report").remove(0);
    assert!(first.decide(&server, &[("action", "gone"), ("report", &reports)]).starts_with("done"));
    assert_eq!(values(&first.page(&server, "/review"), "report"), Vec::<String>::new());
}

#[test]
fn a_report_against_a_camera_can_be_asked_for_and_taken_back_and_bad_ones_are_refused() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let secret = "00112233445566778899aabbccddeeff";
    let post = |body: &Value| {
        server.ask("POST", "/api/v1/reports", &[JSON, ("Idempotency-Key", secret)], body.to_string().as_bytes())
    };
    let place = json!({ "type": "Point", "coordinates": [8.000_123_4, 47.000_123_4] });
    let good = json!({ "place": place, "kind": "dome", "claim": "gone", "observed": "2026-W20" });
    for _ in 0..2 {
        let answer = post(&good);
        assert_eq!((answer.status, answer.json()["receipt"].as_str()), (202, Some(secret)), "{answer}");
    }
    post(&json!({ "place": place, "kind": "fixed", "claim": "gone" })).is_problem(409);
    assert_eq!(server.receipt("GET", secret).json()["pending"], 1);
    assert_eq!(server.receipt("DELETE", secret).json()["withdrawn"], 1);
    assert_eq!(server.receipt("GET", secret).json()["pending"], 0);
    for (bad, pointer) in [
        (json!({ "place": place, "claim": "canary" }), "/claim"),
        (json!({ "place": place }), "/claim"),
        (json!({ "claim": "gone" }), "/place"),
        (json!({ "place": place, "cell": "8d1f8e0b6a2d0bf", "claim": "gone" }), "/place"),
        (json!({ "place": { "type": "Point", "coordinates": [200, 1] }, "claim": "gone" }), "/place/coordinates/0"),
        (json!({ "cell": "8a1f8e0b6a2ffff", "claim": "gone" }), "/cell"),
        (json!({ "place": place, "kind": "doorbell", "claim": "gone" }), "/kind"),
        (json!({ "place": place, "kind": "canary", "claim": "gone" }), "/kind"),
        (json!({ "place": place, "claim": "gone", "census": { "campaign": "canary" } }), "/census/campaign"),
    ] {
        let problem = post(&bad).is_problem(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{bad}: {problem}");
        assert!(!problem.to_string().contains("canary"), "{problem}");
    }
    server.ask("POST", "/api/v1/reports", &[JSON], b"[").is_problem(400);
    server.ask("POST", "/api/v1/reports", &[("Content-Type", "image/png")], b"x").is_problem(415);
}

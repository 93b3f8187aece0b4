//! The report form without scripts, and marks of survey sheets: strict, silent about what was typed, and harmless twice.

use rstest::rstest;

use crate::moderator::Moderator;
use crate::random::Random;
use crate::world::{Database, Server, World};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("Content-Type", "application/json");

fn post(server: &Server, path: &str, body: &str) -> (u16, String) {
    let answer = server.ask("POST", path, &[FORM], body.as_bytes());
    (answer.status, String::from_utf8_lossy(&answer.body).into_owned())
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn a_form_without_scripts_is_a_report_with_a_receipt(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let server = world.serve();
    let body = "campaign=default&latitude=52.51234&longitude=13.41234&kind=dome&operator=police&facing=90&heads=2";
    for path in ["/submit", "/es/submit", "/fr/submit", "/de/submit", "/zh-Hans/submit", "/ar/submit"] {
        let (status, page) = post(&server, path, body);
        assert_eq!(status, 202, "{page}");
        let receipt = page.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
        assert_eq!(server.receipt("GET", receipt).json()["pending"], 1);
    }
    assert_eq!(world.pending(), 6);
}

#[test]
fn what_is_wrong_is_said_beside_its_field_and_only_choices_come_back() {
    let Some(world) = World::new(Database::Sqlite) else { return };
    let server = world.serve();
    let body = "latitude=canary-52.98765&longitude=13.456789&kind=panning&operator=transit&maker=canary-maker&heads=77\
                &name=canary-name&notes=canary-notes";
    let (status, page) = post(&server, "/submit", body);
    assert_eq!(status, 422);
    assert!(page.contains("id=\"latitude-error\"") && !page.contains("id=\"longitude-error\""), "{page}");
    assert!(page.contains("value=\"panning\" checked") && page.contains("value=\"transit\" selected"), "{page}");
    assert!(page.contains("value=\"77\""), "{page}");
    for canary in ["canary", "98765", "456789"] {
        assert!(!page.contains(canary), "{canary} was repeated");
    }
    let (status, page) = post(&server, "/submit", "latitude=1&longitude=1&kind=fixed&heads=100");
    assert_eq!(status, 422);
    assert!(page.contains("id=\"heads-error\""), "{page}");
    let (status, page) = post(&server, "/submit", "latitude=1&longitude=1&kind=fixed&campaign=canary");
    assert!(status == 422 && !page.contains("canary"), "{page}");
    assert_eq!(world.pending(), 0, "nothing of it was stored");
}

#[test]
fn a_form_is_no_way_into_a_campaign_of_invited_volunteers() {
    let Some(world) = World::new(Database::Sqlite) else { return };
    world.facts(&["campaign", "create", "friends", "--intake", "invited"]);
    let server = world.serve();
    let (status, page) = post(&server, "/submit", "campaign=friends&latitude=1&longitude=1&kind=fixed");
    assert_eq!(status, 403, "{page}");
    assert!(page.contains("invited volunteers only"), "{page}");
    assert_eq!(world.pending(), 0);
}

#[test]
fn another_site_and_another_kind_of_body_are_refused() {
    let Some(world) = World::new(Database::Sqlite) else { return };
    let server = world.serve();
    let body = b"latitude=1&longitude=1&kind=fixed";
    assert_eq!(server.ask("POST", "/submit", &[FORM, ("Sec-Fetch-Site", "cross-site")], body).status, 403);
    for content_type in ["multipart/form-data; boundary=x", "application/json", "image/jpeg"] {
        assert_eq!(server.ask("POST", "/submit", &[("Content-Type", content_type)], body).status, 415);
    }
    assert_eq!(server.ask("POST", "/submit", &[FORM], &vec![b'a'; 9000]).status, 413);
    assert_eq!(world.pending(), 0);
}

#[test]
fn what_is_kept_for_use_without_a_network_is_the_form_the_sheets_and_their_files() {
    let Some(world) = World::new(Database::Sqlite) else { return };
    let server = world.serve();
    let script = String::from_utf8(server.get("/sw.js").body).unwrap();
    let kept = script.lines().next().and_then(|line| line.strip_prefix("const KEPT = ")).unwrap();
    let kept: serde_json::Value = serde_json::from_str(kept.trim_end_matches(';')).unwrap();
    let pages: Vec<&str> = kept["pages"].as_array().unwrap().iter().filter_map(|page| page.as_str()).collect();
    let languages = ["", "/es", "/fr", "/de", "/zh-Hans", "/ar"];
    let expected: Vec<String> =
        languages.iter().flat_map(|prefix| ["submit", "sheets"].map(|page| format!("{prefix}/{page}"))).collect();
    assert_eq!(pages, expected);
    for path in pages.iter().copied().chain(kept["assets"].as_array().unwrap().iter().filter_map(|path| path.as_str()))
    {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert_eq!(server.get("/manifest.webmanifest").json()["start_url"], "/submit");
}

/// A wave with two streets to walk.
fn walk(world: &World) {
    let street = |north: f64| {
        serde_json::json!({ "type": "Feature", "properties": { "state": "not_walked" },
            "geometry": { "type": "LineString", "coordinates": [[13.4, north], [13.401, north]] } })
    };
    let file = serde_json::json!({ "type": "FeatureCollection", "features": [street(52.5), street(52.6)] });
    let file = world.input("streets.geojson", file.to_string());
    world.facts(&["waves", "open", "autumn"]);
    let path = file.to_str().unwrap();
    world.facts(&["effort", "import", path, "--wave", "autumn", "--pass", "A"]);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn a_mark_of_a_sheet_waits_and_the_same_again_changes_nothing(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    walk(&world);
    let server = world.serve();
    let sheets = server.get("/api/v1/sheets/default/autumn");
    let units = sheets.json()["features"].as_array().unwrap().clone();
    assert_eq!(units.iter().map(|unit| unit["properties"]["sheet"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2]);
    let text = String::from_utf8_lossy(&sheets.body).into_owned();
    assert!(!text.contains("walked") && !text.contains("state"), "sheets say what there is, not what was done: {text}");
    assert_eq!(server.get("/api/v1/sheets/default/spring").status, 404);

    let unit = units[0]["properties"]["unit"].as_str().unwrap();
    let send = |secret: &str, state: &str, more: &str| {
        let body = format!(
            "{{\"campaign\":\"default\",\"wave\":\"autumn\",\"pass\":\"B\",\"unit\":\"{unit}\",\"state\":\"{state}\"{more}}}"
        );
        server.ask("POST", "/api/v1/effort", &[JSON, ("Idempotency-Key", secret)], body.as_bytes())
    };
    let secret = Random::seeded(70).secret();
    for _ in 0..2 {
        let answer = send(&secret, "complete", "");
        assert_eq!((answer.status, &answer.json()["receipt"]), (202, &secret.as_str().into()));
    }
    assert_eq!(send(&secret, "partial", "").status, 409, "a secret stands for one mark");
    let other = Random::seeded(71).secret();
    for (state, more, status) in [
        ("zero", "", 422),
        ("not_walked", "", 422),
        ("complete", ",\"found\":0", 400),
        ("complete", ",\"name\":\"x\"", 400),
    ] {
        let answer = send(&other, state, more);
        assert_eq!(answer.status, status, "{state}{more}");
    }
    world.facts(&["waves", "close", "autumn"]);
    assert_eq!(send(&other, "complete", "").status, 422, "a closed wave takes no marks");
    assert_eq!(server.get("/api/v1/sheets/default/autumn").status, 404);
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn marks_count_when_a_moderator_has_accepted_them_and_discarded_ones_never(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    walk(&world);
    let server = world.serve();
    let units = server.get("/api/v1/sheets/default/autumn").json()["features"].as_array().unwrap().clone();
    let mut random = Random::seeded(72);
    let mut send = |pass: &str| {
        for unit in &units {
            let body = serde_json::json!({
                "campaign": "default", "wave": "autumn", "pass": pass, "unit": unit["properties"]["unit"], "state": "complete",
            });
            let secret = random.secret();
            let headers = [JSON, ("Idempotency-Key", secret.as_str())];
            assert_eq!(server.ask("POST", "/api/v1/effort", &headers, body.to_string().as_bytes()).status, 202);
        }
    };
    send("B");
    send("C");
    let complete = |pass: &str| {
        let listed = world.facts(&["effort", "list"]);
        let passes = listed["effort"][0]["passes"].as_array().unwrap().clone();
        passes
            .iter()
            .find(|found| found["pass"] == pass)
            .map_or(0, |found| found["complete"]["units"].as_u64().unwrap())
    };
    assert_eq!((complete("B"), complete("C")), (0, 0), "nothing counts unseen");
    let moderator = Moderator::new(&world, &server, "first");
    let page = moderator.page(&server, "/review");
    assert!(page.contains("default / autumn B") && page.contains("complete 2"), "{page}");
    let about = |pass| [("campaign", "default"), ("wave", "autumn"), ("pass", pass)];
    let decide = |action, pass| moderator.decide(&server, &[&[("action", action)][..], &about(pass)].concat());
    assert!(decide("accept_marks", "B").starts_with("done&n=2"));
    assert!(decide("discard_marks", "C").starts_with("done&n=2"));
    assert!(decide("accept_marks", "C").starts_with("nothing"), "what was discarded is gone");
    assert_eq!((complete("B"), complete("C")), (2, 0));
    assert!(!moderator.page(&server, "/review").contains("id=\"marks\""));
    let log = moderator.page(&server, "/review/log");
    assert!(log.contains("first"), "{log}");
}

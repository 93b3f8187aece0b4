//! The door of the moderators: links, passphrases, sessions, forms; and that nobody else ever gets a cookie.

use rstest::rstest;

use crate::moderator::{Moderator, form, join, log_in, post, values};
use crate::places::scattered;
use crate::random::Random;
use crate::search;
use crate::world::{Database, World};

fn world() -> World {
    World::new(Database::Sqlite).unwrap()
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn a_link_works_once_and_the_passphrase_opens_a_session_that_only_the_review_pages_see(#[case] database: Database) {
    let Some(world) = World::noisy(database) else { return };
    let server = world.serve();
    let passphrase = join(&world, &server, "first");
    let added = world.facts(&["moderator", "add", "second"]);
    let code = added["link"].as_str().unwrap().split_once('#').unwrap().1;
    assert_eq!(post(&server, "/review/join", "", &[("code", code)]).status, 200);
    assert_eq!(post(&server, "/review/join", "", &[("code", code)]).status, 403, "a link works once");
    assert_eq!(post(&server, "/review/join", "", &[("code", "0123456789abcdef0123456789abcdef")]).status, 403);

    let answer = post(&server, "/review/login", "", &[("name", "first"), ("passphrase", &passphrase)]);
    assert_eq!(answer.status, 303, "{answer}");
    let cookie = answer.header("set-cookie").unwrap();
    let key = cookie.split(['=', ';']).nth(1).unwrap();
    assert_eq!(cookie, format!("census-review={key}; Path=/review; HttpOnly; SameSite=Strict"));
    assert!(key.len() == 64 && answer.header("cache-control") == Some("no-store"));
    let listed = world.facts(&["moderator", "list"]);
    assert_eq!(listed["moderators"][0]["joined"], true);

    let cookie = cookie.split(';').next().unwrap();
    let page = server.ask("GET", "/review", &[("Cookie", cookie)], b"");
    assert!(page.status == 200 && page.header("set-cookie").is_none(), "{page}");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(String::from_utf8_lossy(&page.body).contains("first"));
    for path in ["/", "/es/review", "/data", "/api/v1/releases", "/review/join"] {
        let answer = server.ask("GET", path, &[("Cookie", cookie)], b"");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
    assert!(!server.log().contains("first") && !server.log().contains(key), "{}", server.log());
    // Neither the passphrase nor the key of the session is kept anywhere.
    search::assert_absent(&search::below(&world.everything()), &[passphrase, key.to_owned(), code.to_owned()]);
}

#[test]
fn a_wrong_passphrase_an_unknown_name_and_a_removed_moderator_get_no_session() {
    let world = world();
    let server = world.serve();
    let first = Moderator::new(&world, &server, "first");
    for (name, passphrase) in [("first", "lusab-babad-gutih-tugad-bupuv"), ("nobody", &first.passphrase), ("first", "")]
    {
        let refused = log_in(&server, name, passphrase).unwrap_err();
        assert_eq!(refused.status, 403, "{refused}");
        assert!(!String::from_utf8_lossy(&refused.body).contains("lusab"));
    }
    assert!(first.page(&server, "/review").contains("name=\"csrf\""));
    world.facts(&["moderator", "remove", &first.name]);
    assert!(!first.page(&server, "/review").contains("name=\"csrf\""), "the session of a removed moderator goes on");
    assert!(log_in(&server, "first", &first.passphrase).is_err());
}

#[test]
fn a_session_ends_with_the_log_out_and_with_the_server() {
    let world = world();
    let server = world.serve();
    let first = Moderator::new(&world, &server, "first");
    let page = first.page(&server, "/review");
    let csrf = values(&page, "csrf").remove(0);
    let out = post(&server, "/review/logout", &first.cookie, &[("csrf", &csrf)]);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"), "{out}");
    assert!(!first.page(&server, "/review").contains("name=\"csrf\""));
    let cookie = log_in(&server, "first", &first.passphrase).unwrap();
    drop(server);
    let server = world.serve();
    let page = server.ask("GET", "/review", &[("Cookie", &cookie)], b"");
    assert!(!String::from_utf8_lossy(&page.body).contains("name=\"csrf\""));
}

#[test]
fn a_form_without_its_token_or_from_another_site_decides_nothing() {
    let world = world();
    let server = world.serve();
    assert_eq!(server.post("00112233445566778899aabbccddeeff", scattered(31, 1)[0].feature()).status, 202);
    let first = Moderator::new(&world, &server, "first");
    let page = first.page(&server, "/review");
    let (csrf, item) = (values(&page, "csrf").remove(0), values(&page, "item").remove(0));
    let fields = [("csrf", csrf.as_str()), ("action", "approve"), ("item", item.as_str())];
    let typed = ("Content-Type", "application/x-www-form-urlencoded");
    let cookie = ("Cookie", first.cookie.as_str());
    let other = [("csrf", "0123456789abcdef0123456789abcdef"), fields[1], fields[2]];
    for (headers, fields) in [
        (vec![typed, cookie], other.as_slice()),
        (vec![typed, cookie], &fields[1..]),
        (vec![typed, cookie, ("Sec-Fetch-Site", "cross-site")], &fields),
        (vec![typed, cookie, ("Origin", "https://elsewhere.example")], &fields),
        (vec![typed, cookie, ("Origin", "null")], &fields),
        (vec![typed], &fields),
    ] {
        let answer = server.ask("POST", "/review/decide", &headers, &form(fields));
        assert_eq!(answer.status, 403, "{headers:?}: {answer}");
    }
    assert_eq!(world.pending(), 1);
    assert_eq!(first.decide_about(&server, "approve", &[item]), "done&n=1");
    assert_eq!(world.pending(), 0);
}

#[test]
fn tries_to_log_in_are_limited_for_everybody_together() {
    let world = world();
    let server = world.serve();
    let statuses: Vec<u16> =
        (0..30).map(|_| post(&server, "/review/login", "", &[("name", "x"), ("passphrase", "y")]).status).collect();
    assert_eq!(statuses[0], 403);
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[test]
fn two_hundred_reports_take_four_pages_and_one_decision_each() {
    let world = world();
    let server = world.serve();
    let mut random = Random::seeded(57);
    for _ in 0..200 {
        let place = [random.between(8.0, 8.02), random.between(47.0, 47.02)];
        let body = serde_json::json!({
            "type": "Feature", "geometry": { "type": "Point", "coordinates": place }, "properties": { "kind": "dome" },
        });
        assert_eq!(server.post(&random.secret(), body.to_string()).status, 202);
    }
    let first = Moderator::new(&world, &server, "first");
    let mut pages = 0;
    loop {
        let page = first.page(&server, "/review");
        let items = values(&page, "item");
        if items.is_empty() {
            break;
        }
        assert!(items.len() <= 50);
        assert_eq!(first.decide_about(&server, "approve", &items), format!("done&n={}", items.len()));
        pages += 1;
    }
    assert_eq!((pages, world.pending()), (4, 0));
}

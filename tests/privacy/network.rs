//! P3: no network identity is kept, and answers are the same for everybody. P13: the server calls nobody.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;
use std::time::Duration;

use rstest::rstest;
use serde_json::json;

use crate::client::{Answer, exchange, request};
use crate::places::{collection, scattered};
use crate::search;
use crate::world::{Database, Server, World, available, succeeds};

const ADDRESS: &str = "127.0.0.7";

/// What a browser, a proxy or a careless client tells about a person. No text is part of another.
const TELLING: [(&str, &str); 10] = [
    ("User-Agent", "Mozilla/5.0 (zq1-agent) canary-agent-4711"),
    ("Referer", "https://canary-referrer-4711.example/diary"),
    ("Cookie", "session=canary-cookie-4711"),
    ("Accept-Language", "es-MX, fr;q=0.9, x-canary-language-4711"),
    ("X-Forwarded-For", "203.0.113.171, 2001:db8::cafe:4711"),
    ("Forwarded", "for=198.51.100.173;by=canary-proxy-4711"),
    ("X-Real-IP", "192.0.2.177"),
    ("Authorization", "Bearer canary-bearer-4711"),
    ("Origin", "https://canary-origin-4711.example"),
    ("Sec-CH-UA-Platform", "\"canary-platform-4711\""),
];

fn canaries() -> Vec<String> {
    ["zq1-agent", "203.0.113.171", "2001:db8::cafe:4711", "198.51.100.173", "192.0.2.177", ADDRESS]
        .into_iter()
        .chain(["agent", "referrer", "cookie", "language", "proxy", "bearer", "origin", "platform", "path", "query"])
        .map(|name| if name.contains(['.', ':', '1']) { name.to_owned() } else { format!("canary-{name}-4711") })
        .collect()
}

/// One request from [`ADDRESS`], with everything that tells.
fn ask_telling(server: &Server, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind(SocketAddr::new(ADDRESS.parse().unwrap(), 0)).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let stream = runtime.block_on(socket.connect(server.address)).unwrap();
    let mut stream = runtime.block_on(async { stream.into_std() }).unwrap();
    stream.set_nonblocking(false).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let headers: Vec<(&str, &str)> = headers.iter().chain(&TELLING).copied().collect();
    let answer = exchange(&mut stream, &request(method, path, &headers, body)).unwrap();
    server.keep(&answer);
    answer
}

/// An answer without the one header that says when it was made.
fn lasting(mut answer: Answer) -> Answer {
    answer.headers.retain(|(name, _)| name != "date");
    answer
}

type Asked = (&'static str, String, Vec<(&'static str, &'static str)>, Vec<u8>);

/// Addresses that every census with areas has.
const PAGES: [&str; 44] = [
    "/",
    "/es/",
    "/fr/",
    "/de/",
    "/zh-Hans/",
    "/ar/",
    "/map",
    "/fr/map",
    "/areas",
    "/areas/squares",
    "/areas/squares/north",
    "/areas/squares/north/briefing",
    "/ar/areas/squares/north/briefing",
    "/areas/squares/north/briefing.pdf",
    "/areas/squares/south/briefing.pdf?paper=letter",
    "/og/home.png",
    "/og/squares/north.png",
    "/api/v1/areas/squares/north",
    "/ogc/collections",
    "/compare",
    "/submit",
    "/sheets",
    "/data",
    "/method",
    "/privacy",
    "/review",
    "/review/join",
    "/review/log",
    "/es/review",
    "/releases",
    "/api/v1/releases",
    "/api/v1/releases/latest",
    "/api/v1/cells?res=5",
    "/api/v1/cells?res=8&f=json",
    "/api/v1/tokens/keys",
    "/api/openapi.json",
    "/schemas/sighting.json",
    "/tiles/density.json",
    "/data/latest/summary.json",
    "/healthz",
    "/readyz",
    "/problems/not_found",
    "/robots.txt",
    "/favicon.ico",
];

/// Every route, asked well and badly.
fn requests(release: &str) -> Vec<Asked> {
    const GEOJSON: (&str, &str) = ("Content-Type", "application/geo+json");
    const KEY: (&str, &str) = ("Idempotency-Key", "00112233445566778899aabbccddeeff");
    const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
    const RECEIPT: (&str, &str) = ("Census-Receipt", "00112233445566778899aabbccddeeff");
    let bad = [
        "/nowhere",
        "/canary-path-4711",
        "/?x=canary-query-4711",
        "/api/v1/cells",
        "/api/v1/cells?res=99",
        "/api/v1/cells?res=canary-query-4711",
        "/api/v1/releases?x=canary-query-4711",
        "/data/latest/../../census.db",
        "/data/canary-path-4711/x",
        "/tiles/latest/density/99/0/0.mvt",
        "/%ff%fe",
        "/api/v1/areas/canary-path-4711",
        "/api/v1/submissions/receipt",
    ];
    let mut asked: Vec<Asked> =
        PAGES.into_iter().chain(bad).map(|path| ("GET", path.to_owned(), vec![], vec![])).collect();
    for file in ["manifest.json", "summary.json", "cells-r5.csv", "density.pmtiles", "canary-path-4711"] {
        asked.push(("GET", format!("/data/{release}/{file}"), vec![], vec![]));
        asked.push(("HEAD", format!("/data/{release}/{file}"), vec![], vec![]));
        asked.push(("GET", format!("/data/{release}/{file}"), vec![("Range", "bytes=0-3")], vec![]));
    }
    for path in ["", "/data", "/privacy"] {
        asked.push(("GET", format!("/releases/{release}{path}/"), vec![], vec![]));
        asked.push(("GET", format!("/releases/{release}{path}"), vec![], vec![]));
    }
    asked.push(("GET", format!("/api/v1/releases/{release}"), vec![], vec![]));
    asked.push(("GET", format!("/tiles/{release}/density/metadata.json"), vec![], vec![]));
    asked.push(("GET", format!("/tiles/{release}/density/0/0/0.mvt"), vec![], vec![]));
    asked.push(("GET", format!("/tiles/{release}/density/0/0/canary-path-4711"), vec![], vec![]));
    for method in ["PUT", "PATCH", "OPTIONS", "DELETE", "TRACE", "CANARY"] {
        asked.push((method, "/api/v1/submissions".to_owned(), vec![], vec![]));
    }
    let post = |headers: Vec<(&'static str, &'static str)>, body: Vec<u8>| {
        ("POST", "/api/v1/submissions".to_owned(), headers, body)
    };
    asked.push(post(vec![GEOJSON, KEY], scattered(20, 1)[0].feature().into_bytes()));
    asked.push(post(vec![GEOJSON, ("Idempotency-Key", "canary-path-4711")], b"{}".to_vec()));
    asked.push(post(vec![GEOJSON, KEY], b"{\"canary-path-4711".to_vec()));
    asked.push(post(vec![GEOJSON, KEY], br#"{"type":"Feature","geometry":null,"properties":{}}"#.to_vec()));
    asked.push(post(vec![("Content-Type", "image/png; x=canary-path-4711"), KEY], b"\x89PNG".to_vec()));
    asked.push(post(vec![GEOJSON, KEY], vec![b' '; 5 << 20]));
    for path in ["/review/decide", "/review/preview", "/review/logout"] {
        asked.push(("POST", path.to_owned(), vec![FORM], b"csrf=canary-path-4711".to_vec()));
    }
    asked.push((
        "POST",
        "/api/v1/reports".to_owned(),
        vec![GEOJSON, KEY],
        b"{\"claim\":\"canary-path-4711\"}".to_vec(),
    ));
    asked.push(post(
        vec![GEOJSON, KEY, ("Census-Token", "canary-path-4711")],
        scattered(20, 1)[0].feature().into_bytes(),
    ));
    for body in [r#"{"invite":"canary-path-4711","purpose":"marks"}"#, r#"{"canary-path-4711":1}"#] {
        let headers = vec![("Content-Type", "application/json")];
        asked.push(("POST", "/api/v1/tokens".to_owned(), headers, body.as_bytes().to_vec()));
    }
    asked.push(("GET", "/api/v1/submissions/receipt".to_owned(), vec![RECEIPT], vec![]));
    asked.push(("GET", "/api/v1/submissions/receipt".to_owned(), vec![("Census-Receipt", "canary-path-4711")], vec![]));
    asked
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn who_asks_is_neither_kept_nor_told_apart(#[case] database: Database) {
    let Some(world) = World::noisy(database) else { return };
    let file = world.input("map.geojson", collection(&scattered(21, 20)));
    world.facts(&["import".as_ref(), file.as_os_str()]);
    let half = |name: &str, south: i32| {
        let (west, east, north) = (-179, 179, south + 80);
        let ring = json!([[west, south], [east, south], [east, north], [west, north], [west, south]]);
        json!({ "type": "Feature", "properties": { "name": name }, "geometry": { "type": "Polygon", "coordinates": [ring] } })
            .to_string()
    };
    let squares = world.input(
        "squares.geojson",
        format!(r#"{{"type":"FeatureCollection","features":[{},{}]}}"#, half("North", 0), half("South", -80)),
    );
    let options = ["--set", "squares", "--name-field", "name"].map(AsRef::as_ref);
    world.facts(&[&["areas".as_ref(), "import".as_ref(), squares.as_os_str()][..], &options].concat());
    let release = world.facts(&["release", "build"])["release"].as_str().unwrap().to_owned();
    let server = world.serve();
    for page in ["/map", "/areas/squares/north/briefing", "/api/v1/areas/squares/north"] {
        assert_eq!(server.get(page).status, 200, "{page}");
    }
    for paper in ["/areas/squares/north/briefing.pdf", "/og/home.png", "/og/squares/north.png"] {
        assert_eq!(server.get(paper).status, if cfg!(feature = "pdf") { 200 } else { 404 }, "{paper}");
    }
    let ask_all = |server: &Server| {
        for (method, path, headers, body) in requests(&release) {
            let plain = lasting(server.ask(method, &path, &headers, &body));
            let telling = lasting(ask_telling(server, method, &path, &headers, &body));
            assert_eq!(plain.header("set-cookie"), None, "{method} {path}");
            assert!(plain == telling, "{method} {path} is answered differently:\n{plain}\n{telling}");
        }
    };
    ask_all(&server);
    for broken in
        [b"GET / HTTP/1.1\r\nHost census canary-path-4711\r\n\r\n".as_slice(), b"\x16\x03\x01 canary-path-4711\r\n\r\n"]
    {
        let mut stream = server.connect();
        assert!(exchange(&mut stream, broken).is_ok_and(|answer| answer.status == 400));
    }
    // Internal errors: files of the release are not what they were.
    let directory = world.releases().join(&release);
    fs::write(directory.join("cells-r5.csv"), b"cell,sightings\nno cell,many\n").unwrap();
    fs::write(directory.join("density.pmtiles"), b"PMTiles").unwrap();
    let restarted = world.serve();
    restarted.get("/api/v1/cells?res=5").is_problem(500);
    ask_all(&restarted);
    drop(server);
    search::assert_absent(&search::all(&world), &canaries());
    // The address as it stands in a socket structure.
    let finder = search::Finder::new(vec![vec![127, 0, 0, 7], vec![7, 0, 0, 127]]);
    for hay in search::below(&world.everything()).iter().chain(&search::below(&world.output())) {
        assert_eq!(finder.find(&hay.bytes), [], "{}", hay.name);
    }
}

/// What a server and the commands beside it do on a normal day.
fn a_day(world: &World, server: &Server) {
    assert_eq!(server.post("00112233445566778899aabbccddeeff", scattered(22, 1)[0].feature()).status, 202);
    world.facts(&["review", "approve", "--all"]);
    let file = world.input("day.geojson", collection(&scattered(23, 20)));
    world.facts(&["import".as_ref(), file.as_os_str()]);
    world.facts(&["release", "build"]);
    for path in ["/", "/map", "/areas", "/data", "/tiles/density.json", "/api/v1/cells?res=5", "/readyz"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
}

#[test]
fn the_server_works_where_there_is_no_network_but_loopback() {
    let possible = succeeds("unshare", &["-rn", "ip", "link", "set", "lo", "up"]);
    if !available("network namespaces (unshare -rn) and ip", possible) {
        return;
    }
    let script = "ip link set lo up && exec \"$0\" --exact network::a_day_without_network --ignored --nocapture";
    let this = std::env::current_exe().unwrap();
    let ran = Command::new("unshare").args(["-rn", "sh", "-c", script]).arg(this).output().unwrap();
    let printed = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{printed}{}", String::from_utf8_lossy(&ran.stderr));
    assert!(printed.contains("1 passed"), "{printed}");
}

#[test]
#[ignore = "needs a world with nothing but loopback: the test above runs it in one"]
fn a_day_without_network() {
    let interfaces = fs::read_to_string("/proc/net/dev").unwrap();
    let names: Vec<&str> =
        interfaces.lines().skip(2).filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect();
    assert_eq!(names, ["lo"]);
    assert!(std::net::TcpStream::connect("192.0.2.1:80").is_err());
    let world = World::new(Database::Sqlite).unwrap();
    a_day(&world, &world.serve());
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn neither_the_server_nor_a_command_calls_anybody(#[case] database: Database) {
    if !available("strace", succeeds("strace", &["-f", "-e", "trace=network", "true"])) {
        return;
    }
    let Some(world) = World::new(database) else { return };
    let trace = world.output().join("trace");
    let strace = [
        "strace",
        "-D",
        "-f",
        "-qq",
        "-A",
        "-e",
        "trace=connect,bind,sendto,sendmsg,sendmmsg",
        "-o",
        trace.to_str().unwrap(),
    ];
    let file = world.input("day.geojson", collection(&scattered(24, 20)));
    let import = world.wrapped(&strace, &["import".as_ref(), file.as_os_str()]).status().unwrap();
    assert!(import.success());
    let server = world.serve_within(&strace);
    a_day(&world, &server);
    assert!(server.stop().0.success());
    let build = world.wrapped(&strace, &["release", "build"].map(AsRef::as_ref)).status().unwrap();
    assert!(build.success());

    let trace = fs::read_to_string(&trace).unwrap();
    assert!(trace.contains("bind("), "the trace shows nothing: {trace}");
    let outward =
        |line: &&str| ["AF_INET", "AF_INET6"].iter().any(|family| line.contains(family)) && !line.contains(" bind(");
    assert_eq!(trace.lines().filter(outward).collect::<Vec<_>>(), Vec::<&str>::new());
    // The way to the database, where it is a server, is a socket of this machine; it is in the trace, so others would be.
    assert_eq!(trace.contains("sun_path"), database == Database::Postgres, "{trace}");
}

//! Files of a release as the built program serves them: how long they may be kept, conditions, parts, codings, origins.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::areas::Census;

/// The program, serving a census; killed when dropped.
struct Served {
    census: Census,
    child: Child,
    address: String,
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

impl Served {
    fn start() -> Self {
        let census = Census::new();
        let folder = census.folder();
        let mut child = Command::new(env!("CARGO_BIN_EXE_camera-census"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("CENSUS_DATABASE", format!("sqlite:{}", folder.join("census.db").display()))
            .env("CENSUS_DATA_DIR", folder.join("data"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let line = lines.find(|line| line.as_ref().is_ok_and(|line| line.contains("http://"))).unwrap().unwrap();
        let address = line.split("http://").nth(1).unwrap().trim_end_matches('/').to_owned();
        // It writes nothing more, but its output stays open for as long as it runs.
        std::mem::forget(lines);
        Self { census, child, address }
    }

    fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let first = format!("{method} {path} HTTP/1.1");
        let own = [format!("Host: {}", self.address), "Connection: close".to_owned()];
        let given = headers.iter().map(|(name, value)| format!("{name}: {value}"));
        let lines: Vec<String> = std::iter::once(first).chain(own).chain(given).collect();
        stream.write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.filter_map(|line| line.split_once(": ")).map(|(n, v)| (n.to_lowercase(), v.to_owned()));
        Answer { status, headers: headers.collect(), body: bytes[end + 4..].to_vec() }
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    fn file(&self, name: &str) -> String {
        format!("/data/{}/{name}", self.census.release)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_file_is_what_the_manifest_says_and_may_be_kept_for_ever() {
    let served = Served::start();
    let manifest: Value = serde_json::from_slice(&served.get(&served.file("manifest.json")).body).unwrap();
    let files = manifest["files"].as_array().unwrap();
    assert!(files.len() > 30);
    for entry in files {
        let path = served.file(entry["path"].as_str().unwrap());
        let answer = served.get(&path);
        assert_eq!((answer.status, answer.body.len() as u64), (200, entry["bytes"].as_u64().unwrap()), "{path}");
        assert_eq!(answer.header("content-type"), entry["media_type"].as_str().unwrap(), "{path}");
        assert_eq!(answer.header("etag"), format!("\"{}\"", entry["sha256"].as_str().unwrap()), "{path}");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{path}");
        assert_eq!(answer.header("accept-ranges"), "bytes", "{path}");
        let head = served.ask("HEAD", &path, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        for header in ["content-length", "etag", "content-type", "cache-control"] {
            assert_eq!(head.header(header), answer.header(header), "{path} {header}");
        }
    }
}

#[test]
fn conditions_and_parts_are_answered_as_rfc_9110_says() {
    let served = Served::start();
    let path = served.file("density.pmtiles");
    let whole = served.get(&path);
    let (tag, length) = (whole.header("etag").to_owned(), whole.body.len());
    let ask = |headers: &[(&str, &str)]| served.ask("GET", &path, headers);
    for known in [tag.as_str(), "*", &format!("\"x\", {tag}"), &format!("W/{tag}")] {
        let answer = ask(&[("If-None-Match", known)]);
        assert_eq!((answer.status, answer.body.len(), answer.header("etag")), (304, 0, tag.as_str()), "{known}");
    }
    assert_eq!(ask(&[("If-None-Match", "\"x\"")]).status, 200);
    assert_eq!((ask(&[("If-Match", &tag)]).status, ask(&[("If-Match", "*")]).status), (200, 200));
    let weak = format!("W/{tag}");
    for other in ["\"x\"", &weak] {
        let answer = ask(&[("If-Match", other)]);
        assert_eq!((answer.status, answer.header("content-type")), (412, "application/problem+json"), "{other}");
    }
    let part = |range: &str, first: usize, end: usize| {
        let answer = ask(&[("Range", range)]);
        assert_eq!((answer.status, &answer.body[..]), (206, &whole.body[first..end]), "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {first}-{}/{length}", end - 1), "{range}");
        assert_eq!((answer.header("content-length"), answer.header("etag")), (&*(end - first).to_string(), &*tag));
        assert!(answer.header("cache-control").contains("immutable"));
    };
    part("bytes=0-126", 0, 127);
    part("bytes=127-", 127, length);
    part("bytes=-10", length - 10, length);
    part(&format!("bytes=5-{}", length * 9), 5, length);
    part(&format!("bytes=-{}", length * 9), 0, length);
    // With an If-Range of another version, or several parts, the whole file is the answer.
    for headers in [
        &[("Range", "bytes=0-9"), ("If-Range", "\"x\"")][..],
        &[("Range", "bytes=0-9"), ("If-Range", &weak)],
        &[("Range", "bytes=0-1,5-6")],
        &[("Range", "lines=0-1")],
    ] {
        let answer = ask(headers);
        assert_eq!(
            (answer.status, answer.body.len(), answer.header("content-range")),
            (200, length, ""),
            "{headers:?}"
        );
    }
    assert_eq!(ask(&[("Range", "bytes=0-9"), ("If-Range", &tag)]).status, 206);
    assert_eq!(ask(&[("Range", "bytes=0-9"), ("If-None-Match", &tag)]).status, 304);
    for range in [format!("bytes={length}-"), "bytes=-0".to_owned()] {
        let answer = ask(&[("Range", &range)]);
        assert_eq!((answer.status, answer.header("content-range")), (416, &*format!("bytes */{length}")), "{range}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let head = served.ask("HEAD", &path, &[("Range", "bytes=0-9")]);
    assert_eq!((head.status, head.header("content-length")), (200, &*length.to_string()), "Range is for GET alone");
}

#[test]
fn a_page_of_another_origin_can_read_tiles_from_an_archive() {
    let served = Served::start();
    let path = served.file("density.pmtiles");
    let origin = ("Origin", "https://elsewhere.example");
    let preflight = served.ask(
        "OPTIONS",
        &path,
        &[origin, ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "range, if-match")],
    );
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (204, "*"));
    let allowed = preflight.header("access-control-allow-headers").to_lowercase();
    assert!(["range", "if-range", "if-match", "if-none-match"].iter().all(|name| allowed.contains(name)), "{allowed}");
    for (headers, status) in [
        (vec![origin], 200),
        (vec![origin, ("Range", "bytes=0-9")], 206),
        (vec![origin, ("Range", "bytes=99999999999-")], 416),
    ] {
        let answer = served.ask("GET", &path, &headers);
        assert_eq!((answer.status, answer.header("access-control-allow-origin")), (status, "*"));
        let exposed = answer.header("access-control-expose-headers").to_lowercase();
        for name in ["etag", "content-range", "accept-ranges", "content-length"] {
            assert!(exposed.contains(name), "{name}: {exposed}");
        }
        assert_eq!(answer.header("cross-origin-resource-policy"), "cross-origin");
    }
}

#[test]
fn latest_leads_to_a_release_and_only_to_files_it_has() {
    let served = Served::start();
    for name in ["summary.json", "sources/city/summary.json", "density.pmtiles", "manifest.json"] {
        for method in ["GET", "HEAD"] {
            let answer = served.ask(method, &format!("/data/latest/{name}"), &[]);
            assert_eq!((answer.status, answer.header("location")), (307, &*served.file(name)), "{method} {name}");
            assert_eq!(answer.header("cache-control"), "public, no-cache", "{name}");
        }
    }
    for name in ["canary", "../census.db", "..%2f..%2fcensus.db", "sources/canary/summary.json", "cache/x.gz"] {
        for release in ["latest", &served.census.release] {
            let answer = served.get(&format!("/data/{release}/{name}"));
            assert_eq!(
                (answer.status, answer.header("content-type")),
                (404, "application/problem+json"),
                "{release} {name}"
            );
        }
    }
}

#[test]
fn text_is_sent_compressed_once_the_server_has_packed_it_and_no_visitor_leaves_a_trace_in_the_cache() {
    let served = Served::start();
    let path = served.file("cells-r8.geojson");
    let started = Instant::now();
    let packed = loop {
        let answer = served.ask("GET", &path, &[("Accept-Encoding", "gzip, br")]);
        if answer.header("content-encoding") == "gzip" {
            break answer;
        }
        assert!(started.elapsed() < Duration::from_mins(1), "nothing was packed");
        std::thread::sleep(Duration::from_millis(50));
    };
    let plain = served.get(&path);
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "Accept-Encoding"));
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
    assert!(unpacked == plain.body && packed.body.len() < plain.body.len() / 2);
    assert_ne!(packed.header("etag"), plain.header("etag"), "each coding is a representation of its own");
    assert_eq!(packed.header("vary"), "Accept-Encoding");
    let part = served.ask("GET", &path, &[("Accept-Encoding", "gzip"), ("Range", "bytes=0-9")]);
    assert_eq!((part.status, &part.body[..], part.header("content-encoding")), (206, &plain.body[..10], ""));
    let tiles = served.ask("GET", &served.file("density.pmtiles"), &[("Accept-Encoding", "gzip")]);
    assert_eq!(tiles.header("content-encoding"), "", "what is compressed inside and read in parts stays as it is");

    // All of it is there before anybody asks, and asking adds nothing.
    let cache = served.census.folder().join("data/cache");
    let names = || {
        let mut names = Vec::new();
        let mut folders = vec![cache.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else {
                    names.push(entry.path());
                }
            }
        }
        names.sort();
        names
    };
    let settled = loop {
        let before = names();
        std::thread::sleep(Duration::from_millis(300));
        if names() == before && before.iter().all(|name| name.extension().is_some_and(|last| last == "gz")) {
            break before;
        }
    };
    for name in ["policy.json", "sources.csv", "cells-r3.csv", "sources/city/cells-r8.csv", "effort.geojson"] {
        served.ask("GET", &served.file(name), &[("Accept-Encoding", "gzip")]);
    }
    assert_eq!(names(), settled);
    // Whoever deletes it loses nothing.
    std::fs::remove_dir_all(&cache).unwrap();
    let again = served.ask("GET", &path, &[("Accept-Encoding", "gzip")]);
    assert_eq!((again.status, again.header("content-encoding"), again.body == plain.body), (200, "", true));
}

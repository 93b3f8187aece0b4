//! R8, R10, R11: clients that are slow, huge, or send bombs.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::client::{exchange, read_answer, request};
use crate::world::{Database, Server, World, in_full};
use crate::writers::body;

const GEOJSON: (&str, &str) = ("Content-Type", "application/geo+json");
/// Time for the head of a request, and for a body that brings next to nothing.
const TIMEOUT: Duration = Duration::from_secs(10);

#[test]
fn slow_clients_are_closed_and_hold_nobody_up() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let (heads, bodies) = if in_full() { (2_000, 500) } else { (200, 50) };
    let head = |server: &Server| {
        let mut stream = server.connect();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: cen").unwrap();
        stream
    };
    let mut half_open: Vec<TcpStream> = (0..heads).map(|_| head(&server)).collect();
    let post = request("POST", "/api/v1/submissions", &[GEOJSON], body(1).as_bytes());
    let length = post.len() - body(1).len();
    let mut trickling: Vec<Option<TcpStream>> = Vec::new();
    for _ in 0..bodies {
        let mut stream = server.connect();
        stream.write_all(&post[..length]).unwrap();
        stream.set_nonblocking(true).unwrap();
        trickling.push(Some(stream));
    }
    // Opening so many connections takes a while of its own.
    let started = Instant::now();
    let mut times = Vec::new();
    let mut timed_out = 0;
    let mut sent = length;
    while started.elapsed() < TIMEOUT + Duration::from_secs(5) {
        let second = Instant::now();
        for place in &mut trickling {
            let Some(stream) = place else { continue };
            let mut answer = [0; 1024];
            match stream.read(&mut answer) {
                Ok(read) => {
                    timed_out += usize::from(answer[..read].starts_with(b"HTTP/1.1 408"));
                    *place = None;
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    // It may be closed between the look and this byte.
                    let _ = stream.write(&post[sent..=sent]);
                }
                Err(_) => *place = None,
            }
        }
        sent += 1;
        while second.elapsed() < Duration::from_secs(1) {
            let asked = Instant::now();
            assert_eq!(server.get("/healthz").status, 200);
            times.push(asked.elapsed());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    times.sort();
    let slow = times[times.len() * 99 / 100];
    assert!(slow < Duration::from_millis(500), "one in a hundred waited {slow:?}");
    assert_eq!((timed_out, trickling.iter().flatten().count()), (bodies, 0), "each slow body is told 408 and closed");
    for stream in &mut half_open {
        stream.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("a half-open request was still held");
    }
}

/// The resident memory of a process in MiB.
fn resident_mib(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[cfg(target_os = "linux")]
#[test]
fn huge_bodies_are_413_and_take_no_memory() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    assert_eq!(server.get("/healthz").status, 200);
    let before = resident_mib(&server);
    for _ in 0..8 {
        // Stated to be a gigabyte: refused before a byte of it.
        let mut stream = server.connect();
        let head = "POST /api/v1/submissions HTTP/1.1\r\nHost: census\r\nContent-Type: application/geo+json\r\n";
        stream.write_all(format!("{head}Content-Length: 1073741824\r\n\r\n").as_bytes()).unwrap();
        read_answer(&mut stream, false).unwrap().is_problem(413);

        // Without a stated length: refused soon after the limit.
        let mut stream = server.connect();
        stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).unwrap();
        let mut reading = stream.try_clone().unwrap();
        let answer = std::thread::spawn(move || read_answer(&mut reading, false));
        let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 0x1_0000], b"\r\n"].concat();
        let mut sent = 0_u64;
        while sent < 1 << 30 && !answer.is_finished() && stream.write_all(&chunk).is_ok() {
            sent += 1 << 16;
        }
        answer.join().unwrap().unwrap().is_problem(413);
        assert!(sent < 512 << 20, "{sent} bytes were taken");
    }
    // A length that is a lie, shorter and longer than what comes.
    let text = body(1);
    for length in [10, text.len() + 10] {
        let mut stream = server.connect();
        let head = "POST /api/v1/submissions HTTP/1.1\r\nHost: census\r\nConnection: close\r\nContent-Type: application/geo+json\r\n";
        stream.write_all(format!("{head}Content-Length: {length}\r\n\r\n{text}").as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let status = read_answer(&mut stream, false).map(|answer| answer.status);
        assert!(!matches!(status, Ok(202)), "{length}: {status:?}");
    }
    assert_eq!(world.pending(), 0);
    let grown = resident_mib(&server).saturating_sub(before);
    assert!(grown < 48, "{grown} MiB more");
}

/// Zeros that are a thousandth of their size when compressed.
fn bomb(bytes: usize) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..bytes >> 20 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    packed.finish().unwrap()
}

#[test]
fn compressed_bodies_are_refused_unopened() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let bomb = bomb(256 << 20);
    for coding in ["gzip", "br", "zstd", "deflate", "gzip, gzip"] {
        let headers = [GEOJSON, ("Content-Encoding", coding)];
        server.ask("POST", "/api/v1/submissions", &headers, &bomb).is_problem(415);
    }
    server.ask("POST", "/api/v1/submissions", &[("Content-Type", "application/zip")], b"PK\x03\x04").is_problem(415);
    for bytes in [bomb.as_slice(), b"PK\x03\x04 zip", b"\x28\xb5\x2f\xfd zstd"] {
        let started = Instant::now();
        let answer = server.ask("POST", "/api/v1/submissions", &[GEOJSON], bytes);
        assert!(matches!(answer.status, 400 | 413 | 415 | 422), "{answer}");
        assert!(started.elapsed() < Duration::from_secs(2));
    }
    // A coordinator's file may be gzip, within reason.
    let file = world.input("bomb.geojson.gz", &bomb);
    let ran = world.run(&["import".as_ref(), file.as_os_str(), "--json".as_ref()]);
    assert_eq!(ran.code, Some(3), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(world.pending(), 0);
}

#[test]
fn bottomless_documents_are_refused_in_no_time() {
    let world = World::new(Database::Sqlite).unwrap();
    let server = world.serve();
    let feature = |value: &str| {
        format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[1,2]}},"properties":{{"kind":"dome","x":{value}}}}}"#
        )
    };
    let deep = 100_000;
    let documents = [
        "[".repeat(deep),
        r#"{"a":"#.repeat(deep),
        format!("{}{}", "[".repeat(deep), "]".repeat(deep)),
        format!("{}1{}", r#"{"a":"#.repeat(deep), "}".repeat(deep)),
        feature(&format!("{}{}", "[".repeat(deep), "]".repeat(deep))),
        format!(r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":{}}}}}"#, "[".repeat(deep)),
    ];
    for document in documents {
        let mut stream = server.connect();
        let post = request("POST", "/api/v1/submissions", &[GEOJSON], document.as_bytes());
        let started = Instant::now();
        let answer = exchange(&mut stream, &post).unwrap();
        // The goal is 50 ms; twenty times that says that nothing hangs.
        assert!(started.elapsed() < Duration::from_secs(1), "{:?}", started.elapsed());
        assert!((400..500).contains(&answer.status), "{answer}");
    }
    assert_eq!(world.pending(), 0);
}

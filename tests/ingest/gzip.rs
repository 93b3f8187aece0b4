//! Gzip on the command line.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};

use crate::collector::{codes, feature, import, run};

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn gzip_is_recognised_by_content_also_in_several_members() {
    let mut two = packed(format!("{}\n", feature(r#""kind":"dome""#)).as_bytes());
    two.extend(packed(feature("").as_bytes()));
    let (report, _) = run(two.as_slice(), &import());
    assert_eq!((report.format, report.accepted), ("geojson-seq", 2));
}

#[test]
fn damaged_gzip_is_the_inputs_fault_and_not_the_readers() {
    let mut short = packed(feature("").as_bytes());
    short.truncate(short.len() - 12);
    assert_eq!(codes(&run(short.as_slice(), &import()).0), [("", "broken_gzip")]);
}

#[test]
fn a_bomb_is_refused() {
    let element = format!("\"{}\",", "a".repeat(500_000));
    let bomb = packed(format!("[{}1]", element.repeat(200)).as_bytes());
    assert_eq!(codes(&run(bomb.as_slice(), &import()).0), [("", "gzip_bomb")]);
}

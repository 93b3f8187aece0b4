//! What a document is, whatever the order of members and the size of reads.

use std::io::Read;

use camera_census::model::PassLetter;
use proptest::prelude::*;

use crate::collector::{codes, feature, import, notes, posted, run};

const A: &str =
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]},"properties":{"kind":"dome"}}"#;
const B: &str =
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.15,46.2]},"properties":{"kind":"fixed"}}"#;

/// Hands out one byte at a time.
struct Drip<'a>(&'a [u8]);

impl Read for Drip<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let (Some((first, rest)), Some(slot)) = (self.0.split_first(), out.first_mut()) else { return Ok(0) };
        *slot = *first;
        self.0 = rest;
        Ok(1)
    }
}

/// Fails after its bytes.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        match self.0.read(out) {
            Ok(0) => Err(std::io::ErrorKind::ConnectionReset.into()),
            other => other,
        }
    }
}

#[test]
fn members_may_come_in_any_order() {
    for text in [
        format!(r#"{{"type":"FeatureCollection","census":{{"wave":"w1","pass":"B"}},"features":[{A},{B}]}}"#),
        format!(r#"{{"features":[{A},{B}],"census":{{"wave":"w1","pass":"B"}},"type":"FeatureCollection"}}"#),
        format!(
            "\u{FEFF} {{ \"name\" : {{}}, \"features\" : [ {A} ,\r\n {B} ] , \"bbox\":[1,2,3,4], \"census\":{{\"wave\":\"w1\",\"pass\":\"B\"}},\n\"type\" : \"FeatureCollection\" }} \n"
        ),
    ] {
        let (report, collected) = run(text.as_bytes(), &posted());
        assert_eq!((report.format, report.accepted, report.problems.len()), ("geojson", 2, 0), "{report:?}");
        let (census, sightings) = &collected.documents[0];
        assert_eq!((census.wave.as_deref(), census.pass), (Some("w1"), PassLetter::parse("B")));
        assert_eq!((sightings.len(), collected.documents.len()), (2, 1));
    }
}

#[test]
fn a_coordinate_system_that_follows_its_features_still_refuses_them() {
    let with = |crs: &str| {
        format!(
            r#"{{"type":"FeatureCollection","features":[{A}],"crs":{{"type":"name","properties":{{"name":"{crs}"}}}}}}"#
        )
    };
    let (report, collected) = run(with("urn:ogc:def:crs:EPSG::25832").as_bytes(), &import());
    assert_eq!((codes(&report), report.features), (vec![("/crs", "other_crs")], 0));
    assert!(collected.documents.is_empty() && collected.discards == 1);
    let (report, _) = run(with("urn:ogc:def:crs:OGC:1.3:CRS84").as_bytes(), &import());
    assert_eq!((report.accepted, notes(&report)), (1, vec![("legacy_crs", 1)]));
}

#[test]
fn loose_lines_are_one_document_and_each_collection_is_its_own() {
    let collection = format!(r#"{{"type":"FeatureCollection","census":{{"pass":"A"}},"features":[{A},{B}]}}"#);
    let own = A.replace(r#""type":"Feature","#, r#""type":"Feature","census":{"pass":"C"},"#);
    let text = format!("{A}\n\n{B}\r\n{collection}\n{A}\nnonsense\n{own}\n{B}");
    let (report, collected) = run(text.as_bytes(), &posted());
    assert_eq!((report.format, report.accepted, codes(&report)), ("geojson-seq", 7, vec![("/5", "broken_json")]));
    let sizes: Vec<_> =
        collected.documents.iter().map(|(census, s)| (census.pass.map(PassLetter::letter), s.len())).collect();
    assert_eq!(sizes, [(None, 2), (Some('A'), 2), (None, 1), (Some('C'), 1), (None, 1)]);
}

#[test]
fn a_broken_collection_on_a_line_takes_nothing_else_with_it() {
    let text = format!("{A}\n{{\"type\":\"FeatureCollection\",\"features\":[{A},{B},{{\"type\":}}]}}\n{B}\n");
    let (report, collected) = run(text.as_bytes(), &posted());
    assert_eq!((report.accepted, report.refused, codes(&report)), (2, 1, vec![("/1", "broken_json")]));
    assert_eq!(collected.sightings().len(), 2);
}

#[test]
fn record_separators_are_read_as_rfc_8142_says() {
    let pretty = B.replace(",\"properties\"", ",\n \"properties\"");
    let text = format!("\u{1E}{A}\n\u{1E}{pretty}\n\u{1E}{{\"type\":\"Feature\",\n\u{1E}{A}\n");
    let (report, _) = run(text.as_bytes(), &posted());
    assert_eq!((report.format, report.accepted), ("geojson-seq", 3));
    assert_eq!(codes(&report), [("/2", "broken_json")]);
}

#[test]
fn pretty_printed_documents_are_one_document() {
    let pretty = "{\n  \"type\": \"Feature\",\n  \"geometry\": {\n    \"type\": \"Point\",\n    \"coordinates\": [\n      6.14,\n      46.2\n    ]\n  },\n  \"properties\": {\n    \"kind\": \"dome\"\n  }\n}\n";
    assert_eq!(run(pretty.as_bytes(), &posted()).0.format, "geojson");
    assert_eq!(run(pretty.as_bytes(), &posted()).0.accepted, 1);
    let broken = pretty.replace("46.2", "46.2,");
    assert_eq!(codes(&run(broken.as_bytes(), &posted()).0), [("", "broken_json")]);
}

#[test]
fn a_broken_first_line_is_only_that_line() {
    for first in [
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Poi",
        "{\"type\":\"Feature\",\"x\":NaN}",
        "{\"type\":\"Feature\"}}",
    ] {
        let (report, _) = run(format!("{first}\n{A}\n{B}\n").as_bytes(), &posted());
        assert_eq!((report.accepted, codes(&report)), (2, vec![("/0", "broken_json")]), "{first}");
    }
}

#[test]
fn a_very_long_first_line_may_be_followed_by_others() {
    let many = vec![A; 4000].join(",");
    let bad = A.replace("46.2", "146.2");
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{bad},{many}]}}\n{B}\n{bad}\n");
    assert!(text.find('\n').unwrap() > 300_000);
    let (report, collected) = run(text.as_bytes(), &import());
    assert_eq!((report.format, report.accepted), ("geojson-seq", 4001));
    assert_eq!(
        codes(&report),
        [("/0/features/0/geometry/coordinates/1", "out_of_range"), ("/2/geometry/coordinates/1", "out_of_range")]
    );
    assert_eq!(collected.documents.len(), 2);
}

#[test]
fn overpass_answers_and_bare_elements_are_read() {
    let elements = r#"{"type":"node","id":1,"lat":46.2,"lon":6.14,"tags":{"man_made":"surveillance","camera:type":"dome"}},
        {"type":"way","id":2,"center":{"lat":46.21,"lon":6.15},"nodes":[1,2],"tags":{"man_made":"surveillance"}},
        {"type":"way","id":3,"tags":{"man_made":"surveillance"}},
        {"type":"node","id":4,"lat":46.2,"lon":6.14,"tags":{"amenity":"bank"}}"#;
    let text = format!(r#"{{"version":0.6,"generator":"x","osm3s":{{"copyright":"y"}},"elements":[{elements}]}}"#);
    let (report, _) = run(text.as_bytes(), &import());
    assert_eq!((report.format, report.accepted), ("overpass", 2));
    assert_eq!(codes(&report), [("/elements/2", "no_place"), ("/elements/3/tags", "not_a_camera")]);
    let (report, _) = run(format!("[{elements}]").as_bytes(), &import());
    assert_eq!((report.format, report.accepted), ("json-array", 2));
    assert_eq!(codes(&report), [("/2", "no_place"), ("/3/tags", "not_a_camera")]);
}

#[test]
fn a_failed_query_is_never_no_cameras() {
    for text in [
        r#"{"elements":[],"remark":"runtime error: Query timed out in \"query\" at line 3 after 26 seconds."}"#,
        r#"{"remark":"runtime error: open64: 0 Success","elements":[]}"#,
        r#"{"elements":[{"type":"node","id":1,"lat":46.2,"lon":6.14,"tags":{"man_made":"surveillance"}}],"remark":"Timeout"}"#,
    ] {
        let (report, collected) = run(text.as_bytes(), &import());
        assert_eq!((codes(&report), report.features), (vec![("", "failed_query")], 0));
        assert!(collected.documents.is_empty() && collected.discards == 1);
    }
    assert_eq!(codes(&run(r#"{"elements":[]}"#.as_bytes(), &import()).0), [("", "no_features")]);
}

#[test]
fn arrays_of_plain_objects_and_tables_need_no_mapping_when_their_names_say_enough() {
    let array = r#"[{"lat":46.2,"lng":6.14,"kind":"dome"},{"latitude":"46.2","longitude":"6.14"},{"lat":46.2},{"lat":"x","lon":1},7]"#;
    let (report, _) = run(array.as_bytes(), &import());
    assert_eq!(report.accepted, 2);
    assert_eq!(codes(&report), [("/2", "no_place"), ("/3/lat", "bad_coordinates"), ("/4", "not_an_object")]);
    for table in [
        "Kind,Latitude,LONGITUDE,email\ndome,46.2,6.14,a@example.org\nfixed,,6.1,\nfixed,north,6.1,\ndome,46.2,6.1,x,y\n",
        "\u{FEFF}kind;lat;lon;email\r\ndome;46.2;6.14;\r\nfixed;;6.1;\r\nfixed;north;6.1;\r\n\"dome\";46.2;6.1;x;y\r\n",
    ] {
        let (report, collected) = run(table.as_bytes(), &import());
        assert_eq!((report.format, report.accepted), ("csv", 1), "{report:?}");
        assert_eq!(
            report.problems.iter().map(|p| p.code).collect::<Vec<_>>(),
            ["no_place", "bad_coordinates", "bad_row"]
        );
        assert_eq!(report.dropped, ["email"]);
        assert_eq!(collected.sightings()[0].kind.word(), "dome");
    }
    assert_eq!(codes(&run("name,place\na,b\n".as_bytes(), &import()).0), [("", "csv_columns")]);
    assert_eq!(codes(&run("lat,lon\n".as_bytes(), &import()).0), [("", "no_features")]);
    assert_eq!(codes(&run("lat,lon,kind,kind\n1,1,dome,fixed\n".as_bytes(), &import()).0), [("", "duplicate_member")]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_fill_the_memory() {
    let table = format!("lat,lon,name\n46.2,6.1,\"{}", "x,y\n".repeat(1_000_000));
    assert_eq!(codes(&run(table.as_bytes(), &import()).0), [("", "row_too_long")]);
}

#[test]
fn white_space_and_names_without_end_are_not_kept_in_memory() {
    let blank = " ".repeat(2 * 1024 * 1024);
    for text in [format!("[{blank}1]"), format!("{A}{blank}"), format!("{{{blank}}}")] {
        assert_eq!(codes(&run(text.as_bytes(), &import()).0), [("", "broken_json")]);
    }
    let name = "n".repeat(100_000);
    let text = format!(r#"{{"{name}":1,"type":"FeatureCollection","features":[{A}]}}"#);
    assert_eq!(run(text.as_bytes(), &import()).0.accepted, 1);
    let text = A.replace(r#"{"type":"Feature","#, &format!(r#"{{"{name}":1,"type":"Feature","#));
    assert_eq!(codes(&run(text.as_bytes(), &import()).0), [("", "feature_too_large")]);
}

#[test]
fn only_the_reader_can_fail() {
    struct Ignore;
    impl camera_census::ingest::Sink for Ignore {
        fn candidate(&mut self, _: camera_census::ingest::Candidate) {}
        fn end_document(&mut self, _: &camera_census::ingest::Census) {}
        fn discard_document(&mut self) {}
    }
    for text in [A, "lat,lon\n1,1\n", "[", ""] {
        let error = camera_census::ingest::read(Failing(text.as_bytes()), &import(), &mut Ignore).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset);
    }
}

fn some_feature() -> impl Strategy<Value = String> {
    let properties = prop_oneof![
        Just(feature(r#""kind":"dome","facing":"90;180","name":"caf\u00e9 \\\" {[","#.trim_end_matches(','))),
        Just(feature(r#""kind":"indoor""#)),
        Just(feature(r#""man_made":"surveillance","camera:direction":"far","image":"http://x.example/a.jpg""#)),
        Just(A.replace("46.2", "96.2")),
        Just(A.replace("\"Point\"", "\"Polygon\"")),
        Just("{}".to_owned()),
        Just("[1,[2,{\"a\":\"]\"}]]".to_owned()),
    ];
    properties.boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        run(bytes.as_slice(), &import());
        run(bytes.as_slice(), &posted());
    }

    #[test]
    fn bytes_that_look_like_json_never_panic(text in r#"[\[\]{}:,"\\ \n\x1E0-9eE.+a-f-]{0,60}"#, prefix in 0..6_usize) {
        let prefix = ["", "{", "[", r#"{"type":"FeatureCollection","features":["#, r#"{"type":"Feature","#, "lat,lon\n"][prefix];
        let text = format!("{prefix}{text}");
        let whole = run(text.as_bytes(), &import());
        prop_assert_eq!(whole, run(Drip(text.as_bytes()), &import()));
    }

    #[test]
    fn broken_copies_of_good_documents_never_panic(at in 0..300_usize, byte in any::<u8>(), features in proptest::collection::vec(some_feature(), 1..4)) {
        let mut text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).into_bytes();
        let at = at % text.len();
        text[at] = byte;
        run(text.as_slice(), &import());
        text.truncate(at);
        run(text.as_slice(), &import());
    }

    #[test]
    fn the_size_of_reads_changes_nothing(features in proptest::collection::vec(some_feature(), 0..6), form in 0..4_usize) {
        let text = match form {
            0 => format!(r#"{{"features":[{}],"type":"FeatureCollection"}}"#, features.join(",")),
            1 => features.join("\n"),
            2 => format!("\u{1E}{}\n", features.join("\n\u{1E}")),
            _ => format!("[{}]", features.join(" , ")),
        };
        prop_assert_eq!(run(text.as_bytes(), &import()), run(Drip(text.as_bytes()), &import()));
    }

    #[test]
    fn the_order_of_features_changes_no_count(features in proptest::collection::vec(some_feature(), 1..8), turn in 0..8_usize) {
        let mut turned = features.clone();
        turned.rotate_left(turn % features.len());
        turned.reverse();
        let report = |features: &[String]| {
            run(format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(",")).as_bytes(), &import()).0
        };
        let (one, other) = (report(&features), report(&turned));
        prop_assert_eq!((one.accepted, one.refused, &one.refused_by, &one.dropped), (other.accepted, other.refused, &other.refused_by, &other.dropped));
    }
}

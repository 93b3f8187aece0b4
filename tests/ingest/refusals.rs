//! Bad bodies, each with its code and the place it names.

use camera_census::ingest::{Limits, ReadOptions};
use rstest::rstest;

use crate::collector::{bounded, codes, feature, import, posted, run};

const GOOD: &str =
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]},"properties":{"kind":"dome"}}"#;

fn with_geometry(geometry: &str) -> String {
    format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{{"kind":"dome"}}}}"#)
}

fn point(coordinates: &str) -> String {
    with_geometry(&format!(r#"{{"type":"Point","coordinates":{coordinates}}}"#))
}

fn collection(features: &[&str]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// Refused as a whole: nothing counted, one problem, nothing kept.
#[track_caller]
fn refused_whole(text: &[u8], options: &ReadOptions<'_>, code: &str) {
    let (report, collected) = run(text, options);
    let shown = String::from_utf8_lossy(&text[..text.len().min(80)]).into_owned();
    assert_eq!(report.problems.iter().map(|p| p.code).collect::<Vec<_>>(), [code], "{shown}");
    assert_eq!((report.features, report.accepted, report.refused), (0, 0, 0), "{shown}");
    assert!(collected.documents.is_empty() && collected.discards == 1, "{shown}");
}

#[rstest]
#[case::empty("", "empty_file")]
#[case::blank(" \n\t ", "empty_file")]
#[case::only_a_byte_order_mark("\u{FEFF}", "empty_file")]
#[case::number("17", "not_geojson")]
#[case::text("\"camera\"", "not_geojson")]
#[case::null("null", "not_geojson")]
#[case::empty_object("{}", "not_geojson")]
#[case::object_without_type(r#"{"features":[]}"#, "not_geojson")]
#[case::type_is_null(r#"{"type":null,"features":[]}"#, "not_geojson")]
#[case::features_missing(r#"{"type":"FeatureCollection"}"#, "not_geojson")]
#[case::features_are_an_object(r#"{"type":"FeatureCollection","features":{}}"#, "not_geojson")]
#[case::bare_point(r#"{"type":"Point","coordinates":[6.14,46.2]}"#, "bare_geometry")]
#[case::topojson(r#"{"type":"Topology","objects":{}}"#, "topojson")]
#[case::topojson_with_type_last(r#"{"objects":{},"type":"Topology"}"#, "topojson")]
#[case::no_features(r#"{"type":"FeatureCollection","features":[]}"#, "no_features")]
#[case::type_twice(r#"{"type":"FeatureCollection","type":"Feature","features":[]}"#, "duplicate_member")]
#[case::features_twice(r#"{"type":"FeatureCollection","features":[],"features":[]}"#, "duplicate_member")]
#[case::esri(r#"{"features":[{"attributes":{"a":1},"geometry":{"x":1,"y":2}}]}"#, "esri_json")]
#[case::esri_header(r#"{"geometryType":"esriGeometryPoint","features":[{"attributes":{}}]}"#, "esri_json")]
#[case::bad_census(r#"{"type":"FeatureCollection","census":{"pass":"Z"},"features":[]}"#, "bad_census")]
#[case::words("please find attached the cameras", "unrecognised")]
#[case::kml("<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"/>", "kml")]
#[case::gpx("<gpx version=\"1.1\"/>", "gpx")]
#[case::html("<!DOCTYPE html><html>", "html")]
#[case::osm_xml("<?xml version='1.0'?><osm version='0.6'>", "osm_xml")]
#[case::gml("<gml:FeatureCollection xmlns:gml='http://www.opengis.net/gml'/>", "gml")]
#[case::projection_file("GEOGCS[\"GCS_WGS_1984\"]", "shapefile")]
#[case::data_uri("data:image/jpeg;base64,/9j/4AAQSkZJRg==", "imagery")]
#[case::base64_picture("iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB", "imagery")]
fn a_text_that_cannot_be_used_is_named_for_what_it_is(#[case] text: &str, #[case] code: &str) {
    refused_whole(text.as_bytes(), &import(), code);
    let padded = format!("\n {text}");
    if !text.starts_with('\u{FEFF}') && code != "imagery" {
        refused_whole(padded.as_bytes(), &import(), code);
    }
}

#[rstest]
#[case::jpeg(b"\xFF\xD8\xFF\xE0\x00\x10JFIF", "imagery")]
#[case::png(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "imagery")]
#[case::mp4(b"\0\0\0\x20ftypisom\0\0\x02\0", "imagery")]
#[case::geotiff(b"II*\0\x08\0\0\0", "imagery")]
#[case::pdf(b"%PDF-1.7\n", "imagery")]
#[case::webp(b"RIFF\x24\0\0\0WEBPVP8 ", "imagery")]
#[case::zip(b"PK\x03\x04\x14\0", "zip")]
#[case::geopackage(b"SQLite format 3\0\x10\0", "geopackage")]
#[case::utf16_with_mark(b"\xFF\xFE{\0\"\0", "utf16")]
#[case::utf16_without_mark(b"\0{\0\"", "utf16")]
#[case::binary(b"abcdefgh\0\x01\x02\x03", "binary")]
#[case::zstandard(b"\x28\xB5\x2F\xFD\x04", "compressed")]
fn binary_data_is_named_for_what_it_is(#[case] bytes: &[u8], #[case] code: &str) {
    refused_whole(bytes, &import(), code);
    refused_whole(bytes, &posted(), code);
}

#[test]
fn each_way_to_convert_is_given() {
    for code in ["topojson", "esri_json", "kml", "gpx", "gml", "osm_xml", "shapefile", "geopackage", "other_crs", "zip"]
    {
        let code = camera_census::ingest::Code::ALL.iter().find(|known| known.name() == code).unwrap();
        assert!(code.sentence().contains("ogr2ogr -f GeoJSON"), "{}", code.name());
    }
}

#[rstest]
#[case::truncated(r#"{"type":"FeatureCollection","features":[{"type":"Feature""#)]
#[case::trailing_comma(r#"{"type":"FeatureCollection","features":[{},]}"#)]
#[case::missing_comma(r#"{"type":"FeatureCollection","features":[{}{}]}"#)]
#[case::missing_colon(r#"{"type" "FeatureCollection","features":[]}"#)]
#[case::trailing_garbage(r#"{"type":"FeatureCollection","features":[]} x"#)]
#[case::trailing_bracket("{\"type\":\"FeatureCollection\",\"features\":[{}]}\n]")]
#[case::nan(r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,1]},"properties":{}}]}"#)]
#[case::infinity(r#"{"type":"FeatureCollection","features":[{"type":"Feature","x":Infinity}]}"#)]
#[case::single_quotes("{'type':'FeatureCollection','features':[]}")]
#[case::raw_line_feed_in_a_string("{\"type\":\"Feature\nCollection\",\"features\":[]}")]
#[case::comment(r#"{"type":"FeatureCollection",/* all */"features":[]}"#)]
#[case::unclosed_string(r#"{"type":"FeatureCollection","features":[{"a":"b"#)]
#[case::ends_in_an_escape(r#"{"type":"FeatureCollection","features":[{"a":"\"#)]
#[case::crossed_brackets(r#"{"type":"FeatureCollection","features":[{"a":[}]]}"#)]
#[case::leading_zero(r#"{"type":"FeatureCollection","features":[{"a":01}]}"#)]
#[case::bad_foreign_member(r#"{"type":"FeatureCollection","x":[1,],"features":[]}"#)]
fn broken_json_is_refused_whole_with_its_place(#[case] text: &str) {
    refused_whole(text.as_bytes(), &import(), "broken_json");
    let kept = collection(&[GOOD]);
    let (first, _) = kept.split_at(kept.len() - 2);
    let late = format!("{first},{{\"type\":nope}}]}}");
    let (report, collected) = run(late.as_bytes(), &import());
    assert_eq!((report.accepted, collected.documents.len()), (0, 0));
    assert!(report.problems[0].message.contains("line 1, column"), "{}", report.problems[0].message);
}

#[test]
fn the_place_of_broken_json_is_its_line_and_column() {
    let (report, _) =
        run("{\n \"type\": \"FeatureCollection\",\n \"features\": [\n  {\"a\": tru}\n ]\n}".as_bytes(), &import());
    let message = &report.problems[0].message;
    assert!(message.contains("line 4, column"), "{message}");
}

#[rstest]
#[case::null("null", "not_a_feature", "")]
#[case::number("1", "not_a_feature", "")]
#[case::no_type(r#"{"geometry":null,"properties":{}}"#, "not_a_feature", "")]
#[case::other_type(r#"{"type":"Featre","geometry":null}"#, "not_a_feature", "/type")]
#[case::no_geometry(r#"{"type":"Feature","properties":{}}"#, "no_geometry", "")]
#[case::null_geometry(&with_geometry("null"), "no_geometry", "/geometry")]
#[case::list_geometry(&with_geometry("[6.14,46.2]"), "bad_geometry", "/geometry")]
#[case::untyped_geometry(&with_geometry(r#"{"coordinates":[6.14,46.2]}"#), "bad_geometry", "/geometry")]
#[case::polygon(&with_geometry(r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#), "not_a_point", "/geometry")]
#[case::multipoint(&with_geometry(r#"{"type":"MultiPoint","coordinates":[[6.14,46.2]]}"#), "not_a_point", "/geometry")]
#[case::geometries(&with_geometry(r#"{"type":"GeometryCollection","geometries":[]}"#), "not_a_point", "/geometry")]
#[case::no_coordinates(&with_geometry(r#"{"type":"Point"}"#), "bad_coordinates", "/geometry")]
#[case::text_coordinates(&point(r#"[6.14,"46.2"]"#), "bad_coordinates", "/geometry/coordinates/1")]
#[case::one_coordinate(&point("[6.14]"), "bad_coordinates", "/geometry/coordinates")]
#[case::nested_coordinates(&point("[[6.14,46.2]]"), "bad_coordinates", "/geometry/coordinates/0")]
#[case::object_coordinates(&point(r#"{"lon":6.14,"lat":46.2}"#), "bad_coordinates", "/geometry/coordinates")]
#[case::text_elevation(&point(r#"[6.14,46.2,"high"]"#), "bad_coordinates", "/geometry/coordinates/2")]
#[case::too_large_a_number(&point("[6.14,1e999]"), "not_finite", "/geometry/coordinates/1")]
#[case::too_large_elsewhere(&feature(r#""kind":"dome","heads":1e999"#), "not_finite", "")]
#[case::longitude(&point("[180.0000001,46.2]"), "out_of_range", "/geometry/coordinates/0")]
#[case::latitude(&point("[6.14,90.1]"), "out_of_range", "/geometry/coordinates/1")]
#[case::full_turns(&point("[540,46.2]"), "out_of_range", "/geometry/coordinates/0")]
#[case::null_island(&point("[0,0]"), "null_island", "/geometry/coordinates")]
#[case::negative_null_island(&point("[-0.0,0.0]"), "null_island", "/geometry/coordinates")]
#[case::list_properties(
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]},"properties":[]}"#,
    "bad_properties",
    "/properties"
)]
#[case::text_properties(
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]},"properties":"dome"}"#,
    "bad_properties",
    "/properties"
)]
#[case::missing_properties(
    r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]}}"#,
    "kind_missing",
    "/properties"
)]
#[case::missing_kind(&feature(""), "kind_missing", "/properties")]
#[case::blank_kind(&feature(r#""kind":" ""#), "kind_missing", "/properties")]
#[case::null_kind(&feature(r#""kind":null"#), "kind_missing", "/properties")]
#[case::unknown_kind(&feature(r#""kind":"cctv""#), "kind_unknown_value", "/properties/kind")]
#[case::number_as_kind(&feature(r#""kind":5"#), "kind_unknown_value", "/properties/kind")]
#[case::kind_twice(&feature(r#""kind":"dome","kind":"fixed""#), "duplicate_member", "/properties/kind")]
#[case::heads_twice(&feature(r#""kind":"dome","heads":1,"heads":1"#), "duplicate_member", "/properties/heads")]
#[case::geometry_twice(
    r#"{"type":"Feature","geometry":null,"geometry":null,"properties":{}}"#,
    "duplicate_member",
    "/geometry"
)]
#[case::coordinates_twice(&with_geometry(r#"{"type":"Point","coordinates":[6,46],"coordinates":[7,47]}"#), "duplicate_member", "/geometry/coordinates")]
#[case::indoor(&feature(r#""kind":"indoor""#), "indoor", "/properties/kind")]
#[case::body_worn(&feature(r#""kind":"body-worn""#), "body_worn", "/properties/kind")]
#[case::vehicle(&feature(r#""kind":"Dashcam""#), "vehicle", "/properties/kind")]
#[case::guard(&feature(r#""kind":"guard""#), "not_a_camera_guard", "/properties/kind")]
#[case::gunshot(&feature(r#""kind":"gunshot detector""#), "not_a_camera_gunshot", "/properties/kind")]
#[case::fake(&feature(r#""kind":"dummy""#), "fake", "/properties/kind")]
#[case::osm_guard(&feature(r#""man_made":"surveillance","surveillance:type":"guard""#), "not_a_camera_guard", "/properties/surveillance:type")]
#[case::osm_gunshot(&feature(r#""surveillance:type":"gunshot_detector""#), "not_a_camera_gunshot", "/properties/surveillance:type")]
#[case::osm_indoor(&feature(r#""man_made":"surveillance","surveillance":"indoor""#), "indoor", "/properties/surveillance")]
#[case::osm_indoor_yes(&feature(r#""man_made":"surveillance","indoor":"yes""#), "indoor", "/properties/indoor")]
#[case::osm_fake(&feature(r#""man_made":"surveillance","surveillance":"fake""#), "fake", "/properties/surveillance")]
#[case::watched_shop(&feature(r#""shop":"jewelry","surveillance":"yes""#), "not_a_camera", "/properties")]
#[case::other_crs(r#"{"type":"Feature","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"geometry":{"type":"Point","coordinates":[6.14,46.2]},"properties":{"kind":"dome"}}"#, "other_crs", "/crs")]
fn a_bad_feature_is_refused_wherever_it_stands(#[case] bad: &str, #[case] code: &str, #[case] tail: &str) {
    let in_collection = collection(&[GOOD, bad, GOOD]);
    let (report, collected) = run(in_collection.as_bytes(), &posted());
    assert_eq!(codes(&report), [(format!("/features/1{tail}").as_str(), code)], "collection");
    assert_eq!((report.accepted, report.refused, collected.documents.len()), (2, 1, 1));
    assert_eq!(report.refused_by.get(code), Some(&1));

    let lines = format!("{GOOD}\n{GOOD}\n{bad}\n{}\n", collection(&[GOOD, bad]));
    let (report, collected) = run(lines.as_bytes(), &posted());
    let (third, fourth) = (format!("/2{tail}"), format!("/3/features/1{tail}"));
    // A line that is no Feature is no GeoJSON document either.
    if code != "not_a_feature" {
        assert_eq!(codes(&report), [(third.as_str(), code), (fourth.as_str(), code)], "lines");
    }
    assert_eq!((report.accepted, report.refused, collected.documents.len()), (3, 2, 2), "{report:?}");
}

#[test]
fn a_lone_feature_is_refused_with_pointers_into_itself() {
    let (report, _) = run(point("[6.14,91]").as_bytes(), &posted());
    assert_eq!(codes(&report), [("/geometry/coordinates/1", "out_of_range")]);
    let (report, _) = run(feature(r#""kind":"indoor""#).as_bytes(), &posted());
    assert_eq!((codes(&report), report.features, report.refused), (vec![("/properties/kind", "indoor")], 1, 1));
}

#[test]
fn a_hundred_thousand_brackets_are_refused_at_once() {
    for opening in ["[", "{\"a\":", "{\"type\":\"FeatureCollection\",\"features\":[", "{\"type\":\"Feature\",\"a\":["] {
        let deep = opening.repeat(100_000);
        let start = std::time::Instant::now();
        refused_whole(deep.as_bytes(), &import(), "too_deep");
        assert!(start.elapsed().as_millis() < 1000);
    }
    let lines = format!("{GOOD}\n{{\"type\":\"Feature\",\"x\":{}\n{GOOD}\n", "[".repeat(100_000));
    let (report, _) = run(lines.as_bytes(), &import());
    assert_eq!((report.accepted, codes(&report)), (2, vec![("/1", "too_deep")]));
}

#[test]
fn sixty_four_levels_are_read_and_no_more() {
    let nested = |depth: usize| feature(&format!(r#""kind":"dome","x":{}{}"#, "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(run(nested(62).as_bytes(), &import()).0.accepted, 1);
    assert_eq!(codes(&run(nested(63).as_bytes(), &import()).0), [("", "too_deep")]);
}

#[test]
fn a_feature_beyond_the_size_limit_is_refused_alone() {
    let options = ReadOptions { limits: Limits { features: 10, feature_bytes: 300 }, ..import() };
    let large = feature(&format!(r#""kind":"dome","x":"{}""#, "y".repeat(400_000)));
    let (report, _) = run(collection(&[GOOD, &large, GOOD]).as_bytes(), &options);
    assert_eq!((report.accepted, codes(&report)), (2, vec![("/features/1", "feature_too_large")]));
    let (report, _) = run(format!("{GOOD}\n{large}\n{GOOD}\n").as_bytes(), &options);
    assert_eq!((report.accepted, codes(&report)), (2, vec![("/1", "feature_too_large")]));
    let (report, _) = run(large.as_bytes(), &options);
    assert_eq!((report.accepted, codes(&report)), (0, vec![("", "feature_too_large")]));
}

#[test]
fn more_features_than_allowed_refuse_the_whole_input() {
    let options = ReadOptions { limits: Limits { features: 2, feature_bytes: 1000 }, ..import() };
    assert_eq!(run(collection(&[GOOD, GOOD]).as_bytes(), &options).0.accepted, 2);
    refused_whole(collection(&[GOOD, GOOD, GOOD]).as_bytes(), &options, "too_many_features");
    refused_whole(format!("{GOOD}\n{GOOD}\n{GOOD}\n").as_bytes(), &options, "too_many_features");
    refused_whole(b"lat,lon\n1,1\n1,1\n1,1\n", &options, "too_many_features");
    refused_whole(b"[{\"lat\":1,\"lon\":1},1,1]", &options, "too_many_features");
}

#[test]
fn text_in_latin_1_is_named() {
    let mut text = feature(r#""kind":"dome","name":"caf?""#).into_bytes();
    let at = text.iter().position(|&byte| byte == b'?').unwrap();
    text[at] = 0xE9;
    refused_whole(&text, &import(), "not_utf8");
    let mut lines = text.clone();
    lines.extend_from_slice(b"\n");
    lines.extend_from_slice(GOOD.as_bytes());
    let (report, _) = run(lines.as_slice(), &import());
    assert_eq!((report.accepted, codes(&report)), (1, vec![("/0", "not_utf8")]));
    refused_whole(b"lat,lon,name\n46.2,6.1,caf\xE9\n", &import(), "not_utf8");
}

#[test]
fn posted_bodies_are_geojson_or_nothing() {
    refused_whole(b"lat,lon\n46.2,6.1\n", &posted(), "format_not_accepted");
    refused_whole(b"[{\"lat\":46.2,\"lon\":6.1}]", &posted(), "format_not_accepted");
    refused_whole(b"{\"elements\":[{\"type\":\"node\"}]}", &posted(), "format_not_accepted");
    refused_whole(b"\x1F\x8B\x08\0\0\0\0\0", &posted(), "compressed");
}

#[test]
fn a_place_outside_the_bounds_is_refused() {
    let geneva = bounded(5.9, 46.0, 6.4, 46.4);
    assert_eq!(run(GOOD.as_bytes(), &geneva).0.accepted, 1);
    let (report, _) = run(point("[8.5,47.3]").as_bytes(), &geneva);
    assert_eq!(codes(&report), [("/geometry/coordinates", "out_of_bounds")]);
}

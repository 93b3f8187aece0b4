//! OpenStreetMap's words.

use camera_census::model::{Facing, Kind, Mount, Operator};
use rstest::rstest;

use crate::collector::{feature, import, notes, only, posted};

fn tagged(tags: &str) -> String {
    feature(&format!(r#""man_made":"surveillance"{}{tags}"#, if tags.is_empty() { "" } else { "," }))
}

#[rstest]
#[case::alpr(r#""surveillance:type":"ALPR","camera:type":"fixed""#, Kind::PlateReader)]
#[case::anpr(r#""surveillance:type":"anpr""#, Kind::PlateReader)]
#[case::fixed(r#""surveillance:type":"camera","camera:type":"fixed""#, Kind::Fixed)]
#[case::dome(r#""camera:type":"dome""#, Kind::Dome)]
#[case::panning(r#""camera:type":"panning""#, Kind::Panning)]
#[case::list(r#""camera:type":"dome;fixed""#, Kind::Dome)]
#[case::panorama(r#""camera:type":"panorama""#, Kind::Other)]
#[case::degrees_as_text(r#""camera:type":"360""#, Kind::Other)]
#[case::degrees_as_number(r#""camera:type":360"#, Kind::Other)]
#[case::doorbell(r#""camera:type":"doorbell""#, Kind::Doorbell)]
#[case::doorbell_mount(r#""camera:mount":"doorbell""#, Kind::Doorbell)]
#[case::webcam(r#""surveillance":"webcam""#, Kind::Other)]
#[case::webcam_type(r#""surveillance:type":"webcam""#, Kind::Other)]
#[case::panning_webcam(r#""surveillance":"webcam","camera:type":"panning""#, Kind::Panning)]
#[case::red_light(r#""surveillance":"red_light""#, Kind::Other)]
#[case::in_and_out(r#""surveillance":"indoor/outdoor""#, Kind::Unknown)]
#[case::guarded_ground(r#""surveillance":"guard","surveillance:type":"camera""#, Kind::Unknown)]
#[case::nothing_more("", Kind::Unknown)]
fn kinds_are_read(#[case] tags: &str, #[case] kind: Kind) {
    assert_eq!(only(&tagged(tags), &posted()).0.kind, kind);
}

#[test]
fn a_speed_camera_is_a_camera() {
    assert_eq!(only(&feature(r#""highway":"speed_camera","maxspeed":"50""#), &import()).0.kind, Kind::Other);
}

#[rstest]
#[case("building", Mount::Wall)]
#[case("mast", Mount::Pole)]
#[case("traffic_signals", Mount::TrafficSignal)]
#[case("doorbell", Mount::Door)]
#[case("wall/ceiling", Mount::Wall)]
#[case("gantry", Mount::Other)]
fn mounts_are_read(#[case] mount: &str, #[case] expected: Mount) {
    assert_eq!(only(&tagged(&format!(r#""camera:mount":"{mount}""#)), &import()).0.mount, expected);
}

#[rstest]
#[case(r#""operator":"Kantonspolizei Bern""#, Operator::Police)]
#[case(r#""operator":"Préfecture de police""#, Operator::Police)]
#[case(r#""operator":"Flock Safety""#, Operator::Unknown)]
#[case(r#""operator":"Flock Safety","operator:type":"government""#, Operator::Government)]
#[case(r#""operator":"Nowhere Pub","operator:type":"private""#, Operator::Business)]
#[case(r#""operator:type":"public""#, Operator::Government)]
#[case(r#""surveillance":"privat""#, Operator::Household)]
#[case("", Operator::Unknown)]
fn operators_are_read(#[case] tags: &str, #[case] operator: Operator) {
    let (sighting, report) = only(&tagged(tags), &import());
    assert_eq!(sighting.operator, operator);
    assert!(report.notes.is_empty(), "{report:?}");
}

#[test]
fn an_operator_whose_name_says_nothing_is_noted() {
    assert_eq!(notes(&only(&tagged(r#""operator":"Sonne""#), &import()).1), [("operator_unrecognised", 1)]);
}

#[test]
fn the_camera_direction_comes_before_the_direction() {
    let facing = |tags: &str| only(&tagged(tags), &import()).0.facing;
    assert_eq!(facing(r#""camera:direction":90,"direction":"N""#), Facing::bearing(90.0).unwrap());
    assert_eq!(facing(r#""direction":"338-23""#), Facing::arc(338.0, 23.0).unwrap());
}

#[test]
fn counts_dates_and_makers_are_read() {
    let text = tagged(
        r#""camera:count":"4","survey:date":"2022-01-29","check_date":"2023-01-26","manufacturer":"nobody","brand":"hikvision","brand:wikidata":"Q1""#,
    );
    let (sighting, report) = only(&text, &import());
    assert_eq!((sighting.heads, sighting.maker.name()), (4, "Hikvision"));
    assert_eq!(sighting.week.unwrap().to_string(), "2023-W04");
    assert!(report.notes.is_empty());
    assert_eq!(report.dropped, ["brand:wikidata"]);
}

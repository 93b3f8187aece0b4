//! The census's own words.

use camera_census::model::{Basis, Facing, Kind, Linked, Mount, Operator, PositionClass};
use rstest::rstest;

use crate::collector::{feature, import, notes, only, posted};

#[test]
fn every_property_is_read() {
    let text = feature(
        r#""kind":"plate_reader","operator":"police","mount":"street_lamp","linked":"yes","maker":"Flock Group Inc.","basis":"sign",
        "facing":[90,"S"],"heads":3,"observed":"2026-10-01","position":"gps","accuracy_m":7,"slot":2"#,
    );
    let (sighting, report) = only(&text, &posted());
    assert_eq!(
        (sighting.kind, sighting.operator, sighting.mount),
        (Kind::PlateReader, Operator::Police, Mount::StreetLamp)
    );
    assert_eq!((sighting.linked, sighting.maker.name(), sighting.basis), (Linked::Yes, "Flock Safety", Basis::Sign));
    let both = Facing::bearing(90.0).unwrap().union(Facing::bearing(180.0).unwrap());
    assert_eq!((sighting.facing, sighting.heads, sighting.slot), (both, 3, 2));
    assert_eq!(sighting.week.unwrap().to_string(), "2026-W40");
    assert_eq!(sighting.position, PositionClass::Gps7);
    assert!(report.notes.is_empty() && report.dropped.is_empty(), "{report:?}");
}

#[test]
fn what_is_not_stated_has_its_default() {
    let (sighting, report) = only(&feature(r#""kind":"dome""#), &posted());
    assert_eq!((sighting.heads, sighting.position), (1, PositionClass::Map));
    assert_eq!(sighting.week.unwrap().to_string(), "2026-W47");
    assert!(report.notes.is_empty());
    let (sighting, _) = only(&feature(r#""facing":"90;180;270""#), &import());
    assert_eq!((sighting.kind, sighting.heads, sighting.position), (Kind::Unknown, 3, PositionClass::Import));
    assert_eq!(sighting.week, None);
    let (sighting, _) = only(&feature(r#""heads":0,"accuracy_m":"4.5""#), &import());
    assert_eq!((sighting.heads, sighting.position), (0, PositionClass::Gps5));
}

#[rstest]
#[case::kind(r#""kind":"cctv""#, "kind_unreadable")]
#[case::operator(r#""operator":"Bob""#, "operator_unreadable")]
#[case::mount(r#""mount":{"a":1}"#, "mount_unreadable")]
#[case::linked(r#""linked":"maybe""#, "linked_unreadable")]
#[case::maker(r#""maker":"Nobody & Sons""#, "maker_unlisted")]
#[case::basis(r#""basis":"heard""#, "basis_unreadable")]
#[case::facing(r#""facing":"thataway""#, "facing_unreadable")]
#[case::facing_360(r#""facing":360"#, "facing_unreadable")]
#[case::heads(r#""heads":100"#, "heads_unreadable")]
#[case::heads_in_parts(r#""heads":1.5"#, "heads_unreadable")]
#[case::observed(r#""observed":"last summer""#, "observed_unreadable")]
#[case::future(r#""observed":"2026-W48""#, "observed_in_future")]
#[case::position(r#""position":"guess""#, "position_unreadable")]
#[case::accuracy(r#""accuracy_m":-1"#, "accuracy_unreadable")]
#[case::slot(r#""slot":8"#, "slot_unreadable")]
fn a_bad_value_becomes_unknown_with_a_note(#[case] property: &str, #[case] code: &str) {
    let (sighting, report) = only(&feature(property), &import());
    assert_eq!(notes(&report), [(code, 1)]);
    let name = property.split('"').nth(1).unwrap();
    assert_eq!(report.notes[0].pointer, format!("/properties/{name}"));
    assert_eq!(sighting, only(&feature(""), &import()).0);
}

#[test]
fn values_are_read_whatever_their_case_and_blanks() {
    let (sighting, _) = only(&feature(r#""kind":" Plate Reader ","mount":"STREET-LAMP","linked":true"#), &import());
    assert_eq!((sighting.kind, sighting.mount, sighting.linked), (Kind::PlateReader, Mount::StreetLamp, Linked::Yes));
}

#[test]
fn saying_that_a_maker_is_unknown_needs_no_note() {
    for maker in ["unknown", "Unkwn", "other", "generic", ""] {
        let (_, report) = only(&feature(&format!(r#""kind":"dome","maker":"{maker}""#)), &import());
        assert!(report.notes.is_empty(), "{maker}");
    }
}

#[test]
fn missing_properties_are_noted_once_with_their_count() {
    let one = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]}}"#;
    let null = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]},"properties":null}"#;
    let (report, _) = crate::collector::run(format!("{one}\n{null}\n").as_bytes(), &import());
    assert_eq!((report.accepted, notes(&report)), (2, vec![("properties_missing", 2)]));
    assert_eq!(report.notes[0].pointer, "/0");
}

#[test]
fn other_members_are_dropped_by_name_only_when_the_name_is_common() {
    let text = feature(r#""kind":"dome","image_url":"x","Alice Example":1,"direction":90,"man_made":"mast""#);
    let (_, report) = only(&text.replace(r#""type":"Feature""#, r#""type":"Feature","id":7,"title":"x""#), &import());
    assert_eq!(report.dropped, ["(unnamed)", "direction", "image_url", "man_made", "title"]);
}

//! Exports of ODK Central, KoboToolbox and Epicollect5, read by the shipped mappings.

use camera_census::ingest::{Mapping, Shipped};
use camera_census::model::{Basis, Facing, Kind, Linked, Mount, Operator, PositionClass};

use crate::collector::{codes, mapped, notes, run, shared_data};

fn shipped(name: &str) -> Mapping {
    match Shipped::named(name) {
        Some(Ok(Shipped::Mapping(mapping))) => mapping,
        other => panic!("{name}: {other:?}"),
    }
}

/// The columns of `Submissions.csv`: times and names of whoever sent it, every question, keys, counts of attachments.
const ODK: &str = "SubmissionDate,place-Latitude,place-Longitude,place-Altitude,place-Accuracy,at,accuracy,day,slot,kind,\
facing,heads,operator,mount,linked,maker,basis,picture,meta-instanceID,KEY,SubmitterID,SubmitterName,AttachmentsPresent,\
AttachmentsExpected,Status,ReviewState,DeviceID,Edits,FormVersion\n\
2026-10-24T08:12:31.112Z,52.5200,13.4050,34.1,4.6,52.5200 13.4050 34.1 4.6,4.6,2026-10-23,0,dome,ne,1,police,pole,yes,axis,\
sign,canary-photo.jpg,uuid:0b1c,uuid:0b1c,31,Canary Person,1,1,,,collect:canary,0,1\n\
2026-10-24T08:15:02.900Z,52.5300,13.4150,0,0,52.5300 13.4150 0 0,0,2026-10-23,0,unknown,unknown,2,unknown,unknown,unknown,\
unknown,unknown,,uuid:0b1d,uuid:0b1d,31,Canary Person,0,0,,,collect:canary,0,1\n";

/// The table of the repeat group: its own questions and two keys.
const ODK_MORE: &str = "more_at,more_accuracy,more_day,more_slot,more_kind,more_facing,more_heads,more_operator,more_mount,\
more_linked,more_maker,more_basis,PARENT_KEY,KEY\n\
52.5200 13.4050 34.1 4.6,4.6,2026-10-23,1,fixed,s,1,police,pole,yes,axis,sign,uuid:0b1c,uuid:0b1c/more[1]\n\
52.5200 13.4050 34.1 4.6,4.6,2026-10-23,2,fixed,w,1,police,pole,yes,axis,sign,uuid:0b1c,uuid:0b1c/more[2]\n";

#[test]
fn an_export_of_odk_central_gives_its_cameras_and_nobody_who_sent_them() {
    let mapping = shipped("odk");
    let (report, collected) = run(ODK.as_bytes(), &mapped(&mapping));
    assert_eq!((report.accepted, codes(&report).len(), notes(&report).len()), (2, 0, 0), "{report:?}");
    let [first, second] = collected.sightings()[..] else { panic!("two cameras") };
    assert_eq!(
        (first.kind, first.operator, first.mount, first.linked),
        (Kind::Dome, Operator::Police, Mount::Pole, Linked::Yes)
    );
    assert_eq!((first.maker.name(), first.basis, first.position), ("Axis", Basis::Sign, PositionClass::Gps5));
    assert_eq!(
        (first.facing, first.week.unwrap().to_string()),
        (Facing::bearing(45.0).unwrap(), "2026-W43".to_owned())
    );
    assert_eq!((second.kind, second.heads, second.basis), (Kind::Unknown, 2, Basis::Seen));
    assert_eq!(second.facing, Facing::NONE);
    let said = format!("{report:?}");
    assert!(!said.contains("anary"), "nothing that was sent is repeated: {said}");
}

#[test]
fn the_table_of_a_repeat_group_gives_the_other_heads_on_the_pole() {
    let (mapping, both) = (shipped("odk"), [ODK, ODK_MORE]);
    let all: Vec<_> = both.iter().flat_map(|file| run(file.as_bytes(), &mapped(&mapping)).1.sightings()).collect();
    let here: Vec<_> = all.iter().filter(|sighting| sighting.cell == all[0].cell).collect();
    assert_eq!(here.iter().map(|sighting| sighting.slot).collect::<Vec<_>>(), [0, 1, 2]);
    assert!(here.iter().all(|sighting| sighting.operator == Operator::Police && sighting.week == here[0].week));
}

#[test]
fn exports_of_kobotoolbox_are_read_with_group_names_and_without() {
    let csv = "place;_place_latitude;_place_longitude;_place_altitude;_place_precision;at;accuracy;day;slot;kind;facing;heads;\
        operator;mount;linked;maker;basis;picture;picture_URL;_id;_uuid;_submission_time;_validation_status;_notes;_status;\
        _submitted_by;__version__;_tags;_index\n\
        52.52 13.405 34.1 9.5;52.52;13.405;34.1;9.5;52.52 13.405 34.1 9.5;9.5;2026-10-23;0;panning;all_round;1;transit;roof;no;\
        bosch;seen;canary.jpg;https://example.org/canary.jpg;7;0b1c;2026-10-24T08:12:31;;;submitted_via_web;canary;v1;;1\n";
    let more = "more/more_at;more/more_accuracy;more/more_day;more/more_slot;more/more_kind;more/more_facing;_index;\
        _parent_table_name;_parent_index;_submission__id;_submission__submitted_by\n\
        52.52 13.405 34.1 9.5;9.5;2026-10-23;1;dome;unknown;1;census;1;7;canary\n";
    let geojson = r#"{"type":"FeatureCollection","name":"Camera census","features":[{"type":"Feature","geometry":
        {"type":"Point","coordinates":[13.405,52.52,34.1]},"properties":{"place":"52.52 13.405 34.1 9.5","accuracy":"9.5",
        "day":"2026-10-23","kind":"panning","operator":"transit","picture":"canary.jpg"}}]}"#;
    let mapping = shipped("kobo");
    for (file, kind, slot) in [(csv, Kind::Panning, 0), (more, Kind::Dome, 1), (geojson, Kind::Panning, 0)] {
        let (report, collected) = run(file.as_bytes(), &mapped(&mapping));
        let beside_elevation = notes(&report).into_iter().filter(|(code, _)| *code != "elevation_ignored").count();
        assert_eq!((report.accepted, beside_elevation), (1, 0), "{report:?}");
        let sighting = collected.sightings()[0];
        assert_eq!((sighting.kind, sighting.slot, sighting.position), (kind, slot, PositionClass::Gps10));
        assert!(sighting.week.is_some());
        assert!(!format!("{report:?}").contains("canary"));
    }
}

#[test]
fn exports_of_epicollect_are_read_by_the_names_and_by_the_numbers_of_questions() {
    let named = "ec5_uuid,created_at,uploaded_at,created_by,title,lat_place,long_place,accuracy_place,UTM_Northing_place,\
        UTM_Easting_place,UTM_Zone_place,kind,operator,heads,photo\n\
        0b1c,2026-10-23T11:40:34.000Z,2026-10-27T20:42:10.000Z,canary@example.org,Canary,52.52,13.405,9,5819000,392000,33U,\
        Dome Camera,Kantonspolizei Bern,3,https://example.org/canary.jpg\n";
    let numbered = "ec5_uuid,created_at,uploaded_at,title,lat_1_Place,long_1_Place,accuracy_1_Place,UTM_Northing_1_Place,\
        UTM_Easting_1_Place,UTM_Zone_1_Place,2_Kind,3_Operator,9_Heads,10_Photo\n\
        0b1c,2026-10-23T11:40:34.000Z,2026-10-27T20:42:10.000Z,Canary,52.52,13.405,9,5819000,392000,33U,dome,police,3,canary.jpg\n";
    let mapping = shipped("epicollect");
    for file in [named, numbered] {
        let (report, collected) = run(file.as_bytes(), &mapped(&mapping));
        assert_eq!((report.accepted, report.notes.len()), (1, 0), "{report:?}");
        let sighting = collected.sightings()[0];
        assert_eq!((sighting.kind, sighting.operator, sighting.heads), (Kind::Dome, Operator::Police, 3));
        assert_eq!(
            (sighting.position, sighting.week.unwrap().to_string()),
            (PositionClass::Gps10, "2026-W43".to_owned())
        );
        assert!(!format!("{report:?}").contains("anary"));
    }
}

#[test]
fn real_exports_of_epicollect_are_read_by_the_shipped_mapping() {
    let Some(shared) = shared_data() else { return };
    let mapping = shipped("epicollect");
    for file in ["CCTV-Cameras.geojson", "cameras-working-28102025.geojson"] {
        let bytes = std::fs::read(shared.join("volunteer_epicollect").join(file)).unwrap();
        let (report, collected) = run(bytes.as_slice(), &mapped(&mapping));
        assert_eq!((report.accepted, report.refused_by.get("indoor")), (3, Some(&1)), "{report:?}");
        assert!(collected.sightings().iter().all(|sighting| sighting.kind == Kind::Fixed && sighting.week.is_some()));
    }
}

#[test]
fn a_table_without_a_place_or_without_any_question_of_the_form_is_no_export_of_it() {
    for (mapping, table) in [("odk", "kind,heads\ndome,1\n"), ("odk", "at,name\n52 13 0 0,x\n"), ("kobo", "a,b\n1,2\n")]
    {
        let (report, _) = run(table.as_bytes(), &mapped(&shipped(mapping)));
        assert_eq!(
            report.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(),
            ["mapping_column"],
            "{table}"
        );
    }
}

//! Mapping files: one way to describe anybody's columns.

use camera_census::ingest::Mapping;
use camera_census::model::{Basis, Facing, Kind, Linked, Operator, PositionClass};

use crate::collector::{codes, mapped, notes, run};

const SURVEY: &str = r#"
    longitude = "Lon"
    latitude = "Lat"
    delimiter = ";"
    encoding = "windows-1252"

    [constants]
    basis = "document"
    linked = true

    [columns]
    kind = { column = "Art", values = { "Kuppel" = "dome", "Kästchen" = "fixed", "Attrappe" = "fake" } }
    operator = { column = "Betreiber", names = true }
    facing = { columns = ["Blick 1", "Blick 2"], values = { "N/B" = 0, "West Bound" = 270 } }
    heads = { count = ["Blick 1", "Blick 2", "Blick 3"] }
    observed = "Datum"
    accuracy_m = "Genauigkeit"

    [[refuse]]
    column = "Ort"
    values = ["innen"]
    because = "indoor"
"#;

#[test]
fn a_table_in_another_encoding_is_read_as_its_mapping_says() {
    let mapping = Mapping::parse(SURVEY).unwrap();
    let table = "Lat;Lon;Art;Betreiber;Blick 1;Blick 2;Blick 3;Datum;Genauigkeit;Ort;Notiz\r\n\
        46.2;6.14;kästchen ;Préfecture de police;N/B;West Bound;;2026-10-01;8;draußen;x\r\n\
        46.2;6.14;Kuppel;Flock Safety;;;;;;Innen;x\r\n\
        46.2;6.14;Attrappe;;;;;;;;x\r\n\
        46.2;6.14;;Sonne;weg;;;;;;x\r\n";
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(table);
    assert!(!lossy && std::str::from_utf8(&bytes).is_err());
    let (report, collected) = run(&*bytes, &mapped(&mapping));
    assert_eq!(codes(&report), [("/1/Ort", "indoor"), ("/2/Art", "fake")]);
    assert_eq!(notes(&report), [("operator_unreadable", 1), ("facing_unreadable", 1)]);
    assert_eq!(report.dropped, ["(unnamed)"]);
    let first = collected.sightings()[0];
    assert_eq!((first.kind, first.operator, first.heads), (Kind::Fixed, Operator::Police, 2));
    assert_eq!((first.basis, first.linked, first.position), (Basis::Document, Linked::Yes, PositionClass::Gps10));
    assert_eq!(first.facing, Facing::bearing(0.0).unwrap().union(Facing::bearing(270.0).unwrap()));
    assert_eq!(first.week.unwrap().to_string(), "2026-W40");
}

#[test]
fn utf_16_is_read_where_the_mapping_names_it() {
    let mapping = Mapping::parse("longitude = \"x\"\nlatitude = \"y\"\nencoding = \"utf-16le\"\n").unwrap();
    let table: Vec<u8> = "\u{FEFF}x,y\n6.14,46.2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(run(table.as_slice(), &mapped(&mapping)).0.accepted, 1);
}

#[test]
fn one_mapping_serves_tables_arrays_and_features() {
    let mapping = Mapping::parse("longitude = \"x\"\nlatitude = \"y\"\n[columns]\nkind = \"sort\"\n").unwrap();
    for text in [
        "sort,x,y\ndome,6.14,46.2\n",
        r#"[{"sort":"dome","x":6.14,"y":"46.2","type":"q"}]"#,
        r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[6.14,46.2]},"properties":{"sort":"dome"}}"#,
    ] {
        let (report, collected) = run(text.as_bytes(), &mapped(&mapping));
        assert_eq!(report.accepted, 1, "{text}: {report:?}");
        assert_eq!(collected.sightings()[0].kind, Kind::Dome);
    }
    let twice = r#"[{"sort":"dome","sort":"fixed","x":6.14,"y":46.2}]"#;
    assert_eq!(codes(&run(twice.as_bytes(), &mapped(&mapping)).0), [("/0/sort", "duplicate_member")]);
}

#[test]
fn a_place_in_one_column_is_read() {
    let mapping = Mapping::parse("point = { column = \"geometry\", format = \"wkt\" }").unwrap();
    let table = "id,geometry\n1,POINT (6.14 46.2)\n2,POINT EMPTY\n3,\n4,POINT (6.14 146.2)\n";
    let (report, _) = run(table.as_bytes(), &mapped(&mapping));
    assert_eq!(report.accepted, 1);
    assert_eq!(
        codes(&report),
        [("/1/geometry", "bad_coordinates"), ("/2", "no_place"), ("/3/geometry", "out_of_range")]
    );
}

#[test]
fn a_column_that_is_not_there_refuses_the_table() {
    let mapping = Mapping::parse("longitude = \"x\"\nlatitude = \"y\"\n[columns]\nkind = \"sort\"\n").unwrap();
    assert_eq!(codes(&run("x,y,Sort\n6,46,dome\n".as_bytes(), &mapped(&mapping)).0), [("", "mapping_column")]);
}

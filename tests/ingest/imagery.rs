//! Promise P8: imagery, links and free text never come back out of a report.

use crate::collector::{import, posted, run};

/// What must not be repeated, as it may stand inside a JSON string.
const CANARIES: [&str; 9] = [
    "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQEASABIAAD",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ",
    "https://pictures.example.net/kanarie/4711.jpg",
    "kanarie@example.net",
    "+41 79 555 47 11",
    "Erika Kanarienvogel",
    "\\u0000\\u0001\\uFFFD kanarie",
    "<img src=x onerror=kanarie()>",
    "kanarie'); DROP TABLE sightings;--",
];

fn silent(text: &str) {
    for options in [import(), posted()] {
        let (report, collected) = run(text.as_bytes(), &options);
        let shown = format!("{}{collected:?}", serde_json::to_string(&report).unwrap());
        for part in ["anarie", "47 11", "4711", "/9j/", "iVBOR", "Kanarien", "onerror", "DROP"] {
            assert!(!shown.contains(part), "{part} in {shown}");
        }
    }
}

#[test]
fn nothing_of_a_text_comes_back_wherever_it_stood() {
    const NAMES: [&str; 20] = [
        "kind",
        "operator",
        "mount",
        "linked",
        "maker",
        "basis",
        "facing",
        "heads",
        "observed",
        "position",
        "accuracy_m",
        "slot",
        "man_made",
        "surveillance:type",
        "camera:type",
        "camera:direction",
        "check_date",
        "image",
        "note",
        "tags",
    ];
    for canary in CANARIES {
        for name in NAMES {
            for osm in ["", r#","camera:mount":"wall""#] {
                let properties = format!(r#"{{"{name}":"{canary}"{osm}}}"#);
                silent(&format!(
                    r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[6.14,46.2]}},"properties":{properties}}}"#
                ));
            }
        }
        for text in [
            format!(
                r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[6,46]}},"properties":{{"kind":"dome","{canary}":1}}}}"#
            ),
            format!(
                r#"{{"type":"Feature","{canary}":1,"geometry":{{"type":"Point","coordinates":["{canary}",1]}},"properties":{{}}}}"#
            ),
            format!(
                r#"{{"type":"Feature","geometry":{{"type":"{canary}","coordinates":[6,46]}},"properties":"{canary}"}}"#
            ),
            format!(r#"{{"type":"Feature","geometry":"{canary}"}}"#),
            format!(
                r#"{{"type":"Feature","id":"{canary}","geometry":{{"type":"Point","coordinates":[6,46]}},"properties":["{canary}"]}}"#
            ),
            format!(r#"{{"type":"{canary}","geometry":null}}"#),
            format!(r#"{{"type":"FeatureCollection","{canary}":[],"name":"{canary}","features":["{canary}"]}}"#),
            format!(r#"{{"type":"FeatureCollection","census":{{"wave":"{canary}","pass":"{canary}"}},"features":[]}}"#),
            format!(r#"{{"type":"FeatureCollection","crs":{{"properties":{{"name":"{canary}"}}}},"features":[]}}"#),
            format!(r#"{{"elements":[],"remark":"error {canary}"}}"#),
            format!(r#"{{"{canary}":nope}}"#),
            format!("lat,lon,{}\n1,1,\"{}\"\n", canary.replace([',', '"'], ""), canary.replace('"', "")),
            format!("name,{}\n1,1\n", canary.replace([',', '"'], "")),
            format!("\"{canary}\""),
            canary.to_owned(),
        ] {
            silent(&text);
        }
    }
}

#[test]
fn pictures_and_films_are_not_read_in_any_wrapping() {
    let jpeg = b"\xFF\xD8\xFF\xE0\0\x10JFIF kanarie";
    let (report, _) = run(jpeg.as_slice(), &posted());
    assert_eq!(report.problems[0].code, "imagery");
    assert!(!format!("{report:?}").contains("kanarie"));
    let multipart = "--x\r\nContent-Disposition: form-data; name=\"kanarie\"; filename=\"a.jpg\"\r\n\r\n\u{1}\r\n--x--";
    silent(multipart);
}

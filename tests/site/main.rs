//! The addresses of the site, on the sample city served by the built program.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod briefing;
mod export;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use ureq::http::HeaderMap;

/// A running `map` of the sample; killed when dropped.
struct Site {
    child: Child,
    base: String,
}

impl Site {
    fn start() -> Self {
        Self::start_with(&[])
    }

    /// Two wards side by side and one far away where nobody looked.
    fn with_areas() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("wards.geojson");
        let ward = |name: &str, west: f64, east: f64| rectangle(name, [west, 50.9, east, 51.1]);
        let wards = [ward("Ward 10", 12.0, 12.04), ward("Ward 9", 11.9, 12.0), ward("Ward <11>", 13.0, 13.1)];
        collection(&path, &wards);
        Self::start_with(&["--areas", path.to_str().unwrap()])
    }

    /// A country with a camera in each of 1,600 of the coarsest cells of a map of an area, and a city in it.
    fn with_a_country() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [cameras, areas] = ["cameras.geojson", "places.geojson"].map(|name| folder.path().join(name));
        let camera = |at: u32| {
            let place = [f64::from(at % 40) * 0.5 + 20.0, f64::from(at / 40) * 0.5 + 0.25];
            serde_json::json!({ "type": "Feature", "properties": { "kind": "dome" },
                "geometry": { "type": "Point", "coordinates": place } })
        };
        collection(&cameras, &(0..1600).map(camera).collect::<Vec<_>>());
        let places = [rectangle("Country", [19.0, 0.0, 41.0, 21.0]), rectangle("City", [11.9, 50.9, 12.1, 51.1])];
        collection(&areas, &places);
        Self::start_with(&[cameras.to_str().unwrap(), "--areas", areas.to_str().unwrap()])
    }

    fn start_with(arguments: &[&str]) -> Self {
        let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/synthetic-city.geojson");
        let mut child = Command::new(env!("CARGO_BIN_EXE_camera-census"))
            .args(["map", sample, "--title", "Beispielstadt"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let base = lines
            .find_map(|line| {
                line.unwrap().strip_prefix("map: ").map(|rest| rest.split('/').take(3).collect::<Vec<_>>().join("/"))
            })
            .unwrap();
        // The program writes nothing more, but its output stays open for as long as it runs.
        std::mem::forget(lines);
        Self { child, base }
    }

    fn get(&self, path: &str) -> (u16, HeaderMap, String) {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let mut answer = agent.get(format!("{}{path}", self.base)).call().unwrap();
        let text = answer.body_mut().read_to_vec().unwrap();
        (answer.status().as_u16(), answer.headers().clone(), String::from_utf8_lossy(&text).into_owned())
    }

    fn json(&self, path: &str) -> Value {
        let (status, _, text) = self.get(path);
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    fn release(&self) -> String {
        self.json("/api/v1/releases")["releases"][0]["id"].as_str().unwrap().to_owned()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An area of this name: west, south, east, north.
fn rectangle(name: &str, [west, south, east, north]: [f64; 4]) -> Value {
    let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
    serde_json::json!({ "type": "Feature", "properties": { "name": name },
        "geometry": { "type": "Polygon", "coordinates": [ring] } })
}

/// Writes a file of these features.
fn collection(path: &std::path::Path, features: &[Value]) {
    let collection = serde_json::json!({ "type": "FeatureCollection", "features": features });
    std::fs::write(path, collection.to_string()).unwrap();
}

/// What stands before a page in each language, and the code of the language.
const LANGUAGES: [(&str, &str); 6] =
    [("/", "en"), ("/es/", "es"), ("/fr/", "fr"), ("/de/", "de"), ("/zh-Hans/", "zh-Hans"), ("/ar/", "ar")];

#[test]
fn every_page_has_an_address_in_every_language_and_one_that_stays() {
    let site = Site::start();
    let id = site.release();
    for (prefix, language) in LANGUAGES {
        let pages = ["", "map", "areas", "data", "compare", "method", "privacy", "releases"].map(str::to_owned);
        let lasting = ["", "map", "areas", "data", "compare", "method"].map(|page| format!("releases/{id}/{page}"));
        for page in pages.iter().chain(&lasting) {
            let (status, headers, html) = site.get(&format!("{prefix}{page}?anything=goes"));
            assert_eq!(status, 200, "{prefix}{page}");
            assert!(headers["content-type"].to_str().unwrap().starts_with("text/html"), "{prefix}{page}");
            assert!(
                html.contains(&format!("<html lang=\"{language}\"")) && html.contains("Beispielstadt"),
                "{prefix}{page}"
            );
        }
    }
    let (status, _, html) = site.get("/releases/2026-W01-00000000/");
    assert!(status == 404 && html.contains("<html"), "a page error is a page");
    assert_eq!(site.get("/releases/..%2f..%2fetc/").0, 404);
}

#[test]
fn areas_have_pages_in_every_language_for_the_latest_release_and_for_each_one_for_ever() {
    let site = Site::with_areas();
    let id = site.release();
    for (prefix, language) in LANGUAGES {
        for base in [String::new(), format!("releases/{id}/")] {
            let mut link = format!("{prefix}{base}areas");
            for next in ["/wards", "/ward-9", ""] {
                let (status, _, html) = site.get(&link);
                assert!(status == 200 && html.contains(&format!("<html lang=\"{language}\"")), "{link}: {status}");
                assert!(!html.contains(" style=") && !html.contains("Ward <11>"), "{link}");
                link.push_str(next);
                assert!(html.contains(&format!("href=\"{link}\"")) || next.is_empty(), "no link to {link}");
            }
        }
    }
    for missing in ["/areas/nothing", "/areas/wards/nothing", "/es/areas/wards/..%2f..", "/areas/wards/ward-9/x"] {
        let (status, _, html) = site.get(missing);
        assert!(status == 404 && html.contains("<html"), "{missing}");
    }
}

/// The parts of a text between two others.
fn between<'a>(text: &'a str, before: &str, after: &'a str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next()).collect()
}

#[test]
fn every_column_of_numbers_leads_to_what_the_numbers_mean() {
    let site = Site::with_areas();
    let method = site.get("/method").2;
    let mut heads = 0;
    for path in ["/", "/map", "/areas", "/areas/wards", "/areas/wards/ward-9", "/compare", "/releases"] {
        let html = site.get(path).2;
        for head in between(&html, "<thead>", "</thead>") {
            for cell in between(head, "class=\"number\">", "</th>") {
                let anchor = cell.split("/method#").nth(1).and_then(|rest| rest.split('"').next());
                let anchor = anchor.unwrap_or_else(|| panic!("{path}: no link in {cell}"));
                assert!(method.contains(&format!("id=\"{anchor}\"")), "{path}: the method page has no {anchor}");
                heads += 1;
            }
        }
        for figure in between(&html, "<h1>", "</h1>").into_iter().filter(|title| title.contains("class=\"figure\"")) {
            assert!(figure.contains("/method#at-least"), "{path}: {figure}");
            heads += 1;
        }
    }
    assert!(heads > 20, "{heads}");
}

#[test]
fn the_table_of_areas_adds_up_and_tells_unknown_from_zero() {
    let site = Site::with_areas();
    let html = site.get("/areas/wards").2;
    let names: Vec<&str> = html.split("<tr><th scope=\"row\"><a href=").skip(1).collect();
    let order: Vec<&str> =
        names.iter().map(|row| row.split("</a>").next().unwrap().split('>').nth(1).unwrap()).collect();
    assert_eq!(order[..2], ["Ward 9", "Ward 10"], "sorted as people count");
    assert_eq!(order[3], "In none of these areas");
    let far = names.iter().find(|row| row.contains("11")).unwrap();
    assert!(far.contains("nobody looked") && !far.contains("0: none found"), "{far}");
    let total = html.split("<tr class=\"sum\">").nth(1).unwrap();
    let cameras = site.json(&format!("/data/{}/summary.json", site.release()))["cameras"].as_u64();
    let shown: String =
        total.split("<td class=\"number \">").nth(1).unwrap().chars().take_while(|c| *c != '<').collect();
    assert_eq!(shown.replace(',', "").parse().ok(), cameras);
    let page = site.get("/areas/wards/ward-9").2;
    assert!(page.contains("There is no estimate of those missed: No team has recorded"), "the reason in words");
    assert!(page.contains("/method#no_effort") && site.get("/method").2.contains("id=\"no_effort\""));
}

#[test]
fn an_area_with_more_cells_than_a_map_takes_has_no_picture_that_says_nobody_looked() {
    let site = Site::with_a_country();
    let (status, _, country) = site.get("/areas/places/country");
    assert!(status == 200 && country.contains("1,600"), "{country}");
    let (_, _, city) = site.get("/areas/places/city");
    for (page, pictures) in [(&country, 0), (&city, 1)] {
        assert_eq!(page.matches("<section class=\"atlas\"").count(), pictures);
        assert_eq!(page.matches("<svg").count(), pictures);
    }
}

#[test]
fn every_code_of_an_estimate_is_explained_in_every_language() {
    use camera_census::estimate::{Method, Reason, Warning};
    let site = Site::start();
    let codes = [
        Method::ALL.map(Method::code).to_vec(),
        Reason::ALL.map(Reason::code).to_vec(),
        Warning::ALL.map(Warning::code).to_vec(),
        vec!["no_effort", "no_complete_units"],
    ]
    .concat();
    for path in LANGUAGES.map(|(prefix, _)| format!("{prefix}method")) {
        let html = site.get(&path).2;
        for code in &codes {
            let words =
                html.split(&format!("<div id=\"{code}\">")).nth(1).map(|rest| rest.split("<dd>").nth(1).unwrap());
            assert!(words.is_some_and(|words| !words.starts_with("code-")), "{path}: {code}");
        }
    }
}

#[test]
fn a_release_without_areas_says_how_to_get_them() {
    let site = Site::start();
    let (status, _, html) = site.get("/areas");
    assert!(status == 200 && html.contains("camera-census areas import"), "{html}");
    assert_eq!(site.get("/areas/wards").0, 404);
}

#[test]
fn a_password_in_an_address_that_cannot_be_read_is_not_printed() {
    let output = Command::new(env!("CARGO_BIN_EXE_camera-census"))
        .args(["campaign", "list"])
        .env("CENSUS_DATABASE", "postgres://ana:canary4711@db.example:port/x")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(!output.status.success() && !String::from_utf8_lossy(&said).contains("canary4711"));
}

#[test]
fn a_base_map_that_is_none_is_refused_before_anything_is_read_built_or_said() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("none.pmtiles");
    std::fs::write(&archive, "no archive at all").unwrap();
    for arguments in [["serve", "--listen", "127.0.0.1:0"], ["map", "--port=0", "missing.geojson"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_camera-census"))
            .args(arguments)
            .arg("--basemap")
            .arg(&archive)
            .env("CENSUS_DATA_DIR", folder.path().join("data"))
            .env("CENSUS_DATABASE", format!("sqlite:{}", folder.path().join("census.db").display()))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && said.contains("base map"), "{arguments:?}: {said}");
        assert!(output.stdout.is_empty() && !folder.path().join("census.db").exists(), "{arguments:?}");
    }
}

#[test]
fn every_problem_has_a_page_that_its_type_leads_to() {
    let site = Site::start();
    let mut seen = 0;
    for path in
        ["/api/v1/nothing", "/api/v1/cells?res=99", "/api/v1/cells?res=5&colour=red", "/data/latest/nothing.csv"]
    {
        let (status, headers, text) = site.get(path);
        assert!((400..500).contains(&status), "{path}");
        assert_eq!(headers["content-type"], "application/problem+json", "{path}");
        let problem: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(problem["status"].as_u64().unwrap(), u64::from(status));
        let (status, _, html) = site.get(problem["type"].as_str().unwrap());
        assert!(status == 200 && html.contains("<h1>"), "{path}: {problem}");
        seen += 1;
    }
    assert_eq!(seen, 4);
    assert_eq!(site.get("/problems/none_of_ours").0, 404);
}

#[test]
fn unknown_parameters_are_refused_by_the_interface_without_being_repeated() {
    let site = Site::start();
    for path in
        ["/api/v1/releases", "/api/v1/releases/latest", "/tiles/density.json", "/api/openapi.json", "/api/v1/cells"]
    {
        let (status, _, text) = site.get(&format!("{path}?res=5&canary4711=canary4712"));
        assert_eq!(status, 400, "{path}: {text}");
        assert!(!text.contains("canary"), "{path}: {text}");
    }
}

#[test]
fn tables_tiles_and_downloads_of_one_release_agree() {
    let site = Site::start();
    let id = site.release();
    let summary = site.json(&format!("/data/{id}/summary.json"));
    let cameras = summary["cameras"].as_u64().unwrap();
    assert!(cameras > 1000);
    for resolution in 3..=10 {
        let cells = site.json(&format!("/api/v1/cells?res={resolution}&f=json"));
        let sum: u64 = cells["cells"].as_array().unwrap().iter().map(|cell| cell["cameras"].as_u64().unwrap()).sum();
        assert_eq!(sum, cameras, "resolution {resolution}");
        assert_eq!(cells["release"], id.as_str());
    }
    let everywhere = site.json("/api/v1/cells?res=7&bbox=-180,-90,180,90");
    let nowhere = site.json("/api/v1/cells?res=7&bbox=-10,-10,-9,-9");
    assert_eq!(everywhere["type"], "FeatureCollection");
    assert_eq!(nowhere["features"].as_array().unwrap().len(), 0);
    assert!(site.get("/").2.contains(&id), "the page names the release it shows");
}

#[test]
fn latest_leads_to_the_release_it_stands_for() {
    let site = Site::start();
    let id = site.release();
    let (status, headers, _) = site.get("/data/latest/cells-r7.csv");
    assert_eq!((status, headers["location"].to_str().unwrap()), (307, format!("/data/{id}/cells-r7.csv").as_str()));
    let (status, headers, _) = site.get(&format!("/data/{id}/cells-r7.csv"));
    assert_eq!(status, 200);
    assert!(
        headers["cache-control"].to_str().unwrap().contains("immutable")
            && headers["etag"].to_str().unwrap().len() > 60
    );
}

#[test]
fn the_page_of_downloads_names_every_file_with_its_hash_and_says_what_it_is_to_machines() {
    let site = Site::with_areas();
    let id = site.release();
    let manifest = site.json(&format!("/data/{id}/manifest.json"));
    let (_, headers, html) = site.get("/data");
    for entry in manifest["files"].as_array().unwrap() {
        let (path, sha256) = (entry["path"].as_str().unwrap(), entry["sha256"].as_str().unwrap());
        assert!(html.contains(&format!("href=\"/data/{id}/{path}\"")), "{path}");
        assert!(
            html.contains(&format!("{sha256}  {path}\n")) || html.contains(&format!("{sha256}  {path}</code>")),
            "{path}"
        );
    }
    let block = html.split("<script type=\"application/ld+json\">").nth(1).unwrap().split("</script>").next().unwrap();
    let dataset: Value = serde_json::from_str(block).unwrap();
    assert_eq!((&dataset["@type"], &dataset["version"]), (&"Dataset".into(), &id.as_str().into()));
    for download in dataset["distribution"].as_array().unwrap() {
        let path = download["contentUrl"].as_str().unwrap().strip_prefix(&site.base).unwrap();
        assert_eq!(site.get(path).0, 200, "{path}");
    }
    assert!(
        headers["content-security-policy"].to_str().unwrap().contains("script-src 'self'"),
        "a data block is no script"
    );
    assert!(html.contains(&format!("OAPIF:{}/ogc cells-r8", site.base)), "addresses are complete");
    assert!(html.contains("<code>") && !html.contains("</script><"), "nothing breaks out");
}

#[test]
fn the_catalogue_has_every_release_with_sizes_hashes_and_licences() {
    let site = Site::start();
    let id = site.release();
    let catalogue = site.json("/data.json");
    assert_eq!(catalogue["conformsTo"]["title"], "DCAT-US 3.0");
    assert!(catalogue.get("@context").is_none());
    let datasets = catalogue["dataset"].as_array().unwrap();
    assert_eq!(datasets.len(), 1);
    let manifest = site.json(&format!("/data/{id}/manifest.json"));
    let distributions = datasets[0]["distribution"].as_array().unwrap();
    assert_eq!(distributions.len(), manifest["files"].as_array().unwrap().len());
    for (distribution, entry) in distributions.iter().zip(manifest["files"].as_array().unwrap()) {
        assert_eq!(distribution["checksum"]["checksumValue"], entry["sha256"]);
        assert_eq!(distribution["byteSize"], entry["bytes"].to_string());
        assert!(distribution["license"].as_str().unwrap().starts_with("https://spdx.org/licenses/"));
        assert!(!distribution["mediaType"].as_str().unwrap().contains(';'));
    }
    let path = distributions[0]["downloadURL"].as_str().unwrap().strip_prefix(&site.base).unwrap();
    assert_eq!(site.get(path).0, 200);
    for member in ["identifier", "title", "description", "license", "temporal", "spatial", "publisher", "landingPage"] {
        assert!(!datasets[0][member].is_null(), "{member}");
    }
    assert_eq!(site.get("/data.json?canary=1").0, 400);
}

#[test]
fn tiles_are_described_for_map_libraries_and_for_gis_programs() {
    let site = Site::start();
    let id = site.release();
    let tilejson = site.json("/tiles/density.json");
    assert_eq!(tilejson["tilejson"], "3.0.0");
    let template = tilejson["tiles"][0].as_str().unwrap();
    assert!(template.starts_with(&site.base) && template.contains(&id), "{template}");
    let metadata = site.json(&format!("/tiles/{id}/density/metadata.json"));
    let layers: Value = serde_json::from_str(metadata["json"].as_str().unwrap()).unwrap();
    assert_eq!(layers["vector_layers"], tilejson["vector_layers"]);
    assert_eq!(layers["vector_layers"][0]["fields"]["n"], "Number");
    let (status, headers, _) = site.get(&format!("/tiles/{id}/density/0/0/0.mvt"));
    assert_eq!((status, &headers["content-type"]), (200, &"application/vnd.mapbox-vector-tile".parse().unwrap()));
    assert_eq!(site.get(&format!("/tiles/{id}/density/5/0/0.mvt")).0, 204, "nothing was counted there");
    for bad in ["15/0/0.mvt", "3/8/0.mvt", "3/0/0.png", "x/0/0.mvt"] {
        assert_eq!(site.get(&format!("/tiles/{id}/density/{bad}")).0, 404, "{bad}");
    }
}

#[test]
fn the_description_of_the_interface_names_every_address_of_it() {
    let site = Site::start();
    let description = site.json("/api/openapi.json");
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths: Vec<&str> = description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    for path in [
        "/api/v1/submissions",
        "/api/v1/submissions/receipt",
        "/api/v1/releases",
        "/api/v1/releases/{id}",
        "/api/v1/cells",
        "/data/{release}/{file}",
        "/tiles/density.json",
        "/tiles/{release}/{layer}/{z}/{x}/{y}",
    ] {
        assert!(paths.contains(&path), "{path} in {paths:?}");
    }
    // A map takes no reports, and says so instead of losing them.
    assert_eq!(site.get("/api/v1/submissions").0, 404);
}

#[test]
fn the_schema_of_a_submission_accepts_the_sample_and_refuses_what_the_door_refuses() {
    let site = Site::start();
    let schema = site.json("/schemas/sighting.json");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sample = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/samples/synthetic-city.geojson")).unwrap();
    assert!(validator.is_valid(&serde_json::from_slice(&sample).unwrap()));
    let feature = |coordinates: &str, properties: &str| -> Value {
        let text = format!(
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":{coordinates}}},"properties":{properties}}}"#
        );
        serde_json::from_str(&text).unwrap()
    };
    assert!(validator.is_valid(&feature("[13.4, 52.5]", r#"{"kind":"dome","facing":[90,"N"]}"#)));
    for (coordinates, properties) in [
        ("[190, 52.5]", r#"{"kind":"dome"}"#),
        ("[13.4]", r#"{"kind":"dome"}"#),
        ("[13.4, 52.5]", "{}"),
        ("[13.4, 52.5]", r#"{"kind":"dome","heads":100}"#),
    ] {
        assert!(!validator.is_valid(&feature(coordinates, properties)), "{coordinates} {properties}");
    }
}

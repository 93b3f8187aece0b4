//! P11: of home cameras nothing is public but rounded numbers of base cells and sums of those, and nothing else moves
//! when one is added. Everything the program serves of three successive releases is read, and compared without the homes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use fast_mvt::MvtReaderRef;
use h3o::{CellIndex, LatLng, Resolution};
use rstest::rstest;
use serde_json::{Value, json};

use crate::formats;
use crate::world::{Database, Server, World};

/// Home counts are multiples of this.
const STEP: u64 = 5;
/// Squares of the area set: west, south, east, north. `small` holds fewer than three centres of base cells.
const SQUARES: [(&str, [f64; 4]); 3] = [
    ("east", [13.44, 52.38, 13.50, 52.44]),
    ("small", [13.52, 52.40, 13.523, 52.403]),
    ("west", [13.38, 52.38, 13.44, 52.44]),
];

fn collection(features: impl IntoIterator<Item = Value>) -> String {
    json!({ "type": "FeatureCollection", "features": features.into_iter().collect::<Vec<_>>() }).to_string()
}

fn spot((lng, lat): (f64, f64), kind: &str) -> Value {
    json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [lng, lat] }, "properties": { "kind": kind } })
}

/// Where camera `number` of the two passes hangs; every third and fourth was overlooked by one pass, every twelfth by both.
fn place(number: u32) -> (f64, f64) {
    (13.40 + 0.001 * f64::from(number % 10), 52.40 + 0.001 * f64::from(number / 10))
}

fn street(number: u32, pass: &str) -> Value {
    let (lng, lat) = place(number);
    let seen = u32::from(!number.is_multiple_of(12));
    let state = if number % 10 == 9 { "not_walked" } else { "complete" };
    json!({
        "type": "Feature",
        "geometry": { "type": "LineString", "coordinates": [[lng - 0.0004, lat], [lng + 0.0004, lat]] },
        "properties": { "wave": "spring", "pass": pass, "state": state, "found": if state == "complete" { seen } else { 0 } },
    })
}

/// A town with areas, effort of two passes, and a list; and no home camera in its field data.
struct Town<'a> {
    world: &'a World,
}

impl<'a> Town<'a> {
    fn new(world: &'a World) -> Self {
        let town = Self { world };
        let squares = SQUARES.map(|(name, [w, s, e, n])| {
            json!({
                "type": "Feature",
                "geometry": { "type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]] },
                "properties": { "name": name },
            })
        });
        let squares = world.input("wards.geojson", collection(squares));
        town.run(&["areas", "import", squares.to_str().unwrap(), "--set", "wards"]);
        town.pass("A", 0, &[]);
        town.pass("B", 0, &[]);
        let effort = (0..40).flat_map(|number| ["A", "B"].map(|pass| street(number, pass)));
        let effort = world.input("effort.geojson", collection(effort));
        town.run(&["effort", "import", effort.to_str().unwrap(), "--frame"]);
        let passers = (0..30).map(|n| spot((13.45 + 0.001 * f64::from(n), 52.40), "fixed"));
        let passers = world.input("passers.geojson", collection(passers.chain([spot((13.521, 52.402), "fixed")])));
        town.run(&["import", passers.to_str().unwrap(), "--source", "passers-by"]);
        town.list(0);
        town
    }

    /// What a pass saw, and so many homes at each of some places.
    fn pass(&self, pass: &str, homes: u32, doors: &[(f64, f64)]) {
        let every = if pass == "A" { 4 } else { 3 };
        let seen = (0..40).filter(|number| number % every != 0).map(|number| spot(place(number), "dome"));
        let doors = doors.iter().flat_map(|at| (0..homes).map(move |_| spot(*at, "doorbell")));
        let name = format!("{pass}.geojson");
        let file = self.world.input(&name, collection(seen.chain(doors)));
        let source = format!("team-{}", pass.to_lowercase());
        self.run(&["import", file.to_str().unwrap(), "--source", &source, "--wave", "spring", "--pass", pass]);
    }

    fn list(&self, homes: u32) {
        let seen = (0..20).map(|n| spot((13.401 + 0.001 * f64::from(n), 52.402), "fixed"));
        let doors = (0..homes).map(|_| spot((13.405, 52.402), "doorbell"));
        let file = self.world.input("city.geojson", collection(seen.chain(doors)));
        self.run(&["import", file.to_str().unwrap(), "--source", "city", "--licence", "CC0-1.0", "--list"]);
    }

    #[track_caller]
    fn run(&self, arguments: &[&str]) {
        let ran = self.world.run(arguments);
        assert_eq!(ran.code, Some(0), "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    }

    /// Builds a release onto the shelf of a data directory; its id.
    fn release(&self, data: Option<&Path>) -> String {
        let mut arguments: Vec<&OsStr> = ["release", "build", "--as-of", "2026-W40"].map(OsStr::new).to_vec();
        arguments.extend(data.iter().flat_map(|data| [OsStr::new("--data"), data.as_os_str()]));
        let ran = self.world.run(&arguments);
        assert_eq!(ran.code, Some(0), "{}{}", ran.stdout, ran.stderr);
        let data = data.map_or_else(|| self.world.everything().join("data"), Path::to_owned);
        fs::read_to_string(data.join("releases/latest")).unwrap().trim().to_owned()
    }
}

#[rstest]
#[case::sqlite(Database::Sqlite)]
#[case::postgres(Database::Postgres)]
fn nothing_public_moves_when_home_cameras_are_added_but_rounded_sums(#[case] database: Database) {
    let Some(world) = World::new(database) else { return };
    let town = Town::new(&world);
    let mut releases = vec![town.release(None)];
    // On streets where nothing was found, beside cameras, in the small area, and where nobody saw anything else.
    let doors = [place(0), place(12), place(24), (13.455, 52.40), (13.521, 52.401), (13.47, 52.401), (13.46, 52.405)];
    for homes in [4, 9] {
        // Another pass at the same doors is no further camera, and a list is a body of its own.
        town.pass("A", homes, &doors);
        town.pass("B", homes - 1, &doors);
        town.list(homes);
        releases.push(town.release(None));
    }
    assert_eq!(releases.iter().collect::<BTreeSet<_>>().len(), 3, "the homes show at all: {releases:?}");
    let server = world.serve();
    let ids = releases.clone();
    let views: Vec<Crawl> = releases.iter().map(|id| Crawl::of(&server, id, &ids)).collect();
    let first = &views[0];
    assert!(first.public.len() > 150, "{} addresses", first.public.len());
    for (later, id) in views[1..].iter().zip(&releases[1..]) {
        let (before, after): (BTreeSet<_>, BTreeSet<_>) =
            (first.public.keys().collect(), later.public.keys().collect());
        assert_eq!(before, after, "the addresses of {id}");
        // What changed is told against the release before, which the first has not: it must be nothing.
        let (changes, rest): (Vec<_>, Vec<_>) = first.public.iter().partition(|(path, _)| path.contains("/changes."));
        let tables: Vec<_> = changes.iter().filter(|(path, _)| path.ends_with("/changes.csv")).collect();
        assert_eq!(tables.len(), 2);
        for (path, _) in tables {
            nothing_changed(&server, &path.replace("RELEASE", id));
        }
        for (path, said) in rest {
            // Two kinds of pages tell in words what changed, and of the first that nothing was before it.
            let tells_changes = path.ends_with("/releases/RELEASE/") || path.ends_with("/briefing");
            let said = if tells_changes { &views[1].public[path] } else { said };
            let now = &later.public[path];
            let differs = said.lines().zip(now.lines()).find(|(one, other)| one != other);
            assert!(said == now, "{path} moved in {id}: {differs:?}, {} and {} bytes", said.len(), now.len());
        }
    }
    let effort = &first.public["/data/RELEASE/effort.csv"];
    assert!(effort.contains(r#"("none_found", "yes")"#), "homes hang on streets where nothing else was found");
    for (view, id) in views.iter().zip(&releases) {
        homes_are_sums(&server, id);
        for (path, value) in &view.homes {
            assert_eq!(value % STEP, 0, "{path} of {id}");
        }
    }
    assert!(views[2].homes.iter().any(|(_, about)| *about > 0));
}

/// The table of changes has the line of the census alone, and that says that nothing did.
fn nothing_changed(server: &Server, path: &str) {
    let bytes = server.get(path).body;
    let mut reader = csv::Reader::from_reader(&bytes[..]);
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let [census] = &rows[..] else { panic!("{path}: {rows:?}") };
    let (known, changed): (Vec<_>, Vec<_>) = census
        .iter()
        .filter(|(column, _)| !["scope", "set", "slug", "name", "cell"].contains(&column.as_str()))
        .partition(|(column, _)| ["before", "after"].contains(&column.as_str()));
    assert!(changed.iter().all(|(_, number)| *number == "0"), "{path}: {census:?}");
    assert!(known[0].1 == known[1].1 && known[0].1 != "0", "{path}: {census:?}");
}

/// Every home number of a release is a sum of those of base cells, or withheld.
fn homes_are_sums(server: &Server, id: &str) {
    for (prefix, source) in [("", ""), ("sources/city/", "&source=city")] {
        let column = |name: &str| -> BTreeMap<String, Option<u64>> {
            let bytes = server.get(&format!("/data/{id}/{prefix}{name}")).body;
            let mut reader = csv::Reader::from_reader(&bytes[..]);
            let at = reader.headers().unwrap().iter().position(|column| column == "home_rounded");
            let rows = reader.records().map(Result::unwrap);
            rows.map(|row| (row[0].to_owned(), at.and_then(|at| row[at].parse().ok()))).collect()
        };
        let base: BTreeMap<CellIndex, u64> = column("cells-r8.csv")
            .into_iter()
            .filter_map(|(cell, about)| Some((cell.parse().unwrap(), about?)))
            .collect();
        for resolution in 3..=10_u8 {
            let resolution = Resolution::try_from(resolution).unwrap();
            for (cell, about) in column(&format!("cells-r{resolution}.csv")) {
                let cell: CellIndex = cell.parse().unwrap();
                let below = base.iter().filter(|(child, _)| child.parent(resolution) == Some(cell));
                let sum = (resolution <= Resolution::Eight).then(|| below.map(|(_, about)| about).sum::<u64>());
                assert_eq!(about.unwrap_or_default(), sum.unwrap_or_default(), "{prefix} {cell}");
                assert!(resolution <= Resolution::Eight || about.is_none(), "{prefix} {cell} is too fine");
            }
        }
        let inside = |[west, south, east, north]: [f64; 4], cell: &CellIndex| {
            let centre = LatLng::from(*cell);
            (west..east).contains(&centre.lng()) && (south..north).contains(&centre.lat())
        };
        let mut rest: u64 = base.values().sum();
        assert_eq!(server.get(&format!("/data/{id}/{prefix}summary.json")).json()["home_rounded"], rest);
        let areas = column("areas-wards.csv");
        for (slug, square) in SQUARES {
            let sum: u64 = base.iter().filter(|(cell, _)| inside(square, cell)).map(|(_, about)| about).sum();
            rest -= sum;
            let told = server.get(&format!("/api/v1/areas/wards/{slug}?release={id}{source}")).json();
            let expected = (slug != "small").then_some(sum);
            assert_eq!(areas[slug], expected, "{prefix} {slug}");
            assert_eq!(told["area"]["home_rounded"].as_u64(), expected, "{prefix} {slug}");
            assert_eq!(told["area"]["home_withheld"], slug == "small");
        }
        assert_eq!(areas["unassigned"], Some(rest), "{prefix}");
    }
}

/// Everything served of one release.
struct Crawl {
    /// What each address says without homes, hashes and the ids of releases.
    public: BTreeMap<String, String>,
    /// Every number of home cameras, with its address.
    homes: Vec<(String, u64)>,
}

impl Crawl {
    fn of(server: &Server, id: &str, ids: &[String]) -> Self {
        let mut crawl = Self { public: BTreeMap::new(), homes: Vec::new() };
        let manifest = server.get(&format!("/api/v1/releases/{id}")).json();
        let mut paths: Vec<String> = vec![format!("/data/{id}/manifest.json"), format!("/api/v1/areas?release={id}")];
        let files = manifest["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap());
        paths.extend(files.map(|file| format!("/data/{id}/{file}")));
        for source in ["", "&source=city"] {
            for res in 3..=10 {
                for filter in ["f=json", "f=geojson", "f=json&bbox=13.4,52.39,13.41,52.41"] {
                    paths.push(format!("/api/v1/cells?res={res}&{filter}&release={id}{source}"));
                }
            }
            for area in ["", "/east", "/west", "/small", "/unassigned"] {
                paths.push(format!("/api/v1/areas/wards{area}?release={id}{source}"));
            }
        }
        for layer in ["density", "areas", "city"] {
            paths.push(format!("/tiles/{id}/{layer}/metadata.json"));
            paths.extend((0..=14).flat_map(tiles).map(|tile| format!("/tiles/{id}/{layer}/{tile}.mvt")));
        }
        for path in paths {
            crawl.take(server, &path, id, ids);
        }
        // Pages lead to each other.
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut open: VecDeque<String> =
            ["", "es/", "fr/", "de/", "zh-Hans/", "ar/"].iter().map(|at| format!("/{at}releases/{id}/")).collect();
        while let Some(path) = open.pop_front() {
            if !known.insert(path.clone()) {
                continue;
            }
            let html = crawl.take(server, &path, id, ids);
            for link in html.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
                let is_page = !["data/", "assets/", "api/", "tiles/", "schemas/"].iter().any(|at| link.starts_with(at));
                // The pages of the other releases are crawled with those.
                if is_page && link.contains(id) {
                    open.push_back(format!("/{}", link.split(['#', '?']).next().unwrap_or_default()));
                }
            }
        }
        crawl
    }

    /// Reads an address, keeps what it says of anything but homes, and returns the text.
    fn take(&mut self, server: &Server, path: &str, id: &str, ids: &[String]) -> String {
        let answer = server.get(path);
        assert!([200, 204].contains(&answer.status), "{path}: {}", answer.status);
        let kind = answer.header("content-type").unwrap_or_default();
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        let said = if kind.contains("mapbox-vector-tile") {
            self.tile(path, &answer.body)
        } else if path.ends_with("manifest.json") {
            let files = answer.json()["files"].as_array().unwrap().clone();
            files.iter().map(|file| file["path"].to_string()).collect::<Vec<_>>().join("\n")
        } else if kind.contains("pdf") {
            "laid out from the document of the page beside it, which is read here".to_owned()
        } else if path.ends_with(".pmtiles") {
            "its tiles are read one by one".to_owned()
        } else if [".geojsons", ".fgb", ".parquet", ".xlsx"].iter().any(|ending| path.ends_with(ending)) {
            let rows = formats::read(path, answer.body.clone());
            let mut document = rows.into_iter().map(|row| json!({ "properties": row.values })).collect();
            self.json(path, &mut document);
            document.to_string()
        } else if kind.contains("json") {
            let mut document = answer.json();
            let resources = document.get_mut("resources").and_then(Value::as_array_mut).into_iter().flatten();
            for resource in resources.filter_map(Value::as_object_mut) {
                // Size and hash of a file that may hold home counts.
                resource.retain(|member, _| member != "bytes" && member != "hash");
            }
            self.json(path, &mut document);
            document.to_string()
        } else if kind.starts_with("text/csv") {
            self.csv(path, &answer.body)
        } else {
            text.lines().map(|line| without_homes(&without_sizes(line))).collect::<Vec<_>>().join("\n")
        };
        let same = |text: &str| ids.iter().fold(text.to_owned(), |text, id| text.replace(id.as_str(), "RELEASE"));
        self.public.insert(same(&path.replace(id, "RELEASE")), same(&said));
        text
    }

    fn csv(&mut self, path: &str, bytes: &[u8]) -> String {
        let mut reader = csv::Reader::from_reader(bytes);
        let columns = reader.headers().unwrap().clone();
        let mut said = String::new();
        for row in reader.records().map(Result::unwrap) {
            let named: BTreeMap<&str, &str> = columns.iter().zip(&row).collect();
            if let Some(about) = named.get("home_rounded").filter(|about| !about.is_empty()) {
                self.homes.push((path.to_owned(), about.parse().unwrap()));
            }
            // A cell in which nothing but homes was seen has a line, and nothing in it.
            let is_seen = named.get("cameras").is_none_or(|n| !n.is_empty());
            if is_seen || named.get("surveyed_share").is_some_and(|share| !share.is_empty()) {
                let others: Vec<_> = columns.iter().zip(&row).filter(|(column, _)| *column != "home_rounded").collect();
                writeln!(said, "{others:?}").unwrap();
            }
        }
        said
    }

    fn json(&mut self, path: &str, value: &mut Value) {
        match value {
            Value::Object(members) => {
                for home in ["home_rounded", "home"] {
                    if let Some(about) = members.remove(home).and_then(|about| about.as_u64()) {
                        self.homes.push((path.to_owned(), about));
                    }
                }
                for member in members.values_mut() {
                    self.json(path, member);
                }
            }
            Value::Array(values) => {
                for value in values.iter_mut() {
                    self.json(path, value);
                }
                values.retain(|value| {
                    let columns = value.get("properties").unwrap_or(value);
                    let is_nothing = |name: &str| columns.get(name).is_some_and(Value::is_null);
                    !(is_nothing("cameras") && is_nothing("surveyed_share"))
                });
            }
            _ => {}
        }
    }

    fn tile(&mut self, path: &str, bytes: &[u8]) -> String {
        let mut said = BTreeSet::new();
        for layer in MvtReaderRef::new(bytes).unwrap().layers() {
            for feature in layer.features() {
                let properties: BTreeMap<String, String> =
                    feature.properties().map(Result::unwrap).map(|(k, v)| (k.to_owned(), format!("{v:?}"))).collect();
                if let Some(home) = properties.get("home") {
                    let digits: String = home.chars().filter(char::is_ascii_digit).collect();
                    self.homes.push((path.to_owned(), digits.parse().unwrap()));
                    let cell: String = properties["cell"].chars().filter(char::is_ascii_hexdigit).collect();
                    assert!(
                        !cell.is_empty() && !properties["cell"].contains("\"89"),
                        "{path}: finer than resolution 8"
                    );
                }
                let others: BTreeMap<_, _> = properties.iter().filter(|(key, _)| *key != "home").collect();
                if ["n", "surveyed", "slug"].iter().any(|key| properties.contains_key(*key)) {
                    said.insert(format!("{others:?}\n"));
                }
            }
        }
        said.into_iter().collect()
    }
}

/// The tiles of a zoom level over the town.
fn tiles(z: u8) -> Vec<String> {
    let n = f64::from(1_u32 << z);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tile numbers of a small box")]
    let column = |lng: f64| ((lng / 360.0 + 0.5) * n) as u32;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tile numbers of a small box")]
    let row = |lat: f64| ((0.5 - lat.to_radians().tan().asinh() / std::f64::consts::TAU) * n) as u32;
    let rows = row(52.42)..=row(52.39);
    (column(13.39)..=column(13.53)).flat_map(|x| rows.clone().map(move |y| format!("{z}/{x}/{y}"))).collect()
}

/// The sentences of a line of a page that do not speak of homes, nor of the hash of a file.
fn without_homes(line: &str) -> String {
    let words = [
        "home",
        "doméstic",
        "hogar",
        "domicil",
        "vivienda",
        "logement",
        "particul",
        "haus",
        "منزل",
        "أسر",
        "住户",
        "家庭",
    ];
    let is_hash = |word: &str| word.len() == 64;
    let keeps = |sentence: &&str| {
        let sentence = sentence.to_lowercase();
        let hash = sentence.split(|c: char| !c.is_ascii_hexdigit()).any(is_hash);
        !hash && !words.iter().any(|word| sentence.contains(word))
    };
    // A number of home cameras in a table is marked as such.
    let mut fields = line.split("<td class=\"number home-about\">");
    let public = fields.next().unwrap_or_default().to_owned();
    let line = fields.fold(public, |line, rest| line + rest.split_once("</td>").map_or("", |(_, after)| after));
    // Chinese ends a sentence without a space.
    line.replace('\u{3002}', ". ").split(". ").filter(keeps).collect::<Vec<_>>().join(". ")
}

/// A line of a page without the size of a file, which the digits of a rounded number change.
fn without_sizes(line: &str) -> String {
    if line.contains("href=\"/data/")
        && let Some((before, rest)) = line.split_once(" <span>")
    {
        return format!("{before}{}", rest.split_once("</span>").map_or("", |(_, after)| after));
    }
    let Some((before, rest)) = line.split_once("data-archive-bytes=\"") else { return line.to_owned() };
    format!("{before}{}", rest.split_once('"').map_or("", |(_, after)| after))
}

#[test]
fn two_true_histories_with_equal_rounded_counts_give_the_same_public_bytes() {
    let world = World::new(Database::Sqlite).unwrap();
    let town = Town::new(&world);
    let (each, first) = (world.everything().join("each"), world.everything().join("first"));
    let mut ids: Vec<String> = Vec::new();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    // One shelf gets a release for every true count, the other only for the first with its rounded values.
    for homes in 0..=14 {
        if homes > 0 {
            town.pass("A", homes, &[place(0)]);
        }
        let id = town.release(Some(&each));
        *counts.entry(id.clone()).or_default() += 1;
        if ids.last() != Some(&id) {
            assert_eq!(town.release(Some(&first)), id);
            ids.push(id);
        }
    }
    assert!(ids.len() >= 3, "{ids:?}");
    // The first and the last release may be cut off by where the counting begins and ends.
    let whole = &ids[1..ids.len() - 1];
    assert!(whole.iter().all(|id| u64::from(counts[id]) == STEP), "each stands for five true counts: {counts:?}");
    let read = |root: &Path| -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut open = vec![root.to_owned()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().is_dir() {
                    open.push(entry.path());
                } else {
                    let name = entry.path().strip_prefix(root).unwrap().display().to_string();
                    files.insert(name, fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    };
    let (each, first) = (read(&each), read(&first));
    assert_eq!(each.keys().collect::<Vec<_>>(), first.keys().collect::<Vec<_>>());
    for (name, bytes) in &each {
        assert!(first[name] == *bytes, "{name} tells the two histories apart");
    }
}

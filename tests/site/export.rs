//! The public site as plain files: whole, the same as the served one, and at home under any path.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use pmtiles::{PmTilesWriter, TileCoord, TileType};
use serde_json::Value;

use super::LANGUAGES;

const PROGRAM: &str = env!("CARGO_BIN_EXE_camera-census");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// A census with two releases: the first of cameras and a list, the second with areas, effort and homes as well.
pub(super) struct Census {
    folder: tempfile::TempDir,
    pub(super) releases: [String; 2],
}

impl Census {
    pub(super) fn new() -> Self {
        let mut census = Self { folder: tempfile::tempdir().unwrap(), releases: Default::default() };
        let list = "import samples/synthetic-register.csv --mapping samples/synthetic-register.toml --source Register --licence CC0-1.0 --list";
        census.run(list);
        census.run("import samples/synthetic-city.geojson tests/browser/doors.geojson --source walk");
        census.releases[0] = census.release("2026-W46");
        census.run("areas import samples/synthetic-districts.geojson --set districts --name-field name --population-field residents --population-source Invented --population-year 2026");
        census.run("effort import samples/synthetic-streets.geojson");
        census.releases[1] = census.release("2026-W47");
        census
    }

    fn try_run(&self, arguments: &str) -> Output {
        let mut command = Command::new(PROGRAM);
        command.args(arguments.split_whitespace()).current_dir(ROOT).env("CENSUS_DATA_DIR", self.data());
        command.env("CENSUS_DATABASE", format!("sqlite:{}", self.folder.path().join("census.db").display()));
        command.output().unwrap()
    }

    fn run(&self, arguments: &str) -> String {
        let output = self.try_run(arguments);
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn release(&self, week: &str) -> String {
        let facts: Value = serde_json::from_str(&self.run(&format!("release build --as-of {week} --json"))).unwrap();
        facts["release"].as_str().unwrap().to_owned()
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn target(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exports into the directory of this name.
    pub(super) fn export(&self, name: &str, options: &str) -> (PathBuf, Value) {
        let target = self.target(name);
        let printed = self.run(&format!("release export --static {} {options} --json", target.display()));
        (target, serde_json::from_str(&printed).unwrap())
    }
}

/// Every file below a directory, by its path with `/`.
pub(super) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

pub(super) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// An address on a page.
struct Address {
    value: String,
    /// A link that leads away on purpose, such as to the source of a published figure.
    is_external: bool,
    /// The script asks for it only where the manifest beside it lists it.
    is_if_listed: bool,
}

/// Attributes that hold an address: of links, scripts and pictures, and of what the map reads.
const ATTRIBUTES: [&str; 10] = [
    "href",
    "src",
    "srcset",
    "action",
    "poster",
    "data-archive",
    "data-areas-archive",
    "data-basemap-archive",
    "data-land",
    "data-manifest",
];

/// Every address on a page.
fn addresses(html: &str) -> Vec<Address> {
    let mut found = Vec::new();
    for tag in html.split('<').filter_map(|rest| rest.split('>').next()) {
        let value = |name: &str| {
            let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
            Some(value.replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&"))
        };
        let is_external = tag.contains("rel=\"noreferrer noopener external\"");
        for name in ATTRIBUTES {
            let is_if_listed = name == "data-areas-archive";
            found.extend(value(name).map(|value| Address { value, is_external, is_if_listed }));
        }
        let plain = |value: String| Address { value, is_external: false, is_if_listed: false };
        if tag.starts_with("meta property=\"og:image\"") {
            found.extend(value("content").map(plain));
        }
        // What the search reads, and where it leads.
        let sets: Value = value("data-sets").map_or(Value::Null, |sets| serde_json::from_str(&sets).unwrap());
        for set in sets.as_array().into_iter().flatten() {
            let page = set["page"].as_str().unwrap().replace("{slug}", "altstadt");
            found.extend([set["table"].as_str().unwrap().to_owned(), page].map(plain));
        }
    }
    assert!(found.len() > 3 || html.contains("<title>404"), "addresses were found");
    found
}

/// Where a relative address leads from a file.
fn resolve(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{from} leaves the site by {address}"),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A text without its parts from one sign to the next other one.
fn without(html: &str, from: &str, to: &str) -> String {
    let mut parts = html.split(from);
    let mut left = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        left.push_str(part.split_once(to).map_or("", |(_, rest)| rest));
    }
    left
}

/// Checks every address of every page; absolute ones may only begin with `base`.
fn check_addresses(files: &BTreeMap<String, Vec<u8>>, base: Option<&str>) {
    let is_page = |name: &&String| Path::new(name).extension().is_some_and(|extension| extension == "html");
    let pages: Vec<&String> = files.keys().filter(is_page).collect();
    assert!(pages.len() > 80, "{} pages", pages.len());
    for page in pages {
        let html = text(&files[page]);
        assert!(html.contains("http-equiv=\"Content-Security-Policy\""), "{page} carries its content policy");
        // Lines to copy and data for machines hold addresses that nobody's browser follows.
        let shown = without(
            &without(html, "<pre class=\"lines\"", "</pre>"),
            "<script type=\"application/ld+json\"",
            "</script>",
        );
        for host in shown.split("//").skip(1).map(|rest| rest.split(['/', '"']).next().unwrap()) {
            let is_base = base.is_some_and(|base| base.contains(host));
            let is_known = is_base || host == "www.w3.org" || page.contains("compare/") || page.contains("/briefing/");
            assert!(is_known, "{page} names the host {host}");
        }
        for Address { value, is_external, is_if_listed } in addresses(html) {
            if is_external {
                continue;
            }
            let target = match base.and_then(|base| value.strip_prefix(base)) {
                Some(rest) => rest.to_owned(),
                None if value.starts_with('#') => format!("{page}{value}"),
                None => {
                    assert!(!value.starts_with('/') && !value.contains("//"), "{page} has the address {value}");
                    assert!(!value.contains('?') && !value.is_empty(), "{page} has the address {value}");
                    let (path, fragment) = value.split_once('#').unwrap_or((&value, ""));
                    let hash = if fragment.is_empty() { "" } else { "#" };
                    format!("{}{hash}{fragment}", resolve(page, path))
                }
            };
            let (file, id) = target.split_once('#').unwrap_or((&target, ""));
            if is_if_listed && !is_listed(files, file) {
                continue;
            }
            assert!(files.contains_key(file), "{page}: {value} leads to nothing");
            assert!(
                id.is_empty() || text(&files[file]).contains(&format!(" id=\"{id}\"")),
                "{page}: {value} has no such place"
            );
        }
    }
}

/// Whether the manifest of a release lists a file of it.
fn is_listed(files: &BTreeMap<String, Vec<u8>>, file: &str) -> bool {
    let (folder, name) = file.rsplit_once('/').unwrap();
    let manifest: Value = serde_json::from_slice(&files[&format!("{folder}/manifest.json")]).unwrap();
    manifest["files"].as_array().unwrap().iter().any(|entry| entry["path"] == name)
}

/// The words of a page, line by line, without its tags.
fn words(html: &str) -> Vec<String> {
    // Lines to copy tell the address of the site, which an export may not know; and some links lead to what only a server has.
    let html = without(&without(html, "<pre class=\"lines\"", "</pre>"), "<ul class=\"served\"", "</ul>");
    let body = html.split("<body>").nth(1).unwrap();
    let mut plain = String::new();
    for (at, part) in body.split('<').enumerate() {
        plain.push_str(if at == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) });
    }
    plain.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[test]
fn every_address_of_an_export_leads_to_a_file_in_it() {
    let census = Census::new();
    let (target, report) = census.export("site", "");
    let files = files(&target);
    check_addresses(&files, None);
    for release in &census.releases {
        let manifest = text(&files[&format!("data/{release}/manifest.json")]);
        let manifest: Value = serde_json::from_str(manifest).unwrap();
        for entry in manifest["files"].as_array().unwrap() {
            let path = format!("data/{release}/{}", entry["path"].as_str().unwrap());
            assert_eq!(files[&path].len() as u64, entry["bytes"].as_u64().unwrap(), "{path}");
        }
        let verified = census.try_run(&format!("release verify {}", target.join("data").join(release).display()));
        assert!(verified.status.success(), "a release in an export can be verified like any other");
    }
    let latest: Value = serde_json::from_str(text(&files["data/latest.json"])).unwrap();
    assert_eq!(latest["release"].as_str(), Some(census.releases[1].as_str()));
    assert!(files.contains_key(&resolve("data/latest.json", latest["manifest"].as_str().unwrap())));
    let bytes: usize = files.values().map(Vec::len).sum();
    assert_eq!((report["files"].as_u64(), report["bytes"].as_u64()), (Some(files.len() as u64), Some(bytes as u64)));
    assert_eq!(report["skipped"].as_array().map(Vec::len), Some(0));
    let parts: u64 = report["parts"].as_object().unwrap().values().map(|part| part["files"].as_u64().unwrap()).sum();
    assert_eq!(parts + 2, files.len() as u64, "the parts, the marker and the sums");
}

#[test]
fn an_export_that_knows_its_address_says_where_each_page_belongs() {
    let census = Census::new();
    let base = "https://census.example/some/sub/path/";
    let (target, _) = census.export("site", "--release latest --base-url https://census.example/some/sub/path");
    let files = files(&target);
    check_addresses(&files, Some(base));
    let page = text(&files["fr/areas/districts/altstadt/index.html"]);
    let own = format!("{base}fr/areas/districts/altstadt/index.html");
    assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{own}\">")), "{page}");
    assert!(page.contains(&format!("hreflang=\"es\" href=\"{base}es/areas/districts/altstadt/index.html\"")));
    assert!(text(&files["404.html"]).contains(&format!("<a href=\"{base}index.html\">")));
    let (plain, _) = census.export("plain", "--release latest");
    let lost = fs::read_to_string(plain.join("404.html")).unwrap();
    assert!(!lost.contains("href="), "a page shown at any address has no relative links");
    assert!(
        !plain.join("data").join(&census.releases[0]).exists()
            && !plain.join("releases").join(&census.releases[0]).exists()
    );
    for bad in ["/city/", "ftp://census.example/", "https://census.example/?a=b"] {
        assert_eq!(
            census.try_run(&format!("release export --static x --base-url {bad}")).status.code(),
            Some(2),
            "{bad}"
        );
    }
}

/// A served page without the links to the report form, which plain files cannot take reports for.
fn without_report_links(page: &str) -> String {
    let mut page = page.to_owned();
    let mut found = 0;
    while let Some(at) = page.find("submit\"") {
        let (from, to) = (page[..at].rfind("<li>").unwrap(), at + page[at..].find("</li>").unwrap());
        page.replace_range(from..to, "");
        found += 1;
    }
    assert!(found > 0, "no link to the report form");
    page
}

#[test]
fn an_export_says_what_the_server_says_and_no_served_page_changes_for_it() {
    let census = Census::new();
    let (target, _) = census.export("site", "");
    let mut server = Command::new(PROGRAM)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("CENSUS_DATA_DIR", census.data())
        .env("CENSUS_DATABASE", format!("sqlite:{}", census.folder.path().join("census.db").display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stdout.take().unwrap()).lines();
    let base = lines.find_map(|line| line.unwrap().strip_prefix("listening on ").map(str::to_owned)).unwrap();
    let [old, new] = &census.releases;
    let mut compared = 0;
    for path in [
        "",
        "map",
        "areas",
        "areas/districts",
        "areas/districts/altstadt",
        "areas/districts/unassigned",
        "compare",
        "data",
        "method",
        "releases",
        "sources/register/",
        &format!("releases/{old}/"),
        &format!("releases/{new}/"),
        &format!("releases/{new}/areas/districts"),
        &format!("releases/{old}/data"),
        &format!("releases/{old}/sources/register/"),
    ] {
        for (language, _) in LANGUAGES {
            let language = language.trim_start_matches('/');
            let served =
                ureq::get(format!("{base}{language}{path}")).call().unwrap().body_mut().read_to_string().unwrap();
            assert!(!served.contains("http-equiv") && !served.contains("rel=\"canonical\""), "{path}");
            for Address { value, is_external, .. } in addresses(&served) {
                assert!(is_external || value.starts_with(['/', '#']), "served {path} has the address {value}");
            }
            let file = target.join(language).join(path).join("index.html");
            let exported = words(&fs::read_to_string(&file).unwrap());
            let mut rest = exported.iter();
            for line in words(&without_report_links(&served)) {
                assert!(rest.any(|other| *other == line), "{}: without “{line}”", file.display());
            }
            compared += 1;
        }
    }
    server.kill().unwrap();
    server.wait().unwrap();
    assert_eq!(compared, 96);
}

#[test]
fn the_map_of_an_export_reads_files_by_relative_addresses_and_no_tiles_of_a_server() {
    let census = Census::new();
    let (target, _) = census.export("site", "");
    let release = &census.releases[1];
    let map = fs::read_to_string(target.join("es/sources/register/index.html")).unwrap();
    assert!(
        map.contains(&format!(" data-archive=\"../../../data/{release}/sources/register/density.pmtiles\"")),
        "{map}"
    );
    for name in ["es/sources/register/index.html", "map/index.html"] {
        let map = fs::read_to_string(target.join(name)).unwrap();
        assert!(!map.contains("tiles/") && !map.contains("data-tiles") && !map.contains("metadata.json"), "{name}");
    }
    let map = fs::read_to_string(target.join("map/index.html")).unwrap();
    assert!(map.contains(&format!(" data-areas-archive=\"../data/{release}/areas.pmtiles\"")));
}

/// Writes a base map of one tile.
fn basemap(path: &Path, attribution: &str) {
    let layers = ["earth", "water", "roads"].map(|id| serde_json::json!({ "id": id, "fields": {} }));
    let metadata = serde_json::json!({ "vector_layers": layers, "attribution": attribution });
    let mut writer = PmTilesWriter::new(TileType::Mvt)
        .max_zoom(2)
        .metadata(metadata.to_string())
        .create(fs::File::create(path).unwrap())
        .unwrap();
    writer.add_tile(TileCoord::new(0, 0, 0).unwrap(), b"a tile").unwrap();
    writer.finalize().unwrap();
}

#[test]
fn the_base_map_of_an_export_is_a_file_in_it_that_is_copied_once() {
    let census = Census::new();
    let archive = census.target("city.pmtiles");
    basemap(&archive, "&copy; M&amp;S &lt;b&gt;maps&lt;/b&gt;");
    let options = format!("--release latest --basemap {}", archive.display());
    let (target, report) = census.export("site", &options);
    let files = files(&target);
    check_addresses(&files, None);
    let copies: Vec<&String> = files.keys().filter(|name| name.starts_with("basemap/")).collect();
    assert!(copies.len() == 1 && files[copies[0]] == fs::read(&archive).unwrap(), "{copies:?}");
    let map = text(&files["map/index.html"]);
    assert!(map.contains(&format!(" data-basemap-archive=\"../{}\"", copies[0])), "{map}");
    assert!(map.contains("© M&#38;S &#60;b&#62;maps&#60;/b&#62;"), "{map}");
    let before = modified(&target);
    let (_, again) = census.export("site", &options);
    assert_eq!(again["unchanged"], report["files"]);
    assert_eq!(modified(&target), before, "no file was touched");
}

#[test]
fn exporting_twice_gives_the_same_bytes_and_writes_nothing_again() {
    let census = Census::new();
    let (first, report) = census.export("first", "");
    let (second, _) = census.export("second", "");
    assert!(files(&first) == files(&second), "two exports differ");
    let before = modified(&first);
    let (_, again) = census.export("first", "");
    assert_eq!(again["unchanged"], report["files"]);
    assert_eq!(modified(&first), before, "no file was touched");
}

fn modified(root: &Path) -> BTreeMap<String, std::time::SystemTime> {
    let times = files(root).into_keys();
    times.map(|name| (name.clone(), fs::metadata(root.join(&name)).unwrap().modified().unwrap())).collect()
}

#[test]
fn an_export_replaces_an_earlier_one_and_touches_nothing_else() {
    let census = Census::new();
    let (target, _) = census.export("site", "");
    fs::write(target.join("CNAME"), "census.example").unwrap();
    let (_, report) = census.export("site", "--release latest");
    assert!(report["removed"].as_u64().unwrap() > 20, "{report}");
    assert!(!target.join("data").join(&census.releases[0]).exists());
    let mut left: BTreeSet<String> = files(&target).into_keys().collect();
    assert!(left.remove("CNAME"), "what somebody else put there stays");
    let (fresh, _) = census.export("fresh", "--release latest");
    assert_eq!(left, files(&fresh).into_keys().collect());

    let mine = census.target("mine");
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join("index.html"), "my own page").unwrap();
    let refused = census.try_run(&format!("release export --static {}", mine.display()));
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("holds no earlier export"));
    assert_eq!(files(&mine).len(), 1);
}

#[test]
fn a_release_that_cannot_be_read_is_named_and_left_out_and_a_changed_one_is_not_published() {
    let census = Census::new();
    let [old, new] = &census.releases;
    let releases = census.data().join("releases");
    fs::write(releases.join(old).join("summary.json"), "{}").unwrap();
    let target = census.target("site");
    let command = format!("release export --static {} --json", target.display());
    let partly = census.try_run(&command);
    assert_eq!(partly.status.code(), Some(3), "{}", String::from_utf8_lossy(&partly.stderr));
    let report: Value = serde_json::from_slice(&partly.stdout).unwrap();
    assert_eq!(report["skipped"][0]["release"].as_str(), Some(old.as_str()));
    assert_eq!(report["releases"].as_array().map(Vec::len), Some(1));
    let files = files(&target);
    assert!(!files.keys().any(|name| name.contains(old.as_str())));
    check_addresses(&files, None);

    let cells = releases.join(new).join("cells-r9.csv");
    let mut changed = fs::read_to_string(&cells).unwrap();
    changed.push('\n');
    fs::write(&cells, changed).unwrap();
    let refused = census.try_run(&command);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("not what the manifest"));
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_program_that_prints_no_pdf_says_so() {
    let census = Census::new();
    let target = census.target("site");
    let refused = census.try_run(&format!("release export --static {} --briefings all", target.display()));
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("--features pdf") && !target.exists());
    let said = census.run(&format!("release export --static {}", target.display()));
    assert!(said.contains("sheets of briefings are not printed; this build prints no PDF"), "{said}");
}

#[test]
fn without_a_release_the_export_says_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("site");
    for options in [&[][..], &["--release", "latest"]] {
        let output = Command::new(PROGRAM)
            .args(["release", "export", "--static"])
            .arg(&target)
            .args(options)
            .env("CENSUS_DATA_DIR", folder.path().join("data"))
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("release build"));
        assert!(!target.exists());
    }
}

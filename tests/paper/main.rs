//! Briefings on paper, looked at with the tools that others look at them with: pdfinfo, pdffonts and pdftotext of poppler.

#![cfg(feature = "pdf")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use camera_census::http::{ReadSide, public_router};
use camera_census::release::Shelf;
use http::{Request, StatusCode};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

const PROGRAM: &str = env!("CARGO_BIN_EXE_camera-census");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What stands before the pages of each language, and whether the fonts in the program have its letters.
const LANGUAGES: [(&str, bool); 6] =
    [("", true), ("es/", true), ("fr/", true), ("de/", true), ("zh-Hans/", false), ("ar/", false)];

/// The address of the picture that a link to a page is shown with.
fn picture(page: &str) -> Option<&str> {
    page.split_once("property=\"og:image\" content=\"")?.1.split('"').next()
}

/// A census of the samples with districts and walked streets.
struct Census {
    folder: tempfile::TempDir,
    release: String,
}

impl Census {
    fn new() -> Self {
        let mut census = Self { folder: tempfile::tempdir().unwrap(), release: String::new() };
        census.run("import samples/synthetic-city.geojson --source walk");
        census.run("areas import samples/synthetic-districts.geojson --set districts --name-field name --population-field residents --population-source Invented --population-year 2026");
        census.run("effort import samples/synthetic-streets.geojson");
        let facts = census.run("release build --as-of 2026-W47 --json");
        let facts: serde_json::Value = serde_json::from_str(&facts).unwrap();
        facts["release"].as_str().unwrap().clone_into(&mut census.release);
        census
    }

    /// The same with one area, of this name.
    fn of_one_area(name: &str) -> Self {
        let census = Self { folder: tempfile::tempdir().unwrap(), release: String::new() };
        let text = fs::read_to_string(Path::new(ROOT).join("samples/synthetic-districts.geojson")).unwrap();
        let mut areas: serde_json::Value = serde_json::from_str(&text).unwrap();
        let first = areas["features"][0].take();
        areas["features"] = serde_json::json!([first]);
        areas["features"][0]["properties"]["name"] = name.into();
        let file = census.path("areas.geojson");
        fs::write(&file, areas.to_string()).unwrap();
        census.run("import samples/synthetic-city.geojson --source walk");
        census.run(&format!("areas import {} --set districts --name-field name", file.display()));
        census.run("release build --as-of 2026-W47");
        census
    }

    fn try_run(&self, arguments: &str) -> Output {
        let mut command = Command::new(PROGRAM);
        command.args(arguments.split_whitespace()).current_dir(ROOT).env("CENSUS_DATA_DIR", self.data());
        command.env("CENSUS_DATABASE", format!("sqlite:{}", self.path("census.db").display()));
        command.env_remove("CENSUS_FONTS").output().unwrap()
    }

    fn run(&self, arguments: &str) -> String {
        let output = self.try_run(arguments);
        assert!(output.status.success(), "{arguments}: {}", said(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Prints into a file of this name.
    fn print(&self, name: &str, options: &str) -> PathBuf {
        let file = self.path(name);
        self.run(&format!("briefing {options} -o {}", file.display()));
        file
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn tool(name: &str, arguments: &[&str]) -> String {
    let output = Command::new(name).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{name} of poppler-utils is needed: {error}"));
    assert!(output.status.success(), "{name}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

/// What pdfinfo says under this name.
fn info<'a>(printed: &'a str, name: &str) -> &'a str {
    let line = printed.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.unwrap_or_default().trim()
}

#[test]
fn a_briefing_is_two_tagged_pages_of_either_paper_with_every_font_in_it() {
    let census = Census::new();
    for (paper, size) in [("a4", "595.276 x 841.89 pts (A4)"), ("letter", "612 x 792 pts (letter)")] {
        let file = census.print(&format!("{paper}.pdf"), &format!("districts/altstadt --paper {paper}"));
        let file = file.to_str().unwrap();
        let about = tool("pdfinfo", &[file]);
        assert_eq!(
            ["Tagged", "Pages", "Page size", "Title"].map(|name| info(&about, name)),
            ["yes", "2", size, "Surveillance cameras in Altstadt"]
        );
        assert!(about.contains(&census.release) && info(&about, "CreationDate").is_empty(), "{about}");
        let fonts = tool("pdffonts", &[file]);
        let fonts: Vec<&str> = fonts.lines().skip(2).collect();
        // The last columns are: emb sub uni object ID.
        let embedded = |line: &&str| line.split_whitespace().rev().nth(4) == Some("yes");
        assert!(!fonts.is_empty() && fonts.iter().all(embedded), "{fonts:#?}");
    }
}

#[test]
fn what_is_printed_says_how_sure_it_is_and_where_it_comes_from() {
    let census = Census::new();
    let file = census.print("altstadt.pdf", "Altstadt");
    let text = tool("pdftotext", &["-layout", file.to_str().unwrap(), "-"]);
    let manifest = fs::read_to_string(census.data().join("releases").join(&census.release).join("manifest.json"));
    let sum = tool(
        "sha256sum",
        &[census.data().join("releases").join(&census.release).join("manifest.json").to_str().unwrap()],
    );
    let sha256 = sum.split_whitespace().next().unwrap();
    assert!(manifest.unwrap().contains("CC-BY-4.0"));
    for wanted in ["At least 407 cameras", "13.6 to 24.8 (95", &census.release, sha256, "CC-BY-4.0", "Page 2 of 2"] {
        assert!(text.contains(wanted), "{wanted} is missing:\n{text}");
    }
}

#[test]
fn the_same_release_gives_the_same_bytes_and_a_file_that_stands_there_is_replaced() {
    let census = Census::new();
    fs::write(census.path("b.pdf"), "something else").unwrap();
    let [a, b] =
        ["a.pdf", "b.pdf"].map(|name| fs::read(census.print(name, "districts/altstadt --language es")).unwrap());
    assert!(a == b && a.starts_with(b"%PDF-"));
    let written = census.try_run("briefing districts/altstadt --language es -o -").stdout;
    assert!(written == a, "standard output gets the same");
    assert!(!census.try_run("briefing districts/altstadt -o missing/folder/x.pdf").status.success());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_and_a_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let census = Census::new();
    let pdf = fs::read(census.print("new.pdf", "Altstadt")).unwrap();
    let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&census.path("new.pdf")), 0o644);

    fs::write(census.path("mine.pdf"), "something else").unwrap();
    fs::set_permissions(census.path("mine.pdf"), fs::Permissions::from_mode(0o600)).unwrap();
    let file = census.print("mine.pdf", "Altstadt");
    assert!(fs::read(&file).unwrap() == pdf && mode(&file) == 0o600);

    std::os::unix::fs::symlink("target.pdf", census.path("link.pdf")).unwrap();
    fs::write(census.path("target.pdf"), "something else").unwrap();
    census.print("link.pdf", "Altstadt");
    assert!(fs::symlink_metadata(census.path("link.pdf")).unwrap().is_symlink(), "the link stays");
    assert!(fs::read(census.path("target.pdf")).unwrap() == pdf);

    assert!(census.try_run("briefing Altstadt -o /dev/stdout").stdout == pdf);
    let pipe = census.path("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reading = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read(pipe).unwrap()
    });
    census.print("pipe", "Altstadt");
    assert!(reading.join().unwrap() == pdf && !fs::symlink_metadata(&pipe).unwrap().is_file());
}

#[tokio::test]
async fn neither_paper_nor_picture_says_when_it_was_made_or_where() {
    let census = Census::new();
    let pdf = fs::read(census.print("x.pdf", "districts/altstadt")).unwrap();
    let holds = |text: &str| pdf.windows(text.len()).any(|window| window == text.as_bytes());
    for moment in ["CreationDate", "ModDate", "CreateDate", "ModifyDate", "MetadataDate", "D:20", "/tmp", "/home"] {
        assert!(!holds(moment), "{moment}");
    }
    let router = public_router(ReadSide::new(Shelf::below(&census.data())));
    let request = Request::get("/og/districts/altstadt.png").body(axum::body::Body::empty()).unwrap();
    let png = router.oneshot(request).await.unwrap().into_body().collect().await.unwrap().to_bytes();
    let (mut at, mut chunks) = (8, Vec::new());
    while let Some(head) = png.get(at..at + 8) {
        let length = u32::from_be_bytes(head[..4].try_into().unwrap());
        chunks.push(String::from_utf8_lossy(&head[4..]).into_owned());
        at += 12 + usize::try_from(length).unwrap();
    }
    chunks.dedup();
    assert_eq!(chunks, ["IHDR", "IDAT", "IEND"], "nothing but the picture");
}

#[test]
fn a_briefing_is_the_same_whether_the_release_before_is_still_there_or_not() {
    let census = Census::new();
    let earlier = census.release.clone();
    census.run("release build --as-of 2026-W48 --title Later");
    let with = fs::read(census.print("with.pdf", "districts/altstadt")).unwrap();
    fs::remove_dir_all(census.data().join("releases").join(&earlier)).unwrap();
    let without = census.print("without.pdf", "districts/altstadt");
    assert!(fs::read(&without).unwrap() == with);
    let text = tool("pdftotext", &["-layout", without.to_str().unwrap(), "-"]);
    assert!(text.contains(&earlier) && text.contains("Before"), "{text}");
}

#[test]
fn an_area_that_is_not_there_is_answered_with_those_that_are() {
    let census = Census::new();
    let refused = census.try_run("briefing districts/atlantis -o x.pdf");
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("districts/altstadt, districts/"), "{}", said(&refused));
    let refused = census.try_run("briefing districts/altstadt --language tlh -o x.pdf");
    assert!(said(&refused).contains("en, es, fr, de, zh-Hans, ar"), "{}", said(&refused));
}

#[test]
fn greek_and_cyrillic_names_are_printed_and_a_script_without_a_font_is_named() {
    for name in ["Κυψέλη", "Хамовники"] {
        let census = Census::of_one_area(name);
        let file = census.print("x.pdf", name);
        let text = tool("pdftotext", &[file.to_str().unwrap(), "-"]);
        assert!(text.contains(name), "{text}");
    }
    for (name, script) in [("朝阳区", "Chinese"), ("الزهور", "Arabic")] {
        let census = Census::of_one_area(name);
        let file = census.path("x.pdf");
        let refused = census.try_run(&format!("briefing {name} -o {}", file.display()));
        let said = said(&refused);
        assert!(!refused.status.success() && !file.exists(), "{said}");
        assert!(said.contains(script) && said.contains("--fonts") && said.contains("Noto"), "{said}");
    }
}

#[test]
fn a_directory_of_fonts_without_a_font_is_refused() {
    let census = Census::new();
    fs::create_dir(census.path("fonts")).unwrap();
    let arguments = format!("briefing Altstadt -o x.pdf --fonts {}", census.path("fonts").display());
    assert!(said(&census.try_run(&arguments)).contains("has no font"));
    fs::write(census.path("fonts/broken.ttf"), "no font").unwrap();
    assert!(said(&census.try_run(&arguments)).contains("broken.ttf: not a font"));
}

#[tokio::test]
async fn a_server_prints_what_the_command_prints_and_says_what_to_do_without_a_font() {
    let census = Census::new();
    let router = public_router(ReadSide::new(Shelf::below(&census.data())));
    let get = async |address: &str, tag: Option<&str>| {
        let mut request = Request::get(address);
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        let request = request.body(axum::body::Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let (head, body) = response.into_parts();
        (head, body.collect().await.unwrap().to_bytes())
    };
    let file = fs::read(census.print("x.pdf", "districts/altstadt --paper letter --language fr")).unwrap();
    let address = "/fr/areas/districts/altstadt/briefing.pdf?paper=letter";
    let (head, body) = get(address, None).await;
    assert_eq!((head.status, &head.headers["content-type"]), (StatusCode::OK, &"application/pdf".parse().unwrap()));
    assert!(body == file);
    let name = format!("inline; filename=\"districts-altstadt-{}.pdf\"", census.release);
    assert_eq!(head.headers["content-disposition"], name);
    assert_eq!(head.headers["cache-control"], "public, no-cache");
    let tag = head.headers["etag"].to_str().unwrap();
    assert_eq!(get(address, Some(tag)).await.0.status, StatusCode::NOT_MODIFIED);
    let for_ever = format!("/releases/{}/areas/districts/altstadt/briefing.pdf", census.release);
    assert_eq!(get(&for_ever, None).await.0.status, StatusCode::OK);
    for address in ["/og/home.png", "/es/og/districts/altstadt.png"] {
        let (head, body) = get(address, None).await;
        assert_eq!((head.status, &body[..4]), (StatusCode::OK, &b"\x89PNG"[..]), "{address}");
    }
    for lost in ["/areas/districts/atlantis/briefing.pdf", "/og/districts/altstadt.gif", "/og/districts/atlantis.png"] {
        assert_eq!(get(lost, None).await.0.status, StatusCode::NOT_FOUND, "{lost}");
    }
}

#[tokio::test]
async fn a_server_names_a_picture_only_where_it_can_draw_it() {
    for census in [Census::new(), Census::of_one_area("朝阳区")] {
        let shelf = Shelf::below(&census.data());
        let slug = shelf.latest().unwrap().unwrap().areas(None, "districts").unwrap().rows.remove(0).slug;
        let router = public_router(ReadSide::new(shelf).at("https://census.example"));
        let get = async |address: &str| {
            let request = Request::get(address).body(axum::body::Body::empty()).unwrap();
            let (head, body) = router.clone().oneshot(request).await.unwrap().into_parts();
            (head.status, body.collect().await.unwrap().to_bytes())
        };
        let area = format!("areas/districts/{slug}");
        for (language, has_letters) in LANGUAGES {
            for (page, is_area) in [("", false), ("map", false), (&area, true), (&format!("{area}/briefing"), true)] {
                let (status, html) = get(&format!("/{language}{page}")).await;
                assert_eq!(status, StatusCode::OK, "{language}{page}");
                let html = std::str::from_utf8(&html).unwrap();
                // The area of the second census has a name that no font in the program can write.
                let expected = has_letters && (!is_area || slug != "area");
                let Some(address) = picture(html) else {
                    assert!(!expected, "{language}{page} names no picture");
                    continue;
                };
                assert!(expected, "{language}{page} names {address}");
                let (status, png) = get(address.strip_prefix("https://census.example").unwrap()).await;
                assert_eq!((status, &png[..4]), (StatusCode::OK, &b"\x89PNG"[..]), "{address}");
            }
        }
    }
}

#[tokio::test]
async fn a_server_without_a_font_says_what_to_do() {
    let census = Census::of_one_area("朝阳区");
    let release = Shelf::below(&census.data()).latest().unwrap().unwrap();
    let slug = release.areas(None, "districts").unwrap().rows.remove(0).slug;
    let router = public_router(ReadSide::new(Shelf::below(&census.data())));
    let path: String = form_urlencoded::byte_serialize(slug.as_bytes()).collect();
    let request = Request::get(format!("/areas/districts/{path}/briefing.pdf")).body(axum::body::Body::empty());
    let response = router.oneshot(request.unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    let page = response.into_body().collect().await.unwrap().to_bytes();
    assert!(String::from_utf8_lossy(&page).contains("--fonts"));
}

#[test]
fn an_export_has_each_sheet_and_picture_that_its_pages_name() {
    let census = Census::new();
    let export = |name: &str, options: &str| {
        let target = census.path(name);
        census.run(&format!("release export --static {} {options}", target.display()));
        target
    };
    let site = export("site", "--base-url https://census.example/city/");
    let page = fs::read_to_string(site.join("es/areas/districts/altstadt/briefing/index.html")).unwrap();
    for (link, file) in [
        ("areas/districts/altstadt/briefing.pdf\"", "es/areas/districts/altstadt/briefing.pdf"),
        ("areas/districts/altstadt/briefing-letter.pdf\"", "es/areas/districts/altstadt/briefing-letter.pdf"),
        ("\"https://census.example/city/es/og/districts/altstadt.png\"", "es/og/districts/altstadt.png"),
    ] {
        assert!(page.contains(link) && site.join(file).is_file(), "{link}: {page}");
    }
    for (language, has_letters) in LANGUAGES {
        let folder = site.join(language);
        for page in
            ["", "map", "data", "areas/districts", "areas/districts/altstadt", "areas/districts/altstadt/briefing"]
        {
            let html = fs::read_to_string(folder.join(page).join("index.html")).unwrap();
            let named = picture(&html).map(|address| address.strip_prefix("https://census.example/city/").unwrap());
            assert_eq!(named.is_some(), has_letters, "{language}{page}: {named:?}");
            assert!(named.is_none_or(|file| site.join(file).is_file()), "{language}{page}: {named:?}");
            assert_eq!(html.contains(".pdf\""), has_letters && page.ends_with("briefing"), "{language}{page}");
        }
        let lasting = folder.join("releases").join(&census.release).join("index.html");
        assert_eq!(picture(&fs::read_to_string(lasting).unwrap()), None, "{language}: a release for ever");
    }
    let text = tool("pdfinfo", &["-url", site.join("areas/districts/altstadt/briefing.pdf").to_str().unwrap()]);
    let method = format!("https://census.example/city/releases/{}/method/index.html", census.release);
    assert!(text.contains(&method), "{text}");
    // Pictures of areas go with the sheets: none of either is made, and no font is missed.
    let none = census.path("none");
    let options = "--briefings none --base-url https://census.example/city/ --json";
    let report = census.run(&format!("release export --static {} {options}", none.display()));
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["briefings_without_font"], 0);
    assert!(report["sheets_left_out"].as_u64().unwrap() > 0);
    assert!(none.join("og/home.png").is_file() && none.join("de/og/home.png").is_file());
    let page = fs::read_to_string(none.join("areas/districts/altstadt/index.html")).unwrap();
    assert_eq!((picture(&page), page.contains("og:title")), (None, true));
    assert!(!none.join("og/districts").exists() && !none.join("areas/districts/altstadt/briefing.pdf").exists());
    let bare = export("bare", "--briefings none");
    let page = fs::read_to_string(bare.join("areas/districts/altstadt/briefing/index.html")).unwrap();
    assert!(!page.contains(".pdf") && !page.contains("og:image") && !bare.join("og").exists());
    assert!(!bare.join("areas/districts/altstadt/briefing.pdf").exists());
}

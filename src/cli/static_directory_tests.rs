use super::*;

fn export(root: &Path, files: &[(&str, &str)]) -> anyhow::Result<Written> {
    let mut directory = StaticDirectory::begin(root, files.iter().map(|(path, _)| *path))?;
    for (path, text) in files {
        directory.put(path, text.as_bytes())?;
    }
    directory.finish(serde_json::json!({ "release": "x" }))
}

#[test]
fn a_second_export_replaces_what_changed_and_removes_only_what_was_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    let first = export(&root, &[("index.html", "one"), ("old/page/index.html", "old"), ("data/x.csv", "x")]).unwrap();
    assert_eq!((first.files, first.unchanged, first.removed), (5, 0, 0));
    fs::write(root.join("CNAME"), "census.example").unwrap();
    fs::write(root.join("data/mine.txt"), "mine").unwrap();
    let second = export(&root, &[("index.html", "two"), ("new.html", "new")]).unwrap();
    assert_eq!((second.files, second.removed), (4, 2));
    assert_eq!(fs::read_to_string(root.join("index.html")).unwrap(), "two");
    assert!(!root.join("old").exists() && !root.join("data/x.csv").exists());
    assert!(root.join("CNAME").is_file() && root.join("data/mine.txt").is_file(), "files of others stay");
    let third = export(&root, &[("index.html", "two"), ("new.html", "new")]).unwrap();
    assert_eq!((third.unchanged, third.removed), (4, 0), "nothing is written again");
    assert_eq!(third.bytes, second.bytes);
}

#[test]
fn a_directory_of_somebody_else_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    for marker in [None, Some("{}"), Some(r#"{"kind": "other", "format": 1, "files": ["thesis.txt"]}"#)] {
        if let Some(text) = marker {
            fs::write(folder.path().join(MARKER), text).unwrap();
        }
        let refused = export(folder.path(), &[("index.html", "one")]).unwrap_err().to_string();
        assert!(refused.contains("holds no earlier export"), "{refused}");
    }
    assert!(folder.path().join("thesis.txt").is_file() && !folder.path().join("index.html").exists());
}

#[test]
fn a_marker_that_points_outside_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("site");
    fs::create_dir(&root).unwrap();
    fs::write(folder.path().join("outside.txt"), "mine").unwrap();
    let text = serde_json::json!({ "kind": KIND, "format": 1, "files": ["../outside.txt"] }).to_string();
    fs::write(root.join(MARKER), text).unwrap();
    assert!(export(&root, &[("index.html", "one")]).unwrap_err().to_string().contains("outside of its directory"));
    assert!(folder.path().join("outside.txt").is_file());
}

#[test]
fn a_file_of_somebody_else_in_the_way_stops_the_export_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path(), &[("index.html", "one")]).unwrap();
    fs::write(folder.path().join("about.html"), "mine").unwrap();
    let refused = export(folder.path(), &[("index.html", "two"), ("about.html", "theirs")]).unwrap_err().to_string();
    assert!(refused.contains("in the way"), "{refused}");
    assert_eq!(fs::read_to_string(folder.path().join("index.html")).unwrap(), "one");
    assert_eq!(fs::read_to_string(folder.path().join("about.html")).unwrap(), "mine");
}

#[test]
fn an_export_that_was_interrupted_is_finished_by_the_next_one() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path(), &[("old.html", "old")]).unwrap();
    let mut half = StaticDirectory::begin(folder.path(), ["a.html", "b.html"]).unwrap();
    half.put("a.html", b"a").unwrap();
    drop(half);
    let whole = export(folder.path(), &[("b.html", "b")]).unwrap();
    assert_eq!(whole.removed, 2);
    assert!(!folder.path().join("a.html").exists() && !folder.path().join("old.html").exists());
}

#[test]
fn a_copy_that_is_not_what_its_manifest_says_fails_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("cells.csv");
    fs::write(&source, "changed").unwrap();
    let root = folder.path().join("site");
    let mut directory = StaticDirectory::begin(&root, ["data/cells.csv"]).unwrap();
    let wrong = hex(Sha256::digest(b"original").as_slice());
    let failed = directory.copy("data/cells.csv", &source, Some(&wrong)).unwrap_err().to_string();
    assert!(failed.contains("release verify"), "{failed}");
    assert_eq!(fs::read_dir(root.join("data")).unwrap().count(), 0);
    let right = hex(Sha256::digest(b"changed").as_slice());
    directory.copy("data/cells.csv", &source, Some(&right)).unwrap();
    let sums = directory.finish(serde_json::Value::Null).map(|_| fs::read_to_string(root.join(SUMS)).unwrap()).unwrap();
    assert_eq!(sums, format!("{right}  data/cells.csv\n"));
}

#[test]
fn a_copy_whose_sum_nobody_names_is_written_again_only_when_it_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (source, root) = (folder.path().join("city.pmtiles"), folder.path().join("site"));
    let copy = |text: &str| {
        fs::write(&source, text).unwrap();
        let mut directory = StaticDirectory::begin(&root, ["basemap/city.pmtiles"]).unwrap();
        directory.copy("basemap/city.pmtiles", &source, None).unwrap();
        let written = directory.finish(serde_json::json!({ "release": "x" })).unwrap();
        let there = root.join("basemap/city.pmtiles");
        assert_eq!(fs::read_to_string(&there).unwrap(), text);
        let sum = hex(Sha256::digest(text).as_slice());
        assert_eq!(fs::read_to_string(root.join(SUMS)).unwrap(), format!("{sum}  basemap/city.pmtiles\n"));
        (written.unchanged, fs::metadata(there).unwrap().modified().unwrap())
    };
    let (unchanged, first) = copy("streets");
    assert_eq!(unchanged, 0);
    assert_eq!(copy("streets"), (3, first), "the copy, the sums and the marker");
    for other in ["stReets", "more streets"] {
        assert_eq!(copy(other).0, 1, "the marker alone");
    }
}

#[test]
fn a_file_that_was_coming_and_is_left_out_is_no_part_of_the_export() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path(), &[("index.html", "one"), ("og/home.png", "a picture")]).unwrap();
    let mut directory = StaticDirectory::begin(folder.path(), ["index.html", "og/home.png", "og/new.png"]).unwrap();
    directory.put("index.html", b"one").unwrap();
    directory.leave_out("og/home.png");
    directory.leave_out("og/new.png");
    assert_eq!(directory.finish(serde_json::json!({ "release": "x" })).unwrap().removed, 1);
    assert!(
        !folder.path().join("og").exists() && !fs::read_to_string(folder.path().join(MARKER)).unwrap().contains("og/")
    );
}

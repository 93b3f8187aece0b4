//! Bundles the browser code into the program.
//!
//! Everything happens in `OUT_DIR/web`, a copy of `static/`: `npm ci` when the lock file changed, then
//! `node bundle.mjs`, then a table of assets for `src/http/assets.rs` to include. Nothing is written into the source
//! tree, and a rebuild without changes to the lock file needs no network.
//!
//! `CENSUS_SKIP_WEB=1` (and docs.rs) builds without Node: the pages and their style sheet work, the map script is
//! absent and the map page says so.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use sha2::{Digest as _, Sha256};

/// Constants that templates and routes name, and whether a build without Node has them as well.
const OFFERED: [(&str, bool); 13] = [
    ("STYLE_CSS", true),
    ("ICON", true),
    ("MAP_JS", false),
    ("MAP_ENGINE", false),
    ("MAP_SHARED", false),
    ("MAP_WORKER", false),
    ("SEARCH_JS", false),
    ("REVIEW_JS", false),
    ("SUBMIT_JS", false),
    ("SUBMIT_MAP", false),
    ("SHEETS_JS", false),
    ("LAND", false),
    ("LICENCES", false),
];

/// A sentence or two for the person who runs cargo.
struct Failure(String);

/// One file that the server offers under `/assets/`.
struct Asset {
    /// Name of the constant that holds its path.
    constant: String,
    /// `{hash}/{name}`.
    path: String,
    content_type: String,
    /// The identity bytes.
    file: PathBuf,
    /// `.gz` and `.br` stand beside it.
    compressed: bool,
}

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=static");
    println!("cargo::rerun-if-env-changed=CENSUS_SKIP_WEB");
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            println!("cargo::error={message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Failure> {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or_else(|| Failure("cargo did not set OUT_DIR".into()))?);
    let web = out.join("web");
    let sources = Path::new("static");
    let skip = std::env::var("CENSUS_SKIP_WEB").is_ok_and(|value| !matches!(value.as_str(), "" | "0"))
        || std::env::var_os("DOCS_RS").is_some();
    stage(sources, &web).map_err(|error| Failure(format!("cannot copy static/ into {}: {error}", web.display())))?;
    let assets = if skip {
        vec![
            plain(&web, "STYLE_CSS", "style.css", "text/css; charset=utf-8")?,
            plain(&web, "ICON", "icon.svg", "image/svg+xml")?,
        ]
    } else {
        install(&web)?;
        bundle(&web)?
    };
    let table = table(&assets).map_err(|error| Failure(format!("cannot write the table of assets: {error}")))?;
    let target = out.join("assets.rs");
    fs::write(&target, table).map_err(|error| Failure(format!("cannot write {}: {error}", target.display())))
}

/// Copies the files of `from` and of its subdirectories, except `node_modules`.
fn stage(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), target)?;
        } else if entry.file_name() != "node_modules" {
            stage(&entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Installs the packages of the lock file, unless exactly these are installed already.
fn install(web: &Path) -> Result<(), Failure> {
    let lock = read(&web.join("package-lock.json"))?;
    let wanted = hash(&lock);
    let stamp = web.join("node_modules/.census-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    command(web, npm, &["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"])?;
    fs::write(&stamp, wanted).map_err(|error| Failure(format!("cannot write {}: {error}", stamp.display())))
}

fn bundle(web: &Path) -> Result<Vec<Asset>, Failure> {
    command(web, "node", &["bundle.mjs"])?;
    let dist = web.join("dist");
    let manifest = read(&dist.join("manifest.txt"))?;
    String::from_utf8_lossy(&manifest)
        .lines()
        .map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            match (fields.next(), fields.next(), fields.next()) {
                (Some(constant), Some(path), Some(content_type)) => {
                    Ok(Asset { file: dist.join(&path), constant, path, content_type, compressed: true })
                }
                _ => Err(Failure(format!("bundle.mjs wrote a line that build.rs cannot read: {line}"))),
            }
        })
        .collect()
}

/// A file that is served as it stands, without Node.
fn plain(web: &Path, constant: &str, name: &str, content_type: &str) -> Result<Asset, Failure> {
    let file = web.join(name);
    let digest = hash(&read(&file)?);
    Ok(Asset {
        constant: constant.to_owned(),
        path: format!("{}/{name}", digest.get(..16).unwrap_or(&digest)),
        content_type: content_type.to_owned(),
        file,
        compressed: false,
    })
}

/// The Rust text that `src/http/assets.rs` includes.
fn table(assets: &[Asset]) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for (constant, required) in OFFERED {
        let path = assets.iter().find(|asset| asset.constant == constant).map(|asset| format!("assets/{}", asset.path));
        match path {
            Some(path) if required => writeln!(text, "pub(crate) const {constant}: &str = {path:?};")?,
            path => writeln!(text, "pub(crate) const {constant}: Option<&str> = {path:?};")?,
        }
    }
    writeln!(text, "static ASSETS: [Asset; {}] = [", assets.len())?;
    for Asset { path, content_type, file, compressed, .. } in assets {
        let file = file.display().to_string();
        let twin = |extension: &str| {
            if *compressed {
                format!("Some(include_bytes!({:?}))", format!("{file}.{extension}"))
            } else {
                "None".to_owned()
            }
        };
        let etag = format!("\"{}\"", path.split('/').next().unwrap_or_default());
        writeln!(
            text,
            "    Asset {{ path: {:?}, content_type: {content_type:?}, etag: {etag:?}, bytes: include_bytes!({file:?}), gzip: {}, brotli: {} }},",
            format!("/assets/{path}"),
            twin("gz"),
            twin("br"),
        )?;
    }
    writeln!(text, "];")?;
    Ok(text)
}

/// Runs a program in `web` and passes on what it says when it fails.
fn command(web: &Path, program: &str, arguments: &[&str]) -> Result<(), Failure> {
    let advice = "Install Node.js 20 or later with npm, or set CENSUS_SKIP_WEB=1 to build without the map script.";
    let output = Command::new(program).args(arguments.iter().map(OsStr::new)).current_dir(web).output();
    match output {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => {
            for line in String::from_utf8_lossy(&output.stderr).lines() {
                println!("cargo::warning={line}");
            }
            Err(Failure(format!("`{program} {}` failed; its messages stand above. {advice}", arguments.join(" "))))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Failure(format!("{program} was not found, and the map page is built with it. {advice}")))
        }
        Err(error) => Err(Failure(format!("{program} did not start: {error}. {advice}"))),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))
}

/// SHA-256 in hexadecimal.
fn hash(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    Sha256::digest(bytes).iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| DIGITS[usize::from(half)]).collect()
}

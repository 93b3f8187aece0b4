//! `briefing`: two pages about one area, as a PDF.

use std::path::PathBuf;

use super::arguments::WantedRelease;
use super::{Outcome, Shared};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The area: SET/AREA as in the address of its page, or the short name or name of an area that only one set has.
    area: String,
    /// Id of the release, or `latest`.
    #[arg(long, value_name = "ID", default_value = "latest")]
    release: WantedRelease,
    /// File to write the PDF into; `-` for standard output.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Paper: a4 or letter.
    #[arg(long, default_value = "a4", value_parser = ["a4", "letter"])]
    paper: String,
    /// Language: the code that stands in the addresses of its pages, such as es.
    #[arg(long, default_value = "en", value_name = "CODE")]
    language: String,
    /// Directory with TrueType and OpenType fonts, for scripts other than Latin, Greek and Cyrillic.
    #[arg(long, value_name = "DIR", env = "CENSUS_FONTS")]
    fonts: Option<PathBuf>,
    /// Address at which the census is published, such as <https://census.example/city/>: links then lead there.
    #[arg(long, value_name = "URL", env = "CENSUS_PUBLIC_URL", value_parser = crate::http::base_url)]
    base_url: Option<std::sync::Arc<str>>,
}

#[cfg(not(feature = "pdf"))]
pub(super) fn run(_: &Arguments, _: &Shared) -> anyhow::Result<Outcome> {
    anyhow::bail!(
        "this build prints no PDF; build with `cargo build --release --features pdf`, or print the page /areas/SET/AREA/briefing \
         from a browser"
    )
}

#[cfg(feature = "pdf")]
pub(super) use printing::run;

#[cfg(feature = "pdf")]
mod printing {
    use std::fs;
    use std::io::{ErrorKind, Write as _};
    use std::path::Path;

    use anyhow::{Context as _, bail};

    use super::{Arguments, Outcome, Shared};
    use crate::app::document;
    use crate::cli::{files, output};
    use crate::language::Language;
    use crate::model::Area;
    use crate::paper::{Links, Options, Paper, Printed, pdf};
    use crate::release::{Release, Shelf};

    /// So many areas are named when one is not found.
    const NAMED: usize = 12;

    /// What `--json` prints.
    #[derive(serde::Serialize)]
    struct Report<'a> {
        file: &'a Path,
        release: &'a str,
        area: String,
        language: &'a str,
        pages: usize,
        bytes: usize,
    }

    pub(in crate::cli) fn run(arguments: &Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
        let shelf = Shelf::below(&shared.data);
        let release = shelf.open(&arguments.release.id(&shelf)?)?;
        let codes = Language::ALL.map(Language::code);
        let language = Language::ALL.into_iter().find(|language| language.code() == arguments.language);
        let language = language.with_context(|| format!("--language is one of: {}", codes.join(", ")))?;
        let (set, slug) = find(&release, &arguments.area)?;
        let fonts = files::fonts(arguments.fonts.as_deref())?;
        let id = release.manifest.id.as_str();
        let links = match arguments.base_url.as_deref() {
            Some(base) => Links::Served { base, release: id },
            None => Links::Unknown,
        };
        let paper = if arguments.paper == "letter" { Paper::Letter } else { Paper::A4 };
        let document = document(&release, &set, &slug, language)?;
        let Printed { bytes, pages } = pdf(&document, &Options { paper, fonts: &fonts, links })?;
        // By either name: a report on standard output would land in the PDF.
        if ["-", "/dev/stdout"].iter().any(|name| arguments.output.as_os_str() == *name) {
            std::io::stdout().lock().write_all(&bytes)?;
            return Ok(Outcome::Done);
        }
        write(&arguments.output, &bytes).with_context(|| format!("writing {}", arguments.output.display()))?;
        let (file, area, bytes) = (arguments.output.as_path(), format!("{set}/{slug}"), bytes.len());
        if shared.json {
            output::json(&Report { file, release: id, area, language: language.code(), pages, bytes })?;
        } else {
            output::line(format!("{} of release {id} written to {}: {pages} pages", area, file.display()))?;
        }
        Ok(Outcome::Done)
    }

    /// The set and the slug of an area.
    fn find(release: &Release, wanted: &str) -> anyhow::Result<(String, String)> {
        let mut areas: Vec<(String, String, String)> = Vec::new();
        for set in release.area_sets()? {
            let rows = release.areas(None, &set.set)?.rows;
            let named = rows.into_iter().filter(|row| !row.slug.is_empty() && row.slug != Area::UNASSIGNED);
            areas.extend(named.map(|row| (set.set.clone(), row.slug, row.name)));
        }
        if areas.is_empty() {
            bail!("release {} has no areas; `areas import` brings them into the next one", release.manifest.id);
        }
        let is_meant = |(set, slug, name): &&(String, String, String)| {
            wanted == slug || wanted == name || wanted.split_once('/') == Some((set.as_str(), slug.as_str()))
        };
        let path = |(set, slug, _): &(String, String, String)| format!("{set}/{slug}");
        let meant: Vec<_> = areas.iter().filter(is_meant).collect();
        match meant[..] {
            [(set, slug, _)] => Ok((set.clone(), slug.clone())),
            [] => {
                let some: Vec<String> = areas.iter().take(NAMED).map(path).collect();
                let more = if areas.len() > NAMED { ", …" } else { "" };
                bail!("release {} has no such area; it has {}{more}", release.manifest.id, some.join(", "))
            }
            _ => {
                let paths: Vec<String> = meant.into_iter().map(path).collect();
                bail!("several areas have this name: {}", paths.join(", "))
            }
        }
    }

    /// Writes beside the file first, so that one that stands there is replaced whole or not at all. What is no file, such as
    /// a device, a pipe or a link, is written to and stays what it is.
    fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let there = match fs::symlink_metadata(path) {
            Ok(there) if there.is_file() => Some(there),
            Ok(_) => return Ok(fs::write(path, bytes)?),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new().prefix(".briefing-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        match there {
            Some(there) => file.as_file().set_permissions(there.permissions())?,
            None => readable(file.as_file())?,
        }
        file.persist(path)?;
        Ok(())
    }

    /// A temporary file is its owner's alone; a briefing is for everyone.
    fn readable(file: &fs::File) -> std::io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            file.set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        Ok(())
    }
}

//! `release export`: the public site as plain files.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use tokio::task::JoinSet;

use super::arguments::WantedRelease;
use super::static_directory::{StaticDirectory, Written};
use super::{Outcome, Shared, files, output};
use crate::http::{Briefings, Origin, Printing, SiteFile, StaticSite, base_url};
use crate::release::{ReleaseId, Shelf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Directory to write the site into: new, empty, or an earlier export, which is replaced.
    #[arg(long = "static", value_name = "DIR")]
    directory: PathBuf,
    /// Export one release alone: its id, or `latest`. By default all of them, the latest at the root.
    #[arg(long, value_name = "ID")]
    release: Option<WantedRelease>,
    /// Address the directory will have, such as <https://census.example/city/>. Pages then name their canonical address, and
    /// 404.html has links; everything else is relative in any case.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<Arc<str>>,
    /// Briefings as PDF, of the release at the root: `auto` prints up to 600 sheets, `all` any number, `none` not one.
    /// With --base-url, the pictures that links to pages of areas are shown with are drawn where sheets are printed.
    #[arg(long, default_value = "auto", value_name = "WHICH", value_parser = briefings)]
    briefings: Briefings,
    /// PMTiles archive in the Protomaps schema to draw under the counts, copied into the site; docs/basemap.md says how to cut a
    /// city out of one. The host must answer range requests.
    #[arg(long, value_name = "FILE", env = "CENSUS_BASEMAP")]
    basemap: Option<PathBuf>,
    /// Directory with TrueType and OpenType fonts, for briefings in scripts other than Latin, Greek and Cyrillic.
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "DIR", env = "CENSUS_FONTS")]
    fonts: Option<PathBuf>,
}

fn briefings(text: &str) -> Result<Briefings, String> {
    match text {
        "auto" => Ok(Briefings::Auto),
        "all" => Ok(Briefings::All),
        "none" => Ok(Briefings::None),
        _ => Err("expected auto, all or none".to_owned()),
    }
}

/// How to get a program that prints.
const WITH_PDF: &str = "build with `cargo build --release --features pdf`";

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Report<'a> {
    directory: &'a PathBuf,
    release: &'a str,
    releases: Vec<&'a str>,
    base_url: Option<&'a str>,
    #[serde(flatten)]
    written: Written,
    parts: BTreeMap<&'static str, Size>,
    skipped: Vec<Missing<'a>>,
    /// Sheets of briefings that were too many to print, not asked for, or that this build cannot print.
    sheets_left_out: usize,
    /// Briefings that no font has all characters of.
    briefings_without_font: usize,
    /// Sheets and pictures that only turned out when they were laid out to have such a character.
    unprinted: usize,
}

/// How much there is of a part of the site.
#[derive(Debug, Default, Clone, Copy, serde::Serialize)]
struct Size {
    files: u64,
    bytes: u64,
}

/// A release that is not in the export.
#[derive(serde::Serialize)]
struct Missing<'a> {
    release: &'a str,
    problem: &'a str,
}

pub(super) async fn run(arguments: Arguments, shelf: &Shelf, shared: &Shared) -> anyhow::Result<Outcome> {
    if cfg!(not(feature = "pdf")) && arguments.briefings == Briefings::All {
        bail!("this build prints no PDF: {WITH_PDF}, or leave `--briefings all` out");
    }
    let printing = Printing {
        briefings: arguments.briefings,
        #[cfg(feature = "pdf")]
        fonts: files::fonts(arguments.fonts.as_deref())?,
    };
    let basemap = files::basemap(arguments.basemap.as_deref()).await?;
    let Arguments { directory, release, base_url, .. } = arguments;
    let only = release.map(|wanted| wanted.id(shelf)).transpose()?;
    let site = Arc::new(StaticSite::plan(shelf, only, base_url.clone(), &printing, basemap)?);
    let releases: Vec<&str> = site.releases().iter().map(ReleaseId::as_str).collect();
    let (written, parts) = write(&site, &directory, base_url.as_deref(), &releases).await?;
    let skipped: Vec<Missing<'_>> = site
        .skipped()
        .iter()
        .map(|skipped| Missing { release: skipped.release.as_str(), problem: &skipped.problem })
        .collect();
    let complete = skipped.is_empty();
    if shared.json {
        let (release, base_url) = (site.front().as_str(), base_url.as_deref());
        let (sheets_left_out, briefings_without_font) = (site.left_out(), site.without_font());
        let directory = &directory;
        output::json(&Report {
            directory,
            release,
            releases,
            base_url,
            written,
            parts,
            skipped,
            sheets_left_out,
            briefings_without_font,
            unprinted: site.unprinted(),
        })?;
    } else {
        for missing in &skipped {
            output::line(format!("release {} is left out: {}", missing.release, missing.problem))?;
        }
        if site.left_out() > 0 {
            let how = if cfg!(feature = "pdf") {
                "--briefings all prints them".to_owned()
            } else {
                format!("this build prints no PDF: {WITH_PDF}")
            };
            output::line(format!("{} sheets of briefings are not printed; {how}", site.left_out()))?;
        }
        if site.without_font() > 0 {
            output::line(format!(
                "{} briefings are not printed, for want of a font; point --fonts at a directory with one",
                site.without_font()
            ))?;
        }
        if site.unprinted() > 0 {
            output::line(format!(
                "{} sheets and pictures are left out, because one of their characters turned out to be in no font; point \
                 --fonts at a directory with one",
                site.unprinted()
            ))?;
        }
        for (part, size) in &parts {
            output::line(format!("{part}: {} files, {} bytes", size.files, size.bytes))?;
        }
        output::line(format!(
            "release {} written to {}: {} files, {} bytes; {} were there already, {} removed",
            site.front(),
            directory.display(),
            written.files,
            written.bytes,
            written.unchanged,
            written.removed
        ))?;
    }
    Ok(if complete { Outcome::Done } else { Outcome::Problems })
}

async fn write(
    site: &Arc<StaticSite>,
    directory: &std::path::Path,
    base_url: Option<&str>,
    releases: &[&str],
) -> anyhow::Result<(Written, BTreeMap<&'static str, Size>)> {
    let mut target = StaticDirectory::begin(directory, site.files().iter().map(|file| file.path.as_str()))?;
    let bar = files::counter(site.files().len() as u64);
    let mut parts: BTreeMap<&'static str, Size> = BTreeMap::new();
    let workers = std::thread::available_parallelism().map_or(1, NonZero::get);
    // One part after the other: pages name only what was printed.
    let parts_in_order = site.files().chunk_by(|before, after| before.part == after.part);
    for some in parts_in_order.flat_map(|part| part.chunks(4 * workers)) {
        let mut pages = pages(site, some).await?;
        for (index, file) in some.iter().enumerate() {
            let before = target.bytes();
            match &file.origin {
                Origin::Page(_) => {
                    let Some(page) = pages.remove(&index).context("a page was not made")? else {
                        target.leave_out(&file.path);
                        continue;
                    };
                    target.put(&file.path, &page)?;
                }
                Origin::Memory(bytes) => target.put(&file.path, bytes)?,
                Origin::Copy { path, sha256 } => target.copy(&file.path, path, sha256.as_deref())?,
            }
            let size = parts.entry(file.part.word()).or_default();
            size.files += 1;
            size.bytes += target.bytes() - before;
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    let about = serde_json::json!({
        "software": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "release": site.front().as_str(),
        "releases": releases,
        "base_url": base_url,
    });
    Ok((target.finish(about)?, parts))
}

/// Makes the pages among some files, each on a task of its own, by the place of its file; `None` for one that is left out.
async fn pages(site: &Arc<StaticSite>, some: &[SiteFile]) -> anyhow::Result<BTreeMap<usize, Option<Bytes>>> {
    let mut making = JoinSet::new();
    for (index, file) in some.iter().enumerate() {
        if let Origin::Page(address) = &file.origin {
            let (site, file, address) = (Arc::clone(site), file.path.clone(), address.clone());
            making.spawn(async move { site.page(&file, &address).await.map(|page| (index, page)) });
        }
    }
    let mut made = BTreeMap::new();
    while let Some(done) = making.join_next().await {
        let (index, page) = done??;
        made.insert(index, page);
    }
    Ok(made)
}

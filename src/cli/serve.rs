//! `serve`: the server.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;

use super::release::{ReleaseArguments, waiting_sentence};
use super::{Outcome, Shared, backup, clock, files, output, signals};
use crate::app::{Published, publish};
use crate::http::{Metrics, ReadSide, ServerOptions, Twins, WriteSide, full_router, keep_twins, run as serve};
use crate::release::Shelf;
use crate::storage::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Address to listen on. Put a proxy that speaks TLS in front before you open it to the world.
    #[arg(long, default_value = "127.0.0.1:8080", env = "CENSUS_LISTEN")]
    listen: SocketAddr,
    /// Address of the site as its readers know it, such as <https://census.example>; used in TileJSON, on paper and
    /// in the previews of links.
    #[arg(long, env = "CENSUS_PUBLIC_URL")]
    public_url: Option<String>,
    /// PMTiles archive in the Protomaps schema to draw under the counts; docs/basemap.md says how to cut a city out of one.
    #[arg(long, value_name = "FILE", env = "CENSUS_BASEMAP")]
    basemap: Option<PathBuf>,
    /// Directory with TrueType and OpenType fonts, for briefings in scripts other than Latin, Greek and Cyrillic.
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "DIR", env = "CENSUS_FONTS")]
    fonts: Option<PathBuf>,
    /// Private address for metrics; none by default.
    #[arg(long, env = "CENSUS_METRICS_LISTEN")]
    metrics: Option<SocketAddr>,
    /// Build a release every ISO week in which something has changed.
    #[arg(long, env = "CENSUS_BUILD_WEEKLY")]
    build_weekly: bool,
    #[command(flatten)]
    release: ReleaseArguments,
}

/// Time between two seals of a running server.
const SEAL_EVERY: std::time::Duration = std::time::Duration::from_hours(24);
/// Time to the next try after a seal that did not finish.
const SEAL_AGAIN: std::time::Duration = std::time::Duration::from_mins(10);

pub(super) async fn run(arguments: Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    // All that can be refused comes before the line that says that the server is there.
    #[cfg(feature = "pdf")]
    let fonts = files::fonts(arguments.fonts.as_deref())?;
    let basemap = files::basemap(arguments.basemap.as_deref()).await?;
    let store = Arc::new(shared.store().await?);
    let shelf = Shelf::below(&shared.data);
    let listener = tokio::net::TcpListener::bind(arguments.listen)
        .await
        .with_context(|| format!("{} cannot be listened on; choose another with --listen", arguments.listen))?;
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        tracing::warn!("listening beyond this computer: put a proxy that speaks TLS in front, and keep its logs off");
    }
    let metrics_listener = match arguments.metrics {
        Some(metrics) => Some(
            tokio::net::TcpListener::bind(metrics)
                .await
                .with_context(|| format!("{metrics} cannot be listened on; choose another with --metrics"))?,
        ),
        None => None,
    };
    hint(&shelf)?;
    let write = WriteSide::new(Arc::clone(&store), clock::current_week, clock::random);
    let twins = Twins::below(&shared.data);
    let read = ReadSide::new(shelf.clone()).with_twins(twins.clone());
    #[cfg(feature = "pdf")]
    let read = read.with_fonts(fonts);
    let read = match basemap {
        Some(basemap) => read.with_basemap(basemap),
        None => read,
    };
    let read = match &arguments.public_url {
        Some(url) => read.at(url),
        None => read,
    };
    output::line(format!("listening on http://{address}/"))?;
    let building = arguments
        .build_weekly
        .then(|| tokio::spawn(build_weekly(Arc::clone(&store), shelf, arguments.release.clone())));
    let compressing = tokio::spawn(keep_twins(read.clone(), twins));
    let router = full_router(read, write);
    let options = ServerOptions::default();
    let metrics = metrics_listener.map(|listener| {
        let router = Metrics::router(Arc::clone(&options.metrics));
        tokio::spawn(serve(listener, router, ServerOptions::default(), std::future::pending()))
    });
    let sealing = tokio::spawn(seal_daily(Arc::clone(&store), shared.data.clone()));
    serve(listener, router, options, signals::stop()).await?;
    sealing.abort();
    if let Some(building) = building {
        building.abort();
    }
    compressing.abort();
    if let Some(metrics) = metrics {
        metrics.abort();
    }
    store.close().await;
    Ok(Outcome::Done)
}

/// Time between two looks at the calendar.
const LOOK_AT_WEEK_EVERY: std::time::Duration = std::time::Duration::from_hours(1);

/// Builds once in a week: more often would tell more finely when somebody walked.
async fn build_weekly(store: Arc<Store>, shelf: Shelf, arguments: ReleaseArguments) {
    let mut done = None;
    loop {
        let week = clock::current_week();
        if done != Some(week) {
            match build_if_due(&store, &shelf, &arguments).await {
                Ok(()) => done = Some(week),
                Err(error) => {
                    tracing::warn!("the weekly release could not be built; it is tried again soon: {error:#}");
                }
            }
        }
        tokio::time::sleep(LOOK_AT_WEEK_EVERY).await;
    }
}

async fn build_if_due(store: &Store, shelf: &Shelf, arguments: &ReleaseArguments) -> anyhow::Result<()> {
    let week = clock::current_week();
    if shelf.latest()?.is_some_and(|latest| latest.manifest.as_of == week.to_string()) {
        return Ok(());
    }
    let request = arguments.request(Some(week), true);
    let Published { manifest, is_new, waiting, sealed } = publish(store, shelf, &request, clock::random).await?;
    sealed?;
    if is_new {
        tracing::info!("release {} is built", manifest.id);
    } else {
        tracing::info!("nothing has changed since release {}", manifest.id);
    }
    if let Some(sentence) = waiting_sentence(&waiting, request.min_changes) {
        tracing::info!("{sentence}");
    }
    Ok(())
}

fn hint(shelf: &Shelf) -> anyhow::Result<()> {
    if shelf.latest_id()?.is_none() {
        tracing::info!(
            "no release yet. Import a file with `camera-census import FILE`, or take reports on POST /api/v1/submissions and \
             accept them with `camera-census review approve --all`; then `camera-census release build` makes the map"
        );
    }
    Ok(())
}

/// Seals at the start and once a day, so that a seized disk tells at most one day's order of arrival, however often the
/// server is restarted.
async fn seal_daily(store: Arc<Store>, data: PathBuf) {
    loop {
        if let Err(error) = backup::expire(&data, clock::current_week()) {
            tracing::warn!("an old backup could not be deleted; it is tried again tomorrow: {error:#}");
        }
        let wait = match store.seal(clock::current_week()).await {
            Ok(()) => SEAL_EVERY,
            Err(error) => {
                tracing::warn!(%error, "the database could not be sealed; it is tried again soon");
                SEAL_AGAIN
            }
        };
        tokio::time::sleep(wait).await;
    }
}

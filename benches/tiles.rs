//! Tiles of a release at 64 connections, beside martin with the same tiles in a file, and beside the limit: an axum route that
//! answers 20 KB from memory.
//!
//! `cargo bench --bench tiles`. Looks for `wrk` and `martin` (or `CENSUS_MARTIN`) in the path. The rounds of
//! the three are run in turn, so that what else the machine does hits all of them.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports to its terminal")]

#[expect(dead_code, reason = "other benchmarks use the rest of it")]
mod support;

use std::ffi::OsStr;
use std::fs;
use std::io::{self, BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use h3o::LatLng;
use support::{reports, run};

/// Rounds of each server; the median is told.
const ROUNDS: usize = 3;
/// Length of a round, as wrk takes it.
const ROUND: &str = "6s";
/// Tiles asked for, one after the other.
const TILES: usize = 2_000;

/// A server that is killed when it is done with.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// What wrk says of one round.
#[derive(Clone, Copy)]
struct Load {
    per_second: f64,
    p99_ms: f64,
    failed: u64,
}

/// A server under load: its name, the address of its tiles before `z/x/y`, and what comes after.
struct Target {
    name: &'static str,
    script: std::path::PathBuf,
    base: String,
    rounds: Vec<Load>,
}

fn main() -> io::Result<()> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-tiles");
    run::empty(&scratch)?;
    let (file, lines) = reports::file(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    println!("tiles of a release of {lines} reports, 64 connections, {ROUNDS} rounds of {ROUND}");
    for arguments in [
        vec!["import".as_ref(), file.as_os_str(), "--rows".as_ref(), "reports".as_ref()],
        vec!["release".as_ref(), OsStr::new("build")],
    ] {
        if run::run(&mut run::census(&scratch, &arguments)).is_none() {
            return Err(io::Error::other("the release could not be built"));
        }
    }
    let releases = scratch.join("data/releases");
    let id = fs::read_to_string(releases.join("latest"))?.trim().to_owned();
    let tiles = some_tiles(&releases.join(&id).join("cells-r10.csv"))?;

    let mut targets = Vec::new();
    let (ours, base) = serve_release(&scratch)?;
    targets.push(target("camera-census", &scratch, &base, &format!("/tiles/{id}/density/"), ".mvt", &tiles)?);
    let martin = serve_with_martin(&scratch, &releases.join(&id).join("density.pmtiles"), &tiles);
    match &martin {
        Ok((_, base)) => targets.push(target("martin, from a file", &scratch, base, "/density/", "", &tiles)?),
        Err(problem) => eprintln!("MISSING: martin ({problem})"),
    }
    let limit = serve_limit()?;
    targets.push(target("axum, 20 KB from memory", &scratch, &limit, "/", "", &tiles)?);

    for _ in 0..ROUNDS {
        for target in &mut targets {
            target.rounds.push(load(&target.base, &target.script)?);
        }
    }
    drop((ours, martin));
    println!("| server | answers a second | p99, ms | failed |\n|---|---|---|---|");
    for target in &mut targets {
        target.rounds.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
        let Load { per_second, p99_ms, .. } = target.median();
        let failed: u64 = target.rounds.iter().map(|round| round.failed).sum();
        println!("| {} | {per_second:.0} | {p99_ms:.1} | {failed} |", target.name);
    }
    let of = |name: &str| targets.iter().find(|target| target.name.starts_with(name)).map(Target::median);
    if let (Some(ours), Some(limit)) = (of("camera"), of("axum")) {
        println!("camera-census / limit: {:.2} (goal: at least 0.7)", ours.per_second / limit.per_second);
        println!("p99, camera-census / limit: {:.2} (goal: no worse)", ours.p99_ms / limit.p99_ms);
    }
    if let (Some(ours), Some(martin)) = (of("camera"), of("martin")) {
        println!("camera-census / martin: {:.2} (goal: more than 1)", ours.per_second / martin.per_second);
    }
    Ok(())
}

impl Target {
    fn median(&self) -> Load {
        self.rounds[self.rounds.len() / 2]
    }
}

/// Tiles of zoom 6 to 14 that hold cells, the same for every server.
fn some_tiles(cells: &Path) -> io::Result<Vec<(u8, u32, u32)>> {
    let centres: Vec<LatLng> = BufReader::new(fs::File::open(cells)?)
        .lines()
        .skip(1)
        .filter_map(|line| Some(LatLng::from(line.ok()?.split(',').next()?.parse::<h3o::CellIndex>().ok()?)))
        .collect();
    let step = (centres.len() / TILES).max(1);
    let chosen = centres.iter().step_by(step).take(TILES).enumerate();
    Ok(chosen.map(|(number, centre)| tile(*centre, u8::try_from(6 + number % 9).unwrap_or(6))).collect())
}

/// The tile of a place (OpenStreetMap wiki, Slippy map tilenames).
fn tile(place: LatLng, zoom: u8) -> (u8, u32, u32) {
    let side = f64::from(1_u32 << zoom);
    let x = (place.lng() + 180.0) / 360.0 * side;
    let y = (1.0 - place.lat().to_radians().tan().asinh() / std::f64::consts::PI) / 2.0 * side;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0 and 2^14")]
    let tile = (zoom, x as u32, y as u32);
    tile
}

fn target(
    name: &'static str,
    scratch: &Path,
    base: &str,
    before: &str,
    after: &str,
    tiles: &[(u8, u32, u32)],
) -> io::Result<Target> {
    let script = scratch.join(format!("{}.lua", name.split([',', ' ']).next().unwrap_or(name)));
    let paths: Vec<String> = tiles.iter().map(|(z, x, y)| format!("\"{before}{z}/{x}/{y}{after}\"")).collect();
    let text = format!(
        "local paths = {{{}}}\nlocal at = 0\nlocal headers = {{[\"Accept-Encoding\"] = \"gzip\"}}\n\
         request = function()\n  at = at % #paths + 1\n  return wrk.format(\"GET\", paths[at], headers)\nend\n",
        paths.join(",")
    );
    fs::write(&script, text)?;
    Ok(Target { name, script, base: base.to_owned(), rounds: Vec::new() })
}

fn load(base: &str, script: &Path) -> io::Result<Load> {
    let output =
        Command::new("wrk").args(["-t1", "-c64", "-d", ROUND, "--latency", "-s"]).arg(script).arg(base).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let after = |sign: &str| text.lines().find_map(|line| line.trim().strip_prefix(sign)).map(str::trim);
    let per_second = after("Requests/sec:").and_then(|number| number.parse().ok());
    let p99_ms = after("99%").and_then(milliseconds);
    let failed = after("Non-2xx or 3xx responses:").and_then(|number| number.parse().ok()).unwrap_or(0);
    match (per_second, p99_ms) {
        (Some(per_second), Some(p99_ms)) => Ok(Load { per_second, p99_ms, failed }),
        _ => Err(io::Error::other(format!("wrk says: {text}{}", String::from_utf8_lossy(&output.stderr)))),
    }
}

/// `1.25ms`, `830.00us` or `1.02s`.
fn milliseconds(text: &str) -> Option<f64> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
    match unit {
        "us" => Some(number / 1_000.0),
        "ms" => Some(number),
        "s" => Some(number * 1_000.0),
        _ => None,
    }
}

fn serve_release(scratch: &Path) -> io::Result<(Running, String)> {
    let mut command = run::census(scratch, &["serve", "--listen", "127.0.0.1:0"].map(OsStr::new));
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut line = String::new();
    let stdout = child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
    BufReader::new(stdout).read_line(&mut line)?;
    let address = line.split_once("http://").map(|(_, rest)| rest.trim().trim_end_matches('/').to_owned());
    let address = address.ok_or_else(|| io::Error::other("the server told no address"))?;
    Ok((Running(child), format!("http://{address}")))
}

/// martin reads the same tiles, gzip as they are, from an `MBTiles` file.
fn serve_with_martin(scratch: &Path, archive: &Path, asked: &[(u8, u32, u32)]) -> io::Result<(Running, String)> {
    let tiles = scratch.join("density.mbtiles");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(write_mbtiles(archive, &tiles, asked)).map_err(io::Error::other)?;
    let program = std::env::var_os("CENSUS_MARTIN").unwrap_or_else(|| "martin".into());
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    drop(listener);
    let mut command = Command::new(program);
    command.arg("--listen-addresses").arg(&address).arg(&tiles).env("RUST_LOG", "error");
    let child = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    for _ in 0..100 {
        if std::net::TcpStream::connect(&address).is_ok() {
            return Ok((child, format!("http://{address}")));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(io::Error::other("it does not listen"))
}

/// The tiles that are asked for, as the [MBTiles 1.3] specification has them: rows of tiles count from the south.
///
/// [MBTiles 1.3]: https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md
async fn write_mbtiles(
    archive: &Path,
    target: &Path,
    asked: &[(u8, u32, u32)],
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    use sqlx::ConnectOptions as _;
    let reader = pmtiles::AsyncPmTilesReader::new_with_path(archive).await?;
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(target).create_if_missing(true);
    let mut file = options.connect().await?;
    for statement in [
        "CREATE TABLE metadata (name TEXT, value TEXT)",
        "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)",
        "CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)",
        "INSERT INTO metadata VALUES ('name', 'density'), ('format', 'pbf'), ('minzoom', '0'), ('maxzoom', '14')",
    ] {
        sqlx::query(statement).execute(&mut file).await?;
    }
    for &(z, x, y) in asked {
        let Some(tile) = reader.get_tile(pmtiles::TileCoord::new(z, x, y)?).await? else { continue };
        sqlx::query("INSERT OR IGNORE INTO tiles VALUES ($1, $2, $3, $4)")
            .bind(i64::from(z))
            .bind(i64::from(x))
            .bind((1_i64 << z) - 1 - i64::from(y))
            .bind(tile.as_ref())
            .execute(&mut file)
            .await?;
    }
    Ok(())
}

/// What axum can do at most: any address answers the same 20 KB. It lives in this program, which does nothing else.
fn serve_limit() -> io::Result<String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let body = bytes::Bytes::from(vec![b'x'; 20 * 1024]);
    std::thread::spawn(move || -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let router = axum::Router::new().fallback(move || std::future::ready(body.clone()));
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router).await
        })
    });
    Ok(format!("http://{address}"))
}

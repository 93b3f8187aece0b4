//! `import` into SQLite, beside `DuckDB`'s bare load and ogr2ogr to a `GeoPackage`, in one run.
//!
//! `cargo bench --bench import`. `CENSUS_BENCH_PYTHON` names a Python that has duckdb; `CENSUS_BENCH_FILE` another input.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports to its terminal")]

mod support;

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::Path;
use std::process::Command;

use support::{reports, run};

const LOAD: &str = "import sys, duckdb\n\
    source, target = sys.argv[1:]\n\
    duckdb.connect(target).execute('CREATE TABLE reports AS SELECT * FROM read_json(?, format=\\'newline_delimited\\')', [source])";

const ROUNDS: usize = 3;

fn main() -> io::Result<()> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-import");
    run::empty(&scratch)?;
    let (file, lines) = reports::file(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    let double = scratch.join("double.geojsonl");
    twice(&file, &double)?;
    run::head("import", &file, lines);

    let home = scratch.join("home");
    let import = |file: &Path| {
        // A directory that cannot be emptied shows as a failed run.
        let _ = run::empty(&home);
        run::census(&home, &["import".as_ref(), file.as_os_str(), "--rows".as_ref(), "reports".as_ref()])
    };
    let ours = run::median(ROUNDS, || import(&file));
    run::row("camera-census import", ours);
    let large = run::median(1, || import(&double));
    run::row("camera-census import, twice as much", large);

    let python = std::env::var_os("CENSUS_BENCH_PYTHON").unwrap_or_else(|| "python3".into());
    let duckdb = run::median(ROUNDS, || {
        let target = scratch.join("duckdb");
        let _ = run::empty(&target);
        let mut command = Command::new(&python);
        command.args([OsStr::new("-c"), LOAD.as_ref(), file.as_os_str(), target.join("reports.duckdb").as_os_str()]);
        command
    });
    run::row("DuckDB read_json into a file", duckdb);

    let ogr = run::median(1, || {
        let target = scratch.join("ogr");
        let _ = run::empty(&target);
        let mut command = Command::new("ogr2ogr");
        command.args([OsStr::new("-f"), "GPKG".as_ref(), target.join("reports.gpkg").as_os_str(), file.as_os_str()]);
        command
    });
    run::row("ogr2ogr to GeoPackage", ogr);

    println!();
    run::ratio("import / DuckDB", ours, duckdb, "at most 2");
    run::ratio("import / ogr2ogr", ours, ogr, "at most 0.2");
    run::ratio("twice as much / once", large, ours, "at most 2.2");
    if let (Some(ours), Some(large)) = (ours, large) {
        println!("peak memory: {:.0} MB (goal: at most 400)", ours.peak_mb);
        println!("peak memory, twice as much / once: {:.2} (goal: flat beyond 1M, 1)", large.peak_mb / ours.peak_mb);
    }
    Ok(())
}

/// Writes a file twice in a row.
fn twice(file: &Path, into: &Path) -> io::Result<()> {
    let mut out = File::create(into)?;
    for _ in 0..2 {
        io::copy(&mut File::open(file)?, &mut out)?;
    }
    Ok(())
}

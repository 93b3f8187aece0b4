//! `release build` of everything accepted, with sixty areas and every format, beside tippecanoe, which makes the tiles
//! alone, and ogr2ogr, which writes the points in one format.
//!
//! `cargo bench --features full --bench release`. tippecanoe is looked for in the path; `CENSUS_BENCH_FILE` names another input.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports to its terminal")]

mod support;

use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::process::Command;

use support::{reports, run};

fn main() -> io::Result<()> {
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-release");
    run::empty(&scratch)?;
    let (file, lines) = reports::file(Path::new(env!("CARGO_TARGET_TMPDIR")))?;
    run::head("release build", &file, lines);

    let import = ["import".as_ref(), file.as_os_str(), "--rows".as_ref(), "reports".as_ref()];
    let imported = run::run(&mut run::census(&scratch, &import));
    let areas = scratch.join("areas.geojson");
    std::fs::write(&areas, sixty_areas())?;
    let add = ["areas".as_ref(), "import".as_ref(), areas.as_os_str(), "--set".as_ref(), "squares".as_ref()];
    let imported = imported.and_then(|_| run::run(&mut run::census(&scratch, &add)));
    let ours = imported.and_then(|_| {
        run::median(3, || {
            let _ = run::empty(&scratch.join("data"));
            run::census(&scratch, &["release".as_ref(), "build".as_ref()])
        })
    });
    run::row("camera-census release build, 60 areas, with sealing", ours);

    let tippecanoe = run::median(1, || {
        let mut command = Command::new("tippecanoe");
        let target = scratch.join("tiles.pmtiles");
        command.args(["-q", "-f", "-z14", "-l", "cameras", "--drop-densest-as-needed", "-P", "-o"].map(OsStr::new));
        command.args([target.as_os_str(), file.as_os_str()]);
        command
    });
    run::row("tippecanoe, tiles alone, zoom 0 to 14", tippecanoe);

    let ogr2ogr = run::median(1, || {
        let mut command = Command::new("ogr2ogr");
        let target = scratch.join("points.fgb");
        command.args(["-f", "FlatGeobuf"].map(OsStr::new)).args([target.as_os_str(), file.as_os_str()]);
        command
    });
    run::row("ogr2ogr, the points as FlatGeobuf with an index", ogr2ogr);

    println!();
    if let Some(ours) = ours {
        println!("seconds: {:.2} (goal: at most 10)", ours.wall.as_secs_f64());
    }
    run::ratio("release build / tippecanoe", ours, tippecanoe, "at most 0.2");
    run::ratio("release build / ogr2ogr", ours, ogr2ogr, "none");
    Ok(())
}

/// Ten by six areas over the country that the reports are invented in, their borders in a hundred steps a side.
fn sixty_areas() -> String {
    let side = |from: [f64; 2], to: [f64; 2]| {
        (0..100).map(move |step| {
            let share = f64::from(step) / 100.0;
            format!("[{:.6},{:.6}]", from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1]))
        })
    };
    let areas = (0..60).map(|number| {
        let (west, south) = (6.5 + 0.8 * f64::from(number % 10), 48.0 + f64::from(number / 10));
        let corners = [[west, south], [west + 0.8, south], [west + 0.8, south + 1.0], [west, south + 1.0]];
        let mut ring: Vec<String> = (0..4).flat_map(|at| side(corners[at], corners[(at + 1) % 4])).collect();
        ring.extend(ring.first().cloned());
        let ring = ring.join(",");
        format!(r#"{{"type":"Feature","properties":{{"name":"Square {number}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#)
    });
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, areas.collect::<Vec<_>>().join(",\n"))
}

//! `release build` of everything accepted, beside tippecanoe, which makes the tiles alone.
//!
//! `cargo bench --bench release`. tippecanoe is looked for in the path; `CENSUS_BENCH_FILE` names another input.
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
    let ours = imported.and_then(|_| {
        run::median(3, || {
            let _ = run::empty(&scratch.join("data"));
            run::census(&scratch, &["release".as_ref(), "build".as_ref()])
        })
    });
    run::row("camera-census release build, with sealing", ours);

    let tippecanoe = run::median(1, || {
        let mut command = Command::new("tippecanoe");
        let target = scratch.join("tiles.pmtiles");
        command.args(["-q", "-f", "-z14", "-l", "cameras", "--drop-densest-as-needed", "-P", "-o"].map(OsStr::new));
        command.args([target.as_os_str(), file.as_os_str()]);
        command
    });
    run::row("tippecanoe, tiles alone, zoom 0 to 14", tippecanoe);

    println!();
    if let Some(ours) = ours {
        println!("seconds: {:.2} (goal: at most 10)", ours.wall.as_secs_f64());
    }
    run::ratio("release build / tippecanoe", ours, tippecanoe, "at most 0.2");
    Ok(())
}

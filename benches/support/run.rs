//! Running programs one after the other, with their time and their memory.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What a run took.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// From start to end.
    pub(crate) wall: Duration,
    /// Most memory resident at a time (`VmHWM`), looked at every 5 ms.
    pub(crate) peak_mb: f64,
}

/// Runs a program to its end; says on standard error when it fails.
pub(crate) fn run(command: &mut Command) -> Option<Cost> {
    let started = Instant::now();
    let mut child = match command.stdin(Stdio::null()).stdout(Stdio::null()).spawn() {
        Ok(child) => child,
        Err(error) => {
            eprintln!("MISSING: {} does not run ({error})", command.get_program().display());
            return None;
        }
    };
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak_kb = 0;
    let ended = loop {
        match child.try_wait() {
            Ok(Some(ended)) => break ended,
            Ok(None) => peak_kb = high_water_kb(&status).unwrap_or(peak_kb),
            Err(error) => {
                eprintln!("FAILED: {error}");
                return None;
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    if !ended.success() {
        eprintln!("FAILED: {command:?}: {ended}");
        return None;
    }
    Some(Cost { wall: started.elapsed(), peak_mb: f64::from(peak_kb) / 1024.0 })
}

fn high_water_kb(status: &Path) -> Option<u32> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The run with the median time of several, each after `prepare`.
pub(crate) fn median(rounds: usize, mut prepare: impl FnMut() -> Command) -> Option<Cost> {
    let mut costs: Vec<Cost> = (0..rounds).map(|_| run(&mut prepare())).collect::<Option<_>>()?;
    costs.sort_by_key(|cost| cost.wall);
    costs.get(costs.len() / 2).copied()
}

/// The program itself, on a database and a directory below `home`.
pub(crate) fn census(home: &Path, arguments: &[&OsStr]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_camera-census"));
    command
        .args(arguments)
        .env("CENSUS_DATABASE", format!("sqlite:{}", home.join("census.db").display()))
        .env("CENSUS_DATA_DIR", home.join("data"));
    command
}

/// A directory with nothing in it.
pub(crate) fn empty(directory: &Path) -> io::Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory)?;
    }
    fs::create_dir_all(directory)
}

/// Prints the head of the table: the machine and the input.
pub(crate) fn head(what: &str, file: &Path, lines: usize) {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor = processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or(": unknown processor");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let bytes = fs::metadata(file).map_or(0, |metadata| metadata.len());
    println!(
        "{what}: {lines} reports, {} MB; {cores} cores,{}",
        bytes / 1_000_000,
        processor.trim_start_matches(['\t', ' ', ':'])
    );
    println!("| run | seconds | peak MB |\n|---|---|---|");
}

/// Prints a row of the table.
pub(crate) fn row(name: &str, cost: Option<Cost>) {
    match cost {
        Some(Cost { wall, peak_mb }) => println!("| {name} | {:.2} | {peak_mb:.0} |", wall.as_secs_f64()),
        None => println!("| {name} | MISSING | |"),
    }
}

/// Prints a ratio beside its goal.
pub(crate) fn ratio(what: &str, ours: Option<Cost>, peer: Option<Cost>, goal: &str) {
    match (ours, peer) {
        (Some(ours), Some(peer)) => {
            println!("{what}: {:.2} (goal: {goal})", ours.wall.as_secs_f64() / peer.wall.as_secs_f64());
        }
        _ => println!("{what}: not measured, a run is MISSING (goal: {goal})"),
    }
}

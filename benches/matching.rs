//! Matching of sightings whose cameras are known: seconds, pair F1 and the error of the count.
//!
//! `CENSUS_BENCH_CAMERAS=DIR cargo bench --bench matching`, where DIR holds `cameras_N.ndjson` (one GeoJSON feature a line)
//! and `truth_N.csv` (`sighting,camera,...`, in the same order), as a generator of reports with known cameras writes them.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that reports to its terminal")]

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::time::Instant;

use camera_census::ingest::{Candidate, Census, Formats, Limits, ReadOptions, Sink, read};
use camera_census::matching::{Gate, match_sightings};
use camera_census::model::{IsoWeek, Observed, OccasionId, Sighting};
use camera_census::privacy::coarsen;

/// Keeps the one sighting of a line.
#[derive(Default)]
struct One(Option<Sighting>);

impl Sink for One {
    fn candidate(&mut self, candidate: Candidate) {
        self.0 = Some(coarsen(candidate));
    }

    fn end_document(&mut self, _: &Census) {}

    fn discard_document(&mut self) {}
}

fn main() {
    let Some(directory) = std::env::var_os("CENSUS_BENCH_CAMERAS").map(PathBuf::from) else {
        println!("CENSUS_BENCH_CAMERAS names no directory with cameras_N.ndjson and truth_N.csv: nothing measured");
        return;
    };
    let (observed, truth) = load(&directory);
    println!("{} public-space sightings of {} cameras", observed.len(), distinct(&truth));
    let mut seconds = Vec::new();
    let mut matching = match_sightings(&observed, Gate::NORMAL, &[]);
    for _ in 0..3 {
        let begun = Instant::now();
        matching = match_sightings(&observed, Gate::NORMAL, &[]);
        seconds.push(begun.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let (mut joined, mut right) = (0_u64, 0_u64);
    for camera in 0..matching.cameras().len() {
        let members = matching.members(camera);
        joined += pairs(members.len());
        let mut of: HashMap<u32, usize> = HashMap::new();
        for &member in members {
            *of.entry(truth[member as usize]).or_default() += 1;
        }
        right += of.into_values().map(pairs).sum::<u64>();
    }
    let mut sizes: HashMap<u32, usize> = HashMap::new();
    for camera in &truth {
        *sizes.entry(*camera).or_default() += 1;
    }
    let real: u64 = sizes.into_values().map(pairs).sum();
    #[expect(clippy::cast_precision_loss, reason = "counts far below 2^53")]
    let share = |part: u64, whole: u64| part as f64 / whole as f64;
    let (precision, recall) = (share(right, joined), share(right, real));
    let cameras = matching.cameras().len();
    println!("seconds: {:.2} (median of 3; goal: at most 2 for a million)", seconds[1]);
    println!(
        "pairs: precision {precision:.3}, recall {recall:.3}, F1 {:.3}",
        2.0 * precision * recall / (precision + recall)
    );
    println!("cameras: {cameras}, {:+.2} %", 100.0 * (share(cameras as u64, distinct(&truth) as u64) - 1.0));
}

fn pairs(n: usize) -> u64 {
    (n * n.saturating_sub(1) / 2) as u64
}

fn distinct(truth: &[u32]) -> usize {
    truth.iter().collect::<std::collections::HashSet<_>>().len()
}

/// The accepted public-space sightings, each with the number of its camera.
fn load(directory: &Path) -> (Vec<Observed>, Vec<u32>) {
    let options = ReadOptions {
        formats: Formats::All,
        mapping: None,
        gunzip: false,
        bounds: None,
        repair_swapped: false,
        kind_required: false,
        default_week: None,
        current_week: IsoWeek::new(2026, 47).unwrap(),
        limits: Limits { features: 10, feature_bytes: 100_000 },
    };
    let (mut observed, mut truth) = (Vec::new(), Vec::new());
    let rows = open(directory, "csv", "truth").lines().skip(1).map(Result::unwrap);
    let lines = open(directory, "ndjson", "cameras").lines().map(Result::unwrap);
    for (line, row) in lines.zip(rows) {
        let mut one = One::default();
        read(line.as_bytes(), &options, &mut one).unwrap();
        if let Some(sighting) = one.0.filter(|sighting| !sighting.is_home()) {
            observed.push(Observed { sighting, occasion: OccasionId(0) });
            truth.push(row.split(',').nth(1).unwrap().parse().unwrap());
        }
    }
    (observed, truth)
}

/// The first file whose name begins and ends so.
fn open(directory: &Path, extension: &str, start: &str) -> BufReader<std::fs::File> {
    let wanted = |path: &PathBuf| {
        path.extension().is_some_and(|found| found == extension)
            && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start))
    };
    let mut entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    BufReader::new(std::fs::File::open(entries.find(wanted).unwrap()).unwrap())
}

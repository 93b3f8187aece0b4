//! Simulated surveys whose cameras are known: how well they are counted, and how often the interval of the estimate covers
//! the truth. The tables of `docs/simulation.md` are what this prints.
//!
//! `CENSUS_SURVEY_GENERATOR=FILE cargo bench --bench surveys [-- SEEDS]`, where FILE is the Python program that invents a
//! survey (`make_survey.py OUTDIR --seed N ...`, as the tests' data directory holds it).
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a program that reports to its terminal")]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use camera_census::areas::{AreaOptions, read as read_areas};
use camera_census::effort::{EffortReader, ReadOptions as EffortOptions};
use camera_census::ingest::{Candidate, Census, Formats, Limits, ReadOptions, Sink, read};
use camera_census::matching::{Gate, assign_slots, match_sightings};
use camera_census::model::{Campaign, IsoWeek, Observed, Occasion, OccasionId, PassLetter, Sighting, SourceKind};
use camera_census::privacy::{HomeKey, coarsen};
use camera_census::release::{Inputs, Policy, Release, build};

/// One way of surveying: the options of the generator, and whether every kind is seen equally well.
#[derive(Clone, Copy)]
struct Setting {
    streets: u32,
    sigma: u32,
    clump: &'static str,
    equal: bool,
}

/// What one survey gave.
struct Outcome {
    /// Cameras counted over those seen by anybody, minus one.
    city: f64,
    districts: Vec<f64>,
    f1: f64,
    /// Estimate over the truth, and whether the interval covers it; `None` where there is no estimate.
    estimate: Option<(f64, bool)>,
}

#[derive(Default)]
struct Collect(Vec<Sighting>);

impl Sink for Collect {
    fn candidate(&mut self, candidate: Candidate) {
        self.0.push(coarsen(candidate));
    }

    fn end_document(&mut self, _: &Census) {}

    fn discard_document(&mut self) {}
}

fn main() {
    let Some(generator) = std::env::var_os("CENSUS_SURVEY_GENERATOR").map(PathBuf::from) else {
        println!("CENSUS_SURVEY_GENERATOR names no generator of surveys: nothing measured");
        return;
    };
    let seeds = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(20);
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-surveys");
    println!(
        "| streets | sigma | clump | surveys | mean, city | worst city | mean, district | pair F1 | estimate / truth | covered |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for streets in [12, 40] {
        for sigma in [3, 4, 6] {
            for clump in ["0.15", "0.3"] {
                row(&generator, &scratch, Setting { streets, sigma, clump, equal: false }, 1..=seeds);
            }
        }
    }
    println!("\nEvery kind seen equally well (p 0.6), sigma 4, clump 0.15:\n");
    println!(
        "| streets | sigma | clump | surveys | mean, city | worst city | mean, district | pair F1 | estimate / truth | covered |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    row(&generator, &scratch, Setting { streets: 14, sigma: 4, clump: "0.15", equal: true }, 1..=10 * seeds);
}

fn row(generator: &Path, scratch: &Path, setting: Setting, seeds: std::ops::RangeInclusive<u32>) {
    let outcomes: Vec<Outcome> = seeds.map(|seed| survey(generator, scratch, setting, seed)).collect();
    let cities: Vec<f64> = outcomes.iter().map(|outcome| outcome.city).collect();
    let districts: Vec<f64> = outcomes.iter().flat_map(|outcome| outcome.districts.iter().copied()).collect();
    let worst = cities.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or_default();
    let scores: Vec<f64> = outcomes.iter().map(|outcome| outcome.f1).collect();
    let estimates: Vec<(f64, bool)> = outcomes.iter().filter_map(|outcome| outcome.estimate).collect();
    let ratios: Vec<f64> = estimates.iter().map(|(ratio, _)| *ratio).collect();
    let covered = estimates.iter().filter(|(_, covers)| *covers).count();
    println!(
        "| {} | {} m | {} | {} | {:+.1} % | {:+.1} % | {:+.1} % | {:.3} | {:.3} | {covered} of {} |",
        setting.streets,
        setting.sigma,
        setting.clump,
        outcomes.len(),
        100.0 * mean(&cities),
        100.0 * worst,
        100.0 * mean(&districts),
        mean(&scores),
        mean(&ratios),
        estimates.len(),
    );
}

fn survey(generator: &Path, scratch: &Path, setting: Setting, seed: u32) -> Outcome {
    let Setting { streets, sigma, clump, equal } = setting;
    let data = scratch.join("survey");
    drop(std::fs::remove_dir_all(scratch));
    std::fs::create_dir_all(&data).unwrap();
    let script = "import runpy, sys; m = runpy.run_path(sys.argv[1]); g = m['main'].__globals__; \
                  g['KINDS'] = tuple((k, w, 1.0 if sys.argv[2] == 'equal' else s) for k, w, s in g['KINDS']); \
                  sys.argv = sys.argv[2:]; m['main']()";
    let status = Command::new("python3")
        .args(["-c", script])
        .arg(generator)
        .arg(if equal { "equal" } else { "as they are" })
        .arg(&data)
        .args([
            "--seed",
            &seed.to_string(),
            "--streets",
            &streets.to_string(),
            "--sigma",
            &sigma.to_string(),
            "--clump",
            clump,
        ])
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.unwrap().success(), "the generator failed");
    let truth: serde_json::Value = json(&data.join("truth.json"));
    let (observed, cameras) = sightings(&data, &truth);
    let week = IsoWeek::new(2026, 47).unwrap();
    let occasion = |pass| Occasion {
        campaign: Campaign::DEFAULT_SLUG.to_owned(),
        source: "survey".to_owned(),
        kind: SourceKind::Import,
        wave: Some("wave-1".to_owned()),
        pass: PassLetter::parse(pass),
        key_epoch: 0,
    };
    let options =
        AreaOptions { set: "districts".to_owned(), name_field: Some("name".to_owned()), ..AreaOptions::default() };
    let (areas, _) = read_areas(&std::fs::read(data.join("districts.geojson")).unwrap(), &options).unwrap();
    let mut effort =
        EffortReader::new(EffortOptions { campaign: None, wave: None, pass: None, is_frame: true }, BTreeMap::new());
    effort.read(&std::fs::read(data.join("effort.geojson")).unwrap());
    let f1 = pair_f1(&observed, &cameras);
    let inputs = Inputs {
        title: "Simulated".to_owned(),
        licence: "CC0-1.0".to_owned(),
        as_of: week,
        previous: None,
        occasions: vec![occasion("A"), occasion("B")],
        observed,
        sources: Vec::new(),
        figures: Vec::new(),
        deployments: Vec::new(),
        keys: Vec::new(),
        rulings: Vec::new(),
        areas: vec![areas],
        effort: effort.finish(),
        policy: Policy::one_shot(),
        home_key: HomeKey::ONE_SHOT,
    };
    let directory = scratch.join("release");
    build(inputs, None, &directory).unwrap();
    let release = Release::open(&directory).unwrap();
    let off = |counted: u32, seen: &serde_json::Value| f64::from(counted) / seen.as_f64().unwrap() - 1.0;
    let table = release.areas(None, "districts").unwrap();
    let seen = truth["seen_by_district"].as_object().unwrap();
    let districts = seen.iter().filter(|(_, seen)| seen.as_u64() >= Some(10)).map(|(name, seen)| {
        let row = table.rows.iter().find(|row| row.name == *name).unwrap();
        off(row.counts.cameras, seen)
    });
    let real = truth["public_space"].as_f64().unwrap();
    let estimate = release.summary.estimate.as_ref().and_then(|said| {
        let covers = said.low? <= real && said.high.is_none_or(|high| real <= high);
        Some((said.estimate? / real, covers))
    });
    let city = off(release.summary.cameras, &truth["seen_public_space"]);
    Outcome { city, districts: districts.collect(), f1, estimate }
}

/// The sightings of a survey with the number of the camera each is of.
fn sightings(data: &Path, truth: &serde_json::Value) -> (Vec<Observed>, Vec<u64>) {
    let options = ReadOptions {
        formats: Formats::All,
        mapping: None,
        gunzip: false,
        bounds: None,
        repair_swapped: false,
        kind_required: false,
        default_week: None,
        current_week: IsoWeek::new(2026, 47).unwrap(),
        limits: Limits { features: 100_000, feature_bytes: 100_000 },
    };
    let (mut observed, mut cameras) = (Vec::new(), Vec::new());
    for line in std::fs::read_to_string(data.join("submissions.ndjson")).unwrap().lines() {
        let document: serde_json::Value = serde_json::from_str(line).unwrap();
        let mut collect = Collect::default();
        read(line.as_bytes(), &options, &mut collect).unwrap();
        let features = document["features"].as_array().unwrap();
        assert_eq!(features.len(), collect.0.len(), "a sighting was refused");
        assign_slots(&mut collect.0);
        let occasion = OccasionId(u32::from(document["census"]["pass"] == "B"));
        for (sighting, feature) in collect.0.into_iter().zip(features) {
            observed.push(Observed { sighting, occasion });
            let number = feature["properties"]["ref"].to_string();
            cameras.push(truth["sighting_camera"][number.as_str()].as_u64().unwrap());
        }
    }
    (observed, cameras)
}

/// Pairs of public-space sightings of one camera: the harmonic mean of how many of those joined are right and how many of
/// those that are right were joined.
fn pair_f1(observed: &[Observed], cameras: &[u64]) -> f64 {
    let matching = match_sightings(observed, Gate::NORMAL, &[]);
    let pairs = |n: usize| (n * n.saturating_sub(1) / 2) as u64;
    let (mut joined, mut right) = (0, 0);
    let mut sizes: HashMap<u64, usize> = HashMap::new();
    for camera in 0..matching.cameras().len() {
        let mut of: HashMap<u64, usize> = HashMap::new();
        for &member in matching.members(camera) {
            *of.entry(cameras[member as usize]).or_default() += 1;
            *sizes.entry(cameras[member as usize]).or_default() += 1;
        }
        joined += pairs(matching.members(camera).len());
        right += of.into_values().map(pairs).sum::<u64>();
    }
    let real: u64 = sizes.into_values().map(pairs).sum();
    #[expect(clippy::cast_precision_loss, reason = "numbers of pairs, far below 2^53")]
    let f1 = 2.0 * right as f64 / (joined + real) as f64;
    f1
}

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred surveys")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

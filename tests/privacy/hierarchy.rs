//! P2: every coarser cell is a parent of the resolution-13 cell, also at the poles and on the antimeridian.

use std::collections::HashMap;
use std::fmt::Write as _;

use camera_census::density::tables;
use camera_census::ingest::{Candidate, Census, Formats, Limits, ReadOptions, Sink, read};
use camera_census::model::{IsoWeek, Sighting};
use camera_census::privacy::coarsen;
use h3o::{CellIndex, LatLng, Resolution};

use crate::random::Random;

const POINTS: usize = 100_000;

/// Points evenly over the sphere, with the poles and both sides of the antimeridian among them.
fn points() -> Vec<(f64, f64)> {
    let mut random = Random::seeded(7);
    let mut points: Vec<(f64, f64)> = (0..POINTS - 500)
        .map(|_| (random.between(-180.0, 180.0), random.between(-1.0, 1.0).asin().to_degrees()))
        .collect();
    for step in 0..100 {
        let along = -90.0 + 1.8 * f64::from(step);
        let around = -180.0 + 3.6 * f64::from(step);
        points.extend([(180.0, along), (-180.0, along), (179.999_999_9, along), (around, 90.0), (around, -90.0)]);
    }
    points
}

#[derive(Default)]
struct Coarse(Vec<Sighting>);

impl Sink for Coarse {
    fn candidate(&mut self, candidate: Candidate) {
        self.0.push(coarsen(candidate));
    }

    fn end_document(&mut self, _: &Census) {}

    fn discard_document(&mut self) {
        panic!("the document is good");
    }
}

fn sightings(points: &[(f64, f64)]) -> Vec<Sighting> {
    let mut lines = String::new();
    for (longitude, latitude) in points {
        writeln!(
            lines,
            r#"{{"type":"Feature","geometry":{{"type":"Point","coordinates":[{longitude},{latitude}]}},"properties":{{"kind":"dome"}}}}"#
        )
        .unwrap();
    }
    let week: IsoWeek = "2026-W40".parse().unwrap();
    let options = ReadOptions {
        formats: Formats::All,
        mapping: None,
        gunzip: false,
        bounds: None,
        repair_swapped: false,
        kind_required: true,
        default_week: Some(week),
        current_week: week,
        limits: Limits { features: u64::MAX, feature_bytes: 1 << 16 },
    };
    let mut coarse = Coarse::default();
    let report = read(lines.as_bytes(), &options, &mut coarse).unwrap();
    assert_eq!(report.accepted, points.len() as u64, "{:?}", report.problems.first());
    coarse.0
}

/// Whether counts per cell at one resolution are the sums of those at the next finer one.
fn conserves(coarse: &HashMap<CellIndex, u32>, fine: &HashMap<CellIndex, u32>, resolution: Resolution) -> bool {
    let mut sums: HashMap<CellIndex, u32> = HashMap::new();
    for (cell, count) in fine {
        *sums.entry(cell.parent(resolution).unwrap()).or_default() += count;
    }
    sums == *coarse
}

#[test]
fn the_count_of_a_cell_is_the_sum_of_its_children_at_every_resolution() {
    let points = points();
    let sightings = sightings(&points);
    let tables = tables(&sightings, &[], &[], &[], &[]);
    let counts: Vec<HashMap<CellIndex, u32>> =
        tables.iter().map(|table| table.rows.iter().map(|row| (row.cell, row.counts.sightings)).collect()).collect();
    for counts in &counts {
        assert_eq!(counts.values().map(|&count| count as usize).sum::<usize>(), points.len());
    }
    for (pair, table) in counts.windows(2).zip(&tables) {
        assert!(conserves(&pair[0], &pair[1], table.resolution), "{}", table.resolution);
    }
    // The finest table rests on the cells of the sightings themselves.
    let mut stored: HashMap<CellIndex, u32> = HashMap::new();
    for sighting in &sightings {
        assert_eq!(sighting.cell.resolution(), Resolution::Thirteen);
        *stored.entry(sighting.cell.parent(Resolution::Ten).unwrap()).or_default() += 1;
    }
    assert_eq!(stored, counts[counts.len() - 1]);
}

#[test]
fn indexing_points_directly_would_fail_the_test_above() {
    let points = points();
    let sightings = sightings(&points);
    let direct = |resolution| {
        points.iter().map(move |&(longitude, latitude)| LatLng::new(latitude, longitude).unwrap().to_cell(resolution))
    };
    let eight = Resolution::Eight;
    let disagree = direct(eight).zip(&sightings).filter(|(cell, s)| s.cell.parent(eight) != Some(*cell)).count();
    let percent = disagree * 100 / points.len();
    assert!((3..=12).contains(&percent), "{percent} per cent");
    let count = |resolution| {
        let mut counts: HashMap<CellIndex, u32> = HashMap::new();
        direct(resolution).for_each(|cell| *counts.entry(cell).or_default() += 1);
        counts
    };
    assert!(!conserves(&count(eight), &count(Resolution::Nine), eight));
}

#[test]
fn both_names_of_the_antimeridian_are_one_place() {
    let latitudes: Vec<f64> =
        (-90..=90).map(|latitude| f64::from(latitude) + 0.123).filter(|l| l.abs() <= 90.0).collect();
    let on = |longitude: f64| sightings(&latitudes.iter().map(|&latitude| (longitude, latitude)).collect::<Vec<_>>());
    assert_eq!(on(180.0), on(-180.0));
    assert_ne!(on(180.0), on(179.9));
}

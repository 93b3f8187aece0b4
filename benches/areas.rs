//! Reading boundaries, finding the areas of half a million cells, and drawing tiles.
//!
//! `cargo bench --bench areas -- FILE...` with GeoJSON files of polygons.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports to its terminal")]

use std::hint::black_box;
use std::time::Instant;

use camera_census::areas::{AreaFeature, AreaOptions, Locator, area_tiles, read};
use geo::{BoundingRect as _, CoordsIter as _};
use h3o::{CellIndex, LatLng, Resolution};

const CELLS: u64 = 500_000;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if files.is_empty() {
        eprintln!("name files of boundaries to measure");
    }
    for file in files {
        if let Err(error) = measure(&file) {
            eprintln!("{file}: {error}");
        }
    }
}

fn measure(file: &str) -> Result<(), Box<dyn std::error::Error>> {
    let bytes = std::fs::read(file)?;
    let start = Instant::now();
    let (set, _) = read(&bytes, &AreaOptions { set: "bench".to_owned(), ..AreaOptions::default() })?;
    let reading = start.elapsed();
    let corners: usize = set.areas.iter().map(|area| area.outline.coords_count()).sum();

    let start = Instant::now();
    let locator = Locator::new(&set);
    let preparing = start.elapsed();
    let cells = cells(&set.areas.iter().filter_map(|area| area.outline.bounding_rect()).collect::<Vec<_>>())?;
    let start = Instant::now();
    let inside = cells.iter().filter(|cell| black_box(locator.area_of(**cell)).is_some()).count();
    let locating = start.elapsed();

    let features: Vec<AreaFeature<'_>> =
        set.areas.iter().map(|area| AreaFeature { outline: &area.outline, properties: Vec::new() }).collect();
    let start = Instant::now();
    let tiles = area_tiles(&features)?;
    let drawing = start.elapsed();
    let largest = tiles.iter().map(|tile| tile.bytes.len()).max().unwrap_or(0);
    println!(
        "{file}: {} areas, {corners} corners; read, repaired and measured in {reading:.2?}; prepared in {preparing:.2?}, \
         {} cells located in {locating:.2?}, {inside} inside; {} tiles in {drawing:.2?}, the largest {largest} bytes",
        set.areas.len(),
        cells.len(),
        tiles.len()
    );
    Ok(())
}

/// Cells of resolution 13 spread over the boxes of the areas.
fn cells(boxes: &[geo::Rect<f64>]) -> Result<Vec<CellIndex>, Box<dyn std::error::Error>> {
    let mut state = 1_u64;
    let mut fraction = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    };
    let mut cells = Vec::new();
    for bounds in boxes.iter().cycle().take(usize::try_from(CELLS)?) {
        let x = bounds.min().x + bounds.width() * fraction();
        let y = bounds.min().y + bounds.height() * fraction();
        cells.push(LatLng::new(y, x)?.to_cell(Resolution::Thirteen));
    }
    Ok(cells)
}

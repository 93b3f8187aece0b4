//! How many cameras a cluster holds, and which sighting belongs to which.

use super::pair::{Gate, Point};
use crate::model::OccasionId;

/// Splits a cluster into its cameras.
///
/// An observer who reported several cameras here gave them different slots, so the cluster holds at least as many
/// cameras as the occasion that tells most slots apart. One sighting of each of those slots stands for a camera, and
/// every other sighting goes to the one it is least unlike.
pub(super) fn split(cluster: &[u32], points: &[Point], gate: Gate) -> Vec<Vec<u32>> {
    let seeds = seeds(cluster, points);
    if seeds.len() < 2 {
        return vec![cluster.to_vec()];
    }
    let mut cameras: Vec<Vec<u32>> = seeds.iter().map(|&seed| vec![seed]).collect();
    for &number in cluster.iter().filter(|number| !seeds.contains(number)) {
        let point = &points[number as usize];
        let nearest = (0..seeds.len())
            .min_by_key(|&at| point.unlikeness(&points[seeds[at] as usize], gate).unwrap_or(u32::MAX))
            .unwrap_or(0);
        cameras[nearest].push(number);
    }
    for camera in &mut cameras {
        camera.sort_unstable();
    }
    cameras
}

/// The first sighting, in record order, of each slot of the occasion with the most distinct slots; the first such
/// occasion when several have as many.
fn seeds(cluster: &[u32], points: &[Point]) -> Vec<u32> {
    let mut keyed: Vec<(OccasionId, u8, u32)> = cluster
        .iter()
        .map(|&number| {
            let observed = &points[number as usize].observed;
            (observed.occasion, observed.sighting.slot, number)
        })
        .collect();
    keyed.sort_unstable();
    keyed.dedup_by_key(|(occasion, slot, _)| (*occasion, *slot));
    keyed
        .chunk_by(|a, b| a.0 == b.0)
        .rev()
        .max_by_key(|slots| slots.len())
        .map(|slots| slots.iter().map(|&(_, _, number)| number).collect())
        .unwrap_or_default()
}

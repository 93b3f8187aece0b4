//! How many cameras a cluster holds, and which sighting belongs to which.

use super::pair::{Gate, Point};
use super::rules::Rules;
use crate::model::OccasionId;

/// Splits a cluster into its cameras.
///
/// An observer who reported several cameras here gave them different slots, so the cluster holds at least as many
/// cameras as the occasion that tells most slots apart. One sighting of each of those slots stands for a camera. The
/// slots that another occasion told apart go to different ones of these, from the likest pair on, so that each occasion
/// saw as many cameras as it has slots; what is left goes to the camera it is least unlike. Sightings that a moderator
/// ruled the same stay together.
pub(super) fn split(cluster: &[u32], points: &[Point], gate: Gate, rules: &Rules) -> Vec<Vec<u32>> {
    let occasions = slots_by_occasion(cluster, points, rules);
    let seeds = occasions.iter().rev().max_by_key(|slots| slots.len()).cloned().unwrap_or_default();
    if seeds.len() < 2 {
        return vec![cluster.to_vec()];
    }
    let unlike = |a: u32, b: u32| points[a as usize].unlikeness(&points[b as usize], gate).unwrap_or(u32::MAX);
    let mut camera_of: Vec<Option<usize>> = vec![None; cluster.len()];
    let position = |number: u32| cluster.partition_point(|&member| member < number);
    for (camera, &seed) in seeds.iter().enumerate() {
        camera_of[position(seed)] = Some(camera);
    }
    for slots in occasions.iter().filter(|slots| **slots != seeds) {
        let mut pairs: Vec<(u32, u32, usize)> = slots
            .iter()
            .filter(|&&one| camera_of[position(one)].is_none())
            .flat_map(|&one| seeds.iter().enumerate().map(move |(camera, &seed)| (unlike(one, seed), one, camera)))
            .collect();
        pairs.sort_unstable();
        let mut taken = vec![false; seeds.len()];
        for (_, one, camera) in pairs {
            if !taken[camera] && camera_of[position(one)].is_none() {
                taken[camera] = true;
                camera_of[position(one)] = Some(camera);
            }
        }
    }
    let decided = camera_of.clone();
    for (at, &number) in cluster.iter().enumerate() {
        let ruled = rules.alike(number, cluster.iter().copied()).find_map(|other| decided[position(other)]);
        let nearest = || (0..seeds.len()).min_by_key(|&camera| unlike(number, seeds[camera]));
        camera_of[at] = ruled.filter(|_| !rules.joins_none()).or(camera_of[at]).or_else(nearest);
    }
    let mut cameras = vec![Vec::new(); seeds.len()];
    for (&number, camera) in cluster.iter().zip(camera_of) {
        cameras[camera.unwrap_or_default()].push(number);
    }
    cameras
}

/// For each occasion, in order, the first sighting of each of its slots; of slots ruled the same, only the first.
fn slots_by_occasion(cluster: &[u32], points: &[Point], rules: &Rules) -> Vec<Vec<u32>> {
    let mut keyed: Vec<(OccasionId, u8, u32)> = cluster
        .iter()
        .map(|&number| {
            let observed = &points[number as usize].observed;
            (observed.occasion, observed.sighting.slot, number)
        })
        .collect();
    keyed.sort_unstable();
    keyed.dedup_by_key(|(occasion, slot, _)| (*occasion, *slot));
    let occasions = keyed.chunk_by(|a, b| a.0 == b.0);
    occasions
        .map(|slots| {
            let mut groups = Vec::with_capacity(slots.len());
            let fresh = |&(_, _, number): &(OccasionId, u8, u32)| {
                let group = rules.group_of(number);
                let fresh = !groups.contains(&group);
                groups.push(group);
                fresh.then_some(number)
            };
            slots.iter().filter_map(fresh).collect()
        })
        .collect()
}

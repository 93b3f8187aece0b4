//! Joining candidate pairs into clusters by complete linkage.

use super::neighbours::Neighbours;
use super::pair::{GATE_CAP_M, Gate, Point};

/// Candidate pairs kept for one point, the best ones. A camera has fewer reports than that.
const PAIRS_PER_POINT: usize = 64;

/// Sightings in one cluster. Only places where nothing tells cameras apart, such as the centre of a town in a badly
/// geocoded list, come near it; the bound keeps the work there in proportion.
const CLUSTER_LIMIT: usize = 512;

/// A candidate pair, ordered from the best on; ties break on the positions in canonical record order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    unlikeness: u32,
    first: u32,
    second: u32,
}

/// Groups points, given in canonical record order, into clusters in which every pair is a candidate. Each cluster is in
/// record order, and so is the list of clusters (by first member).
pub(super) fn clusters(points: &[Point], gate: Gate) -> Vec<Vec<u32>> {
    let mut members: Vec<Vec<u32>> = (0..).take(points.len()).map(|number| vec![number]).collect();
    let mut cluster_of: Vec<u32> = (0..).take(points.len()).collect();
    for edge in edges(points, gate) {
        let (a, b) = (cluster_of[edge.first as usize], cluster_of[edge.second as usize]);
        if a == b || members[a as usize].len() + members[b as usize].len() > CLUSTER_LIMIT {
            continue;
        }
        let whole = |x: &[u32], y: &[u32]| {
            x.iter().all(|&i| y.iter().all(|&j| points[i as usize].unlikeness(&points[j as usize], gate).is_some()))
        };
        if whole(&members[a as usize], &members[b as usize]) {
            let (into, from) = (a.min(b), a.max(b));
            let moved = std::mem::take(&mut members[from as usize]);
            for &number in &moved {
                cluster_of[number as usize] = into;
            }
            members[into as usize].extend(moved);
        }
    }
    members.retain(|cluster| !cluster.is_empty());
    for cluster in &mut members {
        cluster.sort_unstable();
    }
    members.sort_unstable();
    members
}

fn edges(points: &[Point], gate: Gate) -> Vec<Edge> {
    let mut index = Neighbours::new(GATE_CAP_M);
    let mut edges = Vec::new();
    for (second, point) in (0_u32..).zip(points) {
        let begun = edges.len();
        for first in index.around(point.place) {
            if let Some(unlikeness) = points[first as usize].unlikeness(point, gate) {
                edges.push(Edge { unlikeness, first, second });
            }
        }
        if edges.len() - begun > PAIRS_PER_POINT {
            edges[begun..].sort_unstable();
            edges.truncate(begun + PAIRS_PER_POINT);
        }
        index.insert(second, point.place);
    }
    edges.sort_unstable();
    edges
}

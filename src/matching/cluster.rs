//! Joining candidate pairs into clusters by complete linkage.

use super::neighbours::Neighbours;
use super::pair::{Gate, Point};
use super::rules::Rules;

/// Candidate pairs kept for one point, the best ones. A camera has fewer reports than that.
const PAIRS_PER_POINT: usize = 64;

/// Sightings in one cluster. Only places where nothing tells cameras apart, such as the centre of a town in a badly
/// geocoded list, come near it; the bound keeps the work there in proportion.
const CLUSTER_LIMIT: u32 = 512;

/// Points worked on at a time by one thread.
const SHARE: usize = 8_192;

/// A candidate pair, ordered from the best on; ties break on the positions in canonical record order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    unlikeness: u32,
    first: u32,
    second: u32,
}

/// Groups points, given in canonical record order, into clusters in which every pair is a candidate. Each cluster is in
/// record order, and so is the list of clusters (by first member).
pub(super) fn clusters(points: &[Point], gate: Gate, rules: &Rules) -> Vec<Vec<u32>> {
    let mut forest = Forest::of(points.len());
    for &(a, b) in &rules.same {
        forest.join(a, b);
    }
    let candidate = |i: u32, j: u32| points[i as usize].unlikeness(&points[j as usize], gate).is_some();
    for edge in edges(points, gate) {
        let (a, b) = (forest.root(edge.first), forest.root(edge.second));
        if a == b || forest.size[a as usize] + forest.size[b as usize] > CLUSTER_LIMIT {
            continue;
        }
        let fits = |i: u32, j: u32| {
            // Sightings ruled the same stand for each other: what each of the two is a candidate of may differ.
            let bridged = || {
                let both = || forest.members(a).chain(forest.members(b));
                let reaches = |one: u32, group: u32| {
                    rules.group_of(one) == group || both().any(|x| rules.group_of(x) == group && candidate(one, x))
                };
                let mut bridges = both().filter(|&x| rules.is_joined(x)).map(|x| rules.group_of(x));
                bridges.any(|group| reaches(i, group) && reaches(j, group))
            };
            !rules.forbids(i, j) && (candidate(i, j) || (!rules.joins_none() && bridged()))
        };
        let whole = forest.members(a).all(|i| forest.members(b).all(|j| fits(i, j)));
        if whole {
            forest.join(a, b);
        }
    }
    forest.into_clusters()
}

/// Clusters as chains through arrays: a million single sightings cost no million allocations.
struct Forest {
    root: Vec<u32>,
    /// The next member of the same cluster, the last one pointing to itself.
    next: Vec<u32>,
    last: Vec<u32>,
    size: Vec<u32>,
}

impl Forest {
    fn of(points: usize) -> Self {
        let own: Vec<u32> = (0..).take(points).collect();
        Self { root: own.clone(), next: own.clone(), last: own, size: vec![1; points] }
    }

    fn root(&self, number: u32) -> u32 {
        self.root[number as usize]
    }

    /// The members of the cluster under a root.
    fn members(&self, root: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(root), |&at| {
            let next = self.next[at as usize];
            (next != at).then_some(next)
        })
    }

    /// Joins the clusters of two points under the lower root.
    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return;
        }
        let (into, from) = (a.min(b), a.max(b));
        let mut at = from;
        loop {
            self.root[at as usize] = into;
            let next = self.next[at as usize];
            if next == at {
                break;
            }
            at = next;
        }
        let end = self.last[into as usize];
        self.next[end as usize] = from;
        self.last[into as usize] = self.last[from as usize];
        self.size[into as usize] += self.size[from as usize];
    }

    fn into_clusters(self) -> Vec<Vec<u32>> {
        let roots = (0..).zip(&self.root).filter(|(number, root)| number == *root);
        let mut clusters: Vec<Vec<u32>> = roots.map(|(root, _)| self.members(root).collect()).collect();
        for cluster in &mut clusters {
            cluster.sort_unstable();
        }
        clusters
    }
}

/// Every candidate pair, best first. The work is shared between the processor's cores; the result does not depend on how.
fn edges(points: &[Point], gate: Gate) -> Vec<Edge> {
    let index = Neighbours::of(points, gate.reach_m(points));
    let starts: Vec<usize> = (0..points.len()).step_by(SHARE).collect();
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(starts.len()).max(1);
    let mut edges: Vec<Edge> = std::thread::scope(|scope| {
        let work = |worker: usize| {
            let (starts, index) = (&starts, &index);
            move || {
                let mine = starts.iter().skip(worker).step_by(workers);
                mine.flat_map(|&start| edges_of(start..(start + SHARE).min(points.len()), points, index, gate))
                    .collect()
            }
        };
        let running: Vec<_> = (1..workers).map(|worker| scope.spawn(work(worker))).collect();
        let mut edges: Vec<Edge> = work(0)();
        for worker in running {
            match worker.join() {
                Ok(found) => edges.extend::<Vec<Edge>>(found),
                Err(stopped) => std::panic::resume_unwind(stopped),
            }
        }
        edges
    });
    edges.sort_unstable();
    edges
}

/// The candidate pairs of some points with points before them.
fn edges_of(range: std::ops::Range<usize>, points: &[Point], index: &Neighbours, gate: Gate) -> Vec<Edge> {
    let mut edges = Vec::new();
    for (second, point) in range.clone().zip(&points[range]) {
        let begun = edges.len();
        let Ok(second) = u32::try_from(second) else { break };
        for first in index.before(second, point.place) {
            if let Some(unlikeness) = points[first as usize].unlikeness(point, gate) {
                edges.push(Edge { unlikeness, first, second });
            }
        }
        if edges.len() - begun > PAIRS_PER_POINT {
            edges[begun..].sort_unstable();
            edges.truncate(begun + PAIRS_PER_POINT);
        }
    }
    edges
}

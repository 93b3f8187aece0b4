//! Counting home cameras, which cannot be told apart by place.

use std::collections::BTreeMap;

use h3o::CellIndex;

use crate::model::{IsoWeek, Observed, Occasion, OccasionId};

/// Home cameras counted in one resolution-8 cell, before rounding. Never written anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct HomeCount {
    /// The base cell.
    pub cell: CellIndex,
    /// Number of home cameras.
    pub count: u32,
}

/// The number of home cameras in each cell: the largest total of one pass, or without a wave the largest total of one
/// source and ISO week. Never a sum over passes, which would count one door twice. Occasions that differ by the epoch of
/// their tokens alone are one: a key that is exchanged makes no new pass.
///
/// `occasions` is the table that [`Observed::occasion`] points into.
#[must_use]
pub fn home_counts(observed: &[Observed], occasions: &[Occasion]) -> Vec<HomeCount> {
    let in_wave = |id: OccasionId| occasions.get(id.0 as usize).is_some_and(|occasion| occasion.wave.is_some());
    let whose = |occasion: &Occasion| Occasion { key_epoch: 0, ..occasion.clone() };
    let mut first: BTreeMap<Occasion, OccasionId> = BTreeMap::new();
    let mut same = Vec::with_capacity(occasions.len());
    for (number, occasion) in (0..).map(OccasionId).zip(occasions) {
        same.push(*first.entry(whose(occasion)).or_insert(number));
    }
    let mut totals: BTreeMap<(CellIndex, OccasionId, Option<IsoWeek>), u32> = BTreeMap::new();
    for o in observed.iter().filter(|o| o.sighting.is_home() && o.sighting.heads > 0) {
        let week = if in_wave(o.occasion) { None } else { o.sighting.week };
        let occasion = same.get(o.occasion.0 as usize).copied().unwrap_or(o.occasion);
        *totals.entry((o.sighting.cell, occasion, week)).or_default() += 1;
    }
    let mut largest: BTreeMap<CellIndex, u32> = BTreeMap::new();
    for ((cell, _, _), total) in totals {
        let count = largest.entry(cell).or_default();
        *count = (*count).max(total);
    }
    largest.into_iter().map(|(cell, count)| HomeCount { cell, count }).collect()
}

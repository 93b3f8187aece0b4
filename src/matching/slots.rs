//! Slots: what is left of "one observer saw these side by side".

use super::neighbours::Neighbours;
use super::pair::{GATE_CAP_M, Gate, Point};
use crate::model::{Observed, OccasionId, Sighting};

/// Colours the sightings of one observer so that any two which could be taken for one camera have different slots:
/// greedily, in the order of their records, always the lowest free slot. Two that lie beyond the gate, or contradict each
/// other, are never joined anyway and may share one: a slot that is not needed would count a camera twice as soon as
/// another observer saw it alone.
///
/// Fed in record order, the result depends on the set of records only. An observer who reports more than 256 cameras
/// within one gate uses up the slots, and the rest share the last one.
pub struct SlotAssigner {
    index: Neighbours,
    given: Vec<(Point, u8)>,
}

impl SlotAssigner {
    /// For an observer nothing is known of yet.
    #[must_use]
    pub fn new() -> Self {
        Self { index: Neighbours::new(GATE_CAP_M), given: Vec::new() }
    }

    /// The slot of the observer's next sighting. Home cameras are not told apart by place and all have slot 0.
    pub fn next(&mut self, sighting: &Sighting) -> u8 {
        if sighting.is_home() {
            return 0;
        }
        let point = Point::new(Observed { sighting: *sighting, occasion: OccasionId::default() });
        let mut taken = [false; 256];
        for number in self.index.around(point.place) {
            if let Some((other, slot)) = self.given.get(number as usize)
                && point.unlikeness(other, Gate::NORMAL).is_some()
            {
                taken[usize::from(*slot)] = true;
            }
        }
        let slot = taken.iter().position(|taken| !taken).and_then(|free| u8::try_from(free).ok()).unwrap_or(u8::MAX);
        if let Ok(number) = u32::try_from(self.given.len()) {
            self.index.insert(number, point.place);
            self.given.push((point, slot));
        }
        slot
    }
}

impl Default for SlotAssigner {
    fn default() -> Self {
        Self::new()
    }
}

/// Gives the sightings of one observer their slots, leaving them in the order they are in.
pub fn assign_slots(sightings: &mut [Sighting]) {
    for sighting in sightings.iter_mut() {
        sighting.slot = 0;
    }
    let mut order: Vec<usize> = (0..sightings.len()).collect();
    order.sort_by_key(|&at| sightings[at]);
    let mut assigner = SlotAssigner::new();
    for at in order {
        sightings[at].slot = assigner.next(&sightings[at]);
    }
}

#[cfg(test)]
mod tests {
    use h3o::{LatLng, Resolution};
    use proptest::prelude::*;

    use super::*;
    use crate::matching::pair::tests::sighting_at;

    #[test]
    fn neighbours_get_different_slots_and_strangers_the_same() {
        let mut seen = [sighting_at(52.5, 13.4), sighting_at(52.500_05, 13.4), sighting_at(52.51, 13.4)];
        assign_slots(&mut seen);
        let mut slots: Vec<u8> = seen.iter().map(|s| s.slot).collect();
        slots.sort_unstable();
        assert_eq!(slots, [0, 0, 1]);
    }

    #[test]
    fn neighbours_beyond_the_gate_share_a_slot_so_that_nobody_counts_them_twice() {
        // Two cameras 20 m apart, seen together by one observer and singly by two others.
        let (a, b) = (sighting_at(52.5, 13.4), sighting_at(52.500_18, 13.4));
        let mut together = [a, b];
        assign_slots(&mut together);
        assert_eq!(together.map(|s| s.slot), [0, 0]);
        let seen = [together[0], together[1], a, b].map(|sighting| Observed { sighting, occasion: OccasionId(0) });
        assert_eq!(crate::matching::cameras(&seen, Gate::NORMAL).len(), 2);
    }

    #[test]
    fn two_heads_reported_at_one_spot_are_two() {
        let mut seen = [sighting_at(52.5, 13.4); 3];
        assign_slots(&mut seen);
        assert_eq!(seen.map(|s| s.slot), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn slots_depend_on_the_set_only_and_separate_every_pair_within_the_gate(
            mut offsets in proptest::collection::vec((0..40_i32, 0..40_i32), 1..40),
            turn in 0..40_usize,
        ) {
            let make = |offsets: &[(i32, i32)]| {
                let mut all: Vec<Sighting> = offsets
                    .iter()
                    .map(|&(x, y)| sighting_at(52.5 + f64::from(y) * 3e-5, 13.4 + f64::from(x) * 4e-5))
                    .collect();
                assign_slots(&mut all);
                all.sort_unstable();
                all
            };
            let first = make(&offsets);
            let middle = turn % offsets.len();
            offsets.rotate_left(middle);
            prop_assert_eq!(&first, &make(&offsets));
            for (i, a) in first.iter().enumerate() {
                for b in &first[i + 1..] {
                    let point = |s: &Sighting| Point::new(Observed { sighting: *s, occasion: OccasionId(0) });
                    let joinable = point(a).unlikeness(&point(b), Gate::NORMAL).is_some();
                    prop_assert!(!joinable || a.slot != b.slot);
                }
            }
        }
    }

    #[test]
    fn a_cell_of_resolution_13_is_small_beside_the_gate() {
        let cell = LatLng::new(0.0, 0.0).unwrap().to_cell(Resolution::Thirteen);
        assert!(cell.area_m2() < 100.0);
    }

    /// The page of the report form works slots out by itself (`static/slots.js`); a test of it reads the same file.
    #[test]
    fn the_vectors_that_the_browser_is_tested_with_are_the_slots_given_here() {
        use crate::model::{Basis, Facing, Kind, Linked, Maker, Mount, Operator, PositionClass};
        let groups: serde_json::Value = serde_json::from_str(include_str!("../../tests/browser/slots.json")).unwrap();
        for group in groups.as_array().unwrap() {
            let mut seen: Vec<Sighting> = group["reports"]
                .as_array()
                .unwrap()
                .iter()
                .map(|report| {
                    let word = |name: &str| report[name].as_str().unwrap();
                    let facing = &report["facing"];
                    let mut sighting = Sighting {
                        kind: Kind::from_word(word("kind")).unwrap(),
                        operator: Operator::from_word(word("operator")).unwrap(),
                        mount: Mount::from_word(word("mount")).unwrap(),
                        linked: Linked::from_word(word("linked")).unwrap(),
                        maker: Maker::find(word("maker")).unwrap_or_default(),
                        basis: Basis::from_word(word("basis")).unwrap(),
                        heads: u8::try_from(report["heads"].as_u64().unwrap()).unwrap(),
                        facing: match facing.as_f64() {
                            Some(degrees) => Facing::bearing(degrees).unwrap(),
                            None if facing.is_null() => Facing::NONE,
                            None => Facing::ALL_ROUND,
                        },
                        position: match report["accuracy_m"].as_f64() {
                            Some(metres) => PositionClass::from_accuracy_m(metres),
                            None => PositionClass::Map,
                        },
                        ..sighting_at(report["latitude"].as_f64().unwrap(), report["longitude"].as_f64().unwrap())
                    };
                    if sighting.is_home() {
                        sighting.cell = sighting.cell.parent(Resolution::Eight).unwrap();
                    }
                    sighting
                })
                .collect();
            assign_slots(&mut seen);
            let slots: Vec<u8> = seen.iter().map(|sighting| sighting.slot).collect();
            assert_eq!(serde_json::json!(slots), group["slots"], "{}", group["reports"]);
        }
    }
}

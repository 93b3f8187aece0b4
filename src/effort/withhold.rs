//! Effort that waits with the sightings of its wave.

use std::collections::BTreeSet;

use h3o::{CellIndex, LatLng};

use crate::model::{AuditUnit, REGION, UnitId, UnitShape, WaveEffort, region_of};

/// Takes out of a wave what was walked in these regions (see [`REGION`]). Sightings of the wave wait there: with the
/// effort alone, a street full of cameras would pass for one without any.
pub fn withhold(wave: &mut WaveEffort, units: &[AuditUnit], regions: &BTreeSet<CellIndex>) {
    let withheld: BTreeSet<UnitId> =
        units.iter().filter(|unit| touches(&unit.shape, regions)).map(|unit| unit.id).collect();
    wave.marks.retain(|mark| !withheld.contains(&mark.unit));
}

fn touches(shape: &UnitShape, regions: &BTreeSet<CellIndex>) -> bool {
    match shape {
        UnitShape::Cell(cell) => regions.contains(&region_of(*cell)),
        UnitShape::Segment(points) => points.iter().any(|[longitude, latitude]| {
            let place = LatLng::new(f64::from(*latitude) / 1e6, f64::from(*longitude) / 1e6);
            place.is_ok_and(|place| regions.contains(&place.to_cell(REGION)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EffortMark, PassLetter, UnitState};

    #[test]
    fn what_lies_in_a_region_is_taken_out_and_the_rest_stays() {
        let near = UnitShape::segment(vec![[13_400_000, 52_500_000], [13_401_000, 52_500_000]]).unwrap();
        let cell = LatLng::new(52.5, 13.4).unwrap().to_cell(UnitShape::CELL_RESOLUTION);
        let far = UnitShape::segment(vec![[2_350_000, 48_850_000], [2_351_000, 48_850_000]]).unwrap();
        let units = [near, UnitShape::Cell(cell), far].map(AuditUnit::new);
        let pass = PassLetter::parse("A").unwrap();
        let marks = units.iter().map(|unit| EffortMark { unit: unit.id, pass, state: UnitState::Complete }).collect();
        let mut wave = WaveEffort { campaign: "default".to_owned(), wave: "may".to_owned(), is_frame: true, marks };
        withhold(&mut wave, &units, &BTreeSet::from([region_of(cell)]));
        assert_eq!(wave.marks.iter().map(|mark| mark.unit).collect::<Vec<_>>(), [units[2].id]);
        withhold(&mut wave, &units, &BTreeSet::new());
        assert_eq!(wave.marks.len(), 1);
    }
}

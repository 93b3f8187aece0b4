//! What a published figure comes to per square kilometre and per resident, where it states the denominator itself.

use crate::model::PublishedFigure;

/// A number with the ends of its range, as far as they are stated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Lower end.
    pub low: Option<f64>,
    /// The number.
    pub middle: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Range {
    /// The number itself where it is stated, else the nearest there is: the upper end, then the lower.
    #[must_use]
    pub fn representative(&self) -> f64 {
        self.middle.or(self.high).or(self.low).unwrap_or_default()
    }

    /// Lower and upper end, when both are stated and differ.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        self.low.zip(self.high).filter(|(low, high)| low < high)
    }
}

/// The figure itself.
#[must_use]
pub fn cameras(figure: &PublishedFigure) -> Range {
    each(figure, |cameras| cameras)
}

/// Cameras per square kilometre; `None` when the figure does not state the ground it covers.
#[must_use]
pub fn per_km2(figure: &PublishedFigure) -> Option<Range> {
    let km2 = figure.area_km2.filter(|km2| *km2 > 0.0)?;
    Some(each(figure, |cameras| cameras / km2))
}

/// Cameras per 1,000 residents; `None` when the figure does not state how many live there.
#[must_use]
pub fn per_1000_residents(figure: &PublishedFigure) -> Option<Range> {
    let residents = figure.population.filter(|residents| *residents > 0)?;
    Some(each(figure, |cameras| cameras * 1000.0 / real(residents)))
}

fn each(figure: &PublishedFigure, of: impl Fn(f64) -> f64) -> Range {
    let at = |cameras: Option<u64>| cameras.map(|cameras| of(real(cameras)));
    Range { low: at(figure.cameras_low), middle: at(figure.cameras), high: at(figure.cameras_high) }
}

#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53, and a ledger holds at most 10^12")]
fn real(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::super::shipped_figures;
    use super::*;

    fn shipped(id: &str) -> PublishedFigure {
        shipped_figures().iter().find(|figure| figure.id == id).unwrap().clone()
    }

    #[test]
    fn the_plan_for_chongqing_comes_to_483_cameras_per_square_kilometre() {
        let plan = shipped("chongqing-planned-2011");
        let density = per_km2(&plan).unwrap();
        assert!((density.representative() - 482.6).abs() < 0.05, "{density:?}");
        assert_eq!((density.low, density.high), (None, density.middle));
        assert!((per_1000_residents(&plan).unwrap().representative() - 41.67).abs() < 0.005);
    }

    #[test]
    fn a_density_is_never_made_up_where_the_denominator_is_not_stated() {
        assert_eq!(per_km2(&shipped("chongqing-existing-2011")), None);
        assert_eq!(per_1000_residents(&shipped("new-york-amnesty-2022")), None);
        let stated = shipped_figures().iter().filter(|figure| per_km2(figure).is_some()).count();
        assert_eq!(stated, 1);
    }

    #[test]
    fn the_ends_of_a_range_are_kept() {
        let mut figure = shipped("chongqing-planned-2011");
        (figure.cameras_low, figure.cameras, figure.cameras_high) = (Some(1036), None, Some(3108));
        let density = per_km2(&figure).unwrap();
        assert_eq!((density.low, density.middle, density.high), (Some(1.0), None, Some(3.0)));
        assert_eq!(density.ends(), Some((1.0, 3.0)));
    }
}

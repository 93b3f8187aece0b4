//! Which occasions saw each camera, counted.

use super::EstimateError;

/// Capture histories of two to seven occasions. A history is a bit mask: bit 0 stands for the first occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histories {
    occasions: u8,
    counts: Vec<u64>,
}

impl Histories {
    /// Counts histories given as `(mask, cameras)`; equal masks add up.
    ///
    /// # Errors
    /// [`EstimateError::Occasions`] unless there are two to seven, [`EstimateError::History`] for a mask that names
    /// none of them or another one.
    pub fn new(occasions: u8, captures: impl IntoIterator<Item = (u8, u64)>) -> Result<Self, EstimateError> {
        if !(2..=7).contains(&occasions) {
            return Err(EstimateError::Occasions);
        }
        let mut counts = vec![0; 1 << occasions];
        for (mask, cameras) in captures {
            let cell = counts.get_mut(usize::from(mask)).filter(|_| mask != 0).ok_or(EstimateError::History)?;
            *cell += cameras;
        }
        Ok(Self { occasions, counts })
    }

    /// Number of occasions.
    #[must_use]
    pub fn occasions(&self) -> u8 {
        self.occasions
    }

    /// Cameras with exactly this history.
    #[must_use]
    pub fn count(&self, mask: u8) -> u64 {
        self.counts.get(usize::from(mask)).copied().unwrap_or(0)
    }

    /// Distinct cameras.
    #[must_use]
    pub fn counted(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Cameras seen on exactly so many occasions.
    #[must_use]
    pub fn seen(&self, times: u32) -> u64 {
        self.cells().filter(|(mask, _)| mask.count_ones() == times).map(|(_, count)| count).sum()
    }

    /// Cameras seen on all occasions of the mask, and perhaps on others.
    #[must_use]
    pub fn seen_on(&self, all_of: u8) -> u64 {
        self.cells().filter(|(mask, _)| mask & all_of == all_of).map(|(_, count)| count).sum()
    }

    /// Every possible history with its cameras, in ascending order.
    pub(super) fn cells(&self) -> impl Iterator<Item = (u8, u64)> + '_ {
        (1..=u8::MAX).zip(self.counts.iter().skip(1).copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_are_counted_by_how_often_and_where_they_were_seen() {
        let histories = Histories::new(3, [(0b111, 2), (0b011, 3), (0b001, 4), (0b001, 1)]).unwrap();
        assert_eq!(histories.counted(), 10);
        assert_eq!([1, 2, 3].map(|times| histories.seen(times)), [5, 3, 2]);
        assert_eq!([0b001, 0b010, 0b100, 0b011].map(|mask| histories.seen_on(mask)), [10, 5, 2, 5]);
        assert_eq!(histories.count(0b001), 5);
    }

    #[test]
    fn histories_name_occasions_of_the_survey() {
        assert_eq!(Histories::new(3, [(0, 1)]), Err(EstimateError::History));
        assert_eq!(Histories::new(3, [(0b1000, 1)]), Err(EstimateError::History));
        assert_eq!(Histories::new(1, []), Err(EstimateError::Occasions));
        assert_eq!(Histories::new(8, []), Err(EstimateError::Occasions));
        assert_eq!(Histories::new(7, [(127, 1)]).unwrap().cells().count(), 127);
    }
}

//! The classes of the map: fixed, the same in every release, so that two maps can be laid side by side.

/// Lower bounds of the classes of cameras per cell; the last is open above.
pub const COUNT_CLASSES: [u64; 7] = [1, 2, 5, 10, 20, 50, 100];

/// Lower bounds of the classes of cameras per square kilometre; the first starts just above 0, the last is open above.
/// A single camera falls into class 2 at resolution 8, 3 at resolution 9 and 5 at resolution 10.
pub const KM2_CLASSES: [u64; 7] = [0, 1, 5, 20, 50, 100, 500];

/// The class of a number of cameras, 1 to 7; `None` for zero, which is not drawn.
#[must_use]
pub fn count_class(cameras: u64) -> Option<u8> {
    (1..).zip(COUNT_CLASSES).filter(|(_, bound)| cameras >= *bound).map(|(class, _)| class).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bound_starts_its_class_and_zero_has_none() {
        let classes = [0, 1, 2, 4, 5, 9, 10, 19, 20, 49, 50, 99, 100, u64::MAX].map(count_class);
        let expected = [0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7].map(|class| (class > 0).then_some(class));
        assert_eq!(classes, expected);
    }
}

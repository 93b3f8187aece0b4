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

/// The class of a number of cameras per square kilometre, 1 to 7; `None` for zero and for what is not a number.
#[must_use]
pub fn km2_class(rate: f64) -> Option<u8> {
    if rate.is_nan() || rate <= 0.0 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "bounds are small")]
    (1..).zip(KM2_CLASSES).filter(|(_, bound)| rate >= *bound as f64).map(|(class, _)| class).last()
}

/// Class numbers and labels of the legend of counts: `1`, `2–4`, `100+`. `number` writes a number as a language does.
#[must_use]
pub fn count_labels(number: impl Fn(u64) -> String) -> Vec<(u8, String)> {
    labels(COUNT_CLASSES, |low, next| match next {
        Some(next) if next - 1 == low => number(low),
        Some(next) => format!("{}–{}", number(low), number(next - 1)),
        None => format!("{}+", number(low)),
    })
}

/// Class numbers and labels of the legend of densities: `< 1`, `1–5`, `500+`. The upper bound is excluded.
#[must_use]
pub fn km2_labels(number: impl Fn(u64) -> String) -> Vec<(u8, String)> {
    labels(KM2_CLASSES, |low, next| match next {
        Some(next) if low == 0 => format!("< {}", number(next)),
        Some(next) => format!("{}–{}", number(low), number(next)),
        None => format!("{}+", number(low)),
    })
}

fn labels(bounds: [u64; 7], label: impl Fn(u64, Option<u64>) -> String) -> Vec<(u8, String)> {
    (1..).zip(bounds).zip(1..).map(|((class, low), next)| (class, label(low, bounds.get(next).copied()))).collect()
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

    #[test]
    fn a_rate_above_zero_has_a_class_and_a_bound_belongs_to_the_class_above() {
        let classes = [0.0, -1.0, f64::NAN, 0.001, 1.0, 4.99, 5.0, 499.0, 500.0].map(km2_class);
        assert_eq!(classes, [None, None, None, Some(1), Some(2), Some(2), Some(3), Some(6), Some(7)]);
    }
}

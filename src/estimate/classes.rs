//! Class breaks for maps: fixed ones, so that two dates compare, and views that follow the data.
//!
//! No data and zero are no classes; they have symbols of their own.

/// Breaks between classes of a rate, the same in every release: below 1, 1-2, 2-5, 5-10, 10-20, 20 and more.
pub const FIXED_BREAKS: [f64; 5] = [1.0, 2.0, 5.0, 10.0, 20.0];

/// The class of a rate above zero by [`FIXED_BREAKS`], from 0; a break belongs to the class above it. `None` for zero
/// and for what is not a rate.
#[must_use]
pub fn fixed_class(rate: f64) -> Option<usize> {
    (rate > 0.0).then(|| FIXED_BREAKS.iter().filter(|&&bound| rate >= bound).count())
}

/// Quantile of type 7 (Hyndman and Fan 1996), as R computes by default. `share` is held to 0..=1; values that are not
/// finite are left out; `None` if none is left.
#[must_use]
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    of_sorted(&sorted(values), share)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index into the values")]
fn of_sorted(values: &[f64], share: f64) -> Option<f64> {
    let at = share.clamp(0.0, 1.0) * values.len().checked_sub(1)? as f64;
    let below = values.get(at.floor() as usize)?;
    let above = values.get(at.ceil() as usize)?;
    Some(below + (at - at.floor()) * (above - below))
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Breaks of classes with equally many values, ends included. Ties make fewer classes, not empty ones.
#[must_use]
pub fn quantile_breaks(values: &[f64], classes: usize) -> Vec<f64> {
    let values = sorted(values);
    let share = |at: usize| at as f64 / classes.max(1) as f64;
    let mut breaks: Vec<f64> = (0..=classes.max(1)).filter_map(|at| of_sorted(&values, share(at))).collect();
    breaks.dedup();
    breaks
}

/// Head/tail breaks (Jiang 2013), ends included: at the mean, then at the mean of what lies above it, as long as at most
/// 40 % of the values do.
#[must_use]
pub fn head_tail_breaks(values: &[f64]) -> Vec<f64> {
    const MOST_IN_HEAD: f64 = 0.4;
    let values = sorted(values);
    let mut breaks: Vec<f64> = values.first().copied().into_iter().collect();
    let mut head = values.as_slice();
    while !head.is_empty() {
        let mean = head.iter().sum::<f64>() / head.len() as f64;
        breaks.push(mean);
        let above = &head[head.partition_point(|&value| value <= mean)..];
        if above.len() < 2 || above.len() as f64 > MOST_IN_HEAD * head.len() as f64 {
            break;
        }
        head = above;
    }
    breaks.extend(values.last());
    breaks.dedup();
    breaks
}

/// Fisher's breaks (1958), ends included: classes with the least squared distance to their means; inner breaks lie
/// midway between neighbours. For at most a few thousand values: time grows with their square.
#[must_use]
pub fn fisher_breaks(values: &[f64], classes: usize) -> Vec<f64> {
    let values = sorted(values);
    let (Some(&first), Some(&last)) = (values.first(), values.last()) else { return Vec::new() };
    let mut distinct = values.clone();
    distinct.dedup();
    if distinct.len() <= classes {
        return distinct;
    }
    let mut breaks = vec![first];
    let starts = best_starts(&values, classes.max(1));
    breaks.extend(starts.into_iter().map(|start| f64::midpoint(values[start - 1], values[start])));
    breaks.push(last);
    breaks
}

/// Where the second and later classes of the best partition start.
fn best_starts(values: &[f64], classes: usize) -> Vec<usize> {
    let length = values.len();
    let prefix = |power: i32| -> Vec<f64> {
        let sums = values.iter().scan(0.0, |sum, value| {
            *sum += value.powi(power);
            Some(*sum)
        });
        std::iter::once(0.0).chain(sums).collect()
    };
    let (sums, squares) = (prefix(1), prefix(2));
    let cost = |from: usize, to: usize| {
        let sum = sums[to] - sums[from];
        squares[to] - squares[from] - sum * sum / (to - from) as f64
    };
    // least[end]: the best partition of the first `end` values into as many classes as were added so far.
    let mut least: Vec<f64> = (0..=length).map(|end| if end == 0 { 0.0 } else { cost(0, end) }).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for class in 1..classes {
        let mut start_of = vec![0; length + 1];
        let mut next = vec![f64::INFINITY; length + 1];
        for end in class + 1..=length {
            for (start, before) in least.iter().enumerate().take(end).skip(class) {
                let total = before + cost(start, end);
                if total < next[end] {
                    (next[end], start_of[end]) = (total, start);
                }
            }
        }
        least = next;
        starts.push(start_of);
    }
    let mut end = length;
    let mut found: Vec<usize> = Vec::new();
    for start_of in starts.iter().rev() {
        end = start_of[end];
        found.push(end);
    }
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn skewed() -> Vec<f64> {
        [19.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0].into_iter().chain([1.0; 10]).collect()
    }

    fn close(actual: &[f64], expected: &[f64]) {
        assert_eq!(actual.len(), expected.len(), "{actual:?}");
        assert!(actual.iter().zip(expected).all(|(a, b)| (a - b).abs() < 5e-7), "{actual:?} is not {expected:?}");
    }

    /// The R package classInt.
    #[test]
    fn breaks_come_out_as_in_classint() {
        close(&head_tail_breaks(&skewed()), &[1.0, 4.15, 9.142_857, 14.5, 19.0]);
        close(&quantile_breaks(&skewed(), 5), &[1.0, 3.4, 7.2, 19.0]);
        close(&fisher_breaks(&skewed(), 5), &[1.0, 2.5, 4.5, 7.5, 14.5, 19.0]);
        let harmonic: Vec<f64> = (1..=100).map(|at| 1.0 / f64::from(at)).collect();
        let expected = [0.01, 0.051_873_78, 0.186_723_14, 0.456_666_67, 0.75, 1.0];
        close(&head_tail_breaks(&harmonic), &expected);
    }

    #[test]
    fn quantiles_lie_between_values_as_in_r() {
        close(&[0.0, 0.2, 0.6, 1.0].map(|share| quantile(&skewed(), share).unwrap()), &[1.0, 1.0, 3.4, 19.0]);
        assert_eq!(quantile(&[3.0, f64::NAN, 1.0], 0.5), Some(2.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn a_fixed_break_belongs_to_the_class_above() {
        let classes = [0.2, 1.0, 1.9, 2.0, 7.0, 10.0, 20.0, 1e9].map(|rate| fixed_class(rate).unwrap());
        assert_eq!(classes, [0, 1, 1, 2, 3, 4, 5, 5]);
        assert_eq!((fixed_class(0.0), fixed_class(f64::NAN), fixed_class(-1.0)), (None, None, None));
    }

    #[test]
    fn equal_values_make_one_class() {
        for breaks in [quantile_breaks(&[4.0; 9], 5), head_tail_breaks(&[4.0; 9]), fisher_breaks(&[4.0; 9], 5)] {
            assert_eq!(breaks, [4.0]);
        }
        assert!(
            quantile_breaks(&[], 5).is_empty() && head_tail_breaks(&[]).is_empty() && fisher_breaks(&[], 5).is_empty()
        );
    }

    proptest! {
        #[test]
        fn breaks_ascend_from_the_least_to_the_greatest(values in prop::collection::vec(0.0..1000.0f64, 2..60)) {
            for breaks in [quantile_breaks(&values, 5), head_tail_breaks(&values), fisher_breaks(&values, 5)] {
                prop_assert!(breaks.is_sorted());
                prop_assert_eq!(breaks[0], values.iter().copied().fold(f64::INFINITY, f64::min));
                prop_assert_eq!(*breaks.last().unwrap(), values.iter().copied().fold(0.0, f64::max));
            }
        }
    }
}

//! Byte ranges (RFC 9110 section 14): one range of a file, or the whole.

/// What a `Range` header asks of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Everything: the header is malformed, has another unit, or asks for several ranges, and may then be ignored.
    Whole,
    /// From the first offset to the last, both included.
    Part {
        /// First byte.
        first: u64,
        /// Last byte, inside the file.
        last: u64,
    },
    /// A range that begins after the end.
    Unsatisfiable,
}

/// Reads a `Range` header for a file of `length` bytes. Numbers beyond 64 bits count as very large.
#[must_use]
pub(super) fn wanted(header: &str, length: u64) -> Wanted {
    let Some((unit, ranges)) = header.split_once('=') else { return Wanted::Whole };
    let Some((first, last)) = ranges.trim().split_once('-') else { return Wanted::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") || ranges.contains(',') {
        return Wanted::Whole;
    }
    let end = length.saturating_sub(1);
    match (first, last) {
        ("", suffix) => match number(suffix) {
            Some(0) => Wanted::Unsatisfiable,
            Some(_) if length == 0 => Wanted::Unsatisfiable,
            Some(suffix) => Wanted::Part { first: length.saturating_sub(suffix), last: end },
            None => Wanted::Whole,
        },
        (first, last) => {
            let last = if last.is_empty() { Some(u64::MAX) } else { number(last) };
            match (number(first), last) {
                (Some(first), Some(last)) if first > last => Wanted::Whole,
                (Some(first), Some(_)) if first >= length => Wanted::Unsatisfiable,
                (Some(first), Some(last)) => Wanted::Part { first, last: last.min(end) },
                _ => Wanted::Whole,
            }
        }
    }
}

fn number(digits: &str) -> Option<u64> {
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const fn part(first: u64, last: u64) -> Wanted {
        Wanted::Part { first, last }
    }

    #[rstest]
    #[case::first_bytes("bytes=0-4", part(0, 4))]
    #[case::middle("bytes=2-2", part(2, 2))]
    #[case::open_ended("bytes=3-", part(3, 9))]
    #[case::suffix("bytes=-3", part(7, 9))]
    #[case::suffix_longer_than_the_file("bytes=-99", part(0, 9))]
    #[case::end_beyond_the_file("bytes=8-99999999999999999999999", part(8, 9))]
    #[case::unit_in_capitals("Bytes=0-0", part(0, 0))]
    #[case::begins_at_the_end("bytes=10-", Wanted::Unsatisfiable)]
    #[case::begins_far_beyond("bytes=99999999999999999999999-", Wanted::Unsatisfiable)]
    #[case::empty_suffix("bytes=-0", Wanted::Unsatisfiable)]
    #[case::backwards("bytes=4-2", Wanted::Whole)]
    #[case::several("bytes=0-1,3-4", Wanted::Whole)]
    #[case::other_unit("rows=0-4", Wanted::Whole)]
    #[case::no_numbers("bytes=-", Wanted::Whole)]
    #[case::letters("bytes=a-b", Wanted::Whole)]
    #[case::signed("bytes=+1-2", Wanted::Whole)]
    #[case::no_equals("bytes 0-4", Wanted::Whole)]
    #[case::empty("", Wanted::Whole)]
    fn a_range_of_ten_bytes(#[case] header: &str, #[case] expected: Wanted) {
        assert_eq!(wanted(header, 10), expected);
    }

    #[test]
    fn an_empty_file_has_no_ranges() {
        assert_eq!(wanted("bytes=0-", 0), Wanted::Unsatisfiable);
        assert_eq!(wanted("bytes=-1", 0), Wanted::Unsatisfiable);
    }
}

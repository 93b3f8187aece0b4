//! The parameter `datetime`, and the week a release speaks of.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan as _};

use crate::http::problem::Problem;
use crate::model::IsoWeek;

/// The first and the last second of a week, in UTC, as RFC 3339 writes them.
pub(super) fn week(week: IsoWeek) -> [String; 2] {
    span(week).map(|moment| moment.to_string())
}

fn span(week: IsoWeek) -> [Timestamp; 2] {
    let monday = week.monday();
    let sunday = monday.checked_add(6.days()).unwrap_or(monday);
    [start(monday), end(sunday)]
}

fn start(day: Date) -> Timestamp {
    utc(day.to_datetime(Time::midnight())).unwrap_or(Timestamp::MIN)
}

fn end(day: Date) -> Timestamp {
    utc(day.at(23, 59, 59, 0)).unwrap_or(Timestamp::MAX)
}

fn utc(moment: DateTime) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(moment).ok()
}

/// A moment or an interval, either end of which may be open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interval {
    from: Timestamp,
    to: Timestamp,
    text: String,
}

impl Interval {
    /// Reads a moment of RFC 3339, a day, or two of these with a slash between, where `..` or nothing is an open end.
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let refused = || {
            Problem::bad_request(
                "datetime is a moment such as 2026-11-22T00:00:00Z, a day, or two of them with / between; .. is an open end.",
            )
        };
        let (from, to) = match text.split_once('/') {
            None => ends(text).ok_or_else(refused)?,
            Some((from, to)) => {
                let is_open = |end: &str| matches!(end, "" | "..");
                if is_open(from) && is_open(to) {
                    return Err(refused());
                }
                let from = if is_open(from) { Timestamp::MIN } else { ends(from).ok_or_else(refused)?.0 };
                let to = if is_open(to) { Timestamp::MAX } else { ends(to).ok_or_else(refused)?.1 };
                (from, to)
            }
        };
        if from > to {
            return Err(refused());
        }
        Ok(Self { from, to, text: text.to_owned() })
    }

    /// As it stands in a link: what was read consists of digits and a few signs.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether any moment of a week lies in it.
    pub(super) fn meets(&self, week: IsoWeek) -> bool {
        let [monday, sunday] = span(week);
        self.from <= sunday && monday <= self.to
    }
}

/// The first and the last moment that a moment or a day stands for.
fn ends(text: &str) -> Option<(Timestamp, Timestamp)> {
    if !text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b':' | b'.' | b'T' | b'Z' | b't' | b'z')) {
        return None;
    }
    if text.len() == 10 {
        let day: Date = text.parse().ok()?;
        return Some((start(day), end(day)));
    }
    let moment: Timestamp = text.parse().ok()?;
    Some((moment, moment))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_week_is_from_monday_to_sunday() {
        let week_47: IsoWeek = "2026-W47".parse().unwrap();
        assert_eq!(week(week_47), ["2026-11-16T00:00:00Z", "2026-11-22T23:59:59Z"]);
    }

    #[rstest]
    #[case::moment_inside("2026-11-18T12:00:00Z", true)]
    #[case::last_moment("2026-11-22T23:59:59Z", true)]
    #[case::in_another_zone("2026-11-23T00:30:00+01:00", true)]
    #[case::moment_after("2026-11-23T00:00:00Z", false)]
    #[case::day("2026-11-16", true)]
    #[case::day_before("2026-11-15", false)]
    #[case::around("2020-01-01T00:00:00Z/2030-01-01T00:00:00Z", true)]
    #[case::until("../2026-11-16T00:00:00Z", true)]
    #[case::since("2026-11-22/..", true)]
    #[case::since_later("2026-11-23T00:00:00Z/", false)]
    fn an_interval_meets_a_week(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(Interval::parse(text).unwrap().meets("2026-W47".parse().unwrap()), expected);
    }

    #[rstest]
    #[case("")]
    #[case("..")]
    #[case("../..")]
    #[case("/")]
    #[case("yesterday")]
    #[case("2026-13-01")]
    #[case("2026-11-22T00:00:00")]
    #[case("2026-11-22/2026-11-01")]
    #[case("2026-01-01/2026-02-01/2026-03-01")]
    fn what_is_no_interval_is_refused(#[case] text: &str) {
        assert!(Interval::parse(text).is_err());
    }
}

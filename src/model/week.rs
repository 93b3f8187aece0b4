//! ISO weeks: the only time a sighting keeps.

use std::num::NonZeroI32;

use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A week of ISO 8601, such as `2026-W47`. Ordered in time; stored as `year * 100 + week`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IsoWeek(NonZeroI32);

/// A text or number that names no week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an ISO week such as 2026-W47 or a date such as 2026-11-22")]
pub struct WeekError;

impl IsoWeek {
    /// The earliest year a sighting may name; nothing that could be a census is older.
    const FIRST_YEAR: i16 = 1970;

    /// The week with this year and number (1 to 52 or 53).
    ///
    /// # Errors
    /// When that year has no such week, or the year is before 1970 or after 2999.
    pub fn new(year: i16, week: i8) -> Result<Self, WeekError> {
        if !(Self::FIRST_YEAR..=2999).contains(&year) {
            return Err(WeekError);
        }
        let date = ISOWeekDate::new(year, week, Weekday::Monday).or(Err(WeekError))?;
        let number = i32::from(date.year()) * 100 + i32::from(date.week());
        NonZeroI32::new(number).map(Self).ok_or(WeekError)
    }

    /// The week a day lies in.
    ///
    /// # Errors
    /// When the day is before 1970 or after 2999.
    pub fn of_day(date: Date) -> Result<Self, WeekError> {
        let week = date.iso_week_date();
        Self::new(week.year(), week.week())
    }

    /// Reads `2026-W47`, `2026W47`, `2026-11-22`, or a date followed by a clock time (`2026-11-22T10:00:00Z`), which
    /// is ignored.
    ///
    /// # Errors
    /// When the text is none of these.
    pub fn parse(text: &str) -> Result<Self, WeekError> {
        let text = text.trim();
        if !text.is_ascii() || text.len() < 7 {
            return Err(WeekError);
        }
        let year: i16 = text.get(..4).ok_or(WeekError)?.parse().or(Err(WeekError))?;
        let rest = text.get(4..).ok_or(WeekError)?;
        let rest = rest.strip_prefix('-').unwrap_or(rest);
        if let Some(week) = rest.strip_prefix('W') {
            let digits = week.get(..2).ok_or(WeekError)?;
            if week.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(WeekError);
            }
            return Self::new(year, digits.parse().or(Err(WeekError))?);
        }
        let day = text.get(..10).ok_or(WeekError)?;
        if text.len() > 10 && !matches!(text.as_bytes().get(10), Some(b'T' | b't' | b' ')) {
            return Err(WeekError);
        }
        Self::of_day(day.parse().or(Err(WeekError))?)
    }

    /// The year the week belongs to: that of its Thursday.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.number().div_euclid(100)
    }

    /// The stored number, `year * 100 + week`.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0.get()
    }

    /// The week with this stored number.
    ///
    /// # Errors
    /// When no year has that week.
    pub fn from_number(number: i32) -> Result<Self, WeekError> {
        let year = i16::try_from(number / 100).or(Err(WeekError))?;
        let week = i8::try_from(number % 100).or(Err(WeekError))?;
        Self::new(year, week)
    }

    /// Whole weeks from this one to a later one; negative when `later` is earlier.
    #[must_use]
    pub fn weeks_until(self, later: Self) -> i32 {
        (later.monday() - self.monday()).get_days() / 7
    }

    /// Its first day.
    #[must_use]
    pub fn monday(self) -> Date {
        let (year, week) = (self.number() / 100, self.number() % 100);
        i16::try_from(year)
            .ok()
            .zip(i8::try_from(week).ok())
            .and_then(|(year, week)| ISOWeekDate::new(year, week, Weekday::Monday).ok())
            .map_or(Date::constant(1970, 1, 1), ISOWeekDate::date)
    }
}

impl std::fmt::Display for IsoWeek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-W{:02}", self.number() / 100, self.number() % 100)
    }
}

impl std::str::FromStr for IsoWeek {
    type Err = WeekError;

    fn from_str(text: &str) -> Result<Self, WeekError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_dates_and_clock_times_all_become_the_week() {
        for text in ["2026-W47", "2026W47", "2026-11-22", "2026-11-16T09:30:00Z", "2026-11-22 23:59"] {
            assert_eq!(IsoWeek::parse(text).unwrap().to_string(), "2026-W47", "{text}");
        }
    }

    #[test]
    fn the_turn_of_the_year_belongs_to_the_week_it_lies_in() {
        assert_eq!(IsoWeek::parse("2027-01-01").unwrap().to_string(), "2026-W53");
        assert_eq!(IsoWeek::parse("2026-W53").unwrap().number(), 202_653);
        assert_eq!(IsoWeek::parse("2025-W53"), Err(WeekError));
        assert_eq!(IsoWeek::parse("2026-W53").unwrap().weeks_until(IsoWeek::parse("2027-W02").unwrap()), 2);
    }

    #[test]
    fn nonsense_is_no_week() {
        for text in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-W00",
            "20261122x",
            "2026-W4",
            "1969-W10",
            "2026-11-22x",
            "２０２６-W47",
        ] {
            assert_eq!(IsoWeek::parse(text), Err(WeekError), "{text}");
        }
    }
}

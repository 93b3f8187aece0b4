//! The one place that reads the clock, and the one that asks the system for randomness.

use crate::model::IsoWeek;

/// The present ISO week, UTC. Nothing in the program knows the time more closely.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(super) fn current_week() -> IsoWeek {
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    IsoWeek::of_day(today).unwrap_or_else(|_| unreachable!("the clock shows a year from 1970 to 2999"))
}

/// Fresh random bytes from the operating system.
#[must_use]
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if let Err(e) = getrandom::fill(&mut bytes) {
        unreachable!("the operating system has no randomness to give: {e}");
    }
    bytes
}

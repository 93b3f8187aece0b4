//! Sessions of moderators: in memory only, short, and told apart by a digest of a random key.

use std::collections::HashMap;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use tokio::time::Instant;

/// A session nobody used for so long has ended.
const IDLE: Duration = Duration::from_mins(30);
/// And so has one this old.
const LONGEST: Duration = Duration::from_hours(12);
/// Sessions at a time; the one unused for longest makes place for another.
const MOST: usize = 64;

/// Tries to log in or join that may come at once, of everybody together: an address is never looked at.
const TRIES: u32 = 20;
/// Time that earns another try.
const TRY_EVERY: Duration = Duration::from_secs(3);

/// An open session, as a handler sees it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Session {
    /// Name of the moderator.
    pub(super) moderator: String,
    /// What every form of this session carries.
    pub(super) csrf: String,
}

struct Open {
    session: Session,
    opened: Instant,
    used: Instant,
}

/// All open sessions, and the budget of tries.
pub(super) struct Sessions {
    open: HashMap<[u8; 32], Open>,
    tries: u32,
    earned: Option<Instant>,
}

impl Default for Sessions {
    fn default() -> Self {
        Self { open: HashMap::new(), tries: TRIES, earned: None }
    }
}

impl Sessions {
    /// Takes one try out of the budget; `false` when it is used up.
    pub(super) fn may_try(&mut self, now: Instant) -> bool {
        let last = *self.earned.get_or_insert(now);
        let earned = now.saturating_duration_since(last).as_secs() / TRY_EVERY.as_secs();
        if earned > 0 {
            self.tries = self.tries.saturating_add(u32::try_from(earned).unwrap_or(u32::MAX)).min(TRIES);
            self.earned = Some(now);
        }
        self.tries.checked_sub(1).is_some_and(|left| {
            self.tries = left;
            true
        })
    }

    /// Opens a session under a random key.
    pub(super) fn open(&mut self, key: &str, csrf: String, moderator: String, now: Instant) {
        self.forget_ended(now);
        if self.open.len() >= MOST {
            let oldest = self.open.iter().min_by_key(|(_, open)| open.used).map(|(key, _)| *key);
            oldest.and_then(|key| self.open.remove(&key));
        }
        self.open.insert(digest(key), Open { session: Session { moderator, csrf }, opened: now, used: now });
    }

    /// The session under a key, which is used by this.
    pub(super) fn find(&mut self, key: &str, now: Instant) -> Option<Session> {
        self.forget_ended(now);
        let open = self.open.get_mut(&digest(key))?;
        open.used = now;
        Some(open.session.clone())
    }

    /// Ends the session under a key.
    pub(super) fn end(&mut self, key: &str) {
        self.open.remove(&digest(key));
    }

    fn forget_ended(&mut self, now: Instant) {
        self.open.retain(|_, open| {
            now.saturating_duration_since(open.used) < IDLE && now.saturating_duration_since(open.opened) < LONGEST
        });
    }
}

/// Looked up by digest, so that the time it takes tells nothing about a key.
fn digest(key: &str) -> [u8; 32] {
    Sha256::digest(key.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened() -> (Sessions, Instant) {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        sessions.open("key", "form".to_owned(), "first".to_owned(), now);
        (sessions, now)
    }

    #[test]
    fn a_session_ends_half_an_hour_after_its_last_use() {
        let (mut sessions, start) = opened();
        let minutes = |n: u64| start + Duration::from_mins(n);
        assert!(sessions.find("key", minutes(29)).is_some());
        assert!(sessions.find("key", minutes(58)).is_some());
        assert!(sessions.find("key", minutes(88)).is_none());
        assert!(sessions.find("key", minutes(89)).is_none());
    }

    #[test]
    fn a_session_ends_after_twelve_hours_however_busy() {
        let (mut sessions, start) = opened();
        for n in 1..48 {
            assert!(sessions.find("key", start + Duration::from_mins(15 * n)).is_some(), "{n}");
        }
        assert!(sessions.find("key", start + Duration::from_hours(12)).is_none());
    }

    #[test]
    fn another_key_or_an_ended_session_finds_nothing() {
        let (mut sessions, now) = opened();
        assert!(sessions.find("kez", now).is_none());
        sessions.end("key");
        assert!(sessions.find("key", now).is_none());
    }

    #[test]
    fn tries_are_used_up_and_come_back_with_time() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        assert_eq!((0..100).filter(|_| sessions.may_try(now)).count(), 20);
        let later = now + Duration::from_secs(7);
        assert_eq!((0..100).filter(|_| sessions.may_try(later)).count(), 2);
    }

    #[test]
    fn the_number_of_sessions_is_bounded() {
        let (mut sessions, now) = (Sessions::default(), Instant::now());
        for n in 0..200_u64 {
            sessions.open(&n.to_string(), String::new(), String::new(), now + Duration::from_secs(n));
        }
        let last = now + Duration::from_secs(200);
        assert_eq!((0..200).filter(|n: &i32| sessions.find(&n.to_string(), last).is_some()).count(), 64);
    }
}

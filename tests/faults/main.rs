//! The faults to survive, brought upon the built program: killed, starved of disk, cut off from its database, and asked
//! by clients that are slow, huge or mad.
//!
//! `CENSUS_TEST_FULL=1` runs the long variants.

#[cfg(test)]
mod bytes;
#[cfg(test)]
#[path = "../support/client.rs"]
mod client;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod outage;
#[path = "../support/postgres.rs"]
mod postgres;
#[cfg(test)]
#[path = "../support/random.rs"]
mod random;
#[cfg(test)]
mod stop;
#[cfg(test)]
mod sync;
#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest of it")]
#[path = "../support/world.rs"]
mod world;
#[cfg(test)]
mod writers;

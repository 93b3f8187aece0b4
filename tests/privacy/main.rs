//! The privacy contract, held against the built program: what it keeps, prints and answers is searched from outside.
//!
//! `CENSUS_TEST_FULL=1` runs the long variants.

#[cfg(test)]
mod abuse;
#[cfg(test)]
#[path = "../support/client.rs"]
mod client;
#[cfg(test)]
mod coarse;
#[cfg(test)]
mod columns;
#[cfg(test)]
mod deletion;
#[cfg(test)]
mod drill;
#[cfg(test)]
#[path = "../release/formats.rs"]
mod formats;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod hierarchy;
#[cfg(test)]
mod homes;
#[cfg(test)]
mod imagery;
#[cfg(test)]
#[path = "../support/moderator.rs"]
mod moderator;
#[cfg(test)]
mod network;
#[cfg(test)]
mod order;
#[cfg(test)]
mod places;
#[cfg(test)]
mod pooling;
#[path = "../support/postgres.rs"]
mod postgres;
#[cfg(test)]
#[path = "../support/random.rs"]
mod random;
#[cfg(test)]
mod receipts;
#[cfg(test)]
mod review;
#[cfg(test)]
mod search;
#[cfg(test)]
mod strict;
#[cfg(test)]
mod time;
#[cfg(test)]
mod tokens;
#[cfg(test)]
#[path = "../support/world.rs"]
mod world;

//! The contract of the storage room: every test runs on SQLite and on PostgreSQL.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod areas;
mod campaigns;
mod effort;
mod figures;
mod gone;
mod harness;
mod import;
mod opening;
mod order;
#[path = "../support/postgres.rs"]
mod postgres;
mod review;
mod rulings;
mod schema;
mod submissions;
mod time;
mod tokens;

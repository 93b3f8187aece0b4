//! Invites and the unlinkable tokens they yield: RFC 9497, VOPRF mode, suite ristretto255-SHA512.
//!
//! Knows keys, blinded batches, proofs and how all of them are spelt; may use `model`. Randomness is passed in as bytes. Never
//! sees a report: whoever holds everything this room ever computed cannot tell which token came from which batch.

mod base64url;
mod evaluate;
mod id;
mod invite;
mod key;
mod token;
#[cfg(test)]
mod vectors_tests;

pub use base64url::{decode, encode};
pub use evaluate::{Blinded, Evaluated, MAX_BATCH};
pub use id::{fingerprint, key_id};
pub use invite::{InviteSecret, invite_text};
pub use key::{KeyError, SigningKey};
pub use token::Token;

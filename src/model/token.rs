//! The public side of the keys that sign tokens.

use super::{PassLetter, TokenPurpose};

/// A public key, and all that a token signed with its secret says: the campaign, the epoch, the team and what it pays for.
///
/// The order of the fields is the canonical order of keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TokenKey {
    /// Slug of the campaign.
    pub campaign: String,
    /// Number of the period in which the key signs, from 1 in each campaign.
    pub epoch: i32,
    /// The pass its tokens are for, if any.
    pub team: Option<PassLetter>,
    /// What its tokens pay for.
    pub purpose: TokenPurpose,
    /// Slug of the wave the epoch belongs to, if any.
    pub wave: Option<String>,
    /// The ristretto255 element (RFC 9496), 32 bytes.
    pub public: [u8; 32],
}

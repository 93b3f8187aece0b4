//! Invites.

use sha2::{Digest as _, Sha256};

use super::base64url::{decode, encode};

/// The 128-bit secret of an invite. Printed once, never stored.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InviteSecret([u8; 16]);

impl InviteSecret {
    /// A secret from 16 random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Reads the 22 characters an invite begins with.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        decode(text).map(Self)
    }

    /// Under which name the invite is stored, listed and revoked.
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        let digest = Sha256::new_with_prefix(b"camera-census invite").chain_update(self.0).finalize();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        id
    }
}

impl std::fmt::Debug for InviteSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InviteSecret(..)")
    }
}

/// The address to give to a volunteer. All that is secret stands behind the `#`, which browsers do not send.
#[must_use]
pub fn invite_text(host: &str, secret: &InviteSecret, fingerprint: &[u8; 24]) -> String {
    format!("{}/submit#invite={}.{}", host.trim_end_matches('/'), encode(&secret.0), encode(fingerprint))
}

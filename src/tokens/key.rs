//! Signing keys.

use voprf::{Group as _, Ristretto255, VoprfServer};

/// A key that signs tokens, with its secret.
pub struct SigningKey {
    pub(super) server: VoprfServer<Ristretto255>,
}

/// Bytes that are no secret scalar of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are no signing key")]
pub struct KeyError;

/// Sets keys of this program apart from others made from the same seed (`info` of RFC 9497, section 3.2.1).
const INFO: &[u8] = b"camera-census token key";

impl SigningKey {
    /// A new key from 32 random bytes (`DeriveKeyPair`, RFC 9497, section 3.2.1).
    ///
    /// # Errors
    /// With a probability below 2^-250, for seeds from which no key can be derived.
    pub fn from_seed(seed: &[u8; 32]) -> Result<Self, KeyError> {
        Self::derive(seed, INFO)
    }

    pub(super) fn derive(seed: &[u8], info: &[u8]) -> Result<Self, KeyError> {
        VoprfServer::new_from_seed(seed, info).map(|server| Self { server }).map_err(|_no_details| KeyError)
    }

    /// A key from its stored secret.
    ///
    /// # Errors
    /// When the bytes are not a scalar between 1 and the order of the group, in its 32-byte form.
    pub fn from_secret(secret: &[u8]) -> Result<Self, KeyError> {
        VoprfServer::new_with_key(secret).map(|server| Self { server }).map_err(|_no_details| KeyError)
    }

    /// The secret scalar, to be stored until the epoch closes.
    #[must_use]
    pub fn secret(&self) -> [u8; 32] {
        let both = self.server.serialize();
        let mut secret = [0; 32];
        secret.copy_from_slice(&both[..32]);
        secret
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        Ristretto255::serialize_elem(self.server.get_public_key()).into()
    }

    /// Whether the output is what this key makes of the input: only who had a blinded form of it signed knows it. Takes the
    /// same time wherever the two differ.
    #[must_use]
    pub fn verify(&self, input: &[u8], output: &[u8; 64]) -> bool {
        let Ok(expected) = self.server.evaluate(input) else { return false };
        let difference = expected.iter().zip(output).fold(0, |difference, (a, b)| difference | (a ^ b));
        std::hint::black_box(difference) == 0
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

//! Tokens as they are spent.

use sha2::{Digest as _, Sha256};

use super::base64url::decode;

/// What the header `Census-Token` holds: `<key id>.<input>.<output>`, each in base64url without padding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Name of the key that signed it.
    pub key: [u8; 16],
    /// What the client chose at random.
    pub input: [u8; 32],
    /// What the key makes of the input.
    pub output: [u8; 64],
}

impl Token {
    /// Reads the value of the header.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.');
        let token = Self { key: decode(parts.next()?)?, input: decode(parts.next()?)?, output: decode(parts.next()?)? };
        parts.next().is_none().then_some(token)
    }

    /// What is kept of a spent token until its epoch closes.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new_with_prefix(b"camera-census spent token");
        hash.update(self.key);
        hash.update(self.input);
        hash.finalize().into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

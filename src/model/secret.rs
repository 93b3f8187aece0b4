//! The submitter's secret and the ids derived from it.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Id of a stored sighting: 128 random-looking bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SightingId(pub [u8; 16]);

impl std::fmt::Display for SightingId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for SightingId {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Self, SecretError> {
        hex_16(text).map(Self)
    }
}

/// The 128-bit secret a client makes for one submission: its Idempotency-Key and its receipt. Never stored, never
/// printed in a log.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; 16]);

/// A text that is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected 128 random bits as 32 hexadecimal digits or a UUID")]
pub struct SecretError;

impl Secret {
    /// A secret from 16 random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Reads 32 hexadecimal digits, with or without the hyphens of a UUID and the quotes of a structured header.
    ///
    /// # Errors
    /// When the text is anything else, or not random: fewer than six different digits, or a UUID of another version than 4,
    /// which may hold a clock time and the address of a device.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let text = text.trim();
        let text = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        let bytes = hex_16(text)?;
        if text.contains('-') && bytes[6] >> 4 != 4 {
            return Err(SecretError);
        }
        let digits = bytes.iter().flat_map(|b| [b >> 4, b & 15]).fold(0_u16, |seen, digit| seen | 1 << digit);
        if digits.count_ones() < 6 {
            return Err(SecretError);
        }
        Ok(Self(bytes))
    }

    /// The 32 hexadecimal digits, for the one answer that hands the secret to its owner.
    #[must_use]
    pub fn reveal(&self) -> String {
        SightingId(self.0).to_string()
    }

    /// Id of the pending sighting with this ordinal: HMAC-SHA-256 (RFC 2104) of the ordinal under the secret, cut to
    /// 128 bits.
    #[must_use]
    pub fn sighting_id(&self, ordinal: u32) -> SightingId {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of any length")
        };
        mac.update(&ordinal.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let mut id = [0; 16];
        id.copy_from_slice(&digest[..16]);
        SightingId(id)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

fn hex_16(text: &str) -> Result<[u8; 16], SecretError> {
    let mut bytes = [0; 16];
    let mut filled = 0;
    let mut high = None;
    for (at, c) in text.char_indices() {
        if c == '-' && text.len() == 36 && matches!(at, 8 | 13 | 18 | 23) {
            continue;
        }
        let digit = c.to_digit(16).and_then(|d| u8::try_from(d).ok()).ok_or(SecretError)?;
        match high.take() {
            None => high = Some(digit),
            Some(first) => {
                *bytes.get_mut(filled).ok_or(SecretError)? = first << 4 | digit;
                filled += 1;
            }
        }
    }
    if filled == 16 && high.is_none() { Ok(bytes) } else { Err(SecretError) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_reads_as_hex_uuid_or_quoted() {
        let plain = Secret::parse("0123456789ab4def0123456789abcdef").unwrap();
        assert_eq!(Secret::parse("01234567-89ab-4def-0123-456789abcdef"), Ok(plain));
        assert_eq!(Secret::parse("\"0123456789AB4DEF0123456789abcdef\""), Ok(plain));
        for bad in [
            "",
            "1",
            "00000000000000000000000000000000",
            "0123456789abcdef0123456789abcde",
            "01234567-89ab-1def-0123-456789abcdef",
            "zz23456789abcdef0123456789abcdef",
        ] {
            assert_eq!(Secret::parse(bad), Err(SecretError), "{bad}");
        }
        assert_eq!(format!("{plain:?}"), "Secret(..)");
    }

    #[test]
    fn ids_differ_by_ordinal_and_by_secret_and_repeat() {
        let (a, b) = (Secret::from_bytes([1; 16]), Secret::from_bytes([2; 16]));
        assert_eq!(a.sighting_id(0), a.sighting_id(0));
        assert_ne!(a.sighting_id(0), a.sighting_id(1));
        assert_ne!(a.sighting_id(0), b.sighting_id(0));
    }
}

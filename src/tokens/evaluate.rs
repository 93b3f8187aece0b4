//! Signing a blinded batch, with one proof for all of it.

use rand_core::{CryptoRng, Error, RngCore, impls};
use sha2::{Digest as _, Sha256, Sha512};
use voprf::{BlindedElement, Ristretto255};

use super::key::SigningKey;

/// Tokens of one batch at most.
pub const MAX_BATCH: usize = 2_000;

/// A batch of blinded elements as a client sent it.
pub struct Blinded {
    elements: Vec<BlindedElement<Ristretto255>>,
    digest: [u8; 32],
}

impl Blinded {
    /// Reads the elements; `None` when one of them is no element of the group, or is its identity.
    #[must_use]
    pub fn read(elements: &[[u8; 32]]) -> Option<Self> {
        let mut hash = Sha256::new_with_prefix(b"camera-census blinded batch");
        for element in elements {
            hash.update(element);
        }
        let elements =
            elements.iter().map(|bytes| BlindedElement::deserialize(bytes)).collect::<Result<_, _>>().ok()?;
        Some(Self { elements, digest: hash.finalize().into() })
    }

    /// Names the batch, so that the same one can be asked for again.
    #[must_use]
    pub const fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// How many elements it has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.elements.is_empty()
    }
}

/// What a key made of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluated {
    /// The evaluated elements, in the order of the blinded ones.
    pub elements: Vec<[u8; 32]>,
    /// The proof that one key made all of them: two scalars (RFC 9497, section 2.2.1).
    pub proof: [u8; 64],
}

impl SigningKey {
    /// Signs a batch: the same one always gets the same answer. `None` for an empty batch, or one of more than 65,535.
    ///
    /// The random scalar of the proof is a digest of the secret and the batch, as in deterministic signatures: no two batches
    /// share one, and no bad source of randomness can give the secret away.
    #[must_use]
    pub fn evaluate(&self, blinded: &Blinded) -> Option<Evaluated> {
        let mut hash = Sha512::new_with_prefix(b"camera-census proof scalar");
        hash.update(self.secret());
        hash.update(blinded.digest);
        self.evaluate_with(blinded, hash.finalize().into())
    }

    /// `wide` is the random scalar of the proof before it is reduced, 64 bytes, least significant first.
    pub(super) fn evaluate_with(&self, blinded: &Blinded, wide: [u8; 64]) -> Option<Evaluated> {
        if blinded.is_empty() {
            return None;
        }
        let result = self.server.batch_blind_evaluate(&mut Given { bytes: wide, at: 0 }, &blinded.elements).ok()?;
        let mut proof = [0; 64];
        proof.copy_from_slice(&result.proof.serialize());
        Some(Evaluated { elements: result.messages.iter().map(|message| message.serialize().into()).collect(), proof })
    }
}

/// Hands out the bytes it was given, and digests of them afterwards.
struct Given {
    bytes: [u8; 64],
    at: usize,
}

impl RngCore for Given {
    fn next_u32(&mut self) -> u32 {
        impls::next_u32_via_fill(self)
    }

    fn next_u64(&mut self) -> u64 {
        impls::next_u64_via_fill(self)
    }

    fn fill_bytes(&mut self, dest: &mut [u8]) {
        for byte in dest {
            if self.at == self.bytes.len() {
                self.bytes = Sha512::digest(self.bytes).into();
                self.at = 0;
            }
            *byte = self.bytes[self.at];
            self.at += 1;
        }
    }

    fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Error> {
        self.fill_bytes(dest);
        Ok(())
    }
}

impl CryptoRng for Given {}

//! Names of keys.

use sha2::{Digest as _, Sha256};

use crate::model::{PassLetter, TokenKey};

/// Name of a key in the header of a token: 128 bits of a digest over all that the key says.
#[must_use]
pub fn key_id(key: &TokenKey) -> [u8; 16] {
    let digest = digest("camera-census token key 1", std::slice::from_ref(key));
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    id
}

/// What an invite pins: 192 bits of a digest over the keys it yields tokens of, in canonical order.
#[must_use]
pub fn fingerprint(keys: &[TokenKey]) -> [u8; 24] {
    let mut keys = keys.to_vec();
    keys.sort_unstable();
    let digest = digest("camera-census invite keys 1", &keys);
    let mut fingerprint = [0; 24];
    fingerprint.copy_from_slice(&digest[..24]);
    fingerprint
}

/// SHA-256 over a label and one line per key: campaign, epoch, team (`-` for none), purpose and the public key in lower-case
/// hexadecimal digits, with spaces between. A slug has neither spaces nor line ends.
fn digest(label: &str, keys: &[TokenKey]) -> [u8; 32] {
    let mut hash = Sha256::new_with_prefix(label);
    hash.update("\n");
    for key in keys {
        let team = key.team.map_or('-', PassLetter::letter);
        hash.update(format!("{} {} {team} {} ", key.campaign, key.epoch, key.purpose.word()));
        for byte in key.public {
            hash.update(format!("{byte:02x}"));
        }
        hash.update("\n");
    }
    hash.finalize().into()
}

//! `manifest.json.minisig`: a signature of the manifest, beside it.
//!
//! Made elsewhere, with [minisign](https://jedisct1.github.io/minisign/) and a key that no server holds: whoever takes over
//! a server can put up other numbers then, and not sign them. As the manifest names the SHA-256 of every file, one signature
//! speaks for the whole release.

use std::fs;
use std::path::Path;

use minisign_verify::{PublicKey, Signature};

use super::error::ReleaseError;
use super::shelf::replace;

/// Name of the file.
pub const SIGNATURE: &str = "manifest.json.minisig";

/// A public key as minisign writes it: the file, or its second line alone.
///
/// # Errors
/// A sentence for people when it is no such key.
pub fn public_key(text: &str) -> Result<PublicKey, String> {
    let key = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    PublicKey::from_base64(key).map_err(|_unreadable| {
        "this is no public key of minisign; it is a line of 56 characters that begins with RW".to_owned()
    })
}

/// Checks the signature beside the manifest of a release directory; returns its trusted comment, which is signed too.
///
/// # Errors
/// [`ReleaseError::Missing`] when there is none, [`ReleaseError::Damaged`] when it is not of this manifest and key.
pub fn check_signature(place: &Path, key: &PublicKey) -> Result<String, ReleaseError> {
    let path = place.join(SIGNATURE);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            return Err(ReleaseError::Damaged { path, problem: "the release is not signed".to_owned() });
        }
        Err(e) => return Err(ReleaseError::at(&path)(e)),
    };
    check(place, &text, key).map_err(|problem| ReleaseError::Damaged { path, problem })
}

/// Puts a signature beside the manifest of a release directory, if it is good.
///
/// # Errors
/// [`ReleaseError::Damaged`] when it is not of this manifest and key, or when the file system refuses.
pub fn sign(place: &Path, signature: &str, key: &PublicKey) -> Result<String, ReleaseError> {
    let path = place.join(SIGNATURE);
    let comment =
        check(place, signature, key).map_err(|problem| ReleaseError::Damaged { path: path.clone(), problem })?;
    replace(place, SIGNATURE, signature.as_bytes())?;
    Ok(comment)
}

fn check(place: &Path, signature: &str, key: &PublicKey) -> Result<String, String> {
    let signature =
        Signature::decode(signature).map_err(|_unreadable| "this is no signature of minisign".to_owned())?;
    let manifest = fs::read(place.join("manifest.json")).map_err(|e| e.to_string())?;
    key.verify(&manifest, &signature, false)
        .map_err(|_wrong| "the signature is not of this manifest, or not by this key".to_owned())?;
    Ok(signature.trusted_comment().to_owned())
}

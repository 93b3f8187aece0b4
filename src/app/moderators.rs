//! Who may decide: one-time links, passphrases, and telling a moderator by one.

use std::sync::LazyLock;

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use sha2::{Digest as _, Sha256};

use super::error::AppError;
use crate::model::SightingId;
use crate::storage::Store;

/// Memory of one digest of a passphrase in KiB, and passes over it: the second of the settings that OWASP recommends for
/// Argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Characters of a name.
const MAX_NAME: usize = 40;
/// Bits of a passphrase are these times sixteen.
const WORDS: usize = 5;

/// Whether a name can be a moderator's: letters, digits, spaces, hyphens and full stops, at most 40.
#[must_use]
pub fn is_moderator_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.');
    name.trim() == name && (1..=MAX_NAME).contains(&name.chars().count()) && name.chars().all(fits)
}

/// Makes the code of a one-time link for a moderator, who is added if need be. Only its digest is kept.
///
/// # Errors
/// When the name is none, or the database fails.
pub async fn invite_moderator(store: &Store, name: &str, random: [u8; 16]) -> Result<String, AppError> {
    if !is_moderator_name(name) {
        return Err(AppError::Refused(
            "a name has at most 40 letters, digits, spaces, hyphens and full stops; one that is nobody's, such as \"first\", \
             tells a thief least"
                .to_owned(),
        ));
    }
    let code = SightingId(random).to_string();
    store.invite_moderator(name, &digest(&code)).await?;
    Ok(code)
}

/// Uses up a one-time link: the name of the moderator, and the new passphrase, which is kept nowhere. `None` when no link
/// with this code waits.
///
/// # Errors
/// When the database fails.
pub async fn join(
    store: &Store,
    code: &str,
    random: impl Fn() -> [u8; 16],
) -> Result<Option<(String, String)>, AppError> {
    let passphrase = passphrase(random());
    let salt = random();
    let hashed = {
        let passphrase = passphrase.clone();
        off_thread(move || hash(&passphrase, &salt)).await?
    };
    let name = store.join_moderator(&digest(code.trim()), &hashed).await?;
    Ok(name.map(|name| (name, passphrase)))
}

/// Whether this is the passphrase of the moderator of this name. Takes as long for a name that nobody has.
///
/// # Errors
/// When the database fails.
pub async fn is_moderator(store: &Store, name: &str, passphrase: &str) -> Result<bool, AppError> {
    static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody", &[7; 16]));
    let stored = store.moderators().await?.into_iter().find(|moderator| moderator.name == name);
    let stored = stored.and_then(|moderator| moderator.passphrase);
    let typed: String = passphrase.trim().to_ascii_lowercase();
    off_thread(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.clone());
        let fits =
            PasswordHash::new(&stored).is_ok_and(|stored| hasher().verify_password(typed.as_bytes(), &stored).is_ok());
        fits && known
    })
    .await
}

/// SHA-256 of the code of a link: 128 random bits need nothing slower.
fn digest(code: &str) -> [u8; 32] {
    Sha256::digest(code.as_bytes()).into()
}

fn hasher() -> Argon2<'static> {
    let Ok(params) = Params::new(MEMORY_KIB, PASSES, 1, None) else { unreachable!("the parameters are in range") };
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(passphrase: &str, salt: &[u8; 16]) -> String {
    match hasher().hash_password_with_salt(passphrase.as_bytes(), salt) {
        Ok(hashed) => hashed.to_string(),
        Err(_) => unreachable!("a salt of 16 bytes and a short passphrase can be hashed"),
    }
}

/// 80 random bits as five words that can be spoken: sixteen bits each, consonants for four bits and vowels for two
/// (D. S. Wilkerson, "A Proposal for Proquints", 2009).
fn passphrase(random: [u8; 16]) -> String {
    const CONSONANTS: &[u8; 16] = b"bdfghjklmnprstvz";
    const VOWELS: &[u8; 4] = b"aiou";
    let word = |high: u8, low: u8| -> String {
        let bits = u16::from(high) << 8 | u16::from(low);
        let take = |shift: u16, mask: u16| usize::from(bits >> shift & mask);
        [
            CONSONANTS[take(12, 15)],
            VOWELS[take(10, 3)],
            CONSONANTS[take(6, 15)],
            VOWELS[take(4, 3)],
            CONSONANTS[take(0, 15)],
        ]
        .map(char::from)
        .iter()
        .collect()
    };
    let words: Vec<String> = random.chunks(2).take(WORDS).map(|pair| word(pair[0], pair[1])).collect();
    words.join("-")
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_stopped| AppError::Refused("the passphrase could not be looked at; try again".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_five_words_that_differ_with_every_bit_used() {
        let bits = [127, 0, 0, 1, 63, 84, 220, 193, 12, 110, 0, 0, 0, 0, 0, 0];
        assert!(passphrase(bits).starts_with("lusab-babad-gutih-tugad-"), "{}", passphrase(bits));
        assert_eq!(passphrase(bits).len(), 29);
        assert_ne!(passphrase([0; 16]), passphrase([1; 16]));
    }

    #[test]
    fn a_digest_fits_its_passphrase_and_no_other_and_names_its_settings() {
        let stored = hash("lusab-babad", &[3; 16]);
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        let stored = PasswordHash::new(&stored).unwrap();
        assert!(hasher().verify_password(b"lusab-babad", &stored).is_ok());
        assert!(hasher().verify_password(b"lusab-babaf", &stored).is_err());
    }

    #[test]
    fn names_are_short_and_plain() {
        for good in ["first", "Moderator 2", "Zoë"] {
            assert!(is_moderator_name(good), "{good}");
        }
        for bad in ["", " x", "a+b", "<b>", &"x".repeat(41)] {
            assert!(!is_moderator_name(bad), "{bad}");
        }
    }
}

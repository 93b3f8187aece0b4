//! Rounding of home counts (promise P11).

use h3o::CellIndex;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Published home counts are multiples of this.
pub const HOME_BASE: u32 = 5;

/// The key that decides which way a home count is rounded. Whoever has it can narrow a published count down to five
/// values instead of nine, so a server makes its own and keeps it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct HomeKey([u8; 32]);

impl HomeKey {
    /// The key of one-shot maps, which have nowhere to keep one. It is public: this file has it.
    pub const ONE_SHOT: Self = Self(*b"camera-census one-shot home key ");

    /// A key from 32 random bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Rounds the true count of a base cell up or down to a multiple of [`HOME_BASE`]. `body` names the body of data the
    /// count belongs to, empty for field data: a public list rounds by draws of its own, or its known counts would tell
    /// those of the field data.
    ///
    /// Keyed and deterministic: the same cell always rounds at the same remainder, so neither repeating a release nor
    /// comparing two tells more. Unbiased over cells: a remainder r is rounded up in r of five cells.
    #[must_use]
    pub fn round(&self, body: &str, cell: CellIndex, count: u32) -> u32 {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes keys of any length")
        };
        mac.update(&u64::from(cell).to_be_bytes());
        mac.update(body.as_bytes());
        let digest = mac.finalize().into_bytes();
        let draw = digest.iter().take(8).fold(0_u64, |draw, &byte| draw << 8 | u64::from(byte));
        let threshold = u32::try_from(draw % u64::from(HOME_BASE)).unwrap_or(0);
        let remainder = count % HOME_BASE;
        count - remainder + if remainder > threshold { HOME_BASE } else { 0 }
    }
}

impl std::fmt::Debug for HomeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("HomeKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use h3o::Resolution;

    use super::*;

    fn cells() -> impl Iterator<Item = CellIndex> {
        let origin = h3o::LatLng::new(52.5, 13.4).unwrap().to_cell(Resolution::Eight);
        origin.grid_disk::<Vec<_>>(40).into_iter()
    }

    #[test]
    fn rounding_is_unbiased_over_cells() {
        let key = HomeKey::from_bytes([7; 32]);
        for count in 0..12 {
            let (total, n) =
                cells().fold((0_u64, 0_u64), |(t, n), cell| (t + u64::from(key.round("", cell, count)), n + 1));
            #[expect(clippy::cast_precision_loss, reason = "a few thousand cells")]
            let mean = total as f64 / n as f64;
            assert!((mean - f64::from(count)).abs() < 0.15, "{count}: {mean}");
        }
    }

    #[test]
    fn a_rounded_count_is_a_multiple_less_than_one_step_away_and_never_falls_when_a_camera_is_added() {
        let key = HomeKey::from_bytes([7; 32]);
        for cell in cells().take(200) {
            let mut last = 0;
            for count in 0..30 {
                let about = key.round("", cell, count);
                assert!(about.is_multiple_of(HOME_BASE) && about.abs_diff(count) < HOME_BASE && about >= last);
                assert_eq!(about, key.round("", cell, count));
                last = about;
            }
        }
    }

    #[test]
    fn no_published_value_names_its_true_count() {
        for cell in cells().take(200) {
            let key = HomeKey::from_bytes([7; 32]);
            for published in [5, 10] {
                let candidates = (0..30).filter(|&count| key.round("", cell, count) == published).count();
                assert_eq!(candidates, 5);
            }
        }
    }

    #[test]
    fn a_list_of_known_counts_does_not_tell_how_field_counts_are_rounded() {
        let key = HomeKey::from_bytes([7; 32]);
        let alike = cells().filter(|&cell| (1..5).all(|n| key.round("", cell, n) == key.round("osm", cell, n))).count();
        let all = cells().count();
        assert!(alike > all / 10 && alike < all * 3 / 10, "{alike} of {all}: a fifth by chance");
    }
}

//! Whose reports can confirm each other.

use crate::model::Occasion;

/// Whether two occasions are two teams of one campaign: two waves of it, or two passes of the same wave. An invite gives
/// tokens of one pass and wave only, so whoever holds one cannot speak for both.
#[must_use]
pub fn independent(one: &Occasion, other: &Occasion) -> bool {
    let waves = matches!((&one.wave, &other.wave), (Some(a), Some(b)) if a != b);
    let passes = one.wave == other.wave && matches!((one.pass, other.pass), (Some(a), Some(b)) if a != b);
    one.campaign == other.campaign && (waves || passes)
}

/// Whether the pass of an occasion is more than its sender's word: a token was spent for it.
pub(super) const fn is_attested(occasion: &Occasion) -> bool {
    occasion.key_epoch > 0
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{PassLetter, SourceKind};

    pub(in crate::review) fn occasion(wave: Option<&str>, pass: Option<&str>, key_epoch: i32) -> Occasion {
        Occasion {
            campaign: "town".to_owned(),
            source: "town".to_owned(),
            kind: SourceKind::Field,
            wave: wave.map(str::to_owned),
            pass: pass.and_then(PassLetter::parse),
            key_epoch,
        }
    }

    #[test]
    fn teams_are_two_passes_or_two_waves_and_never_one_pass_under_two_keys() {
        let a = occasion(Some("spring"), Some("A"), 1);
        assert!(independent(&a, &occasion(Some("spring"), Some("B"), 1)));
        assert!(independent(&a, &occasion(Some("autumn"), Some("A"), 2)));
        assert!(independent(&occasion(None, Some("A"), 1), &occasion(None, Some("B"), 1)));
        for same in [
            a.clone(),
            occasion(Some("spring"), Some("A"), 2),
            occasion(Some("spring"), None, 1),
            occasion(None, None, 1),
            Occasion { campaign: "city".to_owned(), ..occasion(Some("spring"), Some("B"), 1) },
        ] {
            assert!(!independent(&a, &same) && !independent(&same, &a), "{same:?}");
        }
    }
}

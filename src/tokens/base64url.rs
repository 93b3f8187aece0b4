//! base64url without padding (RFC 4648, section 5), strict: every value has one spelling.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Spells bytes.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..=group.len() {
            text.push(char::from(ALPHABET[(bits >> (18 - 6 * place) & 63) as usize]));
        }
    }
    text
}

/// Reads exactly `N` bytes; `None` for anything but their one spelling.
#[must_use]
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != (N * 4).div_ceil(3) {
        return None;
    }
    let (mut bytes, mut filled) = ([0; N], 0);
    let (mut bits, mut held) = (0_u32, 0);
    for c in text.bytes() {
        let value = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            *bytes.get_mut(filled)? = (bits >> held & 0xff) as u8;
            filled += 1;
            bits &= (1 << held) - 1;
        }
    }
    (filled == N && bits == 0).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4648_read_and_write_without_padding() {
        for (plain, text) in [("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(encode(plain.as_bytes()), text);
        }
        assert_eq!(decode(""), Some([]));
        assert_eq!(decode("Zm8"), Some(*b"fo"));
        assert_eq!(encode(&[0xfb, 0xff]), "-_8");
        assert_eq!(decode("-_8"), Some([0xfb, 0xff]));
    }

    #[test]
    fn another_spelling_of_the_same_bytes_is_refused() {
        for bad in ["Zm9=", "Zm8=", "Zm9", "Z m", "Zm+", "Zm", "Zm8A", "Zmé"] {
            assert_eq!(decode::<2>(bad), None, "{bad}");
        }
    }
}

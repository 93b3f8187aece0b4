//! Content negotiation (RFC 9110 section 12): what a client accepts, and which of our representations it gets.

use http::HeaderMap;
use http::header::{ACCEPT, ACCEPT_ENCODING, HeaderName};

/// Content codings in which files are kept, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Brotli (RFC 7932).
    Brotli,
    /// Gzip (RFC 1952).
    Gzip,
    /// As it is.
    Identity,
}

impl Coding {
    /// Name in `Accept-Encoding` and `Content-Encoding`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// A weight in thousandths, 0 to 1000.
type Weight = u16;

/// The members of a weighted list header, in order, lower case, with their weights. Members whose weight is malformed
/// are left out.
fn weighted(headers: &HeaderMap, name: HeaderName) -> Option<Vec<(String, Weight)>> {
    let mut present = false;
    let mut list = Vec::new();
    for value in headers.get_all(name) {
        present = true;
        for member in value.to_str().unwrap_or_default().split(',') {
            let mut parts = member.split(';').map(str::trim);
            let item = parts.next().unwrap_or_default().to_ascii_lowercase();
            // RFC 9110 gives no other parameter of these lists a meaning for us; the weight may stand anywhere.
            let weight = parts
                .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
                .map_or(Some(1000), parse_weight);
            if let (false, Some(weight)) = (item.is_empty(), weight) {
                list.push((item, weight));
            }
        }
    }
    present.then_some(list)
}

/// `qvalue` of RFC 9110 section 12.4.2: 0 to 1 with at most three decimals.
fn parse_weight(text: &str) -> Option<Weight> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: Weight = format!("{decimals:0<3}").parse().ok()?;
    match (whole, thousandths) {
        ("0", thousandths) => Some(thousandths),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

/// The best of the available codings for `Accept-Encoding`. Identity is always available. Equal weights go to the
/// coding that comes first in [`Coding`]. `None` when the client rules out everything there is.
#[must_use]
pub fn coding(headers: &HeaderMap, available: &[Coding]) -> Option<Coding> {
    let Some(list) = weighted(headers, ACCEPT_ENCODING) else { return Some(Coding::Identity) };
    let stated = |name: &str| list.iter().find(|(item, _)| item == name).map(|&(_, weight)| weight);
    let mut best: Option<(Coding, Weight)> = None;
    for coding in [Coding::Brotli, Coding::Gzip] {
        let weight = stated(coding.name()).or_else(|| stated("*")).unwrap_or(0);
        if available.contains(&coding) && weight > 0 && best.is_none_or(|(_, other)| weight > other) {
            best = Some((coding, weight));
        }
    }
    // Identity needs no mention to be acceptable, but then it is the last resort.
    let identity = stated("identity").or_else(|| stated("*").filter(|&weight| weight == 0 || best.is_none()));
    match (best, identity) {
        (Some((coding, weight)), Some(identity)) if weight >= identity => Some(coding),
        (Some((coding, _)), None) => Some(coding),
        (None, Some(0)) => None,
        (_, _) => Some(Coding::Identity),
    }
}

/// The best of the offered media types for `Accept`: its index. Types are given as `type/subtype` in lower case, the
/// server's favourite first. `None` when the client accepts none of them; the first when it states nothing.
#[must_use]
pub fn media_type(headers: &HeaderMap, offered: &[&str]) -> Option<usize> {
    let Some(list) = weighted(headers, ACCEPT) else { return (!offered.is_empty()).then_some(0) };
    let weight_of = |offer: &str| {
        let range = offer.split_once('/').map(|(main, _)| format!("{main}/*")).unwrap_or_default();
        // The most specific range decides (RFC 9110 section 12.5.1).
        [offer, &range, "*/*"]
            .iter()
            .find_map(|wanted| list.iter().find(|(item, _)| item == wanted).map(|&(_, weight)| weight))
            .unwrap_or(0)
    };
    let mut best = None;
    for (index, offer) in offered.iter().enumerate() {
        let weight = weight_of(offer);
        if weight > 0 && best.is_none_or(|(_, other)| weight > other) {
            best = Some((index, weight));
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use rstest::rstest;

    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[rstest]
    #[case::both_named("gzip, br", Some(Coding::Brotli))]
    #[case::weights_decide("br;q=0.5, gzip;q=0.8", Some(Coding::Gzip))]
    #[case::refused_coding("br;q=0, gzip", Some(Coding::Gzip))]
    #[case::nothing_we_have("zstd, deflate", Some(Coding::Identity))]
    #[case::empty("", Some(Coding::Identity))]
    #[case::star("*", Some(Coding::Brotli))]
    #[case::star_but_not_br("*, br;q=0", Some(Coding::Gzip))]
    #[case::identity_preferred("identity, gzip;q=0.5", Some(Coding::Identity))]
    #[case::identity_ruled_out("identity;q=0, gzip;q=0.001", Some(Coding::Gzip))]
    #[case::low_weight_still_beats_silence("gzip;q=0.001", Some(Coding::Gzip))]
    #[case::everything_ruled_out("identity;q=0", None)]
    #[case::star_ruled_out("*;q=0", None)]
    #[case::star_ruled_out_but_identity("*;q=0, identity", Some(Coding::Identity))]
    #[case::malformed_weight("gzip;q=high", Some(Coding::Identity))]
    #[case::case_and_space(" GZIP ; Q=1.000 ", Some(Coding::Gzip))]
    fn the_client_chooses_the_coding(#[case] accept: &str, #[case] expected: Option<Coding>) {
        assert_eq!(coding(&headers(ACCEPT_ENCODING, accept), &[Coding::Brotli, Coding::Gzip]), expected);
    }

    #[test]
    fn a_coding_that_is_not_kept_is_never_chosen() {
        assert_eq!(coding(&headers(ACCEPT_ENCODING, "br, gzip;q=0.1"), &[Coding::Gzip]), Some(Coding::Gzip));
        assert_eq!(coding(&headers(ACCEPT_ENCODING, "br, gzip"), &[]), Some(Coding::Identity));
        assert_eq!(coding(&HeaderMap::new(), &[Coding::Gzip]), Some(Coding::Identity));
    }

    #[rstest]
    #[case::exact("application/geo+json", Some(0))]
    #[case::second("text/html", Some(1))]
    #[case::browser("text/html,application/xhtml+xml,*/*;q=0.8", Some(1))]
    #[case::range("text/*", Some(1))]
    #[case::anything("*/*", Some(0))]
    #[case::specific_refusal("*/*, application/geo+json;q=0", Some(1))]
    #[case::none_of_ours("image/png", None)]
    #[case::parameters("text/html;charset=utf-8;q=0.9", Some(1))]
    fn the_client_chooses_the_media_type(#[case] accept: &str, #[case] expected: Option<usize>) {
        assert_eq!(media_type(&headers(ACCEPT, accept), &["application/geo+json", "text/html"]), expected);
    }

    #[test]
    fn a_client_that_states_nothing_gets_the_favourite() {
        assert_eq!(media_type(&HeaderMap::new(), &["application/json", "text/html"]), Some(0));
    }

    #[rstest]
    #[case("1", Some(1000))]
    #[case("1.000", Some(1000))]
    #[case("0.25", Some(250))]
    #[case("0", Some(0))]
    #[case("0.", Some(0))]
    #[case("1.001", None)]
    #[case("0.1234", None)]
    #[case("-1", None)]
    #[case("", None)]
    fn weights_are_thousandths(#[case] text: &str, #[case] expected: Option<Weight>) {
        assert_eq!(parse_weight(text), expected);
    }
}

//! The files of `static/`, bundled and compressed by `build.rs` and held in the program.

/// One file under `/assets/`. Its path carries its hash, so it may be cached for ever.
#[derive(Debug)]
pub(crate) struct Asset {
    /// `/assets/{hash}/{name}`.
    pub(crate) path: &'static str,
    /// Value of `Content-Type`.
    pub(crate) content_type: &'static str,
    /// A strong entity tag, with its quotes, of the identity bytes.
    pub(crate) etag: &'static str,
    /// The identity bytes.
    pub(crate) bytes: &'static [u8],
    /// The same, as gzip.
    pub(crate) gzip: Option<&'static [u8]>,
    /// The same, as brotli.
    pub(crate) brotli: Option<&'static [u8]>,
}

// Paths relative to the root of the site, for templates: `STYLE_CSS`, `ICON` and the scripts. These, `LAND` and `LICENCES` are
// `None` when the program was built with `CENSUS_SKIP_WEB=1`.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The asset with this request path.
pub(crate) fn find(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// The service worker's script, without the list of what it keeps. It is served at the root, because it may only look after
/// pages below its own address.
pub(crate) const SERVICE_WORKER: &str = include_str!("../../static/sw.js");

/// Whether the form and the sheets need it without a network.
pub(crate) fn is_for_offline(asset: &Asset) -> bool {
    let path = asset.path.trim_start_matches('/');
    let wanted = [Some(STYLE_CSS), Some(ICON), SUBMIT_JS, SUBMIT_MAP, SHEETS_JS, MAP_ENGINE, MAP_SHARED, MAP_WORKER];
    wanted.into_iter().flatten().any(|needed| needed == path)
}

/// Every asset.
pub(crate) fn all() -> &'static [Asset] {
    &ASSETS
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn every_asset_is_found_by_its_path_and_by_no_other() {
        for asset in &ASSETS {
            let found = find(asset.path).unwrap();
            assert_eq!(found.bytes, asset.bytes);
            assert!(asset.path.contains(asset.etag.trim_matches('"')), "the path of {} carries its hash", asset.path);
        }
        assert!(find(&format!("/{STYLE_CSS}")).is_some());
        assert!(find("/assets/style.css").is_none());
        assert!(find("/assets/0000000000000000/style.css").is_none());
    }

    #[test]
    fn the_gzip_twin_is_the_same_file() {
        for asset in &ASSETS {
            let Some(gzip) = asset.gzip else { continue };
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(gzip).read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes, asset.bytes, "{}", asset.path);
            assert!(asset.brotli.is_some_and(|brotli| brotli.len() < bytes.len()), "{}", asset.path);
        }
    }

    #[test]
    fn the_bundles_ask_no_third_party_for_anything() {
        let style = find(&format!("/{STYLE_CSS}")).unwrap();
        let text = String::from_utf8_lossy(style.bytes);
        for forbidden in ["http:", "https:", "@import", "data:"] {
            assert!(!text.contains(forbidden), "the style sheet contains {forbidden}");
        }
    }

    #[test]
    fn licences_of_everything_in_the_bundle_are_carried_along() {
        let (Some(_), Some(path)) = (MAP_JS, LICENCES) else { return };
        let text = String::from_utf8_lossy(find(&format!("/{path}")).unwrap().bytes);
        for package in ["maplibre-gl 6", "pmtiles 4", "fflate", "murmurhash-js", "Redistributions in binary form"] {
            assert!(text.contains(package), "licences.txt does not name {package}");
        }
        assert!(!text.contains("esbuild"));
    }
}

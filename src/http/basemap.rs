//! The ground under the counts: a vector archive that whoever runs the server cut out and laid beside it.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use pmtiles::{AsyncPmTilesReader, Compression, MmapBackend, TileType};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// Layers of the Protomaps schema without which there is no map to speak of.
const NEEDED: [&str; 3] = ["earth", "water", "roads"];
/// Whom to name where the archive does not say.
const ATTRIBUTION: &str = "© OpenStreetMap";
/// Header, root directory and, in most archives, the metadata: what tells two archives apart.
const HEAD: u64 = 16_384;

/// Why an archive cannot be the ground of the map.
#[derive(Debug, thiserror::Error)]
pub enum BasemapError {
    /// It cannot be read as an archive.
    #[error("the base map cannot be read as a PMTiles archive (version 3): {0}")]
    Archive(#[from] pmtiles::PmtError),
    /// It cannot be read at all.
    #[error("the base map cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// Its tiles are pictures, or packed in a way that browsers do not unpack.
    #[error("the base map needs vector tiles (MVT) that are gzip-compressed or plain; this archive has others")]
    Tiles,
    /// Its layers are those of another schema.
    #[error(
        "the base map has no layer `{missing}`: it needs the Protomaps schema (earth, water, roads); docs/basemap.md says how to cut a city out of one"
    )]
    Layer {
        /// The first layer that is missing.
        missing: &'static str,
    },
}

/// An open base map.
pub struct Basemap {
    /// Its tiles.
    pub(super) archive: AsyncPmTilesReader<MmapBackend>,
    path: PathBuf,
    id: String,
    attribution: String,
    /// Size of the archive.
    pub(super) bytes: u64,
    /// The last zoom it has tiles of.
    pub(super) max_zoom: u8,
    /// Whether its tiles are stored as gzip.
    pub(super) is_gzip: bool,
}

/// What is read of the metadata of an archive.
#[derive(Deserialize, Default)]
struct Metadata {
    #[serde(default)]
    vector_layers: Vec<Layer>,
    #[serde(default)]
    attribution: String,
}

#[derive(Deserialize)]
struct Layer {
    id: String,
}

impl Basemap {
    /// 16 hexadecimal digits that change with the archive; they stand in the addresses of its tiles.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Where the archive stands.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where an export keeps its copy of the archive, relative to the root of the site.
    pub(super) fn archive_path(&self) -> String {
        format!("basemap/{}.pmtiles", self.id)
    }

    /// Whom to name, as text.
    #[must_use]
    pub fn attribution(&self) -> &str {
        &self.attribution
    }

    /// Opens an archive and looks whether the map can be drawn from it.
    ///
    /// # Errors
    /// [`BasemapError`] says what it lacks.
    pub async fn open(path: &Path) -> Result<Self, BasemapError> {
        let archive = AsyncPmTilesReader::new_with_path(path).await?;
        let header = archive.get_header();
        let (max_zoom, compression) = (header.max_zoom, header.tile_compression);
        if header.tile_type != TileType::Mvt || !matches!(compression, Compression::Gzip | Compression::None) {
            return Err(BasemapError::Tiles);
        }
        let metadata: Metadata = serde_json::from_str(&archive.get_metadata().await?).unwrap_or_default();
        let has = |name: &&str| metadata.vector_layers.iter().any(|layer| layer.id == **name);
        if let Some(missing) = NEEDED.into_iter().find(|name| !has(name)) {
            return Err(BasemapError::Layer { missing });
        }
        let mut head = Vec::new();
        let file = std::fs::File::open(path)?;
        let bytes = file.metadata()?.len();
        file.take(HEAD).read_to_end(&mut head)?;
        let id = Sha256::digest(&head).iter().take(8).fold(String::new(), |id, byte| format!("{id}{byte:02x}"));
        let attribution = text_of(&metadata.attribution);
        let attribution = if attribution.is_empty() { ATTRIBUTION.to_owned() } else { attribution };
        let is_gzip = compression == Compression::Gzip;
        Ok(Self { archive, path: path.to_owned(), id, attribution, bytes, max_zoom, is_gzip })
    }
}

/// The text of an attribution, without its tags: nothing in an archive may become a part of our pages. It may hold any
/// character, and templates escape it.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in html.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    decoded(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without its entities. What is none that attributions are known to have stays as it is.
fn decoded(text: &str) -> String {
    let mut parts = text.split('&');
    let mut decoded = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        if let Some((letter, rest)) = part.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest))) {
            decoded.push(letter);
            decoded.push_str(rest);
        } else {
            decoded.push('&');
            decoded.push_str(part);
        }
    }
    decoded
}

fn entity(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        return Some(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "copy" => '©',
            "nbsp" => ' ',
            _ => return None,
        });
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).filter(|letter| !letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn an_attribution_is_text_without_tags() {
        let html = "<a href=\"https://protomaps.com\" onclick=x>Protomaps</a> &copy; <a href='y'>OpenStreetMap</a>";
        assert_eq!(text_of(html), "Protomaps © OpenStreetMap");
        assert_eq!(text_of("a <b"), "a");
    }

    #[test]
    fn an_attribution_is_decoded_once_and_what_is_no_entity_stays() {
        for (html, text) in [
            ("&copy; M&amp;S &lt;maps&gt; &quot;city&quot; l&#39;IGN", "© M&S <maps> \"city\" l'IGN"),
            ("&#169; &#xA9;&nbsp;&#x42f;", "© © Я"),
            ("&amp;lt;b&amp;gt; &amp;#60;", "&lt;b&gt; &#60;"),
            ("R&D; A & B &unknown; &#xd800; &#7; &#; &", "R&D; A & B &unknown; &#xd800; &#7; &#; &"),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }
}

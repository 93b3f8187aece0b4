//! The name of a release.

use sha2::{Digest as _, Sha256};

use super::directory::hex;
use super::figures_csv::{deployment_cells, figure_cells};
use super::inputs::Inputs;
use super::manifest::FILE_FORMAT;
use crate::matching::HomeCount;
use crate::model::{Area, Effort, IsoWeek, SourceKind};

/// `2026-W47-1a2b3c4d`: the week a release speaks of and 32 bits of a hash over everything it was made of, so that the id
/// can stand inside its files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId(String);

impl ReleaseId {
    /// Reads an id.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (week, hash) = text.split_at_checked(8)?;
        let hash = hash.strip_prefix('-')?;
        let plain = hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        (plain && week.parse::<IsoWeek>().is_ok_and(|parsed| parsed.to_string() == week)).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of a release with these inputs in canonical order.
    ///
    /// Home cameras enter by their rounded counts alone, for each body of data: a hash over true counts, or over occasions
    /// on which nothing but homes was seen, would be a way to test guesses.
    pub(super) fn of(inputs: &Inputs, home: &[(&str, Vec<HomeCount>)]) -> Self {
        let mut hash = Sha256::new();
        let mut text = |part: &str| {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        };
        text(&format!("camera-census {} format {FILE_FORMAT}", env!("CARGO_PKG_VERSION")));
        text(&inputs.title);
        text(&inputs.licence);
        text(&inputs.as_of.to_string());
        text(inputs.previous.as_deref().unwrap_or("none"));
        text(&serde_json::to_string(&inputs.policy).unwrap_or_default());
        for source in &inputs.sources {
            text(&source.slug);
            text(&source.name);
            text(&source.licence);
            text(source.attribution.as_deref().unwrap_or_default());
            text(if source.is_list { "list" } else { "field" });
        }
        let figures = inputs.figures.iter().flat_map(figure_cells);
        let deployments = inputs.deployments.iter().flat_map(deployment_cells);
        text(&format!("{} figures, {} deployments", inputs.figures.len(), inputs.deployments.len()));
        figures.chain(deployments).for_each(|cell| text(&cell));
        for set in &inputs.areas {
            for part in [&set.slug, &set.name, &set.edition, &set.licence] {
                text(part);
            }
            text(set.attribution.as_deref().unwrap_or_default());
            text(&format!("{:?} {:?}", set.population, set.fit));
            for area in &set.areas {
                text(&area.slug);
                text(&area.name);
                text(&format!("{:?}", area.population));
                text(&hex(outline_digest(area)));
            }
        }
        text(&hex(effort_digest(&inputs.effort)));
        let mut number = 0_u32;
        let mut numbers = Vec::with_capacity(inputs.occasions.len());
        for (occasion, public) in inputs.occasions.iter().zip(inputs.public_occasions()) {
            numbers.push(number);
            if public {
                text(&occasion.campaign);
                text(&occasion.source);
                text(match occasion.kind {
                    SourceKind::Field => "field",
                    SourceKind::Import => "import",
                    SourceKind::List => "list",
                });
                text(occasion.wave.as_deref().unwrap_or_default());
                text(&occasion.pass.map(|pass| pass.to_string()).unwrap_or_default());
                text(&occasion.key_epoch.to_string());
                number += 1;
            }
        }
        for (body, counts) in home {
            text("home");
            text(body);
            for HomeCount { cell, count } in counts {
                text(&format!("{cell} {count}"));
            }
        }
        for observed in inputs.observed.iter().filter(|observed| !observed.sighting.is_home()) {
            let s = &observed.sighting;
            hash.update(u64::from(s.cell).to_be_bytes());
            hash.update([s.kind.code(), s.operator.code(), s.mount.code(), s.linked.code(), s.basis.code()]);
            hash.update([s.heads, s.position.code(), s.slot]);
            hash.update(s.maker.code().to_be_bytes());
            hash.update(s.facing.bits().to_be_bytes());
            hash.update(s.week.map_or(0, IsoWeek::number).to_be_bytes());
            let occasion = numbers.get(observed.occasion.0 as usize).copied().unwrap_or_default();
            hash.update(occasion.to_be_bytes());
        }
        for ruling in &inputs.rulings {
            // Home cameras are never matched, so a ruling on one changes nothing and is not told.
            let both = [&ruling.first.observed.sighting, &ruling.second.observed.sighting];
            if both.iter().all(|sighting| !sighting.is_home()) {
                hash.update(format!("{ruling:?}"));
            }
        }
        for key in &inputs.keys {
            hash.update(format!("{key:?}"));
        }
        let digest = hash.finalize();
        let [a, b, c, d] = [digest[0], digest[1], digest[2], digest[3]];
        Self(format!("{}-{a:02x}{b:02x}{c:02x}{d:02x}", inputs.as_of))
    }
}

/// A digest of the corners of an area, as they are.
fn outline_digest(area: &Area) -> Sha256 {
    use geo::CoordsIter as _;

    let mut hash = Sha256::new();
    for polygon in &area.outline {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            hash.update((ring.0.len() as u64).to_be_bytes());
            for corner in ring.coords_iter() {
                hash.update(corner.x.to_bits().to_be_bytes());
                hash.update(corner.y.to_bits().to_be_bytes());
            }
        }
    }
    hash
}

fn effort_digest(effort: &Effort) -> Sha256 {
    let mut hash = Sha256::new();
    for wave in &effort.waves {
        hash.update(format!("{} {} {} {} ", wave.campaign, wave.wave, wave.is_frame, wave.marks.len()));
        for mark in &wave.marks {
            hash.update(mark.unit.0);
            hash.update([mark.pass.number(), mark.state.code()]);
        }
    }
    hash
}

impl std::fmt::Display for ReleaseId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_week_and_eight_hex_digits_are_an_id() {
        assert!(ReleaseId::parse("2026-W47-1a2b3c4d").is_some());
        for bad in [
            "",
            "latest",
            "2026-W47-1A2B3C4D",
            "2026-W47-1a2b3c4",
            "2026-W60-1a2b3c4d",
            "../../etc/passwd",
            "2026-W47-1a2b3c4dé",
        ] {
            assert!(ReleaseId::parse(bad).is_none(), "{bad}");
        }
    }
}

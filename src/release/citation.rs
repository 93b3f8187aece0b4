//! How a release is cited: one description, as a sentence, as `CITATION.cff` and as `zenodo.json`.

use jiff::civil::Date;
use serde_json::json;

use super::summary::Summary;
use crate::model::IsoWeek;

/// Licences whose SPDX identifiers the citation format knows and that open data stands under. Another licence is told in
/// words, because a validator refuses identifiers it does not know.
const SPDX: [&str; 18] = [
    "Apache-2.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC-PDDC",
    "CC0-1.0",
    "MIT",
    "NLOD-1.0",
    "ODC-By-1.0",
    "ODbL-1.0",
    "OGL-UK-2.0",
    "OGL-UK-3.0",
    "PDDL-1.0",
    "etalab-2.0",
];

/// What has to be said of a release, or of a list in it, wherever it is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Name of the census or of the list.
    pub title: String,
    /// Id of the release.
    pub release: String,
    /// ISO week it speaks of.
    pub as_of: String,
    /// Licence of the data.
    pub licence: String,
    /// Whom to name besides; may be empty.
    pub attribution: String,
}

impl Citation {
    /// The citation of the numbers of a summary.
    #[must_use]
    pub fn of(summary: &Summary) -> Self {
        Self {
            title: summary.title.clone(),
            release: summary.release.clone(),
            as_of: summary.as_of.clone(),
            licence: summary.licence.clone(),
            attribution: summary.attribution.clone(),
        }
    }

    /// The Monday of the week the release speaks of: the one date it has.
    #[must_use]
    pub fn monday(&self) -> Date {
        self.as_of.parse::<IsoWeek>().map_or(Date::constant(1970, 1, 1), IsoWeek::monday)
    }

    /// The suggested citation in one line. The hash of the manifest cannot stand inside the release whose files the manifest
    /// hashes; a page adds it with [`Citation::sentence_with_hash`].
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { title, release, as_of, licence, attribution } = self;
        let year = self.monday().year();
        let named = if attribution.is_empty() { String::new() } else { format!(" Contains data of {attribution}.") };
        format!(
            "{title} ({year}). Counts of surveillance cameras, release {release}, week {as_of}. Made with camera-census {}. Licence: {licence}.{named}",
            env!("CARGO_PKG_VERSION")
        )
    }

    /// The same with the SHA-256 of `manifest.json`, in hexadecimal, which identifies the content of the release.
    #[must_use]
    pub fn sentence_with_hash(&self, manifest_sha256: &str) -> String {
        format!("{} SHA-256 of manifest.json: {manifest_sha256}", self.sentence())
    }

    /// The licence as an SPDX identifier, where it is one that open data is known to stand under.
    #[must_use]
    pub fn spdx(&self) -> Option<&str> {
        spdx(&self.licence)
    }

    fn heading(&self) -> String {
        format!("{}: counts of surveillance cameras", self.title)
    }

    fn about(&self) -> String {
        format!(
            "Counts of surveillance cameras of the public space per cell and area, at least so many, as of week {}; home cameras are told apart, rounded. \
             Licence: {}.{}",
            self.as_of,
            self.licence,
            if self.attribution.is_empty() {
                String::new()
            } else {
                format!(" Contains data of {}.", self.attribution)
            }
        )
    }

    /// `CITATION.cff`, version 1.2. Texts stand in the quotes of JSON, which YAML reads as its own.
    pub(super) fn cff(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let licence = self.spdx().map(|licence| format!("license: {licence}\n")).unwrap_or_default();
        format!(
            "cff-version: 1.2.0\nmessage: {}\ntype: dataset\ntitle: {}\nabstract: {}\nauthors:\n  - name: {}\nversion: {}\ndate-released: {}\n\
             {licence}keywords:\n  - surveillance\n  - cameras\n  - open data\nidentifiers:\n  - type: other\n    value: {}\n    description: {}\n",
            quoted("If you use these data, please cite them as below, with the SHA-256 of manifest.json."),
            quoted(&self.heading()),
            quoted(&self.about()),
            quoted(&self.title),
            quoted(&self.release),
            quoted(&self.monday().to_string()),
            quoted(&self.release),
            quoted("Id of the release"),
        )
    }

    /// What the repository Zenodo reads as `.zenodo.json`.
    pub(super) fn zenodo(&self) -> serde_json::Value {
        let mut document = json!({
            "upload_type": "dataset",
            "title": self.heading(),
            "description": self.about(),
            "creators": [{ "name": self.title }],
            "version": self.release,
            "publication_date": self.monday().to_string(),
            "access_right": "open",
            "keywords": ["surveillance", "cameras", "open data"],
            "notes": self.sentence(),
        });
        if let Some(licence) = self.spdx() {
            document["license"] = licence.to_lowercase().into();
        }
        document
    }
}

/// The text, where it is an SPDX identifier that open data is known to stand under.
pub(super) fn spdx(licence: &str) -> Option<&str> {
    SPDX.contains(&licence).then_some(licence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(licence: &str) -> Citation {
        Citation {
            title: "A \"quoted\" town".to_owned(),
            release: "2026-W47-1a2b3c4d".to_owned(),
            as_of: "2026-W47".to_owned(),
            licence: licence.to_owned(),
            attribution: "Somebody".to_owned(),
        }
    }

    #[test]
    fn a_citation_names_title_release_week_licence_and_whom_to_name() {
        let sentence = citation("CC-BY-4.0").sentence_with_hash("ab12");
        for part in ["A \"quoted\" town (2026)", "2026-W47-1a2b3c4d", "CC-BY-4.0", "Somebody", "ab12"] {
            assert!(sentence.contains(part), "{sentence}");
        }
    }

    #[test]
    fn every_citation_has_the_date_of_the_monday_and_only_known_licences_are_identifiers() {
        let known = citation("ODbL-1.0");
        assert!(known.cff().contains("date-released: \"2026-11-16\"\nlicense: ODbL-1.0\n"), "{}", known.cff());
        assert_eq!(known.zenodo()["license"], "odbl-1.0");
        let other = citation("ask the city");
        assert!(!other.cff().contains("license:") && other.cff().contains("ask the city"));
        assert!(other.zenodo().get("license").is_none() && other.zenodo()["publication_date"] == "2026-11-16");
    }
}

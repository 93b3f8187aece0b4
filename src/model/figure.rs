//! Somebody else's numbers: published figures with their definition, and announced systems.

use super::{DeploymentStatus, FigureBasis, FigureStatus, Stated};

/// A number somebody published, with what they counted and where they say so. At least one of the three numbers is
/// stated, and they do not contradict each other. A text that is empty was not stated.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct PublishedFigure {
    /// Short name, unique in the ledger: lower-case letters, digits and hyphens.
    pub id: String,
    /// The place it speaks of, for people.
    pub place: String,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: String,
    /// Year it speaks of.
    pub year: i32,
    /// What sort of number it is.
    #[serde(serialize_with = "word")]
    pub status: FigureStatus,
    /// Cameras, lower end of a range.
    pub cameras_low: Option<u64>,
    /// Cameras.
    pub cameras: Option<u64>,
    /// Cameras, upper end of a range.
    pub cameras_high: Option<u64>,
    /// Ground it covers, square kilometres, above zero.
    pub area_km2: Option<f64>,
    /// Residents of that ground, above zero.
    pub population: Option<u64>,
    /// What was counted, in words.
    pub scope: String,
    /// Whose cameras they are, in words.
    pub ownership: String,
    /// Whether cameras of private owners are in it.
    #[serde(serialize_with = "word")]
    pub includes_private: Stated,
    /// Whether cameras inside buildings are in it.
    #[serde(serialize_with = "word")]
    pub includes_indoor: Stated,
    /// Whether only cameras that feed a public or police network are in it.
    #[serde(serialize_with = "word")]
    pub linked_only: Stated,
    /// Whether only cameras that can be seen from the street are in it.
    #[serde(serialize_with = "word")]
    pub street_visible: Stated,
    /// What it rests on.
    #[serde(serialize_with = "word")]
    pub basis: FigureBasis,
    /// How it was made, in words.
    pub method_note: String,
    /// Who says so.
    pub claimed_by: String,
    /// Title of the publication.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Authors, separated by semicolons.
    pub authors: String,
    /// When it was published: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub published: String,
    /// What a reader should know besides.
    pub note: String,
    /// Page of the publication.
    pub page: String,
    /// Address of the publication, http or https.
    pub url: String,
}

/// A surveillance system that somebody announced, bought or gave up. A text that is empty was not stated.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Deployment {
    /// Short name, unique in the register: lower-case letters, digits and hyphens.
    pub id: String,
    /// Name of the system.
    pub name: String,
    /// The place, for people.
    pub place: String,
    /// ISO 3166-1 alpha-2 code of its country.
    pub country: String,
    /// First year the row speaks of.
    pub first_year: i32,
    /// Last year; equal to the first when it is one.
    pub last_year: i32,
    /// How far it has got.
    #[serde(serialize_with = "word")]
    pub status: DeploymentStatus,
    /// Number of contracts, where the row stands for several.
    pub contracts: Option<u64>,
    /// Vendors, as the source names them.
    pub vendors: Vec<String>,
    /// What they supply, and what they say about it.
    pub role: String,
    /// Who says so.
    pub claimed_by: String,
    /// Publisher.
    pub publisher: String,
    /// When it was published: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub published: String,
    /// What a reader should know besides.
    pub note: String,
}

impl Deployment {
    /// `2021`, or `2009-2021`.
    #[must_use]
    pub fn years(&self) -> String {
        if self.first_year == self.last_year {
            self.first_year.to_string()
        } else {
            format!("{}-{}", self.first_year, self.last_year)
        }
    }
}

/// Serialises a value of a vocabulary by its word.
fn word<S: serde::Serializer>(value: &impl std::fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

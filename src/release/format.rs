//! The formats a release is written in.

/// Media type of the tables.
pub(super) const CSV: &str = "text/csv; charset=utf-8; header=present";

/// A format of the files of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Tables: always there, and what a release is read back from.
    Csv,
    /// One `FeatureCollection` (RFC 7946): always there for areas, whose outlines are read back from it.
    GeoJson,
    /// A GeoJSON text sequence (RFC 8142).
    GeoJsonSeq,
    /// FlatGeobuf 3 with an index.
    FlatGeobuf,
    /// GeoParquet 1.1, and Parquet for tables without shapes.
    Parquet,
    /// A workbook for each area set.
    Xlsx,
    /// Vector tiles.
    PmTiles,
}

impl Format {
    /// The formats that this program can write. GeoParquet needs the cargo feature `parquet`.
    pub const BUILT_IN: &[Self] = &[
        Self::Csv,
        Self::GeoJson,
        Self::GeoJsonSeq,
        Self::FlatGeobuf,
        #[cfg(feature = "parquet")]
        Self::Parquet,
        Self::Xlsx,
        Self::PmTiles,
    ];

    /// The end of the names of its files.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::GeoJson => "geojson",
            Self::GeoJsonSeq => "geojsons",
            Self::FlatGeobuf => "fgb",
            Self::Parquet => "parquet",
            Self::Xlsx => "xlsx",
            Self::PmTiles => "pmtiles",
        }
    }
}

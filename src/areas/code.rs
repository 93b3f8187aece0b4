//! Every code the reading of a boundary file can give, with its sentence.

/// What a code speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The whole file was refused.
    File,
    /// One feature was refused.
    Feature,
    /// Used, but not quite as it stood there.
    Note,
}

/// A stable code with its sentence.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable name, `snake_case`.
    pub name: &'static str,
    /// What it speaks about.
    pub scope: Scope,
    /// What was wrong or done, and what to do about it; reports may add names of fields.
    pub sentence: &'static str,
}

macro_rules! codes {
    ($($constant:ident $scope:ident $name:literal, $sentence:literal;)+) => {
        $(pub(super) const $constant: &Code = &Code { name: $name, scope: Scope::$scope, sentence: $sentence };)+

        /// Every code, in the order of the documentation.
        pub const CODES: &[&Code] = &[$($constant),+];
    };
}

codes! {
    EMPTY_FILE File "empty_file", "The file is empty. Download it again.";
    NOT_TEXT File "not_text", "This is no JSON text but compressed, an archive, part of a shapefile or in another encoding than UTF-8. Unpack it, or convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in";
    MARKUP File "markup", "This is a web page, KML, GML or other XML, not GeoJSON. If it holds boundaries, convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.kml";
    BROKEN_JSON File "broken_json", "This is not one valid JSON document. Download or export it again; of features line by line make a FeatureCollection: ogr2ogr -f GeoJSON out.geojson in.geojsonl";
    TOPOJSON File "topojson", "This is TopoJSON, not GeoJSON. Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.topojson";
    ESRI_JSON File "esri_json", "This is Esri JSON (attributes, geometry with rings), not GeoJSON. Ask the server for f=geojson, or convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.json";
    BARE_GEOMETRY File "bare_geometry", "This is a geometry on its own, so the area has no name. Wrap it in a Feature whose properties name it.";
    NOT_GEOJSON File "not_geojson", "This is JSON, but no GeoJSON FeatureCollection. Export the boundaries as GeoJSON.";
    OTHER_CRS File "other_crs", "The file names a coordinate system other than WGS 84. Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.geojson";
    NO_FEATURES File "no_features", "The file holds no feature at all. Check the download or the export.";
    NO_AREAS File "no_areas", "None of the features is an area that can be used, each for a reason of its own.";
    NO_SET_NAME File "no_set_name", "The name of the set has no letter or digit a short form could be made of. Choose another.";
    NAME_FIELD_MISSING File "name_field_missing", "No feature has the field that was to name the areas.";
    NAME_FIELD_UNCLEAR File "name_field_unclear", "Which field names the areas is not clear. Say which with --name-field.";
    POPULATION_FIELD_MISSING File "population_field_missing", "No feature has the field that was to hold the population.";
    POPULATION_SOURCE_MISSING File "population_source_missing", "A population means nothing without its source and year. State both.";

    NOT_A_FEATURE Feature "not_a_feature", "This is not a GeoJSON Feature, or its geometry is not one of GeoJSON.";
    NO_NAME Feature "no_name", "The feature has no name: the field is missing, empty, or neither text nor a number. Fill it in or leave the feature out.";
    NO_GEOMETRY Feature "no_geometry", "The feature has no geometry, so nobody knows where the area is. Add its outline or leave it out.";
    NOT_AN_OUTLINE Feature "not_an_outline", "The geometry is neither a Polygon nor a MultiPolygon: a point or a line encloses no area. Use the file of the boundaries.";
    OUT_OF_RANGE Feature "out_of_range", "The coordinates are not degrees on the earth. They may be metres or feet of a national grid: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.geojson";
    NO_GROUND Feature "no_ground", "The outline encloses no ground: its rings have fewer than three corners, or go there and back. Draw it again or leave the feature out.";

    REPAIRED Note "repaired", "The outline was invalid (a ring open or crossing or touching itself, or parts that overlap) and was repaired: ground enclosed an odd number of times by the rings of one part belongs to it, and parts are joined.";
    MERGED Note "merged", "Several features have this name; they are one area.";
    CROSSES_ANTIMERIDIAN Note "crosses_antimeridian", "The outline crosses the antimeridian; its longitudes were made continuous.";
    LEGACY_CRS Note "legacy_crs", "The outdated member \"crs\" was read as WGS 84, longitude first.";
    POPULATION_UNREADABLE Note "population_unreadable", "The population is missing, or no number of people; it is unknown.";
    POPULATION_UNCLEAR Note "population_unclear", "Several features of one name state different populations; that of the area is unknown.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_sentences_are_sentences() {
        let names: std::collections::BTreeSet<_> = CODES.iter().map(|code| code.name).collect();
        assert_eq!(names.len(), CODES.len());
        assert!(CODES.iter().all(|code| code.sentence.len() > 20 && code.sentence.contains('.')));
    }
}

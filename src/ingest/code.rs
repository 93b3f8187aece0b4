//! Every code a report can carry, with its sentence: one table, from which the documentation is generated.

/// What a code speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The whole input was refused; in newline-delimited input, the line.
    Document,
    /// One feature, element or row was refused.
    Feature,
    /// Accepted, but read differently from how it stood there.
    Note,
}

macro_rules! codes {
    ($($variant:ident $scope:ident $name:literal, $sentence:literal;)+) => {
        /// A stable code, shown as its `snake_case` name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $variant,)+
        }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What was wrong and what to do about it; reports may add where.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$variant => $sentence),+ }
            }

            /// What it speaks about.
            #[must_use]
            pub const fn scope(self) -> Scope {
                match self { $(Self::$variant => Scope::$scope),+ }
            }
        }
    };
}

codes! {
    EmptyFile Document "empty_file", "The input is empty. An empty answer is not the same as \"no cameras\": check the download or the query and send it again.";
    NoFeatures Document "no_features", "The document holds no feature at all. If that is what you meant, there is nothing to send; otherwise check the query or the export.";
    BrokenJson Document "broken_json", "This is not valid JSON, so nothing of it was kept. Repair it or export it again.";
    TooDeep Document "too_deep", "Brackets are nested more than 64 deep, which no camera report needs. Send plain Point features.";
    FeatureTooLarge Document "feature_too_large", "This feature is larger than one report may be. A camera is a Point with a few properties: leave out everything else.";
    TooManyFeatures Document "too_many_features", "The input holds more features than are accepted in one go. Split it and send the parts one by one.";
    DuplicateMember Document "duplicate_member", "A member stands twice in one object, so it is unclear which one is meant. Keep one of them.";
    NotUtf8 Document "not_utf8", "The text is not UTF-8; it looks like Latin-1 or Windows-1252. Convert it (iconv -f WINDOWS-1252 -t UTF-8 in > out), or for CSV name the encoding in the mapping file (encoding = \"windows-1252\").";
    Utf16 Document "utf16", "The text is UTF-16 or UTF-32. Save it as UTF-8 (iconv -f UTF-16 -t UTF-8 in > out), or for CSV name the encoding in the mapping file (encoding = \"utf-16le\").";
    NotGeojson Document "not_geojson", "This is JSON, but not GeoJSON. Send a FeatureCollection or a Feature whose geometry is a Point.";
    BareGeometry Document "bare_geometry", "This is a geometry on its own. Wrap it in a Feature: {\"type\": \"Feature\", \"geometry\": ..., \"properties\": {\"kind\": ...}}.";
    Topojson Document "topojson", "This is TopoJSON, not GeoJSON. Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.topojson";
    EsriJson Document "esri_json", "This is Esri JSON (attributes, geometry with x and y), not GeoJSON. Ask the server for f=geojson, or convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.json";
    OtherCrs Document "other_crs", "The document names a coordinate system other than WGS 84. Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.geojson";
    BadCensus Document "bad_census", "The member \"census\" is not as it should be: an object with \"campaign\" and \"wave\" as names and \"pass\" as one letter from A to F. Correct it or leave it out.";
    FailedQuery Document "failed_query", "The Overpass answer says that its query failed or ran out of time, so it is incomplete. A failed query is not \"no cameras\": run it again with a longer timeout or a smaller area.";
    Kml Document "kml", "This is KML. Convert it, without its descriptions and pictures: ogr2ogr -f GeoJSON -select Name out.geojson in.kml";
    Gpx Document "gpx", "This is GPX. Convert its waypoints: ogr2ogr -f GeoJSON out.geojson in.gpx waypoints";
    Gml Document "gml", "This is GML. Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.gml";
    OsmXml Document "osm_xml", "This is OpenStreetMap XML. Ask Overpass for [out:json], or convert it: ogr2ogr -f GeoJSON out.geojson in.osm points";
    Html Document "html", "This is a web page, probably an error page or a login instead of the data. Open the address in a browser and download the data again.";
    Xml Document "xml", "This is XML of an unknown sort. If GDAL knows it, convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.xml";
    Shapefile Document "shapefile", "This is part of a shapefile. Convert the whole set: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.shp";
    Geopackage Document "geopackage", "This is an SQLite database, perhaps a GeoPackage. Convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in.gpkg";
    Zip Document "zip", "This is a zip archive. Unpack it; a shapefile, KMZ or spreadsheet inside must then be converted: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in";
    Compressed Document "compressed", "The input is compressed. Unpack it and send the plain text.";
    BrokenGzip Document "broken_gzip", "The gzip data is damaged or cut short. Download it again.";
    GzipBomb Document "gzip_bomb", "The gzip data unpacks to far more than any list of cameras would. Unpack it yourself and look at what it is.";
    Imagery Document "imagery", "This is a picture, a film or a printed document. The census never reads imagery: send where the camera is, as GeoJSON.";
    Binary Document "binary", "This is binary data of an unknown sort. If GDAL knows it, convert it: ogr2ogr -f GeoJSON -t_srs EPSG:4326 out.geojson in";
    Unrecognised Document "unrecognised", "This is no format that can be read. Send GeoJSON, newline-delimited GeoJSON, or from the command line Overpass JSON, a JSON array or CSV.";
    FormatNotAccepted Document "format_not_accepted", "Reports are posted as GeoJSON: a Feature, a FeatureCollection or newline-delimited features. A coordinator can import other formats on the command line.";
    CsvColumns Document "csv_columns", "No columns for longitude and latitude were recognised. Name them \"longitude\" and \"latitude\", or say in a mapping file which ones they are.";
    MappingColumn Document "mapping_column", "A column that the mapping file needs for the place is not in this table. Check the spelling of the header, or whether the delimiter is right.";
    RowTooLong Document "row_too_long", "A row of the table does not end; probably a quotation mark was opened and never closed.";

    NotAFeature Feature "not_a_feature", "This is not a GeoJSON Feature: it must be an object whose \"type\" is \"Feature\".";
    NotAnObject Feature "not_an_object", "This element is not a JSON object. Each element must be an object with a longitude and a latitude.";
    BadRow Feature "bad_row", "The row has more cells than the header has columns, so the cells cannot be told apart. Put cells that hold the delimiter in quotation marks.";
    NoGeometry Feature "no_geometry", "The feature has no geometry, so nobody knows where the camera is. Add a Point.";
    BadGeometry Feature "bad_geometry", "The geometry is not a GeoJSON geometry: it must be an object with \"type\" and \"coordinates\".";
    NotAPoint Feature "not_a_point", "The geometry is not a Point. A camera stands at one place: send a Point, for an outline its centre.";
    NoPlace Feature "no_place", "There is no longitude and latitude. For ways and relations ask Overpass for \"out center\"; for tables and arrays fill both columns.";
    BadCoordinates Feature "bad_coordinates", "The coordinates are not two numbers, longitude then latitude. Write them as JSON numbers in degrees.";
    NotFinite Feature "not_finite", "A number is too large to be one. Write coordinates in degrees and leave out impossible numbers.";
    OutOfRange Feature "out_of_range", "The coordinates are not on the earth: longitude runs from -180 to 180, latitude from -90 to 90.";
    NullIsland Feature "null_island", "The coordinates are 0, 0, which programs write when they know no place. Fill in the real place or leave the feature out.";
    OutOfBounds Feature "out_of_bounds", "The place lies outside the bounds that were given. Correct the coordinates, or the bounds.";
    AxesSwapped Feature "axes_swapped", "Latitude and longitude look swapped: exchanged, the place lies inside the bounds. Repeat the import with --repair-swapped to exchange them.";
    BadProperties Feature "bad_properties", "The member \"properties\" must be an object.";
    KindMissing Feature "kind_missing", "The property \"kind\" is missing. Say what sort of camera it is: fixed, dome, panning, plate_reader, doorbell, other or unknown.";
    KindUnknownValue Feature "kind_unknown_value", "The property \"kind\" has a value that is not in the list: fixed, dome, panning, plate_reader, doorbell, other or unknown.";
    Indoor Feature "indoor", "Indoor cameras are out of scope: the census counts what watches public space.";
    BodyWorn Feature "body_worn", "Body-worn cameras are out of scope: they stand at no place.";
    Vehicle Feature "vehicle", "Cameras on vehicles are out of scope: they stand at no place.";
    Guard Feature "not_a_camera_guard", "This is a guard, not a camera.";
    Gunshot Feature "not_a_camera_gunshot", "This is a gunshot detector, not a camera.";
    Fake Feature "fake", "This is said to be a fake camera, which sees nothing.";
    NotACamera Feature "not_a_camera", "Nothing says that this is a camera. In OpenStreetMap terms it needs man_made=surveillance or a camera:* tag.";

    PropertiesMissing Note "properties_missing", "There were no properties; the camera is of unknown kind.";
    ElevationIgnored Note "elevation_ignored", "The elevation was left out.";
    ExtraPositionsIgnored Note "extra_positions_ignored", "More than three numbers stood in the coordinates; those after the second were left out.";
    BboxIgnored Note "bbox_ignored", "The bounding box was left out.";
    LegacyCrs Note "legacy_crs", "The outdated member \"crs\" was read as WGS 84, longitude first.";
    AxesRepaired Note "axes_repaired", "Latitude and longitude were exchanged, because only that brings the place inside the bounds.";
    KindUnreadable Note "kind_unreadable", "The kind was not one that is known; it became unknown.";
    OperatorUnreadable Note "operator_unreadable", "The operator was not one of the list; it became unknown.";
    OperatorUnrecognised Note "operator_unrecognised", "The operator's name says nothing about what sort of body it is; it became unknown.";
    MountUnreadable Note "mount_unreadable", "The mount was not one of the list; it became unknown.";
    LinkedUnreadable Note "linked_unreadable", "Whether it is linked was neither yes, no nor unknown; it became unknown.";
    MakerUnlisted Note "maker_unlisted", "The maker is not in the maker list; it became unknown.";
    BasisUnreadable Note "basis_unreadable", "The basis was not one of the list; it was read as \"seen\".";
    FacingUnreadable Note "facing_unreadable", "The direction could not be read; it became unknown. Bearings run from 0 to below 360: a lone 360 may mean north (write 0) or all round (write all_round).";
    HeadsUnreadable Note "heads_unreadable", "The number of camera heads was not a whole number from 0 to 99; the default was taken.";
    ObservedUnreadable Note "observed_unreadable", "The time of observation was neither an ISO week nor a date; it became unknown.";
    ObservedInFuture Note "observed_in_future", "The time of observation lies in the future; it became unknown.";
    PositionUnreadable Note "position_unreadable", "How the position was found was none of map, gps or import; the default was taken.";
    AccuracyUnreadable Note "accuracy_unreadable", "The accuracy was not a number of metres; it was left out.";
    SlotUnreadable Note "slot_unreadable", "The slot was not a whole number from 0 to 7; it was left out.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_sentences_are_sentences() {
        let names: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert!(code.name().bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'));
            assert!(code.sentence().len() > 20, "{}", code.name());
        }
    }

    #[test]
    fn codes_are_indexed_by_their_place_in_the_table() {
        for (index, code) in Code::ALL.iter().enumerate() {
            assert_eq!(*code as usize, index);
        }
    }
}

//! Every reason for refusing effort, or for reading it differently from how it stood there.

/// Declares the codes with their sentences.
macro_rules! codes {
    ($($name:ident $code:literal, $sentence:literal;)+) => {
        /// A stable code and its sentence. No sentence quotes a value of the input.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: see [`Code::sentence`].")] $name,)+
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The stable code, `snake_case`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What was wrong, and what to do about it.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence),+ }
            }
        }
    };
}

codes! {
    EmptyFile "empty_file", "The input is empty. Check the download or the export.";
    Compressed "compressed", "The input is compressed. Unpack it first.";
    NotUtf8 "not_utf8", "The text is not UTF-8. Save it as UTF-8.";
    BrokenJson "broken_json", "This is not valid JSON, so nothing of it was kept. Repair it or export it again.";
    NotGeojson "not_geojson", "This is JSON, but not GeoJSON. Send a FeatureCollection, or one Feature on each line.";
    NoFeatures "no_features", "The document holds no feature at all. Check the query or the export.";
    BadCensus "bad_census", "The member \"census\" is not as it should be: an object with \"campaign\" and \"wave\" as names and \"pass\" as one letter from A to F. Correct it or leave it out.";

    NotAFeature "not_a_feature", "This is not a GeoJSON Feature: it must be an object whose \"type\" is \"Feature\".";
    NoGeometry "no_geometry", "The feature has no geometry, so nobody knows what was walked. Add a LineString or a Polygon.";
    BadGeometry "bad_geometry", "The geometry is not a GeoJSON geometry: it must be an object with \"type\" and \"coordinates\", numbers in degrees, longitude first.";
    NotAUnit "not_a_unit", "The geometry is neither a street (LineString, MultiLineString) nor ground (Polygon, MultiPolygon).";
    OutOfRange "out_of_range", "The coordinates are not degrees on the earth: longitude runs from -180 to 180, latitude from -90 to 90. If the file is projected, convert it to EPSG:4326.";
    NoLength "no_length", "The street has fewer than two different points. Draw it from end to end.";
    TooManyPoints "too_many_points", "The street has more than 1000 points. An audit unit is one street between two crossings: split it there. A recorded track is no street and does not belong here.";
    TooLong "too_long", "The street is longer than 5 km. An audit unit is one street between two crossings: split it there, or check whether longitude and latitude are swapped.";
    BadRing "bad_ring", "A ring of the polygon is not closed or has fewer than three corners. Repair the outline.";
    TooLarge "too_large", "The polygon covers too much ground to be walked whole, more than some 200 square kilometres. Split it, or check whether longitude and latitude are swapped.";
    NoCell "no_cell", "The polygon holds the centre of no cell of H3 resolution 11, which is about 50 m wide. Draw larger ground, or draw the street as a LineString.";
    BadProperties "bad_properties", "The member \"properties\" must be an object with \"state\".";
    StateMissing "state_missing", "The property \"state\" is missing: complete, partial, not_visible or not_walked.";
    StateUnknownValue "state_unknown_value", "The property \"state\" has a value that is not in the list: complete, partial, not_visible or not_walked.";
    WaveMissing "wave_missing", "Nothing says in which wave this was walked. Add the property \"wave\", or name it with --wave.";
    WaveUnreadable "wave_unreadable", "The wave has no letter or digit a short name could be made of. Name it like wave-1.";
    PassMissing "pass_missing", "Nothing says which team walked this. Add the property \"pass\", A to F, or name it with --pass.";
    PassUnreadable "pass_unreadable", "The property \"pass\" is not one letter from A to F.";
    MixedUnits "mixed_units", "The wave has streets and this is ground, or the other way round. Lengths and areas cannot be added up: give it a wave of its own.";

    Contradiction "contradiction", "One pass says different things of the same unit; the less complete was taken.";
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
            assert!(code.sentence().len() > 20 && code.sentence().ends_with('.'), "{}", code.name());
        }
    }
}

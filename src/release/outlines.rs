//! The outlines of areas, read back from `areas-{set}.geojson`.

use geo::{Coord, LineString, MultiPolygon, Polygon};
use serde::Deserialize;

/// The outline of an area of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// Slug of the area.
    pub slug: String,
    /// Degrees, longitudes continuous across the antimeridian.
    pub shape: MultiPolygon<f64>,
}

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    id: String,
    geometry: Option<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// Reads the outlines of the features that have one.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Outline>, String> {
    let collection: Collection = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    let outlines = collection.features.into_iter().filter_map(|feature| {
        let polygons = feature.geometry?.coordinates.into_iter().map(|rings| {
            let mut rings = rings.into_iter().map(ring);
            let exterior = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
            Polygon::new(exterior, rings.collect())
        });
        Some(Outline { slug: feature.id, shape: polygons.collect() })
    });
    Ok(outlines.collect())
}

fn ring(corners: Vec<[f64; 2]>) -> LineString<f64> {
    corners.into_iter().map(|[x, y]| Coord { x, y }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_read_with_their_holes_and_what_lies_in_no_area_has_none() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","id":"ward-1","geometry":{"type":"MultiPolygon","coordinates":
                [[[[0,0],[9,0],[9,9],[0,0]],[[2,1],[3,1],[3,2],[2,1]]]]},"properties":{}},
            {"type":"Feature","id":"unassigned","geometry":null,"properties":{}}]}"#;
        let outlines = read(text.as_bytes()).unwrap();
        assert_eq!(outlines.len(), 1);
        assert_eq!((outlines[0].slug.as_str(), outlines[0].shape.0[0].interiors().len()), ("ward-1", 1));
        assert!(read(b"{}").is_err());
    }
}

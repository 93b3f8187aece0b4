//! Outlines as bytes: a MULTIPOLYGON in little-endian well-known binary (OGC 06-103r4, section 8.2), every bit of every
//! coordinate kept.

use geo::{Coord, LineString, MultiPolygon, Polygon};

const LITTLE_ENDIAN: u8 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// Writes an outline.
pub(super) fn encode(outline: &MultiPolygon<f64>) -> Vec<u8> {
    let mut bytes = Vec::new();
    begin(&mut bytes, MULTI_POLYGON, outline.0.len());
    for part in outline {
        begin(&mut bytes, POLYGON, 1 + part.interiors().len());
        for ring in std::iter::once(part.exterior()).chain(part.interiors()) {
            count(&mut bytes, ring.0.len());
            for corner in ring.coords() {
                bytes.extend(corner.x.to_le_bytes());
                bytes.extend(corner.y.to_le_bytes());
            }
        }
    }
    bytes
}

fn begin(bytes: &mut Vec<u8>, kind: u32, parts: usize) {
    bytes.push(LITTLE_ENDIAN);
    bytes.extend(kind.to_le_bytes());
    count(bytes, parts);
}

fn count(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend(u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes());
}

/// Reads what [`encode`] wrote; `None` when it is anything else.
pub(super) fn decode(bytes: &[u8]) -> Option<MultiPolygon<f64>> {
    let mut rest = bytes;
    let parts = header(&mut rest, MULTI_POLYGON)?;
    let parts = (0..parts).map(|_| {
        let rings = header(&mut rest, POLYGON)?;
        let mut rings = (0..rings).map(|_| ring(&mut rest)).collect::<Option<Vec<_>>>()?.into_iter();
        Some(Polygon::new(rings.next()?, rings.collect()))
    });
    let parts = parts.collect::<Option<Vec<_>>>()?;
    rest.is_empty().then_some(MultiPolygon(parts))
}

fn header(rest: &mut &[u8], kind: u32) -> Option<u32> {
    let [order] = take(rest)?;
    let found = u32::from_le_bytes(take(rest)?);
    (order == LITTLE_ENDIAN && found == kind).then_some(())?;
    take(rest).map(u32::from_le_bytes)
}

fn ring(rest: &mut &[u8]) -> Option<LineString<f64>> {
    let corners = u32::from_le_bytes(take(rest)?);
    let corners = (0..corners).map(|_| {
        let x = f64::from_le_bytes(take(rest)?);
        Some(Coord { x, y: f64::from_le_bytes(take(rest)?) })
    });
    corners.collect::<Option<Vec<_>>>().map(LineString)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use geo::wkt;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_outline_comes_back_with_every_bit() {
        let outline = wkt!(MULTIPOLYGON(((0.1 0.2,4.3 0.7,4.1 4.9,0.1 0.2),(1. 1.,1. 2.,2. 2.,1. 1.)),((181.3 5.,6. 5.,6. 6.,181.3 5.))));
        assert_eq!(decode(&encode(&outline)), Some(outline));
        assert_eq!(decode(&encode(&MultiPolygon(Vec::new()))), Some(MultiPolygon(Vec::new())));
    }

    #[test]
    fn the_bytes_are_well_known_binary() {
        let bytes = encode(&wkt!(MULTIPOLYGON(((0. 0.,2. 0.,0. 2.,0. 0.)))));
        // Byte order, 6 for a MULTIPOLYGON, one part; byte order, 3 for a POLYGON, one ring of four corners.
        assert_eq!(&bytes[..22], [1, 6, 0, 0, 0, 1, 0, 0, 0, 1, 3, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, 0]);
        assert_eq!(bytes.len(), 22 + 4 * 16);
    }

    proptest! {
        #[test]
        fn other_bytes_are_nothing_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..60), cut in 0_usize..86) {
            let whole = encode(&wkt!(MULTIPOLYGON(((0. 0.,2. 0.,0. 2.,0. 0.)))));
            prop_assert_eq!(decode(&whole[..cut]), None);
            let longer = [whole.as_slice(), &[0]].concat();
            prop_assert_eq!(decode(&longer), None);
            if let Some(outline) = decode(&bytes) {
                prop_assert!(encode(&outline).len() >= bytes.len());
            }
        }
    }
}

//! The tile archive, read back with the archive's own reader and two independent tile decoders.

use std::collections::BTreeMap;
use std::io::Read as _;

use fast_mvt::{MvtReaderRef, MvtValueRef};
use geo::Area as _;
use mvt_reader::Reader;
use mvt_reader::feature::Value;
use pmtiles::{AsyncPmTilesReader, MmapBackend, TileCoord};

use crate::{map_once, shared_data};

/// Cameras by cell, as a decoder sees them in all tiles of a zoom level; a cell on a tile's edge is in several.
type Cells = BTreeMap<String, u64>;

#[tokio::test]
async fn two_decoders_read_the_same_cells_and_every_zoom_adds_up_to_the_total() {
    let Some(shared) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let report = map_once(&[shared.join("perth/cameras_database.json")], Some("perth.toml"), folder.path());
    let cameras = report["summary"]["cameras"].as_u64().unwrap();
    let archive: AsyncPmTilesReader<MmapBackend> =
        AsyncPmTilesReader::new_with_path(folder.path().join("density.pmtiles")).await.unwrap();
    let metadata: serde_json::Value = serde_json::from_str(&archive.get_metadata().await.unwrap()).unwrap();
    assert_eq!(metadata["vector_layers"][0]["id"], "cells");
    for z in [0, 3, 5, 7, 8, 10, 11, 12] {
        let (mut first, mut second) = (Cells::new(), Cells::new());
        // Perth lies between 114 and 118 degrees east, 34 and 31 degrees south.
        for (x, y) in tiles_over(z, [114.0, -34.0, 118.0, -31.0]) {
            let Some(tile) = archive.get_tile(TileCoord::new(z, x, y).unwrap()).await.unwrap() else { continue };
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(tile.as_ref()).read_to_end(&mut bytes).unwrap();
            read_with_fast_mvt(&bytes, &mut first);
            read_with_mvt_reader(bytes, &mut second);
        }
        assert_eq!(first, second, "zoom {z}");
        assert_eq!(first.values().sum::<u64>(), cameras, "zoom {z}");
    }
}

fn tiles_over(z: u8, [west, south, east, north]: [f64; 4]) -> Vec<(u32, u32)> {
    let n = f64::from(1_u32 << z);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tile numbers of a small box")]
    let column = |lng: f64| ((lng / 360.0 + 0.5) * n) as u32;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "tile numbers of a small box")]
    let row = |lat: f64| ((0.5 - lat.to_radians().tan().asinh() / std::f64::consts::TAU) * n) as u32;
    (column(west)..=column(east)).flat_map(|x| (row(north)..=row(south)).map(move |y| (x, y))).collect()
}

fn read_with_fast_mvt(bytes: &[u8], into: &mut Cells) {
    for layer in MvtReaderRef::new(bytes).unwrap().layers() {
        for feature in layer.features() {
            let (mut cell, mut n) = (None, None);
            for property in feature.properties() {
                match property.unwrap() {
                    ("cell", MvtValueRef::String(text)) => cell = Some(text.to_owned()),
                    ("n", MvtValueRef::UInt(count)) => n = Some(count),
                    _ => {}
                }
            }
            into.insert(cell.unwrap(), n.unwrap());
        }
    }
}

fn read_with_mvt_reader(bytes: Vec<u8>, into: &mut Cells) {
    let reader = Reader::new(bytes).unwrap();
    for layer in reader.get_layer_metadata().unwrap() {
        assert_eq!((layer.name.as_str(), layer.extent, layer.version), ("cells", 4096, 2));
        for feature in reader.get_features(layer.layer_index).unwrap() {
            let properties = feature.properties.as_ref().unwrap();
            let (Value::String(cell), Value::UInt(n)) = (&properties["cell"], &properties["n"]) else {
                panic!("{properties:?}")
            };
            assert!(feature.geometry.unsigned_area() > 0.0, "{cell} has an outline");
            into.insert(cell.clone(), *n);
        }
    }
}

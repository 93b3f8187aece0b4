//! The ground under the counts: served as it was laid there, and refused where it is none.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use axum::body::Body;
use camera_census::http::{Basemap, BasemapError, ReadSide, public_router};
use camera_census::release::Shelf;
use fast_mvt::{MvtCoord, MvtGeomType, MvtLayerBuilder};
use flate2::Compression as Level;
use flate2::write::GzEncoder;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt as _;
use pmtiles::{Compression, PmTilesWriter, TileCoord, TileType};
use tower::ServiceExt as _;

/// A tile with the whole of it as earth.
fn earth() -> Vec<u8> {
    let mut layer = MvtLayerBuilder::new("earth").unwrap();
    let mut feature = layer.feature_of(MvtGeomType::Polygon);
    let corners = [(0, 0), (4096, 0), (4096, 4096), (0, 4096)];
    feature.ring(corners.map(|(x, y)| MvtCoord { x, y }), true).unwrap();
    layer = feature.end();
    layer.encode()
}

/// Writes an archive with one tile at zoom 0 and one at zoom 2, and these layers in its metadata.
fn archive(folder: &Path, kind: TileType, layers: &[&str]) -> PathBuf {
    let path = folder.join("city.pmtiles");
    let layers: Vec<_> = layers.iter().map(|id| serde_json::json!({ "id": id, "fields": {} })).collect();
    let attribution = "<a href=\"https://example.org/\">Example</a> &copy; Somebody";
    let metadata = serde_json::json!({ "vector_layers": layers, "attribution": attribution });
    let mut writer = PmTilesWriter::new(kind)
        .precompressed(Compression::Gzip)
        .max_zoom(2)
        .metadata(metadata.to_string())
        .create(File::create(&path).unwrap())
        .unwrap();
    let mut gzip = GzEncoder::new(Vec::new(), Level::default());
    gzip.write_all(&earth()).unwrap();
    let tile = gzip.finish().unwrap();
    for (z, x, y) in [(0, 0, 0), (2, 1, 1)] {
        writer.add_tile(TileCoord::new(z, x, y).unwrap(), &tile).unwrap();
    }
    writer.finalize().unwrap();
    path
}

async fn ask(read: &ReadSide, path: &str, headers: &[(&str, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = public_router(read.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (head, body) = answer.into_parts();
    (head.status, head.headers, body.collect().await.unwrap().to_bytes().to_vec())
}

#[tokio::test]
async fn tiles_of_the_ground_are_sent_as_they_are_stored_and_never_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = archive(folder.path(), TileType::Mvt, &["earth", "water", "roads"]);
    let basemap = Basemap::open(&path).await.unwrap();
    let id = basemap.id().to_owned();
    assert_eq!(basemap.attribution(), "Example © Somebody");
    assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let read = ReadSide::new(Shelf::below(folder.path())).with_basemap(basemap);

    let (status, headers, plain) = ask(&read, &format!("/basemap/{id}/2/1/1.mvt"), &[]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(plain, earth());
    assert!(headers["cache-control"].to_str().unwrap().contains("immutable"));
    let (_, packed, bytes) = ask(&read, &format!("/basemap/{id}/2/1/1.mvt"), &[("accept-encoding", "gzip")]).await;
    assert_eq!(packed["content-encoding"], "gzip");
    assert!(bytes.starts_with(&[0x1f, 0x8b]));
    assert_ne!(packed["etag"], headers["etag"]);
    let tag = headers["etag"].to_str().unwrap();
    assert_eq!(
        ask(&read, &format!("/basemap/{id}/2/1/1.mvt"), &[("if-none-match", tag)]).await.0,
        StatusCode::NOT_MODIFIED
    );
    for (tile, expected) in [
        (format!("{id}/2/0/0.mvt"), StatusCode::NO_CONTENT),
        (format!("{id}/3/0/0.mvt"), StatusCode::NOT_FOUND),
        (format!("{id}/2/9/0.mvt"), StatusCode::NOT_FOUND),
        (format!("{id}/2/1/1.png"), StatusCode::NOT_FOUND),
        ("0123456789abcdef/2/1/1.mvt".to_owned(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(ask(&read, &format!("/basemap/{tile}"), &[]).await.0, expected, "{tile}");
    }
}

#[tokio::test]
async fn without_a_ground_there_are_no_tiles_of_one() {
    let folder = tempfile::tempdir().unwrap();
    let read = ReadSide::new(Shelf::below(folder.path()));
    assert_eq!(ask(&read, "/basemap/0123456789abcdef/0/0/0.mvt", &[]).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_the_map_cannot_be_drawn_from_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let other = archive(folder.path(), TileType::Mvt, &["earth", "transportation"]);
    assert!(matches!(Basemap::open(&other).await, Err(BasemapError::Layer { missing: "water" })));
    let pictures = archive(folder.path(), TileType::Png, &["earth", "water", "roads"]);
    assert!(matches!(Basemap::open(&pictures).await, Err(BasemapError::Tiles)));
    let none = folder.path().join("none.pmtiles");
    std::fs::write(&none, b"not an archive at all, and much too short").unwrap();
    assert!(matches!(Basemap::open(&none).await, Err(BasemapError::Archive(_))));
    assert!(Basemap::open(&folder.path().join("missing.pmtiles")).await.is_err());
}

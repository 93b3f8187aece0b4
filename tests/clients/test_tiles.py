"""Vector tiles and archives over the network: two decoders, GDAL, pyogrio and the reader of PMTiles."""

import gzip
import json
import math
import tempfile
import unittest
import urllib.request
from pathlib import Path

import mapbox_vector_tile
import pyogrio
from pmtiles.reader import Reader

from census import DATA, RELEASE, TILES, URL, get, get_json, program, rows, run



def tile_at(longitude, latitude, zoom):
    scale = 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return int((longitude + 180) / 360 * scale), int(y * scale)


def middle():
    west, south, east, north = json.loads((RELEASE / "summary.json").read_bytes())["bounds"]
    return (west + east) / 2, (south + north) / 2


def unique(all_properties):
    """Each set of properties once: a decoder may make several features of a shape in several parts. 1 and 1.0 are equal."""
    return {frozenset(properties.items()) for properties in all_properties}


class Mvt(unittest.TestCase):
    def test_two_decoders_read_the_same_features(self):
        for layer, depth in [("density", (0, 5, 8, 11, 14)), ("areas", (0, 8))]:
            for zoom in depth:
                x, y = tile_at(*middle(), zoom)
                with self.subTest(layer=layer, zoom=zoom):
                    data = get(f"/tiles/{RELEASE.name}/{layer}/{zoom}/{x}/{y}.mvt")
                    ours = mapbox_vector_tile.decode(data)
                    with tempfile.TemporaryDirectory() as folder:
                        path = Path(folder) / "tile.mvt"
                        path.write_bytes(data)
                        text = run(program("tippecanoe-decode"), str(path), str(zoom), str(x), str(y))
                    theirs = json.loads(text)["features"]
                    self.assertEqual({part["properties"]["layer"] for part in theirs}, set(ours))
                    for part in theirs:
                        name = part["properties"]["layer"]
                        read = [feature["properties"] for feature in part["features"]]
                        decoded = [feature["properties"] for feature in ours[name]["features"]]
                        self.assertTrue(read)
                        self.assertEqual(unique(read), unique(decoded))

    def test_tiles_come_packed_and_empty_ones_are_empty(self):
        x, y = tile_at(*middle(), 8)
        address = f"{TILES}/density/8/{x}/{y}.mvt"
        packed = urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": "gzip"}))
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.read()), urllib.request.urlopen(address).read())
        self.assertEqual(urllib.request.urlopen(f"{TILES}/density/5/0/0.mvt").status, 204)

    def test_gdal_reads_a_whole_zoom_level_over_the_network(self):
        # GDAL asks for every tile of a level that its metadata names, so a low one.
        about = run("ogrinfo", "-ro", "-so", "-al", f"MVT:{TILES}/density/5")
        self.assertIn("Layer name: cells", about)
        self.assertRegex(about, r"(?m)^n: (Integer|Real)")

    def test_tilejson_leads_to_the_tiles(self):
        for name in ["density", "areas"]:
            about = get_json(f"/tiles/{name}.json")
            self.assertEqual(about["tilejson"], "3.0.0")
            west, south, east, north = about["bounds"]
            self.assertTrue(-180 <= west < east <= 180 and -85.06 < south < north < 85.06)
            address = about["tiles"][0].format(z=0, x=0, y=0)
            self.assertTrue(address.startswith(URL))
            layers = mapbox_vector_tile.decode(urllib.request.urlopen(address).read())
            self.assertEqual(set(layers), {layer["id"] for layer in about["vector_layers"]})


class PmTiles(unittest.TestCase):
    def reader(self, name):
        def part(offset, length):
            wanted = {"Range": f"bytes={offset}-{offset + length - 1}"}
            with urllib.request.urlopen(urllib.request.Request(f"{DATA}/{name}", headers=wanted)) as answer:
                self.assertEqual(answer.status, 206)
                return answer.read()

        return Reader(part)

    def test_the_archive_gives_the_same_tiles_as_the_server(self):
        for name, layer in [("density.pmtiles", "density"), ("areas.pmtiles", "areas")]:
            reader = self.reader(name)
            for zoom in (0, 5, 8):
                x, y = tile_at(*middle(), zoom)
                tile = gzip.decompress(reader.get(zoom, x, y))
                self.assertEqual(tile, get(f"/tiles/{RELEASE.name}/{layer}/{zoom}/{x}/{y}.mvt"))
            self.assertIn("vector_layers", reader.metadata())

    def test_pyogrio_reads_the_archive_over_the_network(self):
        about = pyogrio.read_info(f"/vsicurl/{DATA}/density.pmtiles", layer="cells")
        self.assertIn("n", list(about["fields"]))
        self.assertGreater(about["features"], 0)
        self.assertIn("3857", str(about["crs"]))


class FlatGeobuf(unittest.TestCase):
    def test_gdal_reads_a_box_over_the_network(self):
        address = f"/vsicurl/{DATA}/cells-r10.fgb"
        about = run("ogrinfo", "-ro", "-so", "-al", address)
        self.assertIn(f"Feature Count: {len(rows('cells-r10.csv'))}", about)
        box = ["12.0", "51.0", "12.01", "51.005"]
        remote = run("ogrinfo", "-ro", "-so", "-al", "-spat", *box, address)
        local = run("ogrinfo", "-ro", "-so", "-al", "-spat", *box, str(RELEASE / "cells-r10.geojson"))
        counted = [line for line in remote.splitlines() if line.startswith("Feature Count")]
        self.assertEqual(counted, [line for line in local.splitlines() if line.startswith("Feature Count")])


if __name__ == "__main__":
    unittest.main()

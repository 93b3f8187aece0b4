"""GDAL, pyogrio and OWSLib at the OGC API - Features."""

import csv
import io
import json
import re
import unittest

import pyogrio
from owslib.ogcapi.features import Features

from census import OGC, RELEASE, URL, get_json, rows, run


def count(text):
    return int(re.search(r"Feature Count: (\d+)", text)[1])


def extent(text):
    found = re.search(r"Extent: \((.+), (.+)\) - \((.+), (.+)\)", text)
    return [float(number) for number in found.groups()]


class Gdal(unittest.TestCase):
    def test_every_collection_is_listed(self):
        listed = re.findall(r"^\d+: (\S+)", run("ogrinfo", "-ro", OGC), re.M)
        wanted = [f"cells-r{n}" for n in range(3, 11)] + ["areas-districts", "effort", "figures"]
        wanted += [f"town-hall-cells-r{n}" for n in range(3, 11)] + ["town-hall-areas-districts"]
        self.assertEqual(listed, wanted)

    def test_count_and_extent_are_those_of_the_tables(self):
        for name, table in [("cells-r8", "cells-r8.csv"), ("cells-r10", "cells-r10.csv"),
                            ("areas-districts", "areas-districts.csv"), ("figures", "figures.csv"),
                            ("town-hall-cells-r9", "sources/town-hall/cells-r9.csv")]:
            with self.subTest(name):
                about = run("ogrinfo", "-ro", "-so", OGC, name)
                self.assertEqual(count(about), len(rows(table)))
                if name != "figures":
                    self.assertIn("WGS 84", about)
        districts = extent(run("ogrinfo", "-ro", "-so", OGC, "areas-districts"))
        drawn = json.loads((RELEASE / "areas-districts.geojson").read_bytes())
        numbers = re.findall(r"\[(-?[\d.]+), (-?[\d.]+)\]", json.dumps(drawn))
        longitudes, latitudes = ([float(pair[axis]) for pair in numbers] for axis in (0, 1))
        bounds = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
        for found, expected in zip(districts, bounds):
            self.assertAlmostEqual(found, expected, places=5)

    def test_pages_of_every_size_together_are_the_table(self):
        expected = {row["cell"]: row["cameras"] for row in rows("cells-r10.csv")}
        for options in [[], ["-oo", "PAGE_SIZE=1000"], ["-oo", "PAGE_SIZE=7"]]:
            with self.subTest(options):
                text = run("ogr2ogr", *options, "-f", "CSV", "/vsistdout/", OGC, "cells-r10")
                read = list(csv.DictReader(io.StringIO(text)))
                self.assertEqual(len(read), len(expected), "no feature twice")
                self.assertEqual({row["cell"]: row["cameras"] for row in read}, expected)

    def test_a_box_gives_the_same_over_the_network_as_from_the_file(self):
        for name in ["cells-r10", "areas-districts"]:
            for box in [["12.0", "51.0", "12.01", "51.005"], ["11.99", "50.99", "12.0", "51.0"], ["1", "1", "2", "2"]]:
                with self.subTest(name=name, box=box):
                    # The bounding box of what GDAL asks for, then GDAL's own look at the shapes on both sides.
                    remote = count(run("ogrinfo", "-ro", "-so", "-spat", *box, OGC, name))
                    local = count(run("ogrinfo", "-ro", "-so", "-al", "-spat", *box, str(RELEASE / f"{name}.geojson")))
                    self.assertEqual(remote, local)

    def test_effort_and_figures_come_with_what_they_are(self):
        self.assertIn("Line String", run("ogrinfo", "-ro", "-so", OGC, "effort"))
        figures = run("ogr2ogr", "-f", "CSV", "/vsistdout/", OGC, "figures")
        read = {row["id"]: row["place"] for row in csv.DictReader(io.StringIO(figures))}
        self.assertEqual(read, {row["id"]: row["place"] for row in rows("figures.csv")})


class Pyogrio(unittest.TestCase):
    def test_a_newer_gdal_reads_the_same(self):
        about = pyogrio.read_info(OGC, layer="cells-r8")
        self.assertEqual(about["features"], len(rows("cells-r8.csv")))
        self.assertIn("cameras", list(about["fields"]))
        _, _, geometry, fields = pyogrio.raw.read(OGC, layer="cells-r10", columns=["cameras"])
        self.assertEqual(len(geometry), len(rows("cells-r10.csv")))
        counted = sum(int(row["cameras"] or 0) for row in rows("cells-r10.csv"))
        self.assertEqual(sum(int(n) for n in fields[0] if n is not None and n == n), counted)


class OwsLib(unittest.TestCase):
    def setUp(self):
        self.service = Features(f"{URL}/ogc/")

    # Its api() takes nothing but a description in OpenAPI 3.0; ours is 3.1 and says so.
    def test_it_finds_conformance_and_collections(self):
        classes = self.service.conformance()["conformsTo"]
        self.assertTrue(any(name.endswith("/conf/geojson") for name in classes))
        self.assertFalse(any("oas30" in name for name in classes))
        self.assertIn("cells-r8", self.service.feature_collections())

    def test_it_reads_pages_boxes_and_single_features(self):
        first = self.service.collection_items("cells-r10", limit=5)
        self.assertEqual(first["numberReturned"], 5)
        self.assertEqual(first["numberMatched"], len(rows("cells-r10.csv")))
        name = first["features"][0]["id"]
        self.assertEqual(self.service.collection_item("cells-r10", name)["id"], name)
        inside = self.service.collection_items("areas-districts", bbox=[12.01, 50.97, 12.02, 50.98])
        self.assertLess(inside["numberReturned"], len(rows("areas-districts.csv")))
        week = get_json("/ogc/collections/cells-r8")["extent"]["temporal"]["interval"][0]
        then = self.service.collection_items("cells-r8", datetime_="/".join(week))
        self.assertEqual(then["numberMatched"], len(rows("cells-r8.csv")))


if __name__ == "__main__":
    unittest.main()

"""The files of a release, read by the programs that people use. CENSUS_RELEASE names the release directory."""

import csv
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

import duckdb
import duckdb_extension_spatial
import openpyxl
import pyogrio

RELEASE = Path(os.environ["CENSUS_RELEASE"])
WITH_SHAPES = sorted(path.with_suffix("") for path in RELEASE.rglob("*.geojson"))


def rows(stem):
    with open(stem.with_suffix(".csv"), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def added(values):
    return sum(int(value) for value in values if value not in ("", None))


class Files(unittest.TestCase):
    def test_there_is_something_to_read(self):
        self.assertGreaterEqual(len(WITH_SHAPES), 9)
        self.assertTrue(any(path.name.startswith("areas-") for path in WITH_SHAPES))

    def test_geoparquet_validator_finds_nothing(self):
        found = list(RELEASE.rglob("cells-*.parquet")) + list(RELEASE.rglob("areas-*.parquet"))
        found.append(RELEASE / "effort-units.parquet")
        self.assertGreaterEqual(len(found), 9)
        program = Path(sys.executable).with_name("geoparquet-validator")
        for path in found:
            with self.subTest(path.name):
                done = subprocess.run([program, "check", "--json", path], capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout)
                outcomes = json.loads(done.stdout)["outcomes"]
                bad = [outcome for outcome in outcomes if outcome["status"] not in ("pass", "skip")]
                # A file without rows, or with nothing but rows without a shape, has no extent to state.
                self.assertEqual(bad if rows(path) else [], [])

    def test_duckdb_reads_geoparquet_and_counts_as_the_table_does(self):
        spatial = next(Path(duckdb_extension_spatial.__file__).parent.rglob("spatial.duckdb_extension"))
        database = duckdb.connect()
        database.execute(f"LOAD '{spatial}'")
        for stem in WITH_SHAPES:
            with self.subTest(stem.name):
                table = rows(stem)
                number = "cameras" if "cameras" in (table[0] if table else {}) else "0"
                query = f"SELECT count(*), sum({number}), count(geometry), bool_and(ST_IsValid(geometry)) FROM '{stem}.parquet'"
                count, cameras, shapes, valid = database.execute(query).fetchone()
                self.assertEqual(count, len(table))
                self.assertEqual(cameras or 0, added(row.get("cameras") for row in table))
                self.assertEqual(shapes, sum(1 for row in table if row.get("slug") != "unassigned"))
                self.assertNotEqual(valid, False)
        figures = database.execute(f"SELECT count(*) FROM '{RELEASE}/figures.parquet'").fetchone()[0]
        self.assertEqual(figures, len(rows(RELEASE / "figures")))

    def test_gdal_reads_every_format_with_the_same_number_of_features(self):
        for stem in WITH_SHAPES:
            count = len(rows(stem))
            for ending in ("fgb", "geojson", "geojsons"):
                if count == 0 and ending != "fgb":
                    continue
                with self.subTest(f"{stem.name}.{ending}"):
                    info = pyogrio.read_info(f"{stem}.{ending}", force_feature_count=True)
                    self.assertEqual(info["features"], count)
                    self.assertIn("4326", info["crs"] or "EPSG:4326")

    def test_gdal_finds_a_part_of_a_flatgeobuf_file_by_its_index(self):
        stem = RELEASE / "cells-r10"
        first = rows(stem)[0]
        lon, lat = float(first["lon"]), float(first["lat"])
        box = (lon - 1e-5, lat - 1e-5, lon + 1e-5, lat + 1e-5)
        _, _, _, fields = pyogrio.raw.read(f"{stem}.fgb", bbox=box, columns=["cell"])
        self.assertIn(first["cell"], list(fields[0]))
        self.assertLess(len(fields[0]), max(len(rows(stem)), 8))

    def test_a_workbook_holds_the_table_and_says_what_it_is(self):
        for path in RELEASE.rglob("areas-*.xlsx"):
            with self.subTest(path.name):
                book = openpyxl.load_workbook(path)
                self.assertEqual(book.sheetnames, ["About", "Areas"])
                about = {row[0].value: row[1].value for row in book["About"].iter_rows(max_col=2)}
                manifest = json.loads((RELEASE / "manifest.json").read_text())
                self.assertEqual(about["Release"], manifest["id"])
                self.assertTrue(about["Licence of the counts"] and about["How to cite"])
                table = rows(path.with_suffix(""))
                header, *lines = book["Areas"].iter_rows()
                self.assertEqual([cell.value for cell in header], list(table[0]))
                self.assertEqual(len(lines), len(table))
                for line, row in zip(lines, table):
                    for cell, (name, text) in zip(line, row.items()):
                        self.assertNotEqual(cell.data_type, "f", "no cell is a formula")
                        self.assertEqual(cell.value is None, text == "", name)

    def test_pmtiles_are_read(self):
        info = pyogrio.read_info(str(RELEASE / "density.pmtiles"), layer="cells")
        self.assertIn("cell", list(info["fields"]))


if __name__ == "__main__":
    unittest.main()

"""The description of a release for programs. CENSUS_RELEASE names the release directory."""

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

RELEASE = Path(os.environ["CENSUS_RELEASE"])


class DataPackage(unittest.TestCase):
    def test_frictionless_finds_every_file_as_it_is_described(self):
        program = Path(sys.executable).with_name("frictionless")
        done = subprocess.run(
            [program, "validate", "datapackage.json", "--json"], cwd=RELEASE, capture_output=True, text=True
        )
        report = json.loads(done.stdout)
        errors = report["errors"] + [error for task in report["tasks"] for error in task["errors"]]
        self.assertEqual([error["message"] for error in errors], [])
        self.assertTrue(report["valid"])
        self.assertEqual(done.returncode, 0)
        resources = json.loads((RELEASE / "datapackage.json").read_text())["resources"]
        self.assertEqual(len(report["tasks"]), len(resources))
        tables = [resource for resource in resources if resource["path"].endswith(".csv")]
        self.assertGreaterEqual(len(tables), 16)
        self.assertTrue(all(resource["schema"]["fields"] for resource in tables))


if __name__ == "__main__":
    unittest.main()

"""Schemathesis with all its checks on every operation of the OpenAPI document."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from census import RELEASE, URL, get_json, program, rows

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


class OpenApi(unittest.TestCase):
    def test_no_check_fails(self):
        environment = dict(os.environ, CENSUS_RELEASE_ID=RELEASE.name, CENSUS_CELL=rows("cells-r8.csv")[0]["cell"])
        command = [
            program("st"), "--config-file", str(CONFIGURATION), "run", f"{URL}/api/openapi.json", "--url", URL,
            "--checks", "all", "--max-examples", "25", "--workers", "1", "--seed", "4", "--no-color",
        ]
        # It leaves a folder of its own where it runs.
        with tempfile.TemporaryDirectory() as folder:
            ended = subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment, cwd=folder)
        self.assertEqual(ended.returncode, 0, ended.stdout[-12000:] + ended.stderr)
        operations = sum(len(item) for item in get_json("/api/openapi.json")["paths"].values())
        self.assertIn(f"Tested: {operations}", ended.stdout)
        self.assertNotIn("Missing test data", ended.stdout)

    def test_the_document_carries_the_schema_of_a_submission(self):
        document = get_json("/api/openapi.json")
        content = document["paths"]["/api/v1/submissions"]["post"]["requestBody"]["content"]
        self.assertEqual(content["application/geo+json"]["schema"], {"$ref": "#/components/schemas/submission"})
        own = get_json("/schemas/sighting.json")["$defs"]["feature"]["properties"]["properties"]
        self.assertEqual(document["components"]["schemas"]["feature"]["properties"]["properties"], own)


if __name__ == "__main__":
    unittest.main()

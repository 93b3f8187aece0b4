"""How a release is cited. CENSUS_RELEASE names the release directory."""

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

RELEASE = Path(os.environ["CENSUS_RELEASE"])
PROGRAM = Path(sys.executable).with_name("cffconvert")


class Citation(unittest.TestCase):
    def test_cffconvert_finds_the_citation_valid(self):
        done = subprocess.run([PROGRAM, "--validate", "-i", RELEASE / "CITATION.cff"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_zenodo_is_told_the_same(self):
        done = subprocess.run(
            [PROGRAM, "-f", "zenodo", "-i", RELEASE / "CITATION.cff"], capture_output=True, text=True, check=True
        )
        from_citation = json.loads(done.stdout)
        ours = json.loads((RELEASE / "zenodo.json").read_text())
        for member in ("title", "version", "publication_date", "creators", "keywords"):
            self.assertEqual(from_citation[member], ours[member], member)
        self.assertEqual(from_citation.get("license", {}).get("id", "").lower(), ours.get("license", ""))
        self.assertEqual(ours["upload_type"], "dataset")


if __name__ == "__main__":
    unittest.main()

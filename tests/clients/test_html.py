"""The Nu HTML checker on every page, in two languages."""

import json
import subprocess
import tempfile
import unittest
from pathlib import Path

from census import RELEASE, get

CHECKER = Path(__file__).with_name("node_modules") / "vnu-jar/build/dist/vnu.jar"
PAGES = [
    "", "areas", "areas/districts", "areas/districts/unassigned", "data", "compare", "method", "privacy", "releases",
    f"releases/{RELEASE.name}/", f"releases/{RELEASE.name}/data", "sources/town-hall/", "problems/not_found",
    "ogc", "ogc/api", "ogc/conformance", "ogc/collections", "ogc/collections/areas-districts",
    "ogc/collections/areas-districts/items", "ogc/collections/cells-r8/items?limit=5",
    "ogc/collections/areas-districts/items/unassigned",
]


class Html(unittest.TestCase):
    def test_no_page_has_an_error_or_a_warning(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = {}
            for language in ["", "fr/"]:
                for page in PAGES:
                    address = f"/{language}{page}"
                    if page.startswith("ogc"):
                        address += ("&" if "?" in page else "?") + "f=html"
                    path = Path(folder) / f"{len(paths):03}.html"
                    path.write_bytes(get(address))
                    paths[path.as_uri()] = address
            command = ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", folder]
            ended = subprocess.run(command, capture_output=True, text=True, timeout=240)
            self.assertEqual(ended.returncode, 0, ended.stderr)
            found = [
                f"{paths.get(message.get('url', '').replace('file:/', 'file:///', 1), message.get('url'))}:"
                f"{message.get('lastLine')}: {message['message']}"
                for message in json.loads(ended.stdout)["messages"]
                if message.get("type") != "info" or message.get("subType") == "warning"
            ]
            self.assertEqual(found, [])
            self.assertEqual(len(paths), 2 * len(PAGES))


if __name__ == "__main__":
    unittest.main()

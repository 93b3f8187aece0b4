"""The form for ODK Collect and KoboToolbox, converted as these do it. CENSUS_PROGRAM names the program."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import openpyxl
from pyxform.xls2xform import convert

PROGRAM = os.environ["CENSUS_PROGRAM"]
XFORMS = "{http://www.w3.org/2002/xforms}"


def made(folder, name):
    path = Path(folder) / name
    subprocess.run([PROGRAM, "form", "xlsform", "-o", path], check=True, capture_output=True)
    return path


def sheet(path, name):
    head, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(head, row)) for row in rows]


class Form(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = made(cls.folder.name, "form.xlsx")
        # ODK Validate is a Java program; the conversion itself checks names, references and languages.
        cls.converted = convert(str(cls.path), validate=shutil.which("java") is not None)
        cls.form = ElementTree.fromstring(cls.converted.xform)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_it_converts_without_a_warning_and_twice_to_the_same_bytes(self):
        self.assertEqual(self.converted.warnings, [])
        self.assertEqual(self.path.read_bytes(), made(self.folder.name, "again.xlsx").read_bytes())

    def test_every_text_is_there_in_six_languages(self):
        translations = self.form.findall(f".//{XFORMS}translation")
        self.assertEqual(len(translations), 6)
        for translation in translations:
            values = [value.text for value in translation.iter(f"{XFORMS}value")]
            self.assertGreater(len(values), 80)
            missing = [text for text in values if text is None or text in ("", "-") or text.startswith("xlsform-")]
            self.assertEqual(missing, [])

    def test_nothing_but_the_camera_is_asked_for(self):
        kinds = {row["type"].split()[0] for row in sheet(self.path, "survey")}
        self.assertEqual(kinds, {"geopoint", "calculate", "select_one", "integer", "begin_repeat", "end_repeat"})
        self.assertNotIn("preload=", self.converted.xform.replace('preload="uid"', ""))
        for name in ["deviceid", "phonenumber", "username", "<upload", "audit"]:
            self.assertNotIn(name, self.converted.xform)
        for text in re.findall(r'type="(\w+)"', self.converted.xform):
            self.assertIn(text, {"geopoint", "string", "int"})

    def test_not_knowing_is_the_first_choice_and_chosen_already(self):
        first = {}
        for row in sheet(self.path, "choices"):
            first.setdefault(row["list_name"], row["name"])
        self.assertEqual(set(first), {"kind", "facing", "operator", "mount", "linked", "maker", "basis"})
        self.assertEqual(set(first.values()), {"unknown"})
        selects = [row for row in sheet(self.path, "survey") if row["type"].startswith("select_one")]
        self.assertEqual({row["default"] for row in selects}, {"unknown"})

    def test_several_heads_on_one_pole_need_no_second_place(self):
        repeats = self.form.findall(f".//{XFORMS}repeat")
        self.assertEqual([repeat.get("nodeset") for repeat in repeats], ["/data/more"])
        questions = [child.get("ref") for child in repeats[0] if child.get("ref")]
        self.assertEqual(questions, ["/data/more/more_kind", "/data/more/more_facing"])


if __name__ == "__main__":
    unittest.main()

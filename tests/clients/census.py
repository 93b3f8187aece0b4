"""What the tests share: where the census is, and how programs are asked."""

import csv
import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

# Without a final slash.
URL = os.environ["CENSUS_URL"].rstrip("/")
RELEASE = Path(os.environ["CENSUS_RELEASE"])
OGC = f"OAPIF:{URL}/ogc"
DATA = f"{URL}/data/{RELEASE.name}"
TILES = f"{URL}/tiles/{RELEASE.name}"


def get(path):
    """The bytes at an address of the site."""
    with urllib.request.urlopen(f"{URL}{path}", timeout=60) as answer:
        return answer.read()


def get_json(path):
    return json.loads(get(path))


def rows(name):
    """The lines of a table of the release."""
    with open(RELEASE / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*command, timeout=120):
    """What a program prints. It must end well, and must not complain."""
    ended = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    complaints = [line for line in ended.stderr.splitlines() if "ERROR" in line or "Warning" in line]
    if ended.returncode != 0 or complaints:
        raise AssertionError(f"{' '.join(command)}: {ended.returncode}\n{ended.stderr}\n{ended.stdout}")
    return ended.stdout


def program(name):
    """A program of the environment that runs the tests."""
    return str(Path(sys.executable).with_name(name))

//! `README.txt`: what lies in a release, for somebody who found only the directory.

use std::fmt::Write as _;

use super::citation::Citation;
use super::manifest::FileEntry;

/// The text, about the files written so far. `lists` are the directories of lists with their citations.
pub(super) fn readme(citation: &Citation, lists: &[(String, Citation)], files: &[FileEntry]) -> String {
    let Citation { title, release, as_of, .. } = citation;
    let mut text = format!(
        "{title}\n\
         Release {release}, as of week {as_of}\n\n\
         Counts of surveillance cameras: at least so many were seen. Nothing here tells where a single camera is, who\n\
         reported it, or when. A release never changes; a newer one has another id.\n\n\
         Three things are never the same here: zero (somebody looked and found none), unknown (nobody looked) and withheld.\n\
         In CSV tables and workbooks an empty field is unknown or withheld, never zero; dictionary.csv says which, for every\n\
         column. All counts are of cameras of the public space. Home cameras stand in columns of their own, rounded.\n\n\
         How to cite\n  {}\n  Add the SHA-256 of the file manifest.json, which identifies the content.\n\n\
         Licences\n  This directory: {}{}\n",
        citation.sentence(),
        citation.licence,
        named(citation),
    );
    for (directory, list) in lists {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {directory}: {} ({}){}", list.licence, list.title, named(list));
    }
    text.push_str(
        "  Boundaries of areas have licences of their own: see areas.json. They hold for the shapes in areas-*; the counts beside\n  \
         them stand under the licence of their directory. Counts under different licences never stand in one file.\n\n\
         How to verify\n  manifest.json lists every file with its size and SHA-256:\n    \
         jq -r '.files[] | .sha256 + \"  \" + .path' manifest.json | sha256sum --check --quiet\n  \
         or, with the program: camera-census release verify DIRECTORY\n\n\
         How to open\n  .csv       a spreadsheet, R, Python; a text that begins with an apostrophe and = + - or @ got the apostrophe so\n             \
         that no spreadsheet runs it\n  \
         .xlsx      a spreadsheet\n  \
         .geojson   QGIS, any map library\n  \
         .geojsons  the same features one after the other (RFC 8142), for streaming\n  \
         .fgb       QGIS, GDAL, R; a box of it can be read over the network (FlatGeobuf)\n  \
         .parquet   DuckDB, Python, R (GeoParquet)\n  \
         .pmtiles   web maps (PMTiles)\n  \
         datapackage.json describes all tables for programs (Data Package 2.0). zenodo.json is meant for Zenodo, which\n  \
         expects the name .zenodo.json: rename it there. It has no dot here because many hosts drop such files.\n\n\
         Files\n",
    );
    for file in files {
        let _ = writeln!(text, "  {}\n      {}", file.path, file.description);
    }
    text.push_str(
        "  manifest.json\n      Every other file with size and SHA-256, and what the release was built from\n",
    );
    text
}

fn named(citation: &Citation) -> String {
    if citation.attribution.is_empty() { String::new() } else { format!("; name {}", citation.attribution) }
}

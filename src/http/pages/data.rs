//! The page of downloads: the files of a release by subject, in every format there is, with what each is for.

use std::borrow::Cow;
use std::collections::BTreeSet;

use askama::Template;

use super::PageContext;
use crate::release::FileEntry;

/// The downloads of one release.
#[derive(Debug, Template)]
#[template(path = "data.html")]
pub struct DataPage {
    /// Header and footer; its release is the one listed.
    pub page: PageContext,
    /// The files of the field data, by subject.
    pub groups: Vec<DataGroup>,
    /// The lists by others, each under its own licence.
    pub lists: Vec<DataList>,
    /// How to cite the release: name, id, week, licence, hash.
    pub citation: String,
    /// SHA-256 of `manifest.json`, in hexadecimal.
    pub manifest_sha256: String,
    /// Absolute address of the site, without a final slash.
    pub base: String,
    /// The release as a schema.org Dataset, in JSON that is safe inside a page.
    pub json_ld: Option<String>,
}

/// Files about one subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataGroup {
    /// What they are about: `cells`, `areas`, `effort`, `estimates`, `figures`, `changes` or `other`.
    pub subject: &'static str,
    /// Tables and documents by name.
    pub tables: Vec<DataTable>,
}

/// A section of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataSection<'a> {
    /// Its place in the page.
    pub anchor: String,
    /// Its heading.
    pub title: Cow<'a, str>,
    /// What it is, and under which licence where that is another one.
    pub text: String,
    /// Its tables and documents.
    pub tables: &'a [DataTable],
}

/// One table or document in every format there is of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataTable {
    /// Name without its extension.
    pub name: String,
    /// What it holds, in English, from the manifest.
    pub description: String,
    /// Its files.
    pub files: Vec<DataFile>,
}

/// One file of a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Path inside the release directory.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// A list by others in a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataList {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// SPDX name of its licence.
    pub licence: String,
    /// Whom the licence wants named.
    pub attribution: String,
    /// Its files.
    pub tables: Vec<DataTable>,
}

/// Subjects in the order of the page.
const SUBJECTS: [&str; 7] = ["cells", "areas", "effort", "estimates", "figures", "changes", "other"];

/// Formats with what each is for, by extension.
const FORMATS: [(&str, &str); 11] = [
    ("csv", "CSV"),
    ("xlsx", "XLSX"),
    ("geojson", "GeoJSON"),
    ("geojsons", "GeoJSON Text Sequence"),
    ("fgb", "FlatGeobuf"),
    ("parquet", "GeoParquet"),
    ("pmtiles", "PMTiles"),
    ("json", "JSON"),
    ("cff", "CFF"),
    ("md", "Markdown"),
    ("txt", "Text"),
];

/// A line to copy, with the program it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Name of the program.
    pub program: &'static str,
    /// What to enter.
    pub lines: String,
}

/// The files outside of the lists by subject, and the tables of a list by its slug.
#[must_use]
pub fn by_subject<'a>(files: impl Iterator<Item = &'a FileEntry> + Clone) -> Vec<DataGroup> {
    let own = files.filter(|entry| !entry.path.starts_with("sources/"));
    let of = |subject| DataGroup {
        subject,
        tables: tables(own.clone().filter(|entry| subject_of(&entry.path) == subject), ""),
    };
    SUBJECTS.into_iter().map(of).filter(|group| !group.tables.is_empty()).collect()
}

/// The tables below a folder, each with its formats side by side, by name as people count.
#[must_use]
pub fn tables<'a>(files: impl Iterator<Item = &'a FileEntry>, folder: &str) -> Vec<DataTable> {
    let mut tables: Vec<DataTable> = Vec::new();
    for entry in files.filter(|entry| entry.path.starts_with(folder)) {
        let name = stem(entry.path.get(folder.len()..).unwrap_or_default());
        let file = DataFile { path: entry.path.clone(), bytes: entry.bytes, sha256: entry.sha256.clone() };
        if let Some(table) = tables.iter_mut().find(|table| table.name == name) {
            table.files.push(file);
        } else {
            let description = entry.description.clone();
            tables.push(DataTable { name: name.to_owned(), description, files: vec![file] });
        }
    }
    for table in &mut tables {
        table
            .files
            .sort_by_key(|file| FORMATS.iter().position(|(extension, _)| *extension == extension_of(&file.path)));
    }
    // `cells-r9` before `cells-r10`.
    tables.sort_by(|a, b| (counted(&a.name), &a.name).cmp(&(counted(&b.name), &b.name)));
    tables
}

/// A name with its last number apart.
fn counted(name: &str) -> (&str, u64) {
    let text = name.trim_end_matches(|c: char| c.is_ascii_digit());
    (text, name.get(text.len()..).and_then(|digits| digits.parse().ok()).unwrap_or_default())
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn extension_of(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn subject_of(path: &str) -> &'static str {
    let stem = stem(path);
    match stem {
        "density" => "cells",
        "areas" => "areas",
        "walk-next" => "effort",
        "estimates" | "sensitivity" => "estimates",
        "figures" | "deployments" => "figures",
        _ if stem.starts_with("effort") => "effort",
        _ if stem.starts_with("cells-") => "cells",
        _ if stem.starts_with("areas-") => "areas",
        _ if stem.starts_with("changes") => "changes",
        _ => "other",
    }
}

/// The message that describes a file; `None` where the manifest has to.
fn about_key(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    Some(match name {
        "summary.json" => "file-summary",
        "density.pmtiles" => "file-density",
        "areas.json" => "file-area-list",
        "areas.pmtiles" => "file-area-tiles",
        "walk-next.csv" => "file-walk-next",
        "policy.json" => "file-policy",
        "keys.json" => "file-keys",
        _ => match stem(name) {
            "estimates" => "file-estimates",
            "sensitivity" => "file-sensitivity",
            "effort" => "file-effort",
            "effort-units" => "file-units",
            "effort-areas" => "file-effort-areas",
            "figures" => "file-figures",
            "deployments" => "file-deployments",
            "makers" => "file-makers",
            "sources" => "file-sources",
            "dictionary" => "file-dictionary",
            "datapackage" => "file-datapackage",
            "CITATION" => "file-citation",
            "README" => "file-readme",
            stem if stem.starts_with("changes") => "file-changes",
            stem if stem.starts_with("cells-") => "file-cells",
            stem if stem.starts_with("areas-") => "file-areas",
            _ => return None,
        },
    })
}

impl DataPage {
    /// What a table holds; a name may stand for two documents.
    #[must_use]
    pub fn about<'a>(&self, table: &'a DataTable) -> Cow<'a, str> {
        let keys: BTreeSet<&str> = table.files.iter().filter_map(|file| about_key(&file.path)).collect();
        if keys.is_empty() {
            return Cow::Borrowed(table.description.as_str());
        }
        Cow::Owned(keys.into_iter().map(|key| self.page.t(key)).collect::<Vec<_>>().join("; "))
    }

    /// The sections of the page: the subjects, then the lists with their licences.
    #[must_use]
    pub fn sections(&self) -> Vec<DataSection<'_>> {
        let page = &self.page;
        let subjects = self.groups.iter().map(|group| DataSection {
            anchor: group.subject.to_owned(),
            title: page.t(&format!("subject-{}", group.subject)),
            text: page.t(&format!("subject-{}-text", group.subject)).into_owned(),
            tables: &group.tables,
        });
        let lists = self.lists.iter().map(|list| {
            let mut text = format!("{}. {}", page.t("file-source"), page.t1("footer-licence", &list.licence));
            if !list.attribution.is_empty() {
                text = format!("{text} {}", page.t1("data-attribution", &list.attribution));
            }
            DataSection {
                anchor: format!("list-{}", list.slug),
                title: Cow::Borrowed(list.name.as_str()),
                text,
                tables: &list.tables,
            }
        });
        subjects.chain(lists).collect()
    }

    /// Name of the format of a file.
    #[must_use]
    pub fn format<'a>(&self, file: &'a DataFile) -> &'a str {
        let extension = extension_of(&file.path);
        FORMATS.iter().find(|(known, _)| *known == extension).map_or(extension, |(_, name)| name)
    }

    /// Size of a file, as people say it.
    #[must_use]
    pub fn size(&self, file: &DataFile) -> String {
        #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
        let bytes = file.bytes as f64;
        let (size, unit) = match file.bytes {
            0..1_000 => (bytes, "B"),
            1_000..1_000_000 => (bytes / 1e3, "kB"),
            1_000_000..1_000_000_000 => (bytes / 1e6, "MB"),
            _ => (bytes / 1e9, "GB"),
        };
        format!("{}\u{a0}{unit}", self.page.measure(&size))
    }

    fn files(&self) -> impl Iterator<Item = &DataFile> {
        let tables = self.groups.iter().flat_map(|group| &group.tables);
        tables.chain(self.lists.iter().flat_map(|list| &list.tables)).flat_map(|table| &table.files)
    }

    /// The formats of this release that need a word, with what each is for.
    #[must_use]
    pub fn formats(&self) -> Vec<(&'static str, Cow<'static, str>)> {
        let there: BTreeSet<&str> = self.files().map(|file| extension_of(&file.path)).collect();
        let explained = FORMATS.into_iter().filter(|(extension, _)| there.contains(extension));
        explained
            .filter_map(|(extension, name)| {
                let key = format!("format-{extension}");
                self.page.has(&key).then(|| (name, self.page.t(&key)))
            })
            .collect()
    }

    /// The hashes of some tables, as `sha256sum --check` reads them.
    #[must_use]
    pub fn sums(&self, tables: &[DataTable]) -> String {
        let lines = tables.iter().flat_map(|table| &table.files).map(|file| format!("{}  {}", file.sha256, file.path));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What to enter to check the manifest.
    #[must_use]
    pub fn check(&self) -> String {
        let Some(release) = &self.page.release else { return String::new() };
        format!(
            "curl -O {}/data/{}/manifest.json\necho \"{}  manifest.json\" | sha256sum --check\ncamera-census release verify {}",
            self.base, release.id, self.manifest_sha256, release.id
        )
    }

    /// What to enter in programs that many people use.
    #[must_use]
    pub fn recipes(&self) -> Vec<Recipe> {
        let Some(release) = &self.page.release else { return Vec::new() };
        let (base, id) = (&self.base, &release.id);
        let has = |path: &str| self.files().any(|file| file.path == path);
        let cells = ["cells-r8.fgb", "cells-r8.geojson"].into_iter().find(|path| has(path)).unwrap_or("cells-r8.csv");
        let whole = format!("ogrinfo -ro -so -al /vsicurl/{base}/data/{id}/{cells}");
        let (gdal, qgis) = if self.page.is_exported() {
            (whole, format!("{base}/data/{id}/{cells}"))
        } else {
            let paged = format!("ogr2ogr -oo PAGE_SIZE=1000 cells.gpkg OAPIF:{base}/ogc cells-r8");
            (format!("{paged}\n{whole}"), format!("{base}/ogc\n{base}/tiles/density.json"))
        };
        let mut recipes = vec![
            Recipe { program: "GDAL", lines: gdal },
            Recipe { program: "QGIS", lines: qgis },
            Recipe {
                program: "Python",
                lines: format!("import geopandas\ncells = geopandas.read_file(\"{base}/data/{id}/{cells}\")"),
            },
            Recipe {
                program: "R",
                lines: format!("library(sf)\ncells <- st_read(\"/vsicurl/{base}/data/{id}/{cells}\")"),
            },
        ];
        let table = if has("cells-r8.parquet") { "cells-r8.parquet" } else { "cells-r8.csv" };
        recipes.push(Recipe {
            program: "DuckDB",
            lines: format!("INSTALL httpfs; LOAD httpfs;\nSELECT sum(cameras) FROM '{base}/data/{id}/{table}';"),
        });
        recipes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn entry(path: &str) -> FileEntry {
        FileEntry {
            path: path.to_owned(),
            bytes: 1500,
            sha256: "ab".repeat(32),
            media_type: String::new(),
            description: format!("about {path}"),
        }
    }

    #[test]
    fn files_stand_by_subject_with_their_formats_side_by_side() {
        let files = [
            "cells-r10.csv",
            "cells-r9.geojson",
            "cells-r9.csv",
            "cells-r10.parquet",
            "areas-wards.xlsx",
            "sources/x/cells-r9.csv",
            "unheard-of.bin",
            "changes.csv",
            "density.pmtiles",
        ]
        .map(entry);
        let groups = by_subject(files.iter());
        let found: Vec<(&str, Vec<&str>)> = groups
            .iter()
            .map(|group| (group.subject, group.tables.iter().map(|table| table.name.as_str()).collect()))
            .collect();
        assert_eq!(
            found,
            [
                ("cells", vec!["cells-r9", "cells-r10", "density"]),
                ("areas", vec!["areas-wards"]),
                ("changes", vec!["changes"]),
                ("other", vec!["unheard-of"])
            ]
        );
        let formats: Vec<&str> = groups[0].tables[0].files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(formats, ["cells-r9.csv", "cells-r9.geojson"]);
        assert_eq!(tables(files.iter(), "sources/x/")[0].name, "cells-r9");
    }

    #[test]
    fn every_subject_and_format_has_words_in_every_language_and_a_new_file_its_description() {
        for language in Language::ALL {
            let files = ["unheard-of.bin", "dictionary.csv", "x.pmtiles"].map(entry);
            let view = DataPage {
                page: PageContext::bare(language),
                groups: by_subject(files.iter()),
                lists: Vec::new(),
                citation: String::new(),
                manifest_sha256: String::new(),
                base: String::new(),
                json_ld: None,
            };
            let about: Vec<_> = view.groups[0].tables.iter().map(|table| view.about(table)).collect();
            assert_eq!(about[1], "about unheard-of.bin");
            assert!(!about[0].starts_with("about") && !about[0].starts_with("file-"), "{about:?}");
            assert_eq!(view.formats().iter().map(|format| format.0).collect::<Vec<_>>(), ["CSV", "PMTiles"]);
            for subject in SUBJECTS {
                for key in [format!("subject-{subject}"), format!("subject-{subject}-text")] {
                    assert!(view.page.has(&key), "{language:?} {key}");
                }
            }
            assert_eq!(view.size(&view.groups[0].tables[0].files[0]).trim_end_matches("kB").trim_end().len(), 3);
        }
    }
}

//! The exact place of a report: it exists in `ingest::Candidate`, and `privacy` consumes it.

use crate::source::{Source, sources};

fn file(path: &str) -> Source {
    sources().into_iter().find(|source| source.path.ends_with(path)).unwrap_or_else(|| panic!("no {path}"))
}

#[test]
fn a_candidate_cannot_be_copied_printed_or_serialised() {
    let source = file("ingest/candidate.rs");
    let lines: Vec<&str> = source.code.lines().collect();
    let at = lines.iter().position(|line| line.contains("pub struct Candidate")).unwrap();
    let attributes: Vec<&&str> = lines[..at].iter().rev().take_while(|line| !line.ends_with(['}', ';'])).collect();
    assert!(attributes.iter().all(|line| !line.contains("#[")), "{attributes:?}");
    for source in sources() {
        let words: Vec<&str> = source.words().map(|(_, word)| word).collect();
        let implements = words.windows(2).any(|pair| pair == ["for", "Candidate"]);
        assert!(!implements, "src/{} implements a trait for Candidate", source.path.display());
    }
}

#[test]
fn its_place_is_private_and_only_privacy_asks_for_it() {
    let source = file("ingest/candidate.rs");
    let fields: Vec<&str> = source.code.lines().filter(|line| line.contains("longitude: f64")).collect();
    assert!(fields.contains(&"    longitude: f64,"), "{fields:?}");
    let asking: Vec<String> = sources()
        .iter()
        .filter(|source| source.code.contains("Candidate") && source.code.contains(".into_parts()"))
        .map(|source| source.path.display().to_string())
        .collect();
    assert_eq!(asking, ["privacy/coarsen.rs"]);
}

#[test]
fn storage_and_http_cannot_name_a_candidate() {
    for source in sources() {
        let may = matches!(source.room(), Some("ingest" | "privacy" | "app"));
        assert!(may || source.words().all(|(_, word)| word != "Candidate"), "src/{}", source.path.display());
    }
}

#[test]
fn what_http_takes_from_storage_is_its_errors_and_its_handle() {
    for source in sources().iter().filter(|source| source.room() == Some("http")) {
        for part in source.code.split("crate::storage::").skip(1) {
            let end = part.find([';', '(', ')', ',', ' ', '>']).unwrap_or(part.len());
            let named = if part.starts_with('{') {
                part.split_once('}').map_or(part, |(list, _)| &list[1..])
            } else {
                &part[..end]
            };
            for item in named.split(',').map(str::trim) {
                assert!(["Store", "StorageError"].contains(&item), "src/{}: {item}", source.path.display());
            }
        }
    }
}

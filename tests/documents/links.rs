//! Links between documents lead somewhere.

use std::path::{Path, PathBuf};

use crate::{read, root};

fn documents(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(root().join(directory)).unwrap() {
        let name = directory.join(entry.unwrap().file_name());
        let skipped = [".git", "target", "node_modules"].iter().any(|skipped| name.ends_with(skipped));
        if root().join(&name).is_dir() && !skipped {
            documents(&name, found);
        } else if name.extension().is_some_and(|extension| extension == "md") {
            found.push(name);
        }
    }
}

/// What stands between `](` and `)` outside of code.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split("](").skip(1)).filter_map(|rest| rest.split(')').next())
}

/// Anchors as Markdown renderers make them from headings.
fn anchors(text: &str) -> Vec<String> {
    let headings =
        text.lines().filter_map(|line| line.strip_prefix('#')).map(|line| line.trim_start_matches('#').trim());
    headings
        .map(|heading| {
            let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.collect::<String>().to_lowercase().replace(' ', "-")
        })
        .collect()
}

#[test]
fn every_link_within_the_repository_leads_to_a_file_and_a_heading() {
    let mut all = Vec::new();
    documents(Path::new(""), &mut all);
    assert!(all.len() > 10, "only {} documents", all.len());
    let mut broken = Vec::new();
    for document in all {
        let text = read(&document.display().to_string());
        for target in targets(&text).filter(|target| !target.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = if file.is_empty() { document.clone() } else { document.with_file_name(file) };
            let exists = root().join(&path).exists();
            let has_anchor = exists
                && (anchor.is_empty() || anchors(&read(&path.display().to_string())).iter().any(|a| a == anchor));
            if !exists || !has_anchor {
                broken.push(format!("{}: {target}", document.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

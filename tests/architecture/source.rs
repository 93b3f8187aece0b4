//! The sources as these tests look at them: code without comments and without unit tests.

use std::fs;
use std::path::{Path, PathBuf};

/// One source file.
pub(crate) struct Source {
    /// Path below `src/`.
    pub(crate) path: PathBuf,
    /// Its lines without comments; lines of unit tests are empty.
    pub(crate) code: String,
}

impl Source {
    /// The room it belongs to; `None` for `lib.rs` and `main.rs`.
    pub(crate) fn room(&self) -> Option<&str> {
        let mut parts = self.path.iter();
        let first = parts.next()?.to_str()?;
        parts.next().map(|_| first)
    }

    /// The words of the code: identifiers and keywords, with the line each stands in.
    pub(crate) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().flat_map(|(number, line)| {
            line.split(|c: char| !c.is_alphanumeric() && c != '_')
                .filter(|word| !word.is_empty())
                .map(move |word| (number + 1, word))
        })
    }
}

/// Every source file of the library and the program.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    assert!(found.len() > 50, "only {} files below src/", found.len());
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn collect(root: &Path, directory: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test_file(&path) {
            let code = code_of(&fs::read_to_string(&path).unwrap());
            found.push(Source { path: path.strip_prefix(root).unwrap().to_owned(), code });
        }
    }
}

fn is_test_file(path: &Path) -> bool {
    path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| stem == "tests" || stem.ends_with("_tests"))
}

/// Blanks comments, and items under `#[cfg(test)]`: rustfmt ends those with a brace or semicolon as far in as they began.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut test_item: Option<usize> = None;
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        if line.trim_start().starts_with("#[cfg(test)]") && test_item.is_none() {
            test_item = Some(indent);
        } else if let Some(begun) = test_item {
            let is_end = indent == begun && (line.trim_start().starts_with('}') || line.ends_with(';'));
            if is_end {
                test_item = None;
            }
        } else {
            code.push_str(line.split("//").next().unwrap_or_default());
        }
        code.push('\n');
    }
    code
}

#[test]
fn comments_and_unit_tests_are_not_looked_at() {
    let text = "use a; // b\n/// c\nfn d() {\n    e();\n}\n\n#[cfg(test)]\nmod tests {\n    use f;\n\n    fn g() {\n    }\n}\nfn h() {}\n#[cfg(test)]\nuse i;\nuse j;\n";
    let source = Source { path: "room/file.rs".into(), code: code_of(text) };
    let words: Vec<&str> = source.words().map(|(_, word)| word).collect();
    assert_eq!(words, ["use", "a", "fn", "d", "e", "fn", "h", "use", "j"]);
    assert_eq!(source.words().last(), Some((17, "j")));
    assert_eq!(source.room(), Some("room"));
}

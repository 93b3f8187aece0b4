//! `docs/codes.md` is made from the table of codes.

use std::fmt::Write as _;

use camera_census::areas;
use camera_census::ingest::{Code, Scope};

use crate::{read, root};

const HEAD: &str = "\
# Codes of refusals and notes

Every report on a document, on the command line and in answers to `POST /api/v1/submissions`, speaks in these codes. They are stable: programs may compare them. The sentences are
for people and may get better. No report ever repeats a value of the input.

This file is generated from `src/ingest/code.rs` and `src/areas/code.rs`; a test compares it. After a change there: `CENSUS_WRITE_DOCS=1 cargo test --test documents`.
";

fn document() -> String {
    let mut text = HEAD.to_owned();
    for (scope, title, words) in [
        (Scope::Document, "The whole input", "Nothing of it is used. In newline-delimited input, nothing of the line."),
        (Scope::Feature, "One feature", "This feature, element or row is refused, the others are not touched by it."),
        (Scope::Note, "Notes", "Accepted, but read differently from how it stood there."),
    ] {
        let _ = write!(text, "\n## {title}\n\n{words}\n\n| code | what it says |\n|---|---|\n");
        for code in Code::ALL.iter().filter(|code| code.scope() == scope) {
            let _ = writeln!(text, "| `{}` | {} |", code.name(), code.sentence().replace('|', "\\|"));
        }
    }
    text += "\n## Boundary files\n\nWhat `areas import` and `map --areas` say. These messages may list the names of fields, never their values.\n\n\
             | code | about | what it says |\n|---|---|---|\n";
    for code in areas::CODES {
        let about = match code.scope {
            areas::Scope::File => "file",
            areas::Scope::Feature => "feature",
            areas::Scope::Note => "note",
        };
        let _ = writeln!(text, "| `{}` | {about} | {} |", code.name, code.sentence.replace('|', "\\|"));
    }
    text
}

#[test]
fn the_table_of_codes_is_the_one_the_program_has() {
    if std::env::var_os("CENSUS_WRITE_DOCS").is_some() {
        std::fs::write(root().join("docs/codes.md"), document()).unwrap();
    }
    assert!(read("docs/codes.md") == document(), "run CENSUS_WRITE_DOCS=1 cargo test --test documents");
}

//! What commands print: lines for people, or one JSON object.

use std::io::{self, Write as _};

use crate::model::FileReport;

/// How many refusals and notes are shown for people; JSON has them all.
const SHOWN: usize = 10;

/// Prints one line to standard output. A reader that went away is no error.
pub(super) fn line(text: impl AsRef<str>) -> io::Result<()> {
    match writeln!(io::stdout().lock(), "{}", text.as_ref()) {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Prints a value as indented JSON.
pub(super) fn json(value: &impl serde::Serialize) -> io::Result<()> {
    line(serde_json::to_string_pretty(value)?)
}

/// Accepted and refused over several files.
pub(super) fn totals(files: &[FileReport]) -> (u64, u64) {
    files
        .iter()
        .fold((0, 0), |(accepted, refused), file| (accepted + file.report.accepted, refused + file.report.refused))
}

/// Whether anything in the files was refused, a whole file included.
pub(super) fn had_problems(files: &[FileReport]) -> bool {
    files.iter().any(|file| !file.report.problems.is_empty())
}

/// Prints what was read, refused and noted in each file.
pub(super) fn reports(files: &[FileReport]) -> io::Result<()> {
    for FileReport { path, report } in files {
        let format = if report.format.is_empty() { "not read" } else { report.format };
        line(format!("{path} ({format}): {} accepted, {} refused", report.accepted, report.refused))?;
        for (code, count) in &report.refused_by {
            let example = report.problems.iter().find(|problem| problem.code == *code);
            let message = example.map_or("", |problem| problem.message.as_str());
            line(format!("  refused {count} x {code}: {message}"))?;
        }
        for problem in report.problems.iter().take(SHOWN) {
            if problem.pointer.is_empty() {
                line(format!("  the whole file was refused, {}: {}", problem.code, problem.message))?;
            } else {
                line(format!("    at {}: {}", problem.pointer, problem.code))?;
            }
        }
        if report.problems.len() > SHOWN {
            line(format!("    and {} more; --json lists them", report.problems.len() - SHOWN))?;
        }
        for note in &report.notes {
            line(format!("  note {} x {}: {}", note.count, note.code, note.message))?;
        }
        if !report.dropped.is_empty() {
            line(format!("  dropped properties: {}", report.dropped.join(", ")))?;
        }
    }
    Ok(())
}

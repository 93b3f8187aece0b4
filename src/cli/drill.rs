//! `drill`: what somebody learns who takes the database and the data directory (promise P16).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Outcome, Shared, backup, output};
use crate::storage::{DatabaseKind, DatabaseUrl, Traces};

/// What this program puts into the data directory.
const KNOWN: [&str; 3] = ["releases", "cache", backup::DIRECTORY];
/// Invitations that share a key, below which a spent token leads to few people.
const FEW_INVITES: u64 = 10;

/// What lies in the data directory.
#[derive(Debug, Default, PartialEq, Eq)]
struct Files {
    encrypted_backups: usize,
    /// Files that this program did not put there, or left behind when it was killed.
    unknown: usize,
    core_dumps: usize,
}

pub(super) async fn run(shared: &Shared) -> anyhow::Result<Outcome> {
    let url: DatabaseUrl = shared.database.0.parse()?;
    let store = shared.store().await?;
    let traces = store.traces().await;
    let kind = store.kind();
    store.close().await;
    let traces = traces?;
    let mut files = Files::default();
    look(&shared.data, url.sqlite_path(), &mut files)?;
    files.encrypted_backups = backup::listed(&shared.data)?.len();
    if shared.json {
        output::json(&serde_json::json!({
            "rows": traces.rows,
            "sightings_by_resolution": traces.resolutions,
            "fewest_invites_of_a_key": traces.fewest_invites,
            "encrypted_backups": files.encrypted_backups,
            "unknown_files": files.unknown,
            "core_dumps": files.core_dumps,
        }))?;
    } else {
        output::line(text(&traces, &files, kind)?.trim_end())?;
    }
    Ok(Outcome::Done)
}

/// Counts what lies in the data directory, and beside the database, that should not be there.
fn look(data: &Path, database: Option<&Path>, files: &mut Files) -> anyhow::Result<()> {
    let beside = database.and_then(Path::parent).filter(|parent| !parent.as_os_str().is_empty());
    for directory in [Some(data), beside].into_iter().flatten() {
        let Ok(entries) = fs::read_dir(directory) else { continue };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name == "core" || name.starts_with("core.") {
                files.core_dumps += 1;
            } else if directory == data && !KNOWN.contains(&name.as_str()) && !is_database(&entry.path(), database) {
                files.unknown += 1;
            }
        }
    }
    let Ok(backups) = fs::read_dir(data.join(backup::DIRECTORY)) else { return Ok(()) };
    let listed: Vec<PathBuf> = backup::listed(data)?.into_iter().map(|(path, _)| path).collect();
    for entry in backups {
        files.unknown += usize::from(!listed.contains(&entry?.path()));
    }
    Ok(())
}

/// Whether a path is the database or one of the files SQLite keeps beside it.
fn is_database(path: &Path, database: Option<&Path>) -> bool {
    let (Some(database), Some(path)) = (database.and_then(Path::file_name), path.file_name()) else { return false };
    path.as_encoded_bytes().starts_with(database.as_encoded_bytes())
}

/// Title of a paragraph and its lines.
type Paragraph = (&'static str, Vec<String>);

fn text(traces: &Traces, files: &Files, kind: DatabaseKind) -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for (title, lines) in [seen(traces), who(traces), when(kind), moderators(traces), powers(traces), around(files)] {
        writeln!(text, "{title}")?;
        lines.iter().try_for_each(|line| writeln!(text, "  - {line}"))?;
        writeln!(text)?;
    }
    Ok(text)
}

fn of(traces: &Traces, name: &str) -> u64 {
    traces.rows.get(name).copied().unwrap_or_default()
}

fn seen(traces: &Traces) -> Paragraph {
    let mut lines: Vec<String> = traces
        .resolutions
        .iter()
        .map(|(resolution, counted)| {
            let size = match resolution {
                13 => "about 8 m across",
                8 => "about 0.7 km², homes",
                _ => "which no version of the program writes",
            };
            format!("{counted} sightings at H3 resolution {resolution} ({size})")
        })
        .collect();
    lines.push(format!(
        "{} accepted and {} that wait: sort of camera, operator, mount, maker, directions, heads, ISO week",
        of(traces, "sightings"),
        of(traces, "pending")
    ));
    lines.push(format!(
        "{} reports that a camera is gone or none, {} accepted records of such",
        of(traces, "reports"),
        of(traces, "gone")
    ));
    lines.push(format!(
        "{} marks of streets and cells that teams walked, {} that wait",
        of(traces, "effort_marks"),
        of(traces, "pending_marks")
    ));
    lines.push("no coordinate, no image, no text that a volunteer wrote, and no hash of any of these".to_owned());
    ("What was seen, and where", lines)
}

fn who(traces: &Traces) -> Paragraph {
    let team = match traces.fewest_invites {
        None => "the campaign, wave and team of a report".to_owned(),
        Some(few) if few < FEW_INVITES => format!(
            "the campaign, wave and team of a report: a team here has as few as {few} invitations, so whoever knows the \
             team knows these few people"
        ),
        Some(many) => format!("the campaign, wave and team of a report: no team has fewer than {many} invitations"),
    };
    let lines = vec![
        "nobody: no account, name, address, device or contact of a volunteer is stored".to_owned(),
        format!(
            "{} invitations as digests, {} of them used; not to whom they were given",
            of(traces, "invites"),
            of(traces, "redeemed_invites")
        ),
        format!(
            "{} digests of spent tokens: they lead neither to a report nor to an invitation, not even with the signing keys",
            of(traces, "spent_tokens")
        ),
        team,
        "which cameras one person saw next to each other (the slot), and nothing else that came together".to_owned(),
        "with an unlocked phone besides: which of the waiting reports its receipts stand for".to_owned(),
    ];
    ("Who reported it", lines)
}

fn when(kind: DatabaseKind) -> Paragraph {
    let places = match kind {
        DatabaseKind::Sqlite => "the write-ahead log beside the database and the places of pages in it",
        DatabaseKind::Postgres => "transaction numbers, places of rows and the server's write-ahead log",
    };
    let lines = vec![
        "the ISO week of each observation; no clock time is stored anywhere in the database".to_owned(),
        format!("of what came since the last seal (at most a day while the server runs), the order: from {places}"),
        "the times of files on the disk: of the last write, of each release and of each backup; and unless the disk is mounted noatime, when a file was last read".to_owned(),
    ];
    ("When", lines)
}

fn moderators(traces: &Traces) -> Paragraph {
    let lines = vec![
        format!(
            "{} moderators by the names the coordinator gave them, with argon2 digests of generated passphrases",
            of(traces, "moderators")
        ),
        format!(
            "{} lines of how often a moderator decided what in a cell of resolution 5 (about 250 km²), by release; {} \
             proposals that wait",
            of(traces, "decisions"),
            of(traces, "proposals")
        ),
        format!("{} rejections by id, reason and week, for eight weeks", of(traces, "rejections")),
        "no session: they are in memory only".to_owned(),
    ];
    ("Who decides", lines)
}

fn powers(traces: &Traces) -> Paragraph {
    let lines = vec![
        format!(
            "{} signing keys of open epochs: make valid tokens until the epoch is closed (`invite rotate`), not tell whose \
             is which",
            of(traces, "signing_keys")
        ),
        "the key that rounds home counts: undo the rounding, which the rows tell anyway".to_owned(),
        "withdraw, approve or reject by changing the database: compare later releases with the manifests you kept"
            .to_owned(),
    ];
    ("What a thief could do", lines)
}

fn around(files: &Files) -> Paragraph {
    let lines = vec![
        format!(
            "{} encrypted backups of the last four weeks, useless without the offline key",
            files.encrypted_backups
        ),
        "releases and their compressed copies: public".to_owned(),
        match files.unknown {
            0 => "no other file".to_owned(),
            some => {
                format!("{some} files that this program does not know or left behind: look at them, and delete them")
            }
        },
        match files.core_dumps {
            0 => "no core dump; the program forbids its own".to_owned(),
            some => format!("{some} core dumps: they may hold anything that was in memory; delete them"),
        },
        "no log: the program writes none to a file. What a proxy, a terminal or a journal kept is beyond this command"
            .to_owned(),
    ];
    ("What else lies there", lines)
}

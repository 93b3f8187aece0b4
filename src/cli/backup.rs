//! `backup` and `restore`: copies of the database that only an offline key can open, and that do not stay.

use std::fs;
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use age::secrecy::ExposeSecret as _;
use age::x25519::{Identity, Recipient};
use anyhow::Context as _;

use super::{Outcome, Shared, clock, output};
use crate::model::IsoWeek;
use crate::storage::{DatabaseUrl, OpenOptions, Store};

/// Directory of the backups below the data directory.
pub(super) const DIRECTORY: &str = "backups";
/// What the name of a backup begins and ends with; the week and some random digits stand between.
const PREFIX: &str = "census-";
const SUFFIX: &str = ".sqlite.age";
/// Weeks a backup stays: four are at most 28 days after the Monday of its week, so none is older than 30 days.
const KEEP_WEEKS: i32 = 4;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Public key to encrypt to (age1...); may be given several times. Its secret key belongs on another computer.
    #[arg(long, value_name = "KEY", value_parser = recipient, env = "CENSUS_BACKUP_RECIPIENT", value_delimiter = ',')]
    recipient: Vec<Recipient>,
    /// File to write; by default one in the directory backups below --data, which is deleted after four weeks.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Make a pair of keys instead: writes the secret one into this new file and prints the public one.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["recipient", "output"])]
    new_key: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct RestoreArguments {
    /// The backup.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// File with the secret key (AGE-SECRET-KEY-1...).
    #[arg(long, value_name = "KEYFILE")]
    identity: PathBuf,
}

fn recipient(text: &str) -> Result<Recipient, String> {
    text.trim().parse().map_err(|_unread: &str| "expected a public key that begins with age1".to_owned())
}

pub(super) async fn run(arguments: Arguments, shared: &Shared) -> anyhow::Result<Outcome> {
    if let Some(path) = &arguments.new_key {
        return new_key(path, shared.json);
    }
    anyhow::ensure!(
        !arguments.recipient.is_empty(),
        "a backup is encrypted: name a public key with --recipient, or make one with `backup --new-key FILE` on another \
         computer and keep that file there"
    );
    let store = shared.store().await?;
    let week = clock::current_week();
    let path = arguments.output.unwrap_or_else(|| {
        let random = u32::from_be_bytes(clock::random());
        shared.data.join(DIRECTORY).join(format!("{PREFIX}{week}-{random:08x}{SUFFIX}"))
    });
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(directory).with_context(|| format!("making {}", directory.display()))?;
    let scratch = tempfile::tempdir_in(directory).with_context(|| format!("writing in {}", directory.display()))?;
    let plain = scratch.path().join("copy.sqlite");
    let copied = copy(&store, &plain).await;
    store.close().await;
    let rows = copied?;
    let encrypted = scratch.path().join("copy.age");
    encrypt(&plain, &encrypted, &arguments.recipient)?;
    fs::rename(&encrypted, &path).with_context(|| format!("writing {}", path.display()))?;
    drop(scratch);
    let expired = expire(&shared.data, week)?;
    if shared.json {
        let expired = expired.len();
        output::json(&serde_json::json!({ "backup": path, "rows": rows, "expired": expired }))?;
    } else {
        output::line(format!("{}: {rows} rows, encrypted", path.display()))?;
        output::line("releases are public files and not in it: copy the directory releases as well")?;
        if !expired.is_empty() {
            output::line(format!("{} backups of four weeks ago or more deleted", expired.len()))?;
        }
    }
    Ok(Outcome::Done)
}

async fn copy(store: &Store, path: &Path) -> anyhow::Result<u64> {
    let target = sqlite(path).await?;
    let copied = store.copy_into(&target).await;
    target.close().await;
    Ok(copied?)
}

async fn sqlite(path: &Path) -> anyhow::Result<Store> {
    let url: DatabaseUrl = format!("sqlite:{}", path.display()).parse()?;
    Ok(Store::open(&url, OpenOptions::default()).await?)
}

fn encrypt(plain: &Path, encrypted: &Path, recipients: &[Recipient]) -> anyhow::Result<()> {
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients)?;
    let file = private_file(encrypted)?;
    let mut writer = encryptor.wrap_output(BufWriter::new(file))?;
    io::copy(&mut fs::File::open(plain)?, &mut writer)?;
    let mut inner = writer.finish()?;
    inner.flush()?;
    inner.get_ref().sync_all()?;
    Ok(())
}

fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn new_key(path: &Path, json: bool) -> anyhow::Result<Outcome> {
    let identity = Identity::generate();
    let public = identity.to_public().to_string();
    let mut file =
        private_file(path).with_context(|| format!("making {}, which must be a new file", path.display()))?;
    writeln!(file, "# public key: {public}\n{}", identity.to_string().expose_secret())?;
    file.sync_all()?;
    if json {
        output::json(&serde_json::json!({ "recipient": public }))?;
    } else {
        output::line(public)?;
        output::line(format!(
            "the secret key is in {}: keep it on another computer; a thief of both has everything",
            path.display()
        ))?;
    }
    Ok(Outcome::Done)
}

/// Deletes the backups below the data directory that are four weeks old; returns their paths. Files with other names stay.
pub(super) fn expire(data: &Path, week: IsoWeek) -> anyhow::Result<Vec<PathBuf>> {
    let mut expired = Vec::new();
    for (path, made) in listed(data)? {
        if made.weeks_until(week) >= KEEP_WEEKS {
            fs::remove_file(&path).with_context(|| format!("deleting {}", path.display()))?;
            expired.push(path);
        }
    }
    Ok(expired)
}

/// The backups below the data directory, with the week of each.
pub(super) fn listed(data: &Path) -> anyhow::Result<Vec<(PathBuf, IsoWeek)>> {
    let directory = data.join(DIRECTORY);
    let entries = match fs::read_dir(&directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("reading {}", directory.display())),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let week = name.strip_prefix(PREFIX).filter(|_| name.ends_with(SUFFIX)).and_then(|rest| rest.get(..8));
        if let Some(week) = week.and_then(|week| week.parse().ok()) {
            found.push((path, week));
        }
    }
    found.sort();
    Ok(found)
}

pub(super) async fn restore(arguments: RestoreArguments, shared: &Shared) -> anyhow::Result<Outcome> {
    let key =
        fs::read_to_string(&arguments.identity).with_context(|| format!("reading {}", arguments.identity.display()))?;
    let identity: Identity = key
        .lines()
        .find_map(|line| line.trim().parse().ok())
        .with_context(|| format!("{} has no line AGE-SECRET-KEY-1...", arguments.identity.display()))?;
    let file = fs::File::open(&arguments.file).with_context(|| format!("reading {}", arguments.file.display()))?;
    let scratch = tempfile::tempdir().context("making a temporary directory; set TMPDIR to one with space")?;
    let plain = scratch.path().join("copy.sqlite");
    let decryptor = age::Decryptor::new(BufReader::new(file)).context("the file is no backup of this program")?;
    let mut reader = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .context("this key does not open the backup; name the file with the right one")?;
    io::copy(&mut reader, &mut private_file(&plain)?).context("the backup is damaged; take another one")?;
    let source = sqlite(&plain).await.context("the backup holds no database of this program")?;
    let target = shared.store().await?;
    let copied = source.copy_into(&target).await;
    let findings = target.check().await;
    source.close().await;
    target.close().await;
    let rows = copied?;
    let findings = findings?;
    anyhow::ensure!(
        findings.is_empty(),
        "the backup was restored, but the database is not sound: {}",
        findings.join("; ")
    );
    if shared.json {
        output::json(&serde_json::json!({ "rows": rows }))?;
    } else {
        output::line(format!("{rows} rows restored; the database is sound"))?;
    }
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_goes_after_four_weeks_and_what_is_none_stays() {
        let data = tempfile::tempdir().unwrap();
        let directory = data.path().join(DIRECTORY);
        fs::create_dir(&directory).unwrap();
        for name in ["census-2026-W43-00000000.sqlite.age", "census-2026-W44-00000000.sqlite.age", "notes-2026-W01.txt"]
        {
            fs::write(directory.join(name), b"x").unwrap();
        }
        let expired = expire(data.path(), "2026-W47".parse().unwrap()).unwrap();
        assert_eq!(expired, [directory.join("census-2026-W43-00000000.sqlite.age")]);
        let left = fs::read_dir(&directory).unwrap().count();
        assert_eq!(left, 2);
        assert!(expire(data.path(), "2026-W47".parse().unwrap()).unwrap().is_empty(), "a second time");
    }
}

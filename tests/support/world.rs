//! The built program in a world of its own: a directory, a database, and everything it ever printed or answered.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::client::{Answer, exchange, request};
use crate::postgres;

/// How long the program may take to start where a test is not about that.
const PATIENCE: Duration = Duration::from_secs(30);

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

/// A directory with a database. The data directory of the contract, `$D`, is [`World::everything`]: database, releases
/// and temporary files.
pub(crate) struct World {
    root: tempfile::TempDir,
    /// Address of the database.
    pub(crate) url: String,
    /// The most verbose log.
    noisy: bool,
    /// Whether reports wait for others of their region, as they do unless told otherwise.
    pooled: bool,
    runs: AtomicU32,
    _schema: Option<postgres::Schema>,
}

/// How a command ended.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl World {
    /// A new world; `None` where there is no PostgreSQL, which was said loudly then.
    pub(crate) fn new(database: Database) -> Option<Self> {
        let schema = match database {
            Database::Sqlite => None,
            Database::Postgres => Some(postgres::schema()?),
        };
        let root = tempfile::tempdir().unwrap();
        for part in ["everything/tmp", "everything/data", "output", "input"] {
            fs::create_dir_all(root.path().join(part)).unwrap();
        }
        let file = root.path().join("everything/census.db");
        let url = schema.as_ref().map_or_else(|| format!("sqlite:{}", file.display()), |schema| schema.url.clone());
        Some(Self { root, url, noisy: false, pooled: false, runs: AtomicU32::new(0), _schema: schema })
    }

    /// The same, with the log at its most verbose.
    pub(crate) fn noisy(database: Database) -> Option<Self> {
        Some(Self { noisy: true, ..Self::new(database)? })
    }

    /// The same, where reports wait for others of their region before they are released. Other worlds release each at once.
    pub(crate) fn pooled(database: Database) -> Option<Self> {
        Some(Self { pooled: true, ..Self::new(database)? })
    }

    /// Every file the program keeps: the directory that the contract calls `$D`.
    pub(crate) fn everything(&self) -> PathBuf {
        self.root.path().join("everything")
    }

    /// Where releases stand.
    pub(crate) fn releases(&self) -> PathBuf {
        self.everything().join("data/releases")
    }

    /// What the program printed, logged and answered.
    pub(crate) fn output(&self) -> PathBuf {
        self.root.path().join("output")
    }

    /// Writes a file to be read by a command, outside the data directory.
    pub(crate) fn input(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.root.path().join("input").join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, with this world's database and directories, and what it prints kept.
    pub(crate) fn command(&self, arguments: &[&OsStr]) -> Command {
        self.wrapped(&[], arguments)
    }

    /// The program started by another one, such as `strace`, whose last argument it becomes.
    pub(crate) fn wrapped(&self, wrapper: &[&str], arguments: &[&OsStr]) -> Command {
        let program = env!("CARGO_BIN_EXE_camera-census");
        let mut command = match wrapper.split_first() {
            None => Command::new(program),
            Some((first, others)) => {
                let mut command = Command::new(first);
                command.args(others).arg(program);
                command
            }
        };
        command.args(arguments).stdin(Stdio::null());
        command.env("CENSUS_DATABASE", &self.url).env("CENSUS_DATA_DIR", self.everything().join("data"));
        command.env("TMPDIR", self.everything().join("tmp")).env_remove("RUST_LOG");
        if !self.pooled {
            command.env("CENSUS_MIN_CHANGES", "1");
        }
        if self.noisy {
            command.arg("-vv").env("RUST_LOG", "trace");
        }
        let run = self.runs.fetch_add(1, Ordering::Relaxed);
        let kept = |name: &str| File::create(self.output().join(format!("{run:04}.{name}"))).unwrap();
        command.stdout(kept("out")).stderr(kept("err"));
        command
    }

    /// Paths of what the latest command prints on standard output and standard error.
    fn latest_output(&self) -> (PathBuf, PathBuf) {
        let run = self.runs.load(Ordering::Relaxed) - 1;
        let path = |name: &str| self.output().join(format!("{run:04}.{name}"));
        (path("out"), path("err"))
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Ran {
        let arguments: Vec<&OsStr> = arguments.iter().map(AsRef::as_ref).collect();
        let status = self.command(&arguments).status().unwrap();
        let (out, err) = self.latest_output();
        let read = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        Ran { code: status.code(), stdout: read(&out), stderr: read(&err) }
    }

    /// Runs a command that must succeed with `--json`, and returns what it printed.
    #[track_caller]
    pub(crate) fn facts(&self, arguments: &[impl AsRef<OsStr>]) -> Value {
        let mut all: Vec<&OsStr> = arguments.iter().map(AsRef::as_ref).collect();
        all.push("--json".as_ref());
        let ran = self.run(&all);
        assert_eq!(ran.code, Some(0), "{all:?}: {}{}", ran.stdout, ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// Sightings that wait for review.
    #[track_caller]
    pub(crate) fn pending(&self) -> u64 {
        self.facts(&["review", "list", "--limit", "1"])["pending"].as_u64().unwrap()
    }

    /// Starts the server.
    pub(crate) fn serve(&self) -> Server {
        self.serve_within(&[])
    }

    /// Starts the server by way of another program.
    pub(crate) fn serve_within(&self, wrapper: &[&str]) -> Server {
        let arguments = ["serve", "--listen", "127.0.0.1:0"].map(OsStr::new);
        self.server_of(self.wrapped(wrapper, &arguments))
    }

    /// Starts a command that prints the address it listens on.
    pub(crate) fn server_of(&self, mut command: Command) -> Server {
        let started = Instant::now();
        let mut child = command.spawn().unwrap();
        let (stdout, stderr) = self.latest_output();
        loop {
            let printed = fs::read_to_string(&stdout).unwrap();
            let address = printed.split("http://").nth(1).and_then(|rest| rest.split_once('/'));
            if let Some((address, _)) = address {
                let address = address.parse().unwrap();
                let answers = self.output().join("answers");
                return Server { child, address, stderr, answers };
            }
            let ended = child.try_wait().unwrap();
            assert!(
                ended.is_none() && started.elapsed() < PATIENCE,
                "the server did not start ({ended:?}): {}",
                fs::read_to_string(&stderr).unwrap()
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A running server. It is killed (`kill -9`) when this value is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    stderr: PathBuf,
    answers: PathBuf,
}

impl Server {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.stderr).unwrap()).into_owned()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream.set_write_timeout(Some(Duration::from_mins(1))).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    /// One request on a connection of its own.
    pub(crate) fn try_ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        let answer = exchange(&mut stream, &request(method, path, headers, body))?;
        self.keep(&answer);
        Ok(answer)
    }

    /// One request on a connection of its own, which must be answered.
    #[track_caller]
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.try_ask(method, path, headers, body).unwrap_or_else(|e| panic!("{method} {path}: {e}\n{}", self.log()))
    }

    #[track_caller]
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    /// Posts a submission.
    #[track_caller]
    pub(crate) fn post(&self, secret: &str, body: impl AsRef<[u8]>) -> Answer {
        let headers = [("Content-Type", "application/geo+json"), ("Idempotency-Key", secret)];
        self.ask("POST", "/api/v1/submissions", &headers, body.as_ref())
    }

    /// Asks for, or withdraws, what was posted under a secret.
    #[track_caller]
    pub(crate) fn receipt(&self, method: &str, secret: &str) -> Answer {
        self.ask(method, "/api/v1/submissions/receipt", &[("Census-Receipt", secret)], b"")
    }

    /// Keeps an answer among those a test may search.
    pub(crate) fn keep(&self, answer: &Answer) {
        let mut bytes = format!("{} {:?}\n", answer.status, answer.headers).into_bytes();
        bytes.extend(&answer.body);
        bytes.push(b'\n');
        let mut file = File::options().append(true).create(true).open(&self.answers).unwrap();
        file.write_all(&bytes).unwrap();
    }

    /// Asks it to stop, and tells how it ended and how long that took.
    pub(crate) fn stop(mut self) -> (ExitStatus, Duration) {
        let asked = Instant::now();
        signal(self.pid(), rustix::process::Signal::TERM);
        let status = self.child.wait().unwrap();
        (status, asked.elapsed())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends a signal to a process we started.
pub(crate) fn signal(pid: u32, signal: rustix::process::Signal) {
    let pid = rustix::process::Pid::from_raw(i32::try_from(pid).unwrap()).unwrap();
    rustix::process::kill_process(pid, signal).unwrap();
}

/// Whether something a test needs of the machine is there. Missing, it is a failure where `CI` is set and is said
/// loudly elsewhere.
pub(crate) fn available(what: &str, there: bool) -> bool {
    assert!(there || std::env::var_os("CI").is_none(), "{what} is required here");
    if !there {
        println!("SKIPPED: this test needs {what}");
    }
    there
}

/// Whether a command runs and succeeds.
pub(crate) fn succeeds(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Whether the long variants of tests were asked for.
pub(crate) fn in_full() -> bool {
    std::env::var_os("CENSUS_TEST_FULL").is_some()
}

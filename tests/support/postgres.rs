//! A PostgreSQL server for tests: started on first use, stopped when the test process ends, however it ends.
//!
//! Include it with `#[path = "../support/postgres.rs"] mod postgres;` and ask for a [`schema`]. `CENSUS_TEST_POSTGRES`
//! names a server to use instead. Without PostgreSQL on the machine there is none, which is a failure when `CI` or
//! `CENSUS_REQUIRE_POSTGRES` is set and is said loudly otherwise.
//!
//! Under plain `cargo test` the tests of a binary share one server; under nextest every test is a process with a server
//! of its own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::ffi::OsStr;
use std::io::Write as _;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{Connection as _, PgConnection, Postgres, QueryBuilder};

/// How long the server may take to start.
const PATIENCE: Duration = Duration::from_mins(1);

/// Runs the server until standard input ends, which it does when the test process ends, even by `kill -9`; then stops
/// it and removes its files. The arguments are the server program and the directory. The server to stop may be another
/// process than the one that was started, because a test may restart it.
const SUPERVISOR: &str = r#"
"$1" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=300 >"$2/log" 2>&1 &
cat >/dev/null
server=$(head -n 1 "$2/data/postmaster.pid")
kill -QUIT $server
while kill -0 $server 2>/dev/null; do sleep 0.05; done
rm -rf "$2"
"#;

/// An empty schema of the test server, dropped with this value.
pub(crate) struct Schema {
    /// Address of the database, with the schema as its search path.
    pub(crate) url: String,
    name: String,
}

/// A new schema on the test server; `None`, and a loud line, where there is no PostgreSQL.
pub(crate) fn schema() -> Option<Schema> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let server = server()?;
    let name = format!("census_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    run("DROP SCHEMA IF EXISTS ", &name, " CASCADE");
    run("CREATE SCHEMA ", &name, "");
    let separator = if server.contains('?') { '&' } else { '?' };
    Some(Schema { url: format!("{server}{separator}options[search_path]={name}"), name })
}

impl Drop for Schema {
    fn drop(&mut self) {
        run("DROP SCHEMA ", &self.name, " CASCADE");
    }
}

/// Ends whoever still uses the tables of a schema: a test that failed, or whose runtime had no time to hang up.
const END_USERS: &str = "SELECT COUNT(pg_terminate_backend(pid)) FROM pg_locks JOIN pg_class ON pg_class.oid = relation \
                         WHERE relnamespace = to_regnamespace($1) AND pid <> pg_backend_pid()";

/// Runs one statement on the server, on a thread of its own so that asynchronous tests may wait for it.
fn run(before: &'static str, schema: &str, after: &'static str) {
    let url = server().expect("a schema has a server");
    let work = async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::query(END_USERS).bind(schema).execute(&mut connection).await.unwrap();
        let mut statement = QueryBuilder::<Postgres>::new(before);
        statement.push(schema).push(after).build().execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    };
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    std::thread::scope(|scope| scope.spawn(|| runtime().block_on(work)).join()).unwrap();
}

/// Address of the test server.
fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(Server::find).as_ref().map(|server| server.url.as_str())
}

/// A running server.
pub(crate) struct Server {
    /// Address of its database.
    pub(crate) url: String,
    /// Holds the pipe whose end stops the server.
    _supervisor: Option<Child>,
}

impl Server {
    fn find() -> Option<Self> {
        if let Ok(url) = std::env::var("CENSUS_TEST_POSTGRES") {
            return Some(Self { url, _supervisor: None });
        }
        let Some(programs) = programs() else {
            let required = ["CI", "CENSUS_REQUIRE_POSTGRES"].iter().any(|name| std::env::var_os(name).is_some());
            assert!(!required, "PostgreSQL is required here: install it or set CENSUS_TEST_POSTGRES");
            // Not `println!`, which the test harness keeps to itself when a test passes.
            let _ = writeln!(std::io::stderr(), "SKIPPED: no PostgreSQL found; install it or set CENSUS_TEST_POSTGRES");
            return None;
        };
        Some(Self::start(&programs))
    }

    /// Starts a server with these programs, in a directory that its address names.
    pub(crate) fn start(programs: &Path) -> Self {
        let user = unprivileged();
        // Short, because the path of a socket may have about a hundred bytes.
        let directory = tempfile::Builder::new().prefix("census-pg-").tempdir_in("/tmp").unwrap();
        if let Some((uid, gid)) = user {
            chown(directory.path(), Some(uid), Some(gid)).unwrap();
        }
        let as_user = |program: &OsStr| {
            let mut command = Command::new(program);
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command.current_dir(directory.path());
            command
        };
        let initdb = as_user(programs.join("initdb").as_os_str())
            .args(["--username=census", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(directory.path().join("data"))
            .output()
            .unwrap();
        assert!(initdb.status.success(), "initdb: {}", String::from_utf8_lossy(&initdb.stderr));
        let supervisor = as_user("sh".as_ref())
            .args(["-c", SUPERVISOR, "supervisor"])
            .arg(programs.join("postgres"))
            .arg(directory.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Out of reach of Ctrl-C, which would end it before it has cleaned up.
            .process_group(0)
            .spawn()
            .unwrap();
        // The supervisor removes the directory.
        let directory = directory.keep();
        let socket = directory.to_str().unwrap().replace('/', "%2F");
        let server = Self { url: format!("postgres://census@{socket}/postgres"), _supervisor: Some(supervisor) };
        Self::wait_until_ready(programs, &directory);
        server
    }

    fn wait_until_ready(programs: &Path, directory: &Path) {
        let pause = Duration::from_millis(50);
        for _ in 0..PATIENCE.as_millis() / pause.as_millis() {
            let ready = Command::new(programs.join("pg_isready")).arg("-q").arg("-h").arg(directory).status().unwrap();
            if ready.success() {
                return;
            }
            std::thread::sleep(pause);
        }
        panic!("PostgreSQL did not start: {}", std::fs::read_to_string(directory.join("log")).unwrap_or_default());
    }
}

/// The directory of the server's programs: on the path, else the newest where Debian puts them.
pub(crate) fn programs() -> Option<PathBuf> {
    let complete = |directory: &PathBuf| {
        ["initdb", "postgres", "pg_isready"].iter().all(|program| directory.join(program).is_file())
    };
    let path = std::env::var_os("PATH").unwrap_or_default();
    if let Some(found) = std::env::split_paths(&path).find(complete) {
        return Some(found);
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |directory: &PathBuf| {
        directory.parent().and_then(Path::file_name).and_then(OsStr::to_str).and_then(|name| name.parse::<u32>().ok())
    };
    versions.flatten().map(|entry| entry.path().join("bin")).filter(complete).max_by_key(number)
}

/// User and group to run the server as when the tests run as root, which PostgreSQL refuses.
pub(crate) fn unprivileged() -> Option<(u32, u32)> {
    if number("-u", None)? != 0 {
        return None;
    }
    let user = ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| Some((number("-u", Some(name))?, number("-g", Some(name))?)));
    Some(user.expect("a user postgres or nobody to run PostgreSQL as"))
}

fn number(flag: &str, user: Option<&str>) -> Option<u32> {
    let output = Command::new("id").arg(flag).args(user).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

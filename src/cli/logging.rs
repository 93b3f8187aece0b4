//! The log: to standard error, without addresses, and without clock times that could date a report.

use tracing_subscriber::EnvFilter;

/// Starts logging: warnings and start-up lines, more with each `--verbose`. `RUST_LOG` wins.
pub(super) fn start(verbose: u8) {
    let level = match verbose {
        0 => "camera_census=info,warn",
        1 => "camera_census=debug,info",
        _ => "trace",
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(level));
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).without_time();
    // A second start, as in tests that run commands in one process, keeps the first logger.
    let _ = logger.with_ansi(false).with_target(false).try_init();
}

//! The commands of the walk-through in the README work, one after the other, as they stand there.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::{read, root};

const SECTION: &str = "## A walk-through";

/// The commands of the section, in order: lines that begin with `$ `, and the lines that continue them.
fn commands() -> Vec<String> {
    let readme = read("README.md");
    let section = readme.split_once(SECTION).unwrap().1;
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```console\n").skip(1).filter_map(|block| block.split("```").next());
    let mut commands: Vec<String> = Vec::new();
    for line in blocks.flat_map(str::lines) {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push(command.to_owned()),
            (None, Some(command)) => *command = format!("{command}\n{line}"),
            (None, None) => panic!("a block begins with {line}"),
        }
    }
    assert!(commands.len() > 8, "{commands:#?}");
    commands
}

/// One script of them: the server runs in the background until the script ends, on a port of its own.
fn script(port: u16) -> String {
    let mut script = String::from("set -euo pipefail\ntrap 'kill %1' EXIT\n");
    for command in commands() {
        let command = command.replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"));
        if command == "camera-census serve" {
            let _ = writeln!(script, "{command} >served &");
            let _ = writeln!(script, "for i in $(seq 300); do grep -q listening served && break; sleep 0.1; done");
        } else {
            let _ = writeln!(script, "{command}");
        }
    }
    script
}

#[test]
fn the_walk_through_of_the_readme_works_as_it_stands_there() {
    let home = tempfile::tempdir().unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_camera-census"));
    symlink(program, home.path().join("camera-census")).unwrap();
    symlink(root().join("samples"), home.path().join("samples")).unwrap();
    // An answer with an error status ends the script.
    std::fs::write(home.path().join(".curlrc"), "fail-with-body\nsilent\nshow-error\n").unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("bash")
        .args(["-c", &script(port)])
        .current_dir(home.path())
        .env("PATH", format!("{}:{path}", home.path().display()))
        .env("CURL_HOME", home.path())
        .env("CENSUS_LISTEN", format!("127.0.0.1:{port}"))
        .env_remove("CENSUS_DATABASE")
        .env_remove("CENSUS_DATA_DIR")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    for fact in [
        "120 sightings were added",
        "2000 sightings were added",
        "whole and unchanged",
        "\"pending\":1",
        "1 sightings approved",
    ] {
        assert!(said.contains(fact), "nothing says {fact}:\n{said}");
    }
}

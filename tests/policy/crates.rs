//! `deny.toml` over what cargo would build.

use serde::Deserialize;

use crate::licence::permits;
use crate::{output, read};

#[derive(Deserialize)]
struct Policy {
    graph: Graph,
    licenses: Licences,
    bans: Bans,
    sources: Sources,
}

#[derive(Deserialize)]
struct Graph {
    targets: Vec<String>,
}

#[derive(Deserialize)]
struct Licences {
    allow: Vec<String>,
}

#[derive(Deserialize)]
struct Bans {
    deny: Vec<Banned>,
}

#[derive(Deserialize)]
struct Banned {
    #[serde(rename = "crate")]
    name: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Sources {
    allow_registry: Vec<String>,
    allow_git: Vec<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
    workspace_members: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    license: Option<String>,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    req: String,
    source: Option<String>,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    source: Option<String>,
    checksum: Option<String>,
}

fn policy() -> Policy {
    toml::from_str(&read("deny.toml")).unwrap()
}

/// Ours and everything it is built from, tests and build scripts included.
fn metadata(policy: &Policy) -> Metadata {
    let mut arguments = vec!["metadata", "--format-version=1", "--locked", "--all-features"];
    // What is built here has been fetched; a crate for another system has perhaps not.
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    assert!(policy.graph.targets.contains(&host), "{host} is not among the targets of deny.toml");
    arguments.extend(["--filter-platform", host.as_str()]);
    serde_json::from_str(&output(env!("CARGO"), &arguments)).unwrap()
}

#[test]
fn every_crate_stands_under_an_allowed_licence() {
    let policy = policy();
    let metadata = metadata(&policy);
    let built: Vec<&Package> = metadata
        .packages
        .iter()
        .filter(|package| metadata.resolve.nodes.iter().any(|node| node.id == package.id))
        .collect();
    assert!(built.len() > 100, "cargo metadata tells of {} crates only", built.len());
    let others: Vec<String> = built
        .iter()
        .filter(|package| !package.license.as_ref().is_some_and(|it| permits(it, &policy.licenses.allow)))
        .map(|package| format!("{}: {}", package.name, package.license.as_deref().unwrap_or("no licence stated")))
        .collect();
    assert!(others.is_empty(), "not under a licence that deny.toml allows: {others:#?}");
}

#[test]
fn every_crate_is_pinned_comes_from_the_registry_and_none_is_banned() {
    let policy = policy();
    let lock: Lock = toml::from_str(&read("Cargo.lock")).unwrap();
    let registries: Vec<String> = policy.sources.allow_registry.iter().map(|url| format!("registry+{url}")).collect();
    assert!(policy.sources.allow_git.is_empty(), "no dependency comes from git");
    for package in &lock.package {
        if let Some(banned) = policy.bans.deny.iter().find(|banned| banned.name == package.name) {
            panic!("{} is banned: {}", package.name, banned.reason);
        }
        match &package.source {
            None => assert_eq!(package.name, env!("CARGO_PKG_NAME"), "a path dependency"),
            Some(source) => {
                assert!(registries.contains(source), "{} comes from another source", package.name);
                assert!(package.checksum.is_some(), "{} has no checksum", package.name);
            }
        }
    }
}

#[test]
fn what_we_ask_for_has_a_version_and_no_place_of_its_own() {
    let metadata = metadata(&policy());
    let ours = metadata.packages.iter().filter(|package| metadata.workspace_members.contains(&package.id));
    for dependency in ours.flat_map(|package| &package.dependencies) {
        assert_ne!(dependency.req, "*", "{} may have any version", dependency.name);
        assert!(
            dependency.source.as_ref().is_some_and(|source| source.starts_with("registry+")),
            "{} comes from a path or from git",
            dependency.name
        );
    }
}

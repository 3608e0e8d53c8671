//! `cargo xtask test`: what CI checks, in the order in which a mistake is cheapest to find.

use crate::{
    packages::{self, Need},
    steps::{Done, Failure, build_page, cargo, command, debug_bin, headless, npm, npm_ci, root, say, step},
};
use std::ffi::OsStr;

/// Rounds of the kill campaign on each run of the tests; the full campaign has 100.
const FEW_ROUNDS: &str = "5";

pub(crate) fn test() -> Done {
    packages::ensure_node()?;
    packages::ensure(&[Need::Window, Need::Headless, Need::Browser, Need::Office])?;
    step("format", cargo(&["fmt", "--all", "--check"]))?;
    // The shell embeds the built page, so the page comes before any Rust that sees the whole workspace.
    build_page()?;
    npm_ci("tests")?;
    step("types of the page", npm(&["run", "check"], "ui"))?;
    step("unit tests of the page", npm(&["test"], "ui"))?;
    // One build: one set of features, so that nothing is compiled twice.
    step("build, with clippy", linted(&["build", "--workspace", "--all-targets"]))?;
    step("Rust tests", linted(&["test", "--workspace", "--lib", "--bins", "--tests"]))?;
    step("browser tests", node_tests("browser", false)?)?;
    step("kill campaign, in short", campaign(FEW_ROUNDS))?;
    step("window tests", node_tests("window", true)?)?;
    say("\nAll steps passed.");
    Ok(())
}

/// `cargo` whose compiler for the workspace is clippy's, with its lints denied. `cargo clippy` does the same without keeping what
/// it compiles, so that all of the dependencies would be read twice.
fn linted(args: &[&str]) -> std::process::Command {
    let mut cargo = cargo(args);
    cargo.env("RUSTC_WORKSPACE_WRAPPER", format!("clippy-driver{}", std::env::consts::EXE_SUFFIX));
    // What `cargo clippy -- -D warnings` hands to its compiler, in the words in which it does.
    cargo.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    cargo
}

/// `cargo xtask campaign kill`.
pub(crate) fn campaign_kill(rounds: &str) -> Done {
    packages::ensure_node()?;
    step("build", cargo(&["build", "--package", "pvhcc-devserver"]))?;
    step("kill campaign", campaign(rounds))
}

fn campaign(rounds: &str) -> std::process::Command {
    let mut node = command("node", &["tests/campaign/kill.mjs", "--rounds", rounds], "");
    node.arg("--devserver").arg(debug_bin("pvhcc-devserver"));
    node
}

/// Node's test runner over the files of a folder; no file is a failure, not a pass.
fn node_tests(folder: &str, window: bool) -> Result<std::process::Command, Failure> {
    let dir = root().join("tests").join(folder);
    let name = format!("{folder} tests");
    let entries = dir.read_dir().map_err(|e| Failure::new(&name, format!("{}: {e}", dir.display())))?;
    let mut files: Vec<_> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Failure::new(&name, format!("no *.test.mjs in {}", dir.display())));
    }
    let fixed = ["--test", "--test-concurrency=1", "--test-reporter=spec"].map(OsStr::new);
    let args: Vec<&OsStr> = fixed.into_iter().chain(files.iter().map(|f| f.as_os_str())).collect();
    let mut node = if window {
        headless(OsStr::new("node"), &args)
    } else {
        let mut node = command("node", &[], "");
        node.args(&args);
        node
    };
    node.env("PVHCC_TEST_APP", debug_bin("pvhcc-desktop"))
        .env("PVHCC_TEST_DEVSERVER", debug_bin("pvhcc-devserver"));
    Ok(node)
}

/// `cargo xtask types`.
pub(crate) fn types() -> Done {
    let mut bless = cargo(&["test", "--package", "pvhcc-app", "--lib", "wire::export"]);
    bless.env("PVHCC_BLESS", "1");
    step("types", bless)
}

//! `cargo xtask bench`: each bound of speed and size that exists so far, as `name ratio bound ok|over`.
//!
//! Ratios of one run on one machine, medians of seven; the measures themselves live beside what they measure.

use crate::{
    packages,
    steps::{Done, build_page, cargo, command, headless, npm_ci, root, step, target},
};
use std::{ffi::OsStr, process::Command};

pub(crate) fn bench() -> Done {
    packages::ensure_node()?;
    packages::ensure(packages::ALL)?;
    build_page()?;
    npm_ci("tests")?;
    let python = matplotlib()?;
    step(
        "build",
        cargo(&[
            "build",
            "--release",
            "--package",
            "pvhcc-desktop",
            "--bins",
            "--example",
            "empty_window",
            "--package",
            "pvhcc-devserver",
            "--package",
            "pvhcc-cli",
            "--package",
            "pvhcc-tests",
            "--example",
            "bench_charts",
            "--example",
            "bench_commit",
        ]),
    )?;
    let release = target().join("release");
    // A bound that is over does not hide the others: each is measured, and the first failure is told at the end.
    let mut charts = Command::new(release.join("examples/bench_charts"));
    charts.arg(python).arg(root().join("tests/bench/charts.py"));
    let charts = step("charts", charts);
    let mut commit = Command::new(release.join("examples/bench_commit"));
    commit.current_dir(target());
    let commit = step("durable commit", commit);
    let script = root().join("tests/bench/window.mjs");
    let mut window = headless(OsStr::new("node"), &[script.as_os_str()]);
    window
        .env("PVHCC_TEST_APP", release.join("pvhcc-desktop"))
        .env("PVHCC_TEST_DEVSERVER", release.join("pvhcc-devserver"))
        .env("PVHCC_TEST_CLI", release.join("pvhcc"))
        .env("PVHCC_TEST_EMPTY", release.join("examples/empty_window"));
    let window = step("window", window);
    let mut grid = command("node", &["tests/bench/grid.mjs"], "");
    grid.env("PVHCC_TEST_DEVSERVER", release.join("pvhcc-devserver"));
    let grid = step("scrolling", grid);
    charts.and(commit).and(window).and(grid)
}

/// A Python of our own with matplotlib, kept below the target folder.
fn matplotlib() -> Result<std::path::PathBuf, crate::steps::Failure> {
    let venv = target().join("bench-venv");
    let python = venv.join("bin/python");
    let ready = Command::new(&python).args(["-c", "import matplotlib"]).output();
    if !ready.is_ok_and(|o| o.status.success()) {
        let mut create = command("python3", &["-m", "venv"], "");
        create.arg(&venv);
        step("matplotlib", create)?;
        let mut install =
            command(&python.to_string_lossy(), &["-m", "pip", "install", "--quiet", "matplotlib"], "");
        install.env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        step("matplotlib", install)?;
    }
    Ok(python)
}

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
    let python = python()?;
    let watchers = watchers()?;
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
            "--example",
            "bench_figures",
            "--example",
            "bench_intake",
            "--example",
            "bench_report",
        ]),
    )?;
    let release = target().join("release");
    // A bound that is over does not hide the others: each is measured, and the first failure is told at the end.
    let mut charts = Command::new(release.join("examples/bench_charts"));
    charts.arg(&python).arg(root().join("tests/bench/charts.py"));
    let charts = step("charts", charts);
    let mut figures = Command::new(release.join("examples/bench_figures"));
    figures.arg(&python).arg(root().join("tests/bench/figures.py"));
    let figures = step("dossier figures", figures);
    let mut commit = Command::new(release.join("examples/bench_commit"));
    commit.current_dir(target());
    let commit = step("durable commit", commit);
    let mut intake = Command::new(release.join("examples/bench_intake"));
    intake.current_dir(target());
    let intake = step("dossier intake", intake);
    let report = step("daily report", Command::new(release.join("examples/bench_report")));
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
    let mut watch = command("node", &["tests/bench/watch.mjs"], "");
    watch
        .env("PVHCC_TEST_DEVSERVER", release.join("pvhcc-devserver"))
        .env("PVHCC_TEST_CLI", release.join("pvhcc"));
    let watch = step("live watch", watch);
    let mut alerts = command("node", &["tests/bench/alerts.mjs"], "");
    alerts
        .env("PVHCC_TEST_DEVSERVER", release.join("pvhcc-devserver"))
        .env("PVHCC_TEST_WATCHERS", watchers.join("usr/bin"));
    let alerts = step("alerts", alerts);
    charts.and(figures).and(commit).and(intake).and(report).and(window).and(grid).and(watch).and(alerts)
}

/// What alerts are compared with, from Debian.
const WATCHERS: [&str; 3] = ["prometheus", "prometheus-alertmanager", "prometheus-blackbox-exporter"];

/// They are unpacked below the target folder: installed, they would run as services of this machine.
fn watchers() -> Result<std::path::PathBuf, crate::steps::Failure> {
    let folder = target().join("bench-watchers");
    if WATCHERS.iter().all(|name| folder.join("usr/bin").join(name).exists()) {
        return Ok(folder);
    }
    std::fs::create_dir_all(&folder)
        .map_err(|e| crate::steps::Failure::new("watchers", format!("{}: {e}", folder.display())))?;
    let mut fetch = Command::new("apt-get");
    fetch.arg("download").args(WATCHERS).current_dir(&folder);
    step("watchers", fetch)?;
    let mut unpack = Command::new("sh");
    unpack
        .args(["-c", "for file in *.deb; do dpkg-deb --extract \"$file\" . || exit 1; done"])
        .current_dir(&folder);
    step("watchers", unpack)?;
    Ok(folder)
}

/// What the measures are compared with, from PyPI.
const RIVALS: [&str; 2] = ["matplotlib", "duckdb"];

/// A Python of our own with them, kept below the target folder.
fn python() -> Result<std::path::PathBuf, crate::steps::Failure> {
    let venv = target().join("bench-venv");
    let python = venv.join("bin/python");
    let ready = Command::new(&python).args(["-c", &format!("import {}", RIVALS.join(", "))]).output();
    if !ready.is_ok_and(|o| o.status.success()) {
        let mut create = command("python3", &["-m", "venv"], "");
        create.arg(&venv);
        step("python", create)?;
        let mut install = command(&python.to_string_lossy(), &["-m", "pip", "install", "--quiet"], "");
        install.args(RIVALS).env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
        step("python", install)?;
    }
    Ok(python)
}

//! `cargo xtask run`: the dashboard on the training profile, in a window or, without a display, in pictures.

use crate::{
    packages::{self, Need},
    steps::{Done, build_page, cargo, debug_bin, headless, root, say, step, target},
};
use std::{ffi::OsStr, process::Command};

pub(crate) fn run() -> Done {
    let display = has_display();
    packages::ensure_node()?;
    packages::ensure(if display { &[Need::Window] } else { &[Need::Window, Need::Headless] })?;
    build_page()?;
    step("app", cargo(&["build", "--package", "pvhcc-desktop"]))?;
    let app = debug_bin("pvhcc-desktop");
    if display {
        let mut open = Command::new(app);
        open.arg("--training");
        return step("dashboard", open);
    }
    say("\nThere is no display: the dashboard runs under Xvfb, and each screen is written as a picture.");
    let script = root().join("tests/window/screens.mjs");
    let out = target().join("run");
    let args =
        [script.as_os_str(), OsStr::new("--app"), app.as_os_str(), OsStr::new("--out"), out.as_os_str()];
    step("screens", headless(OsStr::new("node"), &args))
}

fn has_display() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some_and(|v| !v.is_empty()))
}

//! Steps: a name, a command, and a stop at the first that fails.

use std::{
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

/// A step that did not work.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) step: String,
    pub(crate) why: String,
}

impl Failure {
    pub(crate) fn new(step: &str, why: impl Into<String>) -> Self {
        Self { step: step.to_owned(), why: why.into() }
    }
}

pub(crate) type Done = Result<(), Failure>;

/// One line (or several) to the terminal.
pub(crate) fn say(text: &str) {
    // A closed pipe is no reason to stop the work.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../..")
        .canonicalize()
        .unwrap_or_else(|_| PathBuf::from("."))
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program of the debug build.
pub(crate) fn debug_bin(name: &str) -> PathBuf {
    target().join("debug").join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// A command that runs in `dir`, below the repository.
pub(crate) fn command(program: &str, args: &[&str], dir: &str) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root().join(dir));
    command
}

/// Runs a step with its output shown; the exit code decides.
pub(crate) fn step(name: &str, mut command: Command) -> Done {
    say(&format!("\n== {name}: {}", line(&command)));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(name, format!("{} ended with {status}", line(&command)))),
        Err(problem) => Err(Failure::new(name, format!("{} did not start: {problem}", line(&command)))),
    }
}

/// `cargo` as it called us.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = command(&program, args, "");
    // What `cargo run` set for this program is not meant for the builds that it starts.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO_PKG_") || name == "CARGO_MANIFEST_DIR" {
            command.env_remove(name);
        }
    }
    command
}

/// `npm` in `dir`.
pub(crate) fn npm(args: &[&str], dir: &str) -> Command {
    command(if cfg!(windows) { "npm.cmd" } else { "npm" }, args, dir)
}

/// Packages as the lock file says, unless they were installed from this very lock file.
pub(crate) fn npm_ci(dir: &str) -> Done {
    let folder = root().join(dir);
    let changed = |path: &str| folder.join(path).metadata().and_then(|m| m.modified()).ok();
    let installed = changed("node_modules/.package-lock.json");
    if installed.is_some() && installed >= changed("package-lock.json") {
        return Ok(());
    }
    step(&format!("packages of {dir}"), npm(&["ci", "--no-audit", "--no-fund"], dir))
}

/// The page as the window embeds it.
pub(crate) fn build_page() -> Done {
    npm_ci("ui")?;
    step("page", npm(&["run", "build"], "ui"))
}

/// Wraps a command so that it has a display and a session bus of its own.
pub(crate) fn headless(program: &OsStr, args: &[&OsStr]) -> Command {
    let mut command = command(
        "xvfb-run",
        // The bus inside the display, so that what it starts finds the display too.
        &["-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"],
        "",
    );
    command.arg(program).args(args);
    command.env("TAURI_WEBVIEW_AUTOMATION", "true");
    command
}

/// A command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

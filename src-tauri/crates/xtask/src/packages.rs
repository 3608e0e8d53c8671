//! The system packages: the one list, and how they come onto the machine.

use crate::steps::{Done, Failure, command, say, step};
use std::{collections::BTreeSet, process::Command};

/// What a package is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Building and running the window.
    Window,
    /// Driving the window without a display.
    Headless,
    /// The browser of the browser tests and the bench.
    Browser,
    /// LibreOffice and poppler, with which tests open files that left the program.
    Office,
    /// What the bench measures against: matplotlib, DuckDB.
    Bench,
}

/// Everything.
pub(crate) const ALL: &[Need] = &[Need::Window, Need::Headless, Need::Browser, Need::Office, Need::Bench];

/// Debian's and Ubuntu's names.
const PACKAGES: &[(&str, Need)] = &[
    ("build-essential", Need::Window),
    ("pkg-config", Need::Window),
    ("libwebkit2gtk-4.1-dev", Need::Window),
    ("libgtk-3-dev", Need::Window),
    ("librsvg2-dev", Need::Window),
    ("libayatana-appindicator3-dev", Need::Window),
    ("libdbus-1-dev", Need::Window),
    ("xdg-utils", Need::Window),
    ("xvfb", Need::Headless),
    ("xauth", Need::Headless),
    ("dbus", Need::Headless),
    ("gnome-keyring", Need::Headless),
    ("webkit2gtk-driver", Need::Headless),
    // Draws in software what the window composes.
    ("libgl1-mesa-dri", Need::Headless),
    ("fonts-noto-core", Need::Headless),
    ("chromium", Need::Browser),
    ("libreoffice-calc-nogui", Need::Office),
    ("libreoffice-writer-nogui", Need::Office),
    ("poppler-utils", Need::Office),
    ("python3-venv", Need::Bench),
    ("bubblewrap", Need::Bench),
];

/// The oldest Node that Vite and the tests take.
const NODE: u32 = 20;

/// Installs what is missing of `needs`: as root at once, else through sudo after saying what; on a system without
/// apt it says what is needed and stops.
pub(crate) fn ensure(needs: &[Need]) -> Done {
    const STEP: &str = "system packages";
    if !cfg!(target_os = "linux") {
        return if cfg!(windows) { Ok(()) } else { Err(Failure::new(STEP, by_hand(&wanted(needs)))) };
    }
    if !works("dpkg-query", &["--version"]) || !works("apt-get", &["--version"]) {
        return Err(Failure::new(STEP, by_hand(&wanted(needs))));
    }
    let missing = missing(&wanted(needs));
    if missing.is_empty() {
        return Ok(());
    }
    let list = missing.join(" ");
    if is_root() {
        say(&format!("Installing system packages: {list}"));
        step(STEP, apt(command("apt-get", &["update"], "")))?;
        let mut install = command("apt-get", &["install", "-y", "--no-install-recommends"], "");
        install.args(&missing);
        step(STEP, apt(install))?;
    } else if works("sudo", &["--version"]) {
        say(&format!("These system packages are missing and will be installed through sudo: {list}"));
        step(STEP, command("sudo", &["apt-get", "update"], ""))?;
        let mut install = command(
            "sudo",
            &["DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends"],
            "",
        );
        install.args(&missing);
        step(STEP, install)?;
    } else {
        return Err(Failure::new(STEP, by_hand(&missing)));
    }
    let still = self::missing(&missing);
    if still.is_empty() { Ok(()) } else { Err(Failure::new(STEP, by_hand(&still))) }
}

/// Node is one of the two things a machine must bring itself.
pub(crate) fn ensure_node() -> Done {
    let output = Command::new("node").arg("--version").output();
    let version = output.map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned()).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse::<u32>().ok());
    match major {
        Some(major) if major >= NODE => Ok(()),
        _ => Err(Failure::new("node", format!("Node {NODE} or newer is needed; found: {version:?}"))),
    }
}

fn wanted(needs: &[Need]) -> Vec<&'static str> {
    PACKAGES.iter().filter(|(_, need)| needs.contains(need)).map(|(name, _)| *name).collect()
}

fn missing<'a>(names: &[&'a str]) -> Vec<&'a str> {
    let output = Command::new("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(names)
        .output();
    let text = output.map(|o| String::from_utf8_lossy(&o.stdout).into_owned()).unwrap_or_default();
    let installed: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    names.iter().copied().filter(|name| !installed.contains(name)).collect()
}

fn apt(mut command: Command) -> Command {
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn works(program: &str, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok_and(|o| o.status.success())
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.is_ok_and(|o| o.stdout.trim_ascii() == b"0")
}

fn by_hand(names: &[&str]) -> String {
    format!(
        "These packages (by their Debian names) are needed; please install them and start again:\n  {}",
        names.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_start_asks_for_nothing_that_only_tests_need() {
        let window = wanted(&[Need::Window]);
        assert!(window.contains(&"libwebkit2gtk-4.1-dev"));
        assert!(["chromium", "xvfb", "libreoffice-calc-nogui"].iter().all(|name| !window.contains(name)));
        assert_eq!(wanted(ALL).len(), PACKAGES.len());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_package_that_does_not_exist_is_missing() {
        assert_eq!(missing(&["pvhcc-no-such-package"]), ["pvhcc-no-such-package"]);
    }
}

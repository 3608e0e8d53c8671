//! What the command line and the environment say.

use crate::browser;
use clap::Parser;
use pvhcc_app::{Options, Profile, paths, wire::WireError};
use std::{path::PathBuf, sync::Arc};

/// The dashboard's window.
#[derive(Debug, Clone, Parser)]
#[command(version, about = "Bảng điều khiển tích hợp Cổng DVCQG")]
pub(crate) struct Args {
    /// Open the training profile (the default while the official one is not set up).
    #[arg(long, conflicts_with = "official")]
    training: bool,
    /// Open the official profile.
    #[arg(long)]
    official: bool,
    /// Settings file instead of the profile's own.
    #[arg(long, env = "PVHCC_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Data folder instead of the profile's own.
    #[arg(long, env = "PVHCC_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Program that opens links, instead of the system's browser.
    #[arg(long, env = "PVHCC_BROWSER", value_name = "COMMAND")]
    browser: Option<String>,
    /// Closing the window leaves the dashboard in the tray, where there is one.
    #[arg(long, env = "PVHCC_KEEP_IN_TRAY")]
    pub(crate) keep_in_tray: bool,
}

impl Args {
    pub(crate) fn read() -> Self {
        Self::parse()
    }

    /// The profile to open at the start.
    pub(crate) fn profile(&self) -> Profile {
        match (self.training, self.official) {
            (true, _) => Profile::Training,
            (_, true) => Profile::Official,
            // The last choice; before the first one, the official profile's first page offers both.
            (false, false) => pvhcc_app::remembered().unwrap_or(Profile::Official),
        }
    }

    /// The data folder of a profile.
    pub(crate) fn folder(&self, profile: Profile) -> Result<PathBuf, WireError> {
        match &self.data_dir {
            Some(dir) => Ok(dir.clone()),
            None => paths::profile(profile),
        }
    }

    /// The window's title; the profile stands first so that the task bar shows it too.
    pub(crate) fn title(profile: Profile) -> String {
        let profile = match profile {
            Profile::Training => "TẬP HUẤN",
            Profile::Official => "CHÍNH THỨC",
        };
        format!("{profile} · Bảng điều khiển tích hợp Cổng DVCQG")
    }

    pub(crate) fn options(&self, profile: Profile) -> Options {
        let command = self.browser.clone();
        Options {
            profile,
            config_path: self.config.clone(),
            data_dir: self.data_dir.clone(),
            sandbox_clock: None,
            scenario: None,
            open_browser: Arc::new(move |url| browser::open(command.as_deref(), url)),
            open_file: Arc::new(browser::open_file),
            poll: true,
            records: true,
            exclusive: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Args {
        Args::try_parse_from([&["pvhcc-desktop"], words].concat()).expect("parses")
    }

    #[test]
    fn the_title_names_the_profile() {
        assert!(Args::title(parse(&["--training"]).profile()).starts_with("TẬP HUẤN"));
        assert!(Args::title(parse(&["--official"]).profile()).starts_with("CHÍNH THỨC"));
    }

    #[test]
    fn both_profiles_at_once_are_refused() {
        assert!(Args::try_parse_from(["pvhcc-desktop", "--training", "--official"]).is_err());
    }

    #[test]
    fn a_data_folder_of_ones_own_is_taken_as_it_is() {
        let args = parse(&["--training", "--data-dir", "/some/where"]);
        assert_eq!(args.folder(args.profile()).expect("folder"), PathBuf::from("/some/where"));
    }
}

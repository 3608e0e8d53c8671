//! The timer and the start with the session as the settings page and `pvhcc remind` see them.

use super::{
    Machine, Programs, platform,
    timer::{Kept, Plan, State},
};
use crate::{
    App, messages, paths,
    profile::Profile,
    wire::{AppEvent, ErrorCode, SystemState, SystemTimerArgs, SystemTimerView, WireError},
};
use chrono::NaiveTime;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::sync::broadcast::error::RecvError;

/// What the settings of the profile remember: the system was asked once, and whoever switched it off is not asked again.
const ASKED: &str = "system.timer.asked";

impl App {
    pub(crate) async fn system_timer(&self) -> Result<SystemTimerView, WireError> {
        let times = self.reminder_times().await?;
        if self.0.profile == Profile::Training {
            return Ok(view(None, &times));
        }
        // Where the program is not beside this one there is nothing that could have been registered.
        let Ok(plan) = self.timer_plan(times.clone(), true) else {
            return Ok(view(Some(State { timer: Kept::No, autostart: Kept::No }), &times));
        };
        let state =
            self.ask(move |programs, scratch| Ok(platform::of(programs, scratch)?.state(&plan))).await?;
        Ok(view(Some(state), &times))
    }

    /// # Errors
    /// `Invalid` in the training profile; `Config` with what the system said, and then nothing is left of it.
    pub(crate) async fn system_timer_set(&self, args: SystemTimerArgs) -> Result<SystemTimerView, WireError> {
        if self.0.profile == Profile::Training {
            let why = "Hồ sơ tập huấn chạy theo đồng hồ giả lập nên không hẹn giờ với hệ điều hành. Hãy bật ở hồ sơ chính thức.";
            return Err(messages::invalid("timer", why));
        }
        let times = self.reminder_times().await?;
        let plan = self.timer_plan(times, args.autostart)?;
        self.ask(move |programs, scratch| {
            let system = platform::of(programs, scratch)?;
            if args.timer { system.install(&plan) } else { system.remove(&plan) }
        })
        .await?;
        self.note_asked().await?;
        self.emit(AppEvent::SettingsChanged);
        self.system_timer().await
    }

    /// Registers the timer and the start with the session once, for the window of a profile that is set up in its usual place;
    /// later only follows when the times of the reminders change. What the system refuses is logged: the window reminds too.
    pub fn register_with_system(&self) {
        let usual = paths::profile(Profile::Official).is_ok_and(|folder| folder == self.0.folder);
        if self.0.profile != Profile::Official || self.0.config.is_none() || !usual {
            return;
        }
        let (weak, mut changes) = (Arc::downgrade(&self.0), self.subscribe());
        tokio::spawn(async move {
            loop {
                {
                    let Some(inner) = weak.upgrade() else { return };
                    if let Err(problem) = App::of(inner).follow().await {
                        tracing::warn!(error = %problem.message, "the system was not asked to remind");
                    }
                }
                loop {
                    match changes.recv().await {
                        Ok(AppEvent::SettingsChanged) | Err(RecvError::Lagged(_)) => break,
                        Ok(_) => {}
                        Err(RecvError::Closed) => return,
                    }
                }
            }
        });
    }

    async fn follow(&self) -> Result<(), WireError> {
        let asked = self.0.store.setting(ASKED).await.map_err(|e| messages::store(&e))?.is_some();
        let plan = self.timer_plan(self.reminder_times().await?, true)?;
        if !asked {
            self.note_asked().await?;
        }
        self.ask(move |programs, scratch| {
            let system = platform::of(programs, scratch)?;
            let State { timer, autostart } = system.state(&plan);
            match timer {
                // Switched off by somebody, or as it should be.
                Kept::No if asked => Ok(()),
                Kept::Yes => Ok(()),
                _ => {
                    let window = plan.window.clone().filter(|_| !asked || autostart != Kept::No);
                    system.install(&Plan { window, ..plan })
                }
            }
        })
        .await
    }

    async fn note_asked(&self) -> Result<(), WireError> {
        self.0.store.put_setting(ASKED, "1").await.map_err(|e| messages::store(&e))
    }

    /// Asks the system on a thread that may wait.
    async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&dyn Programs, &Path) -> Result<T, String> + Send + 'static,
    ) -> Result<T, WireError> {
        let scratch = self.0.folder.clone();
        let asked = tokio::task::spawn_blocking(move || ask(&Machine, &scratch)).await;
        asked.map_err(|e| messages::builtin(&e))?.map_err(|said| {
            WireError::new(
                ErrorCode::Config,
                format!(
                    "{} không nhận hẹn giờ nhắc báo cáo: {said}. Cửa sổ và pvhcc watch vẫn nhắc khi đang chạy; hãy thử lại \
                     trong một phiên đăng nhập của máy này.",
                    platform::KEEPER
                ),
            )
            .with("reason", said)
        })
    }

    /// What the system is to be asked for.
    fn timer_plan(&self, times: Vec<NaiveTime>, autostart: bool) -> Result<Plan, WireError> {
        let folder = &self.0.folder;
        let mut place = Vec::new();
        if paths::profile(self.0.profile).ok().as_ref() != Some(folder) {
            place.extend(["--data-dir".to_owned(), folder.display().to_string()]);
        }
        if self.0.config_path != folder.join("config.toml") {
            place.extend(["--config".to_owned(), self.0.config_path.display().to_string()]);
        }
        let args =
            |words: &[&str]| words.iter().map(|word| (*word).to_owned()).chain(place.clone()).collect();
        let window = autostart.then(|| beside("pvhcc-desktop")).transpose()?;
        Ok(Plan {
            name: self.0.profile.folder().to_owned(),
            program: beside("pvhcc")?,
            args: args(&["report", "remind"]),
            times,
            window: window.map(|window| (window, args(&["--official", "--keep-in-tray"]))),
        })
    }
}

/// A program of ours: all of them stand in one folder.
fn beside(name: &str) -> Result<PathBuf, WireError> {
    let missing = |why: String| {
        let message = format!(
            "Không tìm thấy chương trình {name} cạnh chương trình này. Hãy cài đặt lại đủ bộ chương trình."
        );
        WireError::new(ErrorCode::Config, message).with("reason", why)
    };
    let own = std::env::current_exe().map_err(|e| missing(e.to_string()))?;
    let path = own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if path.is_file() { Ok(path) } else { Err(missing(path.display().to_string())) }
}

fn view(state: Option<State>, times: &[NaiveTime]) -> SystemTimerView {
    let told = |kept: Kept| match kept {
        Kept::Yes => SystemState::On,
        Kept::Otherwise => SystemState::Outdated,
        Kept::No => SystemState::Off,
    };
    let times: Vec<String> = times.iter().map(|time| time.format("%H:%M").to_string()).collect();
    let at = times.join(", ");
    let (timer, autostart) =
        state.map_or((SystemState::Never, SystemState::Never), |s| (told(s.timer), told(s.autostart)));
    let keeper = platform::KEEPER;
    SystemTimerView {
        text: match timer {
            SystemState::On => format!("{keeper} nhắc lúc {at} hằng ngày, kể cả khi cửa sổ đã đóng."),
            SystemState::Outdated => {
                format!("{keeper} đang hẹn giờ khác với quy định ({at}) hoặc đang dừng. Hãy bật lại.")
            }
            SystemState::Off => {
                "Chưa hẹn giờ với hệ điều hành: cửa sổ đóng thì không có lời nhắc.".to_owned()
            }
            SystemState::Never => "Hồ sơ tập huấn chạy theo đồng hồ giả lập; chỉ cửa sổ nhắc.".to_owned(),
        },
        timer,
        autostart,
        times,
        keeper: keeper.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_registered_is_never_said_to_remind() {
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").expect("a time");
        let times = [time("13:30"), time("14:50")];
        let said = |timer| view(Some(State { timer, autostart: Kept::No }), &times);
        assert!(said(Kept::Yes).text.contains("nhắc lúc 13:30, 14:50 hằng ngày"));
        for (kept, state) in [(Kept::No, SystemState::Off), (Kept::Otherwise, SystemState::Outdated)] {
            assert_eq!(said(kept).timer, state);
            assert!(!said(kept).text.contains("hằng ngày"), "{}", said(kept).text);
        }
        assert_eq!(view(None, &times).timer, SystemState::Never);
    }
}

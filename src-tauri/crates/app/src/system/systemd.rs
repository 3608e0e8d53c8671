//! A systemd user timer, and the session's autostart folder.

use super::{
    Programs,
    timer::{Kept, Plan, State, utc},
};
use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// What people call it.
pub(super) const KEEPER: &str = "systemd";

/// This user's.
///
/// # Errors
/// When there is no home folder.
pub(super) fn of<'a>(programs: &'a dyn Programs, _: &Path) -> Result<Systemd<'a>, String> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let config = folder("XDG_CONFIG_HOME").or_else(|| folder("HOME").map(|home| home.join(".config")));
    Ok(Systemd {
        config: config.ok_or("không có thư mục riêng của người dùng (HOME)")?, programs
    })
}

/// Where a user's settings are, and who is asked.
pub(super) struct Systemd<'a> {
    /// `~/.config`.
    pub(super) config: PathBuf,
    pub(super) programs: &'a dyn Programs,
}

impl Systemd<'_> {
    /// Writes the units and the autostart entry and switches the timer on.
    ///
    /// # Errors
    /// What the system said; then nothing of it is left.
    pub(super) fn install(&self, plan: &Plan) -> Result<(), String> {
        let switched = self.write(plan).map_err(|e| e.to_string()).and_then(|()| {
            self.systemctl(&["daemon-reload"])?;
            self.systemctl(&["enable", "--now", &timer_name(plan)])?;
            // One that runs keeps its old times until it is started anew.
            self.systemctl(&["restart", &timer_name(plan)])
        });
        switched.map(drop).inspect_err(|_| drop(self.delete(plan)))
    }

    /// Switches the timer off and takes everything away.
    ///
    /// # Errors
    /// A file that cannot be deleted.
    pub(super) fn remove(&self, plan: &Plan) -> Result<(), String> {
        // Without a session there is no timer running that would have to be stopped.
        let _ = self.systemctl(&["disable", "--now", &timer_name(plan)]);
        self.delete(plan).map_err(|e| e.to_string())?;
        let _ = self.systemctl(&["daemon-reload"]);
        Ok(())
    }

    pub(super) fn state(&self, plan: &Plan) -> State {
        let active = self.systemctl(&["is-active", &timer_name(plan)]).is_ok_and(|said| said == "active");
        let as_planned = self.holds(&self.unit(&service_name(plan)), &service(plan))
            && self.holds(&self.unit(&timer_name(plan)), &timer(plan));
        let timer = match (self.unit(&timer_name(plan)).exists(), active && as_planned) {
            (false, _) => Kept::No,
            (true, true) => Kept::Yes,
            (true, false) => Kept::Otherwise,
        };
        let entry = self.entry(plan);
        let autostart = match desktop_entry(plan) {
            _ if !entry.exists() => Kept::No,
            Some(text) if self.holds(&entry, &text) => Kept::Yes,
            _ => Kept::Otherwise,
        };
        State { timer, autostart }
    }

    fn systemctl(&self, args: &[&str]) -> Result<String, String> {
        self.programs.run("systemctl", &[&["--user"], args].concat())
    }

    fn unit(&self, name: &str) -> PathBuf {
        self.config.join("systemd/user").join(name)
    }

    fn entry(&self, plan: &Plan) -> PathBuf {
        self.config.join("autostart").join(format!("pvhcc-{}.desktop", plan.name))
    }

    fn holds(&self, path: &Path, text: &str) -> bool {
        fs::read_to_string(path).is_ok_and(|there| there == text)
    }

    fn write(&self, plan: &Plan) -> io::Result<()> {
        put(&self.unit(&service_name(plan)), &service(plan))?;
        put(&self.unit(&timer_name(plan)), &timer(plan))?;
        match desktop_entry(plan) {
            Some(text) => put(&self.entry(plan), &text),
            None => gone(&self.entry(plan)),
        }
    }

    fn delete(&self, plan: &Plan) -> io::Result<()> {
        gone(&self.unit(&timer_name(plan)))?;
        gone(&self.unit(&service_name(plan)))?;
        gone(&self.entry(plan))
    }
}

fn put(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

fn gone(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn service_name(plan: &Plan) -> String {
    format!("pvhcc-remind-{}.service", plan.name)
}

fn timer_name(plan: &Plan) -> String {
    format!("pvhcc-remind-{}.timer", plan.name)
}

/// 1 is an answer ("not sent"), not a failure.
fn service(plan: &Plan) -> String {
    let words = std::iter::once(plan.program.to_string_lossy().into_owned()).chain(plan.args.iter().cloned());
    let line: Vec<String> = words.map(|word| unit_word(&word)).collect();
    format!(
        "[Unit]\nDescription=Nhắc gửi báo cáo ngày (PVHCC)\n\n[Service]\nType=oneshot\nExecStart={}\n\
         SuccessExitStatus=1\nTimeoutStartSec=120\n",
        line.join(" ")
    )
}

/// Fired to the second, and at the next start when the machine slept.
fn timer(plan: &Plan) -> String {
    let mut text = "[Unit]\nDescription=Giờ nhắc gửi báo cáo ngày (PVHCC)\n\n[Timer]\n".to_owned();
    for time in &plan.times {
        let _ = writeln!(text, "OnCalendar=*-*-* {} UTC", utc(*time).format("%H:%M:%S"));
    }
    text + "AccuracySec=1s\nPersistent=true\n\n[Install]\nWantedBy=timers.target\n"
}

/// A word of `ExecStart`: quoted, without anything that systemd would put in.
fn unit_word(word: &str) -> String {
    let escaped = word.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%").replace('$', "$$");
    format!("\"{escaped}\"")
}

/// The window with the session; it leaves itself in the tray when it is closed.
fn desktop_entry(plan: &Plan) -> Option<String> {
    let (window, args) = plan.window.as_ref()?;
    let words = std::iter::once(window.to_string_lossy().into_owned()).chain(args.iter().cloned());
    let line: Vec<String> = words.map(|word| entry_word(&word)).collect();
    Some(format!(
        "[Desktop Entry]\nType=Application\nName=Bảng điều khiển PVHCC\nExec={}\nTerminal=false\n\
         X-GNOME-Autostart-enabled=true\n",
        line.join(" ")
    ))
}

/// A word of `Exec`: quoted, and the whole line is read once more as a string.
fn entry_word(word: &str) -> String {
    let mut quoted = String::from('"');
    for letter in word.chars() {
        match letter {
            '"' | '`' | '$' => {
                quoted.push_str("\\\\");
                quoted.push(letter);
            }
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            _ => quoted.push(letter),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::{
        super::timer::tests::{Recorder, plan, time},
        *,
    };

    fn at<'a>(folder: &tempfile::TempDir, programs: &'a Recorder) -> Systemd<'a> {
        Systemd { config: folder.path().to_path_buf(), programs }
    }

    fn running() -> Recorder {
        Recorder { answers: vec![("is-active", "active")], ..Recorder::default() }
    }

    #[test]
    fn what_is_installed_is_told_and_taken_away_without_a_trace() {
        let folder = tempfile::tempdir().expect("folder");
        let programs = running();
        let systemd = at(&folder, &programs);
        assert_eq!(systemd.state(&plan()), State { timer: Kept::No, autostart: Kept::No });
        systemd.install(&plan()).expect("installed");
        assert_eq!(systemd.state(&plan()), State { timer: Kept::Yes, autostart: Kept::Yes });
        let asked = programs.asked.lock().expect("no panic").clone();
        assert!(
            asked.contains(&"systemctl --user enable --now pvhcc-remind-official.timer".to_owned()),
            "{asked:?}"
        );

        let later = Plan { times: vec![time("14:00")], window: None, ..plan() };
        assert_eq!(systemd.state(&later), State { timer: Kept::Otherwise, autostart: Kept::Otherwise });
        systemd.install(&later).expect("changed");
        assert_eq!(systemd.state(&later), State { timer: Kept::Yes, autostart: Kept::No });
        systemd.remove(&later).expect("removed");
        assert_eq!(systemd.state(&later).timer, Kept::No);
        let left = |under: &str| fs::read_dir(folder.path().join(under)).expect("folder").count();
        assert_eq!((left("systemd/user"), left("autostart")), (0, 0));
    }

    #[test]
    fn where_the_system_refuses_nothing_is_left_and_its_words_are_told() {
        let folder = tempfile::tempdir().expect("folder");
        let programs = Recorder { refuses: Some("enable"), ..Recorder::default() };
        let systemd = at(&folder, &programs);
        let problem = systemd.install(&plan()).expect_err("refused");
        assert!(problem.contains("Failed to connect to bus"), "{problem}");
        assert_eq!(systemd.state(&plan()), State { timer: Kept::No, autostart: Kept::No });
    }

    #[test]
    fn a_timer_that_does_not_run_is_not_as_planned() {
        let folder = tempfile::tempdir().expect("folder");
        at(&folder, &running()).install(&plan()).expect("installed");
        let stopped = Recorder { refuses: Some("is-active"), ..Recorder::default() };
        assert_eq!(at(&folder, &stopped).state(&plan()).timer, Kept::Otherwise);
    }

    #[test]
    fn units_say_when_in_utc_and_take_no_word_apart() {
        let (service, timer) = (service(&plan()), timer(&plan()));
        assert!(
            service.contains(
                "ExecStart=\"/opt/trung tâm/pvhcc\" \"report\" \"remind\" \"--data-dir\" \"/srv/a \\\"b\\\" 100%%\"\n"
            ),
            "{service}"
        );
        assert!(timer.contains("OnCalendar=*-*-* 06:30:00 UTC\nOnCalendar=*-*-* 07:50:00 UTC\n"), "{timer}");
        assert!(timer.contains("Persistent=true") && service.contains("SuccessExitStatus=1"));
        assert_eq!(entry_word("a \"b\" 100% $c\\"), "\"a \\\\\"b\\\\\" 100%% \\\\$c\\\\\\\\\"");
    }

    #[test]
    fn systemd_itself_finds_nothing_wrong_with_the_units() {
        let folder = tempfile::tempdir().expect("folder");
        // The program must be there to be found right.
        let plan = Plan { program: "/bin/true".into(), ..plan() };
        at(&folder, &running()).install(&plan).expect("installed");
        let units = ["timer", "service"]
            .map(|kind| folder.path().join(format!("systemd/user/pvhcc-remind-official.{kind}")));
        let words: Vec<&str> =
            ["verify", "--user"].into_iter().chain(units.iter().filter_map(|u| u.to_str())).collect();
        match super::super::Machine.run("systemd-analyze", &words) {
            // Elsewhere there may be no systemd at all.
            Err(said) if said.starts_with("systemd-analyze:") => {}
            said => {
                let said = said.unwrap_or_else(|e| e);
                assert!(!said.contains("pvhcc-remind"), "{said}");
            }
        }
    }
}

//! The Task Scheduler and the user's own `Run` key. Not tried on a real machine: see the README.

use super::{
    Programs,
    timer::{Kept, Plan, State, utc},
};
use std::{fmt::Write as _, fs, path::PathBuf};

/// What people call it.
#[cfg(windows)]
pub(super) const KEEPER: &str = "Task Scheduler";

/// This user's.
#[cfg(windows)]
pub(super) fn of<'a>(programs: &'a dyn Programs, scratch: &std::path::Path) -> Result<Scheduler<'a>, String> {
    Ok(Scheduler { scratch: scratch.to_path_buf(), programs })
}

const RUN: &str = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run";

/// Who is asked, and where a file may be put for as long as that takes.
pub(super) struct Scheduler<'a> {
    pub(super) scratch: PathBuf,
    pub(super) programs: &'a dyn Programs,
}

impl Scheduler<'_> {
    /// Registers the task, and the window in the `Run` key.
    ///
    /// # Errors
    /// What the system said.
    pub(super) fn install(&self, plan: &Plan) -> Result<(), String> {
        let file = self.scratch.join(format!("{}.xml", value_name(plan)));
        fs::create_dir_all(&self.scratch)
            .and_then(|()| fs::write(&file, utf16(&task(plan))))
            .map_err(|e| e.to_string())?;
        let path = file.to_string_lossy();
        let made = self.programs.run("schtasks", &["/Create", "/F", "/TN", &task_name(plan), "/XML", &path]);
        // What is left of it is overwritten the next time.
        let _ = fs::remove_file(&file);
        made?;
        match run_line(plan) {
            Some(line) => {
                let args = ["add", RUN, "/v", &value_name(plan), "/t", "REG_SZ", "/d", &line, "/f"];
                self.programs.run("reg", &args).map(drop)
            }
            None => {
                let _ = self.programs.run("reg", &["delete", RUN, "/v", &value_name(plan), "/f"]);
                Ok(())
            }
        }
    }

    /// Takes both away.
    ///
    /// # Errors
    /// What the system said of a task that is there.
    pub(super) fn remove(&self, plan: &Plan) -> Result<(), String> {
        let _ = self.programs.run("reg", &["delete", RUN, "/v", &value_name(plan), "/f"]);
        if self.programs.run("schtasks", &["/Query", "/TN", &task_name(plan)]).is_err() {
            return Ok(());
        }
        self.programs.run("schtasks", &["/Delete", "/F", "/TN", &task_name(plan)]).map(drop)
    }

    pub(super) fn state(&self, plan: &Plan) -> State {
        let kept = |said: Result<String, String>, wanted: &[String]| match said {
            Err(_) => Kept::No,
            Ok(said) if wanted.iter().all(|part| said.contains(part.as_str())) => Kept::Yes,
            Ok(_) => Kept::Otherwise,
        };
        let mut wanted: Vec<String> = plan.times.iter().map(|time| boundary(*time)).collect();
        wanted.push(escape(&plan.program.to_string_lossy()));
        let timer =
            kept(self.programs.run("schtasks", &["/Query", "/XML", "/TN", &task_name(plan)]), &wanted);
        let line: Vec<String> = run_line(plan).into_iter().collect();
        let autostart = kept(self.programs.run("reg", &["query", RUN, "/v", &value_name(plan)]), &line);
        State { timer, autostart }
    }
}

fn value_name(plan: &Plan) -> String {
    format!("pvhcc-{}", plan.name)
}

fn task_name(plan: &Plan) -> String {
    format!(r"PVHCC\pvhcc-remind-{}", plan.name)
}

/// An instant far enough back; with the zone, the task runs by UTC whatever the machine's zone.
fn boundary(time: chrono::NaiveTime) -> String {
    format!("2026-01-01T{}Z", utc(time).format("%H:%M:%S"))
}

fn task(plan: &Plan) -> String {
    let mut triggers = String::new();
    for time in &plan.times {
        let _ = write!(
            triggers,
            "<CalendarTrigger><StartBoundary>{}</StartBoundary><Enabled>true</Enabled>\
             <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger>",
            boundary(*time)
        );
    }
    let args: Vec<String> = plan.args.iter().map(|arg| quote(arg)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\
         <Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">\
         <RegistrationInfo><Description>Nhắc gửi báo cáo ngày (PVHCC)</Description></RegistrationInfo>\
         <Triggers>{triggers}</Triggers>\
         <Principals><Principal id=\"Author\"><LogonType>InteractiveToken</LogonType>\
         <RunLevel>LeastPrivilege</RunLevel></Principal></Principals>\
         <Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>\
         <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries><StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>\
         <StartWhenAvailable>true</StartWhenAvailable><ExecutionTimeLimit>PT5M</ExecutionTimeLimit></Settings>\
         <Actions Context=\"Author\"><Exec><Command>{}</Command><Arguments>{}</Arguments></Exec></Actions></Task>",
        escape(&plan.program.to_string_lossy()),
        escape(&args.join(" "))
    )
}

fn run_line(plan: &Plan) -> Option<String> {
    let (window, args) = plan.window.as_ref()?;
    let words = std::iter::once(window.to_string_lossy().into_owned()).chain(args.iter().cloned());
    Some(words.map(|word| quote(&word)).collect::<Vec<_>>().join(" "))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A word as `CommandLineToArgvW` takes it apart: backslashes before a quote, and at the end, are doubled.
fn quote(word: &str) -> String {
    if !word.is_empty() && !word.contains([' ', '\t', '"']) {
        return word.to_owned();
    }
    let (mut quoted, mut slashes) = (String::from('"'), 0);
    for letter in word.chars() {
        match letter {
            '\\' => slashes += 1,
            '"' => {
                quoted.push_str(&"\\".repeat(slashes * 2 + 1));
                quoted.push('"');
                slashes = 0;
                continue;
            }
            _ => {
                quoted.push_str(&"\\".repeat(slashes));
                slashes = 0;
            }
        }
        if letter != '\\' {
            quoted.push(letter);
        }
    }
    quoted + &"\\".repeat(slashes * 2) + "\""
}

/// As `schtasks` reads files: little-endian, with its mark.
fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::timer::tests::{Recorder, plan},
        *,
    };

    #[test]
    fn the_task_says_when_in_utc_and_what_to_call() {
        let xml = task(&plan());
        assert_eq!(xml.matches("<CalendarTrigger>").count(), 3);
        assert!(xml.contains("<StartBoundary>2026-01-01T06:30:00Z</StartBoundary>"), "{xml}");
        assert!(xml.contains("<StartWhenAvailable>true"), "a machine that slept reminds when it wakes");
        assert!(
            xml.contains("report remind --data-dir &quot;/srv/a \\&quot;b\\&quot; 100%&quot;</Arguments>"),
            "{xml}"
        );
        assert_eq!(&utf16("a")[..], [0xFF, 0xFE, b'a', 0]);
    }

    #[test]
    fn words_are_quoted_as_the_system_takes_them_apart() {
        assert_eq!(quote(r"C:\Program Files\pvhcc\"), r#""C:\Program Files\pvhcc\\""#);
        assert_eq!(quote(r#"a\"b"#), r#""a\\\"b""#);
        assert_eq!((quote("--official"), quote("")), ("--official".to_owned(), "\"\"".to_owned()));
    }

    #[test]
    fn it_is_registered_told_and_taken_away() {
        let folder = tempfile::tempdir().expect("folder");
        let programs = Recorder::default();
        let scheduler = Scheduler { scratch: folder.path().to_path_buf(), programs: &programs };
        scheduler.install(&plan()).expect("registered");
        assert_eq!(fs::read_dir(folder.path()).expect("folder").count(), 0, "no file is left");
        scheduler.remove(&plan()).expect("removed");
        let asked = programs.asked.lock().expect("no panic").join("\n");
        for call in [
            "schtasks /Create /F /TN PVHCC\\pvhcc-remind-official /XML",
            "reg add",
            "reg delete",
            "schtasks /Delete",
        ] {
            assert!(asked.contains(call), "{asked}");
        }
        let absent = Recorder { refuses: Some("/Query"), ..Recorder::default() };
        let scheduler = Scheduler { scratch: folder.path().to_path_buf(), programs: &absent };
        assert_eq!(scheduler.state(&plan()).timer, Kept::No);
        scheduler.remove(&plan()).expect("nothing to remove is no failure");
    }
}

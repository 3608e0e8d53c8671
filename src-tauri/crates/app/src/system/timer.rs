//! What the timer is to do, whatever system keeps it.

use chrono::NaiveTime;
use pvhcc_domain::time::PROVINCE_OFFSET_SECONDS;
use std::path::PathBuf;

/// What the system is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Tells this profile's timer from another's: `official`.
    pub(crate) name: String,
    /// `pvhcc`.
    pub(crate) program: PathBuf,
    /// What it is called with: `report remind`, and where the profile is.
    pub(crate) args: Vec<String>,
    /// When, every day, by the province's clock.
    pub(crate) times: Vec<NaiveTime>,
    /// The window, to be started with the session; `None` leaves that alone.
    pub(crate) window: Option<(PathBuf, Vec<String>)>,
}

/// What the system does now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// As planned.
    Yes,
    /// Something else than planned: other times, another place of the program.
    Otherwise,
    /// Nothing.
    No,
}

/// What is kept of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    /// The timer.
    pub(crate) timer: Kept,
    /// The start with the session.
    pub(crate) autostart: Kept,
}

/// A time of the province as one of UTC: the machine's zone may be another.
pub(super) fn utc(time: NaiveTime) -> NaiveTime {
    time.overflowing_sub_signed(chrono::TimeDelta::seconds(PROVINCE_OFFSET_SECONDS.into())).0
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::system::Programs;
    use std::sync::Mutex;

    pub(in crate::system) fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
    }

    pub(in crate::system) fn plan() -> Plan {
        Plan {
            name: "official".into(),
            program: "/opt/trung tâm/pvhcc".into(),
            args: ["report", "remind", "--data-dir", "/srv/a \"b\" 100%"].map(String::from).to_vec(),
            times: ["13:30", "14:50", "15:00"].map(time).to_vec(),
            window: Some(("/opt/trung tâm/pvhcc-desktop".into(), vec!["--official".into()])),
        }
    }

    /// Programs that answer as told and remember what they were asked.
    #[derive(Default)]
    pub(in crate::system) struct Recorder {
        pub(in crate::system) asked: Mutex<Vec<String>>,
        /// Calls that contain this fail.
        pub(in crate::system) refuses: Option<&'static str>,
        /// Answers by what the call contains.
        pub(in crate::system) answers: Vec<(&'static str, &'static str)>,
    }

    impl Programs for Recorder {
        fn run(&self, program: &str, args: &[&str]) -> Result<String, String> {
            let call = format!("{program} {}", args.join(" "));
            self.asked.lock().expect("no panic").push(call.clone());
            if self.refuses.is_some_and(|part| call.contains(part)) {
                return Err("Failed to connect to bus".into());
            }
            let answer = self.answers.iter().find(|(part, _)| call.contains(part));
            Ok(answer.map(|(_, text)| (*text).to_owned()).unwrap_or_default())
        }
    }

    #[test]
    fn a_time_of_the_province_is_the_same_instant_in_utc() {
        assert_eq!((utc(time("13:30")), utc(time("06:00"))), (time("06:30"), time("23:00")));
    }
}

//! On which days a report is due and until when, what became of each, and which ask for a reason.

use super::Of;
use crate::{
    App, messages,
    profile::Profile,
    rules::{self, REPORT_DAYS, REPORT_DEADLINE, REPORT_REMINDERS},
    training,
    wire::{DeadlineState, DeadlineView, ReportStatusView, WireError},
    words,
};
use chrono::{Days, NaiveDate, NaiveTime};
use pvhcc_domain::{
    calendar::Calendar,
    report::{
        Cadence,
        deadline::{self, DueDays, LOUDEST, Verdict, parse_time, parse_times, verdict},
        state::{ReportState, Reports, Stage},
    },
    time::Ms,
};
use std::sync::Arc;

/// Farthest that the next due day is looked for.
const FARTHEST_AHEAD: u64 = 60;

/// When reports are due: the rules as they were on each day, the calendar, and since when the profile is used.
pub(super) struct Dues {
    /// Day of the first act of a person.
    used_since: Option<NaiveDate>,
    deadlines: Vec<(Ms, NaiveTime)>,
    days: Vec<(Ms, DueDays)>,
    reminders: Vec<(Ms, Vec<NaiveTime>)>,
    calendar: Calendar,
}

/// What stands of a rule's course at an instant.
fn standing<T>(course: &[(Ms, T)], at: Ms) -> Option<&T> {
    course.iter().rfind(|(since, _)| *since <= at).map(|(_, value)| value)
}

impl Dues {
    /// The deadline of a day, whether a report is due on it or not.
    pub(super) fn deadline(&self, day: NaiveDate) -> Ms {
        deadline::deadline(day, &self.deadlines)
    }

    /// Times at which the report of a day is asked for, in order.
    pub(super) fn reminders(&self, day: NaiveDate, now: Ms) -> &[NaiveTime] {
        standing(&self.reminders, now.min(self.deadline(day))).map_or(&[], Vec::as_slice)
    }

    /// A report of the day is asked for: by the rule, and since the profile is used.
    pub(super) fn asked(&self, day: NaiveDate) -> bool {
        let by_rule =
            standing(&self.days, self.deadline(day)).is_some_and(|days| days.contains(day, &self.calendar));
        by_rule && self.used_since.is_none_or(|since| day >= since)
    }

    /// First day that can be late or missing: a profile set up in the afternoon owes nothing for that day.
    pub(super) fn owed_since(&self) -> Option<NaiveDate> {
        self.used_since?.succ_opt()
    }

    /// What became of a day.
    pub(super) fn verdict(&self, day: NaiveDate, state: Option<&ReportState>, now: Ms) -> Verdict {
        let deadline = self.deadline(day);
        let owed = self.owed_since().is_some_and(|since| day >= since);
        let due = self.asked(day) && (owed || now < deadline);
        verdict(due, deadline, state.and_then(|s| s.first_sent), now)
    }

    /// Days before today that are late or missing without a reason, and today if it was sent late without one; the latest first.
    pub(super) fn asking(&self, reports: &Reports, now: Ms) -> Vec<NaiveDate> {
        let (Some(since), today) = (self.owed_since(), now.day()) else { return Vec::new() };
        let asks = |day: &NaiveDate| {
            let state = reports.get(day);
            let verdict = self.verdict(*day, state, now);
            asks_reason(verdict, state) && (*day < today || verdict == Verdict::Late)
        };
        let mut days: Vec<NaiveDate> =
            since.iter_days().take_while(|day| *day <= today).filter(asks).collect();
        days.reverse();
        days
    }

    pub(super) fn is_working(&self, day: NaiveDate) -> bool {
        self.calendar.is_working(day)
    }
}

/// Late or missing, and nobody has said why.
pub(super) fn asks_reason(verdict: Verdict, state: Option<&ReportState>) -> bool {
    verdict.needs_reason() && state.is_none_or(|s| s.excused.is_none())
}

/// Today's report and what is asked of it.
pub(crate) struct Today {
    pub(super) day: NaiveDate,
    pub(super) dues: Dues,
    pub(super) reports: Arc<Reports>,
    pub(super) verdict: Verdict,
    pub(super) now: Ms,
}

impl Today {
    pub(super) fn state(&self) -> Option<&ReportState> {
        self.reports.get(&self.day)
    }

    fn stage(&self) -> Stage {
        self.state().map_or(Stage::None, ReportState::stage)
    }

    fn excused(&self) -> bool {
        self.state().is_some_and(|s| s.excused.is_some())
    }

    /// It has to be sent, and is neither sent nor excused.
    pub(super) fn waits(&self) -> bool {
        matches!(self.verdict, Verdict::Open | Verdict::Missing) && !self.excused()
    }

    /// In one sentence, where it stands.
    pub(super) fn sentence(&self) -> String {
        let title = Of { cadence: Cadence::Daily, day: self.day }.title();
        let deadline = self.dues.deadline(self.day);
        let (by, stage) = (words::moment(deadline, self.now), stage_words(self.stage()));
        let sent = self.state().and_then(|s| s.first_sent).map(|at| words::moment(at, self.now));
        match (self.verdict, sent) {
            (Verdict::OnTime, Some(sent)) => format!("{title} đã gửi lúc {sent}, đúng hạn."),
            (Verdict::Late, Some(sent)) => format!("{title} đã gửi lúc {sent}, sau hạn {by}."),
            (_, Some(sent)) => format!("{title} đã gửi lúc {sent}."),
            (_, None) if self.excused() => format!("{title}: {stage}; đã ghi lý do không gửi đúng hạn."),
            (Verdict::Open, None) => {
                format!("{title} phải gửi trước {by}, còn {}: {stage}.", words::span(deadline.0 - self.now.0))
            }
            (Verdict::Missing, None) => {
                format!("{title} đã quá hạn {by} được {}: {stage}.", words::span(self.now.0 - deadline.0))
            }
            (_, None) => format!("{title} không bắt buộc: {stage}."),
        }
    }

    /// Where it stands, for the top bar: the deadline that counts now, or the next one once today's is settled.
    pub(crate) fn deadline(&self) -> DeadlineView {
        let view = |day: NaiveDate, state, level| DeadlineView {
            day: day.to_string(),
            at: self.dues.deadline(day).0,
            title: "Báo cáo ngày".to_owned(),
            state,
            level,
            text: self.sentence(),
        };
        if self.waits() {
            if self.verdict == Verdict::Missing {
                return view(self.day, DeadlineState::Overdue, LOUDEST);
            }
            let times = self.dues.reminders(self.day, self.now);
            let given = deadline::due(self.day, times, &Default::default(), self.now).now;
            return view(self.day, DeadlineState::Open, given.map_or(0, |r| r.level));
        }
        let ahead = (1..=FARTHEST_AHEAD).filter_map(|n| self.day.checked_add_days(Days::new(n)));
        let next = ahead.into_iter().find(|day| self.dues.asked(*day));
        view(next.unwrap_or(self.day), DeadlineState::Settled, 0)
    }
}

/// How far a report got, lower case.
pub(super) fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::None => "chưa chốt số liệu",
        Stage::Frozen => "đã chốt số liệu, chờ duyệt",
        Stage::Reviewed => "đã duyệt, chờ ký",
        Stage::Signed => "đã ký, chưa gửi",
        Stage::Sent => "đã gửi",
    }
}

pub(super) fn verdict_words(verdict: Verdict, excused: bool) -> &'static str {
    match (verdict, excused) {
        (Verdict::NotDue, _) => "Không bắt buộc",
        (Verdict::Open, _) => "Chưa đến hạn",
        (Verdict::OnTime, _) => "Đúng hạn",
        (Verdict::Late, true) => "Trễ hạn, đã có lý do",
        (Verdict::Late, false) => "Trễ hạn, chưa có lý do",
        (Verdict::Missing, true) => "Không gửi, đã có lý do",
        (Verdict::Missing, false) => "Không gửi, chưa có lý do",
    }
}

impl App {
    pub(super) async fn dues(&self) -> Result<Dues, WireError> {
        let events = self.events_of("rules").await?;
        let now = self.now();
        fn course<T>(
            name: &str,
            events: &[pvhcc_domain::act::Event],
            at: Ms,
            read: impl Fn(&str) -> Option<T>,
        ) -> Vec<(Ms, T)> {
            let values = rules::course(name, events, at).into_iter();
            values.filter_map(|(since, value)| Some((since, read(&value)?))).collect()
        }
        let seeded = match self.0.profile {
            Profile::Training => training::seeded(&self.0.store).await?,
            Profile::Official => 0,
        };
        let used = self.0.store.first_said_by_people(seeded).await.map_err(|e| messages::store(&e))?;
        Ok(Dues {
            used_since: used.map(Ms::day),
            deadlines: course(REPORT_DEADLINE, &events, now, parse_time),
            days: course(REPORT_DAYS, &events, now, |value| {
                Some(if value == "working" { DueDays::Working } else { DueDays::Every })
            }),
            reminders: course(REPORT_REMINDERS, &events, now, parse_times),
            calendar: self.calendar_in_force().await?,
        })
    }

    pub(crate) async fn report_today(&self) -> Result<Today, WireError> {
        let (now, dues) = (self.now(), self.dues().await?);
        let reports = self.report_states(Cadence::Daily).await?;
        let day = now.day();
        let verdict = dues.verdict(day, reports.get(&day), now);
        Ok(Today { day, dues, reports, verdict, now })
    }

    /// Where today's report stands, and which days ask for a reason.
    pub(crate) async fn report_status(&self) -> Result<ReportStatusView, WireError> {
        let today = self.report_today().await?;
        let asked = today.dues.asking(&today.reports, today.now);
        Ok(ReportStatusView {
            day: today.day.to_string(),
            due: today.dues.asked(today.day),
            deadline: today.dues.deadline(today.day).0,
            verdict: today.verdict,
            stage: today.stage(),
            text: today.sentence(),
            excused: today.excused(),
            asked: asked.into_iter().map(|day| day.to_string()).collect(),
        })
    }
}

//! The calendar of past days: on time, late or never sent, with the reason.

use super::{
    days::{asks_reason, verdict_words},
    sign::number_text,
};
use crate::{
    App, checklist, messages,
    wire::{ReportCalendarArgs, ReportCalendarView, ReportDay, WireError},
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::report::{
    Cadence,
    deadline::Verdict,
    state::{ReportState, Signed, Stage},
};

impl App {
    pub(crate) async fn report_calendar(
        &self,
        args: ReportCalendarArgs,
    ) -> Result<ReportCalendarView, WireError> {
        let first = checklist::day(&format!("{}-01", args.month.trim()), "month").map_err(|_| {
            messages::invalid(
                "month",
                &format!("“{}” không phải một tháng. Hãy ghi dạng 2026-05.", args.month),
            )
        })?;
        let (now, dues) = (self.now(), self.dues().await?);
        let reports = self.report_states(Cadence::Daily).await?;
        let monthly = self.report_states(Cadence::Monthly).await?;
        let days: Vec<ReportDay> = first
            .iter_days()
            .take_while(|day| day.month() == first.month())
            .map(|day| {
                let state = reports.get(&day);
                let verdict = dues.verdict(day, state, now);
                let excused = state.and_then(|s| s.excused.as_ref());
                let number = |s: &Signed| number_text(&s.number, &s.form);
                ReportDay {
                    day: day.to_string(),
                    verdict,
                    verdict_text: verdict_words(verdict, excused.is_some()).to_owned(),
                    stage: state.map_or(Stage::None, ReportState::stage),
                    sent_at: state.and_then(|s| s.first_sent).map(|at| at.0),
                    reason: excused.map(|remark| remark.text.clone()),
                    asks_reason: asks_reason(verdict, state),
                    numbers: state.map(|s| s.signed.iter().map(number).collect()).unwrap_or_default(),
                    freezes: state.map_or(0, |s| u32::try_from(s.freezes.len()).unwrap_or(u32::MAX)),
                    working: dues.is_working(day),
                }
            })
            .collect();
        Ok(ReportCalendarView {
            month: first.format("%Y-%m").to_string(),
            title: headline(first, &days),
            since: dues.owed_since().map(|day| day.to_string()),
            monthly: monthly.get(&first).map_or(Stage::None, ReportState::stage),
            days,
        })
    }
}

/// `Tháng 05/2026: 27 ngày đúng hạn, 1 ngày trễ, 1 ngày không gửi, 1 ngày chưa có lý do`.
fn headline(first: NaiveDate, days: &[ReportDay]) -> String {
    let count = |is: Verdict| days.iter().filter(|day| day.verdict == is).count();
    let parts: Vec<String> = [
        (count(Verdict::OnTime), "ngày đúng hạn"),
        (count(Verdict::Late), "ngày trễ"),
        (count(Verdict::Missing), "ngày không gửi"),
        (days.iter().filter(|day| day.asks_reason).count(), "ngày chưa có lý do"),
    ]
    .into_iter()
    .filter(|(n, _)| *n > 0)
    .map(|(n, what)| format!("{n} {what}"))
    .collect();
    let found =
        if parts.is_empty() { "chưa có ngày nào đến hạn".to_owned() } else { parts.join(", ") };
    format!("Tháng {}: {found}", first.format("%m/%Y"))
}

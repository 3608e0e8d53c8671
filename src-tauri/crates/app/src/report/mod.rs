//! The report that is due every day: figures frozen, words written, looked over, signed, sent; past days and reminders.
//!
//! A report is always made from a freeze, never from what the rooms say now. What was signed is kept as files and given back
//! byte for byte.

mod acts;
mod briefing;
mod calendar;
mod charts;
mod checks;
mod collect;
mod days;
mod files;
mod form;
mod freezing;
mod frozen;
mod overdue;
mod remind;
mod sign;
mod times;
mod view;

use crate::{
    App, checklist, messages,
    wire::{ReportArgs, WireError},
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::report::{
    Cadence,
    state::{self, ReportState, Reports},
};
use std::sync::Arc;
use tokio::sync::Mutex;

pub use crate::exports::Clash;
pub(crate) use days::Today;

/// Reports as folded so far, and up to which event of the journal.
type Kept = (i64, Arc<Reports>);

/// What is kept in memory between commands: a year of reports is folded once, and then what was added.
#[derive(Default)]
pub(crate) struct Desk {
    daily: Mutex<Kept>,
    monthly: Mutex<Kept>,
}

/// Which report is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Of {
    pub(crate) cadence: Cadence,
    /// The day; of a month its first.
    pub(crate) day: NaiveDate,
}

impl Of {
    fn entity(self) -> String {
        state::entity(self.cadence, self.day)
    }

    /// `Báo cáo ngày 29/05/2026`, `Báo cáo tháng 05/2026`.
    fn title(self) -> String {
        match self.cadence {
            Cadence::Daily => format!("Báo cáo ngày {}", checklist::vn(self.day)),
            Cadence::Monthly => format!("Báo cáo tháng {}", self.day.format("%m/%Y")),
        }
    }
}

impl App {
    /// Which report `args` mean: today's, unless they say otherwise. Not one of the future.
    pub(crate) fn report_of(&self, args: &ReportArgs) -> Result<Of, WireError> {
        let cadence = args.cadence.unwrap_or(Cadence::Daily);
        let today = self.now().day();
        let typed = args.day.as_deref().map(str::trim).filter(|day| !day.is_empty());
        let day = match typed {
            None => today,
            Some(month) if cadence == Cadence::Monthly && month.len() == 7 => {
                checklist::day(&format!("{month}-01"), "day")?
            }
            Some(day) => checklist::day(day, "day")?,
        };
        let day = if cadence == Cadence::Monthly { day.with_day(1).unwrap_or(day) } else { day };
        if day > today {
            let of = Of { cadence, day };
            return Err(messages::invalid(
                "day",
                &format!(
                    "{} chưa tới: chưa có số liệu để lập. Hãy chọn từ hôm nay trở về trước.",
                    of.title()
                ),
            ));
        }
        Ok(Of { cadence, day })
    }

    /// All reports of a cadence by day.
    pub(crate) async fn report_states(&self, cadence: Cadence) -> Result<Arc<Reports>, WireError> {
        let desk = match cadence {
            Cadence::Daily => &self.0.report.daily,
            Cadence::Monthly => &self.0.report.monthly,
        };
        let mut kept = desk.lock().await;
        let new = self.0.store.events_under_after(state::entities(cadence), kept.0).await;
        let new = new.map_err(|e| messages::store(&e))?;
        if let Some(last) = new.last() {
            kept.0 = last.position;
            state::fold(Arc::make_mut(&mut kept.1), cadence, &new);
        }
        Ok(Arc::clone(&kept.1))
    }

    pub(crate) async fn report_state(&self, of: Of) -> Result<ReportState, WireError> {
        Ok(self.report_states(of.cadence).await?.get(&of.day).cloned().unwrap_or_default())
    }
}

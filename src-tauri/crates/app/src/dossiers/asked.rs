//! What a question about figures comes to: the period and those it is compared with, the filter, names and statements.

use super::{
    cells::Filter,
    names::{Names, capital},
    period,
    reports::Reports,
};
use crate::{
    App, messages,
    wire::{DossierFilter, SplitBy, WireError},
};
use chrono::{Datelike as _, NaiveDate};
use pvhcc_domain::{
    dossier::{Channel, Period, systems::outermost},
    figures::cell::Dimensions,
    text::date,
    time::Ms,
};
use std::sync::Arc;

/// A question, understood.
pub(crate) struct Asked {
    pub(crate) period: Period,
    pub(crate) filter: Filter,
    pub(crate) as_of: Option<Ms>,
    /// The moment the answer is for: `as_of`, or now.
    pub(crate) moment: Ms,
    pub(crate) names: Names,
    pub(crate) reports: Arc<Reports>,
}

/// One period with those it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    /// As asked for.
    pub(crate) period: Period,
    /// As far as it lies before the end of today; `None` when it has not begun.
    pub(crate) counted: Option<Period>,
    pub(crate) previous: Period,
    pub(crate) last_year: Period,
}

impl Slot {
    /// What is not over is counted to the end of today, and compared with as many days.
    pub(crate) fn new(period: Period, today: NaiveDate) -> Self {
        let previous = period::previous(period);
        if period.to <= today {
            return Self { period, counted: Some(period), previous, last_year: period::last_year(period) };
        }
        let counted = (period.from <= today).then_some(Period { to: today, ..period });
        let Some(part) = counted else {
            return Self { period, counted, previous, last_year: period::last_year(period) };
        };
        let to = previous.from + (part.to - part.from);
        Self {
            period,
            counted,
            previous: Period { to: to.min(previous.to), ..previous },
            last_year: period::last_year(part),
        }
    }
}

impl Asked {
    pub(crate) fn today(&self) -> NaiveDate {
        self.moment.day()
    }

    pub(crate) fn slot(&self) -> Slot {
        Slot::new(self.period, self.today())
    }

    /// The months of the period, each with those it is compared with.
    pub(crate) fn months(&self) -> Vec<Slot> {
        period::months(self.period).into_iter().map(|month| Slot::new(month, self.today())).collect()
    }

    /// Its days, likewise.
    pub(crate) fn days(&self) -> Vec<Slot> {
        period::days(self.period).into_iter().map(|day| Slot::new(day, self.today())).collect()
    }

    /// Why reports do not answer.
    pub(crate) fn no_reports(&self, by: &[SplitBy], silent: impl IntoIterator<Item = String>) -> String {
        let silent: Vec<String> =
            silent.into_iter().map(|system| self.names.systems.name(&system).to_owned()).collect();
        match self.reports.span() {
            None => "Chưa có báo cáo nào.".to_owned(),
            Some(_) if !silent.is_empty() => format!("Chưa có báo cáo của {} cho kỳ này.", silent.join(", ")),
            Some(span) if self.period.to > span.to => {
                format!("Báo cáo mới có đến {}.", date(span.to))
            }
            Some(span) if self.period.from < span.from => format!("Báo cáo chỉ có từ {}.", date(span.from)),
            Some(_) if !by.is_empty() || self.filter.dimensions() != Dimensions::default() => {
                "Báo cáo không nêu cách chia này cho đúng kỳ này.".to_owned()
            }
            Some(_) => "Không có báo cáo nào nêu đúng kỳ này.".to_owned(),
        }
    }

    /// The cell in words: `Hệ thống tỉnh · Đất đai`, `Toàn tỉnh`.
    pub(crate) fn cell(&self) -> String {
        let words = self.filter.words(&self.names);
        if words.is_empty() { "Tất cả hệ thống".to_owned() } else { capital(&words) }
    }
}

impl App {
    /// Reads a question. An empty period is the one to show first.
    pub(crate) async fn asked(
        &self,
        period: &str,
        filter: DossierFilter,
        as_of: Option<i64>,
    ) -> Result<Asked, WireError> {
        check(&filter)?;
        let (names, as_of) = (self.names().await?, as_of.map(Ms));
        let reports = self.reports(as_of).await?;
        let moment = as_of.unwrap_or_else(|| self.now());
        let period = match period.trim() {
            "" => first_shown(&reports, moment.day()),
            text => period::parse(text)?,
        };
        let filter = Filter::new(filter, names.units().clone());
        Ok(Asked { period, filter, as_of, moment, names, reports })
    }
}

/// From the start of the year to the last day that reports cover; this month without reports.
pub(crate) fn first_shown(reports: &Reports, today: NaiveDate) -> Period {
    let totals = reports.all().iter().filter(|r| r.cell.dimensions().iter().count() == 1);
    let until = totals.map(|r| r.period.to).filter(|to| *to <= today).max();
    let first = |day: NaiveDate| day.with_ordinal(1).unwrap_or(day);
    match until {
        Some(to) => Period { from: first(to), to },
        None => {
            let from = today.with_day(1).unwrap_or(today);
            let next = from.checked_add_months(chrono::Months::new(1));
            Period { from, to: next.and_then(|next| next.pred_opt()).unwrap_or(today) }
        }
    }
}

/// Channels are few and known; what else is asked for may simply not be there.
fn check(filter: &DossierFilter) -> Result<(), WireError> {
    let known = |code: &str| {
        code.is_empty()
            || [Channel::Direct, Channel::Online, Channel::Postal].iter().any(|c| c.as_str() == code)
    };
    if let Some(wrong) = filter.channels.iter().find(|code| !known(code)) {
        return Err(messages::invalid(
            "channels",
            &format!(
                "Không có kênh “{wrong}”. Dùng direct (trực tiếp), online (trực tuyến) hoặc postal (bưu chính)."
            ),
        ));
    }
    if let Some(wrong) = filter.systems.iter().find(|code| outermost(code).is_empty()) {
        return Err(messages::invalid("systems", &format!("Mã hệ thống “{wrong}” không đúng.")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(text: &str, today: &str) -> Slot {
        let period = period::parse(text).unwrap_or_else(|e| panic!("{}", e.message));
        Slot::new(period, today.parse().expect("a day"))
    }

    #[test]
    fn what_is_not_over_is_counted_to_today_and_compared_with_as_many_days() {
        let may = slot("2026-05", "2026-05-29");
        assert_eq!(may.counted.map(period::id).as_deref(), Some("2026-05-01..2026-05-29"));
        assert_eq!(period::id(may.previous), "2026-04-01..2026-04-29");
        assert_eq!(period::id(may.last_year), "2025-05-01..2025-05-29");
        // A shorter month before ends with itself.
        assert_eq!(period::id(slot("2026-03", "2026-03-30").previous), "2026-02");
    }

    #[test]
    fn what_is_over_is_counted_whole_and_what_has_not_begun_not_at_all() {
        let april = slot("2026-04", "2026-05-29");
        assert_eq!((april.counted, period::id(april.previous)), (Some(april.period), "2026-03".to_owned()));
        assert_eq!(slot("2026-06", "2026-05-29").counted, None);
    }
}

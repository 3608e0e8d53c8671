//! A row as figures that a system or unit states for a period: the 13, form II.06a, or rows of the portal.

use super::{
    cell::Cell,
    period::{self, Span},
    row::{Fault, RowReader},
    target::Target,
};
use crate::{
    dossier::Channel,
    figures::{Counts, statement::Statement},
    observation::DossierFigures,
    text::date,
};

impl RowReader<'_> {
    /// The figures of a row.
    ///
    /// # Errors
    /// What cannot be read, with its column: no period, one that cannot be or has not begun, no figure at all, …
    pub fn figures(&mut self, cells: &[Cell]) -> Result<DossierFigures, Fault> {
        let (from, to) = self.period(cells)?;
        let statement = self.statement(cells)?;
        if statement == Statement::default() {
            return Err(Fault::row("không có số liệu nào ở các cột được đọc"));
        }
        let channel = match self.choice(cells, Target::Channel)? {
            None => None,
            Some(text) => {
                let channel = text.parse().ok().and_then(Channel::from_code);
                let wrong = || {
                    self.fault(
                        Target::Channel,
                        self.mapping.column(Target::Channel),
                        &Cell::Empty,
                        "không phải 1, 2 hoặc 3",
                    )
                };
                Some(channel.ok_or_else(wrong)?.as_str().to_owned())
            }
        };
        Ok(DossierFigures {
            system: self.system(cells)?,
            unit: self.unit(cells)?,
            field: self.catalogued(cells, (Target::Field, Target::FieldName))?,
            procedure: self.catalogued(cells, (Target::Procedure, Target::ProcedureName))?,
            channel,
            from,
            to,
            statement,
        })
    }

    fn statement(&self, cells: &[Cell]) -> Result<Statement, Fault> {
        let count = |target| self.count(cells, target);
        let online = count(Target::ReceivedOnline)?;
        // Both counted with those in person, as column 5 of form II.06a does.
        let direct = added(count(Target::ReceivedDirect)?, count(Target::ReceivedPostal)?);
        let stated = self.mapping.column(Target::Received).is_some();
        let received = if stated { count(Target::Received)? } else { both(online, direct) };
        Ok(Statement {
            counts: Counts {
                received,
                received_online: online,
                received_direct: direct,
                carried_over: count(Target::CarriedOver)?,
                done: count(Target::Done)?,
                // "Đúng hẹn" includes what was done before the day.
                on_time: added(count(Target::OnTime)?, count(Target::Early)?),
                late: count(Target::Late)?,
                pending: count(Target::Pending)?,
                within_deadline: count(Target::WithinDeadline)?,
                overdue: count(Target::Overdue)?,
            },
            total: count(Target::Total)?,
            on_time_rate: self.rate(cells, Target::OnTimeRate)?,
            late_rate: self.rate(cells, Target::LateRate)?,
            within_deadline_rate: self.rate(cells, Target::WithinDeadlineRate)?,
            overdue_rate: self.rate(cells, Target::OverdueRate)?,
        })
    }

    /// The period of a row: its two days, its month, quarter or year, its words, or those of the whole file.
    fn period(&mut self, cells: &[Cell]) -> Result<Span, Fault> {
        let (from, to) = (self.moment(cells, Target::From)?, self.moment(cells, Target::To)?);
        let about = |target: Target| self.mapping.column(target);
        let (span, column) = match (from, to) {
            (Some(from), Some(to)) => (Some((from.day(), to.day())), about(Target::From)),
            (Some(_), None) | (None, Some(_)) => {
                return Err(Fault::row("kỳ chỉ có một đầu; cần cả từ ngày và đến ngày"));
            }
            (None, None) => self.period_in_words(cells)?,
        };
        let Some(span) = span else {
            let reason = match column {
                Some(_) => "kỳ không có trong lịch",
                None => "không có kỳ báo cáo; hãy ghi từ ngày, đến ngày cho cả tệp",
            };
            return Err(Fault { column, ..Fault::row(reason) });
        };
        if !period::is_sound(span) {
            let reason = format!("kỳ {}–{} không có trong lịch", date(span.0), date(span.1));
            return Err(Fault { column, ..Fault::row(reason) });
        }
        if span.0 > self.now.day() {
            let reason = format!("kỳ bắt đầu {} chưa đến", date(span.0));
            return Err(Fault { column, ..Fault::row(reason) });
        }
        Ok(span)
    }

    fn period_in_words(&self, cells: &[Cell]) -> Result<(Option<Span>, Option<usize>), Fault> {
        let about = |target: Target| self.mapping.column(target);
        if let Some(text) = self.code(cells, Target::Period)? {
            return Ok((period::parse(&text), about(Target::Period)));
        }
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let Some(year) = self.count(cells, Target::Year)? else { return Ok((None, None)) };
        let year = i32::try_from(year).unwrap_or(0);
        if let Some(month) = self.count(cells, Target::Month)? {
            return Ok((period::month(year, small(month)), about(Target::Month)));
        }
        if let Some(text) = self.code(cells, Target::Quarter)? {
            let quarter = period::quarter_number(&text).and_then(|quarter| period::quarter(year, quarter));
            return Ok((quarter, about(Target::Quarter)));
        }
        Ok((period::year(year), about(Target::Year)))
    }
}

/// The sum of what is told; nothing where nothing is.
fn added(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.saturating_add(b)),
        (a, b) => a.or(b),
    }
}

/// The sum where both are told.
fn both(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    Some(a?.saturating_add(b?))
}

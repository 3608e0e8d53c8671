//! The records behind a figure.

use super::{
    asked::Asked,
    cells::Filter,
    checks::count,
    definitions::definition,
    loaded::Loaded,
    names::{Names, channel},
    period,
};
use crate::{
    App, messages,
    wire::{DossierLine, DossierListArgs, DossierListView, FigureId, SplitBy, WireError},
    words,
};
use pvhcc_domain::{
    calendar::Calendar,
    dossier::{DossierId, Figure, Life, Outcome, Period, Record, State, Status, Version},
    time::Ms,
};
use pvhcc_store::DossierVersions;
use std::collections::HashMap;

/// Rows given when nobody says how many.
const ROWS: u32 = 200;

/// One record as it is shown, with where it stood at the end of the period.
pub(crate) struct Standing {
    pub(crate) words: String,
    pub(crate) tone: &'static str,
}

impl App {
    pub(crate) async fn dossier_list(&self, args: DossierListArgs) -> Result<DossierListView, WireError> {
        let asked = self.asked(&args.period, args.filter.clone(), args.as_of).await?;
        let numbers = self.behind(&asked, args.figure).await?;
        let some: Vec<DossierId> = (numbers.iter())
            .skip(args.offset as usize)
            .take(args.limit.unwrap_or(ROWS) as usize)
            .copied()
            .collect();
        let rows = self.dossier_lines(&asked, &some).await?;
        let definition = definition(args.figure);
        let mut notes = Vec::new();
        if let Some(part) = numerator(args.figure) {
            notes.push(format!(
                "Các hồ sơ của tử số: {}.",
                super::definitions::definition(part).name.to_lowercase()
            ));
        }
        Ok(DossierListView {
            period: period::view(asked.period),
            title: format!(
                "{} hồ sơ · {} · {} · {}",
                count(numbers.len() as u64),
                definition.short,
                asked.cell(),
                period::title(asked.period)
            ),
            definition,
            count: u32::try_from(numbers.len()).unwrap_or(u32::MAX),
            rows,
            provenance: self.record_provenance(&asked).await?,
            notes,
        })
    }

    /// The dossiers counted in a figure, in the order of their numbers.
    pub(crate) async fn behind(&self, asked: &Asked, figure: FigureId) -> Result<Vec<DossierId>, WireError> {
        let Some(period) = asked.slot().counted else { return Ok(Vec::new()) };
        let (filter, figure) = (asked.filter.clone(), counted(figure));
        self.of_records(asked.as_of, move |loaded| numbers(loaded, &filter, period, figure)).await
    }

    /// These dossiers as they are shown, in the order given.
    pub(crate) async fn dossier_lines(
        &self,
        asked: &Asked,
        numbers: &[DossierId],
    ) -> Result<Vec<DossierLine>, WireError> {
        let store = &self.0.store;
        let kept = store.records_of(numbers, asked.as_of).await.map_err(|e| messages::store(&e))?;
        let versions = store.dossiers_numbered(numbers).await.map_err(|e| messages::store(&e))?;
        let versions: HashMap<DossierId, DossierVersions> =
            versions.into_iter().map(|known| (known.dossier, known)).collect();
        let calendar = self.calendar_said_by(asked.as_of.unwrap_or(Ms(i64::MAX))).await?;
        let at = asked.as_of.unwrap_or(Ms(i64::MAX));
        let mut records: HashMap<DossierId, Record> = HashMap::new();
        for one in kept {
            // Of several records with one code the first counts.
            records.entry(one.dossier).or_insert(one.record);
        }
        let day = asked.slot().counted.map_or(asked.today(), |period| period.to);
        Ok(numbers
            .iter()
            .filter_map(|number| {
                let record = records.remove(number)?;
                let known = versions.get(number).and_then(|known| known.counted_at(at)).unwrap_or_default();
                let standing = standing(known, at, Period { from: day, to: day }, &record, &calendar);
                Some(line(*number, &record, standing, &asked.names))
            })
            .collect())
    }
}

/// The dossiers that a view counts in a figure.
fn numbers(loaded: &mut Loaded, filter: &Filter, period: Period, figure: Figure) -> Vec<DossierId> {
    let seen = loaded.view(filter.dimensions(), &[period]);
    let taken: Vec<bool> = seen.view.cells().iter().map(|cell| filter.takes(cell)).collect();
    let taken = |cell: usize| taken.get(cell).copied().unwrap_or(false);
    seen.view.dossiers(seen.cube, taken, period, figure).collect()
}

/// The figure that dossiers are counted in; of a rate, that of its numerator.
fn counted(figure: FigureId) -> Figure {
    match figure {
        FigureId::Received => Figure::Received,
        FigureId::ReceivedOnline => Figure::ReceivedOnline,
        FigureId::ReceivedDirect => Figure::ReceivedDirect,
        FigureId::CarriedOver => Figure::CarriedOver,
        FigureId::Total => Figure::Total,
        FigureId::Done => Figure::Done,
        FigureId::DoneOnTime | FigureId::DoneOnTimeRate => Figure::OnTime,
        FigureId::DoneLate | FigureId::DoneLateRate => Figure::Late,
        FigureId::Pending => Figure::Pending,
        FigureId::PendingInTime | FigureId::PendingInTimeRate => Figure::WithinDeadline,
        FigureId::PendingOverdue | FigureId::PendingOverdueRate => Figure::Overdue,
        FigureId::DoneEarly => Figure::Early,
        FigureId::Unplaced => Figure::Unplaced,
    }
}

/// What a rate is a share of.
fn numerator(figure: FigureId) -> Option<FigureId> {
    match figure {
        FigureId::DoneOnTimeRate => Some(FigureId::DoneOnTime),
        FigureId::DoneLateRate => Some(FigureId::DoneLate),
        FigureId::PendingInTimeRate => Some(FigureId::PendingInTime),
        FigureId::PendingOverdueRate => Some(FigureId::PendingOverdue),
        _ => None,
    }
}

/// Where a dossier stood at the end of a period, in words.
pub(crate) fn standing(
    versions: &[Version],
    at: Ms,
    period: Period,
    record: &Record,
    calendar: &Calendar,
) -> Standing {
    let told = |words: &str, tone| Standing { words: words.to_owned(), tone };
    let Some((_, life)) = Life::known_at(versions, at, calendar) else {
        return told("không tính vào số liệu", "unknown");
    };
    let due = record.due_at.map(Ms::day);
    let late = |day| match due.map(|due| calendar.working_days_between(due, day)) {
        Some(days) if days > 0 => format!(" {days} ngày làm việc"),
        _ => String::new(),
    };
    match life.state_on(period.to) {
        State::NotReceived => told("chưa tiếp nhận", "unknown"),
        State::Unplaced => told("chưa xếp được: ngày hoặc trạng thái ghi sai", "warn"),
        State::Pending { overdue: true } => told(&format!("quá hạn{}", late(period.to)), "bad"),
        State::Pending { overdue: false } => match record.status() {
            Some(Status::SupplementAsked) => told("chờ công dân bổ sung giấy tờ", "plain"),
            Some(Status::PaymentAsked) => told("chờ công dân nộp phí", "plain"),
            _ if due.is_none() => told("đang xử lý, không có hẹn trả", "plain"),
            _ => told("đang xử lý, trong hạn", "plain"),
        },
        State::Done(Outcome::Early) => told("xong trước hạn", "plain"),
        State::Done(Outcome::OnDay) if record.status() == Some(Status::Withdrawn) => {
            told("công dân rút hồ sơ", "plain")
        }
        State::Done(Outcome::OnDay) => told("xong đúng hẹn", "plain"),
        State::Done(Outcome::Late) => {
            let ended = record.finished_at.map_or(period.to, Ms::day);
            told(&format!("xong trễ hẹn{}", late(ended)), "bad")
        }
    }
}

/// A record as a line of a list.
pub(crate) fn line(dossier: DossierId, record: &Record, standing: Standing, names: &Names) -> DossierLine {
    let named = |by, code: &Option<String>| names.name(by, code.as_deref().unwrap_or_default());
    DossierLine {
        dossier,
        system: record.system.clone(),
        system_name: names.short(SplitBy::Subsystem, &record.system),
        code: record.code.clone(),
        unit: named(SplitBy::Unit, &record.unit),
        field: named(SplitBy::Field, &record.field),
        procedure: named(SplitBy::Procedure, &record.procedure),
        channel: channel(record.channel().map_or("", pvhcc_domain::dossier::Channel::as_str)).to_owned(),
        status: words::dossier_status(record.status()).to_owned(),
        received_at: record.received_at.map(|at| at.0),
        due_at: record.due_at.map(|at| at.0),
        finished_at: record.finished_at.map(|at| at.0),
        standing: standing.words,
        tone: standing.tone.to_owned(),
    }
}

//! Dossier figures as last reported by the portal: by month, and the year so far.

use crate::{App, messages, wire::WireError};
use chrono::NaiveDate;
use pvhcc_domain::{
    figures::{Counts, Finding, Identity, ReportKind, findings},
    observation::{DossierFigures, DossierSystem},
    text::number,
    time::Ms,
};
use std::collections::BTreeMap;

/// What the overview needs of the reported figures.
pub(crate) struct Dossiers {
    /// The year so far, both systems; `None` until both were reported.
    pub(crate) total: Option<Counts>,
    /// By month (first day), both systems together, with the last day covered.
    pub(crate) months: BTreeMap<NaiveDate, (NaiveDate, Counts)>,
    /// The year so far of each system that reported.
    pub(crate) year_so_far: Vec<DossierFigures>,
    /// Broken identities of the year so far.
    pub(crate) findings: Vec<Finding>,
    /// Last day the figures cover.
    pub(crate) until: Option<NaiveDate>,
    /// The source's own time.
    pub(crate) as_of: Option<Ms>,
}

impl App {
    pub(crate) async fn dossiers(&self) -> Result<Dossiers, WireError> {
        let rows = self.0.store.figures().await.map_err(|e| messages::store(&e))?;
        let as_of = rows.iter().map(|(_, as_of, _)| *as_of).max();
        let mut monthly: Vec<DossierFigures> =
            rows.into_iter().map(|(f, ..)| f).filter(|f| f.field.is_none()).collect();
        monthly.sort_by_key(|f| f.from);
        let year_so_far: Vec<DossierFigures> = [DossierSystem::Province, DossierSystem::Ministry]
            .into_iter()
            .filter_map(|s| cumulate(&monthly, s))
            .collect();
        let mut months: BTreeMap<NaiveDate, (NaiveDate, Counts)> = BTreeMap::new();
        for row in &monthly {
            let counts = Counts::from(row);
            let (to, sum) = months.entry(row.from).or_insert((row.to, Counts::default()));
            // The first system of a month stands alone; the second is added to it.
            *sum = if *sum == Counts::default() {
                counts
            } else {
                Counts::sum([*sum, counts]).unwrap_or(counts)
            };
            *to = row.to.max(*to);
        }
        Ok(Dossiers {
            total: (year_so_far.len() == 2)
                .then(|| Counts::sum(year_so_far.iter().map(Counts::from)))
                .flatten(),
            months,
            findings: findings(&year_so_far, ReportKind::Cumulative),
            year_so_far,
            until: monthly.iter().map(|f| f.to).max(),
            as_of,
        })
    }
}

/// The months of one system joined to one cell.
fn cumulate(monthly: &[DossierFigures], system: DossierSystem) -> Option<DossierFigures> {
    let cells: Vec<&DossierFigures> = monthly.iter().filter(|f| f.system == system).collect();
    let (first, last) = (cells.first()?, cells.last()?);
    let c = Counts::join(cells.iter().map(|f| Counts::from(*f)))?;
    Some(DossierFigures {
        system,
        field: None,
        from: first.from,
        to: last.to,
        received: c.received,
        received_online: c.received_online,
        received_direct: c.received_direct,
        carried_over: c.carried_over,
        done: c.done,
        on_time: c.on_time,
        late: c.late,
        pending: c.pending,
        within_deadline: c.within_deadline,
        overdue: c.overdue,
    })
}

/// `38.885 nhận ≠ 38.756 (đã xử lý + đang xử lý)`.
pub(crate) fn equation(f: &Finding) -> String {
    let (whole, parts) = match f.identity {
        Identity::Channels => ("nhận", "trực tuyến + trực tiếp"),
        Identity::Balance => ("nhận", "xong + đang xử lý"),
        Identity::DoneSplit => ("xong", "đúng hẹn + trễ hẹn"),
        Identity::PendingSplit => ("đang xử lý", "trong hạn + quá hạn"),
    };
    format!("{} {whole} ≠ {} {parts}", count(f.whole), count(f.parts))
}

/// The system's name.
pub(crate) fn system(of: DossierSystem) -> &'static str {
    match of {
        DossierSystem::Province => "hệ thống tỉnh",
        DossierSystem::Ministry => "hệ thống tập trung cấp bộ",
    }
}

/// The system's name where there is little room.
pub(crate) fn system_short(of: DossierSystem) -> &'static str {
    match of {
        DossierSystem::Province => "hệ thống tỉnh",
        DossierSystem::Ministry => "hệ thống bộ",
    }
}

/// `338.923`.
pub(crate) fn count(value: u64) -> String {
    number(i64::try_from(value).unwrap_or(i64::MAX))
}

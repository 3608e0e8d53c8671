//! The dossier figures by month, system and field: the province's published totals exactly, the rest spread by seed.
//!
//! Pending is a stock: what is pending at the end of a month is carried over into the next. The ministries' systems
//! leave direct dossiers out of done and pending, as in the published figures, so these do not add up by 129.

use crate::noise::{share, unit, word};
use chrono::NaiveDate;
use pvhcc_domain::{figures::Counts, observation::DossierFigures, time::Ms};
use serde::Deserialize;
use serde_json::{Value, json};

const SCENARIO: &str = include_str!("../../../../../assets/sandbox/statistics.json");

#[derive(Deserialize)]
struct Scenario {
    months: Vec<(NaiveDate, NaiveDate)>,
    rest: String,
    systems: Vec<System>,
}

#[derive(Deserialize)]
struct System {
    code: String,
    received: u64,
    direct: u64,
    pending: u64,
    late: u64,
    overdue_share: f64,
    /// Whether direct dossiers are among done and pending.
    direct_is_counted: bool,
    /// Every month but the last, which is what remains.
    received_by_month: Vec<u64>,
    /// Every month but the last, which is `pending`.
    pending_by_month: Vec<u64>,
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    code: String,
    name: String,
    received: u64,
    /// How long dossiers stay, against the others.
    slowness: f64,
    /// How often they are handed in in person, against the others.
    direct: f64,
}

/// One row: a system, a month, a field or (`None`) all fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) system: String,
    /// Code and name.
    pub(crate) field: Option<(String, String)>,
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    pub(crate) received: u64,
    pub(crate) direct: u64,
    pub(crate) carried: Option<u64>,
    pub(crate) done: u64,
    pub(crate) late: u64,
    pub(crate) pending: u64,
    pub(crate) overdue: u64,
}

impl Figures {
    /// As the portal spells it.
    pub(super) fn row(&self, as_of: Ms) -> Value {
        let day = |d: NaiveDate| d.format("%Y%m%d").to_string();
        json!({
            "HE_THONG": self.system,
            "MALINHVUC": self.field.as_ref().map(|f| &f.0),
            "TENLINHVUC": self.field.as_ref().map(|f| &f.1),
            "TU_NGAY": day(self.from),
            "DEN_NGAY": day(self.to),
            "NHAN_TRONG_KY": self.received,
            "NHAN_TRUC_TUYEN": self.received - self.direct,
            "NHAN_TRUC_TIEP": self.direct,
            "TON_KY_TRUOC": self.carried,
            "DA_XU_LY": self.done,
            "DUNG_HEN": self.done - self.late,
            "TRE_HEN": self.late,
            "CHUA_XU_LY": self.pending,
            "TRONG_HAN": self.pending - self.overdue,
            "QUA_HAN": self.overdue,
            "THOI_DIEM": as_of.local().format("%Y%m%d%H%M%S").to_string(),
        })
    }
}

/// The same figures as the portal serves, as the app's own type: for tests of what a poll should have stored.
#[must_use]
pub fn statistics(seed: u64) -> Vec<DossierFigures> {
    let own = |f: Figures| {
        let counts = Counts {
            received: Some(f.received),
            received_online: Some(f.received - f.direct),
            received_direct: Some(f.direct),
            carried_over: f.carried,
            done: Some(f.done),
            on_time: Some(f.done - f.late),
            late: Some(f.late),
            pending: Some(f.pending),
            within_deadline: Some(f.pending - f.overdue),
            overdue: Some(f.overdue),
        };
        DossierFigures {
            system: f.system,
            unit: None,
            field: f.field.map(|(code, _)| code),
            procedure: None,
            channel: None,
            from: f.from,
            to: f.to,
            statement: counts.into(),
        }
    };
    table(seed).into_iter().map(own).collect()
}

/// All rows, by system, month, total first.
pub(crate) fn table(seed: u64) -> Vec<Figures> {
    let scenario: Scenario =
        serde_json::from_str(SCENARIO).unwrap_or_else(|e| unreachable!("built-in statistics: {e}"));
    scenario.systems.iter().flat_map(|system| of_system(seed, system, &scenario)).collect()
}

fn of_system(seed: u64, system: &System, scenario: &Scenario) -> Vec<Figures> {
    let months = &scenario.months;
    let named: u64 = system.fields.iter().map(|f| f.received).sum();
    let rest = Field {
        code: "TH-KHAC".to_owned(),
        name: scenario.rest.clone(),
        received: system.received - named,
        slowness: 1.0,
        direct: 1.0,
    };
    let fields: Vec<&Field> = system.fields.iter().chain([&rest]).collect();
    let wobble = |f: &Field, month: usize, purpose: u64| {
        0.9 + 0.2 * unit(seed, &[word(&system.code), word(&f.code), month as u64, purpose])
    };
    let sum_of_others: u64 = system.received_by_month.iter().sum();
    let mut left: Vec<u64> = fields.iter().map(|f| f.received).collect();
    let mut cells: Vec<Figures> = Vec::new();
    for (month, (from, to)) in months.iter().enumerate() {
        let total = system.received_by_month.get(month).copied().unwrap_or(system.received - sum_of_others);
        let weights: Vec<f64> =
            fields.iter().zip(&left).map(|(f, n)| *n as f64 * wobble(f, month, 1)).collect();
        let received = share(total, &weights, &left);
        for ((field, received), left) in fields.iter().zip(received).zip(&mut left) {
            *left -= received;
            cells.push(Figures {
                system: system.code.clone(),
                field: Some((field.code.clone(), field.name.clone())),
                from: *from,
                to: *to,
                received,
                direct: 0,
                carried: None,
                done: 0,
                late: 0,
                pending: 0,
                overdue: 0,
            });
        }
    }
    let width = fields.len();
    let field = |i: usize| (fields[i % width], i / width);
    let weigh = |cells: &[Figures], weight: &dyn Fn(usize, &Figures) -> f64| -> Vec<f64> {
        cells.iter().enumerate().map(|(i, c)| weight(i, c)).collect()
    };
    let weights =
        weigh(&cells, &|i, c| c.received as f64 * field(i).0.direct * wobble(field(i).0, field(i).1, 2));
    let caps: Vec<u64> = cells.iter().map(|c| c.received).collect();
    for (cell, direct) in cells.iter_mut().zip(share(system.direct, &weights, &caps)) {
        cell.direct = direct;
    }
    settle(system, &mut cells, width, |i| field(i).0.slowness * wobble(field(i).0, field(i).1, 3));
    // Fewer are late as the year goes on.
    let weights =
        weigh(&cells, &|i, c| c.done as f64 * field(i).0.slowness * (1.3 - 0.1 * field(i).1 as f64));
    let caps: Vec<u64> = cells.iter().map(|c| c.done).collect();
    for (cell, late) in cells.iter_mut().zip(share(system.late, &weights, &caps)) {
        cell.late = late;
    }
    cells
        .chunks(width)
        .flat_map(|month| std::iter::once(total_of(month)).chain(month.iter().cloned()))
        .collect()
}

/// Fills in pending, done, carried over and overdue, month by month: each needs the one before.
fn settle(system: &System, cells: &mut [Figures], width: usize, slowness: impl Fn(usize) -> f64) {
    let mut before: Option<Vec<u64>> = None;
    for (month, row) in cells.chunks_mut(width).enumerate() {
        let stock = |i: usize, c: &Figures| {
            let counted = if system.direct_is_counted { c.received } else { c.received - c.direct };
            counted + before.as_ref().map_or(0, |b| b[i])
        };
        let caps: Vec<u64> = row.iter().enumerate().map(|(i, c)| stock(i, c)).collect();
        let weights: Vec<f64> =
            caps.iter().enumerate().map(|(i, n)| *n as f64 * slowness(month * width + i)).collect();
        let total = system.pending_by_month.get(month).copied().unwrap_or(system.pending);
        let pending = share(total, &weights, &caps);
        let beyond = share((total as f64 * system.overdue_share) as u64, &weights, &pending);
        for (i, cell) in row.iter_mut().enumerate() {
            cell.carried = before.as_ref().map(|b| b[i]);
            cell.pending = pending[i];
            cell.done = caps[i] - pending[i];
            cell.overdue = beyond[i];
        }
        before = Some(pending);
    }
}

fn total_of(month: &[Figures]) -> Figures {
    let mut total = month[0].clone();
    total.field = None;
    for cell in &month[1..] {
        total.received += cell.received;
        total.direct += cell.direct;
        total.carried = total.carried.zip(cell.carried).map(|(a, b)| a + b);
        total.done += cell.done;
        total.late += cell.late;
        total.pending += cell.pending;
        total.overdue += cell.overdue;
    }
    total
}

#[cfg(test)]
mod tests;

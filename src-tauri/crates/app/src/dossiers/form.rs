//! Form II.06a: the 13 figures by field in its columns, its checks, and the way back to the figures (domain.md §3.2).

use super::{
    asked::Asked,
    cells::parts,
    definitions::definition,
    period,
    stats::{self, Told},
    tally::{Tally, nothing},
};
use crate::{
    App, messages,
    wire::{
        Basis, BrokenView, CheckState, FigureId, FormArgs, FormCheck, FormColumn, FormCrosswalk, FormMark,
        FormRow, FormView, SplitBy, WireError,
    },
};
use pvhcc_domain::text::{collate_key, date};
use serde::Deserialize;

const DATA: &str = include_str!("../../../../../assets/dossiers/form_ii06a.toml");
/// The first column of figures.
const FIRST: u8 = 3;

/// What is printed on the form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Printed {
    code: String,
    document: String,
    title: String,
    title_of_unit: String,
    reporter: String,
    receiver: String,
    counted: String,
}

/// Columns (3)–(13): the group, the heading, the figures they are.
const COLUMNS: [(&str, &str, &[FigureId]); 11] = {
    use FigureId as F;
    [
        ("Tiếp nhận", "Tổng số", &[F::Total]),
        ("Tiếp nhận", "Trực tuyến trong kỳ", &[F::ReceivedOnline]),
        ("Tiếp nhận", "Trực tiếp, bưu chính công ích trong kỳ", &[F::ReceivedDirect]),
        ("Tiếp nhận", "Từ kỳ trước", &[F::CarriedOver]),
        ("Đã giải quyết", "Tổng số", &[F::Done]),
        ("Đã giải quyết", "Trước hạn", &[F::DoneEarly]),
        ("Đã giải quyết", "Đúng hạn", &[F::DoneOnTime]),
        ("Đã giải quyết", "Quá hạn", &[F::DoneLate]),
        ("Đang giải quyết", "Tổng số", &[F::Pending]),
        ("Đang giải quyết", "Trong hạn", &[F::PendingInTime]),
        ("Đang giải quyết", "Quá hạn", &[F::PendingOverdue]),
    ]
};

/// The checks printed with the form: the whole, the columns that add up to it.
const CHECKS: [(u8, &[u8]); 4] = [(3, &[4, 5, 6]), (3, &[7, 11]), (7, &[8, 9, 10]), (11, &[12, 13])];

/// Which columns are which of the 13.
const CROSSWALK: [(&str, FigureId); 9] = [
    ("(4) + (5)", FigureId::Received),
    ("(6)", FigureId::CarriedOver),
    ("(3)", FigureId::Total),
    ("(7)", FigureId::Done),
    ("(8) + (9)", FigureId::DoneOnTime),
    ("(10)", FigureId::DoneLate),
    ("(11)", FigureId::Pending),
    ("(12)", FigureId::PendingInTime),
    ("(13)", FigureId::PendingOverdue),
];

/// Columns of one row.
type Values = [Option<u64>; 11];

impl App {
    pub(crate) async fn dossier_form(&self, args: FormArgs) -> Result<FormView, WireError> {
        let asked = self.asked(&args.period, args.filter.clone(), args.as_of).await?;
        let told = self.both_bases(&asked, &[SplitBy::Field], args.basis).await?;
        let printed: Printed = toml::from_str(DATA).map_err(|e| messages::builtin(&e))?;
        let mut rows = rows(&asked, &told);
        let total = total(&told, &rows);
        for (i, row) in rows.iter_mut().enumerate() {
            row.number = i as u32 + 1;
            row.broken = marked(&row.values, &row.marks);
        }
        let total_marks = marks(&of_total(&asked, &told), &total);
        let of_units = !args.filter.units.is_empty();
        let cell = asked.cell();
        Ok(FormView {
            code: printed.code,
            document: printed.document,
            title: if of_units { printed.title_of_unit } else { printed.title },
            period_line: format!(
                "Kỳ báo cáo: từ ngày {} đến ngày {}",
                date(asked.period.from),
                date(asked.period.to)
            ),
            reporter: if of_units { cell } else { printed.reporter },
            receiver: printed.receiver,
            unit_line: printed.counted,
            period: period::view(asked.period),
            basis: told.basis,
            columns: columns(),
            checks: checks(&rows, &total),
            total_broken: marked(&total, &total_marks),
            total_marks,
            total: total.to_vec(),
            rows,
            crosswalk: CROSSWALK
                .into_iter()
                .map(|(columns, figure)| {
                    let of = definition(figure);
                    FormCrosswalk {
                        columns: columns.to_owned(),
                        figure: of.number.map_or(of.name.clone(), |n| format!("{n}. {}", of.name)),
                    }
                })
                .collect(),
            notes: notes(&asked, &told),
            provenance: self.provenance(&asked, &told).await?,
        })
    }
}

fn columns() -> Vec<FormColumn> {
    (FIRST..)
        .zip(COLUMNS)
        .map(|(number, (group, title, figures))| FormColumn {
            number,
            group: group.to_owned(),
            title: title.to_owned(),
            figures: figures.to_vec(),
        })
        .collect()
}

/// The figures of a row in the columns of the form.
fn values(tally: &Tally) -> Values {
    let mut values = COLUMNS.map(|(_, _, figures)| tally.count(figures[0]));
    // Column (9) is on the day; what is on time by the figures includes what came before it.
    values[6] = tally
        .count(FigureId::DoneOnTime)
        .zip(tally.early)
        .map(|(on_time, early)| on_time.saturating_sub(early));
    values
}

/// One row a field that has anything in it, by name.
fn rows(asked: &Asked, told: &Told) -> Vec<FormRow> {
    let by = [SplitBy::Field];
    let of_basis: Vec<(&Vec<String>, Option<Tally>, Vec<BrokenView>)> = match (told.basis, &told.records) {
        (Basis::Records, Some(records)) => (records.rows.iter())
            .map(|(codes, row)| (codes, row.now, row.now.map(|now| stats::broken(&now)).unwrap_or_default()))
            .collect(),
        (Basis::Records, None) => Vec::new(),
        (Basis::Reports, _) => {
            told.stated.rows.iter().map(|(codes, row)| (codes, row.now, row.broken(asked))).collect()
        }
    };
    let mut rows: Vec<FormRow> = of_basis
        .into_iter()
        .filter_map(|(codes, tally, broken)| {
            let tally = tally.filter(|tally| !tally.is_nothing())?;
            let part = parts(&by, codes, &asked.names).pop()?;
            let values = values(&tally);
            Some(FormRow {
                number: 0,
                code: part.code,
                name: part.name,
                marks: marks(&broken, &values),
                values: values.to_vec(),
                broken: Vec::new(),
            })
        })
        .collect();
    rows.sort_by_cached_key(|row| collate_key(&row.name));
    rows
}

/// The total as it is told; of records, and where only fields are told, the sum of the rows.
fn total(told: &Told, rows: &[FormRow]) -> Values {
    let own = match (told.basis, &told.records) {
        (Basis::Records, Some(records)) => records.total.now,
        (Basis::Records, None) => None,
        (Basis::Reports, _) => told.stated.total.now,
    };
    if let Some(own) = own {
        return values(&own);
    }
    let mut sum = if rows.is_empty() { [None; 11] } else { values(&nothing()) };
    for row in rows {
        for (sum, value) in sum.iter_mut().zip(&row.values) {
            *sum = sum.zip(*value).map(|(a, b)| a.saturating_add(b));
        }
    }
    sum
}

fn column(values: &[Option<u64>], number: u8) -> Option<u64> {
    values.get(usize::from(number - FIRST)).copied().flatten()
}

/// Whether a check holds in a row; `None` when it cannot be told.
fn holds(values: &[Option<u64>], (whole, parts): (u8, &[u8])) -> Option<bool> {
    let sum: Option<u64> = parts.iter().map(|part| column(values, *part)).sum();
    Some(column(values, whole)? == sum?)
}

/// The identities that do not hold in the total.
fn of_total(asked: &Asked, told: &Told) -> Vec<BrokenView> {
    match (told.basis, &told.records) {
        (Basis::Records, records) => {
            let total = records.as_ref().and_then(|records| records.total.now);
            total.map(|total| stats::broken(&total)).unwrap_or_default()
        }
        (Basis::Reports, _) => told.stated.total.broken(asked),
    }
}

/// The columns that a figure stands in.
fn columns_of(figure: FigureId) -> &'static [u8] {
    use FigureId as F;
    match figure {
        F::Received => &[4, 5],
        F::DoneOnTime => &[8, 9],
        F::Total => &[3],
        F::ReceivedOnline => &[4],
        F::ReceivedDirect => &[5],
        F::CarriedOver => &[6],
        F::Done => &[7],
        F::DoneEarly => &[8],
        F::DoneLate => &[10],
        F::Pending => &[11],
        F::PendingInTime => &[12],
        F::PendingOverdue => &[13],
        F::DoneOnTimeRate | F::DoneLateRate | F::PendingInTimeRate | F::PendingOverdueRate | F::Unplaced => {
            &[]
        }
    }
}

/// Identities that do not hold, on those of their columns that show a figure.
fn marks(broken: &[BrokenView], values: &Values) -> Vec<FormMark> {
    let mark = |broken: &BrokenView| {
        let columns = broken.figures.iter().flat_map(|figure| columns_of(*figure)).copied();
        let columns: Vec<u8> = columns.filter(|number| column(values, *number).is_some()).collect();
        let text = format!("Không khớp: {} Hỏi: {}.", broken.text, broken.ask);
        (!columns.is_empty()).then_some(FormMark { columns, text })
    };
    broken.iter().filter_map(mark).collect()
}

/// The columns to mark in a row: of its checks and of the identities of its figures.
fn marked(values: &[Option<u64>], marks: &[FormMark]) -> Vec<u8> {
    let mut columns = broken(values);
    columns.extend(marks.iter().flat_map(|mark| &mark.columns));
    columns.sort_unstable();
    columns.dedup();
    columns
}

/// The columns of the checks that do not hold in a row.
fn broken(values: &[Option<u64>]) -> Vec<u8> {
    let failing = CHECKS.into_iter().filter(|check| holds(values, *check) == Some(false));
    let mut columns: Vec<u8> =
        failing.flat_map(|(whole, parts)| std::iter::once(whole).chain(parts.iter().copied())).collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn checks(rows: &[FormRow], total: &Values) -> Vec<FormCheck> {
    CHECKS
        .into_iter()
        .map(|check| {
            let (whole, parts) = check;
            let parts: Vec<String> = parts.iter().map(|part| format!("({part})")).collect();
            let all: Vec<(&str, Option<bool>)> = (rows.iter())
                .map(|row| (row.name.as_str(), holds(&row.values, check)))
                .chain([("Tổng cộng", holds(total, check))])
                .collect();
            let failing: Vec<&str> =
                all.iter().filter(|(_, holds)| *holds == Some(false)).map(|(name, _)| *name).collect();
            let untold = all.iter().filter(|(_, holds)| holds.is_none()).count();
            let (state, verdict) = match (failing.as_slice(), untold) {
                ([], 0) => (CheckState::Holds, format!("khớp ở cả {} dòng", all.len())),
                ([], n) => (CheckState::Unknown, format!("chưa đủ dữ liệu ở {n} dòng")),
                (names, _) => {
                    let some = names.iter().take(4).copied().collect::<Vec<_>>().join(", ");
                    let more = if names.len() > 4 { ", …" } else { "" };
                    (CheckState::Broken, format!("lệch ở {} dòng: {some}{more}", names.len()))
                }
            };
            FormCheck { text: format!("({whole}) = {}", parts.join(" + ")), state, verdict }
        })
        .collect()
}

fn notes(asked: &Asked, told: &Told) -> Vec<String> {
    let mut notes = told.notes(asked);
    notes.extend((!told.basis_note.is_empty()).then(|| told.basis_note.clone()));
    if told.basis == Basis::Reports {
        notes.push(
            "Báo cáo không tách trước hạn khỏi đúng hạn, nên cột (8) và (9) để trống; tổng của hai cột là chỉ tiêu 5.".to_owned(),
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_words_are_there_and_every_check_names_columns_of_the_form() {
        let printed: Printed = toml::from_str(DATA).expect("the shipped form is right");
        assert!(printed.code.starts_with("II.06a"));
        let columns = columns();
        assert_eq!(
            (columns.first().map(|c| c.number), columns.last().map(|c| c.number)),
            (Some(3), Some(13))
        );
        for (whole, parts) in CHECKS {
            assert!(std::iter::once(&whole).chain(parts).all(|n| columns.iter().any(|c| c.number == *n)));
        }
    }

    #[test]
    fn a_check_holds_breaks_or_cannot_be_told_and_marks_its_columns() {
        let row: Values = [100, 80, 10, 10, 60, 5, 50, 5, 40, 30, 10].map(Some);
        assert!(CHECKS.iter().all(|check| holds(&row, *check) == Some(true)) && broken(&row).is_empty());
        let mut late = row;
        late[7] = Some(6);
        assert_eq!(broken(&late), [7, 8, 9, 10]);
        let mut untold = row;
        (untold[5], untold[6]) = (None, None);
        assert_eq!(holds(&untold, CHECKS[2]), None);
        assert!(broken(&untold).is_empty());
    }
}

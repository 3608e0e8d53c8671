//! The 13 figures as columns of a table: their names, their order and their numbers, in one place for every file.

use crate::table::{Datum, TableColumn};
use pvhcc_domain::figures::Counts;

/// The names of the 13 figures in the order of the list that asks for them; online and direct stand after the first.
const HEADINGS: [&str; 15] = [
    "(1) Nhận trong kỳ",
    "Trực tuyến",
    "Trực tiếp, BCCI",
    "(2) Tồn kỳ trước",
    "(3) Tổng xử lý trong kỳ",
    "(4) Đã xử lý",
    "(5) Đúng hẹn",
    "(6) Tỷ lệ đúng hẹn",
    "(7) Trễ hẹn",
    "(8) Tỷ lệ trễ hẹn",
    "(9) Chưa xử lý",
    "(10) Trong hạn",
    "(11) Tỷ lệ trong hạn",
    "(12) Quá hạn",
    "(13) Tỷ lệ quá hạn",
];

/// The columns of [`figure_cells`], under one heading ("Kỳ này", "Cùng kỳ năm trước"); an empty one is none.
#[must_use]
pub fn figure_columns(group: &str) -> Vec<TableColumn> {
    let column = |heading: &str| TableColumn { heading: heading.into(), group: group.into(), width: 11.0 };
    HEADINGS.into_iter().map(column).collect()
}

/// The figures of one cell, with online and direct. The total and the rates are those of the counts: a rate of nothing, and
/// a figure of unknown ones, are unknown.
#[must_use]
pub fn figure_cells(counts: &Counts) -> Vec<Datum> {
    vec![
        Datum::Count(counts.received),
        Datum::Count(counts.received_online),
        Datum::Count(counts.received_direct),
        Datum::Count(counts.carried_over),
        Datum::Count(counts.total()),
        Datum::Count(counts.done),
        Datum::Count(counts.on_time),
        Datum::Rate(counts.on_time_rate()),
        Datum::Count(counts.late),
        Datum::Rate(counts.late_rate()),
        Datum::Count(counts.pending),
        Datum::Count(counts.within_deadline),
        Datum::Rate(counts.within_deadline_rate()),
        Datum::Count(counts.overdue),
        Datum::Rate(counts.overdue_rate()),
    ]
}

//! Invented figures of dossiers: five months of intake, 149 units of very different size, names as long as they come.

use crate::{
    AgeBucket, AgePart, Ageing, AgeingLabels, Fill, HeatCell, HeatColumn, HeatMap, HeatRow, Quantity,
    RankRow, Ranking, RankingLabels, Role, SharePart, ShareRow, ShareSeries, Shares, Trend, TrendEvent,
    TrendLabels, TrendMeasure, TrendPeriod,
};

const MONTHS: [&str; 5] = ["T1", "T2", "T3", "T4", "T5"];

/// Units of the province as they are called; numbered on to 149.
const UNITS: [&str; 14] = [
    "Sở Nông nghiệp và Môi trường",
    "Phường Quy Nhơn",
    "Sở Xây dựng",
    "Phường Pleiku",
    "Phường Quy Nhơn Đông",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Ban Quản lý Khu kinh tế tỉnh Gia Lai",
    "Xã Ia Krái",
    "Xã Tuy Phước Đông",
    "Phường Thống Nhất",
    "Xã Vĩnh Thạnh",
    "Xã Hoài Ân",
    "Xã Kông Chro",
    "Xã Ia Pnôn",
];

fn unit(i: usize) -> String {
    UNITS.get(i).map_or_else(|| format!("Xã số {}", i + 1), |name| (*name).to_owned())
}

/// A number that looks like any, from two that count.
fn noise(a: usize, b: usize) -> f64 {
    ((a * 7919 + b * 104_729 + 13) % 1000) as f64 / 1000.0
}

pub(crate) fn trend() -> Trend {
    let measure = |label: &str, values: &[f64], before: &[f64]| TrendMeasure {
        label: label.into(),
        values: values.iter().copied().map(Some).collect(),
        before: before.iter().copied().map(Some).collect(),
    };
    let mut received = measure(
        "Tiếp nhận",
        &[71_214.0, 58_402.0, 93_120.0, 98_610.0, 56_462.0],
        &[64_030.0, 61_215.0, 80_400.0, 83_912.0, 41_077.0],
    );
    received.before[1] = None;
    Trend {
        periods: (MONTHS.iter().enumerate())
            .map(|(i, label)| TrendPeriod {
                label: (*label).into(),
                key: Some((*label).into()),
                partial: i == 4,
            })
            .collect(),
        measures: vec![received],
        events: vec![TrendEvent { at: 3.6, label: "kiểm thử GĐ2".into() }],
        quantity: Quantity::Count { divisor: 1000, unit: "nghìn hồ sơ".into() },
        labels: TrendLabels {
            period: "Tháng".into(),
            before: "cùng kỳ 2025".into(),
            partial: "đến 15/05".into(),
        },
    }
}

pub(crate) fn heat_map() -> HeatMap {
    let columns = MONTHS.iter().enumerate();
    let value = |i: usize, j: usize| {
        (9000.0 / (i as f64 + 1.0) * (0.6 + 0.8 * noise(i, j)) + 20.0 * noise(j, i)).floor()
    };
    let cell = |i: usize, j: usize| HeatCell {
        value: ((i * 5 + j) % 17 != 11).then(|| value(i, j)),
        key: Some(format!("{i}/{j}")),
    };
    HeatMap {
        columns: columns.map(|(i, m)| HeatColumn { label: (*m).into(), partial: i == 4 }).collect(),
        rows: (0..149)
            .map(|i| HeatRow {
                label: unit(i),
                key: Some(unit(i)),
                cells: (0..MONTHS.len()).map(|j| cell(i, j)).collect(),
            })
            .collect(),
        quantity: Quantity::Count { divisor: 1, unit: "hồ sơ tiếp nhận".into() },
        row_head: "Đơn vị".into(),
        partial: "đến 15/05".into(),
    }
}

pub(crate) fn ageing() -> Ageing {
    let part = |count, key: &str| AgePart { count: Some(count), key: Some(key.into()) };
    let bucket = |label: &str, within, overdue| AgeBucket {
        label: label.into(),
        within: part(within, "within"),
        overdue: part(overdue, "overdue"),
    };
    Ageing {
        buckets: vec![
            bucket("≤ 1 ngày", 6_204, 0),
            bucket("2–5 ngày", 9_817, 41),
            bucket("6–10 ngày", 7_350, 212),
            bucket("11–20 ngày", 4_102, 388),
            bucket("21–30 ngày", 1_906, 455),
            bucket("> 30 ngày", 214, 549),
        ],
        labels: AgeingLabels {
            bucket: "Đã chờ".into(),
            within: "trong hạn".into(),
            overdue: "quá hạn".into(),
            unit: "hồ sơ".into(),
        },
    }
}

pub(crate) fn shares() -> Shares {
    let series = |label: &str, fill, role| ShareSeries { label: label.into(), fill, role };
    let row = |label: &str, counts: [u64; 4]| ShareRow {
        label: label.into(),
        key: Some(label.into()),
        parts: counts
            .iter()
            .enumerate()
            .map(|(i, n)| SharePart { count: Some(*n), key: Some(format!("{label}/{i}")) })
            .collect(),
    };
    Shares {
        series: vec![
            series("Trực tuyến", Fill::Solid, Role::Accent),
            series("Trực tiếp", Fill::Empty, Role::Teal),
            series("Bưu chính", Fill::Solid, Role::Plum),
            series("Không rõ kênh", Fill::Dotted, Role::Unk),
        ],
        rows: vec![
            row("T1", [65_402, 4_811, 1_001, 0]),
            row("T2", [51_770, 5_904, 728, 0]),
            row("T3", [71_306, 20_015, 1_402, 397]),
            row("T4", [90_114, 7_016, 1_480, 0]),
            row("T5*", [54_902, 1_310, 205, 45]),
        ],
        row_head: "Tháng".into(),
        total_head: "Tiếp nhận".into(),
    }
}

pub(crate) fn ranking() -> Ranking {
    let row = |i: usize| RankRow {
        label: unit(i),
        key: Some(unit(i)),
        value: (i != 5).then(|| (30_000.0 / (i as f64 + 1.3)).floor()),
        before: Some((30_000.0 / (i as f64 + 1.3) * (0.8 + 0.4 * noise(i, 3))).floor()),
        rate: Some(1.0 - 0.06 * noise(i, 7)),
        rest: false,
    };
    let rest = RankRow {
        label: "141 đơn vị khác".into(),
        key: None,
        value: Some(71_220.0),
        before: None,
        rate: Some(0.971),
        rest: true,
    };
    Ranking {
        rows: (0..8).map(row).chain([rest]).collect(),
        quantity: Quantity::Count { divisor: 1, unit: "hồ sơ".into() },
        labels: RankingLabels {
            row: "Đơn vị".into(),
            value: "Tiếp nhận".into(),
            rate: "Đúng hạn".into(),
            before: "So với T4".into(),
        },
    }
}

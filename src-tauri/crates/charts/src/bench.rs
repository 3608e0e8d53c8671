//! Invented figures of realistic size, for the gallery, the tests and the timing of one page of charts.

use crate::{
    BurnUp, BurnUpLabels, ChartError, ColumnGroup, ColumnLabels, Figure, Fill, GroupedColumns, LoadBars,
    LoadLabels, LoadRow, RateRow, RateRows, Role, Size, StackedBars, StackedRow, StackedSeries, Theme, draw,
    samples,
};
use chrono::{Duration, NaiveDate};
use std::time::Instant;

/// Draws a page of 12 charts to SVG and returns the time it took.
///
/// # Errors
/// As [`draw`]; the samples are sound, so none is expected.
pub fn bench_page() -> Result<std::time::Duration, ChartError> {
    let figures = sample_figures();
    let sizes = [(680, 220), (400, 190), (380, 190)];
    let started = Instant::now();
    for i in 0..12 {
        let (width, height) = sizes[i % sizes.len()];
        let (_, figure) = &figures[i % figures.len()];
        let least = figure.least_size();
        let size = Size { width: least.width.max(width), height: least.height.max(height) };
        draw(figure, if i % 2 == 0 { Theme::Light } else { Theme::Dark }, size)?;
    }
    Ok(started.elapsed())
}

/// One sample of every figure with its file name: a plan of 90 with 64 due on one day, and what usually surrounds it.
#[must_use]
pub fn sample_figures() -> Vec<(&'static str, Figure)> {
    vec![
        ("burn_up", Figure::BurnUp(burn_up())),
        ("stacked_bars", Figure::StackedBars(stacked())),
        ("load_bars", Figure::LoadBars(load())),
        ("columns", Figure::GroupedColumns(columns())),
        ("rates", Figure::RateRows(rates())),
        ("trend", Figure::Trend(samples::trend())),
        ("heat_map", Figure::HeatMap(samples::heat_map())),
        ("ageing", Figure::Ageing(samples::ageing())),
        ("shares", Figure::Shares(samples::shares())),
        ("ranking", Figure::Ranking(samples::ranking())),
    ]
}

fn burn_up() -> BurnUp {
    let from = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap_or_default();
    let on = |n: i64| from + Duration::days(n);
    // A logistic-looking climb in whole numbers.
    let climb = |n: i64, most: i64| {
        u32::try_from((most * n * n / (n * n + (80 - n).max(0) * 14)).min(most)).unwrap_or(0)
    };
    let days = 0..=89;
    BurnUp {
        from,
        to: on(89),
        plan: vec![
            (on(0), 1),
            (on(6), 3),
            (on(12), 67),
            (on(14), 72),
            (on(19), 78),
            (on(41), 85),
            (on(50), 90),
        ],
        claimed: days.clone().map(|n| (on(n), Some(climb(n, 84)))).collect(),
        proved: Some(days.map(|n| (on(n), Some(climb((n - 4).max(0), 78)))).collect()),
        today: on(89),
        milestones: vec![(on(50), "hạn cuối".into())],
        total: 90,
        labels: BurnUpLabels {
            plan: "Kế hoạch".into(),
            claimed: "Báo xong".into(),
            proved: "Có minh chứng".into(),
            unit: "nhiệm vụ".into(),
            today: "hôm nay".into(),
        },
    }
}

fn stacked() -> StackedBars {
    let series = |label: &str, fill, role| StackedSeries { label: label.into(), fill, role };
    let row = |label: &str, values: [u32; 4]| StackedRow {
        label: label.into(),
        key: Some(label.into()),
        values: values.map(Some).to_vec(),
        value: format!("{}/{}", values[0] + values[1], values.iter().sum::<u32>()),
    };
    StackedBars {
        row_head: "Phần".into(),
        value_head: "Xong/tổng".into(),
        series: vec![
            series("có minh chứng", Fill::Solid, Role::Teal),
            series("báo xong", Fill::Hatched, Role::Accent),
            series("đang làm", Fill::Empty, Role::Ink3),
            series("vướng mắc", Fill::Solid, Role::Bad),
        ],
        rows: vec![
            row("I. Chuẩn bị, kế hoạch", [3, 0, 0, 0]),
            row("II. Dữ liệu, nghiệp vụ", [4, 1, 0, 0]),
            row("III. SSO, API", [49, 4, 1, 1]),
            row("IV.1 Security Server", [13, 1, 0, 0]),
            StackedRow {
                values: vec![Some(9), None, None, None],
                value: "?/13".into(),
                ..row("IV.2 Agent Node", [9, 0, 2, 2])
            },
        ],
        share: true,
    }
}

fn load() -> LoadBars {
    let row = |label: &str, total, done, proved, late| {
        let (label, key) = (label.into(), None);
        LoadRow { label, key, total, done, proved, silent: (done - proved) / 3, late }
    };
    LoadBars {
        rows: vec![
            row("Đơn vị kỹ thuật", 78, 72, 66, 6),
            row("Trung tâm Chuyển đổi số", 23, 19, 15, 4),
            row("Trung tâm Phục vụ", 6, 6, 6, 0),
            row("Cục nghiệp vụ", 7, 7, 7, 0),
            row("Sở Nội vụ", 2, 0, 0, 0),
        ],
        labels: LoadLabels {
            unit: "Đơn vị".into(),
            done: "Xong".into(),
            proved: "Có minh chứng".into(),
            silent: "Không quan sát được".into(),
            late: "Quá hạn".into(),
        },
    }
}

fn columns() -> GroupedColumns {
    let group = |label: &str, received, done, stock, partial| ColumnGroup {
        label: label.into(),
        key: Some(label.into()),
        received: Some(received),
        done,
        stock: Some(stock),
        partial,
    };
    GroupedColumns {
        groups: vec![
            group("T1", 71_214, Some(69_830), 21_000, false),
            group("T2", 58_402, Some(57_990), 21_412, false),
            group("T3", 93_120, None, 24_020, false),
            group("T4", 98_610, Some(95_700), 26_930, false),
            group("T5", 56_462, Some(32_154), 31_238, true),
        ],
        labels: ColumnLabels {
            period: "Tháng".into(),
            received: "tiếp nhận".into(),
            done: "đã xử lý".into(),
            stock: "đang xử lý cuối tháng".into(),
            partial: "đến 15/05".into(),
        },
        divisor: 1000,
        unit: "nghìn hồ sơ".into(),
    }
}

fn rates() -> RateRows {
    let row =
        |label: &str, rate, count| RateRow { label: label.into(), key: Some(label.into()), rate, count };
    RateRows {
        rows: vec![
            row("Đăng nhập một lần", Some(0.997), Some(1_204)),
            row("Khởi tạo hồ sơ bộ, ngành", Some(0.991), Some(866)),
            row("Đồng bộ thông tin thanh toán", Some(0.912), Some(466)),
            row("Cập nhật tiến trình xử lý hồ sơ", Some(0.98), Some(2_310)),
            row("Duyệt yêu cầu hoàn tiền", None, None),
            row("Lấy kết quả giải quyết", Some(0.9796), Some(98)),
        ],
        bar: 0.98,
        row_head: "Luồng".into(),
        count_head: "Lượt gọi".into(),
        bar_label: "mức".into(),
    }
}

//! The annexes: the checklist, the figures by system and unit, the APIs, the sources.

use super::super::{
    Stamp,
    paper::{Annex, Column, Grid, Line, shown},
};
use super::{caveats, lines, operation::upper_first, results::leads};
use crate::{
    about::Section,
    figures::{figure_cells, figure_columns},
    table::Datum,
};
use pvhcc_domain::{
    figures::Counts,
    report::freeze::{ApiLine, CountsLine, Freeze, Seen, SourceLine, TaskLine},
    text,
};

/// Letters of a title on one line across the page.
const TITLE_LINE: usize = 80;

pub(super) fn all(today: &Freeze, with: &str) -> Vec<Annex> {
    let annex = |label: &str, title: &str, sheet: &str, grid: Grid, empty: &str| Annex {
        label: label.into(),
        title: lines(title, TITLE_LINE),
        with: with.into(),
        notes: Vec::new(),
        grid,
        empty: empty.into(),
        size: 11.0,
        sheet: sheet.into(),
        frozen: 2,
    };
    let dossiers = &today.dossiers;
    let notes = match dossiers.as_of {
        Some(as_of) => vec![format!(
            "Từ ngày {} đến ngày {}; nguồn: {}; số liệu lúc {}. Dấu “–”: chưa có số liệu.",
            text::date(dossiers.from),
            text::date(dossiers.to),
            dossiers.basis,
            text::instant(as_of)
        )],
        None => vec!["Chưa có số liệu hồ sơ từ bất kỳ nguồn nào.".into()],
    };
    vec![
        annex(
            "Phụ lục I",
            "KẾT QUẢ THỰC HIỆN DANH MỤC NHIỆM VỤ",
            "I. Nhiệm vụ",
            tasks(today),
            "Danh mục không có nhiệm vụ.",
        ),
        Annex {
            notes,
            size: 8.5,
            ..annex(
                "Phụ lục II",
                "SỐ LIỆU HỒ SƠ THEO HỆ THỐNG VÀ ĐƠN VỊ",
                "II. Hồ sơ theo đơn vị",
                units(today),
                "Chưa có số liệu theo đơn vị.",
            )
        },
        Annex {
            notes: vec!["Đo trong 24 giờ trước thời điểm chốt số liệu. Dấu “–”: không quan sát được.".into()],
            ..annex(
                "Phụ lục III",
                "KẾT QUẢ ĐO CÁC API TÍCH HỢP",
                "III. API",
                apis(today),
                "Chưa có số liệu đo API.",
            )
        },
        annex(
            "Phụ lục IV",
            "NGUỒN SỐ LIỆU CỦA BÁO CÁO",
            "IV. Nguồn số liệu",
            sources(today),
            "Chưa có nguồn số liệu.",
        ),
    ]
}

fn tasks(today: &Freeze) -> Grid {
    let tasks = &today.tasks;
    let mut rows = Vec::new();
    let mut section = "";
    for task in &tasks.rows {
        if task.section != section {
            section = &task.section;
            let title = tasks.sections.iter().find(|line| line.id == section);
            rows.extend(title.map(|line| task_heading(&line.id, &line.title)));
        }
        rows.push(task_row(task));
    }
    Grid {
        columns: vec![
            Column::middle("TT", 6.0),
            Column::new("Nội dung", 42.0),
            Column::new("Đơn vị chủ trì", 20.0),
            Column::new("Thời hạn", 14.0),
            Column::new("Trạng thái", 13.0),
            Column::new("Ngày hoàn thành", 14.0),
            Column::new("Minh chứng", 24.0),
            Column::new("Quá hạn (ngày)", 9.0),
            Column::new("Ghi chú, vướng mắc", 26.0),
        ],
        rows,
    }
}

fn task_heading(no: &str, title: &str) -> Line {
    let mut cells = vec![Datum::Text(no.into()), Datum::Text(title.into())];
    cells.resize(9, Datum::Text(String::new()));
    Line::strong(cells)
}

fn task_row(task: &TaskLine) -> Line {
    if task.heading {
        return task_heading(&task.no, &task.text);
    }
    let text = |text: &str| Datum::Text(text.to_owned());
    Line::plain(vec![
        text(&task.no),
        text(&task.text),
        Datum::Text(leads(task)),
        Datum::Day(task.due),
        text(&task.status),
        Datum::Day(task.done_on),
        text(&task.proof),
        match task.days_late {
            0 => text(""),
            days => Datum::Count(Some(days.into())),
        },
        text(&task.note),
    ])
}

fn units(today: &Freeze) -> Grid {
    let mut columns = vec![Column::middle("TT", 4.5), Column::new("Hệ thống, đơn vị", 24.0)];
    columns.extend(figure_columns("").iter().map(|figure| Column::new(&figure.heading, 10.0)));
    let width = columns.len();
    let cells = |no: String, name: &str, counts: &Counts| {
        let mut cells = vec![Datum::Text(no), Datum::Text(name.into())];
        cells.extend(figure_cells(counts));
        cells
    };
    let heading = |text: &str| {
        let mut cells = vec![Datum::Text(String::new()), Datum::Text(text.into())];
        cells.resize(width, Datum::Text(String::new()));
        Line::strong(cells)
    };
    let dossiers = &today.dossiers;
    if dossiers.as_of.is_none() && dossiers.units.is_empty() && dossiers.systems.is_empty() {
        return Grid { columns, rows: Vec::new() };
    }
    let mut rows = vec![Line::strong(cells(String::new(), "Toàn tỉnh", &dossiers.whole))];
    let agency = |line: &&CountsLine| line.group == "agency";
    let commune = |line: &&CountsLine| line.group == "commune";
    let other = |line: &&CountsLine| !agency(line) && !commune(line);
    let groups: [(&str, Vec<&CountsLine>); 4] = [
        ("Theo hệ thống", dossiers.systems.iter().collect()),
        ("Sở, ban, ngành", dossiers.units.iter().filter(agency).collect()),
        ("Xã, phường", dossiers.units.iter().filter(commune).collect()),
        ("Đơn vị khác", dossiers.units.iter().filter(other).collect()),
    ];
    for (name, lines) in groups.iter().filter(|(_, lines)| !lines.is_empty()) {
        rows.push(heading(name));
        rows.extend((1..).zip(lines).map(|(no, line): (u32, _)| {
            Line::plain(cells(no.to_string(), &upper_first(&line.name), &line.counts))
        }));
    }
    Grid { columns, rows }
}

fn apis(today: &Freeze) -> Grid {
    let row = |api: &ApiLine| {
        let rate = api.succeeded.zip(api.calls.filter(|calls| *calls > 0));
        Line::plain(vec![
            Datum::Text(api.no.clone()),
            Datum::Text(api.name.clone()),
            Datum::Text(api.api.clone()),
            Datum::Count(api.calls),
            Datum::Count(api.succeeded),
            Datum::Rate(rate.map(|(succeeded, calls)| succeeded as f64 / calls as f64)),
            Datum::Count(api.p95_ms.map(u64::from)),
            Datum::Text(api.verdict.clone()),
        ])
    };
    Grid {
        columns: vec![
            Column::middle("TT", 6.0),
            Column::new("API", 46.0),
            Column::new("Mã", 22.0),
            Column::new("Lượt gọi", 11.0),
            Column::new("Thành công", 11.0),
            Column::new("Tỷ lệ thành công", 12.0),
            Column::new("Phân vị 95 (ms)", 11.0),
            Column::new("So với ngưỡng", 34.0),
        ],
        rows: today.exchange.apis.iter().map(row).collect(),
    }
}

fn state(seen: Seen) -> &'static str {
    match seen {
        Seen::Fresh => "cập nhật",
        Seen::Stale => "quá thời hạn cập nhật",
        Seen::Failing => "không trả lời",
        Seen::Never => "chưa có số liệu",
    }
}

fn sources(today: &Freeze) -> Grid {
    let row = |(at, source): (usize, &SourceLine)| {
        Line::plain(vec![
            Datum::Text((at + 1).to_string()),
            Datum::Text(source.title.clone()),
            Datum::Text(state(source.seen).into()),
            Datum::Instant(source.as_of),
            Datum::Instant(source.fetched_at),
            Datum::Instant(source.failing_since),
        ])
    };
    Grid {
        columns: vec![
            Column::middle("TT", 6.0),
            Column::new("Nguồn", 50.0),
            Column::new("Tình trạng khi chốt số liệu", 28.0),
            Column::new("Số liệu của nguồn lúc", 20.0),
            Column::new("Lấy về lúc", 20.0),
            Column::new("Không trả lời từ", 20.0),
        ],
        rows: today.sources.iter().enumerate().map(row).collect(),
    }
}

/// What the workbook says of itself on its last sheet.
pub(super) fn about(today: &Freeze, stamp: &Stamp) -> Vec<Section> {
    let line = |name: &str, text: String| (name.to_owned(), text);
    let mut sections = vec![Section {
        heading: "Căn cứ của báo cáo".into(),
        lines: vec![
            line("Chốt số liệu lúc", shown(&Datum::Instant(Some(today.at)))),
            line("Mã chốt số liệu", stamp.freeze.clone()),
            line("SHA-256 của số liệu đã chốt", stamp.freeze_sha256.clone()),
            line("Đầu nhật ký", stamp.head.clone()),
            line("Lập bằng", stamp.program.clone()),
        ],
    }];
    let said = caveats(today);
    if !said.is_empty() {
        sections.push(Section {
            heading: "Lưu ý về số liệu".into(),
            lines: said.into_iter().map(|caveat| (String::new(), caveat)).collect(),
        });
    }
    sections
}

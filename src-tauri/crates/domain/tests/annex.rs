//! Sheets read against a list: what is new, and every row not taken. That what is written reads back, whatever it is, is
//! held where it becomes files (`reports/tests`).

use chrono::NaiveDate;
use pvhcc_domain::{
    annex::{Annex, Cell, FileRefused, Grid, ListRefused, Said, list_of, list_titles, read},
    checklist::{AnomalyKind, Kind},
    lists::{Checklists, List},
    tables::Source,
    task::{TaskState, TaskStatus},
    time::Ms,
    units::Units,
};
use std::{collections::BTreeMap, sync::Arc};

type States = BTreeMap<String, TaskState>;

fn list(id: &str) -> Arc<List> {
    Arc::clone(Checklists::builtin().expect("lists").get(id).expect("shipped"))
}

fn ymd(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).expect("valid")
}

fn annex(list: &List, states: &States) -> Annex {
    Annex::of(list, states, &Units::builtin().expect("units"), &|_| "có minh chứng".to_owned(), Ms(0))
}

/// The sheet as a file would hold it: title, document, headings, rows.
fn grid(annex: &Annex) -> Grid {
    let line = |text: &str| vec![Cell::words(text)];
    let mut rows = vec![line(&annex.title), line(&annex.document), Vec::new()];
    rows.push(annex.headings.iter().map(Cell::words).collect());
    rows.extend(annex.rows.iter().map(|row| row.cells.clone()));
    Grid { sheet: "Danh mục".into(), rows, merged: Vec::new() }
}

/// The row of the sheet in which a key stands, from 0.
fn line_of(grid: &Grid, no: &str) -> usize {
    (4..grid.rows.len()).find(|row| grid.at(*row, 0).text() == no).expect("the key is there")
}

/// The sheet of the main list with one cell changed, read.
fn with(no: &str, column: &str, cell: Cell, states: &States) -> pvhcc_domain::annex::Read {
    let list = list("qd90");
    let written = annex(&list, states);
    let mut sheet = grid(&written);
    let row = line_of(&sheet, no);
    let at = written.headings.iter().position(|h| h == column).expect("column");
    sheet.rows[row][at] = cell;
    read(&sheet, &list, states).expect("reads")
}

#[test]
fn a_changed_cell_is_one_change_at_its_place() {
    let found = with("17", "Trạng thái", Cell::words("ĐANG  LAM"), &States::new());
    assert_eq!((found.rows.len(), found.same, found.faults.len()), (1, 89, 0));
    assert_eq!(found.rows[0].key, "17");
    let said =
        Said::Status { status: TaskStatus::InProgress, done_on: None, note: None, without_evidence: None };
    assert_eq!(found.rows[0].said, [(said, format!("F{}", found.rows[0].line))]);
}

#[test]
fn every_row_not_taken_says_where_and_why() {
    for (no, column, cell, reason) in [
        ("17", "TT", Cell::Number(999.0), "không có nhiệm vụ số 999"),
        ("17", "TT", Cell::words("18"), "số 18 trong tệp là"),
        ("17", "TT", Cell::Error("#REF!".into()), "công thức lỗi #REF!"),
        ("17", "Trạng thái", Cell::words("gần xong"), "không hiểu trạng thái"),
        ("17", "Trạng thái", Cell::words("báo xong"), "không có ngày xong"),
        ("17", "Ngày xong", Cell::words("30/02/2026"), "không phải một ngày"),
        ("17", "Ngày xong", Cell::Day(ymd(2026, 5, 1)), "nhưng trạng thái là “chưa bắt đầu”"),
        ("17", "Dự kiến xong", Cell::words("tuần sau"), "không phải một ngày"),
        ("17", "Hạn điều chỉnh", Cell::Day(ymd(2026, 6, 1)), "không ghi văn bản"),
        ("17", "Văn bản đổi hạn", Cell::words("CV 12"), "không có hạn điều chỉnh"),
        ("17", "Ghi chú", Cell::Error("#N/A".into()), "công thức lỗi #N/A"),
        ("17", "Yêu cầu kết quả", Cell::words("Việc khác"), "khác danh mục"),
    ] {
        let found = with(no, column, cell, &States::new());
        assert!(found.rows.is_empty(), "{reason}: nothing is taken");
        let fault = found.faults.first().unwrap_or_else(|| panic!("{reason}: nothing was said"));
        assert!(fault.reason.contains(reason), "{}", fault.reason);
        assert!(fault.place.ends_with(&fault.line.to_string()) && fault.line > 4, "{fault:?}");
    }
}

#[test]
fn a_number_that_stands_twice_is_taken_once() {
    let list = list("qd90");
    let mut sheet = grid(&annex(&list, &States::new()));
    let row = line_of(&sheet, "17");
    let mut twice = sheet.rows[row].clone();
    twice[5] = Cell::words("đang làm");
    sheet.rows.push(twice);
    let found = read(&sheet, &list, &States::new()).expect("reads");
    assert!(found.rows.is_empty());
    assert_eq!(found.faults.len(), 1);
    assert!(found.faults[0].reason.contains(&format!("đã có ở dòng {}", row + 1)));
}

#[test]
fn blank_cells_and_missing_columns_say_nothing() {
    let list = list("qd90");
    let done = TaskState {
        status: TaskStatus::Done,
        done_on: Some(ymd(2026, 5, 1)),
        note: Some("đã gửi".into()),
        expected: Some(ymd(2026, 5, 2)),
        changed_due: Some((ymd(2026, 5, 3), "CV 1".into())),
        ..TaskState::default()
    };
    let states = States::from([("17".to_owned(), done)]);
    let row = |cells: &[&str]| cells.iter().map(|c| Cell::words(*c)).collect::<Vec<_>>();
    let sheet = |rows: Vec<Vec<Cell>>| Grid { sheet: String::new(), rows, merged: Vec::new() };
    let blank = sheet(vec![row(&["STT", "Tình trạng", "Ghi chú"]), row(&["17", "", ""]), row(&["", "", ""])]);
    let found = read(&blank, &list, &states).expect("reads");
    assert_eq!((found.rows.len(), found.faults.len(), found.same), (0, 0, 1));

    let remark = sheet(vec![row(&["STT", "Tình trạng", "Ghi chú"]), row(&["17", "", "đã gửi lại"])]);
    let found = read(&remark, &list, &states).expect("reads");
    let (said, place) = &found.rows[0].said[0];
    assert_eq!(place, "C2");
    let Said::Status { status, done_on, note, .. } = said else { panic!("a status") };
    assert_eq!((*status, *done_on), (TaskStatus::Done, Some(ymd(2026, 5, 1))), "what is not said stays");
    assert_eq!(note.as_deref(), Some("đã gửi lại"));
}

#[test]
fn a_sheet_that_is_not_this_table_is_refused() {
    let list = list("qd90");
    let row = |cells: &[&str]| cells.iter().map(|c| Cell::words(*c)).collect::<Vec<_>>();
    let sheet = |rows: Vec<Vec<Cell>>| Grid { sheet: String::new(), rows, merged: Vec::new() };
    let read = |grid: Grid| read(&grid, &list, &States::new()).expect_err("refused");
    assert_eq!(read(sheet(vec![row(&["a", "b"]), row(&["1", "2"])])), FileRefused::NoHeadings);
    assert_eq!(read(sheet(vec![row(&["TT", "Nội dung"]), row(&["1", "x"])])), FileRefused::NoProgress);
    let twice = read(sheet(vec![row(&["TT", "Trạng thái", "Tình trạng"]), row(&["1", "", ""])]));
    assert!(
        matches!(twice, FileRefused::TwoColumns { first, second, .. } if first == "B1" && second == "C1")
    );
}

#[test]
fn figures_need_their_day_and_source_and_the_documents_own_say_nothing() {
    let list = list("da06");
    let written = annex(&list, &States::new());
    let at = written.headings.iter().position(|h| h == "Chỉ tiêu tiến độ").expect("column");
    let with = |text: &str| {
        let mut sheet = grid(&written);
        let row = line_of(&sheet, "6");
        sheet.rows[row][at] = Cell::words(text);
        read(&sheet, &list, &States::new()).expect("reads")
    };
    let title = "Hồ sơ TTHC của Bình Định (cũ) đã chuyển đổi";
    let found = with(&format!("{title}: 41,5 % · 15/05/2026 · Báo cáo của VNPT"));
    let expected = Said::Measure {
        measure: "dossiers".into(),
        value: 41.5,
        as_of: ymd(2026, 5, 15),
        source: "Báo cáo của VNPT".into(),
    };
    assert_eq!(found.rows[0].said[0].0, expected);
    for (text, reason) in [
        (format!("{title}: 41,5 %"), "cần ngày và nguồn"),
        (format!("{title}: nhiều · 15/05/2026 · x"), "hãy ghi theo dạng"),
        (format!("{title}: 41,5 % · hôm qua · x"), "không phải một ngày"),
        (format!("{title}: 41,5 % · 15/05/2026"), "hãy ghi theo dạng"),
        ("Chỉ tiêu lạ: 1".to_owned(), "không có chỉ tiêu đó"),
    ] {
        let found = with(&text);
        assert!(found.rows.is_empty() && found.faults[0].reason.contains(reason), "{:?}", found.faults);
    }
}

#[test]
fn the_decisions_own_annex_reads_back_as_a_list_with_the_same_rows_and_oddities() {
    let (units, main) = (Units::builtin().expect("units"), list("qd90"));
    let sheet = grid(&annex(&main, &States::new()));
    assert_eq!(list_titles(&sheet), (main.title.clone(), main.document.clone()));
    let read = list_of(&sheet, &units, ["qd2", "Bản khác", "QĐ số 2", "2026"]).expect("reads");
    assert!(read.columns.is_empty(), "how tasks stand is no column of the annex: {:?}", read.columns);
    assert_eq!(read.checklist.sections().len(), main.checklist.sections().len());
    for (theirs, ours) in read.checklist.rows().iter().zip(main.checklist.rows()) {
        assert_eq!(theirs.no, format!("qd2/{}", ours.no));
        assert_eq!(
            (
                &theirs.section,
                &theirs.group,
                &theirs.requirement,
                &theirs.lead_units,
                theirs.due,
                &theirs.due_text,
                theirs.kind
            ),
            (
                &ours.section,
                &ours.group,
                &ours.requirement,
                &ours.lead_units,
                ours.due,
                &ours.due_text,
                ours.kind
            ),
            "{}",
            ours.no
        );
    }
    let toml = read.to_toml().expect("prints");
    let back = List::parse(Source { name: "x", text: &toml }).expect("reads");
    assert_eq!(List { imported: true, ..back }, read);
}

#[test]
fn an_annex_with_merged_cells_missing_numbers_and_unknown_units_is_read_as_printed() {
    let units = Units::builtin().expect("units");
    let row = |cells: &[&str]| cells.iter().map(|c| Cell::words(*c)).collect::<Vec<_>>();
    let grid = Grid {
        sheet: String::new(),
        rows: vec![
            row(&["DANH MỤC NHIỆM VỤ"]),
            row(&["Kèm theo Quyết định số 5"]),
            row(&["TT", "Nội dung", "Yêu cầu kết quả", "Đơn vị chủ trì", "Ngày hoàn thành", "Sản phẩm"]),
            row(&["I", "Chuẩn bị"]),
            row(&["1", "Gửi", "Công văn", "VNPT- Gia Lai", "13/3/2026", "CV"]),
            row(&["", "", "Danh sách", "Sở Lạ", "ngày mai", ""]),
            row(&["2", "Lập nhóm", "", "C12", "2026-03-14", ""]),
            row(&["2", "Lập tổ", "", "", "", ""]),
            row(&["3", "Báo cáo", "Tuần", "", "", ""]),
            Vec::new(),
        ],
        merged: vec![[4, 1, 5, 1]],
    };
    let list = list_of(&grid, &units, ["qd5", "QĐ 5", "Quyết định số 5", "2026"]).expect("reads");
    let rows = list.checklist.rows();
    let keys: Vec<&str> = rows.iter().map(|r| r.no.as_str()).collect();
    assert_eq!(keys, ["qd5/1", "qd5/1a", "qd5/2", "qd5/2a", "qd5/3"]);
    assert_eq!((rows[0].lead_units.as_slice(), rows[1].group.as_str()), (&["vnpt".to_owned()][..], "Gửi"));
    assert_eq!(rows[0].texts.get("c1").map(String::as_str), Some("CV"));
    assert_eq!((rows[3].kind, rows[2].due), (Kind::Heading, Some(ymd(2026, 3, 14))));
    let kinds: Vec<AnomalyKind> = list.anomalies(&units).into_iter().map(|a| a.kind).collect();
    for kind in [
        AnomalyKind::UnnumberedTask,
        AnomalyKind::NumberedHeading,
        AnomalyKind::DateSpelling,
        AnomalyKind::UnknownUnit,
        AnomalyKind::NoDate,
        AnomalyKind::NoUnit,
        AnomalyKind::RepeatedNumber,
    ] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
    }
}

#[test]
fn what_is_no_annex_is_refused() {
    let units = Units::builtin().expect("units");
    let row = |cells: &[&str]| cells.iter().map(|c| Cell::words(*c)).collect::<Vec<_>>();
    let list = |rows: Vec<Vec<Cell>>| {
        list_of(&Grid { sheet: String::new(), rows, merged: Vec::new() }, &units, ["x", "X", "X", "2026"])
    };
    let head = || row(&["TT", "Nội dung", "Đơn vị chủ trì"]);
    assert_eq!(list(vec![row(&["a"])]).err(), Some(ListRefused::File(FileRefused::NoHeadings)));
    assert_eq!(list(vec![row(&["TT", "Trạng thái"])]).err(), Some(ListRefused::NoContents));
    assert_eq!(list(vec![head(), row(&["1", "Tiêu đề"])]).err(), Some(ListRefused::Rows(1)));
    let bad = vec![Cell::Number(1.0), Cell::Error("#VALUE!".into())];
    assert!(
        matches!(list(vec![head(), bad]).err(), Some(ListRefused::Formula { place, .. }) if place == "B2")
    );
}

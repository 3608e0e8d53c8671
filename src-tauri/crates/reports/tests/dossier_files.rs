//! The files of dossier figures, read back by a reader that did not write them, and by LibreOffice, which many offices use.

mod support;

use calamine::{Data, Reader, Xlsx};
use pvhcc_domain::figures::Counts;
use pvhcc_reports::{
    Datum, DossierRow, DossierRows, ReportError, Section, Table, TableColumn, dossier_table, figure_cells,
    figure_columns, processing_form, table_csv, table_xlsx,
};
use std::io::Cursor;
use support::{AS_OF, calc, cells, form, sheets, without_results};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn book(file: &[u8]) -> Book<'_> {
    Xlsx::new(Cursor::new(file)).expect("a workbook")
}

fn at<'a>(range: &'a calamine::Range<Data>, cell: &str) -> &'a Data {
    let (column, row) = (cell.as_bytes()[0] - b'A', cell[1..].parse::<u32>().expect("a row"));
    range.get_value((row - 1, u32::from(column))).unwrap_or(&Data::Empty)
}

fn text(words: &str) -> Data {
    Data::String(words.into())
}

#[test]
fn the_form_has_its_columns_its_totals_and_no_zero_for_what_is_not_known() {
    let file = processing_form(&form()).expect("writes");
    let mut book = book(&file);
    let sheet = book.worksheet_range("Biểu").expect("the form");
    assert_eq!(at(&sheet, "A1"), &text("Biểu số II.06a/VPCP/KSTT"));
    assert_eq!(at(&sheet, "C4"), &text("Kỳ báo cáo: từ ngày 01/01/2026 đến ngày 15/05/2026"));
    let numbers: Vec<String> = (0..13).map(|i| sheet[(8, i)].to_string()).collect();
    assert_eq!(numbers, (1..=13).map(|n| format!("({n})")).collect::<Vec<_>>());
    assert_eq!(at(&sheet, "B10"), &text("Chứng thực"));
    assert_eq!(at(&sheet, "C10"), &Data::Float(107_350.0));
    assert_eq!(at(&sheet, "H13"), &text("–"), "not told apart is not 0");
    // The sum of (8) is not known, for one row is not; the others are.
    assert_eq!(at(&sheet, "A14"), &text("Tổng cộng"));
    assert_eq!(at(&sheet, "C14"), &Data::Float(298_213.0));
    assert_eq!(at(&sheet, "H14"), &text("–"));
    let formulas = book.worksheet_formula("Biểu").expect("formulas");
    let formula = |row, column| formulas.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(formula(13, 2), "IF(COUNT(C10:C13)<ROWS(C10:C13),\"–\",SUM(C10:C13))");
    assert_eq!(
        formula(9, 14),
        "IF(COUNT(D10,E10,F10,C10)<4,\"chưa đủ dữ liệu\",IF(C10=D10+E10+F10,\"khớp\",C10-(D10+E10+F10)))"
    );
}

#[test]
fn a_check_that_does_not_hold_says_by_how_much_and_one_without_its_parts_says_so() {
    let file = processing_form(&form()).expect("writes");
    let mut book = book(&file);
    let sheet = book.worksheet_range("Biểu").expect("the form");
    // (3) = (4)+(5)+(6), (3) = (7)+(11), (7) = (8)+(9)+(10), (11) = (12)+(13).
    let row = |n: u32| ["O", "P", "Q", "R"].map(|c| at(&sheet, &format!("{c}{n}")).clone());
    let holds = || text("khớp");
    assert_eq!(row(10), [holds(), holds(), holds(), holds()]);
    assert_eq!(row(12), [holds(), Data::Float(129.0), holds(), holds()]);
    assert_eq!(row(13), [holds(), holds(), text("chưa đủ dữ liệu"), holds()]);
    assert_eq!(row(14), [holds(), Data::Float(129.0), text("chưa đủ dữ liệu"), holds()]);
    // What the source states as a whole, against the sums.
    let last = sheet.rows().next_back().expect("a row");
    assert_eq!(last[1], text("Chênh lệch với tổng các lĩnh vực"));
    assert_eq!((&last[2], &last[3], &last[7]), (&Data::Float(2.0), &holds(), &text("–")));
}

#[test]
fn a_form_without_rows_sums_to_nothing_known() {
    let mut form = form();
    (form.rows, form.stated) = (vec![], None);
    let file = processing_form(&form).expect("writes");
    let sheet = book(&file).worksheet_range("Biểu").expect("the form");
    assert_eq!((at(&sheet, "A10"), at(&sheet, "C10")), (&text("Tổng cộng"), &text("–")));
    assert_eq!(at(&sheet, "O10"), &text("chưa đủ dữ liệu"));
}

#[test]
fn the_code_and_the_units_are_those_given() {
    let mut form = form();
    form.code = "06/TTHC".into();
    form.receiver = "=cmd|' /C calc'!A1".into();
    let file = processing_form(&form).expect("writes");
    let mut book = book(&file);
    let sheet = book.worksheet_range("Biểu").expect("the form");
    assert_eq!(at(&sheet, "A1"), &text("Biểu số 06/TTHC"));
    assert_eq!(at(&sheet, "J3"), &text("Đơn vị nhận báo cáo: =cmd|' /C calc'!A1"));
    assert_eq!(book.sheet_names(), ["Biểu", "Nguồn và công thức"]);
}

#[test]
fn the_same_contents_are_the_same_bytes() {
    assert!(processing_form(&form()).expect("writes") == processing_form(&form()).expect("writes"));
    assert!(table_xlsx(&figures()).expect("writes") == table_xlsx(&figures()).expect("writes"));
    assert_eq!(table_csv(&figures()), table_csv(&figures()));
}

/// The figures of document 002: the ministries' parts are 129 short of their whole.
fn figures() -> Table {
    let counts = |received, online, direct, done, on_time| Counts {
        received: Some(received),
        received_online: Some(online),
        received_direct: Some(direct),
        carried_over: None,
        done: Some(done),
        on_time,
        late: on_time.map(|n| done - n),
        pending: Some(0),
        within_deadline: Some(0),
        overdue: Some(0),
    };
    let province = counts(338_923, 324_067, 14_856, 320_289, Some(315_000));
    let before = counts(300_000, 280_000, 20_000, 0, Some(0));
    let row = |name: &str, now: &Counts, then: &Counts| {
        let mut row = vec![Datum::Text(name.into())];
        row.extend(figure_cells(now));
        row.extend(figure_cells(then));
        row.push(Datum::Difference(Some(-1204)));
        row
    };
    let name = TableColumn { heading: "Hệ thống".into(), group: String::new(), width: 30.0 };
    let change =
        TableColumn { heading: "Nhận trong kỳ".into(), group: "Thay đổi".into(), width: 12.0 };
    Table {
        title: "Số liệu hồ sơ theo hệ thống".into(),
        lines: vec!["Kỳ: 01/01/2026–15/05/2026".into()],
        sheet: "Số liệu".into(),
        columns: std::iter::once(name)
            .chain(figure_columns("Kỳ này"))
            .chain(figure_columns("Cùng kỳ năm trước"))
            .chain([change])
            .collect(),
        frozen: 1,
        rows: vec![
            row("Hệ thống của tỉnh", &province, &before),
            row("=HYPERLINK(\"http://x\")", &Counts::default(), &Counts::default()),
        ],
        total: Some(row("Tất cả", &province, &before)),
        about: vec![Section {
            heading: "Công thức".into(),
            lines: vec![("(6) Tỷ lệ đúng hẹn".into(), "(5) ÷ (4)".into())],
        }],
        as_of: AS_OF,
    }
}

#[test]
fn figures_are_numbers_rates_are_percentages_and_the_unknown_is_a_dash() {
    let file = table_xlsx(&figures()).expect("writes");
    let mut book = book(&file);
    let sheet = book.worksheet_range("Số liệu").expect("the table");
    let heads: Vec<String> = (0..3).map(|i| sheet[(3, i)].to_string()).collect();
    assert_eq!(heads, ["Hệ thống", "Kỳ này", ""]);
    assert_eq!(sheet[(4, 1)], text("(1) Nhận trong kỳ"));
    assert_eq!(sheet[(5, 0)], text("Tất cả"));
    assert_eq!(sheet[(6, 1)], Data::Float(338_923.0));
    assert_eq!(sheet[(6, 4)], text("–"), "carried over is not told");
    assert_eq!(sheet[(6, 5)], text("–"), "nor is the total");
    let Data::Float(rate) = sheet[(6, 8)] else { panic!("{:?}", sheet[(6, 8)]) };
    assert!((rate - 315_000.0 / 320_289.0).abs() < 1e-12);
    assert_eq!(sheet[(6, 13)], text("–"), "of nothing pending there is no rate");
    assert_eq!(sheet[(6, 31)], Data::Float(-1204.0));
    assert_eq!(sheet[(7, 0)], text("=HYPERLINK(\"http://x\")"));
    assert!(book.worksheet_formula("Số liệu").expect("formulas").is_empty(), "a text is never a formula");
    let about = book.worksheet_range("Nguồn và công thức").expect("the sources");
    assert_eq!(about[(1, 1)], text("(5) ÷ (4)"));
}

#[test]
fn csv_has_the_rows_of_the_table_in_words_that_no_spreadsheet_runs() {
    let file = String::from_utf8(table_csv(&figures())).expect("UTF-8");
    let lines: Vec<&str> = file.lines().collect();
    assert!(lines[0].starts_with("\u{feff}Hệ thống,Kỳ này – (1) Nhận trong kỳ,Kỳ này – Trực tuyến,"));
    assert!(lines[2].starts_with("Hệ thống của tỉnh,338923,324067,14856,–,–,320289,315000,\"98,35%\","));
    assert!(lines[2].ends_with(",-1204"));
    assert!(lines[3].starts_with("\"'=HYPERLINK(\"\"http://x\"\")\",–,"));
    assert_eq!(lines.len(), 4);
}

fn dossiers() -> DossierRows {
    let row = |code: &str, received| DossierRow {
        code: code.into(),
        system: "Hệ thống của tỉnh".into(),
        unit: "Phường Quy Nhơn".into(),
        field: "Đất đai".into(),
        procedure: "1.012345 – Đăng ký đất đai".into(),
        channel: "Trực tuyến".into(),
        status: "Đang xử lý".into(),
        received,
        due: None,
        finished: None,
        remark: "Xử lý xong trước khi tiếp nhận".into(),
    };
    DossierRows {
        title: "Hồ sơ có ngày không hợp lý".into(),
        lines: vec![],
        rows: vec![
            row("H21.17-260529-0001", Some(AS_OF)),
            row("-260529-0002", None),
            row("000.00.01.H21", Some(pvhcc_domain::time::Ms(-3_000_000_000_000))),
        ],
        remark: "Lỗi dữ liệu".into(),
        about: vec![],
        as_of: AS_OF,
    }
}

#[test]
fn a_list_of_dossiers_keeps_codes_as_texts_and_instants_as_instants() {
    let table = dossier_table(dossiers());
    let file = table_xlsx(&table).expect("writes");
    let sheet = book(&file).worksheet_range("Danh sách hồ sơ").expect("the list");
    assert_eq!(sheet[(2, 10)], text("Lỗi dữ liệu"));
    assert_eq!(sheet[(3, 0)], text("H21.17-260529-0001"));
    let Data::DateTime(received) = sheet[(3, 7)] else { panic!("{:?}", sheet[(3, 7)]) };
    assert_eq!(
        received.as_datetime().expect("an instant").and_utc().timestamp_millis(),
        AS_OF.0 + 7 * 3_600_000,
        "in the province's time"
    );
    assert_eq!(sheet[(4, 7)], text("–"));
    assert_eq!(sheet[(5, 7)], text("08/12/1874 01:40"), "a date before spreadsheets' first is a text");
    let csv = String::from_utf8(table_csv(&table)).expect("UTF-8");
    assert!(csv.contains("H21.17-260529-0001,Hệ thống của tỉnh,"));
    assert!(csv.contains("29/05/2026 14:00,–,–,Xử lý xong trước khi tiếp nhận"));
    assert!(csv.contains("\n'-260529-0002,"));
    // Without remarks there is no column of them.
    let table = dossier_table(DossierRows { remark: String::new(), ..dossiers() });
    assert!(table.columns.len() == 10 && table.rows.iter().all(|r| r.len() == 10));
}

#[test]
fn more_rows_than_a_workbook_takes_are_refused_and_csv_takes_them() {
    let mut table = dossier_table(dossiers());
    table.rows = vec![vec![Datum::Count(Some(1))]; pvhcc_reports::MOST_XLSX_ROWS + 1];
    assert!(matches!(table_xlsx(&table), Err(ReportError::TooManyRows(100_001))));
    assert_eq!(table_csv(&table).iter().filter(|b| **b == b'\n').count(), 100_002);
}

#[test]
fn calc_opens_and_saves_the_files_and_their_cells_are_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("bieu.xlsx", processing_form(&form()).expect("writes")),
        ("so-lieu.xlsx", table_xlsx(&figures()).expect("writes")),
        ("ho-so.xlsx", table_xlsx(&dossier_table(dossiers())).expect("writes")),
    ];
    for (name, ours) in &files {
        std::fs::write(folder.path().join(name), ours).expect("writes");
        let kept = calc(folder.path(), name, "xlsx");
        let (mine, theirs) = (sheets(ours), sheets(&kept));
        assert_eq!(theirs.len(), mine.len(), "{name}");
        for (mine, theirs) in mine.iter().zip(&theirs) {
            assert_eq!(cells(theirs), cells(mine), "{name}, {}", mine.sheet);
        }
        // The formulas came back as formulas.
        let count = |file: &[u8]| {
            let mut book = book(file);
            let first = book.sheet_names()[0].clone();
            let formulas = book.worksheet_formula(&first).expect("formulas");
            formulas.used_cells().filter(|f| !f.2.is_empty()).count()
        };
        assert_eq!(count(&kept), count(ours), "{name}");
    }
}

#[test]
fn calc_computes_what_the_form_says_its_formulas_give() {
    let folder = tempfile::tempdir().expect("a folder");
    let ours = processing_form(&form()).expect("writes");
    let bare = without_results(&ours);
    assert_ne!(cells(&sheets(&bare)[0]), cells(&sheets(&ours)[0]), "there is something to compute");
    std::fs::write(folder.path().join("bieu.xlsx"), bare).expect("writes");
    let computed = calc(folder.path(), "bieu.xlsx", "xlsx");
    assert_eq!(cells(&sheets(&computed)[0]), cells(&sheets(&ours)[0]));
}

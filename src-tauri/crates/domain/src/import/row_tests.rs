//! Rows of dossiers and of figures, read whole; each bad one with its reason and its column.

use super::{value::DateOrder, *};
use crate::{
    dossier::{Payment, ServiceLevel, systems::Systems},
    figures::statement::StatedRate,
    time::Ms,
    units::Units,
};
use std::{collections::BTreeMap, sync::LazyLock};

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known::new(&Systems::builtin().expect("right"), &Units::builtin().expect("right"));
    known.fields.add("LV01", "Đất đai");
    known
});

fn names() -> &'static Dictionary {
    Dictionary::builtin().expect("right")
}

fn now() -> Ms {
    Ms::parse_rfc3339("2026-05-29T14:00:00+07:00").expect("valid")
}

/// A table of texts as a mapping and its rows.
struct Table {
    mapping: Mapping,
    rows: Vec<Vec<Cell>>,
}

fn cells(row: &[&str]) -> Vec<Cell> {
    row.iter()
        .map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) })
        .collect()
}

impl Table {
    fn new(what: What, rows: &[&[&str]]) -> Self {
        let header = Header::at(&[(1, cells(rows[0]))], 1, 1);
        let columns = Mapping::guess(names(), what, &header);
        let mapping = Mapping { columns, ..Mapping::default() };
        Self { mapping, rows: rows[1..].iter().map(|row| cells(row)).collect() }
    }

    fn reader(&self) -> RowReader<'_> {
        let mut witness = RowReader::new(names(), &KNOWN, &self.mapping, Some("tinh"), now());
        self.rows.iter().for_each(|row| witness.witness(row));
        let told = witness.evidence().clone();
        RowReader::new(names(), &KNOWN, &self.mapping, Some("tinh"), now()).with_evidence(&told)
    }
}

#[test]
fn a_dossier_is_read_with_every_field_and_nothing_else() {
    let table = Table::new(
        What::Dossiers,
        &[
            &[
                "Mã hồ sơ",
                "Chủ hồ sơ",
                "Mã bản ghi",
                "Hệ thống",
                "Bộ",
                "Mã TTHC",
                "Tên TTHC",
                "Lĩnh vực",
                "Đơn vị xử lý",
                "Mức độ DVC",
                "Kênh thực hiện",
                "Trạng thái",
                "Ngày nộp",
                "Ngày tiếp nhận",
                "Ngày hẹn trả",
                "Ngày kết thúc",
                "Ngày trả",
                "Có số hóa",
                "Tái sử dụng",
                "Kết quả điện tử",
                "Lệ phí",
                "Thanh toán trực tuyến",
                "Số lần bổ sung",
                "Lần cập nhật cuối",
            ],
            &[
                "H21.19-260504-00001",
                "Nguyễn Văn A",
                "r1",
                "bo",
                "Bộ Y tế",
                "1.116910",
                "Cấp giấy phép",
                "đất đai",
                "Sở Y tế",
                "Toàn trình",
                "Trực tuyến",
                "Đã trả kết quả",
                "04/05/2026 07:30",
                "04/05/2026 08:00",
                "11/05/2026",
                "08/05/2026",
                "-",
                "Có",
                "không",
                "x",
                "50.000",
                "Qua Cổng DVCQG",
                "1",
                "20260508153000",
            ],
        ],
    );
    let mut reader = table.reader();
    let record = reader.record(&table.rows[0]).expect("read");
    let at = |text: &str| Ms::parse_rfc3339(text).ok();
    assert_eq!(record.system, "bo.byt");
    assert_eq!((record.code.as_str(), record.record.as_str()), ("H21.19-260504-00001", "r1"));
    assert_eq!(record.procedure.as_deref(), Some("1.116910"));
    assert_eq!((record.field.as_deref(), record.unit.as_deref()), (Some("LV01"), Some("H21.19")));
    assert_eq!(
        (record.service_level, record.channel_code, record.status_code),
        (Some(ServiceLevel::Full), Some(2), Some(10))
    );
    assert_eq!(record.submitted_at, at("2026-05-04T07:30:00+07:00"));
    assert_eq!(record.due_at, at("2026-05-11T00:00:00+07:00"));
    assert_eq!((record.returned_at, record.changed_at), (None, at("2026-05-08T15:30:00+07:00")));
    assert_eq!(
        (record.digitised, record.reused, record.electronic_result),
        (Some(true), Some(false), Some(true))
    );
    assert_eq!(
        (record.fee, record.payment, record.supplements),
        (Some(50_000), Some(Payment::Portal), Some(1))
    );
    assert!(!format!("{record:?}").contains("Nguyễn"));
    let learned = reader.learned();
    assert_eq!(learned.len(), 1);
    assert_eq!((learned[0].code.as_str(), learned[0].name.as_str()), ("1.116910", "Cấp giấy phép"));
}

#[test]
fn a_bad_row_of_a_dossier_is_refused_with_its_column_and_a_reason_that_quotes_nothing() {
    let head: &[&str] =
        &["Mã hồ sơ", "Đơn vị", "Trạng thái", "Ngày tiếp nhận", "Lệ phí", "Có số hóa", "Mức độ DVC"];
    for (row, column, words) in [
        (&["", "H21.17", "4", "04/05/2026"][..], Some(0), "Mã hồ sơ: trống"),
        (&["052099001234", "H21.17", "4", "04/05/2026"], Some(0), "số định danh cá nhân"),
        (&["A-1", "Tổ dân phố 3", "4", "04/05/2026"], Some(1), "Đơn vị: không có đơn vị này"),
        (&["A-1", "H21.17", "Bị treo", "04/05/2026"], Some(2), "Trạng thái: không hiểu chữ này"),
        (&["A-1", "H21.17", "4", "31/02/2026"], Some(3), "Ngày tiếp nhận: ngày không có trong lịch"),
        (&["A-1", "H21.17", "4", "04/05/26"], Some(3), "hai chữ số"),
        (&["A-1", "H21.17", "4", "Trần Thị B"], Some(3), "không phải một ngày"),
        (&["A-1", "H21.17", "4", "", "-5"], Some(4), "Phí, lệ phí (đồng): số âm"),
        (&["A-1", "H21.17", "4", "", "0", "có lẽ"], Some(5), "không phải có/không"),
        (&["A-1", "H21.17", "4", "", "0", "có", "5"], Some(6), "không hiểu chữ này"),
    ] {
        let table = Table::new(What::Dossiers, &[head, row]);
        let fault = table.reader().record(&table.rows[0]).expect_err("refused");
        assert_eq!(fault.column, column, "{row:?}: {fault:?}");
        assert!(fault.reason.contains(words), "{row:?}: {}", fault.reason);
        assert!(!fault.reason.contains("Trần") && !fault.reason.contains("0520"), "{}", fault.reason);
        assert!(!fault.value.unwrap_or_default().contains("0520"));
    }
    let mut table = Table::new(What::Dossiers, &[head, &["A-1"]]);
    table.rows[0].extend([Cell::Empty, Cell::Empty, Cell::Error("#N/A".into())]);
    let fault = table.reader().record(&table.rows[0]).expect_err("a failed formula");
    assert!(fault.column == Some(3) && fault.reason.contains("#N/A"), "{fault:?}");
}

#[test]
fn wrong_codes_are_kept_as_told_for_the_rules_of_data_quality() {
    let table = Table::new(
        What::Dossiers,
        &[&["Mã hồ sơ", "Đơn vị", "Trạng thái", "Kênh nộp"], &["khong-dung", "H21.999", "77", "9"]],
    );
    let record = table.reader().record(&table.rows[0]).expect("kept");
    assert_eq!(
        (record.status_code, record.channel_code, record.unit.as_deref()),
        (Some(77), Some(9), Some("H21.999"))
    );
    assert_eq!((record.status(), record.received_at), (None, None));
}

#[test]
fn a_text_that_nobody_knows_is_listed_and_may_be_given_a_code() {
    let mut table = Table::new(
        What::Dossiers,
        &[
            &["Mã hồ sơ", "Đơn vị", "Lĩnh vực"],
            &["A-1", "Chi nhánh số 3", "Lĩnh vực mới"],
            &["A-2", "Chi nhánh số 3", "Lĩnh vực mới"],
            &["A-3", "Sở Y tế", "Lĩnh vực mới"],
        ],
    );
    let mut reader = table.reader();
    let taken = table.rows.iter().filter(|row| reader.record(row).is_ok()).count();
    assert_eq!(taken, 1);
    let unknown: Vec<_> = reader.unknown();
    assert!(unknown.contains(&(Target::Unit, "Chi nhánh số 3".into(), 2, true)), "{unknown:?}");
    assert!(
        unknown.contains(&(Target::Field, "Lĩnh vực mới".into(), 3, false)),
        "kept as it is: {unknown:?}"
    );
    table.mapping.values.insert((Target::Unit, compact("chi nhánh số 3")), "H21.24".into());
    let mut reader = table.reader();
    assert_eq!(reader.record(&table.rows[0]).expect("given").unit.as_deref(), Some("H21.24"));
}

#[test]
fn dates_of_a_column_follow_all_of_it() {
    let table = Table::new(
        What::Dossiers,
        &[&["Mã hồ sơ", "Ngày tiếp nhận"], &["A-1", "05/04/2026"], &["A-2", "05/29/2026"]],
    );
    let mut reader = table.reader();
    let first = reader.record(&table.rows[0]).expect("read").received_at;
    assert_eq!(
        first,
        Ms::parse_rfc3339("2026-05-04T00:00:00+07:00").ok(),
        "month first, as the second row shows"
    );
    let mut said = Table::new(What::Dossiers, &[&["Mã hồ sơ", "Ngày tiếp nhận"], &["A-1", "05/04/2026"]]);
    said.mapping.orders = BTreeMap::from([(1, DateOrder::MonthFirst)]);
    assert_eq!(said.reader().record(&said.rows[0]).expect("read").received_at, first);
}

#[test]
fn figures_are_read_with_period_cell_and_rates() {
    let table = Table::new(
        What::Figures,
        &[
            &[
                "HE_THONG",
                "MALINHVUC",
                "TENLINHVUC",
                "TU_NGAY",
                "DEN_NGAY",
                "NHAN_TRONG_KY",
                "NHAN_TRUC_TUYEN",
                "NHAN_TRUC_TIEP",
                "TON_KY_TRUOC",
                "DA_XU_LY",
                "Tỷ lệ đúng hẹn",
            ],
            &[
                "tinh",
                "LV01",
                "Đất đai",
                "20260501",
                "20260515",
                "338.923",
                "324.067",
                "14.856",
                "",
                "320.289",
                "68,73%",
            ],
        ],
    );
    let mut reader = table.reader();
    let figures = reader.figures(&table.rows[0]).expect("read");
    assert_eq!(
        (figures.system.as_str(), figures.field.as_deref(), figures.unit),
        ("tinh", Some("LV01"), None)
    );
    assert_eq!(
        (figures.from.to_string(), figures.to.to_string()),
        ("2026-05-01".into(), "2026-05-15".into())
    );
    let c = figures.statement.counts;
    assert_eq!(
        (c.received, c.received_online, c.received_direct, c.carried_over),
        (Some(338_923), Some(324_067), Some(14_856), None)
    );
    assert_eq!(figures.statement.on_time_rate, Some(StatedRate { fraction: 0.6873, digits: 2 }));
}

#[test]
fn the_form_ii_06a_becomes_the_13_figures_by_its_crosswalk() {
    let header: Vec<Vec<String>> = [
        "Lĩnh vực",
        "Tiếp nhận/Tổng số",
        "Tiếp nhận/Trong kỳ/Trực tuyến",
        "Tiếp nhận/Trong kỳ/Trực tiếp, dịch vụ bưu chính",
        "Tiếp nhận/Từ kỳ trước",
        "Đã giải quyết/Tổng số",
        "Đã giải quyết/Trước hạn",
        "Đã giải quyết/Đúng hạn",
        "Đã giải quyết/Quá hạn",
        "Đang giải quyết/Tổng số",
        "Đang giải quyết/Trong hạn",
        "Đang giải quyết/Quá hạn",
    ]
    .iter()
    .map(|path| path.split('/').map(str::to_owned).collect())
    .collect();
    let header = Header { first: 1, rows: 3, columns: header };
    let mut mapping =
        Mapping { columns: Mapping::guess(names(), What::Figures, &header), ..Mapping::default() };
    mapping.fixed = BTreeMap::from([
        (Target::Period, "Tháng 4 năm 2026".to_owned()),
        (Target::Unit, "Sở Y tế".to_owned()),
    ]);
    let row: Vec<Cell> = std::iter::once(Cell::Text("Đất đai".into()))
        .chain([120.0, 90.0, 10.0, 20.0, 100.0, 60.0, 30.0, 10.0, 20.0, 15.0, 5.0].map(Cell::Number))
        .collect();
    let mut reader = RowReader::new(names(), &KNOWN, &mapping, Some("tinh"), now());
    let figures = reader.figures(&row).expect("read");
    let c = figures.statement.counts;
    assert_eq!(
        (c.received, c.carried_over, figures.statement.total),
        (Some(100), Some(20), Some(120)),
        "N = (4)+(5), X = (3)"
    );
    assert_eq!((c.done, c.on_time, c.late), (Some(100), Some(90), Some(10)), "D₁ = (8)+(9)");
    assert_eq!((c.pending, c.within_deadline, c.overdue), (Some(20), Some(15), Some(5)));
    assert_eq!((figures.unit.as_deref(), figures.field.as_deref()), (Some("H21.19"), Some("LV01")));
    assert_eq!(figures.to.to_string(), "2026-04-30");
}

#[test]
fn a_bad_row_of_figures_is_refused_with_its_column_and_reason() {
    let head: &[&str] = &["Tháng", "Năm", "Nhận trong kỳ", "Từ ngày", "Đến ngày"];
    for (row, column, words) in [
        (&["13", "2026", "5"][..], Some(0), "kỳ không có trong lịch"),
        (&["5", "1926", "5"], Some(0), "kỳ không có trong lịch"),
        (&["", "", "5", "15/05/2026", "01/05/2026"], Some(3), "không có trong lịch"),
        (&["", "", "5", "31/02/2026", "01/05/2026"], Some(3), "không có trong lịch"),
        (&["", "", "5", "01/05/2026", ""], None, "chỉ có một đầu"),
        (&["", "", "5"], None, "không có kỳ báo cáo"),
        (&["7", "2026", "5"], Some(0), "chưa đến"),
        (&["5", "2026", "năm hồ sơ"], Some(2), "không phải số nguyên"),
        (&["5", "2026", ""], None, "không có số liệu nào"),
    ] {
        let table = Table::new(What::Figures, &[head, row]);
        let fault = table.reader().figures(&table.rows[0]).expect_err("refused");
        assert_eq!(fault.column, column, "{row:?}: {fault:?}");
        assert!(fault.reason.contains(words), "{row:?}: {}", fault.reason);
    }
}

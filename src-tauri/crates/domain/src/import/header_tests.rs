//! Headings as exports lay them out.

use super::*;

fn names() -> &'static Dictionary {
    Dictionary::builtin().expect("the shipped names are right")
}

fn row(line: u32, cells: &[&str]) -> SheetRow {
    (
        line,
        cells
            .iter()
            .map(|text| if text.is_empty() { Cell::Empty } else { Cell::Text((*text).to_owned()) })
            .collect(),
    )
}

fn targets(what: What, header: &Header) -> Vec<Option<Target>> {
    let of = |path: &Vec<String>| match names().heading(what, path) {
        Heading::Target { target, .. } => Some(target),
        _ => None,
    };
    header.columns.iter().map(of).collect()
}

#[test]
fn the_channel_is_known_by_its_short_name() {
    let window = [
        row(1, &["Mã hồ sơ", "Ngày tiếp nhận", "Trạng thái", "Kênh"]),
        row(2, &["H21.17-260504-00001", "04/05/2026", "Đang xử lý", "Trực tuyến"]),
    ];
    let (what, header) = Header::find(names(), None, &window).expect("found");
    assert_eq!(targets(what, &header).last(), Some(&Some(Target::Channel)));
}

#[test]
fn headings_stand_below_title_rows() {
    let window = [
        row(1, &["UBND TỈNH GIA LAI"]),
        row(2, &["DANH SÁCH HỒ SƠ TIẾP NHẬN"]),
        row(3, &["Từ ngày 01/05/2026 đến ngày 15/05/2026"]),
        row(5, &["STT", "Mã hồ sơ", "Chủ hồ sơ", "Ngày tiếp nhận", "Trạng thái"]),
        row(6, &["1", "H21.17-260504-00001", "Nguyễn Văn A", "04/05/2026", "Đang xử lý"]),
        row(7, &["2", "H21.17-260504-00002", "Trần Thị B", "04/05/2026", "Đang xử lý"]),
    ];
    let (what, header) = Header::find(names(), None, &window).expect("found");
    assert_eq!((what, header.first, header.rows), (What::Dossiers, 5, 1));
    assert_eq!(header.title(3), "Ngày tiếp nhận");
}

#[test]
fn the_form_ii_06a_has_headings_of_three_rows_and_a_row_of_numbers() {
    let tiep_nhan = "Số lượng hồ sơ tiếp nhận";
    let window = [
        row(1, &["Biểu số II.06a/VPCP/KSTT"]),
        row(2, &["Kỳ báo cáo: Tháng 5 năm 2026"]),
        row(
            4,
            &[
                "STT",
                "Lĩnh vực",
                tiep_nhan,
                "",
                "",
                "",
                "Số lượng hồ sơ đã giải quyết",
                "",
                "",
                "",
                "Số lượng hồ sơ đang giải quyết",
                "",
                "",
            ],
        ),
        row(
            5,
            &[
                "",
                "",
                "Tổng số",
                "Trong kỳ",
                "",
                "Từ kỳ trước",
                "Tổng số",
                "Trước hạn",
                "Đúng hạn",
                "Quá hạn",
                "Tổng số",
                "Trong hạn",
                "Quá hạn",
            ],
        ),
        row(6, &["", "", "", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "", "", "", "", "", "", "", ""]),
        row(
            7,
            &[
                "(1)",
                "(2)",
                "(3)=(4)+(5)+(6)",
                "(4)",
                "(5)",
                "(6)",
                "(7)=(8)+(9)+(10)",
                "(8)",
                "(9)",
                "(10)",
                "(11)=(12)+(13)",
                "(12)",
                "(13)",
            ],
        ),
        row(8, &["1", "Đất đai", "120", "90", "10", "20", "100", "60", "30", "10", "20", "15", "5"]),
    ];
    let (what, header) = Header::find(names(), None, &window).expect("found");
    assert_eq!((what, header.first, header.rows), (What::Figures, 4, 3));
    use Target as T;
    let expected = [
        T::Field,
        T::Total,
        T::ReceivedOnline,
        T::ReceivedDirect,
        T::CarriedOver,
        T::Done,
        T::Early,
        T::OnTime,
        T::Late,
        T::Pending,
        T::WithinDeadline,
        T::Overdue,
    ];
    assert_eq!(targets(what, &header)[1..], expected.map(Some));
    let read: Vec<usize> = (1..13).collect();
    let kind = |at: usize| RowKind::of(names(), &header, &read, window[at].0, &window[at].1);
    assert_eq!((kind(5), kind(6)), (RowKind::ColumnNumbers, RowKind::Data));
}

#[test]
fn keys_and_short_headings_are_found_too() {
    let window = [row(1, &["HE_THONG", "TENLINHVUC", "TU_NGAY", "DEN_NGAY", "NHAN_TRONG_KY", "DA_XU_LY"])];
    assert_eq!(Header::find(names(), None, &window).map(|(what, _)| what), Some(What::Figures));
    let window = [row(1, &["code", "unit", "received_at"])];
    assert_eq!(Header::find(names(), None, &window).map(|(what, _)| what), Some(What::Dossiers));
    let nothing = [row(1, &["a", "b"]), row(2, &["Số hồ sơ", "x"])];
    assert_eq!(Header::find(names(), None, &nothing), None, "one column is no table of dossiers");
}

#[test]
fn rows_that_are_no_data_are_told_apart() {
    let window = [row(3, &["STT", "Lĩnh vực", "Nhận trong kỳ", "Đã xử lý", "Chưa xử lý"])];
    let (_, header) = Header::find(names(), None, &window).expect("found");
    let kind = |cells: &[&str]| RowKind::of(names(), &header, &[1, 2, 3, 4], 9, &row(9, cells).1);
    for (cells, expected) in [
        (&["1", "Đất đai", "3", "2", "1"][..], RowKind::Data),
        (&["", "", "", "", ""], RowKind::Blank),
        (&["", " ", "", "", ""], RowKind::Blank),
        (&["", "Tổng cộng", "3", "2", "1"], RowKind::Total),
        (&["TỔNG SỐ:", "", "3", "2", "1"], RowKind::Total),
        (&["STT", "Lĩnh vực", "Nhận trong kỳ", "Đã xử lý", "Chưa xử lý"], RowKind::Repeated),
        (&["", "Người lập biểu", "", "Thủ trưởng đơn vị", ""], RowKind::Below),
        (&["7"], RowKind::Unread),
        (&["2", "Tổng hợp, thống kê", "3", "2", "1"], RowKind::Data),
    ] {
        assert_eq!(kind(cells), expected, "{cells:?}");
    }
}

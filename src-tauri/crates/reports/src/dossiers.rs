//! A list of dossiers as a table: what is behind a figure, or what a unit has to mend. The columns are those named here, so
//! nothing of a person can come into the file.

use crate::about::Section;
use crate::table::{Datum, Table, TableColumn};
use pvhcc_domain::time::Ms;

/// One dossier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DossierRow {
    /// Its code, as the system that keeps it has it.
    pub code: String,
    /// Name of that system.
    pub system: String,
    /// Name of the unit; "–" where it is not told, as of all names here.
    pub unit: String,
    /// Name of the field.
    pub field: String,
    /// Name of the procedure, with its code.
    pub procedure: String,
    /// Channel, in words.
    pub channel: String,
    /// Status, in words.
    pub status: String,
    /// Received.
    pub received: Option<Ms>,
    /// Due.
    pub due: Option<Ms>,
    /// Finished.
    pub finished: Option<Ms>,
    /// What is said of it: which rule it breaks, how long it is overdue.
    pub remark: String,
}

/// A list of dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierRows {
    /// Title over the list ("Hồ sơ quá hạn chưa xử lý").
    pub title: String,
    /// Lines under the title: period, scope, as-of.
    pub lines: Vec<String>,
    /// Rows in their order.
    pub rows: Vec<DossierRow>,
    /// Heading of the remarks ("Lỗi dữ liệu"); empty where there are none.
    pub remark: String,
    /// Sources and rules, on a sheet of their own.
    pub about: Vec<Section>,
    /// When the list held.
    pub as_of: Ms,
}

/// The list as a table, for [`crate::table_xlsx`] and [`crate::table_csv`].
#[must_use]
pub fn dossier_table(list: DossierRows) -> Table {
    let heads = [
        ("Mã hồ sơ", 26.0),
        ("Hệ thống", 18.0),
        ("Đơn vị", 28.0),
        ("Lĩnh vực", 22.0),
        ("Thủ tục", 52.0),
        ("Kênh nộp", 12.0),
        ("Trạng thái", 20.0),
        ("Tiếp nhận", 16.0),
        ("Hẹn trả", 16.0),
        ("Kết thúc xử lý", 16.0),
    ];
    let remarked = !list.remark.is_empty();
    let last = remarked.then_some((list.remark.as_str(), 40.0));
    let columns = heads.into_iter().chain(last).map(|(heading, width)| TableColumn {
        heading: heading.into(),
        group: String::new(),
        width,
    });
    let columns = columns.collect();
    let row = |d: DossierRow| {
        let texts = [d.code, d.system, d.unit, d.field, d.procedure, d.channel, d.status];
        let mut cells: Vec<Datum> = texts.into_iter().map(Datum::Text).collect();
        cells.extend([d.received, d.due, d.finished].map(Datum::Instant));
        cells.extend(remarked.then_some(Datum::Text(d.remark)));
        cells
    };
    Table {
        rows: list.rows.into_iter().map(row).collect(),
        title: list.title,
        lines: list.lines,
        sheet: "Danh sách hồ sơ".into(),
        columns,
        frozen: 1,
        total: None,
        about: list.about,
        as_of: list.as_of,
    }
}

//! The form on handling of procedures (II.06a/VPCP/KSTT of Thông tư 01/2020/TT-VPCP) in its own layout, with its checks as
//! formulas beside it, outside the printed page.

use crate::ReportError;
use crate::about::{Section, about};
use crate::layout::{A4, COUNT, DIFFERENCE, FONT, UNKNOWN, height};
use chrono::NaiveDate;
use pvhcc_domain::{text, time::Ms};
use rust_xlsxwriter::{
    ColNum, ConditionalFormatCell, ConditionalFormatCellRule, DocProperties, Format, FormatAlign,
    FormatBorder, Formula, RowNum, Workbook, Worksheet,
};

/// Columns (3) to (13) of a row. `None` is not known, shown as "–".
///
/// Received: (3) all, (4) online in the period, (5) in person and by post in the period, (6) carried over. Done: (7) all,
/// (8) early, (9) on time, (10) late. Pending: (11) all, (12) within the deadline, (13) overdue.
pub type FormCells = [Option<u64>; 11];

/// A row of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLine {
    /// Name of the field, column (2).
    pub field: String,
    /// Columns (3) to (13).
    pub cells: FormCells,
}

/// The form with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessingForm {
    /// Its code, as the circular in force numbers it ("II.06a/VPCP/KSTT").
    pub code: String,
    /// What it was issued with ("Ban hành theo Thông tư số 01/2020/TT-VPCP").
    pub document: String,
    /// Its title, printed in capitals.
    pub title: String,
    /// First day of the period.
    pub from: NaiveDate,
    /// Last day of the period.
    pub to: NaiveDate,
    /// Reporting unit.
    pub reporter: String,
    /// Receiving unit.
    pub receiver: String,
    /// One row a field, in their order.
    pub rows: Vec<FormLine>,
    /// The totals as the sources state them without fields, to be compared with the sums of the rows; `None` where
    /// nobody states any.
    pub stated: Option<FormCells>,
    /// Sources, crosswalk to the 13 figures and remarks, on a sheet of their own.
    pub about: Vec<Section>,
    /// When the figures held; the file carries no other time.
    pub as_of: Ms,
}

const SHEET: &str = "Biểu";
/// First of the two rows of headings, from 0.
const HEAD: RowNum = 6;
/// First row of figures: two rows of headings and one of numbers stand above.
const FIRST: RowNum = HEAD + 3;
/// Columns (3) to (13), from 0.
const CELLS: std::ops::RangeInclusive<ColNum> = 2..=12;
/// Width of the columns of the form, in characters; they fill a page of A4 laid across.
const WIDTHS: [f64; 13] = [5.0, 31.0, 10.0, 10.0, 11.0, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5, 9.5];
/// Height of a row of one line, points.
const ROW: f64 = 18.0;
/// First column of the checks; an empty one parts them from the form.
const CHECKS: ColNum = 14;
const AGREES: &str = "khớp";
const TOO_LITTLE: &str = "chưa đủ dữ liệu";

/// A check of the form: a whole and its parts, by the numbers of their columns.
struct Check {
    whole: usize,
    parts: &'static [usize],
}

const RULES: [Check; 4] = [
    Check { whole: 3, parts: &[4, 5, 6] },
    Check { whole: 3, parts: &[7, 11] },
    Check { whole: 7, parts: &[8, 9, 10] },
    Check { whole: 11, parts: &[12, 13] },
];

impl Check {
    fn heading(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(|n| format!("({n})")).collect();
        format!("({}) = {}", self.whole, parts.join(" + "))
    }

    /// What the whole exceeds its parts by; `None` where one of them is not known.
    fn of(&self, cells: &FormCells) -> Option<i128> {
        let cell = |n: usize| cells[n - 3].map(i128::from);
        let parts = self.parts.iter().try_fold(0, |sum, n| Some(sum + cell(*n)?))?;
        Some(cell(self.whole)? - parts)
    }

    /// The same for the spreadsheet, in a row.
    fn formula(&self, row: RowNum) -> Formula {
        let cell = |n: usize| address(row, n);
        let all: Vec<String> = self.parts.iter().chain([&self.whole]).map(|n| cell(*n)).collect();
        let parts: Vec<String> = self.parts.iter().map(|n| cell(*n)).collect();
        let (whole, sum) = (cell(self.whole), parts.join("+"));
        Formula::new(format!(
            "=IF(COUNT({})<{},\"{TOO_LITTLE}\",IF({whole}={sum},\"{AGREES}\",{whole}-({sum})))",
            all.join(","),
            all.len()
        ))
    }
}

/// Name of the cell of a column of the form, (1) to (13), in a row from 0.
fn address(row: RowNum, column: usize) -> String {
    pvhcc_domain::annex::address(row as usize, column - 1)
}

/// The sums of the rows: a column with an unknown cell has none, and no row at all sums to nothing known.
fn sums(rows: &[FormLine]) -> FormCells {
    std::array::from_fn(|i| {
        let sum = rows.iter().try_fold(0u64, |sum, row| sum.checked_add(row.cells[i]?));
        sum.filter(|_| !rows.is_empty())
    })
}

/// The file. The same form gives the same bytes.
///
/// # Errors
/// A text longer than 32.767 characters.
pub fn processing_form(form: &ProcessingForm) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let made = chrono::DateTime::from_timestamp_millis(form.as_of.0).unwrap_or_default();
    let title = format!("Biểu số {}", form.code);
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let looks = Looks::new();
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET)?;
    for (at, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(at, width)?;
    }
    head(sheet, form, &looks)?;
    columns(sheet, &looks)?;
    let mut row = FIRST;
    for (number, line) in form.rows.iter().enumerate() {
        sheet.write_number_with_format(row, 0, (number + 1) as f64, &looks.number)?;
        sheet.write_string_with_format(row, 1, &line.field, &looks.text)?;
        sheet.set_row_height(row, height(12.0, [(line.field.as_str(), WIDTHS[1])]).unwrap_or(ROW))?;
        figures(sheet, row, &line.cells, &looks.count, &looks.unknown)?;
        checks(sheet, row, &line.cells, &looks)?;
        row += 1;
    }
    let total = row;
    let sums = sums(&form.rows);
    totals(sheet, total, &sums, &looks)?;
    checks(sheet, total, &sums, &looks)?;
    let last = signatures(sheet, total + 2, &looks)?;
    let end = match &form.stated {
        Some(stated) => compared(sheet, last + 2, total, stated, &sums, &looks)?,
        None => total,
    };
    check_heads(sheet, &looks)?;
    mark_breaks(sheet, end)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_print_area(0, 0, last, 12)?.set_repeat_rows(HEAD, HEAD + 2)?;
    // Centimetres 1.5 at the sides, 2 above and below, in inches.
    sheet.set_margins(0.6, 0.6, 0.8, 0.8, 0.4, 0.4).set_print_center_horizontally(true);
    sheet.set_footer("&C&\"Times New Roman\"&10&P/&N");
    about(&mut book, &form.about)?;
    Ok(book.save_to_buffer()?)
}

struct Looks {
    left: Format,
    code: Format,
    title: Format,
    middle: Format,
    unit: Format,
    head: Format,
    order: Format,
    number: Format,
    text: Format,
    count: Format,
    unknown: Format,
    all: Format,
    sum: Format,
    check: Format,
    check_head: Format,
    signer: Format,
    remark: Format,
}

impl Looks {
    fn new() -> Self {
        let base = Format::new().set_font_name(FONT).set_font_size(12);
        let middle = base.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let cell = base
            .clone()
            .set_border(FormatBorder::Thin)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        let right = cell.clone().set_align(FormatAlign::Right);
        let head = cell.clone().set_bold().set_align(FormatAlign::Center);
        let check = middle.clone().set_font_size(11);
        Self {
            left: base.clone().set_text_wrap().set_align(FormatAlign::Top),
            code: base.clone().set_bold().set_text_wrap().set_align(FormatAlign::Top),
            title: middle.clone().set_bold().set_font_size(14).set_text_wrap(),
            middle: middle.clone(),
            unit: base.clone().set_italic().set_align(FormatAlign::Right),
            order: cell.clone().set_italic().set_align(FormatAlign::Center).set_font_size(11),
            number: cell.clone().set_align(FormatAlign::Center),
            count: right.clone().set_num_format(COUNT),
            unknown: right.clone(),
            all: head.clone(),
            sum: right.set_bold().set_num_format(COUNT),
            text: cell,
            head,
            check_head: check.clone().set_italic().set_text_wrap().set_align(FormatAlign::VerticalCenter),
            check: check.set_num_format(DIFFERENCE),
            signer: middle.set_bold(),
            remark: base.set_italic(),
        }
    }
}

/// Code and document at the left, title and period in the middle, the units at the right.
fn head(sheet: &mut Worksheet, form: &ProcessingForm, looks: &Looks) -> Result<(), ReportError> {
    sheet.merge_range(0, 0, 0, 1, &format!("Biểu số {}", form.code), &looks.code)?;
    sheet.merge_range(1, 0, 3, 1, &form.document, &looks.left)?;
    // What is reported on one line, where on the next.
    let title = form.title.to_uppercase().replacen(" TẠI ", "\nTẠI ", 1);
    sheet.merge_range(0, 2, 2, 8, &title, &looks.title)?;
    let period = format!("Kỳ báo cáo: từ ngày {} đến ngày {}", text::date(form.from), text::date(form.to));
    sheet.merge_range(3, 2, 3, 8, &period, &looks.middle)?;
    sheet.merge_range(0, 9, 1, 12, &format!("Đơn vị báo cáo: {}", form.reporter), &looks.left)?;
    sheet.merge_range(2, 9, 3, 12, &format!("Đơn vị nhận báo cáo: {}", form.receiver), &looks.left)?;
    sheet.merge_range(5, 8, 5, 12, "Đơn vị tính: số hồ sơ TTHC", &looks.unit)?;
    for row in 0..4 {
        sheet.set_row_height(row, 20)?;
    }
    Ok(())
}

/// Two rows of headings and the numbers of the columns.
fn columns(sheet: &mut Worksheet, looks: &Looks) -> Result<(), ReportError> {
    sheet.merge_range(HEAD, 0, HEAD + 1, 0, "TT", &looks.head)?;
    sheet.merge_range(HEAD, 1, HEAD + 1, 1, "Lĩnh vực giải quyết", &looks.head)?;
    let groups = [
        (
            2,
            "Số lượng hồ sơ tiếp nhận",
            &["Tổng số", "Trực tuyến trong kỳ", "Trực tiếp, BCCI trong kỳ", "Từ kỳ trước"][..],
        ),
        (6, "Số lượng hồ sơ đã giải quyết", &["Tổng số", "Trước hạn", "Đúng hạn", "Quá hạn"][..]),
        (10, "Số lượng hồ sơ đang giải quyết", &["Tổng số", "Trong hạn", "Quá hạn"][..]),
    ];
    for (from, group, heads) in groups {
        let last = from + ColNum::try_from(heads.len()).unwrap_or(1) - 1;
        sheet.merge_range(HEAD, from, HEAD, last, group, &looks.head)?;
        for (at, head) in (from..).zip(heads) {
            sheet.write_string_with_format(HEAD + 1, at, *head, &looks.head)?;
        }
    }
    for at in 0..=12 {
        sheet.write_string_with_format(HEAD + 2, at, format!("({})", at + 1), &looks.order)?;
    }
    sheet.set_row_height(HEAD, 22)?.set_row_height(HEAD + 1, 50)?;
    Ok(())
}

fn figures(
    sheet: &mut Worksheet,
    row: RowNum,
    cells: &FormCells,
    known: &Format,
    unknown: &Format,
) -> Result<(), ReportError> {
    for (at, cell) in CELLS.zip(cells) {
        match cell {
            Some(n) => sheet.write_number_with_format(row, at, *n as f64, known)?,
            None => sheet.write_string_with_format(row, at, UNKNOWN, unknown)?,
        };
    }
    Ok(())
}

/// The sums of the rows above as formulas that say "–" of a column with an unknown cell.
fn totals(sheet: &mut Worksheet, row: RowNum, sums: &FormCells, looks: &Looks) -> Result<(), ReportError> {
    sheet.merge_range(row, 0, row, 1, "Tổng cộng", &looks.all)?;
    sheet.set_row_height(row, ROW)?;
    if row == FIRST {
        return figures(sheet, row, sums, &looks.sum, &looks.sum);
    }
    for (at, sum) in CELLS.zip(sums) {
        let number = usize::from(at) + 1;
        let cells = format!("{}:{}", address(FIRST, number), address(row - 1, number));
        let formula = format!("=IF(COUNT({cells})<ROWS({cells}),\"{UNKNOWN}\",SUM({cells}))");
        let formula = Formula::new(formula).set_result(shown(sum.map(i128::from)));
        sheet.write_formula_with_format(row, at, formula, &looks.sum)?;
    }
    Ok(())
}

fn shown(result: Option<i128>) -> String {
    result.map_or_else(|| UNKNOWN.to_owned(), |n| n.to_string())
}

/// The checks of a row, beside it.
fn checks(sheet: &mut Worksheet, row: RowNum, cells: &FormCells, looks: &Looks) -> Result<(), ReportError> {
    for (at, check) in (CHECKS..).zip(&RULES) {
        let result = match check.of(cells) {
            None => TOO_LITTLE.to_owned(),
            Some(0) => AGREES.to_owned(),
            Some(by) => by.to_string(),
        };
        sheet.write_formula_with_format(row, at, check.formula(row).set_result(result), &looks.check)?;
    }
    Ok(())
}

fn check_heads(sheet: &mut Worksheet, looks: &Looks) -> Result<(), ReportError> {
    sheet.set_column_width(13, 3)?;
    let last = CHECKS + 3;
    sheet.merge_range(
        HEAD,
        CHECKS,
        HEAD,
        last,
        "Kiểm tra (không in): khớp, hoặc số chênh lệch",
        &looks.check_head,
    )?;
    for (at, check) in (CHECKS..).zip(&RULES) {
        sheet.set_column_width(at, 17)?;
        sheet.write_string_with_format(HEAD + 1, at, check.heading(), &looks.check_head)?;
    }
    Ok(())
}

/// Places to sign, left open; returns the last row of the page.
fn signatures(sheet: &mut Worksheet, top: RowNum, looks: &Looks) -> Result<RowNum, ReportError> {
    sheet.merge_range(
        top,
        8,
        top,
        12,
        "……………, ngày …… tháng …… năm ………",
        &looks.remark.clone().set_align(FormatAlign::Center),
    )?;
    sheet.merge_range(top + 1, 0, top + 1, 3, "Người lập biểu", &looks.signer)?;
    sheet.merge_range(top + 1, 8, top + 1, 12, "THỦ TRƯỞNG ĐƠN VỊ", &looks.signer)?;
    let how = looks.remark.clone().set_align(FormatAlign::Center);
    sheet.merge_range(top + 2, 0, top + 2, 3, "(Ký, ghi rõ họ tên)", &how)?;
    sheet.merge_range(top + 2, 8, top + 2, 12, "(Ký, ghi rõ họ tên, đóng dấu)", &how)?;
    Ok(top + 7)
}

/// Under the page: the totals as they are stated, and what they exceed the sums of the rows by; returns the last row.
fn compared(
    sheet: &mut Worksheet,
    row: RowNum,
    total: RowNum,
    stated: &FormCells,
    sums: &FormCells,
    looks: &Looks,
) -> Result<RowNum, ReportError> {
    sheet.write_string_with_format(row, 1, "Tổng do nguồn báo cáo", &looks.text)?;
    figures(sheet, row, stated, &looks.count, &looks.unknown)?;
    sheet.write_string_with_format(row + 1, 1, "Chênh lệch với tổng các lĩnh vực", &looks.text)?;
    for (at, (stated, sum)) in CELLS.zip(stated.iter().zip(sums)) {
        let number = usize::from(at) + 1;
        let (ours, theirs) = (address(total, number), address(row, number));
        let formula = format!(
            "=IF(COUNT({ours},{theirs})<2,\"{UNKNOWN}\",IF({theirs}={ours},\"{AGREES}\",{theirs}-{ours}))"
        );
        let result = match stated.zip(*sum).map(|(stated, sum)| i128::from(stated) - i128::from(sum)) {
            None => UNKNOWN.to_owned(),
            Some(0) => AGREES.to_owned(),
            Some(by) => by.to_string(),
        };
        sheet.write_formula_with_format(
            row + 1,
            at,
            Formula::new(formula).set_result(result),
            &looks.check,
        )?;
    }
    Ok(row + 1)
}

/// A check that is a number is a difference: red.
fn mark_breaks(sheet: &mut Worksheet, last: RowNum) -> Result<(), ReportError> {
    let broken = || Format::new().set_bold().set_font_color(0x00B3_261E);
    // To a spreadsheet a text is above every number: without the upper bound it would be red too.
    let number = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::Between(-1e15, 1e15))
        .set_format(broken());
    sheet.add_conditional_format(FIRST, CHECKS, last.max(FIRST), CHECKS + 3, &number)?;
    Ok(())
}

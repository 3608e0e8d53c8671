//! A comparison as a file: one line a change. Knows the forms, not how the changes were found.

use crate::{
    App, messages,
    wire::{CompareArgs, CompareExportArgs, CompareFormat, CompareView, ExportedView, WireError},
};
use pvhcc_domain::{text::instant, time::Ms};
use pvhcc_reports::{Comparison, ReportError, comparison};
use std::fmt::Write as _;

/// Columns of every form, with their widths in a workbook, in characters.
const COLUMNS: [(&str, f64); 9] = [
    ("TT", 6.0),
    ("Nội dung", 40.0),
    ("Chủ trì", 20.0),
    ("Thay đổi", 20.0),
    ("Cũ", 34.0),
    ("Mới", 34.0),
    ("Người thực hiện", 26.0),
    ("Thời điểm", 17.0),
    ("Đến sau", 9.0),
];
/// Which of them holds the old value.
const OLD: usize = 4;

impl App {
    /// A comparison as bytes in a form.
    ///
    /// # Errors
    /// As the command `tasks_compare`.
    pub async fn compare_file(&self, args: CompareArgs, format: CompareFormat) -> Result<Vec<u8>, WireError> {
        let view = self.tasks_compare(args).await?;
        Ok(match format {
            CompareFormat::Csv => csv(&view).into_bytes(),
            CompareFormat::Md => md(&view).into_bytes(),
            CompareFormat::Xlsx => xlsx(&view).map_err(|e| messages::builtin(&e))?,
        })
    }

    pub(crate) async fn tasks_compare_export(
        &self,
        args: CompareExportArgs,
    ) -> Result<ExportedView, WireError> {
        // "Now" is one moment for the contents and the name.
        let to = args.to.unwrap_or(self.now().0);
        let compared = CompareArgs { from: args.from, to: Some(to), list: args.list };
        let bytes = self.compare_file(compared, args.format).await?;
        let name = |at: i64| Ms(at).local().format("%Y%m%d-%H%M").to_string();
        let stem = format!("so-sanh-{}-{}", name(args.from), name(to));
        let extension = match args.format {
            CompareFormat::Csv => "csv",
            CompareFormat::Md => "md",
            CompareFormat::Xlsx => "xlsx",
        };
        let path = self.save_export(&stem, extension, bytes).await?.display().to_string();
        Ok(ExportedView { message: format!("Đã lưu so sánh vào {path}."), path })
    }
}

/// One line a change, in the order of [`COLUMNS`].
fn lines(view: &CompareView) -> Vec<[String; 9]> {
    let mut all = Vec::new();
    for task in &view.tasks {
        for change in &task.changes {
            all.push([
                task.label.clone(),
                task.title.clone(),
                task.units.clone(),
                change.title.clone(),
                change.old.clone().unwrap_or_default(),
                change.new.clone().unwrap_or_default(),
                change.who.clone(),
                change.at.map(|at| instant(Ms(at))).unwrap_or_default(),
                if change.late { "đến sau".to_owned() } else { String::new() },
            ]);
        }
    }
    all
}

fn csv(view: &CompareView) -> String {
    let mut text = String::from("\u{feff}");
    let quote = |cell: &str| format!("\"{}\"", safe(cell).replace('"', "\"\""));
    let mut row = |cells: &[&str]| {
        text.push_str(&cells.iter().map(|c| quote(c)).collect::<Vec<_>>().join(","));
        text.push_str("\r\n");
    };
    row(&COLUMNS.map(|(title, _)| title));
    for line in lines(view) {
        row(&line.each_ref().map(String::as_str));
    }
    text
}

/// A cell that a spreadsheet would take for a formula is made plain text.
fn safe(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

fn xlsx(view: &CompareView) -> Result<Vec<u8>, ReportError> {
    let late = view.tasks.iter().flat_map(|task| &task.changes).map(|change| change.late);
    let lines: Vec<(Vec<String>, bool)> =
        lines(view).into_iter().zip(late).map(|(line, late)| (line.to_vec(), late)).collect();
    comparison(&Comparison {
        title: &view.summary,
        to: Ms(view.to),
        columns: &COLUMNS,
        old: OLD,
        lines: &lines,
    })
}

fn md(view: &CompareView) -> String {
    let plain = |cell: &str| {
        let mut text = String::new();
        for c in cell.chars() {
            match c {
                '\n' | '\r' => text.push(' '),
                '|' | '\\' | '`' | '*' | '_' | '~' | '<' | '[' | ']' => text.extend(['\\', c]),
                c => text.push(c),
            }
        }
        text
    };
    let mut text = format!("# {}\n\n", plain(&view.summary));
    if view.tasks.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "| {} |\n|{}",
        COLUMNS.map(|(title, _)| title).join(" | "),
        "---|".repeat(COLUMNS.len())
    );
    for line in lines(view) {
        let cells: Vec<String> = line
            .iter()
            .enumerate()
            .map(|(column, cell)| match plain(cell) {
                old if column == OLD && !old.is_empty() => format!("~~{old}~~"),
                cell => cell,
            })
            .collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{ChangeView, ComparedTask};

    fn view() -> CompareView {
        let change = ChangeView {
            field: "note".into(),
            title: "Ghi chú".into(),
            old: Some("a | \"b\"\nc".into()),
            new: Some("=1+1".into()),
            who: "Chuyên viên 01".into(),
            at: Some(1_780_038_000_000),
            late: true,
        };
        let task = ComparedTask {
            no: "17".into(),
            label: "17".into(),
            title: "API".into(),
            section: "III".into(),
            units: "VNPT".into(),
            changes: vec![change],
        };
        CompareView { from: 0, to: 1, tasks: vec![task], summary: "1 nhiệm vụ thay đổi".into() }
    }

    #[test]
    fn csv_quotes_every_cell_and_keeps_formulas_as_text() {
        let text = csv(&view());
        assert!(text.starts_with('\u{feff}'));
        assert!(text.contains("\"a | \"\"b\"\"\nc\",\"'=1+1\""), "{text}");
        assert!(text.ends_with("\"14:00 29/05/2026\",\"đến sau\"\r\n"), "{text}");
    }

    #[test]
    fn the_same_comparison_is_the_same_workbook() {
        let book = xlsx(&view()).expect("made");
        assert_eq!(book.get(..2), Some(&b"PK"[..]));
        assert_eq!(book, xlsx(&view()).expect("made"));
    }

    #[test]
    fn markdown_strikes_the_old_value_through_and_no_cell_breaks_the_table() {
        let text = md(&view());
        let row = text.lines().last().expect("a row");
        assert!(row.contains("| ~~a \\| \"b\" c~~ | =1+1 |"), "{row}");
        assert_eq!(row.replace("\\|", "").matches('|').count(), COLUMNS.len() + 1);
    }
}

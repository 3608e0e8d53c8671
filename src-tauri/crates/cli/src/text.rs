//! What commands print and write: JSON, tables, numbers, files; and ids that people shorten.

use pvhcc_app::wire::{ErrorCode, TableFormat, WireError};
use pvhcc_domain::text::number;
use serde::Serialize;
use std::path::Path;

/// Indented JSON with a line break at its end.
pub(crate) fn json(view: &impl Serialize) -> Result<String, WireError> {
    let failed = |e| WireError::new(ErrorCode::Internal, format!("Không in được JSON: {e}."));
    Ok(serde_json::to_string_pretty(view).map_err(failed)? + "\n")
}

/// A table of Markdown.
pub(crate) fn table(heads: &[&str], lines: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len()));
    for line in lines {
        let cells: Vec<String> = line.iter().map(|c| c.replace('|', "\\|").replace('\n', " ")).collect();
        text += &format!("| {} |\n", cells.join(" | "));
    }
    text
}

/// Columns as wide as their widest cell, for a terminal; the last one is as long as it is.
pub(crate) fn aligned(lines: &[Vec<String>]) -> String {
    let width = |c: usize| lines.iter().filter_map(|line| line.get(c)).map(|cell| cell.chars().count()).max();
    let mut text = String::new();
    for line in lines {
        let cells = line.iter().enumerate().map(|(c, cell)| match c + 1 == line.len() {
            true => cell.clone(),
            false => format!("{cell:<0$}  ", width(c).unwrap_or(0)),
        });
        text.extend(cells);
        text.push('\n');
    }
    text
}

/// The id that begins or ends with `part`, if there is exactly one; `what` is the word for what it is of.
pub(crate) fn whole(
    ids: impl IntoIterator<Item = String>,
    part: &str,
    what: &str,
) -> Result<String, WireError> {
    let mut found = ids.into_iter().filter(|id| id.starts_with(part) || id.ends_with(part));
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => {
            Err(WireError::new(ErrorCode::NotFound, format!("Không có {what} nào mang mã “{part}”.")))
        }
        _ => Err(WireError::new(
            ErrorCode::Invalid,
            format!("Nhiều {what} khớp với mã “{part}”. Hãy ghi dài hơn."),
        )),
    }
}

/// `338.923`.
pub(crate) fn thousands(n: u64) -> String {
    number(i64::try_from(n).unwrap_or(i64::MAX))
}

/// The form of a table's file, by what its name ends with.
pub(crate) fn format_of(path: &Path) -> Result<TableFormat, WireError> {
    let extension = path.extension().and_then(|e| e.to_str()).map(str::to_lowercase);
    match extension.as_deref() {
        Some("xlsx") => Ok(TableFormat::Xlsx),
        Some("csv") => Ok(TableFormat::Csv),
        _ => {
            let text = format!("Tệp {} cần đuôi .xlsx hoặc .csv.", path.display());
            Err(WireError::new(ErrorCode::Invalid, text))
        }
    }
}

/// Writes a file that is not there yet.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), WireError> {
    use std::io::Write as _;
    let made = std::fs::File::create_new(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    made.map_err(|e| {
        WireError::new(ErrorCode::Storage, format!("Không ghi được tệp {}: {e}.", path.display()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_or_a_line_break_does_not_break_a_table() {
        let text = table(&["h"], [vec!["a|b\nc".to_owned()]]);
        assert_eq!(text, "| h |\n|---|\n| a\\|b c |\n");
    }

    #[test]
    fn a_table_is_written_as_its_name_says_and_under_no_other() {
        assert_eq!(format_of(Path::new("a.XLSX")).ok(), Some(TableFormat::Xlsx));
        assert_eq!(format_of(Path::new("b/a.csv")).ok(), Some(TableFormat::Csv));
        for other in ["a.pdf", "a", "csv"] {
            assert!(format_of(Path::new(other)).is_err_and(|e| e.message.contains(".csv")), "{other}");
        }
    }

    #[test]
    fn a_part_of_an_id_is_enough_while_it_fits_one() {
        let find = |part| whole(["ab-1".to_owned(), "ab-2".to_owned()], part, "sự cố");
        assert_eq!(find("2").ok().as_deref(), Some("ab-2"));
        assert!(find("ab").is_err_and(|e| e.code == ErrorCode::Invalid));
        assert!(find("c").is_err_and(|e| e.code == ErrorCode::NotFound));
    }
}

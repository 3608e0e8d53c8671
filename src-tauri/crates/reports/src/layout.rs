//! What all files of dossier figures share: typeface, formats of numbers, heights of rows.

/// The typeface of administrative documents.
pub(crate) const FONT: &str = "Times New Roman";
/// Counts with the thousands apart: as Vietnamese where the spreadsheet heeds the language of a cell (LibreOffice does), else
/// as the computer is set.
pub(crate) const COUNT: &str = "[$-42A]#,##0";
/// A difference of counts, with its sign.
pub(crate) const DIFFERENCE: &str = "[$-42A]+#,##0;[$-42A]-#,##0;0";
/// A fraction as a percentage.
pub(crate) const RATE: &str = "[$-42A]0.00%";
/// Paper.
pub(crate) const A4: u8 = 9;
/// Paper for what is wider.
pub(crate) const A3: u8 = 8;
/// Shown where a figure is not known.
pub(crate) const UNKNOWN: &str = "–";
/// Height of a line, points per point of the letters.
const LINE: f64 = 1.33;
/// Width of a letter of the typeface, of its bold too, in characters of width (which are digits of 11 points of another
/// typeface) per point.
const LETTER: f64 = 0.075;

/// Height of a row with wrapped texts of `size` points in columns of these widths (characters), points; spreadsheets do not
/// find it themselves when they open a file. `None` where one line is enough.
pub(crate) fn height<'a>(size: f64, cells: impl IntoIterator<Item = (&'a str, f64)>) -> Option<f64> {
    let letter = LETTER * size;
    let most = cells.into_iter().map(|(text, width)| lines(text, width / letter)).max().unwrap_or(1);
    (most > 1).then(|| (f64::from(most) * LINE * size + 2.0).round())
}

/// Lines of a text broken at blanks, `width` letters each.
fn lines(text: &str, width: f64) -> u32 {
    let wrapped = |line: &str| {
        let (mut lines, mut at) = (1u32, 0.0);
        for word in line.split_whitespace() {
            let length = word.chars().count() as f64;
            if at > 0.0 && at + 1.0 + length > width {
                (lines, at) = (lines + 1, length);
            } else {
                at += if at > 0.0 { 1.0 + length } else { length };
            }
            // A word longer than the column is cut into lines.
            while at > width.max(1.0) {
                (lines, at) = (lines + 1, at - width.max(1.0));
            }
        }
        lines
    };
    text.lines().map(wrapped).sum::<u32>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_longest_text_needs() {
        assert_eq!(height(12.0, [("Đất đai", 30.0)]), None);
        assert_eq!(height(12.0, [("", 30.0), ("Chứng thực và hộ tịch", 12.0)]), Some(34.0));
        assert_eq!(lines("một\nhai\nba", 30.0), 3);
        assert_eq!(lines(&"a".repeat(95), 30.0), 4);
        assert_eq!(lines("x", 0.0), 1);
    }
}

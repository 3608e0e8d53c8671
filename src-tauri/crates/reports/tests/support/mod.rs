//! The sample form, and Calc.

use pvhcc_domain::{
    annex::{Cell, Grid},
    time::Ms,
};
use pvhcc_reports::{FormCells, FormLine, ProcessingForm, Section};
use std::{
    io::{Cursor, Read as _, Write as _},
    path::Path,
    process::Command,
};

/// 14:00 29/05/2026.
pub(crate) const AS_OF: Ms = Ms(1_780_038_000_000);

/// A form with one row that does not add up by 129, and one whose reports do not tell early from on time.
pub(crate) fn form() -> ProcessingForm {
    let day = |m, d| chrono::NaiveDate::from_ymd_opt(2026, m, d).expect("a day");
    let line = |field: &str, cells: FormCells| FormLine { field: field.into(), cells };
    ProcessingForm {
        code: "II.06a/VPCP/KSTT".into(),
        document: "Ban hành theo Thông tư số 01/2020/TT-VPCP ngày 21/10/2020".into(),
        title: "Tình hình, kết quả giải quyết TTHC tại Trung tâm Phục vụ hành chính công".into(),
        from: day(1, 1),
        to: day(5, 15),
        reporter: "Trung tâm Phục vụ hành chính công tỉnh Gia Lai".into(),
        receiver: "Văn phòng Ủy ban nhân dân tỉnh Gia Lai".into(),
        rows: vec![
            line(
                "Chứng thực",
                [107_350, 101_000, 4_950, 1_400, 106_100, 95_210, 10_002, 888, 1_250, 1_249, 1].map(Some),
            ),
            line(
                "Đất đai",
                [109_977, 98_067, 4_000, 7_910, 96_200, 60_000, 33_917, 2_283, 13_777, 12_500, 1_277]
                    .map(Some),
            ),
            line(
                "Công chức, viên chức; thi tuyển, bổ nhiệm, điều động và luân chuyển",
                [38_885, 38_756, 129, 0, 26_152, 25_000, 1_000, 152, 12_604, 12_604, 0].map(Some),
            ),
            line(
                "Hộ tịch",
                [
                    Some(42_001),
                    Some(40_000),
                    Some(2_001),
                    Some(0),
                    Some(41_000),
                    None,
                    None,
                    Some(17),
                    Some(1_001),
                    Some(1_000),
                    Some(1),
                ],
            ),
        ],
        stated: Some([
            Some(298_215),
            Some(277_823),
            Some(11_080),
            Some(9_310),
            None,
            None,
            None,
            None,
            None,
            None,
            None,
        ]),
        about: vec![Section {
            heading: "Đối chiếu với 13 số liệu".into(),
            lines: vec![("Nhận trong kỳ".into(), "(4) + (5)".into())],
        }],
        as_of: AS_OF,
    }
}

/// What Calc makes of a file. Its own profile stands in the folder, so that nobody's settings count.
pub(crate) fn calc(folder: &Path, file: &str, to: &str) -> Vec<u8> {
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder.join("out"))
        .arg(folder.join(file))
        .output();
    let output = match output {
        Ok(output) => output,
        Err(e) => panic!("soffice is needed (Debian: libreoffice-calc-nogui): {e}"),
    };
    let made = folder.join("out").join(file).with_extension(to);
    std::fs::read(&made)
        .unwrap_or_else(|e| panic!("{}: {e}; {}", made.display(), String::from_utf8_lossy(&output.stderr)))
}

/// The file without the results of its formulas, so that who opens it has to compute them.
pub(crate) fn without_results(file: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), String::new());
        part.read_to_string(&mut text).expect("text");
        let mut pieces = text.split("</f><v>");
        let mut bare = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            bare += "</f>";
            bare += piece.split_once("</v>").expect("a result").1;
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("starts");
        writer.write_all(bare.as_bytes()).expect("writes");
    }
    writer.finish().expect("closes").into_inner()
}

/// The sheets of a file.
pub(crate) fn sheets(file: &[u8]) -> Vec<Grid> {
    pvhcc_sources::files::read(file).expect("reads")
}

/// Rows without the empty cells at their ends, and no empty rows at the end.
pub(crate) fn cells(grid: &Grid) -> Vec<Vec<Cell>> {
    let bare = |row: &Vec<Cell>| {
        let end = row.iter().rposition(|cell| *cell != Cell::Empty).map_or(0, |last| last + 1);
        row[..end].to_vec()
    };
    let mut rows: Vec<Vec<Cell>> = grid.rows.iter().map(bare).collect();
    rows.truncate(rows.iter().rposition(|row| !row.is_empty()).map_or(0, |last| last + 1));
    rows
}

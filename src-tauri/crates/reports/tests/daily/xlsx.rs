//! The workbook of the annexes, read back, and as LibreOffice keeps it.

use super::{
    days,
    fixture::{full, stamp, unknown},
    paper,
    tools::office,
};
use calamine::{Data, Reader as _, Xlsx};
use std::io::{Cursor, Read as _};

fn book(file: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(file)).expect("a workbook")
}

const SHEETS: [&str; 5] =
    ["I. Nhiệm vụ", "II. Hồ sơ theo đơn vị", "III. API", "IV. Nguồn số liệu", "Nguồn và công thức"];

#[test]
fn every_annex_is_a_sheet_with_numbers_as_numbers() {
    let freeze = full();
    let file = paper(&freeze).xlsx().expect("XLSX");
    let mut book = book(&file);
    assert_eq!(book.sheet_names(), SHEETS);
    let units = book.worksheet_range(SHEETS[1]).expect("the units");
    let row = |name: &str| {
        let found = units.rows().find(|row| row[1] == Data::String(name.into()));
        found.unwrap_or_else(|| panic!("{name}")).to_vec()
    };
    assert_eq!(row("Toàn tỉnh")[2], Data::Float(377_808.0));
    let ministries = row("Hệ thống tập trung cấp bộ");
    assert_eq!(ministries[4], Data::Float(129.0));
    assert_eq!(ministries[5], Data::String("–".into()), "not known is not 0");
    for unit in &freeze.dossiers.units {
        assert_eq!(row(&unit.name)[2], Data::Float(unit.counts.received.expect("known") as f64));
    }
    let tasks = book.worksheet_range(SHEETS[0]).expect("the tasks");
    let days = tasks.rows().flatten().filter(|cell| matches!(cell, Data::DateTime(_))).count();
    assert!(days > 150, "due days and days of completion are days: {days}");
    let apis = book.worksheet_range(SHEETS[2]).expect("the APIs");
    let calls = apis.rows().filter(|row| matches!(row[3], Data::Float(_))).count();
    assert_eq!(calls, freeze.exchange.apis.iter().filter(|api| api.calls.is_some()).count());
}

#[test]
fn panes_are_frozen_filters_set_and_the_foot_says_what_it_rests_on() {
    let file = paper(&full()).xlsx().expect("XLSX");
    let mut archive = zip::ZipArchive::new(Cursor::new(&file)).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
        text
    };
    for sheet in 1..=4 {
        let xml = part(&format!("xl/worksheets/sheet{sheet}.xml"));
        for said in
            ["state=\"frozen\"", "<autoFilter ", "orientation=\"landscape\"", &stamp().head, &stamp().freeze]
        {
            assert!(xml.contains(said), "sheet {sheet}: {said}");
        }
    }
    assert!(part("xl/styles.xml").contains("#,##0"));
    assert!(part("docProps/core.xml").contains("2026-05-29T07:00:00Z"));
    let mut book = book(&file);
    let about = book.worksheet_range(SHEETS[4]).expect("what it rests on");
    let said: Vec<String> = about.rows().flatten().map(ToString::to_string).collect();
    for fact in [stamp().head, stamp().freeze, stamp().freeze_sha256, stamp().program] {
        assert!(said.contains(&fact), "{fact}");
    }
}

#[test]
fn an_annex_without_figures_says_so() {
    let file = paper(&unknown()).xlsx().expect("XLSX");
    let mut book = book(&file);
    for (sheet, said) in
        [(SHEETS[1], "Chưa có số liệu hồ sơ từ bất kỳ nguồn nào."), (SHEETS[2], "Chưa có số liệu đo API.")]
    {
        let range = book.worksheet_range(sheet).expect("a sheet");
        assert!(range.rows().flatten().any(|cell| *cell == Data::String(said.into())), "{sheet}");
    }
}

#[test]
fn libreoffice_keeps_every_cell() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, freeze) in days() {
        let ours = paper(&freeze).xlsx().expect("XLSX");
        let theirs = office(folder.path(), &format!("{name}.xlsx"), &ours, "xlsx");
        let (mut ours, mut theirs) = (book(&ours), book(&theirs));
        for sheet in SHEETS {
            let (ours, theirs) =
                (ours.worksheet_range(sheet).expect("ours"), theirs.worksheet_range(sheet).expect("theirs"));
            for (row, column, cell) in ours.used_cells() {
                let kept = theirs.get((row, column)).expect("kept");
                match (cell, kept) {
                    (Data::Float(one), Data::Float(two)) => {
                        assert!((one - two).abs() < 1e-9, "{name} {sheet} {row}")
                    }
                    (Data::DateTime(one), Data::DateTime(two)) => {
                        assert!((one.as_f64() - two.as_f64()).abs() < 1e-9, "{name} {sheet} {row} {column}");
                    }
                    // Letters that XML has not are written by their numbers.
                    (Data::String(one), _) if one.contains("_x000") || one.contains('\u{b}') => {}
                    (one, two) => {
                        assert_eq!(one.to_string(), two.to_string(), "{name} {sheet} {row} {column}")
                    }
                }
            }
        }
    }
}

//! What a person and a spreadsheet find in the file, beside its cells.

use pvhcc_domain::{annex::Annex, lists::Checklists, time::Ms, units::Units};
use pvhcc_reports::{csv, xlsx};
use pvhcc_sources::files::{self, FileError};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write as _},
};

/// 14:00 29/05/2026.
const AS_OF: Ms = Ms(1_780_038_000_000);

fn annex(id: &str) -> Annex {
    let lists = Checklists::builtin().expect("lists");
    let list = lists.get(id).expect("shipped");
    Annex::of(list, &BTreeMap::new(), &Units::builtin().expect("units"), &|_| String::new(), AS_OF)
}

/// The parts of a file by name.
fn parts(file: &[u8]) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).expect("a part");
            let mut text = String::new();
            part.read_to_string(&mut text).expect("text");
            (part.name().expect("a name").into_owned(), text)
        })
        .collect()
}

#[test]
fn the_sheet_prints_across_with_its_headings_on_every_page_and_keeps_them_in_view() {
    let parts = parts(&xlsx(&annex("qd90")).expect("writes"));
    let sheet = &parts["xl/worksheets/sheet1.xml"];
    for expected in [
        r#"orientation="landscape""#,
        r#"state="frozen""#,
        r#"topLeftCell="B6""#,
        r#"<autoFilter ref="A5:M102""#,
        r#"type="list""#,
        "SUBTOTAL(103",
    ] {
        assert!(sheet.contains(expected), "{expected}");
    }
    assert!(parts["xl/workbook.xml"].contains("Print_Titles"), "headings repeat");
    assert!(parts["xl/styles.xml"].contains("dd/mm/yyyy"));
}

#[test]
fn the_file_carries_the_time_of_its_data_and_no_other() {
    let file = xlsx(&annex("da06")).expect("writes");
    let core = &parts(&file)["docProps/core.xml"];
    assert!(core.contains("2026-05-29T07:00:00Z"), "{core}");
    assert!(!core.contains("2026-05-29T07:00:01"));
    assert_eq!(xlsx(&annex("da06")).expect("writes"), file);
    assert_eq!(csv(&annex("da06")), csv(&annex("da06")));
}

#[test]
fn every_part_of_the_package_is_well_formed_and_declared() {
    for id in ["qd90", "da06", "tap_huan"] {
        let parts = parts(&xlsx(&annex(id)).expect("writes"));
        let types = &parts["[Content_Types].xml"];
        for name in parts.keys().filter(|name| name.ends_with(".xml") && !name.starts_with('[')) {
            assert!(types.contains(&format!("/{name}")), "{name} is declared");
        }
        for (name, text) in &parts {
            let opened = text.matches('<').count();
            assert!(opened > 0 && opened == text.matches('>').count(), "{name}");
        }
    }
}

/// An archive that unpacks to more than is taken, and says so or lies about it.
#[test]
fn an_archive_that_unpacks_without_bound_is_refused() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let packed =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    writer.start_file("xl/workbook.xml", packed).expect("starts");
    let zeros = vec![b' '; 1024 * 1024];
    for _ in 0..=files::MOST_UNPACKED / zeros.len() as u64 {
        writer.write_all(&zeros).expect("writes");
    }
    let bomb = writer.finish().expect("closes").into_inner();
    assert!(bomb.len() < files::MOST_BYTES, "{} bytes look harmless", bomb.len());
    assert_eq!(files::read(&bomb), Err(FileError::Bomb));
}

#[test]
fn what_is_no_table_is_refused_by_what_it_is() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("starts");
    let document = writer.finish().expect("closes").into_inner();
    assert_eq!(files::read(&document), Err(FileError::Unknown));
    assert_eq!(files::read(&[]), Err(FileError::Empty));
    assert_eq!(files::read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(FileError::OldOrProtected));
    assert_eq!(files::read(&vec![b'a'; files::MOST_BYTES + 1]), Err(FileError::TooLarge));
    assert!(matches!(files::read(b"PK\x03\x04 and no more"), Err(FileError::Damaged(_))));
}

/// One cell at the far corner must not make room for all cells before it.
#[test]
fn a_sheet_with_a_far_cell_is_refused_and_takes_no_room() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(1_048_575, 16_383, "far").expect("writes");
    let file = book.save_to_buffer().expect("saves");
    assert_eq!(files::read(&file), Err(FileError::TooManyCells { sheet: "Sheet1".into() }));
}

//! Files as people have them: every spelling of a table, every file that is none, and sizes that must not matter.

use super::*;
use chrono::{NaiveDate, NaiveDateTime};
use encoding_rs::WINDOWS_1258;
use proptest::prelude::*;
use pvhcc_domain::text::nfc;
use std::io::{Cursor, SeekFrom, Write as _};

type Rows = Vec<(u32, Vec<String>)>;

fn open(bytes: impl Into<Vec<u8>>) -> Result<Table, TableError> {
    Table::open(Box::new(Cursor::new(bytes.into())), Said::default())
}

fn collect(table: &mut Table, sheet: usize) -> Result<Rows, TableError> {
    let mut rows = Vec::new();
    table.rows(sheet, &mut |row| {
        rows.push((row.line, row.cells.iter().map(Cell::words).collect()));
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

fn read(bytes: impl Into<Vec<u8>>) -> Result<Rows, TableError> {
    collect(&mut open(bytes)?, 0)
}

fn rows(expected: &[(u32, &[&str])]) -> Rows {
    expected.iter().map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect())).collect()
}

/// A workbook of parts.
fn workbook(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("whole").into_inner()
}

/// A workbook of one sheet with these rows, and these shared texts.
fn sheet(rows: &str, shared: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    workbook(&[
        (
            "_rels/.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Hồ sơ" sheetId="1" r:id="r1"/><sheet name="Ẩn" sheetId="2" r:id="r1" state="hidden"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                r#"<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                r#"<styleSheet xmlns="{main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#
            ),
        ),
        ("xl/sharedStrings.xml", &format!(r#"<sst xmlns="{main}">{shared}</sst>"#)),
        (
            "xl/worksheets/sheet1.xml",
            &format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ])
}

#[test]
fn every_spelling_of_a_text_reads_alike() {
    let text = "Mã hồ sơ;Trạng thái\r\nA-1;\"Đang xử lý; chờ\"\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    let expected = rows(&[(1, &["Mã hồ sơ", "Trạng thái"]), (2, &["A-1", "Đang xử lý; chờ"])]);
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()), Encoding::Utf8),
        (marked(b"\xff\xfe", utf16(u16::to_le_bytes)), Encoding::Utf16Le),
        (marked(b"\xfe\xff", utf16(u16::to_be_bytes)), Encoding::Utf16Be),
        (utf16(u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes), Encoding::Utf16Be),
        (windows_1258(text), Encoding::Windows1258),
    ] {
        let mut table = open(bytes).expect("opens");
        assert_eq!(table.form(), Form::Csv { encoding, delimiter: b';' });
        assert_eq!(collect(&mut table, 0).expect("reads"), expected, "{encoding:?}");
        assert_eq!(collect(&mut table, 0).expect("reads again"), expected, "{encoding:?}");
    }
    let nfd: String = unicode(text);
    assert_eq!(read(nfd).expect("reads"), expected, "decomposed text is composed");
}

/// Decomposed.
fn unicode(text: &str) -> String {
    text.replace('ã', "a\u{303}")
        .replace('ồ', "o\u{302}\u{300}")
        .replace('ạ', "a\u{323}")
        .replace('á', "a\u{301}")
}

/// Letters as Windows-1258 has them: marks of tones after their letters.
fn windows_1258(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for c in text.chars() {
        let parts = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".chars().flat_map(|base| {
            "\u{300}\u{301}\u{303}\u{309}\u{323}".chars().map(move |tone| format!("{base}{tone}"))
        });
        let shaped =
            parts.into_iter().find(|parts| nfc(parts) == c.to_string()).unwrap_or_else(|| c.to_string());
        let (encoded, _, lost) = WINDOWS_1258.encode(&shaped);
        assert!(!lost, "{c}");
        bytes.extend_from_slice(&encoded);
    }
    bytes
}

#[test]
fn scripts_of_before_unicode_are_refused_by_name() {
    let latin =
        |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin-1")).collect::<Vec<u8>>();
    let tcvn3 = "M· hå s¬;Ngµy tiÕp nhËn;Tr¹ng th¸i\nA-1;04/05/2026;§ang xö lý\n";
    let vni = "Maõ hoà sô;Ngaøy tieáp nhaän;Traïng thaùi\nA-1;04/05/2026;Ñang xöû lyù\n";
    assert!(matches!(open(latin(tcvn3)), Err(TableError::Legacy(Legacy::Tcvn3))));
    assert!(matches!(open(latin(vni)), Err(TableError::Legacy(Legacy::Vni))));
}

#[test]
fn bytes_of_no_encoding_are_refused_with_their_line() {
    let head = "a,b\n".repeat(40_000);
    let broken = [head.as_bytes(), b"x,\xff\xff\xff\n"].concat();
    assert!(matches!(open(broken), Err(TableError::Encoding { line: 40_001 })));
    // Somebody said which it is, and it is not.
    let said = Said { encoding: Some(Encoding::Utf8), delimiter: None, weighed: false };
    let mut table = Table::open(Box::new(Cursor::new(b"a,b\nc,\xff\n".to_vec())), said).expect("opens");
    assert!(matches!(collect(&mut table, 0), Err(TableError::Encoding { line: 2 })));
    // Far down the file, a word tells.
    let late = [head.as_bytes(), &windows_1258("x,Ngày hẹn trả: đã trả\n")].concat();
    assert!(matches!(open(late).expect("opens").form(), Form::Csv { encoding: Encoding::Windows1258, .. }));
}

#[test]
fn quotes_line_breaks_and_blank_lines_keep_the_numbers_of_rows() {
    let text = "\u{feff}a,b\n\n\"x\ny\",\"nói \"\"có\"\"\"\n\n\nlast,'=1\n";
    let expected = rows(&[(1, &["a", "b"]), (3, &["x y", "nói \"có\""]), (6, &["last", "=1"])]);
    assert_eq!(read(text).expect("reads"), expected);
}

#[test]
fn the_sign_between_columns_is_found_below_title_rows_with_commas() {
    let text = "UBND tỉnh, Văn phòng, TT PVHCC\nTừ ngày 1, đến ngày 2\nMã;Ngày;Ghi\n1;2;a, b\n2;3;c\n3;4;d\n";
    assert_eq!(open(text).expect("opens").form(), Form::Csv { encoding: Encoding::Utf8, delimiter: b';' });
    let said = "sep=|\na|b\n";
    assert_eq!(open(said).expect("opens").form(), Form::Csv { encoding: Encoding::Utf8, delimiter: b'|' });
}

#[test]
fn a_quote_that_is_not_closed_is_refused_with_its_place_and_not_held() {
    let text = format!("a,b\n1,2\n3,\"open\n{}", "4,5\n".repeat(600_000));
    assert!(matches!(read(text), Err(TableError::LongRow { after: 2 })));
}

#[test]
fn json_is_read_wherever_its_array_stands() {
    let expected = rows(&[(0, &["code", "n", "x"]), (1, &["A-1", "5", ""]), (2, &["A-2", "", "true"])]);
    let array = r#"[{"code":"A-1","n":5},{"code":"A-2","n":null,"x":true}]"#;
    for text in [
        array.to_owned(),
        format!(r#"{{"error_code":0,"message":"ok","result":{array}}}"#),
        format!(r#"{{"data":{{"page":1,"items":{array},"more":[]}}}}"#),
    ] {
        let found = read(text.clone()).expect("reads");
        let padded: Rows = found
            .into_iter()
            .map(|(line, mut cells)| {
                cells.resize(3, String::new());
                (line, cells)
            })
            .collect();
        assert_eq!(padded, expected, "{text}");
    }
    let nested = read(r#"[{"a":{"b":1},"c":[1],"id":12345678901234567890}]"#).expect("reads");
    assert_eq!(nested[1].1, ["{…}", "[…]", "12345678901234567890"]);
    for (text, line) in
        [("[{\"a\":1},\n{\"a\":}]", 2), ("[{\"a\":1},\n{\"a\":2}", 2), ("{\"a\":[{\"b\":1}]} x", 1)]
    {
        assert!(matches!(read(text), Err(TableError::Json { line: at, .. }) if at == line), "{text}");
    }
    assert!(matches!(read("{\"a\":1}"), Err(TableError::NoRows)));
    let deep = format!("[{}", "[".repeat(100_000));
    assert!(matches!(read(deep), Err(TableError::Json { .. })));
    let long = format!("[{{\"a\":\"{}\"}}]", "x".repeat(1_200_000));
    assert!(matches!(read(long), Err(TableError::LongRow { .. })));
}

#[test]
fn a_workbook_is_read_with_dates_errors_and_gaps() {
    let shared =
        "<si><t>Mã hồ sơ</t></si><si><r><t xml:space=\"preserve\">Ngày </t></r><r><t>nhận</t></r></si>";
    let cells = r##"
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>A-1</t></is></c><c r="B4" s="1"><v>46171.586909722</v></c><c r="D4"><v>12</v></c></row>
        <row r="5"><c r="A5" t="e"><v>#REF!</v></c><c r="B5" t="b"><v>1</v></c><c r="C5" t="str"><f>1+1</f><v>hai</v></c></row>"##;
    let mut table = open(sheet(cells, shared)).expect("opens");
    assert_eq!(
        (table.form(), table.sheets()),
        (Form::Xlsx, &["Hồ sơ".to_owned()][..]),
        "hidden sheets are left alone"
    );
    let expected = rows(&[
        (2, &["Mã hồ sơ", "Ngày nhận"]),
        (4, &["A-1", "29/05/2026 14:05:09", "", "12"]),
        (5, &["#REF!", "true", "hai"]),
    ]);
    assert_eq!(collect(&mut table, 0).expect("reads"), expected);
    assert_eq!(collect(&mut table, 0).expect("reads again"), expected);
}

#[test]
fn bombs_are_refused_before_they_unpack() {
    let one = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
    let blown = "<si><t/></si>".repeat(usize::try_from(MOST_SHARED_TEXTS).expect("fits") + 1);
    assert!(matches!(open(sheet(one, &blown)), Err(TableError::Bomb)), "texts without number");
    let gap = format!(r#"<row r="1"><c r="A1" t="str"><v>{}</v></c></row>"#, " ".repeat(2_000_000));
    assert!(matches!(open(sheet(&gap, "")), Err(TableError::Bomb)), "a text without end");
    let pieces =
        format!(r#"<row r="1"><c r="A1" t="inlineStr"><is>{}</is></c></row>"#, "<t>x</t>".repeat(200_000));
    assert!(matches!(open(sheet(&pieces, "")), Err(TableError::Bomb)), "a cell of many pieces");
    let far = r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#;
    assert!(matches!(read(sheet(far, "")), Err(TableError::TooWide { row: 1 })));
}

#[test]
fn a_count_of_texts_that_is_a_lie_asks_for_no_memory() {
    let lie = sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "").clone();
    let mut archive = zip::ZipArchive::new(Cursor::new(lie)).expect("an archive");
    let mut parts: Vec<(String, String)> = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("a part");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("text");
        parts.push((name, text.replace("<sst ", "<sst uniqueCount=\"4000000000000\" ")));
    }
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert!(matches!(open(workbook(&parts)), Err(TableError::Bomb)));
}

#[test]
fn what_is_no_table_is_named() {
    let foreign = |bytes: &[u8]| match open(bytes) {
        Err(TableError::Foreign(what)) => what.to_owned(),
        other => format!("{other:?}"),
    };
    assert_eq!(foreign(b"%PDF-1.7 xxxxxxxx"), "PDF");
    assert_eq!(
        foreign(&workbook(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", "<a/>")
        ])),
        "ODS/ODT"
    );
    assert_eq!(foreign(&workbook(&[("a.txt", "x")])), "tệp nén ZIP");
    assert_eq!(foreign(&workbook(&[("_rels/.rels", "<a/>"), ("word/document.xml", "<a/>")])), "DOCX");
    for page in [
        "<html><table><tr><td>1</td></tr></table></html>",
        "\n <!DOCTYPE html><p>x",
        "<?xml version=\"1.0\"?><Workbook/>",
    ] {
        assert!(matches!(open(page), Err(TableError::Page)), "{page}");
    }
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 4096]].concat();
    assert!(matches!(open(old.clone()), Err(TableError::OldWorkbook)));
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [old, vec![0; 65_530], name, vec![0; 100]].concat();
    assert!(matches!(open(locked), Err(TableError::Protected)), "the name may stand anywhere");
    assert!(matches!(open(b"PK\x03\x04 and no more".to_vec()), Err(TableError::Damaged(_))));
    assert!(matches!(open(b"GIF8\0".to_vec()), Err(TableError::Foreign(_))));
    assert!(matches!(open(b"ab\0\0\0\x01cd".to_vec()), Err(TableError::Unknown)));
    assert!(matches!(open(Vec::new()), Err(TableError::Empty)));
    let whole = sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", "");
    for cut in [whole.len() / 3, whole.len() / 2, whole.len() - 30] {
        assert!(matches!(open(&whole[..cut]), Err(TableError::Damaged(_))), "cut at {cut}");
    }
    let wide = ",".repeat(MOST_TABLE_COLUMNS + 1);
    assert!(matches!(read(format!("a\n{wide}")), Err(TableError::TooWide { row: 2 })));
}

/// A file of any size that is nowhere: a head, then one line over and over.
struct Endless {
    head: Vec<u8>,
    line: Vec<u8>,
    size: u64,
    at: u64,
}

impl Read for Endless {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let left = (self.size - self.at).min(to.len() as u64) as usize;
        for byte in &mut to[..left] {
            *byte = match usize::try_from(self.at).ok().and_then(|at| self.head.get(at)) {
                Some(byte) => *byte,
                None => self.line[((self.at - self.head.len() as u64) % self.line.len() as u64) as usize],
            };
            self.at += 1;
        }
        Ok(left)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.size.checked_add_signed(by).expect("inside"),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).expect("inside"),
        };
        Ok(self.at)
    }
}

fn endless(line: &[u8], size: u64) -> Box<dyn Input> {
    Box::new(Endless { head: b"code,unit\n".to_vec(), line: line.to_vec(), size, at: 0 })
}

#[test]
fn a_file_of_a_gigabyte_is_streamed_and_one_without_end_or_letters_is_not_begun() {
    const GIGABYTE: u64 = 1 << 30;
    // Long rows, so that the number of rows is no bound.
    let line = [b"A-1,".as_slice(), &vec![b'x'; 100_000], b"\n"].concat();
    let said = Said { encoding: Some(Encoding::Utf8), delimiter: Some(b','), weighed: false };
    let mut table = Table::open(endless(&line, GIGABYTE), said).expect("opens");
    let mut seen = 0_u64;
    table
        .rows(0, &mut |row| {
            seen = u64::from(row.line);
            // The rest is as the beginning; a few rows show that reading goes on.
            if seen < 500 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
        .expect("reads");
    assert_eq!(seen, 500);
    assert!(matches!(
        Table::open(endless(b"x", MOST_TABLE_BYTES + 1), Said::default()),
        Err(TableError::TooLarge)
    ));
    let zeros = Box::new(Endless { head: Vec::new(), line: vec![0], size: GIGABYTE, at: 0 });
    assert!(matches!(Table::open(zeros, Said::default()), Err(TableError::Unknown)));
    let mut short = Table::open(endless(b"a,b\n", 4 * (MOST_TABLE_ROWS + 2)), said).expect("opens");
    assert!(matches!(collect_count(&mut short), Err(TableError::TooLong)));
}

fn collect_count(table: &mut Table) -> Result<u64, TableError> {
    let mut rows = 0;
    table.rows(0, &mut |_| {
        rows += 1;
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_comes_back_from_any_encoding(
        texts in prop::collection::vec(prop::collection::vec("[a-zđêôơưăâ ,;|\"\n=0-9]{0,12}", 2..5), 1..20),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        encoding in prop::sample::select(Encoding::ALL.to_vec()),
    ) {
        let mut bytes = Vec::new();
        let mut writer = ::csv::WriterBuilder::new().flexible(true).delimiter(delimiter).quote_style(::csv::QuoteStyle::Always).from_writer(&mut bytes);
        for row in &texts {
            writer.write_record(row).expect("written");
        }
        drop(writer);
        let text = String::from_utf8(bytes).expect("UTF-8");
        let bytes: Vec<u8> = match encoding {
            Encoding::Utf8 => text.into_bytes(),
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Windows1258 => WINDOWS_1258.encode(&text).0.into_owned(),
        };
        let said = Said { encoding: Some(encoding), delimiter: Some(delimiter), weighed: false };
        let mut table = Table::open(Box::new(Cursor::new(bytes)), said).expect("opens");
        let found: Vec<Vec<String>> = collect(&mut table, 0).expect("reads").into_iter().map(|(_, cells)| cells).collect();
        let expected: Vec<Vec<String>> = texts.iter().map(|row| row.iter().map(|t| Cell::Text(t.clone()).words()).collect()).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn dates_and_numbers_come_back_from_a_workbook(seconds in 0_i64..3_155_760_000, number in 0_u64..9_000_000_000_000) {
        let at = NaiveDate::from_ymd_opt(2000, 1, 1).expect("valid").and_hms_opt(0, 0, 0).expect("valid") + chrono::TimeDelta::seconds(seconds);
        let serial = (at - NaiveDateTime::new(NaiveDate::from_ymd_opt(1899, 12, 30).expect("valid"), chrono::NaiveTime::MIN)).num_seconds() as f64 / 86_400.0;
        let cells = format!(r#"<row r="1"><c r="A1" s="1"><v>{serial}</v></c><c r="B1"><v>{number}</v></c></row>"#);
        let mut table = open(sheet(&cells, "")).expect("opens");
        let mut found = Vec::new();
        table.rows(0, &mut |row| { found = row.cells.to_vec(); ControlFlow::Continue(()) }).expect("reads");
        prop_assert_eq!(&found, &[Cell::Moment(at), Cell::Number(number as f64)]);
    }

    #[test]
    fn no_bytes_at_all_make_the_reader_do_more_than_refuse(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0_usize..4) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", b"[{\"a\":", b"\xff\xfe"];
        let bytes = [starts[start], &bytes].concat();
        let _ = read(bytes);
    }
}

//! What a file is, by its first bytes.

use super::{Input, TableError};
use std::io::{Read as _, SeekFrom};

/// The stream of an encrypted workbook, as its folder names it.
const ENCRYPTED: &str = "EncryptedPackage";
/// How much of an old workbook is looked through for that.
const MOST_LOOKED_AT: u64 = 64 * 1024 * 1024;

/// Formats that are no tables, by their first bytes.
const FOREIGN: [(&[u8], &str); 8] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén GZIP"),
    (b"{\\rtf", "văn bản RTF"),
];

/// Whether a file is a ZIP archive, as new workbooks are.
pub(super) fn is_archive(input: &mut dyn Input) -> Result<bool, TableError> {
    input.seek(SeekFrom::Start(0))?;
    let mut head = [0; 8];
    let mut read = 0;
    while read < head.len() {
        match input.read(&mut head[read..])? {
            0 => break,
            n => read += n,
        }
    }
    let head = &head[..read];
    if let Some((_, name)) = FOREIGN.iter().find(|(start, _)| head.starts_with(start)) {
        return Err(TableError::Foreign(name));
    }
    if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(if has_encrypted_stream(input)? {
            TableError::Protected
        } else {
            TableError::OldWorkbook
        });
    }
    Ok(head.starts_with(b"PK\x03\x04"))
}

fn has_encrypted_stream(input: &mut dyn Input) -> Result<bool, TableError> {
    let name: Vec<u8> = ENCRYPTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    input.seek(SeekFrom::Start(0))?;
    let mut input = input.take(MOST_LOOKED_AT);
    let mut window = Vec::new();
    loop {
        let kept = window.len().min(name.len());
        window.drain(..window.len() - kept);
        if input.by_ref().take(64 * 1024).read_to_end(&mut window)? == 0 {
            return Ok(false);
        }
        if window.windows(name.len()).any(|part| part == name) {
            return Ok(true);
        }
    }
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Text {
    Json,
    Columns,
}

/// Tells by the first characters of a text.
pub(super) fn text(head: &str) -> Result<Text, TableError> {
    let head = head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    match head.chars().next() {
        None => Err(TableError::Empty),
        Some('<') => {
            let start: String = head.chars().take(2000).collect::<String>().to_lowercase();
            let page = ["<html", "<table", "<!doctype", "<?xml", "<meta", "<style", "<body", "<workbook"];
            if page.iter().any(|tag| start.contains(tag)) { Err(TableError::Page) } else { Ok(Text::Columns) }
        }
        Some('{') => Ok(Text::Json),
        Some('[') if head[1..].trim_start().starts_with(['{', '[', ']']) => Ok(Text::Json),
        Some(_) => Ok(Text::Columns),
    }
}

//! Names, types and bytes of files on their way in and out. What a computer would run is taken by no name.

use crate::{
    messages,
    wire::{FileInput, WireError},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use pvhcc_domain::{
    evidence::{FileRef, LARGEST_FILE},
    text::{nfc, number},
};

/// Longest name kept, characters.
const LONGEST: usize = 120;

/// Extensions that some system runs, or that lead elsewhere, when opened.
const RUNS: &[&str] = &[
    "action",
    "apk",
    "app",
    "appimage",
    "application",
    "appref-ms",
    "appx",
    "bash",
    "bat",
    "bin",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "csh",
    "deb",
    "desktop",
    "diagcab",
    "dll",
    "dmg",
    "elf",
    "exe",
    "fish",
    "gadget",
    "hta",
    "htm",
    "html",
    "inf",
    "ins",
    "iso",
    "jar",
    "js",
    "jse",
    "ksh",
    "lnk",
    "mht",
    "mhtml",
    "msc",
    "msi",
    "msix",
    "msp",
    "mst",
    "out",
    "pif",
    "pkg",
    "pl",
    "ps1",
    "ps1xml",
    "psm1",
    "py",
    "pyc",
    "pyw",
    "rb",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "sct",
    "service",
    "sh",
    "shb",
    "so",
    "svg",
    "sys",
    "tcsh",
    "url",
    "vb",
    "vbe",
    "vbs",
    "vhd",
    "vhdx",
    "website",
    "workflow",
    "ws",
    "wsc",
    "wsf",
    "wsh",
    "xbap",
    "xll",
    "zsh",
];

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A file that may be kept: its bytes, and what is said of them. The hash is still to come.
pub(super) fn read(input: &FileInput) -> Result<(Vec<u8>, FileRef), WireError> {
    let name = safe_name(&input.name);
    // Four characters carry three bytes: what is too long is not even decoded.
    let too_large = || {
        let megabytes = number(i64::try_from(LARGEST_FILE / 1024 / 1024).unwrap_or(i64::MAX));
        messages::invalid(
            "file",
            &format!("Tệp «{name}» rỗng hoặc lớn hơn {megabytes} MB. Hãy chọn tệp khác."),
        )
    };
    if input.content.len() as u64 > LARGEST_FILE / 3 * 4 + 8 {
        return Err(too_large());
    }
    let bytes = STANDARD
        .decode(&input.content)
        .map_err(|_| messages::invalid("file", "Nội dung tệp gửi lên không đọc được. Hãy chọn lại tệp."))?;
    let size = bytes.len() as u64;
    if size == 0 || size > LARGEST_FILE {
        return Err(too_large());
    }
    if is_run(&name) || looks_run(&bytes) {
        return Err(refused(&name));
    }
    let media_type = media_type(&name).to_owned();
    Ok((bytes, FileRef { sha256: String::new(), name, media_type, size }))
}

/// Refuses to hand what could be run to the system's programs.
pub(super) fn refused(name: &str) -> WireError {
    messages::invalid(
        "file",
        &format!(
            "Tệp «{name}» thuộc loại chạy được hoặc trang web nên không nhận. Hãy dùng PDF, ảnh, tài liệu văn phòng hoặc tệp nén."
        ),
    )
}

/// The name without folders, control and direction marks, fit for every system.
pub(crate) fn safe_name(name: &str) -> String {
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = nfc(base)
        .chars()
        .filter(|c| !c.is_control() && !is_direction_mark(*c))
        .map(|c| if "<>:\"|?*".contains(c) { '_' } else { c })
        .collect();
    let kept = kept.trim().trim_matches('.').trim().to_owned();
    let (stem, extension) = match kept.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.chars().count() <= 10 => {
            (stem, Some(extension))
        }
        _ => (kept.as_str(), None),
    };
    let device = DEVICES.contains(&stem.split('.').next().unwrap_or_default().trim().to_lowercase().as_str());
    let stem: String = stem.chars().take(LONGEST).collect();
    let stem = match (stem.is_empty(), device) {
        (true, _) => "tep".to_owned(),
        (_, true) => format!("_{stem}"),
        _ => stem,
    };
    extension.map_or_else(|| stem.clone(), |extension| format!("{stem}.{extension}"))
}

/// Marks that turn the direction of writing could hide the true extension.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A system would run it by its name.
pub(super) fn is_run(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, e)| e.trim().to_lowercase());
    extension.is_some_and(|e| RUNS.contains(&e.as_str()))
}

/// Programs and scripts, whatever they are called.
fn looks_run(bytes: &[u8]) -> bool {
    let starts: &[&[u8]] =
        &[b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0"];
    starts.iter().any(|start| bytes.starts_with(start))
}

/// By the extension; what is not known is only bytes.
pub(crate) fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "ppt" => "application/vnd.ms-powerpoint",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "rtf" => "application/rtf",
        "txt" | "log" | "md" => "text/plain",
        "csv" => "text/csv",
        "json" => "application/json",
        "xml" => "application/xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "tif" | "tiff" => "image/tiff",
        "zip" => "application/zip",
        "7z" => "application/x-7z-compressed",
        "rar" => "application/vnd.rar",
        "eml" => "message/rfc822",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

/// `PDF, 1,2 MB`.
pub(crate) fn about(file: &FileRef) -> String {
    let extension = file.name.rsplit_once('.').map(|(_, e)| e.to_uppercase()).unwrap_or_default();
    let kind = if extension.is_empty() { "tệp".to_owned() } else { extension };
    format!("{kind}, {}", size(file.size))
}

fn size(bytes: u64) -> String {
    #[allow(clippy::cast_precision_loss)] // Files are far below 2^52 bytes.
    let tenth =
        |unit: u64| format!("{:.1}", bytes as f64 / unit as f64).trim_end_matches(".0").replace('.', ",");
    match bytes {
        0..1024 => format!("{bytes} byte"),
        1024..1_048_576 => format!("{} KB", tenth(1024)),
        _ => format!("{} MB", tenth(1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(name: &str, bytes: &[u8]) -> FileInput {
        FileInput { name: name.into(), content: STANDARD.encode(bytes) }
    }

    #[test]
    fn names_lose_what_could_mislead_a_person_or_a_system() {
        for (name, safe) in [
            ("bien ban.pdf", "bien ban.pdf"),
            ("C:\\Users\\x\\Biên bản.pdf", "Biên bản.pdf"),
            ("../../etc/passwd", "passwd"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("con.txt", "_con.txt"),
            ("..", "tep"),
            ("", "tep"),
            ("a\n\tb?.pdf. ", "ab_.pdf"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        assert!(safe_name(&format!("{}.pdf", "ă".repeat(400))).ends_with(".pdf"));
        assert!(safe_name(&"ă".repeat(400)).chars().count() <= LONGEST);
    }

    #[test]
    fn what_could_be_run_is_refused_by_name_and_by_content() {
        for name in ["a.exe", "a.PDF.Bat", "x.js", "y.lnk", "z.desktop", "k.sh", "t.ps1", "m.msi", "p.html"] {
            assert!(read(&input(name, b"x")).is_err(), "{name}");
        }
        assert!(read(&input("hoa-don.pdf", b"MZ\x90\0")).is_err());
        assert!(read(&input("ghi-chu.txt", b"#!/bin/sh\n")).is_err());
        assert!(read(&input("ghi-chu.txt", b"bien ban")).is_ok());
        assert!(read(&input("bb.pdf", b"")).is_err(), "empty");
        assert!(read(&FileInput { name: "bb.pdf".into(), content: "không".into() }).is_err());
    }

    #[test]
    fn sizes_are_in_words_and_types_follow_the_extension() {
        let (bytes, file) = read(&input("Biên bản.PDF", &vec![1; 1_300_000])).expect("taken");
        assert_eq!((bytes.len(), file.media_type.as_str()), (1_300_000, "application/pdf"));
        assert_eq!(about(&file), "PDF, 1,2 MB");
        assert_eq!(size(1536), "1,5 KB");
        assert_eq!(size(12), "12 byte");
    }
}

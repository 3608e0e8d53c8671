//! The parts that make the document a file: heads and feet, relations, properties, the archive.

use super::{
    body::run,
    xml::{SPACES, Xml},
};
use crate::{
    ReportError,
    daily::{Picture, paper::Paper},
};
use std::io::{Cursor, Write as _};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

const STYLES: &str = include_str!("../../../../../../assets/report/docx/styles.xml");
const SETTINGS: &str = include_str!("../../../../../../assets/report/docx/settings.xml");
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of a document beside its main one: id of the relation, kind, file.
const PARTS: [(&str, &str, &str); 6] = [
    ("rIdStyles", "styles", "styles.xml"),
    ("rIdSettings", "settings", "settings.xml"),
    ("rIdHead", "header", "head.xml"),
    ("rIdFirstHead", "header", "first_head.xml"),
    ("rIdFoot", "footer", "foot.xml"),
    ("rIdAnnexFoot", "footer", "annex_foot.xml"),
];

/// The archive.
pub(super) fn pack(paper: &Paper, document: &[u8], pictures: &[&Picture]) -> Result<Vec<u8>, ReportError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    // No time but that of the data, which stands in the properties: the same report is the same file.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), ReportError> {
        archive.start_file(name, options)?;
        Ok(archive.write_all(bytes)?)
    };
    add("[Content_Types].xml", &types())?;
    add(
        "_rels/.rels",
        &relations(&[
            ("rIdDocument", "officeDocument", "word/document.xml"),
            ("rIdCore", "metadata/core-properties", "docProps/core.xml"),
        ]),
    )?;
    add("docProps/core.xml", &core(paper))?;
    add("word/document.xml", document)?;
    let charts: Vec<(String, String)> = (1..=pictures.len())
        .map(|number| (format!("rIdChart{number}"), format!("media/chart{number}.png")))
        .collect();
    let mut all = PARTS.to_vec();
    all.extend(charts.iter().map(|(id, file)| (id.as_str(), "image", file.as_str())));
    add("word/_rels/document.xml.rels", &relations(&all))?;
    add("word/styles.xml", STYLES.as_bytes())?;
    add("word/settings.xml", SETTINGS.as_bytes())?;
    let mark = paper.mark.as_slice();
    add("word/head.xml", &margin("w:hdr", true, &[(mark, "Mark")]))?;
    add("word/first_head.xml", &margin("w:hdr", false, &[(mark, "Mark")]))?;
    add("word/foot.xml", &margin("w:ftr", false, &[(mark, "Mark")]))?;
    add("word/annex_foot.xml", &margin("w:ftr", false, &[(&paper.foot, "AnnexFoot"), (mark, "Mark")]))?;
    for (picture, (_, file)) in pictures.iter().zip(&charts) {
        add(&format!("word/{file}"), &picture.png)?;
    }
    Ok(archive.finish()?.into_inner())
}

/// A head or foot: the number of the page where it is wanted, and lines of a style; an empty one is one empty paragraph.
fn margin(root: &str, numbered: bool, lines: &[(&[String], &str)]) -> Vec<u8> {
    Xml::part(root, &SPACES, |xml| {
        let said = lines.iter().any(|(lines, _)| !lines.is_empty());
        if numbered || !said {
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "PageNumber"));
                if numbered {
                    xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| run(xml, "2", |_| {}));
                }
            });
        }
        for (line, style) in
            lines.iter().flat_map(|(lines, style)| lines.iter().map(move |line| (line, style)))
        {
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style));
                run(xml, line, |_| {});
            });
        }
    })
}

fn types() -> Vec<u8> {
    let space = [("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types")];
    Xml::part("Types", &space, |xml| {
        for (extension, kind) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
        ] {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)]);
        }
        let core = "application/vnd.openxmlformats-package.core-properties+xml";
        xml.empty("Override", &[("PartName", "/docProps/core.xml"), ("ContentType", core)]);
        let main = format!("{WORD}.document.main+xml");
        xml.empty("Override", &[("PartName", "/word/document.xml"), ("ContentType", &main)]);
        for (_, kind, file) in PARTS {
            let (part, kind) = (format!("/word/{file}"), format!("{WORD}.{kind}+xml"));
            xml.empty("Override", &[("PartName", &part), ("ContentType", &kind)]);
        }
    })
}

fn relations(parts: &[(&str, &str, &str)]) -> Vec<u8> {
    let space = [("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships")];
    Xml::part("Relationships", &space, |xml| {
        for (id, kind, target) in parts {
            // Properties of the package are of another house than the parts of the document.
            let kind = match kind.strip_prefix("metadata/") {
                Some(kind) => {
                    format!("http://schemas.openxmlformats.org/package/2006/relationships/metadata/{kind}")
                }
                None => format!("{OFFICE}/{kind}"),
            };
            xml.empty("Relationship", &[("Id", id), ("Type", &kind), ("Target", target)]);
        }
    })
}

fn core(paper: &Paper) -> Vec<u8> {
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    let made = chrono::DateTime::from_timestamp_millis(paper.at.0).unwrap_or_default();
    let made = made.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    Xml::part("cp:coreProperties", &spaces, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(&paper.title));
        xml.element("dc:creator", &[], |xml| xml.text(&paper.lead.agency.join(" ")));
        xml.element("dc:language", &[], |xml| xml.text("vi-VN"));
        for name in ["dcterms:created", "dcterms:modified"] {
            xml.element(name, &[("xsi:type", "dcterms:W3CDTF")], |xml| xml.text(&made));
        }
    })
}

//! The document itself: head, body, signature, annexes, each at its place (domain.md §4).

use super::{
    table::{SIZE, beside, grid},
    xml::{SPACES, Xml},
};
use crate::daily::{
    Picture,
    paper::{Annex, Block, End, Lead, Paper},
};

/// Twentieths of a point in a millimetre, and English metric units.
const TWENTIETHS: f64 = 56.692_9;
const METRIC: f64 = 36_000.0;
/// A4, and what its margins leave for text, millimetres.
pub(super) const PAGE: (f64, f64) = (210.0, 297.0);
const UPRIGHT: f64 = 160.0;
const ACROSS: f64 = 252.0;
/// The left half of the head, millimetres.
const LEFT: f64 = 62.0;
/// What a line of the motto is long, millimetres: its rule is as long.
const MOTTO: f64 = 56.0;
/// A capital of 12 bold points, on average, millimetres.
const CAPITAL: f64 = 3.05;

/// Millimetres in twentieths of a point.
pub(super) fn twentieths(millimetres: f64) -> u32 {
    (millimetres * TWENTIETHS).round() as u32
}

/// The main part; the pictures it shows are added in their order.
pub(super) fn document<'a>(paper: &'a Paper, pictures: &mut Vec<&'a Picture>) -> Vec<u8> {
    Xml::part("w:document", &SPACES, |xml| {
        xml.element("w:body", &[], |xml| {
            lead(xml, &paper.lead);
            let last = paper.body.len().saturating_sub(1);
            for (at, part) in paper.body.iter().enumerate() {
                // The last sentence is not left alone above the signature, nor what introduces a table above its table.
                block(xml, part, at == last || part.introduces(), pictures);
            }
            end(xml, &paper.end);
            if paper.annexes.is_empty() {
                // A table must not be the last thing of a document.
                paragraph(xml, "Rule", "");
                section(xml, false, "rIdFoot");
                return;
            }
            xml.element("w:p", &[], |xml| {
                xml.element("w:pPr", &[], |xml| {
                    xml.value("w:pStyle", "Rule");
                    section(xml, false, "rIdFoot");
                });
            });
            for (at, annex) in paper.annexes.iter().enumerate() {
                self::annex(xml, annex);
                let closing = |xml: &mut Xml| section(xml, true, "rIdAnnexFoot");
                if at + 1 == paper.annexes.len() {
                    closing(xml);
                } else {
                    xml.element("w:p", &[], |xml| {
                        xml.element("w:pPr", &[], |xml| {
                            xml.value("w:pStyle", "Rule");
                            closing(xml);
                        });
                    });
                }
            }
        });
    })
}

/// A run of text.
pub(super) fn run(xml: &mut Xml, text: &str, look: impl FnOnce(&mut Xml)) {
    xml.element("w:r", &[], |xml| {
        xml.element("w:rPr", &[], look);
        for (at, line) in text.lines().enumerate() {
            if at > 0 {
                xml.empty("w:br", &[]);
            }
            xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(line));
        }
    });
}

/// A paragraph of a style.
fn paragraph(xml: &mut Xml, style: &str, text: &str) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style));
        run(xml, text, |_| {});
    });
}

/// A rule in the middle of a width: the upper border of an empty paragraph. Millimetres.
fn rule(xml: &mut Xml, length: f64, width: f64) {
    let side = twentieths(((width - length) / 2.0).max(0.0)).to_string();
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.value("w:pStyle", "Rule");
            xml.element("w:pBdr", &[], |xml| {
                xml.empty(
                    "w:top",
                    &[("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")],
                );
            });
            xml.empty("w:ind", &[("w:left", side.as_str()), ("w:right", side.as_str())]);
        });
    });
}

/// Length of a rule under lines of capitals: between a third and half of the longest.
fn under(lines: &[String], width: f64) -> f64 {
    let letters = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    (letters as f64 * CAPITAL).min(width) * 0.4
}

fn lead(xml: &mut Xml, lead: &Lead) {
    let right = UPRIGHT - LEFT;
    let widths = [twentieths(LEFT), twentieths(right)];
    beside(xml, &widths, 2, |xml, row, column| match (row, column) {
        (0, 0) => {
            for line in &lead.parent {
                paragraph(xml, "HeadUpright", line);
            }
            for line in &lead.agency {
                paragraph(xml, "HeadBold", line);
            }
            rule(xml, under(&lead.agency, LEFT), LEFT);
        }
        (0, _) => {
            paragraph(xml, "HeadBold", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
            paragraph(xml, "Motto", "Độc lập - Tự do - Hạnh phúc");
            rule(xml, MOTTO, right);
        }
        (_, 0) => paragraph(xml, "HeadNumber", &lead.number),
        _ => paragraph(xml, "HeadPlace", &lead.place),
    });
    paragraph(xml, "Title", &lead.kind);
    for line in &lead.subject {
        paragraph(xml, "Subject", line);
    }
    rule(xml, UPRIGHT / 4.0, UPRIGHT);
    match lead.addressees.as_slice() {
        [] => {}
        [one] => paragraph(xml, "Addressee", &format!("Kính gửi: {}.", one.trim_end_matches(['.', ';']))),
        many => {
            paragraph(xml, "Addressee", "Kính gửi:");
            for (at, name) in many.iter().enumerate() {
                let sign = if at + 1 == many.len() { "." } else { ";" };
                let name = name.trim_end_matches(['.', ';']);
                paragraph(xml, "AddresseeLine", &format!("- {name}{sign}"));
            }
            paragraph(xml, "AfterTable", "");
        }
    }
}

fn block<'a>(xml: &mut Xml, block: &'a Block, kept: bool, pictures: &mut Vec<&'a Picture>) {
    match block {
        Block::Part { text } => paragraph(xml, "Heading1", text),
        Block::Clause { text } => paragraph(xml, "Heading2", text),
        Block::Text { text } if kept => paragraph(xml, "BodyKept", text),
        Block::Text { text } => paragraph(xml, "BodyText", text),
        Block::Note { text } => paragraph(xml, "Note", text),
        Block::Item { text } => paragraph(xml, "Item", &format!("- {text}")),
        Block::Grid(table) => {
            grid(xml, table, twentieths(UPRIGHT), SIZE);
            paragraph(xml, "AfterTable", "");
        }
        Block::Chart { text, picture } => {
            pictures.push(picture);
            chart(xml, text, picture, pictures.len());
        }
    }
}

/// A chart over the width, with its finding as the text that is read out in its place.
fn chart(xml: &mut Xml, text: &str, picture: &Picture, number: usize) {
    let width = UPRIGHT * METRIC;
    let height = width * f64::from(picture.height) / f64::from(picture.width.max(1));
    let (cx, cy) = ((width.round() as u64).to_string(), (height.round() as u64).to_string());
    let (id, file) = (number.to_string(), format!("chart{number}.png"));
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", "Chart"));
        xml.element("w:r", &[], |xml| {
            xml.element("w:drawing", &[], |xml| {
                let none = [("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")];
                xml.element("wp:inline", &none, |xml| {
                    xml.empty("wp:extent", &[("cx", &cx), ("cy", &cy)]);
                    xml.empty("wp:docPr", &[("id", &id), ("name", &file), ("descr", text)]);
                    xml.element("a:graphic", &[], |xml| {
                        let uri = "http://schemas.openxmlformats.org/drawingml/2006/picture";
                        xml.element("a:graphicData", &[("uri", uri)], |xml| {
                            blip(xml, &id, &file, (&cx, &cy));
                        });
                    });
                });
            });
        });
    });
    paragraph(xml, "Caption", text);
}

fn blip(xml: &mut Xml, id: &str, file: &str, (cx, cy): (&str, &str)) {
    xml.element("pic:pic", &[], |xml| {
        xml.element("pic:nvPicPr", &[], |xml| {
            xml.empty("pic:cNvPr", &[("id", id), ("name", file)]);
            xml.empty("pic:cNvPicPr", &[]);
        });
        xml.element("pic:blipFill", &[], |xml| {
            xml.empty("a:blip", &[("r:embed", &format!("rIdChart{id}"))]);
            xml.element("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]));
        });
        xml.element("pic:spPr", &[], |xml| {
            xml.element("a:xfrm", &[], |xml| {
                xml.empty("a:off", &[("x", "0"), ("y", "0")]);
                xml.empty("a:ext", &[("cx", cx), ("cy", cy)]);
            });
            xml.element("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]));
        });
    });
}

fn end(xml: &mut Xml, end: &End) {
    let widths = [twentieths(UPRIGHT * 0.5), twentieths(UPRIGHT * 0.5)];
    beside(xml, &widths, 1, |xml, _, column| {
        paragraph(xml, "AfterTable", "");
        if column == 0 {
            paragraph(xml, "RecipientsHead", "Nơi nhận:");
            for line in &end.recipients {
                paragraph(xml, "Recipients", line);
            }
        } else {
            for line in &end.signature {
                paragraph(xml, "Signature", line);
            }
            paragraph(xml, "Signer", &end.signer);
        }
    });
}

fn annex(xml: &mut Xml, annex: &Annex) {
    paragraph(xml, "AnnexLabel", &annex.label);
    for line in &annex.title {
        paragraph(xml, "AnnexTitle", line);
    }
    paragraph(xml, "AnnexWith", &annex.with);
    rule(xml, ACROSS / 8.0, ACROSS);
    for note in &annex.notes {
        paragraph(xml, "AnnexNote", note);
    }
    if annex.grid.rows.is_empty() {
        paragraph(xml, "AnnexNote", &annex.empty);
    } else {
        grid(xml, &annex.grid, twentieths(ACROSS), annex.size);
    }
}

/// What ends a section: paper, margins, head and foot. Pages of each are counted from 1, and the first has no number.
fn section(xml: &mut Xml, across: bool, foot: &str) {
    let ((short, long), turned) = (PAGE, [("w:orient", "landscape")]);
    let (short, long) = (twentieths(short).to_string(), twentieths(long).to_string());
    // Nghị định 30/2020: 20–25 mm above and below, 30–35 mm at the left, 15–20 mm at the right.
    let right = twentieths(if across { 15.0 } else { 20.0 }).to_string();
    let (edge, left) = (twentieths(20.0).to_string(), twentieths(30.0).to_string());
    let (header, footer) = (twentieths(9.0).to_string(), twentieths(8.0).to_string());
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rIdHead")]);
        xml.empty("w:headerReference", &[("w:type", "first"), ("r:id", "rIdFirstHead")]);
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", foot)]);
        xml.empty("w:footerReference", &[("w:type", "first"), ("r:id", foot)]);
        xml.value("w:type", "nextPage");
        if across {
            let size = [("w:w", long.as_str()), ("w:h", short.as_str()), turned[0]];
            xml.empty("w:pgSz", &size);
        } else {
            xml.empty("w:pgSz", &[("w:w", &short), ("w:h", &long)]);
        }
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &edge),
                ("w:right", &right),
                ("w:bottom", &edge),
                ("w:left", &left),
                ("w:header", &header),
                ("w:footer", &footer),
                ("w:gutter", "0"),
            ],
        );
        xml.empty("w:pgNumType", &[("w:start", "1")]);
        xml.empty("w:titlePg", &[]);
    });
}

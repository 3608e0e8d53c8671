//! The daily report: what it says, and its files opened by LibreOffice and poppler, which did not write them.

mod docx;
mod fixture;
mod pdf;
mod says;
mod tools;
mod xlsx;

use fixture::{awkward, before, form, full, stamp, unknown, words};
use pvhcc_domain::report::freeze::Freeze;
use pvhcc_reports::daily::{ChartKind, Paper, Picture, compose};

/// One pixel, and a drawing with words in it.
fn picture(_: ChartKind) -> Option<Picture> {
    const PIXEL: &str = "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea135\
                         8175 0000000049454e44ae426082";
    let digits: Vec<u32> = PIXEL.chars().filter_map(|c| c.to_digit(16)).collect();
    let png = digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect();
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"620\" height=\"270\" viewBox=\"0 0 620 270\">\
               <rect x=\"10\" y=\"10\" width=\"600\" height=\"250\" fill=\"none\" stroke=\"black\"/>\
               <text x=\"40\" y=\"60\" font-family=\"Source Sans 3\" font-size=\"14\">Báo xong</text></svg>";
    Some(Picture { svg: svg.into(), png, width: 620, height: 270 })
}

/// A signed report of a freeze.
fn paper(freeze: &Freeze) -> Paper {
    compose(freeze, Some(&before()), &words(), &form(), &stamp(), &picture)
}

/// The three days that every format must take.
fn days() -> [(&'static str, Freeze); 3] {
    [("full", full()), ("unknown", unknown()), ("awkward", awkward())]
}

#[test]
fn the_same_report_is_the_same_bytes() {
    for (name, freeze) in days() {
        let (one, two) = (paper(&freeze), paper(&freeze));
        assert!(one.docx().expect("DOCX") == two.docx().expect("DOCX"), "{name}: DOCX");
        assert!(one.pdf().expect("PDF") == two.pdf().expect("PDF"), "{name}: PDF");
        assert!(one.xlsx().expect("XLSX") == two.xlsx().expect("XLSX"), "{name}: XLSX");
        // Nor does it matter where the freeze comes from.
        let kept = Freeze::from_bytes(&freeze.to_bytes().expect("bytes")).expect("a freeze");
        assert!(paper(&kept).docx().expect("DOCX") == one.docx().expect("DOCX"), "{name}: read back");
    }
}

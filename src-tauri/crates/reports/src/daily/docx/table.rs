//! Tables of figures, and tables without lines that only put things side by side.

use super::{body::run, xml::Xml};
use crate::daily::paper::{Grid, Line, Side};

/// Letters of tables in the body, points; the style has this size.
pub(super) const SIZE: f64 = 11.0;

/// A table over the width, in twentieths of a point, with letters of `size` points. Its heading is repeated on every page.
pub(super) fn grid(xml: &mut Xml, grid: &Grid, width: u32, size: f64) {
    let widths = shares(grid, width);
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.value("w:tblStyle", "Grid");
            table_width(xml, width);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.empty("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1")]);
        });
        columns(xml, &widths);
        xml.element("w:tr", &[], |xml| {
            xml.element("w:trPr", &[], |xml| {
                xml.empty("w:cantSplit", &[]);
                xml.empty("w:tblHeader", &[]);
            });
            for (column, width) in grid.columns.iter().zip(&widths) {
                cell(xml, *width, 1, true, |xml| paragraph(xml, "TableHead", &column.heading, true, size));
            }
        });
        for line in &grid.rows {
            row(xml, grid, line, &widths, size);
        }
    });
}

fn row(xml: &mut Xml, grid: &Grid, line: &Line, widths: &[u32], size: f64) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
        let mut from = 0;
        for laid in grid.laid(line) {
            let style = match laid.side {
                Side::Left => "TableText",
                Side::Center => "TableMiddle",
                Side::Right => "TableFigure",
            };
            let width = widths[from..from + laid.span].iter().sum();
            cell(xml, width, laid.span, false, |xml| paragraph(xml, style, &laid.text, line.strong, size));
            from += laid.span;
        }
    });
}

fn paragraph(xml: &mut Xml, style: &str, text: &str, strong: bool, size: f64) {
    let half_points = ((size * 2.0).round() as u32).to_string();
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| xml.value("w:pStyle", style));
        run(xml, text, |xml| {
            if strong && style != "TableHead" {
                xml.empty("w:b", &[]);
            }
            if (size - SIZE).abs() > 0.01 {
                xml.value("w:sz", &half_points);
                xml.value("w:szCs", &half_points);
            }
        });
    });
}

/// Cells side by side in rows, without lines; `inside` writes the cell of a row and a column, both from 0.
pub(super) fn beside(xml: &mut Xml, widths: &[u32], rows: usize, inside: impl Fn(&mut Xml, usize, usize)) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            table_width(xml, widths.iter().sum());
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                xml.empty("w:left", &[("w:w", "0"), ("w:type", "dxa")]);
                xml.empty("w:right", &[("w:w", "0"), ("w:type", "dxa")]);
            });
        });
        columns(xml, widths);
        for row in 0..rows {
            xml.element("w:tr", &[], |xml| {
                xml.element("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
                for (column, width) in widths.iter().enumerate() {
                    cell(xml, *width, 1, false, |xml| inside(xml, row, column));
                }
            });
        }
    });
}

fn table_width(xml: &mut Xml, width: u32) {
    xml.empty("w:tblW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
}

fn columns(xml: &mut Xml, widths: &[u32]) {
    xml.element("w:tblGrid", &[], |xml| {
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
    });
}

fn cell(xml: &mut Xml, width: u32, span: usize, middle: bool, inside: impl FnOnce(&mut Xml)) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            if span > 1 {
                xml.value("w:gridSpan", &span.to_string());
            }
            if middle {
                xml.value("w:vAlign", "center");
            }
        });
        inside(xml);
    });
}

/// The columns' shares of a width, which add up to it.
fn shares(grid: &Grid, width: u32) -> Vec<u32> {
    let all: f64 = grid.columns.iter().map(|column| column.width).sum();
    let mut widths: Vec<u32> =
        grid.columns.iter().map(|column| (column.width / all * f64::from(width)).floor() as u32).collect();
    let rest = width.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

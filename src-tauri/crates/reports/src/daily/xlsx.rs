//! The annexes of the report as a workbook: a sheet each with numbers as numbers, and one of what they rest on.

use super::paper::{Annex, Paper};
use crate::{
    ReportError,
    about::about,
    table::{Table, TableColumn, add_sheet},
};
use rust_xlsxwriter::{DocProperties, Workbook};

impl Paper {
    /// The annexes as XLSX. The same paper gives the same bytes.
    ///
    /// # Errors
    /// A text longer than 32.767 characters.
    pub fn xlsx(&self) -> Result<Vec<u8>, ReportError> {
        let mut book = Workbook::new();
        let made = chrono::DateTime::from_timestamp_millis(self.at.0).unwrap_or_default();
        book.set_properties(&DocProperties::new().set_title(&self.title).set_creation_datetime(&made));
        // The marks of a printed foot are its commands: a bare one would be taken for one.
        let foot = self.foot_short.join("\n").replace('&', "&&");
        for annex in &self.annexes {
            let strong: Vec<bool> = annex.grid.rows.iter().map(|line| line.strong).collect();
            add_sheet(&mut book, &self.table(annex), &strong, &foot)?;
        }
        about(&mut book, &self.about)?;
        Ok(book.save_to_buffer()?)
    }

    fn table(&self, annex: &Annex) -> Table {
        let nothing = annex.grid.rows.is_empty().then(|| annex.empty.clone());
        Table {
            title: format!("{}. {}", annex.label, annex.title.join(" ")),
            lines: self
                .mark
                .iter()
                .chain([&self.title, &annex.with])
                .chain(&annex.notes)
                .chain(&nothing)
                .cloned()
                .collect(),
            sheet: annex.sheet.clone(),
            columns: annex
                .grid
                .columns
                .iter()
                .map(|column| TableColumn {
                    heading: column.heading.clone(),
                    group: String::new(),
                    width: column.width,
                })
                .collect(),
            frozen: annex.frozen,
            rows: annex.grid.rows.iter().map(|line| line.cells.clone()).collect(),
            total: None,
            about: Vec::new(),
            as_of: self.at,
        }
    }
}

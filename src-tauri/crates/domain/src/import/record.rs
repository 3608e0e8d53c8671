//! A row as a dossier: the fields of the allow-list, and no others.

use super::{
    cell::Cell,
    row::{Fault, RowReader},
    target::Target,
    value::is_citizen_number,
};
use crate::dossier::{Payment, Record, ServiceLevel};

impl RowReader<'_> {
    /// The dossier of a row.
    ///
    /// # Errors
    /// What cannot be read, with its column: no code, a text that is no date, a word that nobody knows, …
    pub fn record(&mut self, cells: &[Cell]) -> Result<Record, Fault> {
        let code = self.identity(cells, Target::Code)?;
        let code = code.ok_or_else(|| {
            self.fault(Target::Code, self.mapping.column(Target::Code), &Cell::Empty, "trống")
        })?;
        let channel = self.choice(cells, Target::Channel)?;
        let status = self.choice(cells, Target::Status)?;
        let number = |text: Option<String>| text.and_then(|text| text.parse::<u8>().ok());
        let supplements = self.count(cells, Target::Supplements)?;
        Ok(Record {
            system: self.system(cells)?,
            code,
            record: self.identity(cells, Target::Record)?.unwrap_or_default(),
            procedure: self.catalogued(cells, (Target::Procedure, Target::ProcedureName))?,
            field: self.catalogued(cells, (Target::Field, Target::FieldName))?,
            unit: self.unit(cells)?,
            service_level: match self.choice(cells, Target::ServiceLevel)?.as_deref() {
                Some("full") => Some(ServiceLevel::Full),
                Some("partial") => Some(ServiceLevel::Partial),
                Some("none") => Some(ServiceLevel::None),
                _ => None,
            },
            channel_code: number(channel),
            status_code: number(status),
            submitted_at: self.moment(cells, Target::SubmittedAt)?,
            received_at: self.moment(cells, Target::ReceivedAt)?,
            due_at: self.moment(cells, Target::DueAt)?,
            finished_at: self.moment(cells, Target::FinishedAt)?,
            returned_at: self.moment(cells, Target::ReturnedAt)?,
            digitised: self.flag(cells, Target::Digitised)?,
            reused: self.flag(cells, Target::Reused)?,
            electronic_result: self.flag(cells, Target::ElectronicResult)?,
            fee: self.count(cells, Target::Fee)?,
            payment: match number(self.choice(cells, Target::Payment)?) {
                Some(1) => Some(Payment::Portal),
                Some(2) => Some(Payment::Own),
                Some(0 | 3) => Some(Payment::NotOnline),
                _ => None,
            },
            supplements: supplements.map(|times| u16::try_from(times).unwrap_or(u16::MAX)),
            changed_at: self.moment(cells, Target::ChangedAt)?,
        })
    }

    /// A code of a dossier, which is never the number of a citizen.
    fn identity(&self, cells: &[Cell], target: Target) -> Result<Option<String>, Fault> {
        let code = self.code(cells, target)?;
        if code.as_deref().is_some_and(is_citizen_number) {
            let column = self.mapping.column(target);
            let mut fault =
                self.fault(target, column, &Cell::Empty, "giống số định danh cá nhân nên không giữ");
            fault.value = None;
            return Err(fault);
        }
        Ok(code)
    }
}

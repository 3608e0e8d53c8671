//! What a version says, as a JSON array: codes by number, enums by the source's own numbers, instants in milliseconds.
//! Two versions say the same exactly when their texts are equal.

use super::codes::{CodeBook, CodeId};
use crate::{
    db::{json_of, of_json},
    error::StoreError,
};
use pvhcc_domain::{
    dossier::{Payment, Record, ServiceLevel, Status, Version},
    time::Ms,
};

/// Values in the order kept; never changed, only added to at the end.
type Values = [Option<i64>; 18];

/// The content of a version, read back. Its dossier has the code; the source's id of the record and when that was last
/// changed are not content and stand beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Content(Values);

/// Codes of a record that its content names by number, the system first.
pub(super) fn codes(record: &Record) -> [Option<&str>; 4] {
    [
        Some(record.system.as_str()),
        record.procedure.as_deref(),
        record.field.as_deref(),
        record.unit.as_deref(),
    ]
}

impl Content {
    /// The content of a record whose [`codes`] have these numbers.
    pub(super) fn of(r: &Record, [system, procedure, field, unit]: [Option<CodeId>; 4]) -> Self {
        let ms = |at: Option<Ms>| at.map(|at| at.0);
        Self([
            system,
            procedure,
            field,
            unit,
            r.service_level.map(|level| level as i64 + 1),
            r.channel_code.map(i64::from),
            r.status_code.map(i64::from),
            ms(r.submitted_at),
            ms(r.received_at),
            ms(r.due_at),
            ms(r.finished_at),
            ms(r.returned_at),
            r.digitised.map(i64::from),
            r.reused.map(i64::from),
            r.electronic_result.map(i64::from),
            r.fee.map(|fee| i64::try_from(fee).unwrap_or(i64::MAX)),
            r.payment.map(|payment| payment as i64 + 1),
            r.supplements.map(i64::from),
        ])
    }

    pub(super) fn text(&self) -> Result<String, StoreError> {
        json_of(&self.0, "dossier version")
    }

    pub(super) fn parse(text: &str) -> Result<Self, StoreError> {
        of_json(text, "dossier version").map(Self)
    }

    /// Number of the system's code.
    pub(super) fn system(&self) -> CodeId {
        self.0[0].unwrap_or_default()
    }

    /// The same content under another system.
    pub(super) fn with_system(mut self, system: CodeId) -> Self {
        self.0[0] = Some(system);
        self
    }

    /// The whole record.
    pub(super) fn record(&self, book: &CodeBook, code: String) -> Record {
        let v = &self.0;
        let text = |n: Option<i64>| n.map(|id| book.text(id).to_owned());
        let small = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok());
        Record {
            system: book.text(self.system()).to_owned(),
            code,
            record: String::new(),
            procedure: text(v[1]),
            field: text(v[2]),
            unit: text(v[3]),
            service_level: match v[4] {
                Some(1) => Some(ServiceLevel::Full),
                Some(2) => Some(ServiceLevel::Partial),
                Some(3) => Some(ServiceLevel::None),
                _ => None,
            },
            channel_code: small(v[5]),
            status_code: small(v[6]),
            submitted_at: v[7].map(Ms),
            received_at: v[8].map(Ms),
            due_at: v[9].map(Ms),
            finished_at: v[10].map(Ms),
            returned_at: v[11].map(Ms),
            digitised: v[12].map(|n| n != 0),
            reused: v[13].map(|n| n != 0),
            electronic_result: v[14].map(|n| n != 0),
            fee: v[15].and_then(|n| u64::try_from(n).ok()),
            payment: match v[16] {
                Some(1) => Some(Payment::Portal),
                Some(2) => Some(Payment::Own),
                Some(3) => Some(Payment::NotOnline),
                _ => None,
            },
            supplements: v[17].and_then(|n| u16::try_from(n).ok()),
            changed_at: None,
        }
    }

    /// The part that figures are counted from.
    pub(super) fn version(
        &self,
        book: &CodeBook,
        code: String,
        valid_from: Ms,
        valid_to: Option<Ms>,
    ) -> Version {
        let v = &self.0;
        let text = |n: Option<i64>| n.map(|id| book.text(id).to_owned());
        let small = |n: Option<i64>| n.and_then(|n| u8::try_from(n).ok());
        Version {
            system: book.text(self.system()).to_owned(),
            code,
            procedure: text(v[1]),
            field: text(v[2]),
            unit: text(v[3]),
            channel: small(v[5]).and_then(pvhcc_domain::dossier::Channel::from_code),
            received_at: v[8].map(Ms),
            due_at: v[9].map(Ms),
            finished_at: v[10].map(Ms),
            status: small(v[6]).and_then(Status::from_code),
            valid_from,
            valid_to,
        }
    }
}

//! The checklist as the window shows it, its edits and its history.

mod acts;
mod detail;
mod edit;
mod history;
mod phrase;
mod rows;
mod undo;
mod who;

pub(crate) use acts::{StatusWords, due_act, expected_act, note, note_act};
pub(crate) use phrase::{amount, capital, evidence_kind, evidence_text, number, phrase_rag};
pub(crate) use pvhcc_domain::text::instant;
pub(crate) use rows::{Counts, Present};
pub(crate) use who::Who;

use crate::{messages, wire::WireError};
use chrono::NaiveDate;

/// Entity of a task's events.
pub(crate) fn entity(no: &str) -> String {
    format!("task:{no}")
}

/// Parses an ISO day; the message names the field.
pub(crate) fn day(text: &str, field: &str) -> Result<NaiveDate, WireError> {
    text.parse().map_err(|_| {
        messages::invalid(field, &format!("“{text}” không phải một ngày. Hãy nhập theo dạng 29/05/2026."))
    })
}

/// `29/05/2026`.
pub(crate) fn vn(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

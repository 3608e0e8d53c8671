//! How far a report got, folded from its events: frozen, written, reviewed, signed, sent. Nothing is ever taken away: what was
//! signed before a correction stays beside it.

use super::{Cadence, Form, Words};
use crate::{
    act::{Act, Event, Said},
    evidence::FileRef,
    time::Ms,
};
use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Entities of reports begin with this.
pub const ENTITY: &str = "report:";
const DAILY: &str = "report:daily:";
const MONTHLY: &str = "report:monthly:";

/// Entity of the report of `day`: `report:daily:2026-05-29`, `report:monthly:2026-05`.
#[must_use]
pub fn entity(cadence: Cadence, day: NaiveDate) -> String {
    match cadence {
        Cadence::Daily => format!("{DAILY}{day}"),
        Cadence::Monthly => format!("{MONTHLY}{}", day.format("%Y-%m")),
    }
}

/// Begin of the entities of all reports of a cadence.
#[must_use]
pub fn entities(cadence: Cadence) -> &'static str {
    match cadence {
        Cadence::Daily => DAILY,
        Cadence::Monthly => MONTHLY,
    }
}

/// The day of an entity, of a month its first; `None` when it is no report's of this cadence.
#[must_use]
pub fn day_of(cadence: Cadence, entity: &str) -> Option<NaiveDate> {
    let text = entity.strip_prefix(entities(cadence))?;
    match cadence {
        Cadence::Daily => text.parse().ok(),
        Cadence::Monthly => format!("{text}-01").parse().ok(),
    }
}

/// First and last day that a report of `day` reports on.
#[must_use]
pub fn span(cadence: Cadence, day: NaiveDate) -> (NaiveDate, NaiveDate) {
    match cadence {
        Cadence::Daily => (day, day),
        Cadence::Monthly => {
            let first = day.with_day(1).unwrap_or(day);
            let last = first.iter_days().take_while(|d| d.month() == first.month()).last();
            (first, last.unwrap_or(first))
        }
    }
}

/// How far a report got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// No figures yet.
    None,
    /// Figures are frozen: a draft, or a correction of what was signed.
    Frozen,
    /// Looked over as it stands.
    Reviewed,
    /// Signed as it stands.
    Signed,
    /// Signed as it stands, and sent.
    Sent,
}

impl Stage {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::None, Self::Frozen, Self::Reviewed, Self::Signed, Self::Sent];
}

/// A freeze.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// Who, when.
    pub said: Said,
    /// SHA-256 of its blob.
    pub sha256: String,
    /// As of when its figures stand.
    pub at: Ms,
    /// Version of its form.
    pub schema: u32,
    /// How far the journal went, for each seat.
    pub positions: BTreeMap<String, i64>,
    /// Hash of the journal's last event before it.
    pub head: String,
    /// Why it was made, of the second on.
    pub reason: Option<String>,
}

/// Words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Who, when.
    pub said: Said,
    /// Id of the freeze they were written on.
    pub freeze: String,
    /// The words.
    pub words: Words,
}

/// Something said in one line: a remark, a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Who, when.
    pub said: Said,
    /// What; empty without.
    pub text: String,
}

/// A sending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Who, when recorded.
    pub said: Said,
    /// When it was sent, as the person says.
    pub at: Ms,
    /// How.
    pub how: String,
    /// To whom.
    pub to: String,
}

/// A signed report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who, when.
    pub said: Said,
    /// Id of its freeze.
    pub freeze: String,
    /// Id of its words.
    pub written: String,
    /// Number.
    pub number: String,
    /// Date on it.
    pub signed_on: NaiveDate,
    /// Roster id of who signed.
    pub roster_id: String,
    /// In the leader's place.
    pub deputy: bool,
    /// The form it was signed on.
    pub form: Form,
    /// Its files by extension.
    pub files: BTreeMap<String, FileRef>,
    /// Hash of the journal's last event before it.
    pub head: String,
    /// Version of the program that made the files.
    pub program: String,
    /// The signed and stamped copy attached last.
    pub copy: Option<FileRef>,
    /// How it was sent; the last word on it.
    pub sent: Option<Sent>,
}

/// A report as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportState {
    /// Its freezes in journal order; the last counts.
    pub freezes: Vec<Frozen>,
    /// Its words in journal order; the last on a freeze count for it.
    pub written: Vec<Written>,
    /// The review of the version that stands.
    pub reviewed: Option<Remark>,
    /// Why the version that stands was given back.
    pub returned: Option<Remark>,
    /// What was signed, in journal order.
    pub signed: Vec<Signed>,
    /// When it was first sent, as people say.
    pub first_sent: Option<Ms>,
    /// Why it is late or missing; the last word on it.
    pub excused: Option<Remark>,
    /// Last event; the base of the next.
    pub last_event: Option<String>,
}

impl ReportState {
    /// The freeze that counts.
    #[must_use]
    pub fn freeze(&self) -> Option<&Frozen> {
        self.freezes.last()
    }

    /// The words that count for a freeze.
    #[must_use]
    pub fn words_on(&self, freeze: &str) -> Option<&Written> {
        self.written.iter().rfind(|w| w.freeze == freeze)
    }

    /// What a review or signature speaks of: the last words on the freeze that counts, or the freeze itself while nobody wrote.
    #[must_use]
    pub fn version(&self) -> Option<&Said> {
        let freeze = self.freeze()?;
        Some(self.words_on(&freeze.said.event).map_or(&freeze.said, |w| &w.said))
    }

    /// What was signed of the version that stands; `None` while nothing is, and after a correction was begun.
    #[must_use]
    pub fn signed_now(&self) -> Option<&Signed> {
        let (signed, freeze) = (self.signed.last()?, self.freeze()?);
        (signed.freeze == freeze.said.event && Some(&signed.written) == self.version().map(|v| &v.event))
            .then_some(signed)
    }

    /// How far it got.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match (self.freeze(), self.signed_now()) {
            (None, _) => Stage::None,
            (_, Some(signed)) if signed.sent.is_some() => Stage::Sent,
            (_, Some(_)) => Stage::Signed,
            _ if self.reviewed.is_some() => Stage::Reviewed,
            _ => Stage::Frozen,
        }
    }

    fn stands(&self, version: &str) -> bool {
        self.version().is_some_and(|v| v.event == version)
    }

    fn take(&mut self, event: &Event) {
        let said = Said::of(event);
        let remark = |text: &str| Some(Remark { said: said.clone(), text: text.to_owned() });
        match &event.act {
            Act::ReportFrozen { sha256, at, schema, positions, head, reason, .. } => {
                self.freezes.push(Frozen {
                    said,
                    sha256: sha256.clone(),
                    at: *at,
                    schema: *schema,
                    positions: positions.clone(),
                    head: head.clone(),
                    reason: reason.clone(),
                });
                (self.reviewed, self.returned) = (None, None);
            }
            Act::ReportWritten { freeze, words } => {
                self.written.push(Written { said, freeze: freeze.clone(), words: words.clone() });
                if self.freeze().is_some_and(|f| f.said.event == *freeze) {
                    (self.reviewed, self.returned) = (None, None);
                }
            }
            // A word on a version that had been replaced meanwhile does not speak of the new one.
            Act::ReportReviewed { version, remark: text } if self.stands(version) => {
                (self.reviewed, self.returned) = (remark(text.as_deref().unwrap_or_default()), None);
            }
            Act::ReportReturned { version, reason } if self.stands(version) => {
                (self.reviewed, self.returned) = (None, remark(reason));
            }
            Act::ReportSigned {
                freeze,
                written,
                number,
                signed_on,
                roster_id,
                deputy,
                form,
                files,
                head,
                program,
            } => self.signed.push(Signed {
                said,
                freeze: freeze.clone(),
                written: written.clone(),
                number: number.clone(),
                signed_on: *signed_on,
                roster_id: roster_id.clone(),
                deputy: *deputy,
                form: form.as_ref().clone(),
                files: files.clone(),
                head: head.clone(),
                program: program.clone(),
                copy: None,
                sent: None,
            }),
            Act::ReportCopyAttached { file } => {
                if let Some(signed) = self.signed.last_mut() {
                    signed.copy = Some(file.clone());
                }
            }
            Act::ReportSent { at, how, to } => {
                if let Some(signed) = self.signed.last_mut() {
                    signed.sent = Some(Sent { said, at: *at, how: how.clone(), to: to.clone() });
                    self.first_sent = Some(self.first_sent.map_or(*at, |first| first.min(*at)));
                }
            }
            Act::ReportExcused { reason } => self.excused = remark(reason),
            _ => {}
        }
        self.last_event = Some(event.id.clone());
    }
}

/// Reports of a cadence by day, of a month its first.
pub type Reports = BTreeMap<NaiveDate, ReportState>;

/// Folds `events`, the next in journal order, into the reports of a cadence; those of other entities are left alone.
pub fn fold(reports: &mut Reports, cadence: Cadence, events: &[Event]) {
    for event in events {
        if let Some(day) = day_of(cadence, &event.entity) {
            reports.entry(day).or_default().take(event);
        }
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;

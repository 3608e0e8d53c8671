//! What the rules make of one record.

use super::{Rule, Rules};
use crate::{
    dossier::{Channel, Day, Record, ServiceLevel, Status, StatusClass},
    time::{Ms, PROVINCE_OFFSET_SECONDS},
};
use std::collections::HashSet;

const DAY_MS: i64 = 86_400_000;
/// Beyond this after receipt an appointment is taken for a slip of the pen.
const FARTHEST_DEADLINE_MS: i64 = 731 * DAY_MS;

/// The lists that codes are looked up in. A list that is not known finds no fault and makes nothing good.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    /// Codes of units on the portal (`H21.17`); parts of a unit (`H21.17.03`) count as the unit.
    pub units: Option<HashSet<String>>,
    /// Codes of procedures.
    pub procedures: Option<HashSet<String>>,
}

impl Known {
    fn unit(&self, code: &str) -> Option<bool> {
        let units = self.units.as_ref()?;
        let whole = std::iter::successors(Some(code), |code| code.rsplit_once('.').map(|(head, _)| head));
        Some(whole.into_iter().any(|code| units.contains(code)))
    }

    fn procedure(&self, code: &str) -> Option<bool> {
        self.procedures.as_ref().map(|known| known.contains(code))
    }
}

/// What the rules looked at in a record, and what they found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Judged {
    /// Rules that had something to look at.
    pub looked: Rules,
    /// Of these, those that found a fault.
    pub found: Rules,
}

/// The rules with what they compare to.
#[derive(Debug, Clone)]
pub struct Judge {
    known: Known,
    /// Day of the last moment the records may tell of; what lies after is in the future.
    today: chrono::NaiveDate,
}

impl Judge {
    /// `as_of` is the source's own time of the records: a day after it is in the future.
    #[must_use]
    pub fn new(known: Known, as_of: Ms) -> Self {
        Self { known, today: as_of.day() }
    }

    /// Judges one record. `repeats` when another record of its system has its code and comes before it.
    ///
    /// Days are compared where one of two dates has no time of day (systems that keep days write midnight).
    #[must_use]
    pub fn judge(&self, r: &Record, repeats: bool) -> Judged {
        let mut judged = Judged::default();
        let mut look = |rule, fault: Option<bool>| {
            let Some(fault) = fault else { return };
            judged.looked.insert(rule);
            if fault {
                judged.found.insert(rule);
            }
        };
        let class = r.status().map(Status::class);
        let accepted = class != Some(StatusClass::Excluded);
        let done = matches!(class, Some(StatusClass::Finished | StatusClass::Withdrawn));
        let open = matches!(class, Some(StatusClass::Open | StatusClass::Waiting));
        // What no calendar has is one fault and not several.
        let credible = |at: Option<Ms>| at.filter(|at| Day::of(*at).is_some());
        let dates = [r.submitted_at, r.received_at, r.due_at, r.finished_at, r.returned_at];
        let (received, due) = (credible(r.received_at), credible(r.due_at));
        let (finished, returned) = (credible(r.finished_at), credible(r.returned_at));
        let future = |at: Option<Ms>| at.map(|at| at.day() > self.today);
        let order = |a: Option<Ms>, b: Option<Ms>| a.zip(b).map(|(a, b)| is_before(a, b));

        look(Rule::NoReceivedDate, accepted.then_some(r.received_at.is_none()));
        look(Rule::ReceivedInFuture, future(received));
        look(Rule::DuplicateCode, Some(repeats));
        look(Rule::FinishedBeforeReceived, order(finished, received));
        look(Rule::FinishedWithoutDate, done.then_some(r.finished_at.is_none()));
        look(Rule::FinishedInFuture, future(finished));
        look(Rule::FinishedButOpen, open.then_some(r.finished_at.is_some() || r.returned_at.is_some()));
        look(Rule::ReturnedBeforeFinished, order(returned, finished));
        look(Rule::ReturnedInFuture, future(returned));
        // The term runs from receipt: without that day there is nothing to have a deadline.
        let timed = accepted && r.received_at.is_some();
        look(Rule::MissingDeadline, timed.then_some(r.due_at.is_none()));
        look(Rule::DeadlineBeforeReceived, order(due, received));
        let far = due.zip(received).map(|(due, received)| due.0 - received.0 > FARTHEST_DEADLINE_MS);
        look(Rule::DeadlineTooFar, far);
        look(Rule::SubmittedAfterReceived, order(received, credible(r.submitted_at)));
        let told = dates.into_iter().flatten();
        let absurd = told.map(|at| Day::of(at).is_none()).reduce(|a, b| a || b);
        look(Rule::AbsurdDate, absurd);
        look(Rule::NoUnit, Some(r.unit.is_none()));
        look(Rule::UnknownUnit, r.unit.as_deref().and_then(|code| self.known.unit(code)).map(|known| !known));
        look(Rule::NoProcedure, Some(r.procedure.is_none()));
        let procedure = r.procedure.as_deref().and_then(|code| self.known.procedure(code));
        look(Rule::UnknownProcedure, procedure.map(|known| !known));
        look(Rule::NoField, Some(r.field.is_none()));
        look(Rule::BadStatus, Some(r.status().is_none()));
        look(Rule::BadChannel, Some(r.channel().is_none()));
        let online = r.channel() == Some(Channel::Online);
        let level = r.service_level.filter(|_| online);
        look(Rule::OnlineWithoutService, level.map(|level| level == ServiceLevel::None));
        look(Rule::BadCode, Some(!looks_like_a_code(&r.code)));
        judged
    }
}

/// Whether `a` comes before `b`; where one of them has no time of day, whether its day does.
fn is_before(a: Ms, b: Ms) -> bool {
    if is_midnight(a) || is_midnight(b) { a.day() < b.day() } else { a < b }
}

fn is_midnight(at: Ms) -> bool {
    (at.0 + i64::from(PROVINCE_OFFSET_SECONDS) * 1000).rem_euclid(DAY_MS) == 0
}

/// Whether a text looks like a `MaHoSo` (domain.md §1.6): code of a unit, day of six or eight digits, number of four or more,
/// with hyphens between.
#[must_use]
pub fn looks_like_a_code(text: &str) -> bool {
    let mut parts = text.split('-');
    let (unit, day, number) = (parts.next(), parts.next(), parts.next());
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let unit_fits = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.')
    };
    parts.next().is_none()
        && unit.is_some_and(unit_fits)
        && day.is_some_and(|part| matches!(part.len(), 6 | 8) && digits(part))
        && number.is_some_and(|part| part.len() >= 4 && digits(part))
}

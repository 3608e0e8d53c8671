//! The known faults of the records: what is wrong with which, planted so that the data-quality rules have something to
//! find (domain.md §1.7).
//!
//! Every fault leaves the published figures whole when a code is counted once and by its dates (domain.md §3.3): it sits
//! in a dossier whose count it cannot change, or in an extra record that no period counts.

use super::{
    Dossiers,
    groups::{Group, Life},
    record::{ONLINE, Record},
};
use crate::noise::bits;
use pvhcc_domain::time::Ms;
use serde::Serialize;
use std::collections::HashSet;

/// The unit and the procedure that nobody knows.
const UNKNOWN_UNIT: &str = "H21.999";
const UNKNOWN_PROCEDURE: &str = "9.999999";
/// How a year gets mistyped: 2062 for 2026.
const MISTYPED_YEARS_MS: i64 = 36 * 365 * DAY_MS;
const DAY_MS: i64 = 86_400_000;

/// What is wrong with a record of the sandbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlantedFault {
    /// In process, without a day of receipt. An extra record.
    NoReceivedDate,
    /// Received in 2062. An extra record.
    ReceivedInFuture,
    /// A code that another record of the system has too, with the same dates, field and channel. An extra record.
    DuplicateCode,
    /// Finished a day before it was received.
    FinishedBeforeReceived,
    /// The status says finished, no date does.
    FinishedWithoutDate,
    /// Finished in 2062.
    FinishedInFuture,
    /// Handed over before it was finished.
    ReturnedBeforeFinished,
    /// No deadline.
    MissingDeadline,
    /// Due before it was received.
    DeadlineBeforeReceived,
    /// A unit that is in no list.
    UnknownUnit,
    /// A procedure that is in no catalogue.
    UnknownProcedure,
    /// A status outside 1..=10.
    BadStatus,
    /// Online, though the procedure has no online service.
    OnlineWithoutService,
}

/// The table of what is planted: fault, how many in the province's system, how many in the ministries'.
pub(super) const TABLE: [(PlantedFault, usize, usize); 13] = [
    (PlantedFault::NoReceivedDate, 37, 5),
    (PlantedFault::ReceivedInFuture, 12, 3),
    (PlantedFault::DuplicateCode, 21, 4),
    (PlantedFault::FinishedBeforeReceived, 46, 6),
    (PlantedFault::FinishedWithoutDate, 28, 7),
    (PlantedFault::FinishedInFuture, 9, 2),
    (PlantedFault::ReturnedBeforeFinished, 15, 2),
    (PlantedFault::MissingDeadline, 64, 11),
    (PlantedFault::DeadlineBeforeReceived, 18, 4),
    (PlantedFault::UnknownUnit, 33, 8),
    (PlantedFault::UnknownProcedure, 52, 9),
    (PlantedFault::BadStatus, 14, 3),
    (PlantedFault::OnlineWithoutService, 71, 6),
];

/// One record with a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planted {
    /// What is wrong.
    pub fault: PlantedFault,
    /// System of the record: `tinh` or `bo`.
    pub system: String,
    /// Id of the record with the gateway.
    pub id: String,
    /// Code of the dossier.
    pub code: String,
    /// From when on the gateway tells the record so.
    pub since: Ms,
}

/// A dossier that carries a fault, or after which an extra record is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) fault: PlantedFault,
    /// Number of the dossier among all.
    pub(super) number: u64,
}

impl PlantedFault {
    /// Whether the record comes beside the dossiers of the figures.
    pub(super) fn is_extra(self) -> bool {
        matches!(self, Self::NoReceivedDate | Self::ReceivedInFuture | Self::DuplicateCode)
    }

    /// Whether the fault leaves the figures whole in a dossier with this fate. `published` segments have figures.
    fn fits_group(self, group: &Group, published: usize) -> bool {
        let (fate, last) = (group.fate, published - 1);
        let done = fate.finished.is_some_and(|f| f <= last);
        match self {
            Self::FinishedBeforeReceived => {
                fate.received <= last && fate.finished == Some(fate.received) && fate.missed.is_none()
            }
            // Pending when the figures were told, finished since: the figures know nothing of that yet.
            Self::FinishedWithoutDate | Self::FinishedInFuture | Self::BadStatus => {
                fate.received == last && fate.finished == Some(published) && fate.missed.is_none()
            }
            Self::ReturnedBeforeFinished | Self::MissingDeadline => done && fate.missed.is_none(),
            Self::DeadlineBeforeReceived => {
                done && fate.missed == Some(fate.received) && fate.finished == Some(fate.received)
            }
            _ => fate.received <= last,
        }
    }

    /// The same for one dossier of such a group, whose segment lasts from `begin` to `end`.
    fn fits(self, record: &Record, life: &Life, begin: Ms, end: Ms) -> bool {
        match self {
            Self::FinishedBeforeReceived => life.received >= begin.plus(2 * DAY_MS),
            // So that it shows when training starts.
            Self::FinishedWithoutDate | Self::FinishedInFuture | Self::BadStatus => {
                life.finished.is_some_and(|at| at <= end.plus(12 * DAY_MS))
            }
            Self::OnlineWithoutService => record.channel == ONLINE,
            _ => true,
        }
    }

    /// From when on it shows.
    pub(super) fn since(self, life: &Life) -> Ms {
        let never = Ms(i64::MAX);
        match self {
            Self::FinishedBeforeReceived
            | Self::FinishedWithoutDate
            | Self::FinishedInFuture
            | Self::BadStatus => life.finished.unwrap_or(never),
            Self::ReturnedBeforeFinished => life.returned.unwrap_or(never),
            _ => life.received,
        }
    }

    /// Puts the fault into a right record, from when on it shows.
    pub(super) fn spoil(self, record: &mut Record, dossiers: &Dossiers, number: u64) {
        let later = |at: Option<Ms>| at.map(|at| at.plus(MISTYPED_YEARS_MS));
        let unfinished = |record: &mut Record| {
            (record.finished_at, record.returned_at, record.electronic_result) = (None, None, None);
        };
        match self {
            Self::NoReceivedDate => {
                unfinished(record);
                (record.received_at, record.due_at, record.status) = (None, None, 4);
            }
            Self::ReceivedInFuture => {
                unfinished(record);
                (record.received_at, record.due_at) = (later(record.received_at), later(record.due_at));
                record.status = 2;
            }
            Self::DuplicateCode => record.fee += 1000,
            Self::FinishedBeforeReceived => {
                record.finished_at = record.received_at.map(|at| at.plus(-DAY_MS))
            }
            Self::FinishedWithoutDate => (record.finished_at, record.returned_at) = (None, None),
            Self::FinishedInFuture => {
                (record.finished_at, record.returned_at) = (later(record.finished_at), None);
            }
            Self::ReturnedBeforeFinished => {
                record.returned_at = record.finished_at.map(|at| at.plus(-3_600_000));
            }
            Self::MissingDeadline => record.due_at = None,
            Self::DeadlineBeforeReceived => record.due_at = record.received_at.map(|at| at.plus(-5 * DAY_MS)),
            Self::UnknownUnit => UNKNOWN_UNIT.clone_into(&mut record.unit),
            Self::UnknownProcedure => {
                UNKNOWN_PROCEDURE.clone_into(&mut record.procedure);
                "Không rõ".clone_into(&mut record.procedure_name);
            }
            Self::BadStatus => record.status = if number.is_multiple_of(2) { 0 } else { 99 },
            Self::OnlineWithoutService => {
                let procedure = dossiers.choices(number).without_service();
                procedure.code.clone_into(&mut record.procedure);
                procedure.name.clone_into(&mut record.procedure_name);
                procedure.level.clone_into(&mut record.service_level);
                record.fee = procedure.fee;
            }
        }
    }
}

/// Which dossiers carry which fault, each one at most: spread over the groups in which it fits.
pub(super) fn places(dossiers: &Dossiers) -> Vec<Place> {
    let mut taken: HashSet<u64> = HashSet::new();
    let mut places = Vec::new();
    for (fault, in_province, in_ministries) in TABLE {
        for (system, count) in [("tinh", in_province), ("bo", in_ministries)] {
            let fitting: Vec<&Group> = (dossiers.groups.iter())
                .filter(|g| dossiers.streams[g.stream].system == system)
                .filter(|g| fault.fits_group(g, dossiers.published))
                .collect();
            let all: u64 = fitting.iter().map(|g| g.len).sum();
            let mut nth = 0;
            let mut left = count;
            while left > 0 && nth < all {
                let key = [fault as u64, u64::from(system == "bo"), nth];
                nth += 1;
                let mut at = bits(dossiers.seed, &key) % all;
                let Some(group) = fitting.iter().find(|g| {
                    let here = at < g.len;
                    at -= if here { 0 } else { g.len };
                    here
                }) else {
                    continue;
                };
                let number = group.start + at;
                let segment = dossiers.axis.segments[group.fate.received];
                let (begin, end) = (Ms::at(segment.from, 0, 0), Ms::at(segment.to, 23, 59));
                let life = group.life(dossiers.seed, &dossiers.axis, at);
                let fits = dossiers
                    .right(group, at, &life, Ms(i64::MAX))
                    .is_some_and(|record| fault.fits(&record, &life, begin, end));
                if fits && taken.insert(number) {
                    places.push(Place { fault, number });
                    left -= 1;
                }
            }
        }
    }
    places
}

//! A dossier as the gateway tells it at a moment: the fields of the contract, none of which is about a citizen.

use super::{
    catalogue::Choices,
    groups::{Group, Life},
    plan::Stream,
};
use crate::noise::unit;
use pvhcc_domain::time::Ms;
use serde::Serialize;

/// In person, online and by post (domain.md §1.6).
const DIRECT: u8 = 1;
pub(super) const ONLINE: u8 = 2;
const POST: u8 = 3;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Record {
    pub(crate) id: String,
    pub(crate) code: String,
    pub(crate) system: String,
    pub(crate) ministry: Option<String>,
    pub(crate) field: String,
    pub(crate) field_name: String,
    pub(crate) procedure: String,
    pub(crate) procedure_name: String,
    pub(crate) service_level: String,
    pub(crate) unit: String,
    pub(crate) channel: u8,
    pub(crate) status: i64,
    #[serde(with = "instant")]
    pub(crate) submitted_at: Option<Ms>,
    #[serde(with = "instant")]
    pub(crate) received_at: Option<Ms>,
    #[serde(with = "instant")]
    pub(crate) due_at: Option<Ms>,
    #[serde(with = "instant")]
    pub(crate) finished_at: Option<Ms>,
    #[serde(with = "instant")]
    pub(crate) returned_at: Option<Ms>,
    pub(crate) digitised: bool,
    pub(crate) reused: bool,
    pub(crate) electronic_result: Option<bool>,
    pub(crate) fee: u64,
    pub(crate) online_payment: u8,
    pub(crate) supplements: u8,
    #[serde(serialize_with = "instant::one")]
    pub(crate) changed_at: Ms,
}

/// RFC 3339 or null.
mod instant {
    use super::Ms;
    use serde::Serializer;

    #[allow(clippy::ref_option)] // serde hands fields over so.
    pub(super) fn serialize<S: Serializer>(at: &Option<Ms>, to: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => one(at, to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn one<S: Serializer>(at: &Ms, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&at.to_rfc3339())
    }
}

/// The dossier `i` of a group as it stands at `now`, when that is not before its receipt.
pub(super) fn record(
    seed: u64,
    (stream, choices): (&Stream, &Choices),
    group: &Group,
    i: u64,
    life: &Life,
    now: Ms,
) -> Option<Record> {
    if life.received > now {
        return None;
    }
    let number = group.start + i;
    let draw = |purpose: u64| unit(seed, &[number, purpose]);
    let channel = match (group.is_direct(i), draw(70) < 0.15) {
        (false, _) => ONLINE,
        (true, true) => POST,
        (true, false) => DIRECT,
    };
    let procedure = choices.procedure(draw(71), channel == ONLINE);
    let handler = choices.unit(draw(72));
    let to_pay = procedure.fee > 0 && draw(73) < 0.5;
    let happened = |at: Option<Ms>| at.filter(|at| *at <= now);
    let (finished, returned) = (happened(life.finished), happened(life.returned));
    let waiting = life.paused.filter(|(from, to)| *from <= now && now < *to);
    let waited = life.paused.is_some_and(|(from, _)| from <= now);
    let status = match (returned, finished, waiting) {
        (Some(_), ..) => 10,
        (_, Some(_), _) => 9,
        (_, _, Some(_)) => 5 + i64::from(to_pay),
        _ if life.started <= now => 4,
        _ => 2,
    };
    let (from, to) = life.paused.unzip();
    let moments = [Some(life.started), from, to, life.finished, life.returned];
    let changed_at = moments.into_iter().filter_map(happened).fold(life.received, Ms::max);
    // Online, a dossier is handed in some hours before it is accepted; at the counter both are one act.
    let before = if channel == ONLINE { (draw(74) * 14.0 * 3600.0) as i64 * 1000 } else { 0 };
    Some(Record {
        id: format!("{}-{number:07}", stream.system),
        code: format!("{handler}-{}-{number:07}", life.received.local().format("%y%m%d")),
        system: stream.system.clone(),
        ministry: choices.ministry.clone(),
        field: stream.field.clone(),
        field_name: stream.field_name.clone(),
        procedure: procedure.code.clone(),
        procedure_name: procedure.name.clone(),
        service_level: procedure.level.clone(),
        unit: handler.to_owned(),
        channel,
        status,
        submitted_at: Some(life.received.plus(-before)),
        received_at: Some(life.received),
        due_at: Some(life.due),
        finished_at: finished,
        returned_at: returned,
        // The rates of the annex to Đề án 06 (domain.md §0.4).
        digitised: draw(75) < 0.6873,
        reused: draw(76) < 0.2193,
        electronic_result: finished.map(|_| draw(77) < 0.73),
        fee: procedure.fee,
        online_payment: match draw(78) {
            _ if procedure.fee == 0 || channel != ONLINE => 0,
            x if x < 0.62 => 1,
            x if x < 0.72 => 2,
            _ => 0,
        },
        supplements: u8::from(waited && !to_pay),
        changed_at,
    })
}

//! Answers of the portal into domain types; the envelope first, then each row for itself.

use super::{FieldMap, Statistics};
use crate::{
    error::{FailureKind, FetchError},
    fetched::Fetched,
    mask,
    record::{Bad, Envelope, Record, bad, believable_as_of},
};
use chrono::{NaiveDate, NaiveDateTime};
use pvhcc_domain::{
    figures::Counts,
    observation::DossierFigures,
    text::fold,
    time::{Ms, PROVINCE_OFFSET_SECONDS},
};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// `error_code` as text, whether it came as text or number.
pub(super) fn error_code(envelope: &Envelope<'_>) -> Option<String> {
    match envelope.value("error_code")? {
        Value::String(s) => Some(s.trim().to_owned()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    }
}

pub(super) fn is_success(code: &str) -> bool {
    matches!(code, "0" | "00")
}

/// The code decides. A message that says the opposite of a success ("không thành công", "lỗi", "thất bại") refuses the
/// answer, since nobody can know which of the two is right; any other wording ("OK", none) does not matter.
pub(super) fn check(envelope: &Envelope<'_>, session_invalid: &[String]) -> Result<(), FetchError> {
    let Some(code) = error_code(envelope) else {
        return Err(envelope.refuse(FailureKind::BadSchema, "error_code: missing"));
    };
    if session_invalid.contains(&code) {
        return Err(envelope.refuse(FailureKind::Session, "session called invalid"));
    }
    if !is_success(&code) {
        return Err(envelope.refuse(FailureKind::BadEnvelope, "error_code: not success"));
    }
    let message = match envelope.value("message") {
        Some(Value::String(m)) => fold(&m),
        _ => String::new(),
    };
    if ["khong", "loi", "that bai", "fail", "error"]
        .iter()
        .any(|word| format!(" {message} ").contains(&format!(" {word} ")))
    {
        return Err(envelope.refuse(FailureKind::BadEnvelope, "message contradicts error_code"));
    }
    Ok(())
}

pub(super) fn statistics(
    route: &str,
    body: &[u8],
    names: &FieldMap,
    now: Ms,
) -> Result<Fetched<Statistics>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    let mut seen = HashSet::new();
    let mut latest: Option<Ms> = None;
    let mut fields = BTreeMap::new();
    let (rows, mut quarantined) = envelope.records("result", |r| {
        let (row, name, as_of) = figures(r, names)?;
        if !seen.insert((row.system.clone(), row.field.clone(), row.from)) {
            return bad(&names.field, "stands twice in this period; the first is kept");
        }
        fields.extend(row.field.clone().zip(name));
        latest = latest.max(Some(as_of));
        Ok(row)
    })?;
    // Without a row the portal names no time of its own; what it said, it said now.
    let as_of = believable_as_of(latest.unwrap_or(now), now, &mut quarantined);
    Ok(Fetched {
        as_of,
        etag: None,
        not_modified: false,
        rows: Statistics { figures: rows, fields },
        quarantined,
        payload_sha256: mask::sha256_hex(body),
        bytes: body.len(),
    })
}

/// A row, the name of its field, and when the portal computed it.
fn figures(r: &Record<'_>, names: &FieldMap) -> Result<(DossierFigures, Option<String>, Ms), Bad> {
    let system = match r.text(&names.system)? {
        s if s == names.system_province => "tinh",
        s if s == names.system_ministry => "bo",
        _ => return bad(&names.system, "not a known system"),
    };
    let (from, to) = (day(r, &names.from)?, day(r, &names.to)?);
    if to < from {
        return bad(&names.to, "before the first day");
    }
    // Absent would be taken for the total of the system, so it must be said.
    r.get(&names.field)?;
    let name = r.opt_text(&names.field_name)?;
    let counts = Counts {
        received: r.opt_count(&names.received)?,
        received_online: r.opt_count(&names.received_online)?,
        received_direct: r.opt_count(&names.received_direct)?,
        carried_over: r.opt_count(&names.carried_over)?,
        done: r.opt_count(&names.done)?,
        on_time: r.opt_count(&names.on_time)?,
        late: r.opt_count(&names.late)?,
        pending: r.opt_count(&names.pending)?,
        within_deadline: r.opt_count(&names.within_deadline)?,
        overdue: r.opt_count(&names.overdue)?,
    };
    let row = DossierFigures {
        system: system.to_owned(),
        unit: None,
        // A field that has a name and no code goes by its name.
        field: r.opt_text(&names.field)?.or_else(|| name.clone()),
        procedure: None,
        channel: None,
        from,
        to,
        statement: counts.into(),
    };
    Ok((row, name, moment(r, &names.as_of)?))
}

fn day(r: &Record<'_>, field: &str) -> Result<NaiveDate, Bad> {
    let text = r.text(field)?;
    match NaiveDate::parse_from_str(&text, "%Y%m%d") {
        Ok(day) if text.len() == 8 => Ok(day),
        _ => bad(field, "not a day as yyyyMMdd"),
    }
}

/// `yyyyMMddHHmmss` in the province's zone.
fn moment(r: &Record<'_>, field: &str) -> Result<Ms, Bad> {
    let text = r.text(field)?;
    match NaiveDateTime::parse_from_str(&text, "%Y%m%d%H%M%S") {
        Ok(t) if text.len() == 14 => {
            Ok(Ms(t.and_utc().timestamp_millis() - i64::from(PROVINCE_OFFSET_SECONDS) * 1000))
        }
        _ => bad(field, "not an instant as yyyyMMddHHmmss"),
    }
}

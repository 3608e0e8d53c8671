//! Answers of the gateway into domain types; checks each record for itself.

use crate::{
    error::{FailureKind, FetchError},
    fetched::{Fetched, Quarantined},
    mask,
    record::{Bad, CLOCK_TOLERANCE_MS, Envelope, Record, bad, believable_as_of},
};
use chrono::NaiveDate;
use pvhcc_domain::{
    observation::{ApiMeasure, FlowState, GatewayTask, LATENCY_BOUNDS_MS},
    time::Ms,
};
use serde_json::Value;
use std::collections::HashSet;

/// Length of a bucket in the contract, seconds.
const BUCKET_SECONDS: u64 = 300;

pub(super) fn health(route: &str, body: &[u8]) -> Result<Ms, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    if envelope.value("status") != Some(Value::from("ok")) {
        return Err(envelope.refuse(FailureKind::BadEnvelope, "status: not ok"));
    }
    envelope.instant("as_of")
}

pub(super) fn tasks(route: &str, body: &[u8], now: Ms) -> Result<Fetched<Vec<GatewayTask>>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    let mut seen = HashSet::new();
    let read = envelope.records("tasks", |r| {
        let row = task(r, now)?;
        if seen.insert(row.no.clone()) { Ok(row) } else { bad("no", "stands twice; the first is kept") }
    })?;
    finish(&envelope, body, read, now)
}

fn task(r: &Record<'_>, now: Ms) -> Result<GatewayTask, Bad> {
    let no = r.text("no")?;
    if no.chars().count() > 8 {
        return bad("no", "longer than a task number");
    }
    let done_on = match r.opt_text("done_on")? {
        None => None,
        Some(text) => match NaiveDate::parse_from_str(&text, "%Y-%m-%d") {
            Ok(day) if day > now.plus(CLOCK_TOLERANCE_MS).day() => return bad("done_on", "in the future"),
            Ok(day) => Some(day),
            Err(_) => return bad("done_on", "not a date"),
        },
    };
    Ok(GatewayTask {
        no,
        state: r.one_of("state")?,
        done_on,
        updated_at: r.instant("updated_at")?,
        note: r.opt_text("note")?,
    })
}

pub(super) fn flows(route: &str, body: &[u8], now: Ms) -> Result<Fetched<Vec<FlowState>>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    let mut seen = HashSet::new();
    let read = envelope.records("flows", |r| {
        let row = flow(r)?;
        if seen.insert((row.flow, row.phase, row.stage)) {
            Ok(row)
        } else {
            bad("flow", "stands twice in this phase and stage; the first is kept")
        }
    })?;
    finish(&envelope, body, read, now)
}

fn flow(r: &Record<'_>) -> Result<FlowState, Bad> {
    let phase = match r.count("phase")? {
        n @ (1 | 2) => n as u8,
        _ => return bad("phase", "neither 1 nor 2"),
    };
    let success_rate = match r.get("success_rate")? {
        Value::Null => None,
        value => match value.as_f64() {
            Some(rate) if (0.0..=1.0).contains(&rate) => Some(rate),
            _ => return bad("success_rate", "not a number from 0 to 1"),
        },
    };
    Ok(FlowState {
        flow: r.one_of("flow")?,
        phase,
        stage: r.one_of("stage")?,
        state: r.one_of("state")?,
        last_success_at: r.opt_instant("last_success_at")?,
        success_rate,
        calls: r.count("calls")?,
        error: r.opt_text("error")?,
    })
}

pub(super) fn measures(route: &str, body: &[u8], now: Ms) -> Result<Fetched<Vec<ApiMeasure>>, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    // With other buckets or bounds every count would mean something else, so nothing can be kept.
    if envelope.value("bucket_seconds") != Some(Value::from(BUCKET_SECONDS)) {
        return Err(envelope.refuse(FailureKind::BadSchema, "bucket_seconds: not 300"));
    }
    if envelope.value("latency_bounds_ms") != Some(Value::from(LATENCY_BOUNDS_MS.to_vec())) {
        return Err(envelope.refuse(FailureKind::BadSchema, "latency_bounds_ms: not the contract's"));
    }
    let mut seen = HashSet::new();
    let read = envelope.records("measures", |r| {
        let row = measure(r, now)?;
        if seen.insert((row.api.clone(), row.from)) {
            Ok(row)
        } else {
            bad("from", "stands twice; the first is kept")
        }
    })?;
    finish(&envelope, body, read, now)
}

fn measure(r: &Record<'_>, now: Ms) -> Result<ApiMeasure, Bad> {
    let Value::Array(counts) = r.get("latency")? else { return bad("latency", "not a list") };
    if counts.len() != LATENCY_BOUNDS_MS.len() + 1 {
        return bad("latency", format!("not {} counts", LATENCY_BOUNDS_MS.len() + 1));
    }
    let latency = counts
        .iter()
        .map(|n| n.as_u64().filter(|n| i64::try_from(*n).is_ok()))
        .collect::<Option<Vec<u64>>>()
        .map_or_else(|| bad("latency", "not all counts"), Ok)?;
    let from = r.instant("from")?;
    if from > now.plus(CLOCK_TOLERANCE_MS) {
        return bad("from", "as-of in the future");
    }
    Ok(ApiMeasure {
        api: r.text("api")?,
        from,
        ok: r.count("ok")?,
        client_error: r.count("client_error")?,
        server_error: r.count("server_error")?,
        timeout: r.count("timeout")?,
        latency,
        last_error: r.opt_text("last_error")?,
    })
}

pub(super) fn finish<T>(
    envelope: &Envelope<'_>,
    body: &[u8],
    (rows, mut quarantined): (T, Vec<Quarantined>),
    now: Ms,
) -> Result<Fetched<T>, FetchError> {
    let as_of = believable_as_of(envelope.instant("as_of")?, now, &mut quarantined);
    Ok(Fetched {
        as_of,
        etag: None,
        not_modified: false,
        rows,
        quarantined,
        payload_sha256: mask::sha256_hex(body),
        bytes: body.len(),
    })
}

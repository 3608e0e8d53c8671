//! Reading fields out of one record by hand, so that a wrong one is named by place and reason without its value.

use crate::{
    error::{FailureKind, FetchError},
    fetched::Quarantined,
    mask,
};
use pvhcc_domain::{text::nfc, time::Ms};
use serde_json::{Map, Value, value::RawValue};
use std::collections::BTreeMap;

/// Longest text taken, in characters; more is not a remark but a fault.
const LONGEST_TEXT: usize = 4000;

/// A wrong field: its name and what is wrong.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Bad {
    pub(crate) field: String,
    pub(crate) reason: String,
}

pub(crate) fn bad<T>(field: &str, reason: impl Into<String>) -> Result<T, Bad> {
    Err(Bad { field: field.to_owned(), reason: reason.into() })
}

/// One record.
pub(crate) struct Record<'a>(pub(crate) &'a Map<String, Value>);

impl Record<'_> {
    pub(crate) fn get(&self, field: &str) -> Result<&Value, Bad> {
        match self.0.get(field) {
            Some(value) => Ok(value),
            None => bad(field, "missing"),
        }
    }

    /// Composed, trimmed, not empty, without control characters but line breaks.
    pub(crate) fn text(&self, field: &str) -> Result<String, Bad> {
        let Value::String(s) = self.get(field)? else { return bad(field, "not text") };
        text(field, s)
    }

    /// Text, or `None` when null, absent or blank.
    pub(crate) fn opt_text(&self, field: &str) -> Result<Option<String>, Bad> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(s)) if s.trim().is_empty() => Ok(None),
            Some(_) => self.text(field).map(Some),
        }
    }

    pub(crate) fn count(&self, field: &str) -> Result<u64, Bad> {
        count(field, self.get(field)?)
    }

    /// A count, or `None` when null ("not reported"). Absent is wrong: the contract always names it.
    pub(crate) fn opt_count(&self, field: &str) -> Result<Option<u64>, Bad> {
        match self.get(field)? {
            Value::Null => Ok(None),
            value => count(field, value).map(Some),
        }
    }

    pub(crate) fn instant(&self, field: &str) -> Result<Ms, Bad> {
        let text = self.text(field)?;
        Ms::parse_rfc3339(&text).or_else(|_| bad(field, "not an RFC 3339 instant"))
    }

    pub(crate) fn opt_instant(&self, field: &str) -> Result<Option<Ms>, Bad> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(_) => self.instant(field).map(Some),
        }
    }

    /// A value of an enumeration, by its serde name.
    pub(crate) fn one_of<T: serde::de::DeserializeOwned>(&self, field: &str) -> Result<T, Bad> {
        // serde's message would quote the value.
        T::deserialize(self.get(field)?).or_else(|_| bad(field, "not one of the contract's values"))
    }
}

/// Composed, trimmed, not empty, without control characters but line breaks.
pub(crate) fn text(field: &str, s: &str) -> Result<String, Bad> {
    let s = nfc(s.trim());
    if s.is_empty() {
        return bad(field, "empty");
    }
    if s.chars().count() > LONGEST_TEXT {
        return bad(field, format!("longer than {LONGEST_TEXT} characters"));
    }
    if s.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return bad(field, "control characters");
    }
    Ok(s)
}

fn count(field: &str, value: &Value) -> Result<u64, Bad> {
    match value {
        // The store keeps 64-bit signed numbers.
        Value::Number(n) => match n.as_u64().filter(|n| i64::try_from(*n).is_ok()) {
            Some(n) => Ok(n),
            None if n.as_f64().is_some_and(|f| f < 0.0) => bad(field, "negative"),
            None => bad(field, "not a whole number in range"),
        },
        _ => bad(field, "not a number"),
    }
}

/// An answer cut into its fields, each still in its original text.
pub(crate) struct Envelope<'a> {
    route: &'a str,
    body: &'a [u8],
    fields: BTreeMap<String, &'a RawValue>,
}

impl<'a> Envelope<'a> {
    pub(crate) fn parse(route: &'a str, body: &'a [u8]) -> Result<Self, FetchError> {
        let refuse = |detail: &str| {
            FetchError::new(FailureKind::BadEnvelope, route, detail).with_evidence(mask::evidence(body))
        };
        if body.is_empty() {
            return Err(refuse("empty answer"));
        }
        let fields = serde_json::from_slice(body)
            .map_err(|e| refuse(&format!("not a JSON object (line {}, column {})", e.line(), e.column())))?;
        Ok(Self { route, body, fields })
    }

    pub(crate) fn refuse(&self, kind: FailureKind, detail: impl Into<String>) -> FetchError {
        FetchError::new(kind, self.route, detail).with_evidence(mask::evidence(self.body))
    }

    pub(crate) fn schema(&self, bad: &Bad) -> FetchError {
        self.refuse(FailureKind::BadSchema, format!("{}: {}", bad.field, bad.reason))
    }

    /// The answer as one record.
    pub(crate) fn all(&self) -> Map<String, Value> {
        // It was an object already.
        serde_json::from_slice(self.body).unwrap_or_default()
    }

    /// A field of the envelope as a value; `None` when absent or not readable.
    pub(crate) fn value(&self, field: &str) -> Option<Value> {
        serde_json::from_str(self.fields.get(field)?.get()).ok()
    }

    pub(crate) fn instant(&self, field: &str) -> Result<Ms, FetchError> {
        let fields: Map<String, Value> =
            self.value(field).map(|v| (field.to_owned(), v)).into_iter().collect();
        Record(&fields).instant(field).map_err(|b| self.schema(&b))
    }

    /// Reads the records under `field`; broken ones are put aside.
    ///
    /// # Errors
    /// `BadSchema` when there is no such list, or when none of several records is right: then it is another schema.
    pub(crate) fn records<T>(
        &self,
        field: &str,
        mut read: impl FnMut(&Record<'_>) -> Result<T, Bad>,
    ) -> Result<(Vec<T>, Vec<Quarantined>), FetchError> {
        let items: Vec<&RawValue> = match self.fields.get(field) {
            Some(raw) => serde_json::from_str(raw.get())
                .map_err(|_| self.refuse(FailureKind::BadSchema, format!("{field}: not a list")))?,
            None => return Err(self.refuse(FailureKind::BadSchema, format!("{field}: missing"))),
        };
        let (mut rows, mut aside) = (Vec::with_capacity(items.len()), Vec::new());
        for (n, raw) in items.iter().enumerate() {
            let value: Value = serde_json::from_str(raw.get()).unwrap_or(Value::Null);
            let row = match &value {
                Value::Object(fields) => read(&Record(fields)),
                _ => bad("", "not an object"),
            };
            match row {
                Ok(row) => rows.push(row),
                Err(b) => aside.push(Quarantined {
                    place: if b.field.is_empty() {
                        format!("{field}[{n}]")
                    } else {
                        format!("{field}[{n}].{}", b.field)
                    },
                    reason: b.reason,
                    masked: mask::masked_text(&value),
                    sha256: mask::sha256_hex(raw.get().as_bytes()),
                }),
            }
        }
        if rows.is_empty() && aside.len() > 1 {
            let first = &aside[0];
            let detail = format!("no record is right; the first: {}: {}", first.place, first.reason);
            return Err(self.refuse(FailureKind::BadSchema, detail));
        }
        Ok((rows, aside))
    }
}

/// How far a source's clock may be ahead of ours.
pub(crate) const CLOCK_TOLERANCE_MS: i64 = 5 * 60_000;

/// The as-of to keep: never after `now`, or old figures would look fresh for as long as the clocks differ. A time more
/// than five minutes ahead is noted; the rows are kept, since which of the two clocks is wrong cannot be known here.
pub(crate) fn believable_as_of(as_of: Ms, now: Ms, aside: &mut Vec<Quarantined>) -> Ms {
    if as_of > now.plus(CLOCK_TOLERANCE_MS) {
        let text = as_of.to_rfc3339();
        aside.push(Quarantined {
            place: "as_of".to_owned(),
            reason: "more than five minutes in the future".to_owned(),
            masked: format!("string({})", text.len()),
            sha256: mask::sha256_hex(text.as_bytes()),
        });
    }
    as_of.min(now)
}

//! Pages of dossier records into domain types; checks each record for itself.
//!
//! What a record says is taken as told, wrong dates and unknown units too: judging them is a matter of data quality. Only
//! what cannot be read is put aside.

use crate::{
    error::{FailureKind, FetchError},
    fetched::Fetched,
    mask,
    record::{self, Bad, Envelope, Record as Fields, bad, believable_as_of},
};
use pvhcc_domain::{
    dossier::{Payment, Record, ServiceLevel},
    time::Ms,
};
use serde::Deserialize;
use serde_json::Value;
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

/// Longest code or id taken, in bytes.
const LONGEST_CODE: usize = 200;

/// A page of a walk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DossierPage {
    /// Its records.
    pub records: Vec<Record>,
    /// Names of fields by code, as the records tell them.
    pub fields: BTreeMap<String, String>,
    /// Names of procedures by code.
    pub procedures: BTreeMap<String, String>,
    /// Cursor of the next request.
    pub next: String,
    /// Whether the walk goes on.
    pub more: bool,
}

impl DossierPage {
    /// Reads an answer about the records of one system (`tinh`, `bo`), as it came at `now`.
    ///
    /// # Errors
    /// `BadEnvelope` and `BadSchema`: the answer is not the contract's, or none of its records is.
    pub fn read(body: &[u8], system: &str, now: Ms) -> Result<Fetched<Self>, FetchError> {
        page(super::DOSSIERS, body, system, now)
    }
}

fn page(route: &str, body: &[u8], asked: &str, now: Ms) -> Result<Fetched<DossierPage>, FetchError> {
    let mut quarantined = Vec::new();
    let (as_of, rows) = match serde_json::from_slice::<Plain>(body).ok().and_then(|p| p.read(asked)) {
        Some(read) => read,
        None => {
            let (as_of, rows, aside) = one_by_one(route, body, asked)?;
            quarantined = aside;
            (as_of, rows)
        }
    };
    Ok(Fetched {
        as_of: believable_as_of(as_of, now, &mut quarantined),
        etag: None,
        not_modified: false,
        rows,
        quarantined,
        payload_sha256: mask::sha256_hex(body),
        bytes: body.len(),
    })
}

type OneByOne = (Ms, DossierPage, Vec<crate::Quarantined>);

/// Reads each record for itself, so that a wrong one is named and the others are kept.
fn one_by_one(route: &str, body: &[u8], asked: &str) -> Result<OneByOne, FetchError> {
    let envelope = Envelope::parse(route, body)?;
    if envelope.value("system") != Some(Value::from(asked)) {
        return Err(envelope.refuse(FailureKind::BadSchema, "system: not the one asked for"));
    }
    let next = match envelope.value("next") {
        Some(Value::String(next)) if !next.is_empty() => next,
        _ => return Err(envelope.refuse(FailureKind::BadSchema, "next: no cursor")),
    };
    let Some(Value::Bool(more)) = envelope.value("more") else {
        return Err(envelope.refuse(FailureKind::BadSchema, "more: not true or false"));
    };
    let as_of = envelope.instant("as_of")?;
    let mut page = DossierPage { next, more, ..DossierPage::default() };
    let mut seen = HashSet::new();
    let (records, aside) = envelope.records("dossiers", |r| {
        let record = dossier(r, asked)?;
        if !seen.insert(record.record.clone()) {
            return bad("id", "stands twice; the first is kept");
        }
        for (names, code, name) in [
            (&mut page.fields, &record.field, "field_name"),
            (&mut page.procedures, &record.procedure, "procedure_name"),
        ] {
            // The name of a code that has one is not looked at.
            if let Some(code) = code
                && !names.contains_key(code)
                && let Some(name) = r.opt_text(name)?
            {
                names.insert(code.clone(), name);
            }
        }
        Ok(record)
    })?;
    page.records = records;
    Ok((as_of, page, aside))
}

fn dossier(r: &Fields<'_>, asked: &str) -> Result<Record, Bad> {
    let id = code("id", r.text("id")?)?;
    let system = system(asked, &r.text("system")?, r.opt_text("ministry")?.as_deref())?;
    let opt_code = |field: &str| r.opt_text(field)?.map(|text| code(field, text)).transpose();
    Ok(Record {
        system,
        code: code("code", r.text("code")?)?,
        record: id,
        procedure: opt_code("procedure")?,
        field: opt_code("field")?,
        unit: opt_code("unit")?,
        service_level: match r.0.get("service_level") {
            None | Some(Value::Null) => None,
            Some(_) => Some(r.one_of::<ServiceLevel>("service_level")?),
        },
        channel_code: small(r, "channel")?,
        status_code: small(r, "status")?,
        submitted_at: r.opt_instant("submitted_at")?,
        received_at: r.opt_instant("received_at")?,
        due_at: r.opt_instant("due_at")?,
        finished_at: r.opt_instant("finished_at")?,
        returned_at: r.opt_instant("returned_at")?,
        digitised: flag(r, "digitised")?,
        reused: flag(r, "reused")?,
        electronic_result: flag(r, "electronic_result")?,
        fee: opt_count(r, "fee")?,
        payment: small(r, "online_payment")?.map(payment).transpose()?,
        supplements: small(r, "supplements")?,
        changed_at: r.opt_instant("changed_at")?,
    })
}

fn opt_count(r: &Fields<'_>, field: &str) -> Result<Option<u64>, Bad> {
    match r.0.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => r.count(field).map(Some),
    }
}

fn small<T: TryFrom<u64>>(r: &Fields<'_>, field: &str) -> Result<Option<T>, Bad> {
    let told = opt_count(r, field)?;
    told.map(|n| T::try_from(n).or_else(|_| bad(field, "not a whole number in range"))).transpose()
}

fn flag(r: &Fields<'_>, field: &str) -> Result<Option<bool>, Bad> {
    match r.0.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(told)) => Ok(Some(*told)),
        Some(_) => bad(field, "not true or false"),
    }
}

fn payment(told: u8) -> Result<Payment, Bad> {
    match told {
        0 | 3 => Ok(Payment::NotOnline),
        1 => Ok(Payment::Portal),
        2 => Ok(Payment::Own),
        _ => bad("online_payment", "not one of the contract's values"),
    }
}

fn code(field: &str, text: String) -> Result<String, Bad> {
    if text.len() > LONGEST_CODE { bad(field, format!("longer than {LONGEST_CODE} bytes")) } else { Ok(text) }
}

/// `bo.byt` for the ministry `byt`.
fn system(asked: &str, told: &str, ministry: Option<&str>) -> Result<String, Bad> {
    if told != asked {
        return bad("system", "not the one asked for");
    }
    match ministry {
        None => Ok(told.to_owned()),
        Some(ministry)
            if ministry.len() <= 20
                && ministry.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) =>
        {
            Ok(format!("{told}.{ministry}"))
        }
        Some(_) => bad("ministry", "not a code"),
    }
}

/// A page in which nothing is wrong, read in one go: what [`one_by_one`] makes of it, several times faster.
#[derive(Deserialize)]
struct Plain<'a> {
    as_of: &'a str,
    system: &'a str,
    #[serde(borrow)]
    dossiers: Vec<PlainRecord<'a>>,
    next: String,
    more: bool,
}

#[derive(Deserialize)]
struct PlainRecord<'a> {
    id: &'a str,
    code: &'a str,
    system: &'a str,
    #[serde(default)]
    ministry: Option<&'a str>,
    #[serde(default, borrow)]
    field: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    field_name: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    procedure: Option<Cow<'a, str>>,
    #[serde(default, borrow)]
    procedure_name: Option<Cow<'a, str>>,
    #[serde(default)]
    service_level: Option<ServiceLevel>,
    #[serde(default, borrow)]
    unit: Option<Cow<'a, str>>,
    #[serde(default)]
    channel: Option<u8>,
    #[serde(default)]
    status: Option<u8>,
    #[serde(default)]
    submitted_at: Option<&'a str>,
    #[serde(default)]
    received_at: Option<&'a str>,
    #[serde(default)]
    due_at: Option<&'a str>,
    #[serde(default)]
    finished_at: Option<&'a str>,
    #[serde(default)]
    returned_at: Option<&'a str>,
    #[serde(default)]
    digitised: Option<bool>,
    #[serde(default)]
    reused: Option<bool>,
    #[serde(default)]
    electronic_result: Option<bool>,
    #[serde(default)]
    fee: Option<u64>,
    #[serde(default)]
    online_payment: Option<u8>,
    #[serde(default)]
    supplements: Option<u16>,
    #[serde(default)]
    changed_at: Option<&'a str>,
}

impl Plain<'_> {
    /// `None` when anything is wrong.
    fn read(self, asked: &str) -> Option<(Ms, DossierPage)> {
        let as_of = instant(self.as_of)?;
        if self.system != asked || self.next.is_empty() {
            return None;
        }
        let mut seen = HashSet::with_capacity(self.dossiers.len());
        let mut page = DossierPage { next: self.next, more: self.more, ..DossierPage::default() };
        page.records.reserve(self.dossiers.len());
        for told in &self.dossiers {
            let record = told.read(asked)?;
            if !seen.insert(told.id) {
                return None;
            }
            for (names, code, name) in [
                (&mut page.fields, &record.field, &told.field_name),
                (&mut page.procedures, &record.procedure, &told.procedure_name),
            ] {
                if let (Some(code), Some(name)) = (code, name)
                    && !names.contains_key(code)
                    && let Some(name) = opt_text(name)?
                {
                    names.insert(code.clone(), name);
                }
            }
            page.records.push(record);
        }
        Some((as_of, page))
    }
}

impl PlainRecord<'_> {
    fn read(&self, asked: &str) -> Option<Record> {
        let opt_code = |told: &Option<Cow<'_, str>>| match told {
            Some(told) => match opt_text(told)? {
                Some(text) => code("", text).ok().map(Some),
                None => Some(None),
            },
            None => Some(None),
        };
        let opt_instant = |told: Option<&str>| match told {
            Some(told) => instant(told).map(Some),
            None => Some(None),
        };
        let ministry = match self.ministry {
            Some(told) => opt_text(told)?,
            None => None,
        };
        Some(Record {
            system: system(asked, self.system, ministry.as_deref()).ok()?,
            code: code("", text(self.code)?).ok()?,
            record: code("", text(self.id)?).ok()?,
            procedure: opt_code(&self.procedure)?,
            field: opt_code(&self.field)?,
            unit: opt_code(&self.unit)?,
            service_level: self.service_level,
            channel_code: self.channel,
            status_code: self.status,
            submitted_at: opt_instant(self.submitted_at)?,
            received_at: opt_instant(self.received_at)?,
            due_at: opt_instant(self.due_at)?,
            finished_at: opt_instant(self.finished_at)?,
            returned_at: opt_instant(self.returned_at)?,
            digitised: self.digitised,
            reused: self.reused,
            electronic_result: self.electronic_result,
            fee: self.fee.map(i64::try_from).transpose().ok()?.map(i64::unsigned_abs),
            payment: self.online_payment.map(payment).transpose().ok()?,
            supplements: self.supplements,
            changed_at: opt_instant(self.changed_at)?,
        })
    }
}

/// As [`record::text`]; most texts need no look at their characters.
fn text(told: &str) -> Option<String> {
    let plain = |b: u8| b.is_ascii_graphic() || b == b' ';
    match told.as_bytes() {
        [first, .., last] | [first @ last]
            if told.len() <= LONGEST_CODE && told.bytes().all(plain) && *first != b' ' && *last != b' ' =>
        {
            Some(told.to_owned())
        }
        _ => record::text("", told).ok(),
    }
}

fn opt_text(told: &str) -> Option<Option<String>> {
    if told.trim().is_empty() { Some(None) } else { text(told).map(Some) }
}

/// As [`Ms::parse_rfc3339`]; the commonest form is read digit by digit.
fn instant(told: &str) -> Option<Ms> {
    Ms::parse_rfc3339(told.trim()).ok()
}

//! Pages of dossier records: what is taken as told, what is put aside, and how a walk goes on.

use crate::support::{Play, Server, gateway, ok, status};
use proptest::prelude::*;
use pvhcc_domain::{
    dossier::{Payment, ServiceLevel},
    time::Ms,
};
use pvhcc_sources::{DossierPage, FailureKind};
use serde_json::{Map, Value, json};

const AS_OF: &str = "2026-05-29T13:59:00+07:00";

fn now() -> Ms {
    Ms::parse_rfc3339("2026-05-29T14:00:00+07:00").unwrap()
}

fn record(id: &str) -> Value {
    json!({"id": id, "code": format!("H21.17-260501-{id:0>5}"), "system": "bo", "ministry": "byt", "field": "YT",
        "field_name": "Y tế", "procedure": "1.002339", "procedure_name": "Cấp giấy phép", "service_level": "full",
        "unit": "H21.17", "channel": 2, "status": 4, "submitted_at": "2026-05-01T07:00:00+07:00",
        "received_at": "2026-05-01T08:00:00.250+07:00", "due_at": "2026-05-11T01:00:00Z", "finished_at": null,
        "returned_at": null, "digitised": true, "reused": false, "electronic_result": null, "fee": 30000,
        "online_payment": 1, "supplements": 0, "changed_at": "2026-05-01T08:00:00+07:00", "chuHoSo": "Bà A"})
}

fn with(id: &str, field: &str, value: Value) -> Value {
    let mut record = record(id);
    record[field] = value;
    record
}

fn answer(dossiers: &[Value]) -> Value {
    json!({"as_of": AS_OF, "system": "bo", "dossiers": dossiers, "next": "c2", "more": true})
}

#[tokio::test]
async fn a_page_is_read_field_by_field_and_what_is_personal_is_not() {
    let server = Server::start(vec![ok(answer(&[record("1")]))]).await;
    let fetched = gateway(server.base.clone()).dossiers("bo", Some("c1"), 500, None).await.unwrap();
    let page = fetched.rows;
    assert_eq!(
        (page.next.as_str(), page.more, fetched.as_of),
        ("c2", true, Ms::parse_rfc3339(AS_OF).unwrap())
    );
    assert_eq!(page.fields["YT"], "Y tế");
    assert_eq!(page.procedures["1.002339"], "Cấp giấy phép");
    let r = &page.records[0];
    assert_eq!(
        (r.system.as_str(), r.record.as_str(), r.code.as_str()),
        ("bo.byt", "1", "H21.17-260501-00001")
    );
    assert_eq!(r.received_at, Ms::parse_rfc3339("2026-05-01T08:00:00.250+07:00").ok());
    assert_eq!(r.due_at, Ms::parse_rfc3339("2026-05-11T08:00:00+07:00").ok());
    assert_eq!((r.service_level, r.payment), (Some(ServiceLevel::Full), Some(Payment::Portal)));
    assert_eq!((r.channel_code, r.status_code, r.finished_at, r.fee), (Some(2), Some(4), None, Some(30_000)));
    assert!(!format!("{page:?}").contains("Bà A"));
    let asked = &server.log()[0];
    assert!(asked.starts_with("GET /base/v1/dossiers?system=bo&limit=500&cursor=c1 HTTP/1.1"), "{asked}");
}

#[test]
fn absurd_values_are_taken_as_told() {
    let told = [
        with("1", "received_at", json!("2062-01-01T00:00:00+07:00")),
        with("2", "status", json!(99)),
        with("3", "unit", json!("không rõ")),
        with("4", "procedure", Value::Null),
        with("5", "finished_at", json!("1900-01-01T00:00:00+07:00")),
        with("6", "channel", json!(7)),
        with("7", "code", json!("không theo mẫu")),
    ];
    let fetched = DossierPage::read(answer(&told).to_string().as_bytes(), "bo", now()).unwrap();
    assert_eq!((fetched.rows.records.len(), fetched.quarantined.len()), (7, 0));
    assert_eq!((fetched.rows.records[1].status_code, fetched.rows.records[1].status()), (Some(99), None));
    assert_eq!(fetched.rows.records[3].procedure, None);
}

#[test]
fn what_cannot_be_read_is_put_aside_by_place_and_reason_and_masked() {
    let told = [
        record("1"),
        with("2", "received_at", json!("hôm qua")),
        with("3", "code", Value::Null),
        with("4", "system", json!("tinh")),
        with("5", "ministry", json!("Bộ Y tế")),
        with("1", "status", json!(9)),
        with("7", "fee", json!(-1)),
        with("8", "digitised", json!("Bà A")),
        with("9", "online_payment", json!(8)),
        json!("Bà A"),
        with("10", "status", json!(400)),
        with("11", "unit", json!("x".repeat(300))),
    ];
    let fetched = DossierPage::read(answer(&told).to_string().as_bytes(), "bo", now()).unwrap();
    assert_eq!(fetched.rows.records.len(), 1);
    let places: Vec<_> = fetched.quarantined.iter().map(|q| q.place.as_str()).collect();
    let fields = ["received_at", "code", "system", "ministry", "id", "fee", "digitised", "online_payment"];
    let mut expected: Vec<String> =
        fields.iter().enumerate().map(|(n, field)| format!("dossiers[{}].{field}", n + 1)).collect();
    expected.extend(["dossiers[9]", "dossiers[10].status", "dossiers[11].unit"].map(str::to_owned));
    assert_eq!(places, expected);
    let aside = format!("{:?}", fetched.quarantined);
    assert!(!aside.contains("Bà A") && !aside.contains("H21") && aside.contains("received_at"), "{aside}");
}

#[test]
fn an_answer_that_is_not_the_contracts_is_refused_whole() {
    let whole = answer(&[record("1")]);
    let without = |field: &str| {
        let mut answer = whole.clone();
        answer.as_object_mut().unwrap().remove(field);
        answer.to_string()
    };
    let other = |field: &str, value: Value| {
        let mut answer = whole.clone();
        answer[field] = value;
        answer.to_string()
    };
    for (body, kind) in [
        ("<html>".to_owned(), FailureKind::BadEnvelope),
        (without("as_of"), FailureKind::BadSchema),
        (without("next"), FailureKind::BadSchema),
        (without("more"), FailureKind::BadSchema),
        (without("dossiers"), FailureKind::BadSchema),
        (other("system", json!("tinh")), FailureKind::BadSchema),
        (other("next", json!("")), FailureKind::BadSchema),
        (other("dossiers", json!([{"a": 1}, {"b": 2}])), FailureKind::BadSchema),
    ] {
        let error = DossierPage::read(body.as_bytes(), "bo", now()).expect_err(&body);
        assert_eq!(error.kind, kind, "{body}");
        assert!(error.evidence.is_some_and(|e| !e.masked.contains("H21")), "{body}");
    }
}

#[tokio::test]
async fn a_cursor_that_is_gone_is_told_apart_and_one_that_does_not_move_is_refused() {
    let gone = Server::start(vec![status(410)]).await;
    let error = gateway(gone.base).dossiers("bo", Some("c1"), 10, None).await.expect_err("gone");
    assert!(error.kind == FailureKind::Gone && !error.kind.is_transient());
    let still = Server::start(vec![ok(answer(&[record("1")]))]).await;
    let error = gateway(still.base).dossiers("bo", Some("c2"), 10, None).await.expect_err("the same cursor");
    assert_eq!(error.kind, FailureKind::BadSchema);
}

#[tokio::test]
async fn an_unchanged_walk_is_not_sent_again() {
    let unchanged = Play::Answer(304, String::new(), "application/json", String::new());
    let server = Server::start(vec![unchanged]).await;
    let page = gateway(server.base.clone()).dossiers("bo", Some("c1"), 10, Some("\"e1\"")).await.unwrap();
    assert!(page.not_modified && page.rows.records.is_empty());
    assert_eq!((page.etag.as_deref(), page.as_of), (Some("\"e1\""), now()));
    assert!(server.log()[0].contains("if-none-match: \"e1\""));
}

/// A value of a field, mostly such as the contract allows.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..400).prop_map(Value::from),
        Just(json!(i64::MAX)),
        Just(json!(u64::MAX)),
        Just(json!(1.5)),
        "[a-z]{0,4}".prop_map(Value::from),
        "[ A-Zđ\u{301}\n\u{1}\"\\\\]{0,5}".prop_map(Value::from),
        Just(json!("2026-05-01T08:00:00+07:00")),
        Just(json!("2026-05-01T08:00:00.123456Z")),
        Just(json!(" 2026-05-01T08:00:00Z ")),
        Just(json!("2026-02-30T08:00:00Z")),
        Just(json!("x".repeat(300))),
        Just(json!("full")),
        Just(json!("bo")),
        Just(json!([1])),
    ]
}

proptest! {
    /// A record that nothing can be read in beside the others has each page read record by record; without it, in one go.
    #[test]
    fn a_page_read_in_one_go_says_what_its_records_say_one_by_one(
        changes in prop::collection::vec((0..24_usize, value()), 0..3),
        dropped in prop::option::of(0..24_usize),
    ) {
        let mut fields: Map<String, Value> = record("1").as_object().cloned().unwrap_or_default();
        let names: Vec<String> = fields.keys().cloned().collect();
        for (at, value) in changes {
            fields.insert(names[at].clone(), value);
        }
        if let Some(at) = dropped {
            fields.remove(&names[at]);
        }
        let read = |dossiers: &[Value]| DossierPage::read(answer(dossiers).to_string().as_bytes(), "bo", now());
        let changed = Value::Object(fields);
        let fast = read(&[record("7"), changed.clone()]).unwrap();
        let slow = read(&[record("7"), changed, json!(null)]).unwrap();
        prop_assert_eq!(&fast.rows, &slow.rows);
        prop_assert_eq!(fast.quarantined.len() + 1, slow.quarantined.len());
        prop_assert_eq!(&fast.quarantined[..], &slow.quarantined[..fast.quarantined.len()]);
    }
}

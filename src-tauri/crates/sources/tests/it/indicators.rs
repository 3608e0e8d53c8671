//! Indicators and procedures: nulls stay nulls, wrong rows are put aside, the rest is kept.

use crate::support::{Server, gateway, ok};
use pvhcc_domain::{dossier::ServiceLevel, indicators::Points};
use pvhcc_sources::FailureKind;
use serde_json::{Value, json};

const AS_OF: &str = "2026-05-29T06:00:00+07:00";

fn row(unit: &str, code: &str, score: Value, max: Value) -> Value {
    json!({"unit": unit, "code": code, "name": "Tên", "numerator": null, "denominator": 7, "ratio": null,
        "score": score, "max_score": max, "flags": ["NO_NATIONAL_REPORT_DATA"]})
}

fn answer(period: &str, rows: Value) -> Value {
    json!({"as_of": AS_OF, "period": period, "from": "2026-05-01", "to": "2026-05-31", "indicators": rows})
}

#[tokio::test]
async fn nulls_are_kept_and_wrong_rows_put_aside() {
    let mut negative = row("H21", "B", json!(1), json!(2));
    negative["numerator"] = json!(-1);
    let rows = json!([
        row("H21.17", "A", json!(null), json!(6)),
        row("H21.17", "B", json!(1.5), json!(6)),
        row("H21.17", "A", json!(2), json!(6)),
        row("H21", "A", json!(6.01), json!(6)),
        row("H21", "C", json!("6"), json!(6)),
        negative,
    ]);
    let server = Server::start(vec![ok(answer("2026-05", rows))]).await;
    let fetched = gateway(server.base.clone()).indicators("2026-05").await.unwrap();
    assert!(server.log()[0].starts_with("GET /base/v1/indicators?period=2026-05 HTTP/1.1"));
    let [period] = &fetched.rows[..] else { panic!("one period") };
    let [sheet] = &period.sheets[..] else { panic!("one unit is right: {period:?}") };
    assert_eq!((sheet.unit.as_str(), period.to.to_string().as_str()), ("H21.17", "2026-05-31"));
    let scores: Vec<_> =
        sheet.readings.iter().map(|r| (r.code.as_str(), r.score, r.numerator, r.denominator)).collect();
    assert_eq!(scores, [("A", None, None, Some(7)), ("B", Points::from_number(1.5), None, Some(7))]);
    assert_eq!(sheet.readings[0].flags, ["NO_NATIONAL_REPORT_DATA"]);
    let places: Vec<_> = fetched.quarantined.iter().map(|q| q.place.as_str()).collect();
    assert_eq!(
        places,
        ["indicators[2].code", "indicators[3].score", "indicators[4].score", "indicators[5].numerator"]
    );
}

#[tokio::test]
async fn an_answer_for_another_period_is_refused() {
    let server = Server::start(vec![ok(answer("2026-04", json!([])))]).await;
    let error = gateway(server.base).indicators("2026-05").await.unwrap_err();
    assert_eq!(error.kind, FailureKind::BadSchema);
}

#[tokio::test]
async fn procedures_are_taken_by_code() {
    let row = |code: &str, level: &str| json!({"code": code, "name": "Khai sinh", "field": "F", "field_name": "Hộ tịch", "service_level": level});
    let rows = json!([row("1.1", "full"), row("1.1", "none"), row("1.2", "level 4"), row("1.3", "none")]);
    let server = Server::start(vec![ok(json!({"as_of": AS_OF, "procedures": rows}))]).await;
    let fetched = gateway(server.base).procedures(None).await.unwrap();
    let kept: Vec<_> = fetched.rows.iter().map(|p| (p.code.as_str(), p.service_level)).collect();
    assert_eq!(kept, [("1.1", ServiceLevel::Full), ("1.3", ServiceLevel::None)]);
    assert_eq!(fetched.quarantined.len(), 2);
}

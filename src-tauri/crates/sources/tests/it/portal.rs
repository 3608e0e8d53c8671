//! Portal: session, envelope, figures.

use crate::support::{Server, ok, portal};
use chrono::NaiveDate;
use pvhcc_domain::time::Ms;
use pvhcc_sources::FailureKind;
use serde_json::{Value, json};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn row(system: &str, field: Value, received: Value) -> Value {
    let name = field.as_str().map(|_| "Lĩnh vực");
    json!({"HE_THONG": system, "MALINHVUC": field, "TENLINHVUC": name, "TU_NGAY": "20260101", "DEN_NGAY": "20260131",
        "NHAN_TRONG_KY": received, "NHAN_TRUC_TUYEN": 1, "NHAN_TRUC_TIEP": 1, "TON_KY_TRUOC": null, "DA_XU_LY": 1,
        "DUNG_HEN": 1, "TRE_HEN": 0, "CHUA_XU_LY": 1, "TRONG_HAN": 1, "QUA_HAN": 0, "THOI_DIEM": "20260529133000"})
}

fn answer(code: Value, message: &str, rows: Value) -> crate::support::Play {
    ok(json!({"error_code": code, "message": message, "result": rows}))
}

fn session(name: &str) -> crate::support::Play {
    ok(json!({"session": name, "error_code": 0}))
}

#[tokio::test]
async fn figures_keep_null_apart_from_zero_and_put_bad_rows_aside() {
    let rows = json!([
        row("tinh", Value::Null, json!(2)),
        row("bo", json!("CT"), Value::Null),
        row("xa", Value::Null, json!(2)),
        row("tinh", json!("DD"), json!(-2)),
        row("tinh", Value::Null, json!(3))
    ]);
    let server = Server::start(vec![session("s1"), answer(json!("00"), "Thành công", rows)]).await;
    let fetched = portal(server.base.clone()).statistics(day("2026-01-01"), day("2026-01-31")).await.unwrap();
    let figures = fetched.rows.figures;
    assert_eq!(figures.len(), 2);
    let counts = figures[0].statement.counts;
    assert_eq!((counts.received, counts.late, counts.carried_over), (Some(2), Some(0), None));
    assert_eq!((figures[1].system.as_str(), figures[1].field.as_deref()), ("bo", Some("CT")));
    assert_eq!(figures[1].statement.counts.received, None);
    assert_eq!(fetched.rows.fields, [("CT".to_owned(), "Lĩnh vực".to_owned())].into());
    assert_eq!(fetched.as_of, Ms::parse_rfc3339("2026-05-29T13:30:00+07:00").unwrap());
    let places: Vec<_> = fetched.quarantined.iter().map(|q| q.place.as_str()).collect();
    assert_eq!(places, ["result[2].HE_THONG", "result[3].NHAN_TRONG_KY", "result[4].MALINHVUC"]);
    let log = server.log();
    assert!(
        log[1].starts_with("POST /base/XrdAdapter/RestService/forward/mapi/g?dstcode=VN%3ATEST&providerurl="),
        "{}",
        log[1]
    );
    assert!(log[1].contains(r#""tuNgay":"20260101""#) && log[1].contains(r#""session":"s1""#));
}

#[tokio::test]
async fn an_invalid_session_is_renewed_once() {
    let invalid = answer(json!("-1"), "Phiên làm việc không hợp lệ", json!([]));
    let good = answer(json!("0"), "Thành công", json!([row("tinh", Value::Null, json!(2))]));
    let server = Server::start(vec![session("s1"), invalid, session("s2"), good]).await;
    let fetched = portal(server.base.clone()).statistics(day("2026-01-01"), day("2026-01-31")).await.unwrap();
    assert_eq!(fetched.rows.figures.len(), 1);
    assert!(server.log()[3].contains(r#""session":"s2""#));
}

#[tokio::test]
async fn a_portal_that_calls_every_session_invalid_gets_four_requests_and_no_more() {
    let invalid = answer(json!(-1), "Phiên làm việc không hợp lệ", json!([]));
    let server = Server::start(vec![session("s1"), invalid.clone(), session("s2"), invalid]).await;
    let error = portal(server.base.clone())
        .statistics(day("2026-01-01"), day("2026-01-31"))
        .await
        .expect_err("invalid");
    assert_eq!(error.kind, FailureKind::Session);
    assert_eq!(server.log().len(), 4);
}

#[tokio::test]
async fn renewals_of_the_session_are_budgeted() {
    let invalid = || answer(json!("-1"), "x", json!([]));
    let mut plays = Vec::new();
    for n in 0..8 {
        plays.extend([session(&format!("s{n}")), invalid()]);
    }
    let server = Server::start(plays).await;
    let portal = portal(server.base.clone());
    let mut kinds = Vec::new();
    for _ in 0..3 {
        kinds.push(portal.statistics(day("2026-01-01"), day("2026-01-31")).await.expect_err("invalid").kind);
    }
    assert_eq!(kinds, [FailureKind::Session, FailureKind::Session, FailureKind::BudgetSpent]);
}

#[tokio::test]
async fn a_refusal_or_a_message_against_the_code_refuses_the_answer() {
    for (code, message) in [("05", "Lỗi"), ("0", "Không thành công"), ("0", "Có LỖI xảy ra")] {
        let server = Server::start(vec![session("s1"), answer(json!(code), message, json!([]))]).await;
        let error =
            portal(server.base).statistics(day("2026-01-01"), day("2026-01-31")).await.expect_err(message);
        assert_eq!(error.kind, FailureKind::BadEnvelope, "{code} {message}");
    }
}

#[tokio::test]
async fn a_refused_account_is_unauthorized_and_nothing_secret_is_shown() {
    let server = Server::start(vec![ok(json!({"error_code": "3", "message": "Sai mật khẩu pass"}))]).await;
    let portal = portal(server.base);
    let error = portal.login().await.expect_err("refused");
    assert_eq!(error.kind, FailureKind::Unauthorized);
    assert!(!format!("{error:?}{portal:?}").contains("\"pass\""));
}

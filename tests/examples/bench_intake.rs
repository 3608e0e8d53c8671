//! A million dossier records from JSON into the store, read and checked on the way, against the same rows, ready, put into
//! one table by sqlx, 500 by one statement, with the same durability.

mod measure;

use measure::{RUNS, median, report_at_least};
use pvhcc_domain::{
    dossier::Record,
    time::{Ms, SystemClock},
};
use pvhcc_sources::DossierPage as Told;
use pvhcc_store::{DossierPage, Store};
use serde_json::json;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    io::Write,
    path::Path,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

const RECORDS: i64 = 1_000_000;
/// Records of a page, and of a transaction.
const PAGE: i64 = 5_000;
/// Rows of one statement.
const ROWS: usize = 500;
const START: Ms = Ms(1_767_200_400_000);
const MINUTE_MS: i64 = 60_000;

/// A number that looks like chance and is the same each time.
fn some(n: i64, purpose: i64, below: i64) -> i64 {
    let mixed = (n * 16 + purpose).wrapping_mul(0x9E37_79B9_7F4A_7C15_u64.cast_signed());
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9_u64.cast_signed()) >> 33).rem_euclid(below)
}

fn record(n: i64) -> serde_json::Value {
    let received = START.plus(n * MINUTE_MS / 6);
    let later = |minutes: i64| received.plus(minutes * MINUTE_MS).to_rfc3339();
    let (field, procedure, done) = (some(n, 1, 40), some(n, 2, 2_000), some(n, 3, 10) < 8);
    let unit = format!("H21.{}", some(n, 4, 149));
    json!({
        "id": format!("tinh-{n:07}"),
        "code": format!("{unit}-{}-{n:07}", received.local().format("%y%m%d")),
        "system": "tinh",
        "ministry": null,
        "field": format!("TH-{field:02}"),
        "field_name": format!("Lĩnh vực quản lý số {field}"),
        "procedure": format!("1.{procedure:06}"),
        "procedure_name": format!("Thủ tục cấp giấy chứng nhận loại {procedure} cho tổ chức, cá nhân"),
        "service_level": "full",
        "unit": unit,
        "channel": 1 + some(n, 5, 3),
        "status": if done { 10 } else { 4 },
        "submitted_at": later(-90),
        "received_at": later(0),
        "due_at": later(14_400),
        "finished_at": done.then(|| later(some(n, 6, 20_000))),
        "returned_at": done.then(|| later(21_000)),
        "digitised": some(n, 7, 3) < 2,
        "reused": some(n, 8, 5) < 1,
        "electronic_result": done.then_some(true),
        "fee": some(n, 9, 4) * 15_000,
        "online_payment": some(n, 10, 3),
        "supplements": some(n, 11, 2),
        "changed_at": later(21_000),
    })
}

/// Answers as the gateway gives them.
fn answers() -> Vec<Vec<u8>> {
    let answer = |page: i64| {
        let dossiers: Vec<_> = (page * PAGE..(page + 1) * PAGE).map(record).collect();
        let (next, more) = (format!("c{}", page + 1), (page + 1) * PAGE < RECORDS);
        let body = json!({"as_of": START.to_rfc3339(), "system": "tinh", "dossiers": dossiers, "next": next,
                          "more": more});
        body.to_string().into_bytes()
    };
    (0..RECORDS / PAGE).map(answer).collect()
}

/// JSON into the store; reading and checking goes on beside the writing.
async fn intake(folder: &Path, answers: &Arc<Vec<Vec<u8>>>) -> Duration {
    let (store, _) = Store::open(folder, Arc::new(SystemClock)).await.expect("opened");
    let begin = Instant::now();
    let (send, mut pages) = tokio::sync::mpsc::channel(2);
    let bodies = Arc::clone(answers);
    let reading = tokio::task::spawn_blocking(move || {
        for body in bodies.iter() {
            send.blocking_send(Told::read(body, "tinh", START).expect("read")).expect("kept");
        }
    });
    let mut taken = 0;
    while let Some(answer) = pages.recv().await {
        assert!(answer.quarantined.is_empty(), "nothing is wrong with these");
        let page = DossierPage {
            system: "tinh",
            anew: taken == 0,
            as_of: answer.as_of,
            fetched_at: START,
            payload_sha256: &answer.payload_sha256,
            records: &answer.rows.records,
            names: &[],
            quarantined: &[],
            next: &answer.rows.next,
            more: answer.rows.more,
            etag: None,
        };
        taken += store.keep_dossier_page(&page).await.expect("kept").new;
    }
    reading.await.expect("read to the end");
    let whole = begin.elapsed();
    assert_eq!(taken, RECORDS as u64);
    store.close().await;
    whole
}

const TABLE: &str = "CREATE TABLE plain (system TEXT NOT NULL, record TEXT NOT NULL, code TEXT NOT NULL, procedure TEXT, \
     field TEXT, unit TEXT, service_level TEXT, channel INTEGER, status INTEGER, submitted_at INTEGER, \
     received_at INTEGER, due_at INTEGER, finished_at INTEGER, returned_at INTEGER, digitised INTEGER, reused INTEGER, \
     electronic_result INTEGER, fee INTEGER, payment TEXT, supplements INTEGER, changed_at INTEGER, as_of INTEGER, \
     PRIMARY KEY (system, record)) STRICT";

/// The same rows, ready, into one table with a key.
async fn plain(folder: &Path, rows: &[Vec<Record>]) -> Duration {
    let mut connection: SqliteConnection = SqliteConnectOptions::new()
        .filename(folder.join("plain.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
        .connect()
        .await
        .expect("opened");
    sqlx::query(TABLE).execute(&mut connection).await.expect("made");
    let row = format!("({})", vec!["?"; 22].join(","));
    let sql: Arc<str> = format!("INSERT INTO plain VALUES {}", vec![row; ROWS].join(",")).into();
    let begin = Instant::now();
    for page in rows {
        let mut tx = connection.begin().await.expect("begun");
        for some in page.chunks(ROWS) {
            let mut insert = sqlx::query(AssertSqlSafe(Arc::clone(&sql)));
            for r in some {
                let ms = |at: Option<Ms>| at.map(|at| at.0);
                insert = insert
                    .bind(&r.system)
                    .bind(&r.record)
                    .bind(&r.code)
                    .bind(&r.procedure)
                    .bind(&r.field)
                    .bind(&r.unit)
                    .bind(r.service_level.map(|_| "full"))
                    .bind(r.channel_code)
                    .bind(r.status_code)
                    .bind(ms(r.submitted_at))
                    .bind(ms(r.received_at))
                    .bind(ms(r.due_at))
                    .bind(ms(r.finished_at))
                    .bind(ms(r.returned_at))
                    .bind(r.digitised)
                    .bind(r.reused)
                    .bind(r.electronic_result)
                    .bind(r.fee.map(|fee| fee as i64))
                    .bind(r.payment.map(|_| "portal"))
                    .bind(r.supplements)
                    .bind(ms(r.changed_at))
                    .bind(START.0);
            }
            insert.execute(&mut *tx).await.expect("kept");
        }
        tx.commit().await.expect("kept");
    }
    let whole = begin.elapsed();
    connection.close().await.expect("closed");
    whole
}

#[tokio::main]
async fn main() -> ExitCode {
    let answers = Arc::new(answers());
    let ready: Vec<Vec<Record>> =
        answers.iter().map(|body| Told::read(body, "tinh", START).expect("read").rows.records).collect();
    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let folder = tempfile::tempdir_in(".").expect("folder on the disk of the repository");
        let (a, b) = (intake(folder.path(), &answers).await, plain(folder.path(), &ready).await);
        let rate = |time: Duration| RECORDS as f64 / time.as_secs_f64();
        ratios.push(rate(a) / rate(b));
        ours.push(rate(a));
        theirs.push(rate(b));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let _ = writeln!(std::io::stdout(), "medians: from JSON {ours:.0} rows/s, ready rows {theirs:.0} rows/s");
    if report_at_least("dossier_intake_vs_plain_insert", median(ratios), 0.75) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

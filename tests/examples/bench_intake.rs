//! A million dossier records from JSON into the store, read, checked and compared with what is known on the way, against the
//! same rows, ready, put into the same tables by sqlx, 500 by one statement, with the same durability.

mod measure;

use measure::{RUNS, median, report_at_least};
use pvhcc_domain::time::{Ms, SystemClock};
use pvhcc_sources::DossierPage as Told;
use pvhcc_store::{DossierPage, Store};
use serde_json::json;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Sqlite, SqliteConnection,
    query::Query,
    sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
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

type Dossier = (i64, i64, String);
type Version = (i64, i64, i64, i64, Option<i64>, Option<String>, String);
type Known = (i64, String, i64, i64);

/// Rows that one page became.
#[derive(Default)]
struct Ready {
    dossiers: Vec<Dossier>,
    versions: Vec<Version>,
    records: Vec<Known>,
}

fn file(folder: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join("observations.db"))
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
}

/// What an intake wrote, page by page.
async fn ready(folder: &Path) -> Vec<Ready> {
    let mut connection = file(folder).connect().await.expect("opened");
    let mut pages: Vec<Ready> = (0..RECORDS / PAGE).map(|_| Ready::default()).collect();
    // Numbers are given in the order of the pages.
    let page = |dossier: i64| usize::try_from((dossier - 1) / PAGE).expect("a page");
    let sql = "SELECT id, system, code FROM dossiers ORDER BY id";
    for row in sqlx::query_as::<_, Dossier>(sql).fetch_all(&mut connection).await.expect("read") {
        pages[page(row.0)].dossiers.push(row);
    }
    let sql = "SELECT dossier, ordinal, round, as_of, changed_at, record, body FROM dossier_versions \
               ORDER BY dossier";
    for row in sqlx::query_as::<_, Version>(sql).fetch_all(&mut connection).await.expect("read") {
        pages[page(row.0)].versions.push(row);
    }
    let sql = "SELECT system, record, dossier, ordinal FROM dossier_records ORDER BY dossier";
    for row in sqlx::query_as::<_, Known>(sql).fetch_all(&mut connection).await.expect("read") {
        pages[page(row.2)].records.push(row);
    }
    connection.close().await.expect("closed");
    pages
}

type Insert = Query<'static, Sqlite, SqliteArguments>;

async fn insert<T>(
    connection: &mut SqliteConnection,
    into: &str,
    width: usize,
    rows: &[T],
    bind: impl Fn(Insert, &T) -> Insert,
) {
    let row = format!("({})", vec!["?"; width].join(","));
    let sql: Arc<str> = format!("INSERT INTO {into} VALUES {}", vec![row; ROWS].join(",")).into();
    for some in rows.chunks(ROWS) {
        let statement = sqlx::query(AssertSqlSafe(Arc::clone(&sql)));
        some.iter().fold(statement, &bind).execute(&mut *connection).await.expect("kept");
    }
}

/// The same rows, ready, into the same tables.
async fn plain(folder: &Path, pages: &[Ready]) -> Duration {
    // The tables as the store makes them.
    let (store, _) = Store::open(folder, Arc::new(SystemClock)).await.expect("made");
    store.close().await;
    let mut connection = file(folder).connect().await.expect("opened");
    let begin = Instant::now();
    for page in pages {
        let mut tx = connection.begin().await.expect("begun");
        insert(&mut tx, "dossiers (id, system, code)", 3, &page.dossiers, |q, r| {
            q.bind(r.0).bind(r.1).bind(r.2.clone())
        })
        .await;
        let into = "dossier_versions (dossier, ordinal, round, as_of, changed_at, record, body)";
        insert(&mut tx, into, 7, &page.versions, |q, r| {
            let q = q.bind(r.0).bind(r.1).bind(r.2).bind(r.3).bind(r.4);
            q.bind(r.5.clone()).bind(r.6.clone())
        })
        .await;
        let into = "dossier_records (system, record, dossier, ordinal)";
        insert(&mut tx, into, 4, &page.records, |q, r| q.bind(r.0).bind(r.1.clone()).bind(r.2).bind(r.3))
            .await;
        tx.commit().await.expect("kept");
    }
    let whole = begin.elapsed();
    connection.close().await.expect("closed");
    whole
}

#[tokio::main]
async fn main() -> ExitCode {
    let answers = Arc::new(answers());
    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    let mut rows = None;
    for _ in 0..RUNS {
        let folder = || tempfile::tempdir_in(".").expect("folder on the disk of the repository");
        let (here, there) = (folder(), folder());
        let a = intake(here.path(), &answers).await;
        if rows.is_none() {
            rows = Some(ready(here.path()).await);
        }
        let b = plain(there.path(), rows.as_deref().expect("read")).await;
        let rate = |time: Duration| RECORDS as f64 / time.as_secs_f64();
        ratios.push(rate(a) / rate(b));
        ours.push(rate(a));
        theirs.push(rate(b));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let _ = writeln!(
        std::io::stdout(),
        "medians: from JSON {ours:.0} records/s, ready rows {theirs:.0} records/s"
    );
    if report_at_least("dossier_intake_vs_ready_rows", median(ratios), 0.75) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

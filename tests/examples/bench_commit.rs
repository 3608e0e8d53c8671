//! The durable commit of a poll round (53 APIs) against one row committed with the same durability.

use pvhcc_domain::{
    observation::{ApiMeasure, SourceId},
    time::{Ms, SystemClock},
};
use pvhcc_store::{Observed, Round, RoundOutcome, Store};
use pvhcc_tests::bench::{RUNS, median, report};
use sqlx::{
    ConnectOptions, Connection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    io::Write,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

const COMMITS: i64 = 40;
const BUCKET_MS: i64 = 300_000;

fn round(n: i64) -> Round {
    let from = Ms(1_780_000_000_000 + n * BUCKET_MS);
    let measure = |i: usize| ApiMeasure {
        api: format!("dvcqg.{i:02}"),
        from,
        ok: 120,
        client_error: 1,
        server_error: 2,
        timeout: 1,
        latency: vec![9; 13],
        last_error: Some("ERR_TIMEOUT".to_owned()),
    };
    Round {
        source: SourceId::GatewayApis,
        as_of: Some(from),
        fetched_at: from,
        outcome: RoundOutcome::Fresh,
        payload_sha256: None,
        payload: Observed::Apis((0..53).map(measure).collect()),
        quarantined: Vec::new(),
        next_due: Some(Ms(from.0 + 60_000)),
        etag: None,
    }
}

async fn rounds(store: &Store, run: i64) -> Duration {
    let begin = Instant::now();
    for n in 0..COMMITS {
        store.record_round(round(run * COMMITS + n)).await.expect("kept");
    }
    begin.elapsed()
}

#[tokio::main]
async fn main() -> ExitCode {
    let folder = tempfile::tempdir_in(".").expect("folder on the disk of the repository");
    let (store, _) = Store::open(folder.path(), Arc::new(SystemClock)).await.expect("opened");
    let mut one = SqliteConnectOptions::new()
        .filename(folder.path().join("one.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .connect()
        .await
        .expect("opened");
    sqlx::query("CREATE TABLE one (at INTEGER, text TEXT) STRICT").execute(&mut one).await.expect("made");

    rounds(&store, 0).await;
    let (mut ratios, mut singles) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        let begin = Instant::now();
        for n in 0..COMMITS {
            sqlx::query("INSERT INTO one VALUES (?, ?)")
                .bind(n)
                .bind("x")
                .execute(&mut one)
                .await
                .expect("kept");
        }
        let single = begin.elapsed();
        let whole = rounds(&store, i64::try_from(run).unwrap_or_default() + 1).await;
        singles.push(single.as_secs_f64() * 1000.0 / COMMITS as f64);
        ratios.push(whole.as_secs_f64() / single.as_secs_f64());
    }
    store.close().await;
    one.close().await.expect("closed");
    let _ = writeln!(std::io::stdout(), "one row: {:.2} ms", median(singles));
    if report("durable_commit_of_a_poll_round_vs_one_row", median(ratios), 1.2) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

//! The durable commit of a poll round against one row committed with the same durability, in turn.
//!
//! Seven hours of an office day as the poller stores them at the default schedule: each minute tasks, flows and measures,
//! each half hour the statistics. The gateway's tasks rarely change and then say "not modified"; a new bucket of measures
//! comes every five minutes, and the two hours before are reported again each time; of the statistics only the present
//! month moves.

mod measure;

use measure::{RUNS, median, report};
use pvhcc_domain::{
    figures::Counts,
    observation::{ApiMeasure, DossierFigures, Flow, FlowHealth, FlowState, GatewayTask, SourceId, Stage},
    task::TaskStatus,
    time::{Ms, SystemClock},
};
use pvhcc_store::{Observed, Round, RoundOutcome, Store};
use sqlx::{
    ConnectOptions, Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{
    collections::BTreeMap,
    io::Write,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

const APIS: i64 = 53;
const TASKS: i64 = 90;
const MINUTE_MS: i64 = 60_000;
const BUCKET_MS: i64 = 300_000;
/// What the poller asks for again.
const SPAN_BUCKETS: i64 = 24;
const START: Ms = Ms(1_780_000_200_000);

/// Counts that differ from one API, bucket or month to the next, and are the same each time they are reported.
fn some(a: i64, b: i64) -> u64 {
    ((a * 7919 + b * 104_729) % 997).unsigned_abs()
}

fn tasks(changed: i64) -> Vec<GatewayTask> {
    let task = |n: i64| GatewayTask {
        no: n.to_string(),
        state: if n <= changed { TaskStatus::Done } else { TaskStatus::InProgress },
        done_on: None,
        updated_at: START,
        note: None,
    };
    (1..=TASKS).map(task).collect()
}

fn flows(at: Ms) -> Vec<FlowState> {
    let mut rows = Vec::new();
    for (n, flow) in (0..).zip(Flow::ALL) {
        for (phase, stage) in [(1, Stage::Declare), (1, Stage::Test), (2, Stage::Declare), (2, Stage::Test)] {
            let tested = stage == Stage::Test;
            rows.push(FlowState {
                flow,
                phase,
                stage,
                state: FlowHealth::Ok,
                last_success_at: Some(if tested { at.plus(-1000 * n) } else { START }),
                success_rate: tested.then_some(0.987_654_3),
                calls: if tested { 4_321 } else { 0 },
                error: None,
            });
        }
    }
    rows
}

/// The buckets that are over at `now`, of the last two hours.
fn apis(now: Ms) -> Vec<ApiMeasure> {
    let last = now.0 / BUCKET_MS;
    let measure = |bucket: i64, api: i64| {
        let ok = some(bucket, api);
        ApiMeasure {
            api: format!("dvcqg.{api:02}"),
            from: Ms(bucket * BUCKET_MS),
            ok,
            client_error: ok % 3,
            server_error: ok % 2,
            timeout: 0,
            latency: (0..13).map(|i| ok * i % 41).collect(),
            last_error: (ok % 2 == 1).then(|| "HTTP_503".to_owned()),
        }
    };
    (last - SPAN_BUCKETS..last).flat_map(|bucket| (1..=APIS).map(move |api| measure(bucket, api))).collect()
}

/// Five months of two systems with their fields; the last month is as of `now`.
fn figures(now: Ms) -> Vec<DossierFigures> {
    let day = |month: i64| {
        Ms::parse_rfc3339(&format!("2026-{month:02}-01T00:00:00+07:00")).expect("an instant").day()
    };
    let mut rows = Vec::new();
    for month in 1..=5 {
        for (system, fields) in [("tinh", 8), ("bo", 5)] {
            for field in 0..=fields {
                let moved = if month == 5 { now.0 / MINUTE_MS } else { 0 };
                let n = |k: i64| Some(some(month * 100 + field, k + moved));
                let counts = Counts {
                    received: n(1),
                    received_online: n(2),
                    received_direct: n(3),
                    carried_over: n(4),
                    done: n(5),
                    on_time: n(6),
                    late: n(7),
                    pending: n(8),
                    within_deadline: n(9),
                    overdue: n(10),
                };
                rows.push(DossierFigures {
                    system: system.to_owned(),
                    unit: None,
                    field: (field > 0).then(|| format!("TH-{field:02}")),
                    procedure: None,
                    channel: None,
                    from: day(month),
                    to: day(month + 1).pred_opt().expect("a day"),
                    statement: counts.into(),
                });
            }
        }
    }
    rows
}

/// The rounds of one minute.
fn minute(n: i64) -> Vec<Round> {
    let now = START.plus(n * MINUTE_MS);
    let round = |source, payload| Round {
        source,
        as_of: Some(now.plus(-500)),
        fetched_at: now,
        outcome: if payload == Observed::Nothing { RoundOutcome::NotModified } else { RoundOutcome::Fresh },
        payload_sha256: Some("5b2c1e0f".repeat(8)),
        payload,
        quarantined: Vec::new(),
        next_due: Some(now.plus(MINUTE_MS)),
        etag: Some("\"5b2c1e0f5b2c1e0f\"".to_owned()),
    };
    let changed = if n % 60 == 0 { Observed::Tasks(tasks(n / 60)) } else { Observed::Nothing };
    let mut rounds = vec![
        round(SourceId::GatewayTasks, changed),
        round(SourceId::GatewayFlows, Observed::Flows(flows(now))),
        round(SourceId::GatewayApis, Observed::Apis(apis(now))),
    ];
    if n % 30 == 0 {
        rounds.push(round(SourceId::PortalStatistics, Observed::Figures(figures(now))));
    }
    rounds
}

/// A file with the durability of the store's and one table.
async fn plain(folder: &std::path::Path) -> SqliteConnection {
    let mut one = SqliteConnectOptions::new()
        .filename(folder.join("one.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
        .connect()
        .await
        .expect("opened");
    sqlx::query("CREATE TABLE one (at INTEGER, text TEXT) STRICT").execute(&mut one).await.expect("made");
    one
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[tokio::main]
async fn main() -> ExitCode {
    let folder = tempfile::tempdir_in(".").expect("folder on the disk of the repository");
    let (store, _) = Store::open(folder.path(), Arc::new(SystemClock)).await.expect("opened");
    let mut one = plain(folder.path()).await;

    let mut by_source: BTreeMap<SourceId, Vec<f64>> = BTreeMap::new();
    let (mut ratios, mut singles) = (Vec::new(), Vec::new());
    // The hour before the first one fills the files and is not counted.
    for run in 0..=RUNS {
        let (mut whole, mut single) = (Duration::ZERO, Duration::ZERO);
        for n in (0..60).map(|n| i64::try_from(run).unwrap_or_default() * 60 + n) {
            for round in minute(n) {
                let begin = Instant::now();
                sqlx::query("INSERT INTO one VALUES (?, ?)")
                    .bind(n)
                    .bind("x")
                    .execute(&mut one)
                    .await
                    .expect("kept");
                let row = begin.elapsed();
                let source = round.source;
                let begin = Instant::now();
                store.record_round(&round).await.expect("kept");
                let kept = begin.elapsed();
                (single, whole) = (single + row, whole + kept);
                if run > 0 {
                    singles.push(ms(row));
                    by_source.entry(source).or_default().push(ms(kept));
                }
            }
        }
        if run > 0 {
            ratios.push(whole.as_secs_f64() / single.as_secs_f64());
        }
    }
    store.close().await;
    one.close().await.expect("closed");
    let mut out = std::io::stdout();
    let _ = write!(out, "medians: one row {:.2} ms", median(singles));
    for (source, times) in by_source {
        let _ = write!(out, ", {} {:.2} ms", source.as_str(), median(times));
    }
    let _ = writeln!(out);
    if report("durable_commit_of_a_poll_round_vs_one_row", median(ratios), 1.2) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

//! Indicators, procedures and days of data quality: what comes again unchanged is not written again, what is gone ends.

use super::*;
use pvhcc_domain::{
    dossier::ServiceLevel,
    indicators::{PeriodSheets, Points, Reading, Sheet},
    observation::{Procedure, SourceId},
};
use pvhcc_store::{Observed, QualityDay, Quarantined, Round, RoundOutcome};

fn round(source: SourceId, at: Ms, payload: Observed) -> Round {
    Round {
        source,
        as_of: Some(at),
        fetched_at: at,
        outcome: RoundOutcome::Fresh,
        payload_sha256: None,
        payload,
        quarantined: vec![],
        next_due: None,
        etag: None,
    }
}

fn sheet(unit: &str, score: Option<f64>) -> Sheet {
    let score = score.and_then(Points::from_number);
    let reading = Reading { code: "DOSSIER_SYNC".into(), score, ..Reading::default() };
    Sheet { unit: unit.into(), readings: vec![reading] }
}

fn month(sheets: Vec<Sheet>) -> Observed {
    let (from, to) = (day("2026-05-01"), day("2026-05-31"));
    Observed::Indicators(vec![PeriodSheets { period: "2026-05".into(), from, to, sheets }])
}

/// Every row of a table, replaced ones included.
async fn rows(dir: &Path, table: &str) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(dir.join("observations.db"));
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let count = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) FROM {table}")));
    let count = count.fetch_one(&pool).await.unwrap();
    pool.close().await;
    count
}

#[tokio::test]
async fn indicators_of_a_running_period_take_the_place_of_the_last_ones_and_those_of_a_closed_one_stand_beside()
 {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path(), &ManualClock::new(START)).await;
    let source = SourceId::GatewayIndicators;
    let keep = |at: &str, sheets| {
        let (store, at) = (store.clone(), Ms::parse_rfc3339(at).unwrap());
        async move { store.record_round(&round(source, at, month(sheets))).await.unwrap() }
    };
    keep("2026-05-20T07:00:00+07:00", vec![sheet("H21", None), sheet("H21.17", Some(3.0))]).await;
    assert_eq!(store.indicators("2026-05").await.unwrap(), [sheet("H21", None), sheet("H21.17", Some(3.0))]);
    keep("2026-05-21T07:00:00+07:00", vec![sheet("H21", None), sheet("H21.17", Some(4.0))]).await;
    assert_eq!(rows(dir.path(), "indicators").await, 2, "numbers that grow every day are not kept");
    keep("2026-06-02T07:00:00+07:00", vec![sheet("H21.17", Some(5.0))]).await;
    assert_eq!(rows(dir.path(), "indicators").await, 2, "what was said before the end is not the last word");
    keep("2026-06-03T07:00:00+07:00", vec![sheet("H21.17", Some(5.5))]).await;
    assert_eq!(rows(dir.path(), "indicators").await, 3, "a correction stands beside what it corrects");
    let present = store.indicators("2026-05").await.unwrap();
    assert_eq!(present, [sheet("H21", None), sheet("H21.17", Some(5.5))], "who is left out stays");
    let periods = store.indicator_periods().await.unwrap();
    assert_eq!(periods.len(), 1);
    assert_eq!((periods[0].period.as_str(), periods[0].to), ("2026-05", day("2026-05-31")));
    // An answer that comes late does not replace a newer one.
    keep("2026-06-01T07:00:00+07:00", vec![sheet("H21.17", Some(1.0))]).await;
    assert_eq!(store.indicators("2026-05").await.unwrap(), present);
    store.prune(Ms::parse_rfc3339("2026-06-10T00:00:00+07:00").unwrap()).await.unwrap();
    assert_eq!(store.indicators("2026-05").await.unwrap(), present, "what is present stays");
    assert_eq!(rows(dir.path(), "indicators").await, 2);
}

#[tokio::test]
async fn a_procedure_that_a_whole_catalogue_leaves_out_is_no_longer_in_force() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path(), &ManualClock::new(START)).await;
    let procedure = |code: &str, name: &str| Procedure {
        code: code.into(),
        name: name.into(),
        field: "F".into(),
        field_name: "Hộ tịch".into(),
        service_level: ServiceLevel::Full,
    };
    let codes = || async {
        let all = store.procedures().await.unwrap();
        all.into_iter().map(|p| format!("{} {}", p.code, p.name)).collect::<Vec<_>>()
    };
    let answer = |n: i64, rows: Vec<Procedure>| {
        round(SourceId::GatewayProcedures, START.plus(n), Observed::Procedures(rows))
    };
    assert!(codes().await.is_empty());
    store.record_round(&answer(0, vec![procedure("1", "a"), procedure("2", "b")])).await.unwrap();
    store.record_round(&answer(1, vec![procedure("1", "a")])).await.unwrap();
    assert_eq!(codes().await, ["1 a"]);
    let aside = Quarantined {
        place: "procedures[1].name".into(),
        reason: "empty".into(),
        masked: "{}".into(),
        sha256: "ab".into(),
    };
    let partly = Round { quarantined: vec![aside], ..answer(2, vec![procedure("2", "c")]) };
    store.record_round(&partly).await.unwrap();
    assert_eq!(codes().await, ["1 a", "2 c"], "a row put aside may be the one that is missing");
    store.record_round(&answer(3, vec![])).await.unwrap();
    assert_eq!(codes().await, ["1 a", "2 c"], "no catalogue is no empty one");
}

#[tokio::test]
async fn the_last_word_on_a_day_of_data_quality_counts() {
    let dir = tempfile::tempdir().unwrap();
    let (store, _) = open(dir.path(), &ManualClock::new(START)).await;
    let on = |text: &str, faulty| QualityDay { day: day(text), records: 10, faulty };
    for noted in [on("2026-05-29", 4), on("2026-05-28", 5), on("2026-05-29", 3)] {
        store.note_quality(noted).await.unwrap();
    }
    assert_eq!(store.quality_days().await.unwrap(), [on("2026-05-28", 5), on("2026-05-29", 3)]);
}

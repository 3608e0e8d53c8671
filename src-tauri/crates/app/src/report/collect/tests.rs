//! A freeze holds what the screens show at that moment, and never more than is known.

use super::*;
use crate::{
    Options, Profile,
    dossiers::count,
    wire::{Basis, ChartArgs, ChartKind, ChartTheme, CheckState, SplitBy, StatsArgs, StatsView},
};
use pvhcc_domain::{
    figures::Counts,
    observation::SourceId,
    report::freeze::{CountsLine, Seen},
    task::TaskStatus,
    text::number,
};
use pvhcc_sandbox::Fault;
use std::sync::Arc;

async fn open(folder: &std::path::Path, records: bool) -> App {
    let opened = App::open(Options {
        profile: Profile::Training,
        config_path: None,
        data_dir: Some(folder.to_path_buf()),
        sandbox_clock: None,
        scenario: None,
        open_browser: Arc::new(|_| Ok(())),
        open_file: Arc::new(|_| Ok(())),
        poll: false,
        records,
        exclusive: true,
    });
    opened.await.unwrap_or_else(|e| panic!("{}", e.message))
}

async fn freeze(app: &App) -> Freeze {
    let at = app.now();
    let collected = Box::pin(app.collect(Cadence::Daily, at.day(), at.day(), at)).await;
    collected.unwrap_or_else(|e| panic!("{}", e.message))
}

/// Moves the training clock, or breaks what it plays.
async fn world(app: &App, change: impl FnOnce(&pvhcc_sandbox::Sandbox)) {
    change(app.0.sandbox.lock().await.as_ref().expect("training"));
}

async fn stats(app: &App, args: StatsArgs) -> StatsView {
    app.dossier_stats(args).await.unwrap_or_else(|e| panic!("{}", e.message))
}

fn assert_rows(lines: &[CountsLine], view: &StatsView) {
    assert_eq!(lines.len(), view.rows.len());
    for (line, row) in lines.iter().zip(&view.rows) {
        let part = row.cell.last().expect("a cell");
        assert_eq!((&line.code, &line.name), (&part.code, &part.name));
        let shown = (row.figures.received, row.figures.done_on_time, row.figures.pending_overdue);
        assert_eq!((line.counts.received, line.counts.on_time, line.counts.overdue), shown);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_frozen_is_what_the_screens_show() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), true).await;
    let report = app.poll_once().await.expect("polls");
    assert!(report.all_answered());
    let frozen = freeze(&app).await;
    assert!(frozen.training && frozen.incidents.as_ref().is_some_and(Vec::is_empty), "a quiet day has none");

    // Nhiệm vụ and Tổng quan.
    let overview = app.overview().await.expect("overview");
    let tile = |id: &str| overview.tiles.iter().find(|tile| tile.id == id).expect("the tile");
    let tasks = &frozen.tasks;
    assert_eq!(tile("tasks").value, tasks.claimed.to_string());
    assert_eq!(tile("tasks").proved.as_ref().map(|p| p.value.clone()), Some(tasks.proved.to_string()));
    assert_eq!(tile("overdue").value, tasks.overdue.to_string());
    let present = app.present().await.expect("present");
    let rows = app.task_rows(&present, None);
    assert_eq!(tasks.rows.len(), rows.len());
    for (line, row) in tasks.rows.iter().zip(&rows) {
        assert_eq!((&line.no, &line.text, line.heading), (&row.no, &row.title, row.heading));
        assert_eq!(line.due.map(|d| d.to_string()).as_ref(), row.changed_due.as_ref().or(row.due.as_ref()));
        assert_eq!(line.claimed, row.status == TaskStatus::Done);
        assert_eq!(line.days_late > 0, row.overdue, "{}", row.no);
        assert!(line.proof.is_empty() != line.claimed, "{}: {}", row.no, line.proof);
    }
    assert_eq!(tasks.sections.iter().map(|s| s.claimed).sum::<u32>(), tasks.claimed);
    assert_eq!(tasks.sections.iter().map(|s| s.proved).sum::<u32>(), tasks.proved);
    let of = |status| many(rows.iter().filter(|r| !r.heading && r.status == status).count());
    assert_eq!((tasks.in_progress, tasks.blocked), (of(TaskStatus::InProgress), of(TaskStatus::Blocked)));

    // The burn-up ends where the tile stands; nothing is known of days to come.
    let today = tasks.course.iter().find(|p| p.day == frozen.to).expect("today");
    assert_eq!((today.claimed, today.proved), (Some(tasks.claimed), Some(tasks.proved)));
    assert!(tasks.course.windows(2).all(|two| two[0].day.succ_opt() == Some(two[1].day)));
    assert!(tasks.course.iter().filter(|p| p.day > frozen.to).all(|p| p.claimed.or(p.proved).is_none()));

    // Hồ sơ: the whole, by system, by unit, by month; what does not add up.
    let dossiers = &frozen.dossiers;
    assert_eq!(Some(tile("received").value.clone()), dossiers.whole.received.map(count));
    let by = |by: &[SplitBy], basis| StatsArgs { by: by.to_vec(), basis, ..StatsArgs::default() };
    let systems = stats(&app, by(&[SplitBy::System], None)).await;
    assert_eq!(dossiers.whole.pending, systems.total.figures.pending);
    assert_eq!(dossiers.basis, "Cổng DVCQG công bố");
    assert!(dossiers.as_of.is_some());
    assert_rows(&dossiers.systems, &systems);
    let units = stats(&app, by(&[SplitBy::UnitGroup, SplitBy::Unit], None)).await;
    assert!(dossiers.units.len() > 135 && dossiers.units.iter().any(|unit| unit.group == "commune"));
    assert_rows(&dossiers.units, &units);
    let broken: Vec<_> = dossiers.identities.iter().filter(|i| i.difference.is_some()).collect();
    assert_eq!(tile("findings").value, broken.len().to_string());
    assert_eq!(
        (broken[0].difference, broken[0].rule.as_str()),
        (Some(129), "Tiếp nhận = đã xử lý + đang xử lý")
    );
    assert!(broken[0].ask.contains("C12"), "{}", broken[0].ask);
    let held = systems.checks.iter().filter(|check| check.state == CheckState::Holds).count();
    assert_eq!(dossiers.identities_held, many(held));
    let chart = ChartArgs { chart: ChartKind::Dossiers, width: 600, height: 300, theme: ChartTheme::Print };
    let chart = app.chart(chart).await.expect("chart");
    assert_eq!(dossiers.months.len(), chart.rows.len());
    for (month, row) in dossiers.months.iter().zip(&chart.rows) {
        let shown = |n: Option<u64>| n.map(|n| number(n as i64)).expect("known");
        assert_eq!([shown(month.received), shown(month.done)], [row[1].clone(), row[2].clone()]);
    }
    let day =
        StatsArgs { period: frozen.to.to_string(), basis: Some(Basis::Records), ..StatsArgs::default() };
    let day = stats(&app, day).await.total.figures;
    let alone = dossiers.in_period.expect("every record is there");
    assert_eq!((alone.received, alone.done, alone.pending), (day.received, day.done, day.pending));
    assert!(alone.received.is_some_and(|received| received > 0));

    // Trực vận hành: flows, APIs, rates, obstacles, sources.
    assert!(frozen.exchange.flows.iter().any(|flow| flow.good));
    assert_eq!(frozen.exchange.apis.len(), 53);
    let met = frozen.exchange.apis.iter().filter(|api| api.met).count();
    let proved = |api: &str| {
        let row = rows.iter().find(|row| row.api.as_deref() == Some(api)).expect("its task");
        present.proofs.get(&row.no).is_some_and(|p| p.state() == pvhcc_domain::proof::ProofState::Proved)
    };
    for api in &frozen.exchange.apis {
        assert_eq!(api.met, proved(&api.api), "{}: {}", api.api, api.verdict);
    }
    assert!(met > 0);
    let rates = app.indicators(crate::wire::IndicatorArgs::default()).await.expect("indicators").rates;
    assert_eq!(frozen.rates.len(), rates.len());
    for (line, shown) in frozen.rates.iter().zip(&rates) {
        assert_eq!((&line.id, line.value), (&shown.id, shown.value));
        assert_eq!(line.unit == "%", shown.text.ends_with('%'), "{}", shown.text);
    }
    let register = app.obstacles(None).await.expect("obstacles");
    let open = register.rows.iter().filter(|row| row.resolved_at.is_none()).count();
    assert_eq!(frozen.obstacles.iter().filter(|o| o.open).count(), open);
    assert_eq!(frozen.obstacles.iter().filter(|o| o.overdue).count(), register.overdue as usize);
    assert_eq!(frozen.sources.len(), SourceId::ALL.len());
    assert!(frozen.sources.iter().all(|s| s.seen == Seen::Fresh && s.as_of.is_some()));

    // It survives being kept.
    let bytes = frozen.to_bytes().expect("JSON");
    assert_eq!(Freeze::from_bytes(&bytes).expect("reads"), frozen);
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_first_start_nothing_is_known_and_nothing_is_zero() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), true).await;
    let frozen = freeze(&app).await;
    assert_eq!(frozen.dossiers.whole, Counts::default());
    assert_eq!((frozen.dossiers.in_period, frozen.dossiers.as_of), (None, None));
    assert_eq!(frozen.dossiers.basis, "chưa có số liệu");
    assert!(
        frozen.dossiers.caveats.iter().any(|c| c == "Chưa có báo cáo nào."),
        "{:?}",
        frozen.dossiers.caveats
    );
    assert!(frozen.dossiers.identities.is_empty() && frozen.dossiers.identities_held == 0);
    assert!(frozen.exchange.flows.iter().all(|flow| !flow.good && flow.success.is_none()));
    assert!(frozen.exchange.apis.iter().all(|api| !api.met), "the measures of the past are not of now");
    let never = |id: SourceId| frozen.sources.iter().any(|s| s.id == id.as_str() && s.seen == Seen::Never);
    assert!(never(SourceId::PortalStatistics) && never(SourceId::GatewayDossiers));
    assert!(frozen.rates.iter().any(|rate| rate.value.is_none() && rate.source.contains("chưa")));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_every_source_down_the_last_figures_stand_marked_as_such() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), false).await;
    app.poll_once().await.expect("polls");
    let before = freeze(&app).await;
    world(&app, |sandbox| {
        sandbox.faults().set("*", Fault::Status { code: 503, retry_after: None });
        sandbox.control_clock().advance(26 * 3_600_000).expect("the clock moves");
    })
    .await;
    app.poll_once().await.expect("a round without an answer");
    let after = freeze(&app).await;
    // A probe that hears a refusal has done its work: what it says is about the system, not about the source.
    let mut asked = after.sources.iter().filter(|s| s.id != "probes");
    assert!(asked.all(|s| s.seen == Seen::Failing && s.failing_since.is_some()));
    assert_eq!((after.dossiers.whole, after.dossiers.as_of), (before.dossiers.whole, before.dossiers.as_of));
    assert!(before.dossiers.whole.received.is_some());
    assert_eq!(after.dossiers.in_period, None);
    assert_eq!(after.tasks.claimed, before.tasks.claimed, "what people said stands");
    let judged = |f: &Freeze| f.tasks.proved + f.tasks.failed + f.tasks.unobserved;
    assert_eq!(judged(&after), judged(&before), "each verdict that cannot be seen now is counted apart");
    assert!(after.tasks.unobserved > before.tasks.unobserved);
    assert!(after.exchange.flows.iter().all(|flow| !flow.good));
    let stood =
        after.exchange.flows.iter().filter(|flow| flow.state.starts_with("không quan sát được; lần cuối"));
    assert!(stood.count() > 0);
    assert!(after.exchange.apis.iter().all(|api| !api.met && api.verdict == "không quan sát được"));
    assert!(after.tasks.rows.iter().any(|row| row.proof.starts_with("Không quan sát được từ")));
    app.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_records_are_walked_the_first_time_the_report_says_so() {
    let folder = tempfile::tempdir().expect("folder");
    let app = open(folder.path(), true).await;
    let polling = tokio::spawn({
        let app = app.clone();
        async move { app.poll_once().await.expect("polls") }
    });
    let mut changes = app.subscribe();
    while app.walking().await.expect("walks").is_empty() {
        changes.recv().await.expect("pages come");
    }
    world(&app, |sandbox| {
        sandbox.faults().set("/gateway/v1/dossiers", Fault::Status { code: 403, retry_after: None });
    })
    .await;
    polling.await.expect("polls");
    let frozen = freeze(&app).await;
    assert!(frozen.dossiers.whole.received.is_some(), "what the portal states is known");
    assert_eq!(frozen.dossiers.in_period, None, "a part of the records is no count");
    let said = |words: &str| frozen.dossiers.caveats.iter().any(|caveat| caveat.contains(words));
    assert!(said("Đang lấy hồ sơ") && said("bản ghi hồ sơ chưa đủ"), "{:?}", frozen.dossiers.caveats);
    app.shutdown().await;
}

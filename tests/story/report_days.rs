//! Two hundred days of the daily report: machines that sleep, clocks that jump, a window opened at 14:58, sources that are down, an
//! export that is broken off. Each day ends as exactly one of on time, late with its reason, or missing and asked for at the
//! next start; each reminder is given at its instant by whatever runs, and none twice.

use pvhcc_app::{App, Options};
use pvhcc_domain::{
    report::deadline::{parse_time, parse_times},
    time::Ms,
};
use pvhcc_tests::{http, options, run, sign_in};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use chrono::{Days, NaiveDate};

/// The day after the profile was first used: the first that owes a report.
const FIRST: &str = "2026-05-30";
const DAYS: u64 = 200;
const TIMES: &str = "13:30, 14:00, 14:30, 14:50";

/// What a day is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// A window all day; sent at 13:45.
    Early,
    /// A window all day; sent at 14:52.
    JustInTime,
    /// A window all day; sent at 15:40, and somebody says why.
    Late,
    /// Nothing runs all day.
    Off,
    /// A window all day, and nobody does anything.
    Ignored,
    /// Opened at 14:58, sent at 14:59.
    OpenedLate,
    /// Opened at 14:58; at 14:59 somebody says why there will be none.
    Excused,
    /// The machine sleeps from 13:00 to 14:35; sent at 14:55.
    Slept,
    /// The clock jumps from 13:29 to 15:10; sent at 15:20, and somebody says why.
    Jumped,
    /// Every source is down; sent at 14:45.
    Down,
    /// An export is broken off at 14:10 and the program goes down; opened again at 14:20, sent at 14:40.
    Crashed,
    /// Window and timer of the system look at the same instant; sent at 14:52.
    Raced,
}

const FATES: [Fate; 12] = [
    Fate::Early,
    Fate::JustInTime,
    Fate::Late,
    Fate::Off,
    Fate::Ignored,
    Fate::OpenedLate,
    Fate::Excused,
    Fate::Slept,
    Fate::Jumped,
    Fate::Down,
    Fate::Crashed,
    Fate::Raced,
];

/// What becomes of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    OnTime,
    Late,
    Missing,
}

impl Fate {
    fn end(self) -> End {
        match self {
            Self::Late | Self::Jumped => End::Late,
            Self::Off | Self::Ignored | Self::Excused => End::Missing,
            _ => End::OnTime,
        }
    }

    /// Reminders as they are given: which, and when. The louder one of several that are due speaks for all.
    fn reminders(self) -> Vec<(&'static str, &'static str)> {
        match self {
            Self::Early => vec![("13:30", "13:30")],
            Self::JustInTime | Self::Late | Self::Ignored | Self::Raced => {
                vec![("13:30", "13:30"), ("14:00", "14:00"), ("14:30", "14:30"), ("14:50", "14:50")]
            }
            Self::Off => vec![],
            Self::OpenedLate | Self::Excused => vec![("14:50", "14:58")],
            Self::Slept => vec![("14:30", "14:35"), ("14:50", "14:50")],
            Self::Jumped => vec![("14:50", "15:10")],
            Self::Down => vec![("13:30", "13:30"), ("14:00", "14:00"), ("14:30", "14:30")],
            Self::Crashed => vec![("13:30", "13:30"), ("14:00", "14:00"), ("14:30", "14:30")],
        }
    }
}

/// Each fate in an order without a pattern, the same at every run.
fn fates() -> Vec<Fate> {
    let mut seed = 0x2026_0530_u64;
    (0..DAYS)
        .map(|_| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            FATES[usize::try_from(seed >> 33).expect("fits") % FATES.len()]
        })
        .collect()
}

struct World {
    folder: PathBuf,
    app: Option<App>,
    /// Reminders that the use case gave, by day.
    given: BTreeMap<NaiveDate, Vec<(String, String)>>,
    number: u32,
}

impl World {
    fn app(&self) -> &App {
        self.app.as_ref().expect("open")
    }

    /// Opens the profile as a window at an instant, where the clock stands still.
    async fn open(&mut self, at: Ms) {
        assert!(self.app.is_none());
        let opened =
            App::open(Options { sandbox_clock: Some((at, 0.0)), ..options(&self.folder, "leader", false) });
        let app = opened.await.unwrap_or_else(|e| panic!("{}", e.message));
        sign_in(&app).await;
        self.app = Some(app);
        self.clock(at).await;
    }

    async fn close(&mut self) {
        if let Some(app) = self.app.take() {
            app.shutdown().await;
        }
    }

    async fn control(&self, path: &str, body: Value) {
        let url = format!("{}{path}", self.app().sandbox_urls().expect("training").control);
        let answer = http().post(url).json(&body).send().await.expect("control answers");
        assert!(answer.status().is_success(), "{path} {body}");
    }

    async fn clock(&self, at: Ms) {
        self.control("/clock", json!({ "speed": 0.0, "set": at.to_rfc3339() })).await;
    }

    /// What a running program does at an instant: it looks.
    async fn look(&mut self, day: NaiveDate, at: &str) {
        self.clock(instant(day, at)).await;
        let given = self.app().remind().await.unwrap_or_else(|e| panic!("{}", e.message));
        if let Some(reminder) = given {
            assert_eq!(reminder.day, day.to_string());
            self.given.entry(day).or_default().push((reminder.time, at.to_owned()));
        }
    }

    /// Looks at each reminder's instant within the span, as window and timer do.
    async fn run_through(&mut self, day: NaiveDate, from: &str, to: &str) {
        for time in TIMES.split(", ").filter(|time| (from..=to).contains(time)) {
            self.look(day, time).await;
        }
    }

    /// Figures frozen, looked over and signed.
    async fn prepare(&mut self, day: NaiveDate, at: &str) {
        self.clock(instant(day, at)).await;
        self.number += 1;
        let app = self.app();
        let frozen = run(app, "report_freeze", json!({})).await;
        let reviewed = run(app, "report_review", json!({ "basedOn": frozen["lastEvent"] })).await;
        let number = format!("{:02}", self.number);
        let signed =
            run(app, "report_sign", json!({ "number": number, "basedOn": reviewed["lastEvent"] })).await;
        assert_eq!(signed["stage"], "signed");
    }

    async fn send(&mut self, day: NaiveDate, at: &str) {
        self.clock(instant(day, at)).await;
        let sent = run(self.app(), "report_send", json!({ "how": "Hệ thống điều phối" })).await;
        assert_eq!(sent["stage"], "sent");
    }

    /// Saves the signed files: each is what its hash says, and no other file was left cut.
    async fn save_whole(&self) {
        let app = self.app();
        let saved = run(app, "report_save", json!({})).await;
        assert_eq!(saved["signed"], true);
        let list =
            |field: &str| -> Vec<String> { serde_json::from_value(saved[field].clone()).expect("a list") };
        let (paths, hashes) = (list("paths"), list("sha256"));
        assert_eq!((paths.len(), hashes.len()), (3, 3));
        for (path, hash) in paths.iter().zip(hashes) {
            let bytes = std::fs::read(path).expect("saved");
            assert_eq!(app.store().put_blob(&bytes).await.expect("hashed"), hash, "{path}");
        }
        assert!(whole_files(&self.folder) >= 3);
    }

    async fn excuse(&self, day: NaiveDate, reason: &str) {
        run(self.app(), "report_excuse", json!({ "day": day.to_string(), "reason": reason })).await;
    }

    async fn asked(&self) -> Vec<String> {
        let status = run(self.app(), "report_status", json!({})).await;
        serde_json::from_value(status["asked"].clone()).expect("days")
    }

    /// The verdict kept of a day, and its reason.
    async fn verdict(&self, day: NaiveDate) -> (String, Option<String>, bool) {
        let month = day.format("%Y-%m").to_string();
        let view = run(self.app(), "report_calendar", json!({ "month": month })).await;
        let days = view["days"].as_array().expect("days");
        let of = days.iter().find(|d| d["day"] == day.to_string()).expect("the day");
        let text = |field: &str| of[field].as_str().map(str::to_owned);
        (text("verdict").expect("a verdict"), text("reason"), of["asksReason"] == true)
    }
}

fn instant(day: NaiveDate, time: &str) -> Ms {
    pvhcc_domain::report::deadline::instant(day, parse_time(time).expect("a time"))
}

/// Files under the exports are whole: none is half of one, and none is a scratch left over.
fn whole_files(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder.join("exports")) else { return 0 };
    let mut count = 0;
    for entry in entries {
        let path = entry.expect("entry").path();
        let bytes = std::fs::read(&path).expect("reads");
        let whole = match path.extension().and_then(|e| e.to_str()) {
            // A ZIP ends with its directory, a PDF with its mark.
            Some("docx" | "xlsx") => bytes.windows(4).rev().take(66_000).any(|w| w == b"PK\x05\x06"),
            Some("pdf") => bytes.windows(5).rev().take(64).any(|w| w == b"%%EOF"),
            _ => true,
        };
        assert!(whole, "{} is cut", path.display());
        count += 1;
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn each_of_two_hundred_days_ends_as_one_thing_and_every_reminder_is_given_once_at_its_instant() {
    let folder = tempfile::tempdir().expect("folder");
    let mut world =
        World { folder: folder.path().to_path_buf(), app: None, given: BTreeMap::new(), number: 0 };
    let first: NaiveDate = FIRST.parse().expect("a day");
    // The first act of a person: from the next day on reports are owed.
    let before = first.pred_opt().expect("a day");
    world.open(instant(before, "14:00")).await;
    run(world.app(), "report_freeze", json!({})).await;
    world.app().poll_once().await.expect("polls");
    world.close().await;

    let fates = fates();
    for fate in FATES {
        assert!(fates.contains(&fate), "{fate:?} is among the days");
    }
    let mut owed: Vec<NaiveDate> = Vec::new();
    for (n, fate) in fates.iter().enumerate() {
        let day = first.checked_add_days(Days::new(n as u64)).expect("in range");
        live(&mut world, day, *fate, &mut owed).await;
    }
    let after = first.checked_add_days(Days::new(DAYS)).expect("in range");
    if world.app.is_none() {
        world.open(instant(after, "08:00")).await;
    }
    world.clock(instant(after, "08:00")).await;
    settle(&mut world, &mut owed).await;

    let mut counted: BTreeMap<End, usize> = BTreeMap::new();
    for (n, fate) in fates.iter().enumerate() {
        let day = first.checked_add_days(Days::new(n as u64)).expect("in range");
        let (verdict, reason, asks) = world.verdict(day).await;
        let end = match (verdict.as_str(), reason.is_some()) {
            ("on_time", false) => End::OnTime,
            ("late", true) => End::Late,
            ("missing", true) => End::Missing,
            other => panic!("{day} {fate:?}: {other:?}"),
        };
        assert_eq!((end, asks), (fate.end(), false), "{day} {fate:?}");
        *counted.entry(end).or_default() += 1;
        check_reminders(&world, day, *fate).await;
    }
    assert_eq!(counted.values().sum::<usize>(), fates.len(), "each day is exactly one of them: {counted:?}");
    assert_eq!(run(world.app(), "journal_verify", json!({})).await["ok"], true);
    world.close().await;
}

/// One day from its morning to its evening.
async fn live(world: &mut World, day: NaiveDate, fate: Fate, owed: &mut Vec<NaiveDate>) {
    match fate {
        Fate::Off => {
            world.close().await;
            owed.push(day);
            return;
        }
        Fate::OpenedLate | Fate::Excused => world.close().await,
        _ => {}
    }
    let opened = if matches!(fate, Fate::OpenedLate | Fate::Excused) { "14:58" } else { "08:00" };
    if world.app.is_none() {
        world.open(instant(day, opened)).await;
    }
    world.clock(instant(day, opened)).await;
    settle(world, owed).await;
    match fate {
        Fate::Early => {
            world.run_through(day, "08:00", "13:30").await;
            world.prepare(day, "13:40").await;
            world.send(day, "13:45").await;
            world.run_through(day, "13:45", "15:00").await;
        }
        Fate::JustInTime => {
            world.run_through(day, "08:00", "14:50").await;
            world.prepare(day, "14:51").await;
            world.send(day, "14:52").await;
        }
        Fate::Late => {
            world.run_through(day, "08:00", "15:00").await;
            world.prepare(day, "15:30").await;
            world.send(day, "15:40").await;
            assert_eq!(world.asked().await, [day.to_string()], "a late one asks why at once");
            world.excuse(day, "Cổng trả số liệu chậm").await;
        }
        Fate::Ignored => {
            world.run_through(day, "08:00", "15:00").await;
            world.clock(instant(day, "23:50")).await;
            owed.push(day);
            // What is asked at the next start is asked by a new opening.
            world.close().await;
        }
        Fate::OpenedLate => {
            world.look(day, "14:58").await;
            world.prepare(day, "14:58").await;
            world.send(day, "14:59").await;
        }
        Fate::Excused => {
            world.look(day, "14:58").await;
            world.clock(instant(day, "14:59")).await;
            world.excuse(day, "Lãnh đạo vắng, đã báo qua điện thoại").await;
            world.look(day, "15:00").await;
            assert_eq!(world.asked().await, Vec::<String>::new(), "what was said before is not asked again");
        }
        Fate::Slept => {
            world.look(day, "14:35").await;
            world.run_through(day, "14:36", "14:50").await;
            world.prepare(day, "14:54").await;
            world.send(day, "14:55").await;
        }
        Fate::Jumped => {
            world.look(day, "13:29").await;
            world.look(day, "15:10").await;
            world.prepare(day, "15:15").await;
            world.send(day, "15:20").await;
            world.excuse(day, "Máy treo đến 15:10").await;
        }
        Fate::Down => {
            let fault = json!({ "pattern": "*", "fault": { "kind": "status", "code": 503 } });
            for pattern in ["/gateway/*", "/portal/*"] {
                let mut fault = fault.clone();
                fault["pattern"] = pattern.into();
                world.control("/faults", fault).await;
            }
            assert!(!world.app().poll_once().await.expect("a round").all_answered());
            world.run_through(day, "08:00", "14:30").await;
            world.prepare(day, "14:40").await;
            let caveats = run(world.app(), "report", json!({})).await["caveats"].to_string();
            assert!(caveats.contains("không có nguồn nào được cập nhật"), "it says so: {caveats}");
            world.send(day, "14:45").await;
            // Down with the sandbox: the next opening asks sources that answer.
            world.close().await;
        }
        Fate::Crashed => {
            world.run_through(day, "08:00", "14:00").await;
            world.prepare(day, "14:10").await;
            break_off_an_export(world).await;
            world.open(instant(day, "14:20")).await;
            world.save_whole().await;
            world.run_through(day, "14:20", "14:30").await;
            world.send(day, "14:40").await;
        }
        Fate::Raced => {
            for time in TIMES.split(", ") {
                world.clock(instant(day, time)).await;
                let (app, other) = (world.app().clone(), world.app().clone());
                let (one, two) = tokio::join!(
                    tokio::spawn(async move { app.remind().await }),
                    tokio::spawn(async move { other.remind().await })
                );
                let both =
                    [one, two].map(|r| r.expect("no panic").unwrap_or_else(|e| panic!("{}", e.message)));
                let given: Vec<_> = both.into_iter().flatten().collect();
                assert_eq!(given.len(), 1, "{day} {time}: one of them gives it");
                world.given.entry(day).or_default().push((given[0].time.clone(), time.to_owned()));
            }
            world.prepare(day, "14:51").await;
            world.send(day, "14:52").await;
        }
        Fate::Off => {}
    }
}

/// At the start of a day every day that ended without a report and without a word is asked for, in the window too; and somebody
/// answers.
async fn settle(world: &mut World, owed: &mut Vec<NaiveDate>) {
    let expected: Vec<String> = owed.iter().rev().map(ToString::to_string).collect();
    assert_eq!(world.asked().await, expected);
    let notices = run(world.app(), "frame", json!({})).await["notices"].to_string();
    for day in owed.iter().rev().take(3) {
        assert!(notices.contains(&day.format("%d/%m/%Y").to_string()), "{notices}");
    }
    assert_eq!(notices.contains("chưa có lý do"), !owed.is_empty(), "{notices}");
    for day in owed.drain(..) {
        world.excuse(day, "Máy tắt cả ngày").await;
    }
    assert!(world.asked().await.is_empty());
}

/// Files are being written when the program goes down.
async fn break_off_an_export(world: &mut World) {
    let app = world.app.take().expect("open");
    let saving = tokio::spawn({
        let app = app.clone();
        async move { app.dispatch("report_save", json!({})).await.map(drop) }
    });
    tokio::task::yield_now().await;
    saving.abort();
    let _ = saving.await;
    app.shutdown().await;
}

/// Those that were given are those that had to be, each once and at its instant; the others are kept as overtaken.
async fn check_reminders(world: &World, day: NaiveDate, fate: Fate) {
    let expected: Vec<(String, String)> =
        fate.reminders().into_iter().map(|(time, at)| (time.to_owned(), at.to_owned())).collect();
    assert_eq!(world.given.get(&day).cloned().unwrap_or_default(), expected, "{day} {fate:?}");
    let entity = format!("report:daily:{day}");
    let kept = world.app().store().transitions(Some(&entity), Ms(0)).await.expect("kept");
    let given: Vec<(String, Ms)> =
        kept.iter().filter_map(|t| Some((t.to.strip_prefix("reminded:")?.to_owned(), t.at))).collect();
    let wanted: Vec<(String, Ms)> =
        fate.reminders().into_iter().map(|(time, at)| (time.to_owned(), instant(day, at))).collect();
    assert_eq!(given, wanted, "{day} {fate:?}: as kept");
    let levels: BTreeMap<String, u64> =
        (TIMES.split(", ")).zip(1u64..).map(|(time, level)| (time.to_owned(), level)).collect();
    for step in kept.iter().filter(|t| t.to.starts_with("reminded:")) {
        let time = step.to.trim_start_matches("reminded:");
        assert_eq!(step.basis["level"].as_u64(), levels.get(time).copied(), "{day}: louder each time");
    }
    let told: std::collections::BTreeSet<&str> =
        kept.iter().filter_map(|t| t.to.split_once(':').map(|(_, time)| time)).collect();
    assert_eq!(told.len(), kept.len(), "{day}: none twice");
    assert!(parse_times(TIMES).is_some_and(|times| told.len() <= times.len()));
}

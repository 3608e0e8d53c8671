//! The 13 figures of every unit, field and channel from a million dossiers, against DuckDB's GROUP BY over the same; and
//! keeping them true after a poll that changed one dossier in a thousand: `bench_figures PYTHON SCRIPT`.
//!
//! Both sides hold the dossiers ready in their own form; both count the same period, and their answers are compared before
//! anything is timed.

mod measure;

use measure::{RUNS, median, report};
use pvhcc_domain::{
    calendar::Calendar,
    dossier::{Channel, Cube, Life, Period, Status, Version, View},
    figures::cell::{Dimension, Dimensions},
    time::Ms,
};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    hint::black_box,
    io::Write as _,
    process::{Command, ExitCode},
    time::Instant,
};

const DOSSIERS: u32 = 1_000_000;
/// One in so many changes between two polls.
const CHANGED: u32 = 1_000;
const UNITS: u64 = 149;
const FIELDS: u64 = 40;
const DAY_MS: i64 = 86_400_000;
/// 00:00 01/01/2025, UTC+7.
const START: Ms = Ms(1_735_664_400_000);
/// Dossiers are received on so many days.
const DAYS: u64 = 500;
const BY: [Dimension; 3] = [Dimension::Unit, Dimension::Field, Dimension::Channel];

/// Carried over, received, total, done on time, late; pending within and beyond the deadline.
type Counts = [u64; 11];

/// A number that looks like chance and is the same each time.
fn some(n: u64, purpose: u64, below: u64) -> u64 {
    let mut x = (n << 4 | purpose).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (x ^ (x >> 31)) % below
}

/// A dossier as told first (`told` 0) or, where it changed since, anew.
fn version(n: u32, told: u64) -> Version {
    let n = u64::from(n);
    let day = |days: u64| START.plus(days as i64 * DAY_MS + 8 * 3_600_000);
    let received = some(n, 1, DAYS);
    let due = received + 1 + some(n, 2, 30);
    let finished = (some(n, 3 + told, 100) < 92).then(|| received + some(n, 5 + told, 40));
    Version {
        system: "tinh".to_owned(),
        code: String::new(),
        procedure: Some(format!("1.{:06}", some(n, 8, 600))),
        field: Some(format!("TH-{:02}", some(n, 9, FIELDS))),
        unit: Some(format!("H21.{:03}", some(n, 10, UNITS))),
        channel: Channel::from_code(if some(n, 11, 20) == 0 { 1 } else { 2 }),
        received_at: Some(day(received)),
        due_at: Some(day(due)),
        finished_at: finished.map(day),
        status: Some(if finished.is_some() { Status::Delivered } else { Status::Processing }),
        valid_from: START,
        valid_to: None,
    }
}

fn life(version: &Version, calendar: &Calendar) -> Life {
    let known = Life::known_at(std::slice::from_ref(version), Ms(i64::MAX), calendar);
    known.expect("every dossier counts").1
}

/// The dossiers as DuckDB is given them: what is ready in the cube is ready here too.
fn table(calendar: &Calendar) -> String {
    let mut text = String::from("unit,field,channel,received,ended,overdue_from,outcome\n");
    for n in 0..DOSSIERS {
        let v = version(n, 0);
        let (received, due) = (v.received_at.expect("told").day(), v.due_at.expect("told").day());
        let last = if calendar.is_working(due) { due } else { calendar.add_working_days(due, 1) };
        let ended = v.finished_at.map(Ms::day);
        let outcome = match ended {
            None => 0,
            Some(ended) if ended < due => 1,
            Some(ended) if ended <= last => 2,
            Some(_) => 3,
        };
        let ended = ended.map(|day| day.to_string()).unwrap_or_default();
        let _ = writeln!(
            text,
            "{},{},{},{received},{ended},{},{outcome}",
            v.unit.unwrap_or_default(),
            v.field.unwrap_or_default(),
            v.channel.map_or("", Channel::as_str),
            last.succ_opt().unwrap_or(last)
        );
    }
    text
}

/// All 13 figures of every cell, as a screen would read them.
fn read(view: &View) -> f64 {
    let mut sum = 0.0;
    for cell in 0..view.cells().len() {
        for figures in view.figures(cell) {
            let c = figures.counts;
            let counts = [
                c.received,
                c.carried_over,
                c.total(),
                c.done,
                c.on_time,
                c.late,
                c.pending,
                c.within_deadline,
                c.overdue,
            ];
            let rates = [c.on_time_rate(), c.late_rate(), c.within_deadline_rate(), c.overdue_rate()];
            sum +=
                counts.into_iter().flatten().sum::<u64>() as f64 + rates.into_iter().flatten().sum::<f64>();
        }
    }
    sum
}

/// The counts of each cell by unit, field and channel.
fn counted(view: &View) -> BTreeMap<[String; 3], Counts> {
    let of_cell = |i: usize| {
        let key = BY.map(|d| view.cells()[i].get(d).unwrap_or_default().to_owned());
        let c = view.figures(i).remove(0).counts;
        let counts = [
            c.received,
            c.received_online,
            c.received_direct,
            c.carried_over,
            c.total(),
            c.done,
            c.on_time,
            c.late,
            c.pending,
            c.within_deadline,
            c.overdue,
        ];
        (key, counts.map(|n| n.expect("counted")))
    };
    (0..view.cells().len()).map(of_cell).collect()
}

fn seconds(work: impl FnOnce()) -> f64 {
    let started = Instant::now();
    work();
    started.elapsed().as_secs_f64()
}

/// DuckDB's counts by cell, and the seconds of its runs.
fn duckdb(
    args: &[std::ffi::OsString],
    calendar: &Calendar,
    period: Period,
) -> (BTreeMap<[String; 3], Counts>, Vec<f64>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dossiers.csv");
    std::fs::write(&path, table(calendar)).expect("written");
    let output = Command::new(&args[0])
        .arg(&args[1])
        .args([path.as_os_str(), period.from.to_string().as_ref(), period.to.to_string().as_ref()])
        .output()
        .expect("python starts");
    assert!(output.status.success(), "DuckDB failed: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let (cells, times) = text.split_once("\n\n").expect("an empty line");
    let cell = |line: &str| {
        let mut parts = line.split(',').map(str::to_owned);
        let key = [(); 3].map(|()| parts.next().expect("a key"));
        (key, [(); 11].map(|()| parts.next().and_then(|n| n.parse().ok()).expect("a count")))
    };
    (cells.lines().map(cell).collect(), times.lines().map(|line| line.parse().expect("seconds")).collect())
}

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args_os().skip(1).collect();
    if args.len() != 2 {
        let _ = writeln!(std::io::stderr(), "bench_figures PYTHON SCRIPT");
        return ExitCode::from(2);
    }
    let calendar = Calendar::builtin().expect("calendar");
    let day = |n: i64| START.plus(n * DAY_MS).day();
    let period = Period { from: day(273), to: day(364) };
    let by: Dimensions = BY.into();
    let mut cube = Cube::with_capacity(DOSSIERS as usize);
    for n in 0..DOSSIERS {
        let version = version(n, 0);
        let group = cube.group(&version);
        let _ = cube.set(n, Some((group, life(&version, &calendar))));
    }

    let (theirs, their_seconds) = duckdb(&args, &calendar, period);
    let ours = counted(&cube.view(by, &[period]));
    assert_eq!(ours, theirs, "both count the same");
    assert_eq!(their_seconds.len(), RUNS, "one figure a run");
    let full: Vec<f64> =
        (0..RUNS).map(|_| seconds(|| _ = black_box(read(&cube.view(by, &[period]))))).collect();
    let full = median(full);
    let counting = report("figures_1m_vs_duckdb", full / median(their_seconds), 1.5);

    // Each poll tells the same dossiers anew, as at first and otherwise in turn: what was known of them is taken out of an
    // open view, and what is told now comes in.
    let mut view = cube.view(by, &[period]);
    let told = [0, 1].map(|told| -> Vec<(u32, Version)> {
        (0..DOSSIERS).step_by(CHANGED as usize).map(|n| (n, version(n, told))).collect()
    });
    let polls = (0..RUNS).map(|run| {
        let changed = &told[(run + 1) % 2];
        seconds(|| {
            for (n, version) in changed {
                let group = cube.group(version);
                let change = cube.set(*n, Some((group, life(version, &calendar))));
                view.apply(&cube, &change);
            }
        })
    });
    let polls = median(polls.collect());
    assert_eq!(counted(&view), counted(&cube.view(by, &[period])), "an open view stays true");
    let after = report("figures_after_poll_vs_full", polls / full, 0.02);
    let _ = writeln!(
        std::io::stdout(),
        "  {DOSSIERS} dossiers, {} cells: {:.1} ms; {} changed: {:.2} ms",
        view.cells().len(),
        full * 1e3,
        told[0].len(),
        polls * 1e3
    );
    if counting && after { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
